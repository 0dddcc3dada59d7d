#!/usr/bin/env bash
# usage: tools/stage_server.sh FOLDER
# Build the web server as small as it goes and lay it out in FOLDER as the root of a container
# image: program, sample catalog, the page that plans in the browser with this catalog, the shared
# libraries that a base image with nothing but the C library lacks, and the license of everything.
set -eu
cd "$(dirname "$0")/.."
stage=${1:?which folder}
build=${STAGE_BUILD:-build-stage}

tools/configure.sh "$build" -Dprefix=/usr -Dbuildtype=release -Ddefault_library=static \
    -Dauto_features=disabled -Dcalendar=enabled -Dxml=enabled -Dzlib=enabled -Diconv=enabled \
    -Dserver=enabled
meson compile -C "$build"
mkdir -p "$stage/usr/bin" "$stage/usr/share/musicsched" "$stage/usr/share/doc/musicsched"
install -s -m 755 "$build/examples/server/musicsched-server" "$stage/usr/bin/"
install -m 644 "$build/sample_songs.csv" "$stage/usr/share/musicsched/"
tools/build_javascript.sh
tools/make_site.py build-javascript/package "$build/sample_songs.csv" \
    "$stage/usr/share/musicsched/site"
install -m 644 LICENSE "$stage/usr/share/doc/musicsched/copyright"
install -m 644 LICENSE-libcsv.txt THIRD-PARTY.md LICENSES/Unicode-3.0.txt \
    "$stage/usr/share/doc/musicsched/"

# The path, the owning package and that package's licence, of every library that is not the C
# library's own.
ldd "$build/examples/server/musicsched-server" | awk '$3 ~ /^\// { print $3 }' |
    while read -r library; do
    owner=$(dpkg-query -S "$library" "$(readlink -f "$library")" "/usr$library" \
        "/usr$(readlink -f "$library")" 2>/dev/null \
        | head -n 1 | cut -d: -f1)
    [ -n "$owner" ] || { echo "$library belongs to no package: its licence is not known" >&2;
        exit 1; }
    [ "$owner" != libc6 ] || continue
    install -D -m 644 "$(readlink -f "$library")" \
        "$stage/usr/lib/$(basename "$(dirname "$library")")/$(basename "$library")"
    install -D -m 644 "/usr/share/doc/$owner/copyright" "$stage/usr/share/doc/$owner/copyright"
done
# The licence texts that those files refer to instead of holding them. libcsv is under the LGPL, 2.1
# or later; its file names only the GPL, of which the LGPL is a variant.
{
    echo LGPL-2.1
    grep -oh '/usr/share/common-licenses/[A-Za-z]*-[0-9.]*[0-9]' \
        "$stage"/usr/share/doc/*/copyright | sed 's:.*/::'
} | sort -u | while read -r text; do
    install -D -m 644 "/usr/share/common-licenses/$text" "$stage/usr/share/common-licenses/$text"
done
