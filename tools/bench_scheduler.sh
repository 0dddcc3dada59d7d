#!/bin/sh
# Measure the scheduler and print the tables of docs/scheduler-benchmarks.md. Takes some minutes on
# one core.
#
# usage: tools/bench_scheduler.sh BUILD_FOLDER CATALOG.csv [CPSAT_PLANS] >
# docs/scheduler-benchmarks.md
#
# BUILD_FOLDER is one configured with -Dbuildtype=release -Dtests=enabled. CP-SAT is left out where
# the Python package ortools is not installed.
# shellcheck disable=SC2016  # run() prints its command as a reader types it, then evaluates it.
set -eu
build=$(realpath "$1")
catalog=$(realpath "$2")
plans=${3:-200}
cd "$(dirname "$0")/.."
verify=tests/schedule/verify

run() {
    printf '```console\n$ %s\n' "$1"
    MUSICSCHED_CSV=$catalog BUILD=$build CATALOG=$catalog sh -c "$1" || test $? -eq 77
    printf '```\n\n'
}

type=$(meson introspect "$build" --buildoptions |
    python3 -c 'import json, sys
print(next(o["value"] for o in json.load(sys.stdin) if o["name"] == "buildtype"))')
load=$(cut -d ' ' -f 1 /proc/loadavg)
meson compile -C "$build" bench_schedule compare_brute schedule_batch > /dev/null
cat << END
# How fast and how good the scheduler is

Made by \`tools/bench_scheduler.sh\`, which writes this page; every table stands below its
command. \`BUILD\` is a build of type $type, \`CATALOG\` the data set of 32,833 rows.
Measured on
$(uname -m), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), one of $(nproc) cores,
load average $load before the first run, $(date -u +%Y-%m-%d).

## Times, memory and proofs

Each day is drawn from a printed seed and solved five times; the fastest counts. \`asked\` is what
the project set itself as the limit, \`memory\` the most that the solve of any of these days held
at once. A *hard day* has 2 to 14 tasks, half of them in windows little longer than they are, beside
events that may overlap. The lines *without fixes* show what the schedule itself takes; the rest is
spent on the changes that the report suggests, each of them a day solved again.

END
run '"$BUILD"/bench/bench_schedule "$CATALOG" 100'
cat << END
## Kinds of days

Each kind has days on which one rule decides most. \`in 2 ms\` is the share that is proved within
2 ms on this machine; *first level without a proof* counts the other days by level.

END
run 'python3 bench/bench_kinds.py "$BUILD"/tests/schedule/schedule_batch'
cat << END
What is not proved: *mixed* and *mix* have tasks that may be cut, songs during tasks and artists
kept apart on one day, where the search of tasks ends at its limit of work, or the end of a search
proves nothing. On days of *artist*, silent tasks leave several stretches, and the bound counts the
songs of an artist in the whole day, not in the stretches that one arrangement leaves.

## Fixes

Overbooked days; a *single change helps* a to-do where a change of one kind, as large as it can be,
schedules it and loses nothing of its priority or above.

END
run "python3 $verify/measure_fixes.py \"\$BUILD\"/tests/schedule/schedule_batch --plans 100 \
    | head -2"
cat << END
Where a to-do has no fix though a change helps, the trial with a second less mostly ends at its
limit of work: nothing then shows that the change is the smallest. The others exchange several
to-dos for one, and the search that finds which does not end in a proof.

## Beside exhaustive search

Small random plans, up to 7 to-dos and 4 wanted songs with all features mixed. *Wrong* would be a
plan that is worse on levels 1 to 6, a proof that does not hold, or a bound that is too low.

END
run '"$BUILD"/tests/schedule/compare_brute 1 3200 .'
cat << END
## Beside CP-SAT

Random days on the real catalog, solved by CP-SAT (OR-Tools) level by level, on one core as well.
Times are for the same plans; CP-SAT's do not contain the building of its model. Where a day is
not proved optimal it is *feasible*, and the report says which level is the first without a proof,
how often it is worse than the optimum, and by how much. Lines with a seed are the days that are
worse.

END
run "python3 $verify/compare_cpsat.py \"\$BUILD\"/tests/schedule/schedule_batch \
    --plans $plans --limit 1"
cat << END
Days without a proof mostly have songs during tasks, tasks that may be split, or artists kept apart.
There the end of a search proves nothing, as [the scheduling model](scheduling-model.md) says, and
the bounds let songs and tasks share time that no arrangement shares.
END
