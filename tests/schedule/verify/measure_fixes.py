#!/usr/bin/env python3
"""How many unscheduled to-dos get a fix, if a single change of the offered kinds helps them.

usage: measure_fixes.py SCHEDULE_BATCH [--plans N] [--seed S] [--least PERCENT]

Random overbooked days of the real catalog are solved. Each unscheduled to-do that does not wait for
another one then gets every kind of change, as large as possible, and the day is solved again. A
change helps if it schedules the to-do and loses nothing of the same or a higher priority. Prints
how many of the to-dos that a change helps get a fix, and which kinds of change help the others.
With --least, the exit status is 1 below that share. Without the real data set, it is 77 (skipped).
"""

import copy
import sys

import day
from day import seconds
from fixes import missing_plays

WITHOUT = ("after_unplaced", "past", "stopped")  # reasons that no single change of these mends
LEAST_S = 60


def target(plan, item):
    return next(t for t in plan["todos"] if t["id"] == item["id"])


def changes(plan, item):
    """(kind, plan) of each change to the to-do, as large as it can be."""
    todo = target(plan, item)
    low, high = plan["day"]["start"], plan["day"]["end"]
    length = todo["duration_s"]
    wanted = []
    if "pin" not in todo and "date" not in todo:
        if seconds(item["window"][1]) < seconds(high):
            wanted.append(("later", {"latest": high}))
        if seconds(item["window"][0]) > seconds(low):
            wanted.append(("earlier", {"earliest": low}))
        if "split_min_s" not in todo and length >= 2 * LEAST_S:
            wanted.append(("split", {"split_min_s": LEAST_S}))
    shorter = max(2 * todo.get("split_min_s", 0), 1)
    half = max(length - length // 2, shorter)
    for kind, least in (("shorter", half), ("shorter by more than half", shorter)):
        if least < length:
            wanted.append((kind, {"duration_s": least}))
    for kind, values in wanted:
        changed = copy.deepcopy(plan)
        target(changed, item).update(values)
        yield kind, changed
    needed = {a for t in plan["todos"] for a in t.get("after", [])}
    needed |= {w["during"] for w in plan["songs"] if "during" in w}
    for name in item.get("rivals", []):
        if name not in needed:
            changed = copy.deepcopy(plan)
            changed["todos"] = [t for t in changed["todos"] if t["id"] != name]
            other = next(t for t in plan["todos"] if t["id"] == name)
            is_task = "duration_s" in other
            if not is_task or other["priority"] >= todo["priority"]:
                yield "drop " + ("task" if is_task else "event"), changed


def helps(kind, item, plan, before, after):
    if "error" in after or missing_plays(after, item) > 0:
        return False
    priority = target(plan, item)["priority"]
    level = 1 if priority == 1 else priority + 1
    have, was = (day.levels(s["objective"])[:level] for s in (after, before))
    return kind.startswith("drop") or have >= was


def main():
    parser = day.arguments(__doc__, plans=100)
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    catalog = day.real_catalog()
    ids = list(day.load_tracks(catalog))
    seeds = range(options.seed, options.seed + options.plans)
    plans = [day.draw_plan(seed, ids, (6, 14), (0, 6), load=1.2) for seed in seeds]
    rows, counts = [], {"fixes": 0, "alternatives": 0}
    for seed, plan, answer in zip(
        seeds, plans, day.run(options.batch, catalog, [{"plan": p} for p in plans])
    ):
        for item in answer["unplaced"]:
            if item["kind"] != "todo" or item["code"] in WITHOUT:
                continue
            counts["fixes"] += "fix" in item
            counts["alternatives"] += len(item.get("alternatives", []))
            rows += [(seed, plan, answer, item, *c) for c in changes(plan, item)]
    answers = day.run(
        options.batch, catalog, [{"plan": r[5], "options": {"no_reasons": 1}} for r in rows]
    )
    helped, offered = {}, {}
    for (seed, plan, before, item, kind, _), after in zip(rows, answers):
        key = (seed, item["id"])
        offered[key] = "fix" in item
        if helps(kind, item, plan, before, after):
            helped.setdefault(key, []).append(kind)
    mended = sum(offered[key] for key in helped)
    unmended = [(key, sorted(set(helped[key]))) for key in helped if not offered[key]]
    share = 100 * mended / max(len(helped), 1)
    print(
        f"{options.plans} days: {len(offered)} unscheduled to-dos; of these, a single change helps"
        f" {len(helped)}, and {mended} get a fix: {share:.1f} %"
    )
    print(f"{counts['fixes']} fixes with {counts['alternatives']} alternatives")
    for (seed, name), kinds in unmended:
        print(f"seed {seed}: {name}: {', '.join(kinds)}")
    sys.exit(share < options.least)


main()
