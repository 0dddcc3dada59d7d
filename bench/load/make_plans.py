#!/usr/bin/env python3
"""Write varied day plans as JSON, one a line, with a fixed seed.

usage: make_plans.py CATALOG.csv COUNT OUTPUT [easy|hard]

easy: days of about 8 to-dos and 6 songs, in which nearly all fits. hard: events that overlap, 2 to
14 tasks in tight time windows, songs with time windows, so that the solver has to search.
"########" in a title is replaced by loadgen with the request's number.
"""

import csv
import json
import random
import sys


def clock(minutes):
    return "%02d:%02d" % divmod(minutes, 60)


def wanted_song(rng, tracks):
    track = rng.choice(tracks)
    return (
        {"track_id": track[0]}
        if rng.random() < 0.7
        else {"query": "%s - %s" % (track[1], track[2])}
    )


def hard_plan(rng, tracks):
    todos = []
    for i in range(rng.randint(2, 5)):
        at, length = rng.randrange(8 * 60, 18 * 60, 5), rng.choice([30, 45, 60, 90, 120])
        todos.append(
            {
                "title": "Event %d" % i,
                "start": clock(at),
                "end": clock(at + length),
                "music": rng.random() < 0.4,
            }
        )
    for i in range(rng.randint(2, 14)):
        length, at = rng.randrange(10, 65, 5), rng.randrange(7 * 60, 20 * 60, 5)
        todo = {
            "id": "task-%d" % i,
            "title": "Task %d ########" % i if i == 0 else "Task %d" % i,
            "duration_s": 60 * length,
            "priority": rng.randint(1, 4),
            "earliest": clock(at),
            "latest": clock(at + length + rng.randrange(15, 180, 5)),
        }
        if rng.random() < 0.3:
            todo.update(music=True, mood=rng.choice(["focus", "workout", "calm", "happy"]))
        if rng.random() < 0.15:
            todo["split_min_s"] = 600
        todos.append(todo)
    songs = []
    for _ in range(rng.randint(3, 8)):
        start = rng.randrange(7 * 60, 20 * 60, 15)
        song = wanted_song(rng, tracks)
        song["between"] = [clock(start), clock(start + rng.choice([20, 45, 90]))]
        if rng.random() < 0.3:
            song["must"] = True
        songs.append(song)
    return {
        "date": "2026-%02d-%02d" % (rng.randint(1, 12), rng.randint(1, 28)),
        "todos": todos,
        "songs": songs,
        "listening": {"gap_s": rng.choice([0, 2])},
    }


def easy_plan(rng, tracks):
    todos, at = [], 7 * 60 + rng.randrange(0, 90, 5)
    for i in range(rng.randint(2, 4)):  # events, one after another
        length = rng.choice([30, 45, 60, 90, 120, 180])
        todos.append(
            {
                "title": "Event %d" % i,
                "start": clock(at),
                "end": clock(at + length),
                "music": rng.random() < 0.4,
            }
        )
        at += length + rng.randrange(15, 120, 5)
        if at > 19 * 60:
            break
    for i in range(rng.randint(4, 6)):
        todo = {
            "id": "task-%d" % i,
            "title": "Task %d ########" % i if i == 0 else "Task %d" % i,
            "duration_s": 60 * rng.randrange(15, 95, 5),
            "priority": rng.randint(1, 4),
        }
        if rng.random() < 0.4:
            todo["earliest"] = clock(rng.randrange(8 * 60, 17 * 60, 15))
        if rng.random() < 0.3:
            todo["latest"] = clock(rng.randrange(19 * 60, 23 * 60, 15))
        if rng.random() < 0.3:
            todo.update(music=True, mood=rng.choice(["focus", "workout", "calm", "happy"]))
        if i and rng.random() < 0.2:
            todo["after"] = ["task-%d" % (i - 1)]
        if rng.random() < 0.15:
            todo["split_min_s"] = 900
        todos.append(todo)
    songs = []
    for _ in range(rng.randint(5, 7)):
        song = wanted_song(rng, tracks)
        if rng.random() < 0.4:
            start = rng.randrange(7 * 60, 19 * 60, 30)
            song["between"] = [clock(start), clock(start + rng.choice([120, 180, 240]))]
        if rng.random() < 0.2:
            song["must"] = True
        songs.append(song)
    return {
        "date": "2026-%02d-%02d" % (rng.randint(1, 12), rng.randint(1, 28)),
        "todos": todos,
        "songs": songs,
        "listening": {"gap_s": rng.choice([0, 2])},
    }


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        tracks = sorted(
            {(r["track_id"], r["track_name"], r["track_artist"]) for r in csv.DictReader(file)}
        )
    make = {"easy": easy_plan, "hard": hard_plan}[sys.argv[4] if len(sys.argv) > 4 else "easy"]
    rng = random.Random(20260101)
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        for _ in range(int(sys.argv[2])):
            out.write(
                json.dumps(make(rng, tracks), ensure_ascii=False, separators=(",", ":")) + "\n"
            )


if __name__ == "__main__":
    main()
