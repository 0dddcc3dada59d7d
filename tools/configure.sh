#!/usr/bin/env bash
# usage: tools/configure.sh FOLDER [MESON-OPTION...]
# Set a build folder up, or bring its options up to date.
set -eu
folder=$1
shift
if [ -f "$folder/build.ninja" ]; then
    exec meson setup --reconfigure "$folder" "$@" >/dev/null
fi
exec meson setup "$folder" "$@"
