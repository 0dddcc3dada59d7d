#!/usr/bin/env python3
"""Lives through random days: plans them, goes on with the clock, ticks off, starts, pauses, skips,
edits, and plans the rest again.

usage: check_replans.py SCHEDULE_BATCH [--days N] [--steps N] [--seed S] [--save DIR]

Half of the days are typed as plan text, half are JSON. After every step the schedule must keep the
rules (rules.py), put nothing before `now` that had not begun, keep identities, say what the plan
says has happened, leave what runs where it began, and, where a day went as planned, leave every
other to-do and song where it was.
"""

import argparse
import collections
import csv
import json
import pathlib
import random
import sys
import tempfile

import day
import rules

MINUTE = 60
TITLES = [
    "Gym",
    "Call mum",
    "Report",
    "Laundry",
    "Mail",
    "Walk",
    "Bank run",
    "Dinner prep",
    "Read",
    "Yoga",
]
EVENTS = ["Stand-up", "Lunch", "Dentist", "Choir", "Review"]


def write_catalog(path):
    """40 songs of 2 to 6 minutes by nine artists; track_id -> title."""
    rng, titles = random.Random(11), {}
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
                "playlist_subgenre",
            ]
        )
        for i in range(40):
            titles[f"track{i}"] = f"Tune {i:02}"
            out.writerow(
                [
                    f"track{i}",
                    f"Tune {i:02}",
                    f"Artist {i % 9}",
                    rng.randint(1, 99),
                    rng.randint(120, 360) * 1000,
                    "pop",
                    "dance pop",
                ]
            )
    return titles


def short(seconds):
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def length(seconds):
    return f"{seconds // MINUTE}m"


