#!/usr/bin/env bash
# usage: tools/configure.sh FOLDER [MESON-OPTION...]
# Set a build folder up, or bring its options up to date.
set -eu
folder=$1
shift
if [ -f "$folder/build.ninja" ]; then
    exec meson setup --reconfigure "$folder" "$@" >/dev/null
fi
# Debian's loader, pkg-config and interpreters look in lib/TRIPLET. Meson asks dpkg-architecture for
# the triplet, and takes lib64 where that is missing (it comes with dpkg-dev), a folder that nothing
# on Debian searches.
if [ -f /etc/debian_version ] && ! command -v dpkg-architecture >/dev/null &&
    [[ " $* " != *" -Dlibdir="* ]]; then
    triplet=$("${CC:-cc}" -print-multiarch 2>/dev/null || true)
    [ -z "$triplet" ] || set -- "-Dlibdir=lib/$triplet" "$@"
fi
exec meson setup "$folder" "$@"
