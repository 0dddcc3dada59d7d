"""Plans for the checks of the scheduler: reading them, drawing random ones, and running the
scheduler over many.
"""

import argparse
import csv
import json
import os
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
LEVELS = ["tasks_1", "must_songs", "tasks_2", "tasks_3", "tasks_4", "song_weight"]


def arguments(doc, **count):
    """A parser of the schedule_batch program, the first seed and the number of draws, which has the
    name and the default of `count`.
    """
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("batch")
    parser.add_argument("--seed", type=int, default=1)
    for name, default in count.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser


def real_catalog():
    """Path of the real data set. Without it, ends the program as a skipped test."""
    for path in (
        os.environ.get("MUSICSCHED_CSV"),
        ROOT / "data/spotify_songs.csv",
        ROOT.parent / "shared/data/spotify_songs.csv",
    ):
        if path and pathlib.Path(path).is_file():
            return str(path)
    print("skipped: the real data set is not there (make data)")
    sys.exit(77)


def load_tracks(path):
    """track_id -> (seconds, artist, popularity), in order of the file."""
    tracks = {}
    with open(path, encoding="utf-8-sig", newline="") as f:
        for row in csv.DictReader(f):
            tracks.setdefault(
                row["track_id"],
                (
                    -(-int(float(row["duration_ms"])) // 1000),
                    row["track_artist"],
                    int(float(row["track_popularity"])),
                ),
            )
    return tracks


def seconds(text):
    parts = [int(p) for p in text.split(":")]
    return sum(p * unit for p, unit in zip(parts, (3600, 60, 1)))


def clock(value):
    return f"{value // 3600:02}:{value // 60 % 60:02}:{value % 60:02}"


def levels(objective):
    """Levels 1 to 6 of an "objective" or of its "bound", in order of importance."""
    tasks = objective["tasks_placed"]
    return [
        tasks[0],
        objective["must_songs"],
        tasks[1],
        tasks[2],
        tasks[3],
        objective["song_weight"],
    ]


def open_levels(schedules):
    """How often each level is the first without a proof, as text."""
    levels = [s["objective"]["proved_levels"] for s in schedules if s["status"] != "optimal"]
    names = [*LEVELS, "fill_s"]
    return ", ".join(f"{name} {levels.count(k)}" for k, name in enumerate(names) if k in levels)


def run(batch, catalog, requests, timed=False):
    """Answers of schedule_batch to requests ({"plan": .., "options": ..})."""
    command = [batch, catalog] + (["--time"] if timed else [])
    text = "".join(json.dumps(r) + "\n" for r in requests)
    done = subprocess.run(
        command, input=text, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(answers) != len(requests):
        sys.exit(
            f"schedule_batch ended with status {done.returncode} after {len(answers)} of"
            f" {len(requests)} plans"
        )
    return answers


def draw_plan(seed, track_ids, tasks=(8, 20), songs=(0, 20), load=None, fill=False):
    """A random day on the real catalog with all features of plans; `load` is the tasks' share of
    the free time.
    """
    rng = random.Random(seed)
    late = rng.random() < 0.1
    start = 18 * 3600 if late else rng.choice([6, 7, 8, 9]) * 3600
    end = 30 * 3600 if late else start + rng.choice([10, 12, 14, 16]) * 3600
    minute = 60
    todos = []

    def at(value):
        return clock(max(0, min(value, 36 * 3600)))

    free = end - start
    for i in range(rng.randint(0, 4)):
        begin = rng.randrange(start - 1800, end - 3600, 15 * minute)
        length = rng.randrange(30, 180, 15) * minute
        event = {
            "id": f"e{i}",
            "title": f"Event {i}",
            "start": at(begin),
            "end": at(begin + length),
        }
        free -= length
        if rng.random() < 0.5:
            event["music"] = True
        if rng.random() < 0.2:
            event["buffer_before_s"] = rng.randrange(5, 30, 5) * minute
        if rng.random() < 0.2:
            event["buffer_after_s"] = rng.randrange(5, 30, 5) * minute
        todos.append(event)
    count = rng.randint(*tasks)
    share = (load or rng.choice([0.5, 0.8, 1.0, 1.3])) * max(free, 3600) / count
    for i in range(count):
        length = max(5, int(share * rng.uniform(0.3, 1.7) / minute / 5) * 5) * minute
        length = min(length, end - start)
        task = {
            "id": f"t{i}",
            "title": f"Task {i}",
            "duration_s": length,
            "priority": rng.randint(1, 4),
        }
        if rng.random() < 0.5:
            low = rng.randrange(start, end - length + 1, 5 * minute)
            high = rng.randrange(low + length, end + 1, 5 * minute) if low + length < end else end
            if rng.random() < 0.7:
                task["earliest"] = at(low)
            if rng.random() < 0.7:
                task["latest"] = at(high)
        if rng.random() < 0.15 and length >= 1200:
            task["split_min_s"] = max(600, length // rng.choice([2, 3]) // minute * minute)
        if rng.random() < 0.2:
            task["buffer_before_s"] = rng.randrange(5, 20, 5) * minute
        if rng.random() < 0.2:
            task["buffer_after_s"] = rng.randrange(5, 20, 5) * minute
        if rng.random() < 0.4:
            task["music"] = True
        if rng.random() < 0.03 and "split_min_s" not in task:
            task["pin"] = at(rng.randrange(start, end - length + 1, 5 * minute))
        if todos and rng.random() < 0.12:
            task["after"] = [rng.choice(todos)["id"]]
        todos.append(task)
    wishes = []
    pool = rng.sample(track_ids, 12)
    for i in range(rng.randint(*songs)):
        wish = {"track_id": rng.choice(pool) if rng.random() < 0.3 else rng.choice(track_ids)}
        if rng.random() < 0.25:
            wish["must"] = True
        if rng.random() < 0.4:
            wish["weight"] = rng.randint(1, 1000)
        if rng.random() < 0.15:
            wish["times"] = rng.randint(2, 3)
        if rng.random() < 0.25:
            wish["during"] = rng.choice(todos)["id"]
        elif rng.random() < 0.5:
            low = rng.randrange(start, end - 1800, 5 * minute)
            wish["between"] = [
                at(low),
                at(rng.randrange(low + 600, min(end, low + 4 * 3600) + 1, minute)),
            ]
        if rng.random() < 0.04:
            wish["at"] = at(rng.randrange(start, end - 1800, minute))
            wish.pop("times", None)
        wishes.append(wish)
    listening = {}
    if rng.random() < 0.3:
        low = rng.randrange(start, end - 3600, 15 * minute)
        listening["quiet"] = [[at(low), at(low + rng.randrange(30, 240, 15) * minute)]]
    if rng.random() < 0.3:
        listening["gap_s"] = rng.randint(1, 30)
    if rng.random() < 0.3:
        listening["artist_separation_s"] = rng.randrange(10, 60, 10) * minute
    if rng.random() < 0.3 and wishes:
        listening["max_total_s"] = min(rng.randint(300, 300 * len(wishes) + 300), 36 * 3600)
    if fill and rng.random() < 0.5:
        listening["fill"] = {"duration_s": rng.randrange(10, 90, 5) * minute}
        if rng.random() < 0.5:
            listening["fill"]["genres"] = [rng.choice(["pop", "rock", "edm", "rap"])]
        if rng.random() < 0.3:
            listening["fill"]["min_popularity"] = rng.randint(10, 60)
    plan = {
        "version": 1,
        "date": "2026-11-24",
        "day": {"start": at(start), "end": at(end)},
        "todos": todos,
        "songs": wishes,
        "listening": listening,
    }
    if rng.random() < 0.15:
        plan["now"] = at(rng.randrange(start, (start + end) // 2, minute))
    return plan
