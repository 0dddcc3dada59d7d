#!/usr/bin/env bash
# usage: tools/get_source.sh PACKAGE FOLDER
# Unpack the upstream source of a Debian package into FOLDER/PACKAGE, from this machine's apt
# mirror, with apt's own check of its signature. Does nothing if it is there. Needs no
# root: the lists are kept in FOLDER only while it runs.
set -eu
package=$1
folder=$(mkdir -p "$2" && cd "$2" && pwd)
[ ! -d "$folder/$package" ] || exit 0
# shellcheck disable=SC1091  # The system has it.
. /etc/os-release
work=$(mktemp -d "$folder/source.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
# shellcheck disable=SC2016  # apt-get expands these.
mirror=$(apt-get indextargets --format '$(LABEL)=$(REPO_URI)' 'Created-By: Packages' |
    sed -n 's/^Debian=//p' | head -n 1)
key=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb-src [signed-by=$key] ${mirror:-http://deb.debian.org/debian} $VERSION_CODENAME main" \
    >"$work/sources.list"
apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=)
"${apt[@]}" update
(cd "$work" && "${apt[@]}" source --download-only "$package" >/dev/null)
mkdir "$work/$package"
tar -xf "$work/$package"_*.orig.tar.* -C "$work/$package" --strip-components 1
mv "$work/$package" "$folder/$package"
