#!/usr/bin/env python3
"""Check plans of several dates: small ones against exhaustive search, weeks by the shared checker.

usage: check_spans.py SCHEDULE_BATCH [--plans N] [--weeks N] [--seed S]

Small plans have two dates of a few slots; all their schedules are tried. No schedule may be better
than the best, no bound lower, and what is said to be proved must be the best. Weeks are drawn in
several time zones, some with a change of clocks. Where the shared checker
(../shared/tools/check_span.py) is there, it has to accept every schedule. A plan of one date must
reach what the same plan without "days" reaches.
"""

import argparse
import importlib.util
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
SLOT = 900
TRACKS = 12
DATES = ["2026-11-24", "2026-11-25"]
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


def clock(seconds):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"


def write_catalog(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write(
            "track_id,track_name,track_artist,track_popularity,duration_ms,"
            "playlist_genre,playlist_subgenre\n"
        )
        for i in range(TRACKS):
            length = (1 + i % 2) * SLOT * 1000
            out.write(f"track{i},Song {i},Artist {i},{i * 7},{length},pop,dance pop\n")


def draw_small(rng):
    """A plan of two dates, and what the search needs of it."""
    slots = rng.randint(3, 5)
    start = 9 * 3600
    todos = []
    for i in range(rng.randint(0, 2)):
        begin = rng.randrange(slots)
        todos.append(
            {
                "id": f"event{i}",
                "title": f"Event {i}",
                "start": clock(start + begin * SLOT),
                "end": clock(start + (begin + 1) * SLOT),
                "on": [rng.choice(DATES)],
                "music": rng.random() < 0.3,
            }
        )
    for i in range(rng.randint(1, 4)):
        length = rng.randint(1, 3)
        todo = {
            "id": f"task{i}",
            "title": f"Task {i}",
            "duration_s": length * SLOT,
            "priority": rng.choice([1, 1, 2, 3]),
            "music": rng.random() < 0.3,
        }
        if rng.random() < 0.3:
            todo["on"] = [rng.choice(DATES + ["tue", "wed"])]
        if rng.random() < 0.2:
            todo["times"] = rng.choice([2, "each"])
        elif rng.random() < 0.3 and length > 1:
            todo["split_min_s"] = SLOT
            if rng.random() < 0.5:
                todo["max_per_day_s"] = rng.randint(1, length) * SLOT
        if rng.random() < 0.2:
            todo["due"] = f"{rng.choice(DATES)}T{clock(start + rng.randint(2, slots) * SLOT)}"
        if rng.random() < 0.2:
            todo["release"] = f"{rng.choice(DATES)}T{clock(start + rng.randint(0, 2) * SLOT)}"
        if rng.random() < 0.2:
            todo["earliest"] = clock(start + rng.randint(0, 1) * SLOT)
        once = [t for t in todos if "times" not in t]
        if "times" not in todo and once and rng.random() < 0.25:
            other = rng.choice(once)
            todo["before" if "start" in other and rng.random() < 0.5 else "after"] = [other["id"]]
        todos.append(todo)
    songs = []
    for _ in range(rng.randint(0, 2)):
        song = {"track_id": f"track{rng.randrange(TRACKS)}"}
        if rng.random() < 0.4:
            song["on"] = [rng.choice(DATES)]
        if rng.random() < 0.3:
            song["times"] = "each"
        if rng.random() < 0.3:
            song["must"] = True
        if all(s["track_id"] != song["track_id"] for s in songs):
            songs.append(song)
    plan = {
        "date": DATES[0],
        "days": 2,
        "day": {"start": clock(start), "end": clock(start + slots * SLOT)},
        "todos": todos,
        "songs": songs,
    }
    if rng.random() < 0.2:
        plan["day"]["max_tasks_s"] = rng.randint(1, slots) * SLOT
    if rng.random() < 0.2:
        plan["listening"] = {"max_total_s": rng.randint(1, 3) * SLOT}
    return plan, slots, start


class Search:
    """The best values of the levels of a small plan, by trying everything.

    Slots of both dates lie one after the other; a set of slots is a number with a bit for each.
    """

    def __init__(self, plan, slots, start):
        self.plan, self.slots, self.start = plan, slots, start
        self.limit = plan["day"].get("max_tasks_s")
        self.best = None
        self.events = [t for t in plan["todos"] if "start" in t]
        self.busy = self.silent = 0
        for event in self.events:
            bit = 1 << self.slot(event["on"][0], event["start"])
            self.busy |= bit
            if not event["music"]:
                self.silent |= bit
        self.tasks = []
        for todo in plan["todos"]:
            if "start" in todo:
                continue
            dates = [d for d in range(2) if self.is_on(todo, d)]
            times = todo.get("times", 1)
            for k in range(len(dates) if times == "each" else times):
                only = [dates[k]] if times == "each" else dates
                self.tasks.append((todo, self.choices(todo, only, times != 1), k))
        self.songs = []
        for song in plan["songs"]:
            dates = [d for d in range(2) if self.is_on(song, d)]
            length = 1 + int(song["track_id"][5:]) % 2
            count = len(dates) if song.get("times") == "each" else 1
            for k in range(count):
                only = [dates[k]] if song.get("times") == "each" else dates
                runs = [r for d in only for r in self.runs(d, length, 0, slots)]
                self.songs.append((song, runs))

    def slot(self, date, time):
        hours, minutes = time.split(":")
        at = (int(hours) * 3600 + int(minutes) * 60 - self.start) // SLOT
        return DATES.index(date) * self.slots + at

    def is_on(self, item, day):
        return not item.get("on") or DATES[day] in item["on"] or ["tue", "wed"][day] in item["on"]

    def runs(self, day, length, lo, hi):
        base = day * self.slots
        return [((1 << length) - 1) << (base + s) for s in range(max(lo, 0), hi - length + 1)]

    def window(self, todo, day):
        lo, hi = 0, self.slots
        if "earliest" in todo:
            lo = max(lo, self.slot(DATES[0], todo["earliest"]))
        for key in ("release", "due"):
            if key in todo:
                date, time = todo[key].split("T")
                at = self.slot(date, time) - day * self.slots
                if date != DATES[day]:
                    at = -99 if date < DATES[day] else 99
                lo, hi = (max(lo, at), hi) if key == "release" else (lo, min(hi, at))
        return lo, hi

    def choices(self, todo, dates, whole):
        length = todo["duration_s"] // SLOT
        cells = []
        if todo.get("split_min_s") and not whole:
            allowed = 0
            for d in dates:
                lo, hi = self.window(todo, d)
                for s in range(max(lo, 0), hi):
                    allowed |= 1 << (d * self.slots + s)
            for bits in range(1 << (2 * self.slots)):
                if bits & ~allowed == 0 and bits.bit_count() == length:
                    cells.append(bits)
        else:
            for d in dates:
                cells += self.runs(d, length, *self.window(todo, d))
        most = todo.get("max_per_day_s")
        day = (1 << self.slots) - 1
        for d in range(2):
            if most is not None:
                cells = [
                    c for c in cells if ((c >> d * self.slots) & day).bit_count() * SLOT <= most
                ]
        return [c for c in cells if c & self.busy == 0] + [0]

    def run(self):
        self.place(0, self.busy, {})
        return self.best

    def follows_rules(self, todo, cells, placed, number):
        if cells == 0:
            return True
        first, last = (cells & -cells).bit_length() - 1, cells.bit_length() - 1
        day = (1 << self.slots) - 1
        if todo.get("times", 1) != 1 and number > 0:
            other = placed.get((todo["id"], number - 1), 0)
            if other and any(
                (x >> d * self.slots) & day
                for d in range(2)
                for x in [other]
                if (cells >> d * self.slots) & day
            ):
                return False
        for name in todo.get("after", []):
            event = next((e for e in self.events if e["id"] == name), None)
            before = placed.get((name, 0), 0)
            if event is not None:
                before = 1 << self.slot(event["on"][0], event["start"])
            if before == 0 or before.bit_length() - 1 >= first:
                return False
        for name in todo.get("before", []):
            event = next(e for e in self.events if e["id"] == name)
            if self.slot(event["on"][0], event["start"]) <= last:
                return False
        return True

    def place(self, index, used, placed):
        if index == len(self.tasks):
            self.play(placed)
            return
        todo, choices, number = self.tasks[index]
        for cells in choices:
            if cells & used or not self.follows_rules(todo, cells, placed, number):
                continue
            placed[(todo["id"], number)] = cells
            if self.within_limit(placed):
                self.place(index + 1, used | cells, placed)
            del placed[(todo["id"], number)]

    def within_limit(self, placed):
        day = (1 << self.slots) - 1
        return self.limit is None or all(
            sum(((c >> d * self.slots) & day).bit_count() for c in placed.values()) * SLOT
            <= self.limit
            for d in range(2)
        )

    def play(self, placed):
        count = [0] * 4
        silent = self.silent
        for todo, _, number in self.tasks:
            cells = placed[(todo["id"], number)]
            count[todo["priority"] - 1] += cells != 0
            if not todo["music"]:
                silent |= cells
        most = self.plan.get("listening", {}).get("max_total_s")
        key = silent, tuple(count)
        if not hasattr(self, "seen"):
            self.seen = set()
        if key in self.seen:
            return
        self.seen.add(key)
        for must, weight in self.plays(0, silent, [0, 0], most):
            value = [count[0], must, count[1], count[2], count[3], weight]
            if self.best is None or value > self.best:
                self.best = value

    def plays(self, index, used, total, most):
        if index == len(self.songs):
            yield 0, 0
            return
        song, runs = self.songs[index]
        yield from self.plays(index + 1, used, total, most)
        for cells in runs:
            day = 0 if cells < 1 << self.slots else 1
            length = cells.bit_count() * SLOT
            if cells & used or (most is not None and total[day] + length > most):
                continue
            total[day] += length
            for must, weight in self.plays(index + 1, used | cells, total, most):
                if song.get("must"):
                    yield must + 1, weight
                else:
                    yield must, weight + 100 + int(song["track_id"][5:]) * 7
            total[day] -= length


def levels(objective):
    tasks = objective["tasks_placed"]
    return [tasks[0], objective["must_songs"], *tasks[1:], objective["song_weight"]]


def compare(best, objective):
    """What is wrong with an objective, given the best values of the levels 1 to 6."""
    value, bound = levels(objective), levels(objective["bound"])
    wrong = []
    if value > best:
        wrong.append(f"better than the best: {value} > {best}")
    proved = min(objective["proved_levels"], 6)
    if value[:proved] != best[:proved]:
        wrong.append(f"{proved} levels said to be proved: {value}, best {best}")
    for i in range(6):
        if value[:i] == best[:i] and bound[i] < best[i]:
            wrong.append(f"bound {i} is {bound[i]}, best {best}")
    return wrong, value == best


def draw_week(rng):
    zone, date = rng.choice(WEEKS)
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
    day = {"date": plan["date"], "todos": todos, "songs": songs}
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("batch")
    parser.add_argument("--plans", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    small = [draw_small(rng) for _ in range(args.plans)]
    plans = [p for p, _, _ in small] + [draw_week(rng) for _ in range(args.weeks)]
    days = [d for p, _, _ in small for d in one_date(p)]
    with tempfile.TemporaryDirectory() as folder:
        catalog = pathlib.Path(folder) / "songs.csv"
        write_catalog(catalog)
        lines = "".join(json.dumps({"plan": p}) + "\n" for p in plans + days)
        answer = subprocess.run(
            [args.batch, str(catalog)], input=lines, capture_output=True, text=True, check=True
        )
        checker = shared_checker()
        tracks = checker.load_catalog(catalog) if checker else None
    schedules = [json.loads(line) for line in answer.stdout.splitlines()]
    wrong, best_found, proved, proved_weeks = [], 0, 0, 0
    for i, (plan, schedule) in enumerate(zip(plans, schedules)):
        if "error" in schedule:
            wrong.append((i, schedule["error"], plan))
            continue
        if checker:
            wrong += [(i, text, plan) for text in checker.check(plan, schedule, tracks)[0]]
        if i < len(small):
            bad, is_best = compare(Search(*small[i]).run(), schedule["objective"])
            wrong += [(i, text, plan) for text in bad]
            best_found += is_best
            proved += schedule["status"] == "optimal"
        else:
            proved_weeks += schedule["status"] == "optimal"
    rest = schedules[len(plans) :]
    for i, (span, day) in enumerate(zip(rest[::2], rest[1::2])):
        if "error" in span or levels(span["objective"]) != levels(day["objective"]):
            wrong.append((i, "a plan of one date differs from the day", days[2 * i]))
    for i, text, plan in wrong[:5]:
        print(f"plan {i}: {text}\n{json.dumps(plan)}")
    print(
        f"{len(small)} small plans: {best_found} best, {proved} proved; {args.weeks} weeks: "
        f"{proved_weeks} proved; {len(wrong)} faults"
        + ("" if checker else "; without the shared checker")
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
