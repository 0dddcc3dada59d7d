#!/usr/bin/env python3
"""Compare plans of several dates with CP-SAT: levels 1 to 6 and bounds, on random weeks
(draw_week.py).

usage: compare_cpsat_span.py SCHEDULE_BATCH [--weeks N] [--seed S] [--load X] [--days N]
[--tasks N] [--anywhere N] [--songs N] [--whole] [--limit SECONDS | --times N]

CP-SAT has one core and --limit seconds a plan, or --times our time. A plan counts as wrong where
CP-SAT finds better levels than those said to be proved, or proves less than we found; then the exit
status is 1. Exit status 77 (skipped) without ortools or the real data set.
"""

import sys

import day
import draw_week

try:
    import cpsat_span
except ImportError:
    print("skipped: the Python package ortools is not installed (pip install ortools)")
    sys.exit(77)


def judge(schedule, found, proved):
    """What is wrong with a schedule, given what CP-SAT found and proved; None: nothing."""
    ours = day.levels(schedule["objective"])
    bound = day.levels(schedule["objective"]["bound"])
    known = min(schedule["objective"]["proved_levels"], 6)
    if found is None:
        return None
    if found[:known] > ours[:known]:
        return "said to be proved, but CP-SAT found more"
    if ours[:proved] > found[:proved]:
        return "better than CP-SAT's proof"
    for i in range(proved):
        if ours[:i] == found[:i] and bound[i] < found[i]:
            return "bound too low"
    return None


def main():
    parser = day.arguments(__doc__, weeks=20)
    parser.add_argument("--load", type=float, default=1.2)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--tasks", type=int, default=25)
    parser.add_argument("--anywhere", type=int, default=10)
    parser.add_argument("--songs", type=int, default=40)
    parser.add_argument("--whole", action="store_true", help="no task may be split")
    parser.add_argument("--limit", type=float, default=2.0)
    parser.add_argument("--times", type=float, help="of our time; overrides --limit")
    options = parser.parse_args()
    catalog = day.real_catalog()
    tracks = day.load_tracks(catalog)
    shape = {k: getattr(options, k) for k in ("days", "tasks", "anywhere", "songs")}
    plans = [
        draw_week.draw(seed, list(tracks), options.load, **shape, fill_s=0, split=not options.whole)
        for seed in range(options.seed, options.seed + options.weeks)
    ]
    answers = day.run(
        options.batch,
        catalog,
        [{"plan": p, "options": {"no_reasons": 1}} for p in plans],
        timed=True,
    )
    count = dict.fromkeys(["nothing", "worse", "equal", "better", "proved", "optimal", "wrong"], 0)
    for seed, (plan, answer) in enumerate(zip(plans, answers), options.seed):
        schedule, us = answer["schedule"], answer["us"]
        limit = options.times * us / 1e6 if options.times else options.limit
        found, proved, _ = cpsat_span.Span(plan, tracks).solve(limit)
        ours = day.levels(schedule["objective"])
        fault = judge(schedule, found, proved)
        count["optimal"] += schedule["objective"]["proved_levels"] >= 6
        count["proved"] += proved == 6
        count["wrong"] += fault is not None
        if found is None:
            count["nothing"] += 1
        else:
            count["worse" if found < ours else "equal" if found == ours else "better"] += 1
        if fault or (found is not None and found > ours):
            print(
                f"seed {seed}: {fault or 'CP-SAT found more'}: ours {ours}"
                f" ({schedule['objective']['proved_levels']} levels proved), CP-SAT {found}"
                f" ({proved} proved)",
                flush=True,
            )
    took = sorted(a["us"] for a in answers)
    whole = " not split" if options.whole else ""
    print(
        f"{options.weeks} plans of {options.days} dates, load {options.load:g}, {options.tasks}"
        f" tasks{whole}, {options.songs} songs: we prove {count['optimal']},"
        f" {took[len(took) // 2]:.0f} us at the median"
    )
    given = f"{options.times:g} times our time" if options.times else f"{options.limit:g} s"
    print(
        f"CP-SAT in {given}: proves {count['proved']}, finds nothing for {count['nothing']}; it is"
        f" worse on {count['worse']}, equal on {count['equal']}, better on {count['better']}"
    )
    print(f"{count['wrong']} wrong")
    sys.exit(count["wrong"] > 0)


main()
