#!/usr/bin/env python3
"""Check random plans on days on which clocks change, against Python's zoneinfo.

usage: check_clock_changes.py SCHEDULE_BATCH [--plans N] [--seed S]

In UTC, entries must lie in order, keep off each other, last as long as they should in real seconds,
and lie in their windows; the times of the clock beside them must show those moments. Half of the
plans are planned again from the middle of their own schedule: what has begun stays where it is, and
nothing else is put before `now`. Where the shared checker (../shared/tools/check_span.py) is there,
it has to agree.
"""

import argparse
import csv
import datetime as dt
import importlib.util
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zoneinfo

import day

UTC = dt.timezone.utc
SECOND = " (second)"
# Days of a change, days before one (whose plan runs past 24:00 into it), and a zone that never
# changes.
DAYS = [
    ("Europe/Berlin", "2026-03-28"),
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-24"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-03-07"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Australia/Lord_Howe", "2026-10-03"),
    ("Asia/Kolkata", "2026-03-29"),
    ("Africa/Casablanca", "2026-02-15"),
    ("Africa/Casablanca", "2026-03-21"),
    ("Africa/Casablanca", "2026-03-22"),
    ("America/Santiago", "2026-09-05"),
    ("America/Santiago", "2026-04-04"),
    ("Africa/Cairo", "2026-04-24"),
    ("Europe/Dublin", "2026-10-25"),
    ("America/Havana", "2026-11-01"),
    (None, "2026-03-29"),
]


class Clock:
    """Real seconds of a date in a zone, by zoneinfo alone."""

    def __init__(self, zone, date):
        self.zone = zoneinfo.ZoneInfo(zone) if zone else UTC
        self.midnight = dt.datetime.fromisoformat(date)

    def local(self, seconds):
        return self.midnight + dt.timedelta(seconds=seconds)

    def moments(self, seconds):
        """The moments at which clocks show a time: none, one or two."""
        found = []
        for fold in (0, 1):
            moment = self.local(seconds).replace(tzinfo=self.zone, fold=fold).astimezone(UTC)
            if (
                moment.astimezone(self.zone).replace(tzinfo=None) == self.local(seconds)
                and moment not in found
            ):
                found.append(moment)
        return sorted(found)

    def at(self, text):
        """The moment of a time as plans write it; one that clocks skip counts with the offset
        before.
        """
        seconds = day.seconds(text.removesuffix(SECOND))
        found = self.moments(seconds) or [
            self.local(seconds).replace(tzinfo=self.zone).astimezone(UTC)
        ]
        return found[-1 if text.endswith(SECOND) else 0]

    def shows(self, text, moment, is_end):
        """Whether a schedule may write a moment like this; an end may be where clocks jump from."""
        seconds = day.seconds(text)
        return moment in self.moments(seconds) or (
            is_end and moment - dt.timedelta(seconds=1) in self.moments(seconds - 1)
        )


def write_catalog(path, rng):
    """track_id -> seconds."""
    lengths = {}
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(
            [
                "track_id",
                "track_name",
                "track_artist",
                "track_popularity",
                "duration_ms",
                "playlist_genre",
            ]
        )
        for i in range(40):
            lengths[f"track{i}"] = rng.randint(120, 400)
            out.writerow(
                [
                    f"track{i}",
                    f"Song {i}",
                    f"Artist {i % 9}",
                    rng.randint(1, 99),
                    lengths[f"track{i}"] * 1000,
                    "pop",
                ]
            )
    return lengths