class Day:
    """A day as someone writes it: lines in an order, and what became of them."""

    def __init__(self, seed):
        self.rng = rng = random.Random(f"replan {seed}")
        self.name, self.typed = f"day {seed}", seed % 2 == 0
        self.start, self.end = rng.choice([7, 8, 9]) * 3600, rng.choice([18, 20, 22, 26]) * 3600
        self.now, self.previous, self.quiet = None, None, False
        self.shared = None
        self.assume_done = rng.random() < 0.3
        self.listening = {}
        if rng.random() < 0.5:
            self.listening["fill"] = {"duration_s": rng.randrange(10, 120, 10) * MINUTE}
        if rng.random() < 0.3:
            self.listening["gap_s"] = rng.randint(1, 20)
        if rng.random() < 0.2:
            self.listening["artist_separation_s"] = rng.randrange(10, 60, 10) * MINUTE
        self.todos, self.songs = [], []
        for _ in range(rng.randint(0, 3)):
            self.todos.append(self.event())
        for _ in range(rng.randint(1, 8)):
            self.insert(self.task())
        for _ in range(rng.randint(0, 6)):
            self.songs.append(self.song())

    def number(self, low, high, step=5 * MINUTE):
        return self.rng.randrange(low, max(low, high) + 1, step)

    def event(self):
        start = self.number(self.start, self.end - 3600)
        return {
            "title": self.rng.choice(EVENTS),
            "start": start,
            "end": start + self.number(15 * MINUTE, 90 * MINUTE, 15 * MINUTE),
            "music": self.rng.random() < 0.3,
            "state": "open",
        } | self.maybe_id()

    def maybe_id(self):
        """Half of the to-dos have an id; only these are referred to."""
        return {"id": f"id{self.rng.randrange(10**9)}"} if self.rng.random() < 0.5 else {}

    def task(self):
        rng = self.rng
        todo = {
            "title": rng.choice(TITLES),
            "duration_s": self.number(15 * MINUTE, 120 * MINUTE),
            "priority": rng.randint(1, 4),
            "music": rng.random() < 0.5,
            "state": "open",
        } | self.maybe_id()
        if rng.random() < 0.3:
            todo["earliest"] = self.number(self.start, self.end - todo["duration_s"])
        if rng.random() < 0.2:
            low = todo.get("earliest", self.start) + todo["duration_s"]
            todo["latest"] = self.number(low, self.end)
        if rng.random() < 0.25 and todo["duration_s"] >= 1800:
            todo["split_min_s"] = 15 * MINUTE
        if rng.random() < 0.15:
            todo["buffer_before_s"] = todo["buffer_after_s"] = 5 * MINUTE
        return todo

    def song(self):
        song = {"track": self.rng.randrange(40), "state": "open", "times": 1}
        if self.rng.random() < 0.3:
            song["must"] = True
        if self.rng.random() < 0.2:
            song["times"] = 2
        hosts = [t for t in self.todos if t["music"] and "id" in t]
        if hosts and self.rng.random() < 0.3:
            song["during"] = self.rng.choice(hosts)
        return song

    def insert(self, todo):
        others = [t for t in self.todos if "id" in t and "after" not in t]
        if others and self.rng.random() < 0.2:
            todo["after"] = self.rng.choice(others)
        self.todos.insert(self.rng.randint(0, len(self.todos)), todo)

    def names(self):
        """The identity of every to-do, by id() of it."""
        count, out = collections.Counter(), {}
        for todo in self.todos:
            slug = todo["title"].casefold().replace(" ", "-")
            count[slug] += 1
            out[id(todo)] = todo.get("id", slug if count[slug] == 1 else f"{slug}~{count[slug]}")
        return out

    # What a request holds

    def text_of(self, todo, names):
        state, title = todo["state"], todo["title"]
        words = [length(todo["duration_s"])] if "duration_s" in todo else []
        if "start" in todo:
            words.append(f"{short(todo['start'])}-{short(todo['end'])}")
        if "earliest" in todo and "latest" in todo:
            words.append(f"between {short(todo['earliest'])} and {short(todo['latest'])}")
        elif "earliest" in todo:
            words.append(f"after {short(todo['earliest'])}")
        elif "latest" in todo:
            words.append(f"before {short(todo['latest'])}")
        if "priority" in todo:
            words.append(f"!{todo['priority']}")
        if "split_min_s" in todo:
            words.append(f"split:{length(todo['split_min_s'])}")
        if "buffer_before_s" in todo:
            words.append(f"pad:{length(todo['buffer_before_s'])}")
        if "after" in todo:
            words.append(f"after:{names[id(todo['after'])]}")
        if "id" in todo:
            words.append(f"id:{todo['id']}")
        words.append("#music" if todo["music"] else "#nomusic")
        if "started" in todo:
            words.append(f"started {short(todo['started'])}")
        if "ended" in todo:
            words.append(f"done {short(todo['ended'])}")
        if state == "paused":
            words.append(f"paused {length(todo['left_s'])} left")
        if state == "not_started":
            words.append("not started")
        mark = {"done": "[x] ", "started": "[/] ", "skipped": "[-] "}.get(state, "")
        return f"- {mark}{title} {' '.join(words)}"

    def request(self, titles):
        names, options = self.names(), {}
        if self.previous is not None:
            options["previous"] = self.previous
        if not self.typed:
            return {"plan": self.plan(names), "options": options}
        lines = ["date: 2026-11-24", f"day: {short(self.start)}-{short(self.end)}"]
        if self.assume_done:
            lines.append("assume-done: yes")
        for key, word in (("gap_s", "gap"), ("artist_separation_s", "separation")):
            if key in self.listening:
                lines.append(f"{word}: {self.listening[key]}s")
        if "fill" in self.listening:
            lines.append(f"fill: {length(self.listening['fill']['duration_s'])}")
        lines += [self.text_of(t, names) for t in self.todos]
        for song in self.songs:
            line = "- " + {"done": "[x] ", "skipped": "[-] "}.get(song["state"], "")
            line += "♪ " + titles[f"track{song['track']}"]
            if song.get("must"):
                line += " must"
            if song["times"] > 1:
                line += f" x{song['times']}"
            if "during" in song:
                line += f" during:{names[id(song['during'])]}"
            lines.append(line)
        return {"text": "\n".join(lines) + "\n", "now_s": self.now or 0, "options": options}

    def plan(self, names):
        todos, songs = [], []
        for todo in self.todos:
            out = {}
            for key, value in todo.items():
                if key in ("start", "end", "earliest", "latest", "started", "ended"):
                    value = day.clock(value)
                out[key] = [names[id(value)]] if key == "after" else value
            todos.append(out)
        for song in self.songs:
            out = {k: v for k, v in song.items() if k not in ("track", "during")}
            if "during" in song:
                out["during"] = names[id(song["during"])]
            songs.append(out | {"track_id": f"track{song['track']}"})
        plan = {
            "version": 1,
            "date": "2026-11-24",
            "day": {"start": day.clock(self.start), "end": day.clock(self.end)},
            "todos": todos,
            "songs": songs,
            "listening": self.listening,
        }
        if self.assume_done:
            plan["assume_done"] = True
        if self.now is not None:
            plan["now"] = day.clock(self.now)
        return plan

    # What happens

    def entries(self, name):
        return sorted(
            (day.seconds(e["start"]), day.seconds(e["end"]))
            for e in self.previous["entries"]
            if e["kind"] == "todo" and e["id"] == name
        )

    def set_state(self, todo, state, **times):
        for key in ("started", "ended", "left_s"):
            todo.pop(key, None)
        todo |= times | {"state": state}

    def follow(self):
        """What should have ended is done, and nothing else is said; 0 where that cannot be said."""
        names = self.names()
        for todo in self.todos:
            spans = self.entries(names[id(todo)])
            # ticked off before it began, an event is at its times once they have come
            if not spans and "start" in todo and todo["state"] == "done":
                return False
            # what runs cannot have begun where an event was
            first = spans[0][0] if spans else None
            known = todo.get("started", min(first or self.now, self.now))
            if todo["state"] == "started" and "start" not in todo and first != known:
                return False
            if not spans or todo["state"] in ("done", "skipped") or spans[0][0] >= self.now:
                continue
            if todo["state"] == "paused" or (len(spans) > 1 and spans[-1][1] > self.now):
                return False
            if spans[-1][1] <= self.now:
                todo["state"] = "done"
            elif todo["state"] == "not_started":
                self.set_state(todo, "open")
        return True

    def happen(self, todo, spans):
        """Something of a to-do, at or before now."""
        rng, now = self.rng, self.now
        begun = [s for s in spans if s[0] < now]
        first = begun[0][0] if begun else self.number(self.start, now - MINUTE, MINUTE)
        what = rng.choice(["done", "done at", "was", "started", "since", "paused", "not", "skip"])
        if "start" in todo and what in ("paused", "not", "started"):
            what = "done"
        if what == "done":
            self.set_state(todo, "done")
        elif what == "done at" and now > first + MINUTE:
            self.set_state(todo, "done", ended=self.number(first + MINUTE, now, MINUTE))
        elif what == "was" and now > first + 2 * MINUTE:
            start = self.number(max(first - 600, self.start), now - 2 * MINUTE, MINUTE)
            self.set_state(
                todo, "done", started=start, ended=self.number(start + MINUTE, now, MINUTE)
            )
        elif what == "started" and begun and now < begun[-1][1]:
            self.set_state(todo, "started")
        elif what == "since" and now > self.start:
            start = self.number(max(self.start, now - 90 * MINUTE), now - MINUTE, MINUTE)
            self.set_state(todo, "started", started=start)
        elif what == "paused":
            left = max(MINUTE, self.number(MINUTE, todo["duration_s"] - MINUTE, MINUTE))
            self.set_state(todo, "paused", left_s=left)
        elif what == "not":
            self.set_state(todo, "not_started")
        elif what == "skip":
            self.set_state(todo, "skipped")

    def remove(self, todo):
        """A line is deleted, with what refers to it; not one of two of a title, which renames the
        other.
        """
        if sum(t["title"] == todo["title"] for t in self.todos) > 1:
            return
        self.todos = [t for t in self.todos if t is not todo]
        for other in self.todos:
            if other.get("after") is todo:
                del other["after"]
        for song in self.songs:
            if song.get("during") is todo:
                del song["during"]

    def edit(self):
        rng = self.rng
        todo = rng.choice(self.todos) if self.todos else None
        what = rng.choice(["insert", "event", "move", "delete", "longer", "song", "songs", "time"])
        if what == "insert":
            new = self.task()
            # inserted before one of its title, it would take the other's name
            if new["title"] not in [t["title"] for t in self.todos]:
                self.insert(new)
        elif what == "event":
            new = self.event()
            if new["title"] not in [t["title"] for t in self.todos]:
                self.todos.insert(rng.randint(0, len(self.todos)), new)
        elif what == "songs" and self.songs:
            self.songs.pop(rng.randrange(len(self.songs)))
        elif what == "song":
            self.songs.insert(rng.randint(0, len(self.songs)), self.song())
        elif todo is None:
            return
        elif what == "move" and sum(t["title"] == todo["title"] for t in self.todos) == 1:
            self.todos.remove(todo)
            self.todos.insert(rng.randint(0, len(self.todos)), todo)
        elif what == "delete":
            self.remove(todo)
        elif what == "longer" and "duration_s" in todo:
            most = self.end - todo.get("earliest", self.start)
            todo["duration_s"] = min(self.number(15 * MINUTE, 120 * MINUTE), most)
            if "latest" in todo:
                todo["latest"] = max(
                    todo["latest"], todo.get("earliest", self.start) + todo["duration_s"]
                )
            if todo["duration_s"] < 1800:
                todo.pop("split_min_s", None)
            if todo["state"] == "paused":
                self.set_state(todo, "open")
        elif what == "time" and "start" in todo and todo["state"] == "open":
            shift = rng.randint(-6, 6) * 5 * MINUTE
            if todo["start"] + shift >= self.start and todo["end"] + shift <= self.end:
                todo["start"], todo["end"] = todo["start"] + shift, todo["end"] + shift

    def step(self):
        """Time goes on: all as planned, or as it comes."""
        rng = self.rng
        self.now = min(
            (self.now or self.start) + rng.choice([1, 5, 20, 45, 90, 180]) * MINUTE, self.end
        )
        self.quiet = rng.random() < 0.4
        if self.quiet:
            self.quiet = self.follow()
            return
        names = self.names()
        for todo in list(self.todos):
            spans = self.entries(names[id(todo)])
            begun = any(s[0] < self.now for s in spans)
            if rng.random() < (0.5 if begun else 0.08):
                self.happen(todo, spans)
            elif todo["state"] != "open" and rng.random() < 0.1:
                self.set_state(todo, "open")
        for song in self.songs:
            if rng.random() < 0.1:
                song["state"] = rng.choice(["done", "skipped", "open"])
        for _ in range(rng.choice([0, 0, 1, 2])):
            self.edit()


