#!/usr/bin/env bash
# usage: tools/build_docs.sh [html | linkcheck]
# The documentation into build-docs/: Doxygen reads the headers, the Python package is built and
# installed beside Sphinx so that its own documentation can be read, and the Python tutorial run. A
# warning is an error; linkcheck asks the web too.
set -eu
cd "$(dirname "$0")/.."
builder=${1:-html}
venv=.venv-docs
tools/make_venv.sh "$venv" docs/requirements.txt
"$venv/bin/pip" install --quiet .
mkdir -p build-docs
if [ "$builder" = html ]; then
    tools/configure.sh build
    meson compile -C build
    tools/make_command_reference.py markdown build/examples/cli/musicsched docs/command-reference.md
    tools/make_gallery.py build/examples/cli/musicsched build/sample_songs.csv \
        examples/plans/gallery docs/gallery.md
    tests/project/check_tutorials.py build docs/tutorial-python.md --python "$venv"
fi
(cat docs/Doxyfile; echo "OUTPUT_DIRECTORY = build-docs/doxygen") | doxygen -
export MUSICSCHED_DOXYGEN=$PWD/build-docs/doxygen/xml
"$venv/bin/sphinx-build" --fail-on-warning --keep-going --quiet -b "$builder" docs \
    "build-docs/$builder"
if [ "$builder" = html ]; then
    tools/check_docs_search.py build-docs/html
fi
echo "see build-docs/$builder"