def random_plan(rng, zone, date):
    clock = Clock(zone, date)
    start = rng.choice([0, 0, 1, 7, 20, 22]) * 3600
    end = rng.choice([h for h in (6, 12, 24, 26, 30, 36) if h * 3600 > start + 4 * 3600]) * 3600

    def time(low, high):
        while True:
            seconds = rng.randrange(low, high + 1, 300)
            found = clock.moments(seconds)
            if found:
                return seconds, SECOND if len(found) == 2 and rng.random() < 0.3 else ""

    todos = []
    for i in range(rng.randint(1, 9)):
        todo = {"id": f"t{i}", "title": f"To-do {i}"}
        if rng.random() < 0.3:
            (low, mark), (high, _) = time(start, end - 3600), time(start + 600, end)
            high = high if high > low else low + 1800
            if not clock.moments(high) or high > end:
                continue
            todo |= {"start": day.clock(low) + mark, "end": day.clock(high)}
            if clock.at(todo["end"]) <= clock.at(todo["start"]):
                todo["end"] += SECOND if len(clock.moments(high)) == 2 else ""
            if clock.at(todo["end"]) <= clock.at(todo["start"]):
                continue
        else:
            todo |= {"duration_s": rng.randrange(300, 9000, 60), "priority": rng.randint(1, 4)}
            if rng.random() < 0.4:
                low, mark = time(start, end - 3600)
                todo["earliest"] = day.clock(low) + mark
            if rng.random() < 0.3:
                todo["split_min_s"] = min(900, todo["duration_s"])
            if rng.random() < 0.2 and any("duration_s" in t for t in todos):
                todo["after"] = [next(t["id"] for t in todos if "duration_s" in t)]
        if rng.random() < 0.5:
            todo["music"] = True
        todos.append(todo)
    songs = [{"track_id": f"track{rng.randrange(40)}"} for _ in range(rng.randint(0, 8))]
    plan = {
        "version": 1,
        "date": date,
        "day": {"start": day.clock(start), "end": day.clock(end)},
        "todos": todos,
        "songs": songs,
        "listening": {"fill": {"duration_s": rng.choice([0, 1800, 7200, 36000])}},
    }
    if rng.random() < 0.3:
        plan["listening"]["quiet"] = [["01:30", "02:30"]]
    if zone:
        plan["timezone"] = zone
    return plan


def utc(entry, end):
    return dt.datetime.fromisoformat(entry[end + "_utc"].replace("Z", "+00:00"))


def spans(plan, schedule):
    """(entry, start, end) in UTC; without a zone as if the plan were in UTC."""
    clock, out = Clock(plan.get("timezone"), plan["date"]), []
    for entry in schedule["entries"]:
        if "timezone" in plan:
            start, end = utc(entry, "start"), utc(entry, "end")
            assert clock.shows(entry["start"], start, False), f"{entry['start']} is not {start}"
            assert clock.shows(entry["end"], end, True), f"{entry['end']} is not {end}"
        else:
            assert "start_utc" not in entry
            start, end = clock.at(entry["start"]), clock.at(entry["end"])
        out.append((entry, start, end))
    return out


def check(plan, schedule, lengths):
    clock, todos = Clock(plan.get("timezone"), plan["date"]), {t["id"]: t for t in plan["todos"]}
    found = spans(plan, schedule)
    first, last = clock.at(plan["day"]["start"]), clock.at(plan["day"]["end"])
    assert [s for _, s, _ in found] == sorted(s for _, s, _ in found), (
        "entries are not in order of time"
    )
    spent, exclusive, songs = {}, [], []
    for entry, start, end in found:
        assert start < end, f"no length: {entry}"
        length = (end - start).total_seconds()
        if entry["kind"] == "song":
            assert length == lengths[entry["track_id"]], f"{entry} lasts {length} s"
            assert first <= start and end <= last, f"{entry} leaves the day"
            songs.append((start, end))
            continue
        todo = todos[entry["id"]]
        if "start" in todo:
            assert (start, end) == (clock.at(todo["start"]), clock.at(todo["end"])), (
                f"event {todo} is at {start} to {end}"
            )
        else:
            spent[entry["id"]] = spent.get(entry["id"], 0) + length
            earliest = clock.at(todo["earliest"]) if "earliest" in todo else first
            assert max(first, earliest) <= start and end <= last, f"{entry} leaves its window"
        exclusive.append((start, end, "start" in todo))
    for name, seconds in spent.items():
        assert seconds == todos[name]["duration_s"], f"{name} lasts {seconds} s"
    for i, (start, end, event) in enumerate(exclusive):
        for start2, end2, event2 in exclusive[i + 1 :]:
            assert (event and event2) or end <= start2 or end2 <= start, (
                f"to-dos overlap at {start2}"
            )
    assert all(a[1] <= b[0] for a, b in zip(songs, songs[1:])), "songs overlap"


