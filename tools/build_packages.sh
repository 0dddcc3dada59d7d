#!/usr/bin/env bash
# usage: tools/build_packages.sh FOLDER [LANGUAGE...]
# The packages for other languages in FOLDER, all of them without LANGUAGE: each built and checked
# by the tool of its language, then used in an empty environment
# (bindings/swig/tests/check_package.py).
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which folder}
shift
[ $# -gt 0 ] || set -- java javascript lua r ruby
build="build-packages"
tools/configure.sh "$build" -Dbuildtype=release -Dtests=disabled -Dbench=disabled \
    -Dserver=disabled -Dpython=disabled
meson compile -C "$build"
for language; do
    [ "$language" != javascript ] || tools/build_javascript.sh
    # A status of 77, "a tool is missing", is a failure here.
    bindings/swig/tests/check_package.py --full --keep "$folder" "$language" "$build" \
        "$build/sample_songs.csv" examples/plans/sample-day.txt
done