def placed(schedule):
    """What is where; parts of a to-do that touch are one."""
    spans, out = {}, set()
    for e in schedule["entries"]:
        if e["kind"] == "song":
            out.add((e["track_id"], e["start"], e["end"]))
        else:
            spans.setdefault(e["id"], []).append((day.seconds(e["start"]), day.seconds(e["end"])))
    for name, parts in spans.items():
        out |= {(name, day.clock(low), day.clock(high)) for low, high in rules.merged(parts)}
    return out


def in_the_way(entry, todo, schedule, plan):
    """Whether something that must be where it is meets a to-do that runs."""
    low, high = day.seconds(entry["start"]), day.seconds(entry["start"]) + todo["duration_s"]
    states = {
        i: t.get("state", "open") for i, t in rules.named(plan["todos"]).items() if "start" not in t
    }
    pad = max(t.get(k, 0) for t in plan["todos"] for k in ("buffer_before_s", "buffer_after_s"))
    for e in schedule["entries"]:
        if e["kind"] != "todo" or e["id"] == entry["id"]:
            continue
        if e.get("fixed") or states.get(e["id"]) not in ("open", "not_started"):
            if day.seconds(e["start"]) - pad < high and low < day.seconds(e["end"]) + pad:
                return True
    return False


def is_no_piece(todo, length):
    """Whether a piece is too short for the to-do as it is now, or would leave too little of it."""
    least, rest = todo.get("split_min_s", 0), todo["duration_s"] - length
    return rest != 0 and least > 0 and (length < least or 0 < rest < least)


