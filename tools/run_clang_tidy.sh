#!/usr/bin/env bash
# usage: tools/run_clang_tidy.sh BUILD-FOLDER
# clang-tidy (.clang-tidy) over the C sources that the build compiles, on all processors.
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which build folder}
git ls-files 'src/*.c' 'examples/*.c' | grep -v '^examples/c-minimal/' \
    | xargs -P "$(nproc)" -n 4 clang-tidy --quiet --warnings-as-errors='*' -p "$folder"
