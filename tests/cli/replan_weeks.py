#!/usr/bin/env python3
"""Live through random weeks: plan, and replan at moments of each day. Nothing may get lost.

usage: replan_weeks.py PROGRAM [--weeks N] [--seed N]

Between two moments, some tasks are done, some are missed, some turn out to take longer, and new
events come in. After each replan, every event stands at its times, every occurrence of a task has
its whole length or is named as unscheduled, nothing new begins before the present, and due times
hold. What was done keeps its times.
"""

import argparse
import collections
import datetime
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

FIRST = datetime.date(2026, 10, 19)  # Berlin's clocks go back on the Sunday
DAY_S = 86400


def clock(text):
    parts = [int(part) for part in text.split(":")]
    return sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


def shown(second):
    return f"{second // 3600:02}:{second // 60 % 60:02}"


def date_of(day):
    return (FIRST + datetime.timedelta(days=day)).isoformat()


def moment(second):
    return f"{date_of(second // DAY_S)}T{shown(second % DAY_S)}"


def new_event(rng, number, first_day):
    start = rng.randrange(8 * 4, 20 * 4) * 900
    days = rng.sample(range(first_day, 7), min(7 - first_day, rng.choice((1, 1, 1, 3))))
    return {
        "id": f"event{number}",
        "title": f"Event {number}",
        "start": shown(start),
        "end": shown(start + rng.choice((1800, 3600, 5400))),
        "on": sorted(date_of(day) for day in days),
    }


def new_task(rng, number):
    task = {"id": f"task{number}", "title": f"Task {number}"}
    task["duration_s"] = rng.choice((900, 1800, 3600, 7200))
    task["priority"] = rng.randint(1, 4)
    kind = rng.random()
    if kind < 0.15:
        task["times"] = "each"
    elif kind < 0.3:
        task["times"] = rng.randint(2, 4)
    elif kind < 0.45:
        task |= {"duration_s": 4 * 3600, "split_min_s": 1800, "max_per_day_s": 7200}
    if "times" not in task and rng.random() < 0.4:
        task["due"] = moment(rng.randrange(1, 7) * DAY_S + rng.randrange(10, 20) * 3600)
    return task


def new_week(rng):
    return {
        "date": FIRST.isoformat(),
        "days": 7,
        "timezone": rng.choice(("", "Europe/Berlin")),
        "day": {"start": "07:00", "end": "22:00"},
        "todos": [new_event(rng, n, 0) for n in range(rng.randint(2, 8))]
        + [new_task(rng, n) for n in range(rng.randint(4, 16))],
    }


def entries_of(schedule):
    """Of each to-do: (occurrence, start, end, state), on clocks from the first midnight on."""
    found = collections.defaultdict(list)
    for entry in schedule["entries"]:
        day = (datetime.date.fromisoformat(entry["date"]) - FIRST).days * DAY_S
        times = day + clock(entry["start"]), day + clock(entry["end"])
        found[entry.get("of", entry["id"])].append((entry["id"], *times, entry.get("state")))
    return found


class Week:
    def __init__(self, program, folder, seed):
        self.program, self.seed, self.rng = program, seed, random.Random(seed)
        self.file = pathlib.Path(folder) / "previous.json"
        self.plan, self.schedule, self.now = new_week(self.rng), None, None
        self.events = sum("start" in todo for todo in self.plan["todos"])

    def need(self, holds, text):
        if not holds:
            sys.exit(
                f"seed {self.seed}, now {self.now and moment(self.now)}: {text}\n"
                + json.dumps(self.plan)
            )

    def replan(self):
        command = ["plan", "-"]
        if self.schedule is not None:
            self.file.write_text(json.dumps(self.schedule))
            command = ["replan", "-", self.file, "--now", moment(self.now)]
        run = subprocess.run(
            [self.program, *command, "--json"],
            input=json.dumps(self.plan), capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.need(run.returncode == 0, run.stderr)
        before, self.schedule = self.schedule, json.loads(run.stdout)
        self.check(before and entries_of(before))

    def check(self, before):
        after = entries_of(self.schedule)
        missing = collections.Counter(
            re.split("[~@]", unplaced["id"])[0] for unplaced in self.schedule["unplaced"]
        )
        for todo in self.plan["todos"]:
            entries = after.pop(todo["id"], [])
            if "start" in todo:
                self.check_event(todo, entries)
            elif todo.get("state") == "done":
                was = [e[:3] for e in before[todo["id"]] if e[1] < self.now]
                self.need([e[:3] for e in entries] == was, f"{todo['id']} is done: {entries} {was}")
            else:
                self.check_task(todo, entries, missing[todo["id"]])
                if before is not None:
                    self.check_present(todo["id"], entries, before[todo["id"]])
        self.need(not after, f"not in the plan: {list(after)}")

    def check_event(self, todo, entries):
        days = [(datetime.date.fromisoformat(on) - FIRST).days * DAY_S for on in todo["on"]]
        want = [(day + clock(todo["start"]), day + clock(todo["end"])) for day in days]
        self.need(sorted(e[1:3] for e in entries) == want, f"{todo['id']} is at {entries}")

    def check_task(self, todo, entries, missing):
        lengths = collections.Counter()
        for name, start, end, _ in entries:
            lengths[name] += end - start
        whole = sum(length >= todo["duration_s"] for length in lengths.values())
        times = {"each": 7}.get(todo.get("times"), todo.get("times", 1))
        self.need(whole + missing >= times, f"{todo['id']}: {whole} of {times}, {missing} named")
        self.need(whole <= times, f"{todo['id']}: {whole} of {times}")
        if "due" in todo:
            day = (datetime.date.fromisoformat(todo["due"][:10]) - FIRST).days * DAY_S
            last = day + clock(todo["due"][11:])
            self.need(all(e[2] <= last for e in entries), f"{todo['id']} is late: {entries}")

    def check_present(self, name, entries, before):
        begun = {(occurrence, start) for occurrence, start, *_ in before if start < self.now}
        for occurrence, start, _, _ in entries:
            self.need(
                start >= self.now or (occurrence, start) in begun,
                f"{name} begins at {moment(start)}, which is past",
            )

    def live(self, now):
        """What happens until `now`."""
        self.now = now
        entries = entries_of(self.schedule)
        for todo in self.plan["todos"]:
            if "start" in todo or "times" in todo or todo.get("state") == "done":
                continue
            past = [e for e in entries[todo["id"]] if e[2] <= now]
            if past and len(past) == len(entries[todo["id"]]):
                luck = self.rng.random()
                if luck < 0.6:
                    todo["state"] = "done"
                elif luck < 0.7 and "max_per_day_s" not in todo:
                    todo["duration_s"] += 900
        day = now // DAY_S
        if self.rng.random() < 0.3 and day < 6:
            self.plan["todos"].append(new_event(self.rng, self.events, day + 1))
            self.events += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--weeks", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    replans = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(given.seed, given.seed + given.weeks):
            week = Week(given.program, folder, seed)
            week.replan()
            for day in range(7):
                for hour in sorted(week.rng.sample(range(7, 22), week.rng.randint(1, 2))):
                    week.live(day * DAY_S + hour * 3600 + week.rng.randrange(4) * 900)
                    week.replan()
                    replans += 1
    print(f"{given.weeks} weeks, replanned {replans} times: nothing is lost")


if __name__ == "__main__":
    main()
