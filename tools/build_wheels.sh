#!/usr/bin/env bash
# usage: tools/build_wheels.sh FOLDER [PYTHON...]
# The Python package as wheels in FOLDER, each tested as installed: by cibuildwheel (pyproject.toml)
# where Docker or macOS is there, else for this machine alone, one wheel for each PYTHON (default:
# every supported version that is found). twine and check-wheel-contents look at each wheel.
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which folder}
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet twine==7.0.0 check-wheel-contents==0.6.3
if [ $# -eq 0 ] && { [ "$(uname)" = Darwin ] || docker info >/dev/null 2>&1; }; then
    "$work/tools/bin/pip" install --quiet cibuildwheel==4.3.5
    "$work/tools/bin/cibuildwheel" --output-dir "$work/made"
else
    if [ $# -eq 0 ]; then
        for python in python3.11 python3.12 python3.13 python3.14 python3.14t; do
            "$python" -c '' 2>/dev/null && set -- "$@" "$python"
        done
    fi
    for python; do
        echo "== $("$python" --version)"
        "$python" -m venv "$work/one"
        "$work/one/bin/pip" wheel --quiet --no-deps --wheel-dir "$work/new" .
        "$work/one/bin/pip" install --quiet "$work/new"/musicsched-*.whl
        "$work/one/bin/python" tools/check_wheel.py
        mkdir -p "$work/made"
        mv "$work/new"/musicsched-*.whl "$work/made"
        rm -rf "$work/one"
    done
fi
"$work/tools/bin/twine" check --strict "$work/made"/*.whl
"$work/tools/bin/check-wheel-contents" "$work/made"/*.whl
mkdir -p "$folder"
mv "$work/made"/*.whl "$folder"
