#!/usr/bin/env python3
"""What must hold between schedules of related plans, on random days of the real catalog.

usage: check_properties.py SCHEDULE_BATCH [--plans N] [--seed S]

Equal plans (items in another order, another seed, all times shifted, written and read again)
reach equal levels: where a proof says so always, in another order or with another seed on 99 of
100 days. Easier plans (a later deadline, an event less, a shorter rival, fewer rules) never reach
less. Planning again from the schedule itself moves nothing. Two days that have nothing to do with
each other, joined to one, reach together what each reaches alone. The fix that an unplaced item
offers places it, and a second less does not, also on small days in which every second counts
(draw_micro.py). Every schedule keeps every rule. Exit status 77 (skipped) without the real data
set.
"""

import copy
import json
import pathlib
import random
import sys
import tempfile

import day
import draw_micro
import rules
from day import clock, seconds
from fixes import missing_plays, with_fix

LEVELS = 7
SAME_PERCENT = 99  # days that reach the same in another order, and with another seed


def values(schedule, key=None):
    objective = schedule["objective"][key] if key else schedule["objective"]
    return day.levels(objective) + [objective["fill_s"]]


def less(easy, hard):
    """Whether a schedule of an easier plan is provably wrong: it claims that what the harder plan
    reached is out of reach.
    """
    have, want, bound = values(easy), values(hard), values(easy, "bound")
    for level in range(LEVELS):
        if have[level] != want[level]:
            return have[level] < want[level] and (
                bound[level] < want[level] or easy["objective"]["proved_levels"] > level
            )
    return False


# Plans that mean the same.


def permuted(plan, rng):
    order = list(range(len(plan["songs"])))
    rng.shuffle(order)
    plan["songs"] = [plan["songs"][i] for i in order]
    rng.shuffle(plan["todos"])
    return plan


