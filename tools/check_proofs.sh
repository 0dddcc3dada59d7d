#!/bin/sh
# Check every claim of the schedules of small random days against CP-SAT:
# tests/schedule/verify/check_proofs.py. Then live through random days, planning the rest again and
# again: tests/schedule/verify/check_replans.py, a day for every ten plans. Last, try all schedules
# of small plans of two and three dates: tests/schedule/verify/check_spans.py, as many plans; and
# live through weeks, replanned on each of their days: tests/cli/replan_weeks.py.
#
# usage: tools/check_proofs.sh PLANS [SEED]
#
# PLANS in all, the same number of each kind; SEED of the first one. A debug build, so that
# assertions count. Plans whose schedules claim too much are written to build-proofs/wrong. Takes
# about 40 CPU seconds a thousand plans.
set -eu
plans=$1
seed=${2:-1}
cd "$(dirname "$0")/.."
tools/make_venv.sh .venv tests/requirements.txt
PATH=$PWD/.venv/bin:$PATH
tools/configure.sh build-proofs -Dtests=enabled -Dbuildtype=debugoptimized > \
    build-proofs.log 2>&1 || { cat build-proofs.log; exit 1; }
meson compile -C build-proofs schedule_batch examples/cli/musicsched:executable \
    >> build-proofs.log 2>&1 ||
    { tail -40 build-proofs.log; exit 1; }
kinds=$(cd tests/schedule/verify && python3 -c 'import draw_micro; print(len(draw_micro.KINDS))')
batch=build-proofs/tests/schedule/schedule_batch wrong=0
python3 tests/schedule/verify/check_proofs.py "$batch" --plans $(((plans + kinds - 1) / kinds)) \
    --seed "$seed" --save build-proofs/wrong ||
    wrong=$?
python3 tests/schedule/verify/check_replans.py "$batch" --days $(((plans + 9) / 10)) \
    --seed "$seed" --save build-proofs/wrong || wrong=$?
python3 tests/schedule/verify/check_spans.py "$batch" --plans "$plans" \
    --weeks $(((plans + 9) / 10)) --seed "$seed" --save build-proofs/wrong || wrong=$?
python3 tests/schedule/verify/check_span_relations.py "$batch" --plans $(((plans + 3) / 4)) \
    --seed "$seed" || wrong=$?
python3 tests/cli/replan_weeks.py build-proofs/examples/cli/musicsched \
    --weeks $(((plans + 9) / 10)) --seed "$seed" || wrong=$?
exit "$wrong"
