#!/usr/bin/env bash
# usage: tools/fuzz.sh [SECONDS-PER-TARGET] [TARGET...]
# Run the fuzz targets under libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer. New inputs
# and crashes are kept in build-fuzz/; a crash fails the run. Move what it found into
# fuzz/corpus/NAME/ with the mend.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
export CC=clang
tools/configure.sh build-fuzz -Dlibfuzzer=true -Dtests=enabled -Dbench=disabled \
    -Db_sanitize=address,undefined -Db_lundef=false
meson compile -C build-fuzz
for target in build-fuzz/fuzz/fuzz_*; do
    if [ -d "$target" ] || [ ! -x "$target" ]; then continue; fi
    name=${target##*/fuzz_}
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    mkdir -p "build-fuzz/found/$name"
    echo "== $name"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build-fuzz/$name-" "build-fuzz/found/$name" "fuzz/corpus/$name"
done