def moved(plan, by):
    keys = {"start", "end", "earliest", "latest", "pin", "at", "now"}

    def move(value, key=None):
        if isinstance(value, dict):
            return {k: move(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [move(v, key) for v in value]
        return clock(seconds(value) + by) if key in keys or key in ("between", "quiet") else value

    return move(plan)


def shifted(plan, rng):
    by = rng.randint(1, 3600)
    if seconds(plan["day"]["end"]) + by > 129600 or any(
        seconds(t.get("end", "0:0")) + by > 129600 for t in plan["todos"]
    ):
        return None
    limit = 129600
    latest = [seconds(x) for w in plan["songs"] for x in w.get("between", [])]
    latest += [seconds(x) for q in plan["listening"].get("quiet", []) for x in q]
    return moved(plan, by) if not latest or max(latest) + by <= limit else None


# Two days in one.

HALF = 10 * 3600
HALVES = [(6 * 3600, 16 * 3600), (17 * 3600, 27 * 3600)]  # an hour apart: more than any buffer


def half(seed, ids, window):
    """The to-dos and songs of a random day, all of them bound to a window of the day."""
    while True:
        plan = day.draw_plan(seed, ids, (3, 12), (0, 8))
        low, high = seconds(plan["day"]["start"]), seconds(plan["day"]["end"])
        events = [t for t in plan["todos"] if "start" in t]
        if high - low == HALF and all(
            low <= seconds(e["start"]) and seconds(e["end"]) <= high for e in events
        ):
            break
        seed += 1_000_003
    plan = moved(plan, window[0] - low)
    for todo in plan["todos"]:
        if "start" not in todo:
            todo["earliest"] = clock(max(window[0], seconds(todo.get("earliest", "0:0"))))
            todo["latest"] = clock(min(window[1], seconds(todo.get("latest", "36:00"))))
        todo["id"] = f"{window[0]}-{todo['id']}"
        todo["after"] = [f"{window[0]}-{name}" for name in todo.get("after", [])]
    for wish in plan["songs"]:
        if "during" in wish:
            wish["during"] = f"{window[0]}-{wish['during']}"
        elif "at" not in wish:
            wish.setdefault("between", [clock(x) for x in window])
    return plan["todos"], plan["songs"]


def whole_day(todos, songs):
    return {
        "version": 1,
        "date": "2026-11-24",
        "day": {"start": "06:00", "end": "27:00"},
        "todos": todos,
        "songs": songs,
    }


# Plans that are easier.


def hosts(plan):
    """To-dos that a song or another to-do needs."""
    return {w["during"] for w in plan["songs"] if "during" in w} | {
        a for t in plan["todos"] for a in t.get("after", [])
    }


def later_deadline(plan, rng):
    tasks = [t for t in plan["todos"] if "latest" in t]
    if not tasks:
        return None
    task = rng.choice(tasks)
    task["latest"] = clock(min(129600, seconds(task["latest"]) + rng.randint(60, 7200)))
    return plan


def earlier_release(plan, rng):
    tasks = [t for t in plan["todos"] if "earliest" in t]
    if not tasks:
        return None
    task = rng.choice(tasks)
    task["earliest"] = clock(max(0, seconds(task["earliest"]) - rng.randint(60, 7200)))
    return plan


def event_less(plan, rng):
    events = [t for t in plan["todos"] if "start" in t and t["id"] not in hosts(plan)]
    if not events:
        return None
    plan["todos"].remove(rng.choice(events))
    return plan


def shorter_rival(plan, rng):
    tasks = [
        t
        for t in plan["todos"]
        if t.get("duration_s", 0) > 600 and "split_min_s" not in t and t["id"] not in hosts(plan)
    ]
    if not tasks:
        return None
    rng.choice(tasks)["duration_s"] -= rng.randint(1, 300)
    return plan


def fewer_rules(plan, rng):
    keys = [
        k
        for k in ("quiet", "gap_s", "artist_separation_s", "max_total_s")
        if k in plan["listening"]
    ]
    if not keys:
        return None
    del plan["listening"][rng.choice(keys)]
    return plan


def smaller_buffers(plan, rng):
    found = [(t, k) for t in plan["todos"] for k in ("buffer_before_s", "buffer_after_s") if k in t]
    if not found:
        return None
    todo, key = rng.choice(found)
    del todo[key]
    return plan


EQUAL = [permuted, shifted]
EASIER = [later_deadline, earlier_release, event_less, shorter_rival, fewer_rules, smaller_buffers]


class Run:
    def __init__(self, options, catalog):
        self.options, self.catalog = options, catalog
        self.check = rules.Checker(catalog)
        self.wrong, self.counts = 0, {}

    def solve(self, requests):
        return day.run(self.options.batch, self.catalog, requests)

    def fail(self, seed, what, plan):
        self.wrong += 1
        print(f"seed {seed}: {what}", flush=True)
        if self.options.save:
            name = f"property-{seed}-{self.wrong}.json"
            pathlib.Path(self.options.save, name).write_text(
                json.dumps(plan, indent=1) + "\n", encoding="utf-8"
            )

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def rules_hold(self, seed, plan, schedule, previous=None):
        for text in self.check.broken(plan, schedule, previous)[:3]:
            self.fail(seed, text, plan)

    def related(self, bases):
        rows = []
        for seed, plan, schedule in bases:
            rng = random.Random(seed)
            for change in EQUAL + EASIER:
                other = change(copy.deepcopy(plan), rng)
                if other is not None:
                    rows.append((seed, plan, schedule, change, other, {}))
            rows.append((seed, plan, schedule, "other seed", plan, {"seed": seed + 1}))
        for row, answer in zip(rows, self.solve([{"plan": r[4], "options": r[5]} for r in rows])):
            seed, plan, schedule, change, other, _ = row
            if "error" in answer:
                self.count("refused")
                continue
            name = change if isinstance(change, str) else change.__name__
            self.count(name)
            self.rules_hold(seed, other, answer)
            if less(answer, schedule):
                self.fail(
                    seed,
                    f"{name}: {values(answer)} is said to be best, but {values(schedule)} was"
                    " reached before",
                    other,
                )
            if change in EQUAL + ["other seed"] and values(answer) == values(schedule):
                self.count(f"{name}, the same")
            if change in EQUAL + ["other seed"] and less(schedule, answer):
                self.fail(
                    seed,
                    f"{name}: reaches {values(answer)}, but {values(schedule)} was said to be best",
                    plan,
                )

    def same_enough(self):
        """Whether the order of the items and the seed decide about ties only."""
        for name in ("permuted", "other seed"):
            days, same = self.counts.get(name, 0), self.counts.get(f"{name}, the same", 0)
            if same * 100 < days * SAME_PERCENT:
                self.wrong += 1
                print(f"{name}: {same} of {days} days reach the same, fewer than {SAME_PERCENT} %")

    def again(self, bases):
        """Planning again in the middle of the day, with nothing changed."""
        rows = []
        for seed, plan, schedule in bases:
            if schedule["status"] == "optimal":
                low, high = seconds(plan["day"]["start"]), seconds(plan["day"]["end"])
                now = random.Random(seed).randint(max(low, seconds(plan.get("now", "0:0"))), high)
                rows.append((seed, dict(plan, now=clock(now), assume_done=True), schedule))
        answers = self.solve([{"plan": p, "options": {"previous": s}} for _, p, s in rows])
        for (seed, plan, schedule), answer in zip(rows, answers):
            if "error" in answer:
                self.fail(seed, f"planning again: {answer['error']}", plan)
                continue
            self.count("planned again")
            self.rules_hold(seed, plan, answer, schedule)
            times = [(e["start"], e.get("track_id", e.get("id"))) for e in schedule["entries"]]
            if less(answer, schedule) or (
                answer["status"] == "optimal" and values(answer) < values(schedule)
            ):
                self.fail(
                    seed,
                    f"planning again at {plan['now']}: {values(answer)} instead of"
                    f" {values(schedule)}",
                    plan,
                )
            elif values(answer) == values(schedule) and answer["objective"]["moved"] > 0:
                self.fail(
                    seed,
                    f"planning again at {plan['now']} moves {answer['objective']['moved']} without"
                    " need",
                    plan,
                )
            elif (
                values(answer) == values(schedule)
                and [(e["start"], e.get("track_id", e.get("id"))) for e in answer["entries"]]
                != times
            ):
                self.fail(seed, f"planning again at {plan['now']} changes times without need", plan)

    def joined(self, seeds, ids):
        rows, plans = [], []
        for seed in seeds:
            (a, x), (b, y) = (half(2 * seed + k, ids, HALVES[k]) for k in range(2))
            plans += [whole_day(a, x), whole_day(b, y), whole_day(a + b, x + y)]
            rows.append(seed)
        answers = self.solve([{"plan": plan} for plan in plans])
        for i, seed in enumerate(rows):
            one, two, both = answers[3 * i : 3 * i + 3]
            if any("error" in answer for answer in (one, two, both)):
                self.fail(seed, "two days in one: refused", plans[3 * i + 2])
                continue
            self.rules_hold(seed, plans[3 * i + 2], both)
            if one["status"] != "optimal" or two["status"] != "optimal":
                self.count("two days in one, not both proved")
                continue
            best = [a + b for a, b in zip(values(one), values(two))]
            self.count(
                f"two days in one, {both['status']}" + ("" if values(both) == best else " and less")
            )
            if (
                values(both) > best
                or values(both, "bound") < best
                or (both["status"] == "optimal" and values(both) != best)
            ):
                self.fail(
                    seed,
                    f"two days in one: {values(both)}, alone they reach {best}",
                    plans[3 * i + 2],
                )

    def fixes(self, bases):
        rows = []
        for seed, plan, schedule in bases:
            for item in schedule["unplaced"]:
                self.count(f"unplaced {item['code']}")
                offered = [item["fix"]] if "fix" in item else []
                for fix in offered + item.get("alternatives", []):
                    fixed = with_fix(plan, item, fix)
                    if fixed is None:
                        continue
                    rows.append((seed, item, fix, schedule, fixed, True))
                    almost = with_fix(plan, item, fix, 1) if fix.get("amount_s", 0) > 1 else None
                    if almost is not None:
                        rows.append((seed, item, fix, schedule, almost, False))
        for (seed, item, fix, schedule, plan, expect), answer in zip(
            rows, self.solve([{"plan": r[4]} for r in rows])
        ):
            name = f"{item['kind']} {item.get('id', item.get('wanted'))} {item['code']} {fix}"
            if "error" in answer:
                self.fail(seed, f"fix refused: {name}: {answer['error']}", plan)
                continue
            self.count(f"fix {fix['kind']}" + ("" if expect else " less a second"))
            placed = fix.get("id", "").startswith("song ") or missing_plays(
                answer, item
            ) < missing_plays(schedule, item)
            if placed != expect and (expect or answer["status"] == "optimal"):
                self.fail(
                    seed,
                    f"fix {'does not place' if expect else 'is not the smallest for'} {name}",
                    plan,
                )
            gone = {"todo " + u["id"] for u in answer["unplaced"] if u["kind"] == "todo"}
            gone -= {"todo " + u["id"] for u in schedule["unplaced"] if u["kind"] == "todo"} | {
                "todo " + fix.get("id", "")
            }
            if expect and gone and "then left out" not in fix["text"]:
                self.fail(seed, f"fix hides that {sorted(gone)} fall out: {name}", plan)


def fixes_of_small_days(options):
    """Check the fixes of small days of every kind, in which every second counts."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = str(pathlib.Path(folder, "micro.csv"))
        draw_micro.write_catalog(catalog)
        run = Run(options, catalog)
        seeds = range(options.seed, options.seed + options.plans)
        days = [(f"{k} {s}", draw_micro.draw(k, s)) for k in draw_micro.KINDS for s in seeds]
        answers = run.solve([{"plan": plan} for _, plan in days])
        run.fixes([(*d, a) for d, a in zip(days, answers) if "error" not in a])
    return run.wrong


def main():
    parser = day.arguments(__doc__, plans=100)
    parser.add_argument("--save", help="folder for the plans that are wrong")
    options = parser.parse_args()
    catalog = day.real_catalog()
    ids = list(day.load_tracks(catalog))
    run = Run(options, catalog)
    seeds = range(options.seed, options.seed + options.plans)
    plans = [day.draw_plan(seed, ids, (1, 16), (0, 12), fill=True) for seed in seeds]
    bases = []
    for seed, plan, answer in zip(seeds, plans, run.solve([{"plan": p} for p in plans])):
        if "error" in answer:
            run.fail(seed, f"refused: {answer['error']}", plan)
            continue
        run.rules_hold(seed, plan, answer)
        run.count(answer["status"])
        bases.append((seed, plan, answer))
    run.related(bases)
    run.same_enough()
    run.again(bases)
    run.joined(seeds, ids)
    run.fixes(bases)
    run.wrong += fixes_of_small_days(options)
    for what, number in sorted(run.counts.items()):
        print(f"{number:6} {what}")
    print(f"{run.wrong} wrong")
    sys.exit(run.wrong > 0)


main()
