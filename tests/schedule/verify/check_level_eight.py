#!/usr/bin/env python3
"""Checks the terms of level 8 on ordinary days (ordinary_day.py), without the library's own values.

usage: check_level_eight.py SCHEDULE_BATCH [--days N] [--seed S]

On each day, the plays of a song are apart, no run of to-dos without a pause of 5 minutes is longer
than two and a half hours if four hours are free, groceries are then bought between 9:00 and 19:00,
the last of five free wishes ends after half of the listenable time, and at least half of the fill
is where its mood is. No level before is worse than without level 8. Exit status 77
(skipped) without the real data set.
"""

import itertools
import sys

import day
import ordinary_day
from day import seconds

PAUSE, LONGEST, HOUR = 300, 9000, 3600
SLACK = 4 * HOUR  # a day with so much time has time for pauses


def spans(schedule, plan, wanted):
    todos = {t["title"]: t for t in plan["todos"]}
    return [
        (seconds(e["start"]), seconds(e["end"]))
        for e in schedule["entries"]
        if e["kind"] == "todo" and wanted(todos[e["title"]])
    ]


def free_spans(schedule, plan):
    """The time in which music may play."""
    at, free = 7 * HOUR, []
    for start, end in sorted(spans(schedule, plan, lambda t: not t.get("music"))):
        free += [(at, start)] if start > at else []
        at = max(at, end)
    return free + [(at, 23 * HOUR)]


def half_time(free):
    left = sum(end - start for start, end in free) / 2
    for start, end in free:
        if left <= end - start:
            return start + left
        left -= end - start


def repeats_are_apart(schedule, plan, free):
    track, times = plan["songs"][5]["track_id"], plan["songs"][5]["times"]
    wish = min(HOUR, sum(end - start for start, end in free) // (times + 1))
    plays = [e for e in schedule["entries"] if e.get("track_id") == track and "wanted" in e]
    gaps = [seconds(b["start"]) - seconds(a["end"]) for a, b in itertools.pairwise(plays)]
    return len(plays) < 2 or min(gaps) >= wish


def runs(todos):
    """The seconds of to-dos in each run without a pause, and its to-dos."""
    out, last = [], None
    for start, end in sorted(todos):
        if last is None or start - last >= PAUSE:
            out.append([0, []])
        out[-1][0] += end - start
        out[-1][1].append((start, end))
        last = end if last is None else max(last, end)
    return out


def has_pauses(schedule, plan):
    todos = spans(schedule, plan, lambda t: True)
    # a task with a window of its own may only have a place directly beside another to-do
    narrow = spans(schedule, plan, lambda t: "earliest" in t or "latest" in t)
    if 16 * HOUR - sum(end - start for start, end in todos) < SLACK:
        return True
    return all(
        length <= LONGEST or len(run) == 1 or any(todo in narrow for todo in run)
        for length, run in runs(todos)
    )


def wishes_reach_the_second_half(schedule, plan, free):
    ends = [
        seconds(e["end"])
        for e in schedule["entries"]
        if e["kind"] == "song" and e.get("wanted", 9) < 5
    ]
    return len(ends) < 3 or max(ends) >= half_time(free)


def mood_is_followed(schedule, plan, free):
    gym = spans(schedule, plan, lambda t: t.get("mood") == "workout")
    fill = [
        (seconds(e["start"]), seconds(e["end"]))
        for e in schedule["entries"]
        if e["kind"] == "song" and "wanted" not in e
    ]
    inside = sum(end - start for start, end in fill if any(a <= start < b for a, b in gym))
    outside = sum(max(0, end - max(start, 17 * HOUR)) for start, end in free)
    outside -= sum(b - a for a, b in gym)
    total = sum(end - start for start, end in fill)
    return outside < total or 2 * inside <= total


def shops_are_open(schedule, plan):
    """Groceries that may be at any time are between 9:00 and 19:00."""
    todos = spans(schedule, plan, lambda t: True)
    if 16 * HOUR - sum(end - start for start, end in todos) < SLACK:
        return True
    free = spans(
        schedule,
        plan,
        lambda t: t["title"] == "Groceries" and "earliest" not in t and "latest" not in t,
    )
    return all(start >= 9 * HOUR and end <= 19 * HOUR for start, end in free)


def check(plan, schedule):
    """The names of the terms that a schedule does not keep."""
    free = free_spans(schedule, plan)
    terms = {
        "repeats": repeats_are_apart(schedule, plan, free),
        "pauses": has_pauses(schedule, plan),
        "hours": shops_are_open(schedule, plan),
        "spread": wishes_reach_the_second_half(schedule, plan, free),
        "mood": mood_is_followed(schedule, plan, free),
    }
    return [name for name, kept in terms.items() if not kept]


def reached(schedule):
    return day.levels(schedule["objective"]) + [schedule["objective"]["fill_s"]]


def main():
    options = day.arguments(__doc__, days=100).parse_args()
    catalog = day.real_catalog()
    tracks = day.load_tracks(catalog)
    ids = [track for track, (_, _, popularity) in tracks.items() if popularity >= 40]
    seeds = range(options.seed, options.seed + options.days)
    plans = [ordinary_day.draw(seed, ids) for seed in seeds]
    answers = day.run(
        options.batch,
        catalog,
        [{"plan": plan, "options": {"no_order": k}} for plan in plans for k in (0, 1)],
    )
    failed, before = 0, {}
    for k, (seed, plan) in enumerate(zip(seeds, plans)):
        schedule, without = answers[2 * k], answers[2 * k + 1]
        lacking = check(plan, schedule)
        if reached(schedule) < reached(without):
            lacking.append("a level before")
        for name in check(plan, without):
            before[name] = before.get(name, 0) + 1
        if lacking:
            failed += 1
            print(f"seed {seed}: {', '.join(lacking)} ({schedule['objective']['level_8']})")
    found = ", ".join(f"{name} {count}" for name, count in sorted(before.items()))
    print(f"{len(plans)} days, {failed} lack a term; without level 8: {found}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
