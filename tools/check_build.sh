#!/usr/bin/env bash
# usage: tools/check_build.sh KIND [FOLDER]     KIND: clang | release | asan | tsan | valgrind |
# coverage Build in one special way and run the tests in it: the one place that says how each of
# these builds is made.
# FOLDER: build-KIND. SUITES="unit long" chooses the suites.
set -eu
cd "$(dirname "$0")/.."
kind=${1:?which kind: clang, release, asan, tsan, valgrind or coverage}
folder=${2:-build-$kind}
read -r -a suites <<<"${SUITES:-unit}"

options=(-Dtests=enabled -Dbench=disabled -Dbuildtype=debugoptimized)
arguments=()
arguments+=(--no-suite "source")
for suite in "${suites[@]}"; do
    arguments+=(--suite "$suite")
done
case $kind in
    clang) export CC=clang; options+=(-Dwerror=true) ;;
    release) options+=(-Dbuildtype=release -Dwerror=true) ;;
    asan) options+=("-Db_sanitize=address,undefined" -Db_lundef=false)
        arguments+=(--timeout-multiplier 5)
        export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 \
            UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ;;
    tsan) options+=(-Db_sanitize=thread -Db_lundef=false)
        arguments+=(--timeout-multiplier 10)
        export TSAN_OPTIONS=halt_on_error=1:allocator_may_return_null=1 ;;
    valgrind) arguments+=(--timeout-multiplier 30
        --wrap "valgrind --quiet --error-exitcode=9 --leak-check=full \
--errors-for-leak-kinds=definite,possible --suppressions='$PWD/tests/valgrind.supp'") ;;
    coverage) options+=(-Db_coverage=true -Dbuildtype=debug) ;;
    *) echo "unknown kind of build: $kind" >&2; exit 2 ;;
esac

tools/configure.sh "$folder" "${options[@]}"
tools/run_tests.py "$folder" "${arguments[@]}"
if [ "$kind" = coverage ]; then
    gcovr --root . --filter src/ --object-directory "$folder" \
        --print-summary --html-details "$folder/coverage.html" >"$folder/coverage.txt"
    tail -n 3 "$folder/coverage.txt"
    echo "see $folder/coverage.html"
fi
