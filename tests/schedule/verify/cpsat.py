"""The best schedule of a plan by CP-SAT (ortools), from the rules of docs/scheduling-model.md,
level by level.

Optional intervals on a grid of one second; levels 1 to 6, and level 7 where few songs can be fill
(fill_songs).
"""

import csv
import time

from ortools.sat.python import cp_model

import recordings
from day import seconds


def subtract(intervals, low, high):
    out = []
    for a, b in intervals:
        if high <= a or low >= b or low >= high:
            out.append((a, b))
        else:
            out += [(x, y) for x, y in ((a, min(b, low)), (max(a, high), b)) if x < y]
    return out


FILL_SONGS_MAX = 16


def fill_songs(plan, path):
    """Songs that can be fill, as (seconds, artist, recording); None where they are too many for a
    model.
    """
    rules = plan.get("listening", {})
    fill = rules.get("fill")
    if not fill or fill["duration_s"] <= 0:
        return []
    asked, songs, same = fill["duration_s"], set(), {}
    recording = recordings.of_file(path)
    with open(path, encoding="utf-8-sig", newline="") as f:
        for row in csv.DictReader(f):
            length = -(-int(float(row["duration_ms"])) // 1000)
            passes = not fill.get("genres") or row["playlist_genre"] in fill["genres"]
            passes = (
                passes
                and int(float(row["track_popularity"])) >= fill.get("min_popularity", 0)
                and length <= min(asked, fill.get("max_track_s", asked))
            )
            if passes:
                songs.add(
                    (
                        length,
                        row["track_artist"],
                        recording[row["track_id"]],
                    )
                )
    if set(fill) - {"duration_s", "genres", "min_popularity", "max_track_s", "between"}:
        return None
    out = []
    for song in sorted(
        songs
    ):  # songs as long are alike, unless their artist or a second track of the recording matters
        alike = (
            song[0]
            if "artist_separation_s" not in rules and sum(s[2] == song[2] for s in songs) == 1
            else song
        )
        same[alike] = same.get(alike, 0) + 1
        wanted = len(
            plan.get("songs", [])
        )  # so many of them may be wanted and therefore be no fill
        if same[alike] <= asked // song[0] + wanted:
            out.append(song)
    return out if len(out) <= FILL_SONGS_MAX else None


class Piece:
    """An interval of a to-do: start and end are variables or numbers, present a literal or True.
    `event`: it cannot move.
    """

    def __init__(self, todo, start, end, present, event=False):
        self.todo, self.start, self.end, self.present = todo, start, end, present
        self.before, self.after = todo.get("buffer_before_s", 0), todo.get("buffer_after_s", 0)
        self.event = event or "start" in todo


class Day:
    def __init__(self, plan, tracks, fill=(), recordings=None, begun=()):
        """`fill`: what fill_songs returns, and `recordings` of the tracks, where level 7 counts.
        `begun`: entries that began before now and stay; level 7 does not know them.
        """
        self.plan, self.tracks, self.model = plan, tracks, cp_model.CpModel()
        self.fill, self.recordings, self.begun = fill, recordings or {}, begun
        day = plan.get("day", {})
        self.low, self.high = seconds(day.get("start", "07:00")), seconds(day.get("end", "23:00"))
        self.open = max(self.low, seconds(plan["now"])) if "now" in plan else self.low
        self.todos = {t["id"]: t for t in plan.get("todos", [])}
        self.pieces = {}
        self.placed = {}
        self.plays = []
        for todo in self.todos.values():
            self.add_todo(todo)
        self.keep_todos_apart()
        self.keep_order()
        self.add_songs()

    def literal(self, name):
        return self.model.new_bool_var(name)

    def enforced(self, constraint, *literals):
        real = [x for x in literals if x is not True]
        if real:
            constraint.only_enforce_if(real)

    # to-dos

    def add_todo(self, todo):
        name = todo["id"]
        if "start" in todo:
            self.pieces[name] = [Piece(todo, seconds(todo["start"]), seconds(todo["end"]), True)]
            self.placed[name] = True
            return
        low = max(self.open, seconds(todo["earliest"])) if "earliest" in todo else self.open
        high = min(self.high, seconds(todo["latest"])) if "latest" in todo else self.high
        begun = [
            Piece(todo, seconds(e["start"]), seconds(e["end"]), True, event=True)
            for e in self.begun
            if e["kind"] == "todo" and e["id"] == name
        ]
        length = todo["duration_s"] - sum(p.end - p.start for p in begun)
        floor = todo.get("split_min_s", 0)
        self.pieces[name] = []
        if length <= 0:
            self.pieces[name], self.placed[name] = begun, True
            return
        present = self.placed[name] = self.literal(f"{name} placed")
        if high - low < length:
            self.model.add(present == 0)
            self.pieces[name] += begun
            return
        count = max(1, length // floor) if floor and "pin" not in todo else 1
        sizes = []
        for k in range(count):
            here = present if k == 0 else self.literal(f"{name} piece {k}")
            start = self.model.new_int_var(low, high, f"{name} start {k}")
            end = self.model.new_int_var(low, high, f"{name} end {k}")
            size = self.model.new_int_var(0, length, f"{name} size {k}")
            self.model.add(end == start + size)
            self.model.add(size >= (min(floor, length) if floor else length)).only_enforce_if(here)
            self.model.add(size == 0).only_enforce_if(here.negated())
            sizes.append(size)
            if k > 0:
                self.model.add_implication(here, self.pieces[name][-1].present)
                self.model.add(start >= self.pieces[name][-1].end).only_enforce_if(here)
            self.pieces[name].append(Piece(todo, start, end, here))
        self.model.add(sum(sizes) == length).only_enforce_if(present)
        self.pieces[name] += begun
        if "pin" in todo:
            self.model.add(self.pieces[name][0].start == seconds(todo["pin"])).only_enforce_if(
                present
            )

    def either_first(self, a, b, first_gap, second_gap):
        """a ends first_gap before b starts, or b ends second_gap before a starts, where both are
        there.
        """
        order = self.literal("order")
        self.enforced(self.model.add(b.start >= a.end + first_gap), order, a.present, b.present)
        self.enforced(
            self.model.add(a.start >= b.end + second_gap), order.negated(), a.present, b.present
        )

    def keep_todos_apart(self):
        everything = [p for pieces in self.pieces.values() for p in pieces]
        for i, a in enumerate(everything):
            for b in everything[i + 1 :]:
                if a.event == b.event and (a.todo is b.todo or a.event):
                    continue
                if a.todo is b.todo:
                    self.either_first(a, b, 0, 0)
                    continue
                self.either_first(a, b, max(a.after, b.before), max(b.after, a.before))
        tasks = [p for p in everything if not p.event]
        self.model.add_no_overlap(
            [
                self.model.new_optional_interval_var(
                    p.start, self.model.new_int_var(0, self.high, ""), p.end, p.present, ""
                )
                for p in tasks
            ]
        )

    def keep_order(self):
        after = {name: set(todo.get("after", [])) for name, todo in self.todos.items()}
        for name, todo in self.todos.items():
            for other in todo.get("before", []):
                if "start" not in self.todos[other]:
                    after[other].add(name)
                    continue
                for p in self.pieces[name]:
                    latest = seconds(self.todos[other]["start"])
                    self.enforced(self.model.add(p.end <= latest), p.present)
        for name in self.todos:
            for before in sorted(after[name]):
                if self.placed[name] is True:
                    continue
                if self.placed[before] is not True:
                    self.model.add_implication(self.placed[name], self.placed[before])
                for p in [p for p in self.pieces[name][:1] if not p.event]:
                    for q in self.pieces[before]:
                        self.enforced(self.model.add(p.start >= q.end), p.present, q.present)

    # songs

    def add_songs(self):
        rules = self.plan.get("listening", {})
        free = [(self.open, self.high)]
        for low, high in rules.get("quiet", []):
            free = subtract(free, seconds(low), seconds(high))
        silent = []
        for name, pieces in self.pieces.items():
            if self.todos[name].get("music", False):
                continue
            for p in pieces:
                if p.event:
                    free = subtract(free, p.start - p.before, p.end + p.after)
                else:
                    silent.append(p)
        with_gap, by_artist, total = [], {}, []
        for index, wish in enumerate(self.plan.get("songs", [])):
            track = self.tracks.get(wish.get("track_id"))
            if track is None:
                continue
            length, artist, popularity = track
            previous = None
            heard = [e for e in self.begun if e["kind"] == "song" and e.get("wanted") == index]
            for number in range(wish.get("times", 1)):
                play = (
                    self.add_heard(heard[number], silent)
                    if number < len(heard)
                    else self.add_play(wish, length, free, silent, number)
                )
                if play is None:
                    continue
                play.wish, play.length, play.recording = (
                    index,
                    length,
                    self.recordings.get(wish["track_id"]),
                )
                play.must, play.weight = (
                    wish.get("must", False),
                    wish.get("weight", 100 + popularity),
                )
                if previous is not None:
                    self.model.add_implication(play.present, previous.present)
                    self.model.add(play.start >= previous.end).only_enforce_if(play.present)
                previous = play if "at" not in wish or number > 0 else None
                self.plays.append(play)
                total.append(length * play.present)
                with_gap.append(self.padded(play, rules.get("gap_s", 0)))
                by_artist.setdefault(artist, []).append(
                    self.padded(play, rules.get("artist_separation_s", 0))
                )
        for e in (e for e in self.begun if e["kind"] == "song" and "wanted" not in e):
            play, (length, artist, _) = self.add_heard(e, silent), self.tracks[e["track_id"]]
            play.length = length
            total.append(length)
            with_gap.append(self.padded(play, rules.get("gap_s", 0)))
            by_artist.setdefault(artist, []).append(
                self.padded(play, rules.get("artist_separation_s", 0))
            )
        fill = [self.add_fill(song, free, silent) for song in self.fill]
        self.fill_s = sum(p.length * p.present for p in fill if p)
        for play in (p for p in fill if p):
            total.append(play.length * play.present)
            with_gap.append(self.padded(play, rules.get("gap_s", 0)))
            by_artist.setdefault(play.artist, []).append(
                self.padded(play, rules.get("artist_separation_s", 0))
            )
            for other in self.plays + [p for p in fill if p and p is not play]:
                if other.recording == play.recording:
                    self.model.add_bool_or([other.present.negated(), play.present.negated()])
        if fill:
            self.model.add(self.fill_s <= rules["fill"]["duration_s"])
        self.model.add_no_overlap(with_gap)
        for intervals in by_artist.values():
            self.model.add_no_overlap(intervals)
        if "max_total_s" in rules and (total or fill):
            self.model.add(sum(total) <= rules["max_total_s"])

    def padded(self, play, pad):
        return self.model.new_optional_fixed_size_interval_var(
            play.start, play.length + pad, play.present, ""
        )

    def add_heard(self, entry, silent):
        """A song that began before now."""
        start, end = self.model.new_constant(seconds(entry["start"])), seconds(entry["end"])
        play = Piece({}, start, end, self.literal("heard"))
        self.model.add(play.present == 1)
        for p in silent:
            self.either_first(p, play, p.after, p.before)
        return play

    def add_fill(self, song, free, silent):
        length, artist, recording = song
        between = self.plan["listening"]["fill"].get("between")
        play = self.add_play({"between": between} if between else {}, length, free, silent, 0)
        if play is not None:
            play.length, play.artist, play.recording = length, artist, recording
        return play

    def add_play(self, wish, length, free, silent, number):
        inside, homes = free, None
        if "between" in wish:
            low, high = map(seconds, wish["between"])
            inside = [(max(a, low), min(b, high)) for a, b in inside]
        if "during" in wish:
            todo = self.todos[wish["during"]]
            if not todo.get("music", False):
                return None
            homes = self.pieces[wish["during"]]
            if "start" in todo:
                inside = [(max(a, homes[0].start), min(b, homes[0].end)) for a, b in inside]
                homes = None
        starts = [(a, b - length) for a, b in inside if b - length >= a]
        if "at" in wish:
            pin = seconds(wish["at"])
            first = [(pin, pin)] if any(a <= pin <= b for a, b in starts) else []
            starts = (
                first
                if number == 0
                else [(max(a, pin + length), b) for a, b in starts if max(a, pin + length) <= b]
            )
        if not starts:
            return None
        start = self.model.new_int_var_from_domain(cp_model.Domain.from_intervals(starts), "song")
        play = Piece({}, start, start + length, self.literal("plays"))
        if homes is not None:
            choices = []
            moving = [p for p in homes if not p.event]
            begun = [p for p in homes if p.event]
            for first, last in [(p, p) for p in homes] + [(b, p) for b in begun for p in moving]:
                chosen = self.literal("home")
                choices.append(chosen)
                for needed in (self.placed[wish["during"]], last.present):
                    if needed is not True:
                        self.model.add_implication(chosen, needed)
                self.model.add(start >= first.start).only_enforce_if(chosen)
                self.model.add(start + length <= last.end).only_enforce_if(chosen)
                if first is not last:  # the rest of the task touches the begun piece
                    self.model.add(last.start == first.end).only_enforce_if(chosen)
            self.model.add(sum(choices) == 1).only_enforce_if(play.present)
        for p in silent:
            self.either_first(p, play, p.after, p.before)
        return play

    # the levels

    def terms(self):
        tasks = {1: [], 2: [], 3: [], 4: []}
        for name, todo in self.todos.items():
            if "start" not in todo:
                tasks[todo.get("priority", 1)].append(self.placed[name])
        must = [p.present for p in self.plays if p.must]
        weight = [p.weight * p.present for p in self.plays if not p.must]
        return [tasks[1], must, tasks[2], tasks[3], tasks[4], weight]

    def best(self, levels, limit_s, given=(), workers=1):
        """Most of `levels` (indices, the first counts most) where the first levels have the values
        `given`: a list, [] where that is impossible, None where it was not proved in time."""
        terms = [sum(t) for t in self.terms()] + [self.fill_s]
        for term, value in zip(terms, given):
            self.model.add(term == value)
        most = [1 + sum(len(self.todos) for _ in t) for t in self.terms()[:5]] + [
            1 + sum(w.get("weight", 200) * w.get("times", 1) for w in self.plan.get("songs", [])),
            1 + self.plan.get("listening", {}).get("fill", {}).get("duration_s", 0),
        ]
        most[1] = 1 + sum(w.get("times", 1) for w in self.plan.get("songs", []))
        scalar = 0
        for level in levels:
            scalar = scalar * most[level] + terms[level]
        self.model.maximize(scalar)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.max_time_in_seconds = limit_s
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return []
        return (
            [round(solver.value(terms[level])) for level in levels]
            if status == cp_model.OPTIMAL
            else None
        )

    def solve(self, limit_s=20.0, workers=1):
        """(levels 1 to 6, seconds), or (None, seconds) where CP-SAT did not prove one of them in
        time.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.max_time_in_seconds = limit_s
        spent, best = 0.0, []
        for terms in self.terms():
            if not terms:
                best.append(0)
                continue
            self.model.maximize(sum(terms))
            began = time.perf_counter()
            status = solver.solve(self.model)
            spent += time.perf_counter() - began
            if status != cp_model.OPTIMAL:
                return None, spent
            value = round(solver.objective_value)
            best.append(value)
            self.model.add(sum(terms) >= value)
            self.model.clear_hints()
            for index in range(len(self.model.proto.variables)):
                variable = self.model.get_int_var_from_proto_index(index)
                self.model.add_hint(variable, solver.value(variable))
        return best, spent
