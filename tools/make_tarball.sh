#!/usr/bin/env bash
# usage: tools/make_tarball.sh FOLDER TAG
# The source of a release in FOLDER, from the committed tree, built and tested as unpacked, with its
# digest beside it.
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which folder}
version=$(tools/version.py)
[ "${2:?which tag}" = "v$version" ] ||
    { echo "the tag $2 is not the version of the headers, $version" >&2; exit 1; }
grep -qx "## $version" NEWS.md || { echo "NEWS.md says nothing of $version" >&2; exit 1; }
name=libmusicsched-$version
mkdir -p "$folder"
git archive --prefix="$name/" HEAD | gzip -n9 >"$folder/$name.tar.gz"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xzf "$folder/$name.tar.gz" -C "$work"
tools/install_packages.sh build test
(cd "$work/$name" && SUITES=unit tools/check_build.sh release)
(cd "$folder" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
