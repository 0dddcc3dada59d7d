#!/bin/sh
# Same plans, options and seeds give the same bytes whatever the compiler, the optimisation and the sanitizers.
#
# usage: tools/check_determinism.sh CATALOG.csv [PLANS]
#
# Builds schedule_batch five ways under build-determinism/ and compares the digests of its answers.
set -eu
catalog=$(realpath "$1")
plans=${2:-300}
cd "$(dirname "$0")/.."
mkdir -p build-determinism
python3 tests/schedule/verify/write_requests.py "$catalog" "$plans" > build-determinism/requests

first=
# name compiler optimisation sanitizers
while read -r name compiler optimisation sanitizers; do
    command -v "$compiler" > /dev/null || { echo "$name: skipped, there is no $compiler"; continue; }
    folder=build-determinism/$name
    [ -d "$folder" ] || CC=$compiler meson setup "$folder" "-Doptimization=$optimisation" "-Db_sanitize=$sanitizers" \
        -Db_lundef=false -Dcli=disabled -Dbench=disabled > "$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
    meson compile -C "$folder" schedule_batch > "$folder.log" 2>&1 || { tail -40 "$folder.log"; exit 1; }
    "$folder/tests/schedule/schedule_batch" "$catalog" < build-determinism/requests > "$folder.out"
    digest=$(sha256sum < "$folder.out" | cut -d' ' -f1)
    echo "$name: $digest"
    first=${first:-$name}
    cmp "build-determinism/$first.out" "$folder.out"
done << END
gcc-O2 gcc 2 none
gcc-O0 gcc 0 none
gcc-O3 gcc 3 none
clang-O2 clang 2 none
gcc-sanitized gcc 1 address,undefined
END
echo "$plans plans: the same bytes from every build"
