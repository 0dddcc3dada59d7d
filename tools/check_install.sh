#!/usr/bin/env bash
# usage: tools/check_install.sh PREFIX
# Use what `make install` put under PREFIX as a stranger would: a program of its own, the README's C
# example as pasted, the command line, and each language whose module was installed. Below /usr and
# /usr/local nothing is set to find any of it.
set -eu
cd "$(dirname "$0")/.."
prefix=${1:?which prefix}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=$(find "$prefix" -name musicsched.pc -print -quit)
catalog=$prefix/share/musicsched/sample_songs.csv
system=yes
case $prefix in
    /usr | /usr/local) ;;
    *) system=no; export PKG_CONFIG_PATH=${package%/*} LD_LIBRARY_PATH=${package%/pkgconfig/*} ;;
esac
read -r -a flags <<<"$(pkg-config --cflags --libs musicsched)"
cc examples/c-minimal/minimal.c "${flags[@]}" -o "$work/minimal"
"$work/minimal" "$catalog" | grep -q Gym

# shellcheck disable=SC2016  # The pattern is Markdown.
sed -n '/^```c$/,/^```$/p' README.md | sed '/^```/d' >"$work/day.c"
cp "$catalog" "$work/songs.csv"
pasted=$(grep '^cc day\.c ' README.md)
(cd "$work" && bash -euc "$pasted") | grep -q Gym ||
    { echo "The README's C example does not work as pasted" >&2; exit 1; }

# The same day in C as on the command line.
plan=examples/plans/sample-day.txt
"$prefix/bin/musicsched" plan "$plan" --catalog "$catalog" --json >"$work/day.json"
cc bindings/swig/tests/day/day.c "${flags[@]}" -o "$work/same"
"$work/same" "$catalog" "$plan" | cmp "$work/day.json" -

languages=
# usage: language NAME PATTERN COMMAND...: run the README's example with what was installed, if a
# file of that PATTERN was.
language() {
    local name=$1 pattern=$2
    shift 2
    [ "$system" = yes ] && [ -n "$(find "$prefix" -path "$pattern" -print -quit)" ] || return 0
    bindings/swig/tests/readme.py "bindings/swig/$name/README.md" "$name" "$catalog" "$@" \
    >"$work/$name.log" 2>&1 \
        || { cat "$work/$name.log" >&2; exit 1; }
    languages+=" $name"
}
language ruby "*/*_ruby/musicsched/native.so" ruby -w
language lua '*/lua/5.4/musicsched/native.so' lua5.4
language r '*/R/site-library/musicsched/DESCRIPTION' Rscript --vanilla
language java '*/share/java/musicsched.jar' java -cp "$prefix/share/java/musicsched.jar"
echo "installed: ok${languages:+, also for$languages}"
