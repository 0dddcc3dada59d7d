#!/usr/bin/env python3
"""Check plans of several dates: small ones against exhaustive search, weeks by the shared checker.

usage: check_spans.py SCHEDULE_BATCH [--plans N] [--weeks N] [--seed S] [--save DIR]

Small plans have two or three dates of a few slots; all their schedules are tried (span_brute.py).
No schedule may be better than the best, no bound lower, and what is said to be proved must be the
best. Weeks are drawn in several time zones, some with a change of clocks. Where the shared checker
(../shared/tools/check_span.py) is there, it has to accept every schedule. A plan of one date must
reach what the same plan without "days" reaches.
"""

import argparse
import collections
import importlib.util
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import span_brute
from span_brute import SLOT, TRACKS

ROOT = pathlib.Path(__file__).resolve().parents[3]
WEEKS = [
    ("Europe/Berlin", "2026-03-23"),
    ("Europe/Berlin", "2026-10-19"),
    ("America/New_York", "2026-03-02"),
    ("America/New_York", "2026-10-26"),
    ("Australia/Lord_Howe", "2026-03-30"),
    ("Australia/Lord_Howe", "2026-09-28"),
    ("Asia/Kolkata", "2026-11-23"),
    ("Africa/Casablanca", "2026-02-09"),
    ("America/Santiago", "2026-08-31"),
    (None, "2026-11-23"),
]


