#!/usr/bin/env python3
"""The share of days of each kind that is proved optimal, and how long it takes.

usage: bench_kinds.py SCHEDULE_BATCH [--plans N] [--seed S] [--kind NAME]

Each kind draws small days of the real catalog on which one rule decides most: see the functions
below. Every day is solved three times without fixes, and the fastest run counts. For each kind,
prints the share that is proved, the share that is proved within 2 ms, the times, and the first
levels without a proof. Exit status 77 (skipped) without the real data set.
"""

import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/schedule/verify"))

import day
from day import clock

MINUTE = 60
LIMIT_US = 2000


class Drawer:
    """Draws the days of the kinds; `by_artist` has the tracks of each artist."""

    def __init__(self, tracks):
        self.ids = list(tracks)
        self.by_artist = {}
        for track, (_, artist, _) in tracks.items():
            self.by_artist.setdefault(artist, []).append(track)
        self.prolific = sorted(a for a, own in self.by_artist.items() if len(own) >= 20)

    def base(self, rng, tasks, load):
        """A day from 8:00 with events and with tasks of `load` times the free time."""
        start, end = 8 * 3600, rng.choice([13, 18, 20]) * 3600
        todos, free = [], end - start
        for i in range(rng.randint(0, 3)):
            begin = rng.randrange(start, end - 3600, 15 * MINUTE)
            length = rng.randrange(15, 75, 15) * MINUTE
            todos.append(
                {
                    "id": f"e{i}",
                    "title": f"Event {i}",
                    "start": clock(begin),
                    "end": clock(begin + length),
                    "music": rng.random() < 0.5,
                }
            )
            free -= length
        count = rng.randint(*tasks)
        for i in range(count):
            share = load * free / count * rng.uniform(0.5, 1.5)
            todos.append(
                {
                    "id": f"t{i}",
                    "title": f"Task {i}",
                    "duration_s": max(15, int(share / MINUTE / 5) * 5) * MINUTE,
                    "priority": rng.randint(1, 4),
                    "music": rng.random() < 0.4,
                }
            )
        return {
            "version": 1,
            "date": "2026-11-24",
            "day": {"start": clock(start), "end": clock(end)},
            "todos": todos,
            "songs": [],
            "listening": {},
        }

    @staticmethod
    def tasks(plan):
        return [t for t in plan["todos"] if "duration_s" in t]

    @staticmethod
    def bounds(plan):
        return day.seconds(plan["day"]["start"]), day.seconds(plan["day"]["end"])

    def add_songs(self, rng, plan, most):
        for _ in range(rng.randint(1, most)):
            plan["songs"].append({"track_id": rng.choice(self.ids)})

    def window(self, rng, plan, task, slack):
        """A window that is longer than the task by at most `slack` of its length."""
        low, high = self.bounds(plan)
        room = int(task["duration_s"] * (1 + rng.random() * slack)) // MINUTE * MINUTE
        room = max(task["duration_s"], min(room, high - low))
        begin = rng.randrange(low, high - room + 1, 5 * MINUTE)
        task["earliest"], task["latest"] = clock(begin), clock(begin + room)

    # The kinds.

    def mixed(self, rng):
        """All features, 8 to 20 tasks and up to 20 songs."""
        return day.draw_plan(rng.randrange(10**9), self.ids)

    def mix(self, rng):
        """All features, 3 to 12 tasks, up to 8 songs and fill."""
        return day.draw_plan(rng.randrange(10**9), self.ids, (3, 12), (0, 8), fill=True)

    def quiet(self, rng):
        """Quiet hours, and songs during tasks that may have to leave them."""
        plan = self.base(rng, (2, 8), 0.7)
        low, high = self.bounds(plan)
        self.add_songs(rng, plan, 8)
        for wish in plan["songs"]:
            hosts = [t["id"] for t in plan["todos"] if t["music"]]
            if hosts and rng.random() < 0.5:
                wish["during"] = rng.choice(hosts)
        at = rng.randrange(low, high - 2 * 3600, 15 * MINUTE)
        plan["listening"]["quiet"] = [[clock(at), clock(at + rng.randint(1, 4) * 1800)]]
        return plan

    def tight(self, rng):
        """Time windows little longer than their tasks."""
        plan = self.base(rng, (4, 12), 0.9)
        for task in self.tasks(plan):
            self.window(rng, plan, task, 0.5)
        self.add_songs(rng, plan, 5)
        return plan

    def movable(self, rng):
        """Tasks without a time window, and songs with time windows."""
        plan = self.base(rng, (3, 10), 0.9)
        low, high = self.bounds(plan)
        self.add_songs(rng, plan, 10)
        for wish in plan["songs"]:
            begin = rng.randrange(low, high - 3600, 5 * MINUTE)
            wish["between"] = [clock(begin), clock(begin + rng.randint(2, 12) * 5 * MINUTE)]
        return plan

    def artist(self, rng):
        """Songs of few artists that are kept apart."""
        plan = self.base(rng, (1, 6), 0.6)
        artists = rng.sample(self.prolific, rng.randint(1, 3))
        for _ in range(rng.randint(3, 12)):
            own = self.by_artist[rng.choice(artists)]
            plan["songs"].append({"track_id": rng.choice(own)})
        plan["listening"]["artist_separation_s"] = rng.randint(1, 9) * 600
        return plan

    def during(self, rng):
        """Songs that play during tasks."""
        plan = self.base(rng, (3, 10), 0.9)
        for task in self.tasks(plan):
            task["music"] = True
            if rng.random() < 0.3:
                self.window(rng, plan, task, 1.0)
        self.add_songs(rng, plan, 12)
        for wish in plan["songs"]:
            if rng.random() < 0.8:
                wish["during"] = rng.choice(self.tasks(plan))["id"]
        return plan

    def split(self, rng):
        """Tasks that may be split, and buffers."""
        plan = self.base(rng, (3, 8), 1.0)
        for task in self.tasks(plan):
            if rng.random() < 0.5:
                task["split_min_s"] = max(600, task["duration_s"] // 3 // MINUTE * MINUTE)
            elif rng.random() < 0.4:
                task["buffer_after_s"] = 300
        self.add_songs(rng, plan, 4)
        return plan

    def now(self, rng):
        """The middle of a day."""
        plan = self.base(rng, (4, 10), 1.0)
        low, high = self.bounds(plan)
        plan["now"] = clock(rng.randrange(low, (low + high) // 2, MINUTE))
        self.add_songs(rng, plan, 6)
        return plan

    def pins(self, rng):
        """Tasks and songs at fixed times."""
        plan = self.base(rng, (4, 10), 0.9)
        low, high = self.bounds(plan)
        for task in self.tasks(plan):
            if rng.random() < 0.4:
                last = max(low, high - task["duration_s"])
                task["pin"] = clock(rng.randrange(low, last + 1, 5 * MINUTE))
        self.add_songs(rng, plan, 6)
        for wish in plan["songs"]:
            if rng.random() < 0.4:
                wish["at"] = clock(rng.randrange(low, high - 1800, MINUTE))
        return plan

    def musts(self, rng):
        """Must plays, with tasks that fill the day."""
        plan = self.base(rng, (5, 14), 1.1)
        self.add_songs(rng, plan, 12)
        for wish in plan["songs"]:
            wish["must"] = rng.random() < 0.7
        return plan


KINDS = "mixed mix quiet tight movable artist during split now pins musts".split()


def line(name, answers):
    took = sorted(a["us"] for a in answers)
    schedules = [a["schedule"] for a in answers]
    proved = [s["status"] == "optimal" for s in schedules]
    soon = sum(ok and a["us"] <= LIMIT_US for ok, a in zip(proved, answers))
    print(
        f"{name:<9}{len(answers):5} {100 * sum(proved) / len(answers):7.1f} %"
        f" {100 * soon / len(answers):7.1f} % {took[len(took) // 2]:9.0f}"
        f" {took[(len(took) * 99 - 1) // 100]:9.0f}   " + day.open_levels(schedules),
        flush=True,
    )
    return len(answers), sum(proved), soon


def main():
    parser = day.arguments(__doc__, plans=200)
    parser.add_argument("--kind", choices=KINDS)
    options = parser.parse_args()
    catalog = day.real_catalog()
    drawer = Drawer(day.load_tracks(catalog))
    seeds = range(options.seed, options.seed + options.plans)
    print(f"microseconds, the fastest of 3 runs without fixes; seeds {seeds[0]} .. {seeds[-1]}")
    print(
        f"{'kind':<9}{'days':>5} {'optimal':>9} {'in 2 ms':>9} {'median':>9} {'p99':>9}"
        "   first level without a proof"
    )
    total = [0, 0, 0]
    for kind in [options.kind] if options.kind else KINDS:
        plans = [getattr(drawer, kind)(random.Random(f"{kind} {seed}")) for seed in seeds]
        requests = [{"plan": plan, "options": {"no_reasons": 1}} for plan in plans]
        answers = day.run(options.batch, catalog, requests, timed=True)
        refused = [a["error"] for a in answers if "error" in a]
        if refused:
            print(f"{kind}: {len(refused)} days were refused: {refused[0]}")
        answers = [a for a in answers if "error" not in a]
        total = [a + b for a, b in zip(total, line(kind, answers))]
    days, proved, soon = total
    print(f"{days} days, {100 * proved / days:.1f} % proved, {100 * soon / days:.1f} % within 2 ms")


if __name__ == "__main__":
    main()
