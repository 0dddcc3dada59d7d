#!/usr/bin/env bash
# usage: tools/check_reproducible.sh
# Two release builds of the committed tree, in folders of different names and lengths and at
# different times, must install the same bytes. SOURCE_DATE_EPOCH is that of the commit.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH CCACHE_DISABLE=1
for name in first another/and-a-longer-name; do
    mkdir -p "$work/$name"
    git archive HEAD | tar -x -C "$work/$name"
    (
        cd "$work/$name"
        meson setup build --buildtype=release --prefix=/usr -Dtests=disabled -Dbench=disabled \
            -Dserver=disabled -Dpython=disabled -Dswig_r=disabled -Dswig_java=disabled \
            -Dswig_lua=disabled -Dswig_ruby=disabled >/dev/null
        meson compile -C build >/dev/null
        DESTDIR=$PWD/installed meson install -C build >/dev/null
        cd installed
        find . -type f -print0 | sort -z | xargs -0 sha256sum
    ) >"$work/$(basename "$name").sums"
done
if ! diff "$work/first.sums" "$work/and-a-longer-name.sums"; then
    echo "these files depend on the folder or the time of the build" >&2
    exit 1
fi
echo "reproducible: $(wc -l <"$work/first.sums") installed files are the same in both builds"
