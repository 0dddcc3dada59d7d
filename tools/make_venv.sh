#!/usr/bin/env bash
# usage: tools/make_venv.sh FOLDER REQUIREMENTS
# A Python environment with these requirements; does nothing where it is up to date.
set -eu
folder=$1
requirements=$2
stamp=$folder/requirements.stamp

if cmp -s "$requirements" "$stamp"; then
    exit 0
fi
[ -x "$folder/bin/python3" ] || python3 -m venv "$folder"
"$folder/bin/python3" -m pip install --quiet --disable-pip-version-check -r "$requirements"
cp "$requirements" "$stamp"
