#!/usr/bin/env bash
# usage: tools/install_packages.sh PURPOSE...
# Install the Debian packages of packages.txt for these purposes, those that are missing, and ask for nothing.
set -eu
cd "$(dirname "$0")/.."

wanted=()
while read -r package command; do
    [ -n "$command" ] && command -v "$command" >/dev/null || wanted+=("$package")
done < <(awk -v purposes=" $* " 'index(purposes, " " $1 " ") && !seen[$2]++ { print $2, $3 }' packages.txt)
if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian system: install by hand what is like: ${wanted[*]}" >&2
    exit 0
fi
missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

echo "Installing ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Become root, or install by hand: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get -qq update </dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null
