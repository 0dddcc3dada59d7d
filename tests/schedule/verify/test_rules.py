#!/usr/bin/env python3
"""The checker finds what is broken on purpose in good schedules.

usage: test_rules.py SCHEDULE_BATCH

Exit status 77 (skipped) without the real data set.
"""

import copy
import random
import sys

import day
import rules
from day import clock, seconds


def pick(schedule, rng, want):
    found = [e for e in schedule["entries"] if want(e)]
    return rng.choice(found) if found else None


def is_song(e):
    return e["kind"] == "song"


def is_task(e):
    return e["kind"] == "todo" and not e["fixed"]


def move(entry, by):
    entry["start"], entry["end"] = (
        clock(seconds(entry["start"]) + by),
        clock(seconds(entry["end"]) + by),
    )


def drop(want):
    def change(plan, schedule, rng):
        entry = pick(schedule, rng, want)
        if entry is None:
            return False
        if entry["kind"] == "todo":
            schedule["entries"] = [e for e in schedule["entries"] if e.get("id") != entry["id"]]
        else:
            schedule["entries"].remove(entry)
        return entry["kind"] == "todo" or "wanted" in entry

    return change


def forget_unplaced(plan, schedule, rng):
    items = [u for u in schedule["unplaced"] if u["kind"] != "fill"]
    if items:
        schedule["unplaced"].remove(rng.choice(items))
    return bool(items)


def move_event(plan, schedule, rng):
    entry = pick(schedule, rng, lambda e: e.get("fixed"))
    if entry:
        move(entry, 60)
        schedule["entries"].sort(
            key=lambda e: (seconds(e["start"]), e["kind"] == "song", e.get("id", e.get("track_id")))
        )
    return bool(entry)


def shorten(want):
    def change(plan, schedule, rng):
        entry = pick(schedule, rng, want)
        if entry:
            entry["end"] = clock(seconds(entry["end"]) - 1)
        return bool(entry)

    return change


def put_before_the_day(want):
    def change(plan, schedule, rng):
        entry = pick(schedule, rng, want)
        if entry is None or seconds(plan["day"]["start"]) < 60:
            return False
        move(entry, seconds(plan["day"]["start"]) - 60 - seconds(entry["start"]))
        schedule["entries"].remove(entry)
        schedule["entries"].insert(0, entry)
        schedule["entries"].sort(
            key=lambda e: (seconds(e["start"]), e["kind"] == "song", e.get("id", e.get("track_id")))
        )
        return True

    return change


def overlap_songs(plan, schedule, rng):
    songs = [e for e in schedule["entries"] if is_song(e)]
    if len(songs) < 2:
        return False
    move(songs[1], seconds(songs[0]["start"]) + 1 - seconds(songs[1]["start"]))
    schedule["entries"].sort(
        key=lambda e: (seconds(e["start"]), e["kind"] == "song", e.get("id", e.get("track_id")))
    )
    return True


def overlap_tasks(plan, schedule, rng):
    tasks = [e for e in schedule["entries"] if is_task(e)]
    if len(tasks) < 2 or tasks[0]["id"] == tasks[1]["id"]:
        return False
    move(tasks[1], seconds(tasks[0]["start"]) - seconds(tasks[1]["start"]))
    schedule["entries"].sort(
        key=lambda e: (seconds(e["start"]), e["kind"] == "song", e.get("id", e.get("track_id")))
    )
    return True


def out_of_order(plan, schedule, rng):
    schedule["entries"].reverse()
    return (
        len(schedule["entries"]) > 1
        and schedule["entries"][0]["start"] != schedule["entries"][-1]["start"]
    )


def claim_more(plan, schedule, rng):
    schedule["objective"]["song_weight"] += 1
    return rules.shared_checker() is not None


def no_overload(plan, schedule, rng):
    for overload in schedule["overloads"]:
        overload["capacity_s"] = overload["demand_s"]
    return bool(schedule["overloads"])


CHANGES = {
    "a task is missing": drop(is_task),
    "a song is missing": drop(is_song),
    "an unplaced item is forgotten": forget_unplaced,
    "an event is moved": move_event,
    "a task is shorter": shorten(is_task),
    "a song is shorter": shorten(is_song),
    "a task before the day": put_before_the_day(is_task),
    "a song before the day": put_before_the_day(is_song),
    "two songs overlap": overlap_songs,
    "two tasks overlap": overlap_tasks,
    "entries out of order": out_of_order,
    "a level is overstated": claim_more,
    "an overload that is none": no_overload,
}


def main():
    catalog = day.real_catalog()
    ids, check = list(day.load_tracks(catalog)), rules.Checker(catalog)
    plans = [day.draw_plan(seed, ids, (4, 14), (2, 10), fill=True) for seed in range(7000, 7040)]
    answers = day.run(sys.argv[1], catalog, [{"plan": plan} for plan in plans])
    tried, missed = {}, []
    for number, (plan, answer) in enumerate(zip(plans, answers)):
        assert not check.broken(plan, answer)
        for name, change in CHANGES.items():
            schedule = copy.deepcopy(answer)
            if change(plan, schedule, random.Random(number)):
                tried[name] = tried.get(name, 0) + 1
                if not check.broken(plan, schedule):
                    missed.append((number, name))
    for name in CHANGES:
        print(f"{tried.get(name, 0):4} {name}")
    print(f"missed: {missed}")
    sys.exit(bool(missed) or len(tried) < len(CHANGES) - 1)


main()
