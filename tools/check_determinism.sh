#!/bin/sh
# Same plans, options and seeds give the same bytes whatever the compiler, the optimization and the
# sanitizers.
#
# usage: tools/check_determinism.sh [--record FILE | --compare FILE] CATALOG.csv [PLANS]
#
# Builds schedule_batch five ways under build-determinism/ and compares the digests of its answers.
# --record FILE   builds it one way and keeps the answers in FILE, before a change that must not
# alter any.
# --compare FILE  compares the answers of the five builds with those in FILE as well.
set -eu
record='' compare=''
case $1 in
--record) record=$(realpath "$2") && shift 2 ;;
--compare) compare=$(realpath -e "$2") && shift 2 ;;
esac
catalog=$(realpath "$1")
plans=${2:-600}
cd "$(dirname "$0")/.."
mkdir -p build-determinism
python3 tests/schedule/verify/write_requests.py "$catalog" "$plans" > build-determinism/requests

first=$compare
# name compiler optimization sanitizers
while read -r name compiler optimization sanitizers; do
    command -v "$compiler" > /dev/null || { echo "$name: skipped, there is no $compiler"; continue;
        }
    folder=build-determinism/$name
    [ -d "$folder" ] || CC=$compiler meson setup "$folder" \
        "-Doptimization=$optimization" "-Db_sanitize=$sanitizers" \
        -Db_lundef=false -Dcli=disabled -Dbench=disabled > "$folder.log" 2>&1 ||
            { cat "$folder.log"; exit 1; }
    meson compile -C "$folder" schedule_batch > "$folder.log" 2>&1 ||
        { tail -40 "$folder.log"; exit 1; }
    "$folder/tests/schedule/schedule_batch" "$catalog" < build-determinism/requests > "$folder.out"
    digest=$(sha256sum < "$folder.out" | cut -d' ' -f1)
    echo "$name: $digest"
    first=${first:-$folder.out}
    cmp "$first" "$folder.out"
    [ -z "$record" ] || { cp "$folder.out" "$record"; echo "$plans plans recorded in $record";
        exit 0; }
done << END
gcc-O2 gcc 2 none
gcc-O0 gcc 0 none
gcc-O3 gcc 3 none
clang-O2 clang 2 none
gcc-sanitized gcc 1 address,undefined
END
echo "$plans plans: the same bytes from every build${compare:+ and in $compare}"
