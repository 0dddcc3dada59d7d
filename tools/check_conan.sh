#!/usr/bin/env bash
# usage: tools/check_conan.sh
# The Conan package of packaging/conan, from the files that git lists: built with a shared and with
# a static library, and used by a program of its own. Nothing stays in this machine's Conan cache.
set -eu
cd "$(dirname "$0")/.."
tools/make_venv.sh .venv-conan packaging/conan/requirements.txt
CONAN_HOME=$(mktemp -d)
export CONAN_HOME
trap 'rm -rf "$CONAN_HOME" packaging/conan/test_package/build*' EXIT
conan=$PWD/.venv-conan/bin/conan
"$conan" profile detect >/dev/null 2>&1
for shared in True False; do
    "$conan" create packaging/conan --no-remote -o "musicsched/*:shared=$shared"
done
echo "Conan package: ok"
