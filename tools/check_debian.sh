#!/usr/bin/env bash
# usage: tools/check_debian.sh
# The Debian packages of debian/, from the committed tree: built, looked at by lintian, installed on
# this machine, and used. Needs root, and Debian 13 or later; on any other machine:
#   tools/check_fresh.sh trixie tools/check_debian.sh
# Environment: DEBIAN_FOLDER keeps the packages there.
set -eu
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work" # apt reads the packages as a user of its own

apt-get -qq update
apt-get -qq install -y --no-install-recommends build-essential debhelper lintian python3 >/dev/null
version=$(tools/version.py)
[ "$(dpkg-parsechangelog -S Version)" = "$version-1" ] ||
    { echo "debian/changelog is not of version $version" >&2; exit 1; }
name=musicsched-$version
git archive --prefix="$name/" HEAD ':!debian' | gzip -n9 >"$work/musicsched_$version.orig.tar.gz"
tar -xzf "$work/musicsched_$version.orig.tar.gz" -C "$work"
git archive --prefix="$name/" HEAD debian | tar -x -C "$work"
apt-get -qq build-dep -y --no-install-recommends "$work/$name" >/dev/null
(cd "$work/$name" && dpkg-buildpackage -us -uc)
# No bug of Debian asks for these packages, which are not for its archive.
lintian --fail-on error,warning --allow-root --suppress-tags initial-upload-closes-no-bugs \
    "$work/musicsched_$version-1_"*.changes

apt-get -qq install -y --no-install-recommends "$work"/lib*_*.deb \
    "$work/musicsched_$version-1_"*.deb "$work/python3-musicsched_"*.deb \
    "$work/musicsched-doc_"*.deb >/dev/null
tools/check_install.sh /usr
(cd "$work" && python3 "$OLDPWD/tools/check_wheel.py")
plan=examples/plans/sample-day.txt
catalog=/usr/share/musicsched/sample_songs.csv
musicsched plan "$plan" --catalog "$catalog" --json >"$work/day.json"
python3 bindings/swig/tests/day/day.py "$catalog" "$plan" | cmp "$work/day.json" -
man --version >/dev/null 2>&1 && man -w musicsched musicsched-plan
tools/check_docs_search.py /usr/share/doc/musicsched-doc/html
if [ -n "${DEBIAN_FOLDER:-}" ]; then
    mkdir -p "$DEBIAN_FOLDER"
    cp "$work"/*.deb "$work"/*.dsc "$work"/*.tar.* "$work"/*.changes "$DEBIAN_FOLDER"
fi
echo "Debian packages: ok"
