#!/usr/bin/env bash
# usage: tools/archive_docs.sh FOLDER
# The documentation that `make docs` built, as a file of a release in FOLDER.
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which folder}
name=musicsched-docs-$(tools/version.py)
[ -f build-docs/html/index.html ] || { echo "run make docs first" >&2; exit 1; }
mkdir -p "$folder"
tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" \
    --exclude=.doctrees --exclude=.buildinfo --transform="s,^html,$name," -C build-docs html |
    gzip -n9 >"$folder/$name.tar.gz"