def check_running(plan, previous, schedule):
    """What runs at now, and nothing is said of, goes on where it began."""
    now, todos = day.seconds(plan["now"]), rules.named(plan["todos"])
    at = {(e.get("id"), e["start"]) for e in schedule["entries"]}
    for e in previous["entries"]:
        if e["kind"] != "todo" or e.get("fixed"):
            continue
        if not day.seconds(e["start"]) < now < day.seconds(e["end"]):
            continue
        todo = todos.get(e["id"])
        if todo is None or "start" in todo or todo.get("state", "open") != "open":
            continue
        start, end = day.seconds(e["start"]), day.seconds(e["start"]) + todo["duration_s"]
        window = plan["day"]
        low = max(day.seconds(window["start"]), day.seconds(todo.get("earliest", "00:00")))
        high = min(day.seconds(window["end"]), day.seconds(todo.get("latest", "36:00")))
        if (
            todo.get("after")  # what it waits for may not have been done
            or start < low
            or end > high
            or in_the_way(e, todo, schedule, plan)
            or end <= now  # made shorter: its time is over
            or is_no_piece(todo, day.seconds(e["end"]) - start)
        ):
            continue
        if (e["id"], e["start"]) not in at:
            return f"{e['id']} runs since {e['start']} and does not stay"
    return None


def check_names(one_day, schedule):
    names = set(one_day.names().values())
    for e in schedule["entries"] + schedule["unplaced"]:
        if e["kind"] == "todo" and e["id"] not in names:
            return f"{e['id']} is no to-do of the plan"
    skipped = {one_day.names()[id(t)] for t in one_day.todos if t["state"] in ("done", "skipped")}
    open_ones = names - skipped
    there = {e["id"] for e in schedule["entries"] + schedule["unplaced"] if e["kind"] == "todo"}
    return None if open_ones <= there else f"{sorted(open_ones - there)} are lost"


