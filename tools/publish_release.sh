#!/usr/bin/env bash
# usage: GH_TOKEN=... tools/publish_release.sh FOLDER TAG
# A draft of the release with everything in FOLDER and the bill of materials; a person reads and
# publishes it.
set -eu
cd "$(dirname "$0")/.."
folder=${1:?which folder}
tag=${2:?which tag}
notes=$(mktemp)
awk -v heading="## ${tag#v}" 'index($0, heading) == 1 { on = 1; next } /^## / { on = 0 } on' \
    NEWS.md >"$notes"
[ -s "$notes" ] || { echo "NEWS.md says nothing of $tag" >&2; exit 1; }
tools/make_sbom.py "$folder/libmusicsched-${tag#v}.spdx.json"
sums=$(cd "$folder" && sha256sum -- *)
echo "$sums" >"$folder/SHA256SUMS"
gh release create "$tag" --draft --verify-tag --title "libmusicsched ${tag#v}" \
    --notes-file "$notes" "$folder"/*
