#!/usr/bin/env python3
"""Check plans of several dates against changed plans whose schedules are related to theirs.

usage: check_span_relations.py SCHEDULE_BATCH [--plans N] [--weeks N] [--seed S]

- Dates that share nothing have together what each of them has as the plan of a day.
- In another order of its to-dos and songs, a plan has the same best schedule.
- Without one of its events, a plan has no worse a best schedule, and one at least as good on every
  level that both prove.
- With one date more, on which nothing is asked for, it has the same levels.
- Scheduled again with its own schedule as the previous one, it is no worse, proved or not.
- Without fixes, it has the same entries.
- With a fix of a to-do of a week, and with its schedule as the previous one, it has the to-do and
  is better.

Where both schedules are proved, the relation has to hold; where one is proved, the other may not be
beyond it; else differences are counted, for the solver may miss the best. Schedules with their own
as the previous one, and without fixes, are also checked with weeks, and fixes only with weeks.
"""

import argparse
import collections
import copy
import json
import pathlib
import random
import sys

import check_spans
import span_brute

REGRESSIONS = pathlib.Path(__file__).resolve().parents[1] / "regressions"


def separate(rng, plan):
    """The plan with every item on one date, and the plans of these dates."""
    plan = copy.deepcopy(plan)
    plan["day"] = {k: plan["day"][k] for k in ("start", "end")}
    plan.pop("now", None)
    plan["listening"].pop("fill", None)
    plan["listening"].pop("fills", None)
    on = {}
    for item in plan["todos"] + plan["songs"]:
        for key in ("times", "apart_days", "max_per_day_s", "release", "due", "before"):
            item.pop(key, None)
        day = rng.randrange(plan["days"])
        for name in item.get("after", []) + [item.get("during")]:
            day = on.get(name, day)
        item["on"] = [span_brute.date_of(day)]
        on[item.get("id")] = day
    days = []
    for day in range(plan["days"]):
        date = span_brute.date_of(day)
        days.append({"date": date, "day": plan["day"], "listening": plan["listening"]})
        for kind in ("todos", "songs"):
            days[-1][kind] = [
                {k: v for k, v in item.items() if k != "on"}
                for item in plan[kind]
                if item["on"] == [date]
            ]
    return plan, days


def shuffled(rng, plan):
    return dict(
        plan,
        todos=rng.sample(plan["todos"], len(plan["todos"])),
        songs=rng.sample(plan["songs"], len(plan["songs"])),
    )


def without_event(rng, plan):
    """The plan without an event that no other item names; None where there is none."""
    used = {n for t in plan["todos"] for n in t.get("after", []) + t.get("before", [])}
    used |= {s.get("during") for s in plan["songs"]}
    events = [t for t in plan["todos"] if "start" in t and t["id"] not in used]
    if not events:
        return None
    gone = rng.choice(events)
    return dict(plan, todos=[t for t in plan["todos"] if t is not gone])


def with_a_date(plan):
    """The plan with one date more that is off; None where an item could see it."""
    date = span_brute.date_of(plan["days"])
    day = copy.deepcopy(plan["day"])
    day["exceptions"] = day.get("exceptions", []) + [{"on": [date], "off": True}]
    return dict(plan, days=plan["days"] + 1, day=day)


def beyond(a, b):
    """1 where the schedule a is better than what b proves to be the best."""
    proved = b["objective"]["proved_levels"]
    return span_brute.levels(a["objective"])[:proved] > span_brute.levels(b["objective"])[:proved]


def draw(rng, plan):
    """(name of the relation, plans) for a plan."""
    span, days = separate(rng, plan)
    yield "separate", [span] + days
    yield "order", [plan, shuffled(rng, plan)]
    yield from asked_otherwise(plan)
    fewer = without_event(rng, plan)
    if fewer:
        yield "event", [plan, fewer]
    if not plan["day"].get("exceptions"):
        yield "date", [plan, with_a_date(plan)]


def asked_otherwise(plan):
    """(name of the relation, requests) for a plan that stays the same."""
    yield "again", [plan, {"plan": plan, "options": {"again": 1}}]
    yield "reasons", [plan, {"plan": plan, "options": {"no_reasons": 1}}]


