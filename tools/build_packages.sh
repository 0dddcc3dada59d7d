#!/usr/bin/env bash
# usage: tools/build_packages.sh FOLDER [LANGUAGE...]
# The packages for other languages in FOLDER, all of them without LANGUAGE: each built and checked
# by the tool of its language, then used in an empty environment
# (bindings/swig/tests/check_package.py).
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which folder}
shift
[ $# -gt 0 ] || set -- java lua r ruby
build="build-packages"
tools/configure.sh "$build" -Dbuildtype=release -Dtests=disabled -Dbench=disabled \
    -Dserver=disabled -Dpython=disabled
meson compile -C "$build"
plan=examples/plans/sample-day.txt
"$build/examples/cli/musicsched" plan "$plan" --catalog "$build/sample_songs.csv" --json \
    >"$build/sample-day.json"
for language; do
    # A status of 77, "a tool is missing", is a failure here.
    bindings/swig/tests/check_package.py --full --keep "$folder" "$language" "$build" \
        "$build/sample_songs.csv" "$plan" "$build/sample-day.json"
done
