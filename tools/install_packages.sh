#!/usr/bin/env bash
# usage: tools/install_packages.sh PURPOSE...
# Install the Debian packages of packages.txt for these purposes, those that are missing. Without
# root's rights, use sudo if it grants them without asking, or can ask on a terminal; else print the
# command that installs the packages, and exit 1.
set -eu
cd "$(dirname "$0")/.."

wanted=()
while read -r package command; do
    [ -n "$command" ] && command -v "$command" >/dev/null || wanted+=("$package")
done < <(awk -v purposes=" $* " 'index(purposes, " " $1 " ") && !seen[$2]++ { print $2, $3 }' \
    packages.txt)
if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian system: install by hand what is like: ${wanted[*]}" >&2
    exit 0
fi
missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
        missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

# usage: give_up REASON
give_up() {
    local line install="apt-get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -eq 0 ]; then
        line="apt-get update && $install"
    elif command -v sudo >/dev/null; then
        line="sudo apt-get update && sudo $install"
    else
        line="su -c 'apt-get update && $install'"
    fi
    printf '%s\n' "$1" "Missing packages: ${missing[*]}" \
        "Install them with this line, then run your command again:" "  $line" >&2
    exit 1
}

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
        give_up "Installing packages needs root, and there is no sudo here."
    as_root=(sudo)
    if ! sudo -n true 2>/dev/null; then
        # sudo asks for a password on the terminal, whatever standard input is.
        if ! [ -t 2 ] || ! (: </dev/tty) 2>/dev/null; then
            give_up "Installing packages needs root, and sudo cannot ask for a password here."
        fi
        echo "sudo may ask for your password, to install packages with apt-get."
    fi
fi
echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get -qq update </dev/null ||
    echo "apt-get update failed; trying with the package lists of this machine" >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    "${missing[@]}" </dev/null >/dev/null \
    || give_up "The packages could not be installed (see above)."
