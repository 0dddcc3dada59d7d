#!/usr/bin/env bash
# usage: tools/build_wheels.sh FOLDER
# The Python package as wheels in FOLDER, each tested as installed: by cibuildwheel (pyproject.toml)
# where Docker or macOS is there, else one wheel for this Python and this machine alone.
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which folder}
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv"
if [ "$(uname)" = Darwin ] || docker info >/dev/null 2>&1; then
    "$venv/bin/pip" install --quiet cibuildwheel==4.3.5
    "$venv/bin/cibuildwheel" --output-dir "$folder"
else
    "$venv/bin/pip" wheel --quiet --no-deps --wheel-dir "$folder" .
    "$venv/bin/pip" install --quiet "$folder"/musicsched-*.whl
    "$venv/bin/python" tools/check_wheel.py
fi