def write_catalog(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write(
            "track_id,track_name,track_artist,track_popularity,duration_ms,"
            "playlist_genre,playlist_subgenre\n"
        )
        for i in range(TRACKS):
            length = (1 + i % 2) * SLOT * 1000
            out.write(f"track{i},Song {i},Artist {i},{i * 7},{length},pop,dance pop\n")


def draw_week(rng, index):
    """A week in one zone after the other, so that every change of clocks is among ten weeks."""
    zone, date = WEEKS[index % len(WEEKS)]
    todos = [
        {
            "id": "standup",
            "title": "Stand-up",
            "start": "09:00",
            "end": "09:15",
            "on": ["mon", "tue", "wed", "thu", "fri"],
        },
        {"id": "night", "title": "Night", "start": "23:30", "end": "30:30", "on": ["tue"]},
        {"id": "read", "title": "Read", "duration_s": 1800, "earliest": "20:00", "times": "each"},
        {
            "id": "gym",
            "title": "Gym",
            "duration_s": 3600,
            "earliest": "17:00",
            "times": rng.randint(2, 4),
            "apart_days": rng.randint(1, 2),
            "music": True,
        },
    ]
    for i in range(rng.randint(3, 14)):
        todo = {
            "id": f"t{i}",
            "title": f"Task {i}",
            "duration_s": rng.randint(2, 20) * 900,
            "priority": rng.randint(1, 4),
            "music": rng.random() < 0.3,
        }
        if rng.random() < 0.3:
            todo["on"] = rng.sample(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 2)
        if rng.random() < 0.3:
            todo["split_min_s"] = 900
            if rng.random() < 0.5:
                todo["max_per_day_s"] = rng.randint(1, 4) * 1800
        if rng.random() < 0.2:
            todo["buffer_before_s"] = 600
        if i > 0 and rng.random() < 0.2:
            todo["after"] = [f"t{rng.randrange(i)}"]
        todos.append(todo)
    songs = [
        {"track_id": f"track{i}", **({"times": "each"} if rng.random() < 0.2 else {})}
        for i in range(rng.randint(0, 8))
    ]
    plan = {
        "date": date,
        "days": 7,
        "day": {
            "start": rng.choice(["00:30", "07:00"]),
            "end": "22:00",
            "exceptions": [{"on": ["sat"], "off": True}, {"on": ["sun"], "start": "02:00"}],
        },
        "todos": todos,
        "songs": songs,
        "listening": {"max_total_s": 7200, "fill": {"duration_s": 1800, "on": ["mon", "thu"]}},
    }
    if rng.random() < 0.3:
        plan["listening"]["fills"] = [
            plan["listening"].pop("fill"),
            {"duration_s": 900, "on": ["mon", "tue"], "between": ["08:00", "12:00"]},
            {"duration_s": 3600, "during": "gym"},
        ]
    if rng.random() < 0.3:
        plan["day"]["max_tasks_s"] = rng.randint(4, 8) * 3600
    if zone:
        plan["timezone"] = zone
    if rng.random() < 0.3:
        plan["now"] = f"{date[:8]}{int(date[8:]) + 1:02}T10:30" if int(date[8:]) < 28 else "10:30"
    return plan


def one_date(plan):
    """The plan's first date as a plan of one date, and the same without "days"."""
    todos = [
        {
            k: v
            for k, v in t.items()
            if k not in ("on", "times", "max_per_day_s", "due", "release", "apart_days", "before")
        }
        for t in plan["todos"]
    ]
    songs = [{k: v for k, v in s.items() if k not in ("on", "times")} for s in plan["songs"]]
    listening = dict(plan["listening"])
    for fill in ("fill", "fills"):
        if fill in listening:
            rules = listening[fill] if fill == "fills" else [listening[fill]]
            rules = [{k: v for k, v in rule.items() if k != "on"} for rule in rules]
            listening[fill] = rules if fill == "fills" else rules[0]
    day = {"date": plan["date"], "todos": todos, "songs": songs, "listening": listening}
    day["day"] = {k: plan["day"][k] for k in ("start", "end")}
    return dict(day, days=1), day


def shared_checker():
    path = ROOT.parent / "shared" / "tools" / "check_span.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("check_span", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(batch, plans):
    """The schedules of plans or whole requests, and the checker's tracks; None without the shared
    checker.
    """
    with tempfile.TemporaryDirectory() as folder:
        catalog = pathlib.Path(folder) / "songs.csv"
        write_catalog(catalog)
        lines = "".join(json.dumps(p if "plan" in p else {"plan": p}) + "\n" for p in plans)
        answer = subprocess.run(
            [batch, str(catalog)], input=lines, capture_output=True, text=True, check=True
        )
        checker = shared_checker()
        tracks = checker.load_catalog(catalog) if checker else None
    return [json.loads(line) for line in answer.stdout.splitlines()], checker, tracks


def check_small(plans, schedules, count):
    """Compare schedules with the best ones. Returns what is wrong."""
    wrong = []
    for plan, schedule in zip(plans, schedules):
        if "error" in schedule:
            count["no plan"] += 1
            continue
        try:
            best = span_brute.Search(plan).run()
        except span_brute.TooLarge:
            count["too large"] += 1
            continue
        count["compared"] += 1
        count["best"] += span_brute.levels(schedule["objective"]) == best
        count["proved"] += schedule["status"] == "optimal"
        wrong += [(text, plan) for text in span_brute.compare(best, schedule)]
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("batch")
    parser.add_argument("--plans", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", help="folder for the plans that are wrong")
    args = parser.parse_args()
    small = span_brute.draw_many(args.plans, args.seed)
    for path in sorted((ROOT / "tests/schedule/regressions").glob("span-*.json")):
        small.append(json.loads(path.read_text(encoding="utf-8")))
    rng = random.Random(args.seed)
    weeks = [draw_week(rng, i) for i in range(args.weeks)]
    days = [d for p in small for d in one_date(p)]
    plans = small + weeks + days
    schedules, checker, tracks = run(args.batch, plans)
    count = collections.Counter()
    wrong = check_small(small, schedules, count)
    for plan, schedule in zip(weeks, schedules[len(small) :]):
        if "error" in schedule:
            wrong.append((schedule["error"], plan))
        count["proved weeks"] += schedule.get("status") == "optimal"
    if checker:
        wrong += [
            (text, plan)
            for plan, schedule in zip(small + weeks, schedules)
            if "error" not in schedule
            for text in checker.check(plan, schedule, tracks)[0]
        ]
    rest = schedules[len(small) + len(weeks) :]
    for span, day, plan in zip(rest[::2], rest[1::2], days[::2]):
        if ("error" in span) != ("error" in day) or (
            "error" not in span
            and span_brute.levels(span["objective"]) != span_brute.levels(day["objective"])
        ):
            wrong.append(("a plan of one date differs from the day", plan))
    for i, (text, plan) in enumerate(wrong):
        if i < 5:
            print(f"{text}\n{json.dumps(plan)}")
        if args.save:
            pathlib.Path(args.save).mkdir(parents=True, exist_ok=True)
            pathlib.Path(args.save, f"span-{args.seed}-{i}.json").write_text(
                json.dumps(plan, indent=1) + "\n", encoding="utf-8"
            )
    print(
        f"{count['compared']} small plans compared ({count['no plan']} draws were no plan,"
        f" {count['too large']} too large to search): {count['best']} best, {count['proved']}"
        f" proved; {args.weeks} weeks: {count['proved weeks']} proved; {len(wrong)} wrong"
        + ("" if checker else "; without the shared checker")
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
