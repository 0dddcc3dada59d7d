#!/usr/bin/env bash
# usage: tools/check_install.sh PREFIX
# Use what `make install` put under PREFIX as a stranger would: a program of its own, and the command line.
set -eu
cd "$(dirname "$0")/.."
prefix=${1:?which prefix}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=$(find "$prefix" -name musicsched.pc -print -quit)
libraries=$(dirname "$(dirname "$package")")
catalog=$prefix/share/musicsched/sample_songs.csv
export PKG_CONFIG_PATH=${package%/*} LD_LIBRARY_PATH=$libraries
read -r -a flags <<<"$(pkg-config --cflags --libs musicsched)"
cc examples/c-minimal/minimal.c "${flags[@]}" -o "$work/minimal"
"$work/minimal" "$catalog" | grep -q Gym
"$prefix/bin/musicsched" plan examples/plans/sample-day.txt --catalog "$catalog" >"$work/plan"
[ -s "$work/plan" ]
echo "installed: ok"
