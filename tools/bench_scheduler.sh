#!/bin/sh
# Measure the scheduler and print the tables of docs/scheduler-benchmarks.md. Takes up to half an
# hour on one core.
#
# usage: tools/bench_scheduler.sh BUILD_FOLDER CATALOG.csv [CPSAT_PLANS [CLASS_PLANS [LARGE_DAYS]]]
# > docs/scheduler-benchmarks.md
#
# BUILD_FOLDER is one configured with -Dbuildtype=release -Dtests=enabled. CP-SAT is left out where
# the Python package ortools is not installed.
# shellcheck disable=SC2016  # run() prints its command as a reader types it, then evaluates it.
set -eu
build=$(realpath "$1")
catalog=$(realpath "$2")
plans=${3:-120}
classes=${4:-12} # days of each class and size
days=${5:-24}    # large days, for each of which CP-SAT may take 40 s
cd "$(dirname "$0")/.."
verify=tests/schedule/verify

run() {
    printf '```console\n$ %s\n' "$1"
    MUSICSCHED_CSV=$catalog BUILD=$build BATCH=$build/tests/schedule/schedule_batch \
        CATALOG=$catalog sh -c "$1" || test $? -eq 77
    printf '```\n\n'
}

type=$(meson introspect "$build" --buildoptions |
    python3 -c 'import json, sys
print(next(o["value"] for o in json.load(sys.stdin) if o["name"] == "buildtype"))')
load=$(cut -d ' ' -f 1 /proc/loadavg)
meson compile -C "$build" bench_schedule compare_brute schedule_batch > /dev/null
cat << END
# How fast and how good the scheduler is

\`tools/bench_scheduler.sh\` writes this page. Each table follows the command that printed it.
\`BUILD\` is a build of type $type, \`BATCH\` its program \`tests/schedule/schedule_batch\`, and
\`CATALOG\` the data set of 32,833 rows.
Measured on
$(uname -m), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), one of $(nproc) cores,
load average $load before the first run, $(date -u +%Y-%m-%d).

## Times, memory and proofs

Each day is drawn from a printed seed and solved five times; the fastest run counts. \`memory\` is
the most that the solver allocated at once for any of these days, and \`goal\` is the project's
goal; [speed and memory](benchmarks.md) lists missed goals. A *hard day* has 2 to 14 tasks and
events that may overlap; half of the tasks have time windows little longer than the task. The lines
*without fixes* measure the schedule alone. The lines *everything* include the suggested fixes: for
each one, the solver schedules the changed day again. It does so when an unscheduled item is first
read, so the line *fixes not read* measures building the schedule. In the day of *tasks in order*,
each task is after all earlier ones, and the solver gets a time limit of 1 ms.

END
run '"$BUILD"/bench/bench_schedule "$CATALOG" 100'
cat << END
## Kinds of days

On the days of each kind, one rule decides most of the schedule. \`in 2 ms\` is the share of days
proved optimal within 2 ms on this machine. The last column counts the other days by the first
level that was not proved.

END
run 'python3 bench/bench_kinds.py "$BATCH"'
cat << END
A day of *mixed* or *mix* can combine tasks that may be split, songs during tasks, and artists kept
apart. Without a proof, the search reached its work limit, or it ended in a way that proves nothing
([the scheduling model](scheduling-model.md) explains why); then a better schedule may exist. On
*artist* days, silent tasks leave several free intervals. The bound counts the songs of an artist
over the whole day, not over the intervals that one arrangement leaves, and the search of all
arrangements is not over within the limit.

## Fixes

These days are overbooked. A *single change helps* a to-do if one change, as large as possible,
schedules it and loses nothing of the same or a higher priority.

END
run "python3 $verify/measure_fixes.py \"\$BATCH\" --plans 100 | head -2"
cat << END
The solver first tries changes briefly. What a brief trial leaves open, it solves to the end when
you first read an unscheduled item, also with one second less. If a change helps but the to-do gets
no fix, these solves usually reached the limit of work that the to-dos of a day share.

## Compared with exhaustive search

The plans are small and random: up to 7 to-dos and 4 wanted songs, with all features mixed. *Wrong*
means a schedule that is worse on levels 1 to 6, a false proof, or a bound that is too low.

END
run '"$BUILD"/tests/schedule/compare_brute 1 3200 .'
cat << END
## Compared with CP-SAT

CP-SAT (OR-Tools) solves random days on the real catalog level by level, also on one core. Both
times are for the same plans; CP-SAT's excludes building its model. A day that is not proved optimal
is *feasible*. For these days, the report shows the first level without a proof, how often the
schedule is worse than the optimum, and by how much. Each line with a seed is a worse day.

END
run "python3 $verify/compare_cpsat.py \"\$BATCH\" --plans $plans --limit 1"
cat << END
## By class and size, and with more time for CP-SAT

The first table has the kinds of days from above, and days with all features by size. \`CP-SAT\` is
the number of days that CP-SAT proves within the limit, *only ours* the days that only this library
proves, and *equal* how many of CP-SAT's optimal schedules have the values of ours on levels 1 to 6.
In the second table, large days have 20 to 160 tasks and 20 to 500 songs. CP-SAT gets a multiple of
the scheduler's time, at most 30 s. *Better* compares the values of levels 1 to 6 in their order.

END
run "python3 bench/bench_oracle.py \"\$BATCH\" --plans $classes --days $days"
cat << END
## What is not proved, and why

Most days without a proof have 15 to 20 tasks and as many songs. On about half of them, a level of
must plays or tasks is open. On the others, it is the weight of the songs: the bounds let songs and
tasks share time that no schedule can share. On nearly all of them, the search does not end within
the work limit. With ten times the work, a quarter of these days are proved.
END