def fault_of(one_day, plan, schedule, judge):
    previous = one_day.previous
    broken = judge.broken(plan, schedule, previous or {"entries": []})
    if broken:
        return broken[0]
    named = [todo | {"id": name} for name, todo in rules.named(plan["todos"]).items()]
    # the shared checker knows no states, and takes "~" in an id for its own
    if one_day.shared is not None and not any(
        i.get("state", "open") not in ("open", "not_started") or "~" in i.get("id", "")
        for i in named + plan["songs"]
    ):
        broken, _ = one_day.shared.check(plan | {"todos": named}, schedule, judge.tracks, previous)
        # it forgives no fill that was heard before its song was wanted
        broken = [text for text in broken if previous is None or "fill repeats" not in text]
        if broken:
            return f"check_span: {broken[0]}"
    fault = check_names(one_day, schedule)
    if fault or previous is None:
        return fault
    fault = check_running(plan, previous, schedule)
    if fault:
        return fault
    # one that was not the best possible may become better
    if one_day.quiet and previous["status"] == "optimal" and placed(schedule) != placed(previous):
        old, new = placed(previous), placed(schedule)
        return f"all went as planned, but {sorted(old - new)[:3]} became {sorted(new - old)[:3]}"
    return None


def check_again(days, batch, catalog, titles):
    """Nothing has happened yet, or lines were only put into another order: every day stays as it
    is.
    """
    requests, going_on = [], [d for d in days if d.previous["status"] == "optimal"]
    for one_day in going_on:
        one_day.now = one_day.start
        requests.append(one_day.request(titles))
        one_day.now = None
        lines, songs = one_day.todos[:], one_day.songs[:]
        # of lines of one title, and songs of one track, the order is their identity
        if len({t["title"] for t in lines}) == len(lines):
            one_day.rng.shuffle(one_day.todos)
        if len({s["track"] for s in songs}) == len(songs):
            one_day.rng.shuffle(one_day.songs)
        requests.append(one_day.request(titles))
        one_day.todos, one_day.songs = lines, songs
    wrong, answers = 0, day.run(batch, catalog, requests)
    for number, answer in enumerate(answers):
        one_day = going_on[number // 2]
        what = "lines in another order" if number % 2 else "now at the start of the day"
        schedule = answer.get("schedule", answer)
        if "error" in answer or placed(schedule) != placed(one_day.previous):
            wrong += 1
            found = answer.get("error") or sorted(placed(schedule) - placed(one_day.previous))[:3]
            print(f"{one_day.name}: WRONG: {what}: {found}", flush=True)
    return wrong, len(requests)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("batch")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", help="folder for the requests whose schedules are wrong")
    options = parser.parse_args()
    days = [Day(seed) for seed in range(options.seed, options.seed + options.days)]
    wrong = steps = 0
    with tempfile.TemporaryDirectory() as folder:
        catalog = str(pathlib.Path(folder, "songs.csv"))
        titles = write_catalog(catalog)
        judge, shared = rules.Checker(catalog), rules.shared_checker("check_span")
        for one_day in days:
            one_day.shared = shared
        for step in range(options.steps + 1):
            if step > 0:
                for one_day in days:
                    one_day.step()
            requests = [one_day.request(titles) for one_day in days]
            answers = day.run(options.batch, catalog, requests)
            going_on = []
            for one_day, request, answer in zip(days, requests, answers):
                steps += 1
                if "error" in answer:
                    fault = f"refused: {answer['error']}"
                    schedule = None
                else:
                    plan = answer.get("plan", request.get("plan"))
                    schedule = answer.get("schedule", answer) if one_day.typed else answer
                    fault = fault_of(one_day, plan, schedule, judge)
                if fault:
                    wrong += 1
                    print(f"{one_day.name}, step {step}: WRONG: {fault}", flush=True)
                    if options.save:
                        pathlib.Path(options.save).mkdir(parents=True, exist_ok=True)
                        pathlib.Path(
                            options.save, f"{one_day.name.replace(' ', '-')}.json"
                        ).write_text(json.dumps(request) + "\n", encoding="utf-8")
                    continue
                one_day.previous = schedule
                going_on.append(one_day)
            days = going_on
            if step == 0:
                more, count = check_again(days, options.batch, catalog, titles)
                wrong, steps = wrong + more, steps + count
    print(f"{options.days} days, {steps} plans of them: {wrong} wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
