"""Whether a schedule keeps every rule of docs/scheduling-model.md, from the JSON of the plan and of
the schedule alone.

Written from the model page, not from the scheduler. Where the shared checker
(../shared/tools/check_schedule.py) is there, it has to agree as well.
"""

import csv
import importlib.util

import recordings
from day import ROOT, seconds


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def merged(spans):
    out = []
    for low, high in sorted(spans):
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return out


def inside(span, spans):
    return any(low <= span[0] and span[1] <= high for low, high in spans)


def without(spans, hole):
    out = []
    for low, high in spans:
        if not overlap((low, high), hole):
            out.append((low, high))
            continue
        if low < hole[0]:
            out.append((low, hole[0]))
        if hole[1] < high:
            out.append((hole[1], high))
    return out


def named(todos):
    """To-dos by id; those without one by title, "~2" for the second of a title."""
    out, count = {}, {}
    for todo in todos:
        slug = "-".join(todo["title"].casefold().split(" "))
        count[slug] = count.get(slug, 0) + 1
        out[todo.get("id", slug if count[slug] == 1 else f"{slug}~{count[slug]}")] = todo
    return out


def shared_checker(name="check_schedule"):
    path = ROOT.parent / f"shared/tools/{name}.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Checker:
    def __init__(self, catalog):
        self.tracks = {}
        with open(catalog, encoding="utf-8-sig", newline="") as f:
            for row in csv.DictReader(f):
                track = self.tracks.setdefault(
                    row["track_id"], dict(row, genres=set(), subgenres=set())
                )
                track["genres"].add(row.get("playlist_genre", ""))
                track["subgenres"].add(row.get("playlist_subgenre", ""))
        for track, recording in recordings.of_file(catalog).items():
            self.tracks[track]["recording"] = recording
        self.other = shared_checker()

    def broken(self, plan, schedule, previous=None):
        """The broken rules, as texts."""
        bad = Rules(plan, schedule, self.tracks, previous).bad
        if self.other and previous is None:
            bad = bad + [
                "check_schedule: " + text
                for text in self.other.check(plan, schedule, self.tracks)[0]
            ]
        return bad


