#!/usr/bin/env bash
# usage: tools/build_docs.sh [html | linkcheck]
#        tools/build_docs.sh offline BUILD FOLDER
# The documentation into build-docs/: Doxygen reads the headers, the Python package is built and
# installed beside Sphinx so that its own documentation can be read, and the Python tutorial run. A
# warning is an error; linkcheck asks the web too. offline writes the pages into FOLDER with the
# tools of this system and the Python package that it finds, for packages of distributions.
set -eu
cd "$(dirname "$0")/.."
builder=${1:-html}
# usage: generate BUILD: the pages that come from the program.
generate() {
    tools/make_command_reference.py markdown "$1/examples/cli/musicsched" docs/command-reference.md
    tools/make_gallery.py "$1/examples/cli/musicsched" "$1/sample_songs.csv" \
        examples/plans/gallery docs/gallery.md
}
read_headers() {
    mkdir -p build-docs
    (cat docs/Doxyfile; echo "OUTPUT_DIRECTORY = build-docs/doxygen") | doxygen -
    export MUSICSCHED_DOXYGEN=$PWD/build-docs/doxygen/xml
}
if [ "$builder" = offline ]; then
    generate "${2:?which build}"
    read_headers
    sphinx-build --quiet -b html docs "${3:?which folder}"
    rm -rf "$3/.doctrees" "$3/.buildinfo"
    exit
fi
venv=.venv-docs
tools/make_venv.sh "$venv" docs/requirements.txt
"$venv/bin/pip" install --quiet .
tools/configure.sh build
meson compile -C build
generate build
if [ "$builder" = html ]; then
    tests/project/check_tutorials.py build docs/tutorial-python.md --python "$venv"
fi
read_headers
"$venv/bin/sphinx-build" --fail-on-warning --keep-going --quiet -b "$builder" docs \
    "build-docs/$builder"
if [ "$builder" = html ]; then
    tools/check_docs_search.py build-docs/html
fi
echo "see build-docs/$builder"