def crowded(rng, plan):
    """The week with more to-dos on a date than it has time for."""
    todos = [
        {
            "id": f"more{i}",
            "title": f"More {i}",
            "duration_s": rng.randint(6, 16) * 900,
            "priority": rng.randint(1, 4),
            "on": [rng.choice(["tue", "wed"])],
        }
        for i in range(8)
    ]
    return dict(plan, todos=plan["todos"] + todos)


def fixed(plan, schedule):
    """(name of the to-do, request) for each fix that changes only when or how long a to-do is."""
    for item in schedule["unplaced"]:
        for fix in [item.get("fix", {})] + item.get("alternatives", []):
            changed = copy.deepcopy(plan)
            todo = next((t for t in changed["todos"] if t["id"] == item.get("id")), None)
            if todo is None or "times" in todo or fix.get("kind") not in ("date", "shorter"):
                continue
            if "left out" in fix["text"]:  # nothing is gained, and the other item may stay
                continue
            if fix["kind"] == "date":
                todo["on"] = [fix["date"]]
                todo.pop("release", None)
                todo.pop("due", None)
            else:
                todo["duration_s"] -= fix["amount_s"]
            yield item["id"], {"plan": changed, "options": {"previous": schedule}}


def check_fixes(batch, plans):
    """(the number of fixes of plans, what is wrong with them)."""
    requests, wrong = [], []
    for plan, schedule in zip(plans, check_spans.run(batch, plans)[0]):
        requests += [(schedule, *r) for r in fixed(plan, schedule)]
    answers = check_spans.run(batch, [r for _, _, r in requests])[0]
    for (before, name, request), after in zip(requests, answers):
        if any(item.get("id") == name for item in after["unplaced"]):
            wrong.append((f"{name} is still unscheduled", request))
        elif span_brute.levels(after["objective"]) <= span_brute.levels(before["objective"]):
            wrong.append((f"the fix of {name} does not make the plan better", request))
    return len(requests), wrong


def judge(name, schedules):
    """(what is wrong, whether the relation holds where nothing has to be proved)."""
    first, rest = schedules[0], schedules[1:]
    values = [span_brute.levels(s["objective"]) for s in schedules]
    if name == "again":
        same = values[1] >= values[0]
        return (None if same else f"{values[0]} at first, {values[1]} when asked again"), same
    if name == "reasons":
        same = first["entries"] == rest[0]["entries"]
        return (None if same else f"{values[0]} with fixes, {values[1]} without"), same
    if name == "separate":
        same = values[0] == [sum(v) for v in zip(*values[1:])]
        return (None if same else f"{values[0]} on all dates, by day {values[1:]}"), same
    other = rest[0]
    if beyond(first, other):
        return f"{values[0]} before, {values[1]} said to be proved after", False
    if name != "event" and beyond(other, first):
        return f"{values[0]} said to be proved before, {values[1]} after", False
    return None, values[1] >= values[0] if name == "event" else values[1] == values[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("batch")
    parser.add_argument("--plans", type=int, default=500)
    parser.add_argument("--weeks", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    relations = [r for plan in span_brute.draw_many(args.plans, args.seed) for r in draw(rng, plan)]
    weeks = [check_spans.draw_week(rng, i) for i in range(args.weeks)]
    for week in weeks:
        relations += asked_otherwise(week)
    for path in sorted(REGRESSIONS.glob("again-*.json")):
        relations += asked_otherwise(json.loads(path.read_text(encoding="utf-8")))
    plans = [plan for _, group in relations for plan in group]
    answers = iter(check_spans.run(args.batch, plans)[0])
    count, wrong = collections.Counter(), 0
    for name, group in relations:
        schedules = [next(answers) for _ in group]
        if any("error" in s for s in schedules):
            count[name, "no plan"] += 1
            continue
        fault, holds = judge(name, schedules)
        count[name, "compared"] += 1
        count[name, "unproved and different"] += not holds and fault is None
        if fault:
            wrong += 1
            if wrong <= 5:
                print(f"{name}: {fault}\n" + "\n".join(json.dumps(p) for p in group))
    for name in ("separate", "order", "event", "date", "again", "reasons"):
        print(
            f"{name}: {count[name, 'compared']} compared,"
            f" {count[name, 'unproved and different']} unproved and different"
        )
    fixes, faults = check_fixes(args.batch, [crowded(rng, week) for week in weeks])
    for text, request in faults[:5]:
        print(f"{text}\n{json.dumps(request)}")
    wrong += len(faults)
    print(f"fixes: {fixes} applied")
    print(f"{wrong} wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
