#!/usr/bin/env python3
"""Compare the scheduler with CP-SAT on random days of the real catalog: levels 1 to 6, bounds,
times, and every hard rule.

usage: compare_cpsat.py SCHEDULE_BATCH [--plans N] [--seed S] [--tasks LO HI] [--songs LO HI]
[--load X] [--limit SECONDS] [--save DIR]

A plan is wrong if a schedule is falsely called optimal, a bound is below what CP-SAT reached, a
schedule is better than CP-SAT's proved optimum, or the checker finds a broken rule; the exit status
is then 1. Without ortools or the real data set, it is 77 (skipped).
"""

import json
import pathlib
import sys

import day

try:
    import cpsat
except ImportError:
    print("skipped: the Python package ortools is not installed (pip install ortools)")
    sys.exit(77)

import rules


def middle(values):
    values = sorted(values)
    return values[len(values) // 2] if values else 0.0


def judge(answer, best):
    """What is wrong with a schedule, given the best levels; None if nothing is."""
    found, bound = day.levels(answer["objective"]), day.levels(answer["objective"]["bound"])
    proved = answer["objective"]["proved_levels"]
    if best is None or found == best:
        return None
    level = next(i for i in range(6) if found[i] != best[i])
    if found[level] > best[level]:
        return "better than CP-SAT's proof"
    if answer["status"] == "optimal" or proved > level:
        return "claimed as proved, but worse"
    if bound[level] < best[level]:
        return "bound too low"
    return None


def above(objective, tasks, weight):
    """Add how far the bound is above the schedule at the first level without a proof."""
    found, bound = day.levels(objective), day.levels(objective["bound"])
    level = next((i for i in range(6) if bound[i] > found[i]), None)
    if level == 5:
        weight.append(1 - found[5] / bound[5])
    elif level is not None:
        tasks.append(bound[level] - found[level])


def main():
    parser = day.arguments(__doc__, plans=200)
    parser.add_argument("--tasks", type=int, nargs=2, default=(8, 20))
    parser.add_argument("--songs", type=int, nargs=2, default=(0, 20))
    parser.add_argument("--load", type=float)
    parser.add_argument(
        "--limit", type=float, default=10.0, help="seconds of CP-SAT for one level of one plan"
    )
    parser.add_argument("--save", help="folder for the plans that are wrong or worse")
    options = parser.parse_args()
    catalog = day.real_catalog()
    tracks = day.load_tracks(catalog)
    ids = list(tracks)
    seeds = range(options.seed, options.seed + options.plans)
    plans = [day.draw_plan(seed, ids, options.tasks, options.songs, options.load) for seed in seeds]
    answers = day.run(options.batch, catalog, [{"plan": plan} for plan in plans], timed=True)
    check = rules.Checker(catalog)

    count = {"optimal": 0, "feasible": 0, "equal": 0, "worse": 0, "unknown": 0}
    wrong, ours, theirs, ratios, lost, unproved, short = 0, [], [], [], [0] * 6, [0] * 7, []
    # How far the bound is above, if tasks or song weight are the first level without a proof.
    open_tasks, open_weight = [], []
    for seed, plan, answer in zip(seeds, plans, answers):
        if "error" in answer:
            print(f"seed {seed}: refused: {answer['error']}")
            wrong += 1
            continue
        schedule = answer["schedule"]
        broken = check.broken(plan, schedule)
        best, spent = cpsat.Day(plan, tracks).solve(options.limit)
        fault = broken[0] if broken else judge(schedule, best)
        found = day.levels(schedule["objective"])
        count[schedule["status"]] += 1
        ours.append(answer["us"] / 1e6)
        if schedule["status"] != "optimal":
            unproved[schedule["objective"]["proved_levels"]] += 1
            above(schedule["objective"], open_tasks, open_weight)
        if best is None:
            count["unknown"] += 1
        else:
            theirs.append(spent)
            ratios.append(spent / (answer["us"] / 1e6))
            count["equal" if found == best else "worse"] += 1
            if found != best:
                level = next(i for i in range(6) if found[i] != best[i])
                lost[level] += 1
                if level == 5:
                    short.append(1 - found[5] / best[5])
        if fault or (best is not None and found != best):
            print(
                f"seed {seed}: {fault or 'worse'}: found {found} best {best} bound "
                f"{day.levels(schedule['objective']['bound'])} {schedule['status']}",
                flush=True,
            )
            if options.save:
                pathlib.Path(options.save, f"plan-{seed}.json").write_text(
                    json.dumps(plan, indent=1) + "\n", encoding="utf-8"
                )
        wrong += bool(fault)
    print(
        f"{len(plans)} plans, seeds {seeds[0]}..{seeds[-1]}, {options.tasks[0]}-{options.tasks[1]}"
        f" tasks, {options.songs[0]}-{options.songs[1]} songs: {count['optimal']} optimal,"
        f" {count['feasible']} feasible"
    )
    print(
        f"CP-SAT proved all levels of {count['equal'] + count['worse']} (limit {options.limit:g} s"
        f" a level): {count['equal']} equal, {count['worse']} worse; first worse level: "
        + ", ".join(f"{name} {n}" for name, n in zip(day.LEVELS, lost) if n)
    )
    print(
        "first level without a proof: "
        + ", ".join(f"{name} {n}" for name, n in zip(day.LEVELS + ["fill"], unproved) if n)
    )
    if open_tasks:
        print(
            f"bound above the schedule at that level: by {middle(open_tasks)} task or must play"
            f" (median), by at most {max(open_tasks)}"
        )
    if open_weight:
        print(
            f"bound of song_weight above the schedule: by {100 * middle(open_weight):.1f} %"
            f" (median), by at most {100 * max(open_weight):.1f} %"
        )
    if short:
        print(
            f"where song_weight is the first worse level: lower by {100 * middle(short):.1f} %"
            f" (median), by at most {100 * max(short):.1f} %"
        )
    print(
        f"median time: ours {middle(ours) * 1e6:.0f} us, CP-SAT {middle(theirs) * 1e3:.1f} ms,"
        f" ratio {middle(ratios):.0f}; ours at most {max(ours, default=0) * 1e3:.1f} ms"
    )
    print(f"{wrong} wrong")
    sys.exit(wrong > 0)


main()
