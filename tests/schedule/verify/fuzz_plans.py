#!/usr/bin/env python3
"""Randomly damaged plans: each is refused with a message, or scheduled by the rules.

usage: fuzz_plans.py SCHEDULE_BATCH [--plans N] [--seed S] [--save DIR]

Exit status 77 (skipped) without the real data set.
"""

import copy
import json
import pathlib
import random
import sys

import day
import rules

TIMES = ["00:00", "00:00:01", "07:00", "11:59:59", "12:00", "23:00", "24:00", "35:59:59", "36:00"]
LENGTHS = [0, 1, 59, 60, 61, 300, 3599, 3600, 7200, 28800, 86400, 129600]


def places(value, path=()):
    """Every (container, key) below a value."""
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, child in list(items):
        yield value, key
        yield from places(child, path + (key,))


def damage(plan, rng, ids):
    container, key = rng.choice(list(places(plan)))
    old = container[key]
    kind = rng.randrange(6)
    if kind == 0 and isinstance(container, dict):
        del container[key]
    elif kind == 1 and isinstance(container, list):
        container.insert(key, copy.deepcopy(old))
    elif isinstance(old, str) and old[:1].isdigit() and ":" in old:
        container[key] = (
            rng.choice(TIMES) if rng.random() < 0.7 else day.clock(rng.randrange(129601))
        )
    elif isinstance(old, bool):
        container[key] = not old
    elif isinstance(old, int):
        container[key] = (
            rng.choice(LENGTHS) if rng.random() < 0.7 else max(0, old + rng.choice([-1, 1]))
        )
    elif isinstance(old, str):
        container[key] = rng.choice(
            [rng.choice(ids), "", "t0", "e0", "x" * 300, '\u266a\u0301 "quoted"']
        )
    elif isinstance(old, list) and old:
        rng.shuffle(old)
    # keys that the generator seldom or never draws
    if rng.random() < 0.3 and plan.get("todos"):
        todo = rng.choice(plan["todos"])
        if isinstance(todo, dict):
            todo[rng.choice(["buffer_before_s", "buffer_after_s", "split_min_s"])] = rng.choice(
                LENGTHS
            )
    if rng.random() < 0.1 and isinstance(plan.get("listening"), dict):
        plan["listening"]["fill"] = {
            "duration_s": rng.choice(LENGTHS),
            "between": [rng.choice(TIMES), rng.choice(TIMES)],
            "mood": rng.choice(["focus", "party", "none"]),
        }


def name_todos(plan):
    """Give each to-do without an id one that the checker knows: it does not know the ids that the
    library makes of titles.
    """
    for number, todo in enumerate(plan.get("todos") or [], 1):
        if isinstance(todo, dict) and todo.get("id", "") == "":
            todo["id"] = f"todo-{number}"


def main():
    parser = day.arguments(__doc__, plans=500)
    parser.add_argument("--save", help="folder for the plans that are wrong")
    options = parser.parse_args()
    catalog = day.real_catalog()
    ids = list(day.load_tracks(catalog))
    plans = []
    for seed in range(options.seed, options.seed + options.plans):
        rng = random.Random(seed)
        plan = day.draw_plan(seed, ids, (1, 10), (0, 8), fill=True)
        for _ in range(rng.randint(1, 4)):
            damage(plan, rng, ids)
        name_todos(plan)
        plans.append(plan)
    check, refused, wrong = rules.Checker(catalog), 0, 0
    answers = day.run(options.batch, catalog, [{"plan": plan} for plan in plans])
    for seed, plan, answer in zip(
        range(options.seed, options.seed + options.plans), plans, answers
    ):
        if "error" in answer:
            refused += 1
            broken = [] if answer["error"] else ["refused without a message"]
        else:
            broken = check.broken(plan, answer)
        if broken:
            wrong += 1
            print(f"seed {seed}: {broken[0]}")
            if options.save:
                pathlib.Path(options.save, f"fuzz-{seed}.json").write_text(
                    json.dumps(plan, indent=1) + "\n", encoding="utf-8"
                )
    print(
        f"{len(plans)} damaged plans: {refused} refused, {len(plans) - refused} scheduled, {wrong}"
        " wrong"
    )
    sys.exit(wrong > 0)


main()