def later_plan(plan, schedule, rng):
    """The plan seen from a moment within its schedule; None where that has no entries."""
    found = spans(plan, schedule)
    if not found:
        return None
    clock = Clock(plan.get("timezone"), plan["date"])
    _, start, end = rng.choice(found)
    moment = start + dt.timedelta(
        seconds=rng.randint(0, int((end - start).total_seconds())) // 60 * 60
    )
    local = moment.astimezone(clock.zone).replace(tzinfo=None)
    seconds = int((local - clock.midnight).total_seconds())
    if not 0 <= seconds <= 36 * 3600:
        return None
    moments = clock.moments(seconds)
    return plan | {
        "now": day.clock(seconds) + (SECOND if len(moments) == 2 and moment == moments[1] else "")
    }


def check_replan(plan, before, after):
    now = Clock(plan.get("timezone"), plan["date"]).at(plan["now"])
    old = {(e.get("id", e.get("track_id")), start) for e, start, _ in spans(plan, before)}
    for entry, start, _ in spans(plan, after):
        assert (
            start >= now
            or entry.get("fixed")
            or (entry.get("id", entry.get("track_id")), start) in old
        ), f"{entry} is put before now"


def shared_checker():
    path = day.ROOT.parent / "shared/tools/check_span.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("check_span", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(batch, catalog, requests):
    lines = "".join(json.dumps(r) + "\n" for r in requests)
    answer = subprocess.run(
        [batch, catalog], input=lines, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in answer.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("batch")
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    missing = {zone for zone, _ in DAYS if zone} - zoneinfo.available_timezones()
    if missing:
        print(f"skipped: this machine does not know {', '.join(sorted(missing))}")
        sys.exit(77)
    rng, shared = random.Random(args.seed), shared_checker()
    with tempfile.TemporaryDirectory() as folder:
        catalog = str(pathlib.Path(folder) / "songs.csv")
        lengths = write_catalog(catalog, rng)
        tracks = shared.load_catalog(catalog) if shared else None
        plans = [random_plan(rng, *DAYS[i % len(DAYS)]) for i in range(args.plans)]
        answers = run(args.batch, catalog, [{"plan": plan} for plan in plans])
        later = [
            later_plan(plan, answer, rng) if "error" not in answer else None
            for plan, answer in zip(plans, answers)
        ]
        again = [i for i in range(args.plans) if later[i] is not None]
        answers2 = run(
            args.batch,
            catalog,
            [{"plan": later[i], "options": {"previous": answers[i]}} for i in again],
        )

        def judge(plan, schedule, previous):
            assert "error" not in schedule, schedule["error"]
            check(plan, schedule, lengths)
            if previous is not None:
                check_replan(plan, previous, schedule)
            if shared and SECOND not in json.dumps(plan):
                bad, _ = shared.check(plan, schedule, tracks, previous)
                assert not bad, bad[:3]

        cases = [(plans[i], answers[i], None) for i in range(args.plans)] + [
            (later[i], answers2[k], answers[i]) for k, i in enumerate(again)
        ]
        for plan, schedule, previous in cases:
            try:
                judge(plan, schedule, previous)
            except AssertionError as error:
                print(json.dumps(plan), "\n", json.dumps(schedule), "\n", error)
                sys.exit(1)
    print(
        f"{len(plans)} plans and {len(again)} replans: all right"
        + ("" if shared else " (without the shared checker)")
    )


main()
