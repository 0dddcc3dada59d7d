#!/usr/bin/env python3
"""Compare the scheduler with CP-SAT by class and size of the days, and with more time for CP-SAT.

usage: bench_oracle.py SCHEDULE_BATCH [--plans N] [--seed S] [--limit SECONDS] [--days N]

The first table has N plans of each kind of bench_kinds.py and of each size; CP-SAT has at most
SECONDS for a plan. The second table has large days (--days; 20 to 160 tasks, 20 to 500 songs) for
which CP-SAT has 1, 10, 100 and 1,000 times the time of the scheduler, but at most 30 s. Levels 1 to
6 are compared in their order. Exit status 1 where a claim is wrong; 77 (skipped) without ortools or
the real data set.
"""

import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/schedule/verify"))

import bench_kinds
import day

try:
    import cpsat
except ImportError:
    print("skipped: the Python package ortools is not installed (pip install ortools)")
    sys.exit(77)

SIZES = {
    "5 to 8 tasks, 0 to 5 songs": ((5, 8), (0, 5)),
    "8 to 20 tasks, 0 to 20 songs": ((8, 20), (0, 20)),
    "20 to 40 tasks, 10 to 40 songs": ((20, 40), (10, 40)),
}
TIMES = (1, 10, 100, 1000)
MOST_S = 30.0


def is_wrong(found, bound, best):
    """Whether a schedule claims what CP-SAT's proved optimum refutes."""
    level = next((i for i in range(6) if found[i] != best[i]), None)
    return level is not None and (found[level] > best[level] or bound[level] < best[level])


def compare(name, plans, answers, tracks, limit):
    """Print a line of the first table. The number of wrong schedules."""
    proved = known = equal = wrong = only = 0
    for plan, answer in zip(plans, answers):
        schedule = answer["schedule"]
        found = day.levels(schedule["objective"])
        best, _ = cpsat.Day(plan, tracks).solve(limit)
        proved += schedule["status"] == "optimal"
        if best is None:
            only += schedule["status"] == "optimal"
            continue
        known += 1
        equal += found == best
        wrong += is_wrong(found, day.levels(schedule["objective"]["bound"]), best)
    share = f"{equal} of {known}"
    print(
        f"{name:<32}{len(plans):>5}{proved:>9}{known:>9}{only:>10}{share:>12}{wrong:>7}", flush=True
    )
    return wrong


def compare_kinds(options, catalog, tracks):
    print(f"{'class or size':<32} days  optimal   CP-SAT only ours       equal  wrong")
    drawer = bench_kinds.Drawer(tracks)
    seeds = range(options.seed, options.seed + options.plans)
    rows = {
        kind: [getattr(drawer, kind)(random.Random(f"{kind} {seed}")) for seed in seeds]
        for kind in bench_kinds.KINDS
    }
    for name, (tasks, songs) in SIZES.items():
        rows[name] = [day.draw_plan(seed, list(tracks), tasks, songs) for seed in seeds]
    wrong = 0
    for name, plans in rows.items():
        answers = day.run(options.batch, catalog, [{"plan": plan} for plan in plans], timed=True)
        pairs = [(p, a) for p, a in zip(plans, answers) if "schedule" in a]
        wrong += compare(name, *zip(*pairs), tracks, options.limit)
    return wrong


def reached(model, limit_s):
    """The levels of the schedule that CP-SAT reaches in a time, level by level; None if it has no
    schedule at all.
    """
    known, values = None, []
    for terms in model.terms():
        if terms and limit_s > 0:
            solver = cpsat.cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.max_time_in_seconds = limit_s
            model.model.maximize(sum(terms))
            status = solver.solve(model.model)
            limit_s -= solver.wall_time
            if status in (cpsat.cp_model.OPTIMAL, cpsat.cp_model.FEASIBLE):
                known = solver
        if known is None and terms:
            return None
        values.append(round(sum(known.value(term) for term in terms)) if terms else 0)
        if not terms:
            continue
        model.model.add(sum(terms) >= values[-1])
        model.model.clear_hints()
        for index in range(len(model.model.proto.variables)):
            variable = model.model.get_int_var_from_proto_index(index)
            model.model.add_hint(variable, known.value(variable))
    return values


def compare_times(options, catalog, tracks):
    rng, ids = random.Random(options.seed), list(tracks)
    plans = []
    for seed in range(options.seed, options.seed + options.days):
        tasks, songs = rng.choice([20, 40, 80, 160]), rng.choice([20, 60, 150, 500])
        plans.append(day.draw_plan(seed, ids, (tasks, tasks), (songs, songs)))
    answers = day.run(options.batch, catalog, [{"plan": plan} for plan in plans], timed=True)
    pairs = [(p, a) for p, a in zip(plans, answers) if "schedule" in a]  # a draw may be no plan
    plans, answers = zip(*pairs)
    took = sorted(answer["us"] / 1e6 for answer in answers)
    print(
        f"{len(plans)} large days; ours take {1e3 * took[len(took) // 2]:.1f} ms (median), at most"
        f" {1e3 * took[-1]:.1f} ms"
    )
    print(f"{'time of CP-SAT':<18}{'ours better':>12}{'equal':>8}{'CP-SAT better':>15}")
    for times in TIMES:
        count = [0, 0, 0]
        for plan, answer in zip(plans, answers):
            found = day.levels(answer["schedule"]["objective"])
            limit = min(times * answer["us"] / 1e6, MOST_S)
            best = reached(cpsat.Day(plan, tracks), limit)
            count[1 if best == found else 0 if best is None or best < found else 2] += 1
        print(f"{f'{times:,} times ours':<18}{count[0]:>12}{count[1]:>8}{count[2]:>15}", flush=True)


def main():
    parser = day.arguments(__doc__, plans=10, days=6)
    parser.add_argument("--limit", type=float, default=1.0)
    options = parser.parse_args()
    catalog = day.real_catalog()
    tracks = day.load_tracks(catalog)
    wrong = compare_kinds(options, catalog, tracks)
    print()
    compare_times(options, catalog, tracks)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