class Rules:
    def __init__(self, plan, schedule, tracks, previous):
        self.plan, self.schedule, self.tracks, self.bad = plan, schedule, tracks, []
        day = plan.get("day", {})
        self.window = (seconds(day.get("start", "07:00")), seconds(day.get("end", "23:00")))
        self.now = seconds(plan["now"]) if "now" in plan else None
        self.listening = plan.get("listening", {})
        self.todos = named(plan.get("todos", []))
        # What began before now and stays as it was in the previous schedule need keep no other
        # rule.
        self.begun, self.was_begun, self.previous = set(), set(), previous
        if previous is not None and self.now is not None:
            self.begun = {
                self.identity(e) for e in previous["entries"] if seconds(e["start"]) < self.now
            }
            self.was_begun = set(self.begun)
            self.begun &= {self.identity(e) for e in schedule["entries"]}
        self.pieces, self.songs, self.facts = {}, [], set()
        self.sort_entries()
        self.check_todos()
        self.check_neighbours()
        self.check_songs()
        self.check_overloads()

    def need(self, ok, text):
        if not ok:
            self.bad.append(text)

    @staticmethod
    def identity(entry):
        return (entry["kind"], entry.get("track_id", entry.get("id")), entry["start"], entry["end"])

    def sort_entries(self):
        keys = []
        for e in self.schedule["entries"]:
            span = (seconds(e["start"]), seconds(e["end"]))
            keys.append((span[0], e["kind"] == "song", e.get("track_id", e.get("id"))))
            if e["kind"] == "todo":
                self.need(e["id"] in self.todos, f"unknown to-do {e['id']}")
                self.pieces.setdefault(e["id"], []).append(span)
                if self.is_fact(e, span):
                    self.facts.add((e["id"], span))
            else:
                self.songs.append((span, e))
            self.need(
                self.now is None
                or span[0] >= self.now
                or e.get("fixed")
                or (e.get("id"), span) in self.facts
                or self.had_begun(e, span),
                f"{e} begins before now",
            )
        self.need(keys == sorted(keys), "entries are not in order")

    def state(self, name):
        return self.todos.get(name, {}).get("state", "open")

    def is_fact(self, entry, span):
        """Whether the plan says itself that this piece of a to-do has happened, or happens."""
        state = self.state(entry["id"])
        return state in ("done", "started") or (
            state == "paused" and entry.get("state") == "paused"
        )

    def had_begun(self, entry, span):
        """An entry before now that nothing is said of was there before; a to-do runs now, or counts
        as done.
        """
        name, state = entry.get("track_id", entry.get("id")), self.state(entry.get("id"))
        if (
            entry["kind"] == "todo"
            and not self.plan.get("assume_done")
            and (span[1] <= self.now or state == "not_started")
        ):
            return False
        return any(
            (b[0], b[1], seconds(b[2])) == (entry["kind"], name, span[0]) for b in self.was_begun
        )

    def check_todos(self):
        unplaced = {u["id"] for u in self.schedule["unplaced"] if u["kind"] == "todo"}
        for name, t in self.todos.items():
            spans = self.pieces.get(name, [])
            if self.state(name) in ("done", "started", "paused", "skipped"):
                self.check_state(name, t, spans, name in unplaced)
                continue
            if "start" in t:
                self.need(
                    spans == [(seconds(t["start"]), seconds(t["end"]))],
                    f"event {name} is not where it was put",
                )
                continue
            self.need(
                (name in unplaced) != bool(spans),
                f"task {name} must be placed or listed as unplaced, and not both",
            )
            if not spans:
                continue
            low = max(self.window[0], seconds(t["earliest"])) if "earliest" in t else self.window[0]
            high = min(self.window[1], seconds(t["latest"])) if "latest" in t else self.window[1]
            self.need(
                all(low <= a and b <= high for a, b in spans), f"task {name} leaves its window"
            )
            self.need(
                sum(b - a for a, b in spans) == t["duration_s"], f"task {name} has another length"
            )
            floor = t.get("split_min_s", 0)
            self.need(
                len(spans) == 1 or (floor > 0 and all(b - a >= floor for a, b in spans)),
                f"task {name} is cut wrongly",
            )
            self.need(
                "pin" not in t or spans[0][0] == seconds(t["pin"]), f"task {name} is not at its pin"
            )
            for other in t.get("after", []):
                ends = [b for _, b in self.pieces.get(other, [])]
                if self.state(other) == "skipped" or (self.state(other) == "done" and not ends):
                    continue
                self.need(ends and max(ends) <= spans[0][0], f"task {name} is not after {other}")
            for other in t.get("before", []):
                starts = [a for a, _ in self.pieces.get(other, [])]
                self.need(
                    not starts or self.state(other) == "done" or spans[-1][1] <= min(starts),
                    f"task {name} is not before {other}",
                )

    def before(self, name):
        """Where the previous schedule has a to-do, by start."""
        return sorted(
            (seconds(e["start"]), seconds(e["end"]))
            for e in (self.previous or {}).get("entries", [])
            if e["kind"] == "todo" and e["id"] == name
        )

    def recorded(self, name):
        """Where the previous schedule says that the user had worked on a task, and paused it."""
        return [
            (seconds(e["start"]), seconds(e["end"]))
            for e in (self.previous or {}).get("entries", [])
            if e["kind"] == "todo" and e["id"] == name and e.get("state") == "paused"
        ]

    def check_state(self, name, t, spans, is_unplaced):
        """A to-do of which the plan says what has become of it."""
        state, now = self.state(name), self.now
        started = seconds(t["started"]) if "started" in t else None
        ended = seconds(t["ended"]) if "ended" in t else None
        if state == "skipped":
            self.need(not spans and not is_unplaced, f"{name} is skipped, and is there")
            return
        events = [
            (seconds(e["start"]) - pad, seconds(e["end"]) + pad)
            for e in self.schedule["entries"]
            for pad in [t.get("buffer_after_s", 0) + t.get("buffer_before_s", 0)]
            if e.get("fixed") and e.get("id") != name
        ]
        if started is not None and not ("start" in t and state == "paused"):
            earlier = [span for span in spans if span[0] < started] if state == "started" else []
            self.need(
                started in [span[0] for span in spans[len(earlier) : len(earlier) + 1]]
                or (state == "started" and inside((started, started + 1), merged(events))),
                f"{name} began at {t['started']}",
            )
            self.need(
                all(span in self.recorded(name) for span in earlier),
                f"{name} began at {t['started']}, and is there before",
            )
        if state == "done":
            self.need(not is_unplaced, f"{name} is done, and is not placed")
            if ended is not None:
                self.need(spans and spans[-1][1] == ended, f"{name} ended at {t['ended']}")
            if "start" not in t and started is None and ended is None:
                was = [(a, b if now is None else min(b, now)) for a, b in self.before(name)]
                joined = merged([span for span in was if span[0] < span[1]])
                self.need(
                    merged(spans) == joined, f"{name} is done: it was at {joined}, is at {spans}"
                )
            self.need(
                now is None or "start" in t or all(b <= now for _, b in spans),
                f"{name} is done, and goes on",
            )
        elif state == "started" and "start" not in t:
            end = max((b for _, b in spans), default=0)
            self.need(
                end >= (now or 0) or end == 36 * 3600 or inside((end, now), merged(events)),
                f"{name} runs, and ended at {end}",
            )
            total = sum(b - a for a, b in spans)
            self.need(
                total >= t["duration_s"] or end == 36 * 3600, f"{name} runs, and lasts {total} s"
            )
        elif state == "paused" and "start" not in t:
            rest = [s for s in spans if (name, s) not in self.facts]
            self.need(bool(rest) != is_unplaced, f"the rest of {name} is there, or unplaced")
            total = sum(b - a for a, b in rest)
            self.need(
                not rest or total == t["left_s"], f"{total} s of {name} are left, not {t['left_s']}"
            )

    def is_past(self, x, a, y, b):
        """One of two pieces ended, as the user says, before the other began, which runs."""
        if self.now is None:
            return False
        return any(
            (i, s) in self.facts and s[1] <= t[0] < self.now for i, s, t in ((x, a, b), (y, b, a))
        )

    def check_neighbours(self):
        flat = [(name, span) for name, spans in self.pieces.items() for span in spans]
        for x, a in flat:
            tx = self.todos.get(x, {})
            padded = (a[0] - tx.get("buffer_before_s", 0), a[1] + tx.get("buffer_after_s", 0))
            for y, b in flat:
                both_events = all(
                    "start" in self.todos.get(i, {}) or (i, s) in self.facts
                    for i, s in ((x, a), (y, b))
                )
                if x != y and not both_events and not self.is_past(x, a, y, b):
                    self.need(not overlap(padded, b), f"{x} with its buffers meets {y}")
                elif x == y and a != b:
                    self.need(not overlap(a, b), f"pieces of {x} meet")

    def listenable(self):
        free = [self.window]
        for name, spans in self.pieces.items():
            t = self.todos.get(name, {})
            for a, b in spans if not t.get("music", False) else []:
                free = without(
                    free, (a - t.get("buffer_before_s", 0), b + t.get("buffer_after_s", 0))
                )
        for low, high in self.listening.get("quiet", []):
            free = without(free, (seconds(low), seconds(high)))
        return merged(free)

    def check_repeats(self):
        """A warning for each two neighboring plays of a recording that are closer than wished."""
        last, close, wish = {}, 0, self.listening.get("repeat_s", 0)
        for span, e in self.songs:
            recording = self.tracks.get(e["track_id"], {}).get("recording", e["track_id"])
            close += recording in last and span[0] - last[recording] < wish
            last[recording] = span[1]
        warned = sum(w["code"] == "repeats_soon" for w in self.schedule["warnings"])
        self.need(warned == close, f"{close} plays are too close, {warned} warnings")

    def check_songs(self):
        free, wanted = self.listenable(), self.plan.get("songs", [])
        gap, apart = self.listening.get("gap_s", 0), self.listening.get("artist_separation_s", 0)
        fill, plays, heard, total = 0, {}, [], 0
        for i, (span, e) in enumerate(self.songs):
            track = self.tracks.get(e["track_id"])
            if track is None:
                self.need(False, f"{e['track_id']} is not in the catalog")
                continue
            length = -(-int(float(track["duration_ms"])) // 1000)
            total += length
            begun = self.identity(e) in self.begun
            self.need(span[1] - span[0] == length, f"{e['track_id']} has another length")
            self.need(
                inside(span, free) or (begun and span[0] < (self.now or 0)),
                f"{e['track_id']} at {e['start']} is not in listenable time",
            )
            for other, f in self.songs[i + 1 :]:
                same = (
                    f["track_id"] in self.tracks
                    and self.tracks[f["track_id"]]["track_artist"] == track["track_artist"]
                )
                self.need(
                    other[0] - span[1] >= (max(gap, apart) if same else gap) or begun,
                    f"{e['start']} and {f['start']} are too near",
                )
            heard.append((track["recording"], "wanted" in e, begun))
            if "during" in e:
                self.need(
                    inside(span, merged(self.pieces.get(e["during"], []))),
                    f"{e['start']} is not during {e['during']}",
                )
            if "wanted" not in e:
                fill += length
                self.check_fill(e, span, track)
                continue
            plays.setdefault(e["wanted"], []).append(span)
            wish = wanted[e["wanted"]] if e["wanted"] < len(wanted) else {}
            self.need(
                wish.get("track_id", e["track_id"]) == e["track_id"],
                f"wish {e['wanted']} is another track",
            )
            if "between" in wish:
                self.need(
                    inside(span, [tuple(map(seconds, wish["between"]))]) or begun,
                    f"wish {e['wanted']} leaves its window",
                )
            if "during" in wish:
                self.need(
                    inside(span, merged(self.pieces.get(wish["during"], []))) or begun,
                    f"wish {e['wanted']} is not during {wish['during']}",
                )
        asked = self.listening.get("fill", {}).get("duration_s", 0)
        self.need(fill <= asked, f"fill is {fill} s of {asked} s")
        self.need(
            total <= self.listening.get("max_total_s", total), f"{total} s of music are too much"
        )
        filled = [recording for recording, wanted, _ in heard if not wanted]
        before = {recording for recording, _, begun in heard if begun}
        self.need(
            len(set(filled)) == len(filled)
            and not set(filled) & {recording for recording, wanted, _ in heard if wanted} - before,
            "a fill song repeats a recording",
        )
        self.check_repeats()
        missing = {
            u["wanted"]: u["plays"] for u in self.schedule["unplaced"] if u["kind"] == "song"
        }
        for i, wish in enumerate(wanted):
            spans = plays.get(i, [])
            self.need(
                len(spans) + missing.get(i, 0) == wish.get("times", 1)
                or (wish.get("state", "open") != "open" and i not in missing),
                f"wish {i}: plays and missing plays do not add up",
            )
            if "at" in wish and spans and wish.get("times", 1) == 1:
                self.need(spans[0][0] == seconds(wish["at"]), f"wish {i} is not at its pin")

    def check_fill(self, e, span, track):
        rule = self.listening.get("fill", {})
        for key, values in (
            ("genres", track["genres"]),
            ("subgenres", track["subgenres"]),
            ("artists", {track["track_artist"]}),
        ):
            self.need(not rule.get(key) or set(rule[key]) & values, f"fill {e['track_id']}: {key}")
        self.need(
            int(float(track["track_popularity"])) >= rule.get("min_popularity", 0),
            f"fill {e['track_id']}: popularity",
        )
        self.need(
            span[1] - span[0] <= rule.get("max_track_s", span[1]),
            f"fill {e['track_id']}: longer than its longest song",
        )
        if "between" in rule:
            self.need(
                inside(span, [tuple(map(seconds, rule["between"]))]),
                f"fill {e['track_id']} leaves its window",
            )
        if rule.get("years"):
            low, high = rule["years"]
            year = int(track["track_album_release_date"][:4] or 0)
            self.need((low or 0) <= year <= (high or 9999), f"fill {e['track_id']}: year")

    def must_lie(self, name, depth=0):
        """The interval that a task cannot leave, from its own window, its pin and what it must
        follow.
        """
        t = self.todos[name]
        if "start" in t:
            return seconds(t["start"]), seconds(t["end"])
        low = max(self.window[0], seconds(t["earliest"]) if "earliest" in t else 0, self.now or 0)
        if self.state(name) == "paused":
            return low, self.window[1] if "latest" not in t else seconds(t["latest"])
        high = min(self.window[1], seconds(t["latest"])) if "latest" in t else self.window[1]
        if "pin" in t:
            low, high = max(low, seconds(t["pin"])), min(high, seconds(t["pin"]) + t["duration_s"])
        for before in t.get("after", []) if depth < 50 else []:
            if self.state(before) not in ("open", "not_started"):
                continue
            first = self.must_lie(before, depth + 1)
            low = max(
                low,
                (
                    first[1]
                    if "start" in self.todos[before]
                    else first[0] + self.todos[before]["duration_s"]
                ),
            )
        return low, high

    def check_overloads(self):
        """Demand is above capacity, and both are as recomputed from the plan."""
        begun = [
            (b[1], (seconds(b[2]), seconds(b[3])))
            for b in self.was_begun
            if b[0] == "todo"
            and "start" not in self.todos.get(b[1], {"start": None})
            and self.state(b[1]) == "open"
            and (self.plan.get("assume_done") or seconds(b[3]) > self.now)
        ]
        # how much of one that cannot be ended was kept, the schedule does not tell
        unknown = {
            n for n, _ in begun if n not in self.pieces and "split_min_s" in self.todos.get(n, {})
        }
        starts = {(name, span[0]) for name, span in begun}
        begun = [(n, s) for n, spans in self.pieces.items() for s in spans if (n, s[0]) in starts]
        done = [(name, high - low) for name, (low, high) in begun]
        begun += list(self.facts)
        for o in self.schedule.get("overloads", []):
            a, b = seconds(o["start"]), seconds(o["end"])
            free = [(a, b)]
            for name, t in self.todos.items():
                if "start" in t and self.state(name) in ("open", "not_started", "paused"):
                    free = without(free, (seconds(t["start"]), seconds(t["end"])))
            for _, span in begun:
                free = without(free, span)
            capacity = sum(y - x for x, y in free)
            demand = 0
            for name in o["members"]:
                low, high = self.must_lie(name)
                self.need(a <= low and high <= b, f"{name} need not lie in {o['start']}-{o['end']}")
                if self.state(name) == "paused":
                    demand += self.todos[name]["left_s"]
                    continue
                demand += self.todos[name]["duration_s"] - sum(
                    length for other, length in done if other == name
                )
            self.need(o["demand_s"] > o["capacity_s"], f"no overload in {o['start']}-{o['end']}")
            if unknown & set(o["members"]):
                continue
            self.need(
                demand == o["demand_s"],
                f"overload {o['start']}: demand {o['demand_s']}, found {demand}",
            )
            self.need(
                capacity == o["capacity_s"],
                f"overload {o['start']}: capacity {o['capacity_s']}, found {capacity}",
            )
