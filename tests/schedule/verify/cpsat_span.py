"""The best schedule of a plan of several dates by CP-SAT (ortools), level by level, from the rules
of docs/scheduling-model.md alone.

Knows what draw_week.py draws: events, tasks with `on`, `times`, `apart_days`, `due`, `release`,
`earliest`, `latest`, `split_min_s`, `max_per_day_s`, `after`, the limit of tasks a date, and wanted
songs with `on`, `between`, `must`, `weight` and `times`. Levels 1 to 6; fill is left out. Times are
counted in the greatest unit that divides all of them, where there are no songs.
"""

import datetime
import math
import re
import time

from ortools.sat.python import cp_model

from day import seconds

DAY = 86400
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def unit_of(plan):
    """Seconds that divide all times of a plan; 1 with songs."""
    if plan["songs"]:
        return 1
    unit = 3600

    def look(value):
        nonlocal unit
        if isinstance(value, dict):
            for key, inner in value.items():
                if key.endswith("_s"):
                    unit = math.gcd(unit, inner)
                elif key != "date":
                    look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)
        elif isinstance(value, str) and re.search(r"\d\d:\d\d", value):
            unit = math.gcd(unit, seconds(value.split("T")[-1]))

    look(plan["day"])
    look(plan["todos"])
    return unit


def in_units(value, unit):
    """A copy of a to-do or song with lengths in units."""
    return {k: v // unit if k.endswith("_s") else v for k, v in value.items()}


def clip(intervals, low, high):
    return [(max(a, low), min(b, high)) for a, b in intervals if max(a, low) < min(b, high)]


def without(intervals, low, high):
    out = []
    for a, b in intervals:
        out += [(x, y) for x, y in ((a, min(b, low)), (max(a, high), b)) if x < y]
    return out


class Span:
    def __init__(self, plan, tracks):
        self.unit = unit_of(plan)
        plan = dict(plan, todos=[in_units(t, self.unit) for t in plan["todos"]])
        plan["day"] = in_units(plan["day"], self.unit)
        self.plan, self.tracks, self.model = plan, tracks, cp_model.CpModel()
        self.day_length = DAY // self.unit
        self.first = datetime.date.fromisoformat(plan["date"])
        self.days = plan["days"]
        self.windows = [self.window(d) for d in range(self.days)]
        self.open = [w for w in self.windows if w]
        self.levels = [[] for _ in range(6)]
        self.pieces, self.silent, self.hosts = [], [], {}
        self.on_date = [[] for _ in range(self.days)]
        self.events = self.free_of_events(plan["todos"], lambda t: True)
        self.audible = self.free_of_events(plan["todos"], lambda t: not t.get("music"))
        self.parts = {}
        for todo in plan["todos"]:
            if "start" not in todo:
                self.add_task(todo)
        for todo in plan["todos"]:
            for other in todo.get("after", []):
                self.keep_order(todo["id"], other)
        self.model.add_no_overlap(self.pieces)
        self.add_songs()
        limit = plan["day"].get("max_tasks_s")
        if limit is not None:
            for sizes in self.on_date:
                self.model.add(sum(sizes) <= limit)

    def at(self, text):
        return seconds(text) // self.unit

    def named(self, item, day):
        names = item.get("on")
        date = self.first + datetime.timedelta(days=day)
        return names is None or date.isoformat() in names or WEEKDAYS[date.weekday()] in names

    def window(self, day):
        times = self.plan["day"]
        start, end = times["start"], times["end"]
        for other in times.get("exceptions", []):
            if self.named(other, day):
                if other.get("off"):
                    return None
                start, end = other.get("start", start), other.get("end", end)
        return day * self.day_length + self.at(start), day * self.day_length + self.at(end)

    def moment(self, text):
        date, clock = text.split("T")
        return (datetime.date.fromisoformat(date) - self.first).days * self.day_length + self.at(
            clock
        )

    def free_of_events(self, todos, counts):
        free = list(self.open)
        for todo in todos:
            if "start" in todo and counts(todo):
                for day in range(self.days):
                    if self.named(todo, day):
                        base = day * self.day_length
                        free = without(
                            free, base + self.at(todo["start"]), base + self.at(todo["end"])
                        )
        return free

    def allowed(self, item, free, day):
        """Intervals of a date in which an item may be."""
        if not self.windows[day] or not self.named(item, day):
            return []
        low, high = day * self.day_length, (day + 2) * self.day_length
        lows = [low + self.at(item[k]) for k in ("earliest",) if k in item]
        highs = [low + self.at(item[k]) for k in ("latest",) if k in item]
        if "between" in item:
            lows.append(low + self.at(item["between"][0]))
            highs.append(low + self.at(item["between"][1]))
        if "release" in item:
            lows.append(self.moment(item["release"]))
        if "due" in item:
            highs.append(self.moment(item["due"]))
        inside = clip(free, *self.windows[day])
        return clip(inside, max(lows + [low]), min(highs + [high]))

    def add_piece(self, intervals, size, least, present):
        """An interval of a task in one of the free intervals; its end is a variable, too."""
        domain = cp_model.Domain.from_intervals([[a, b] for a, b in intervals])
        start = self.model.new_int_var_from_domain(domain, "")
        end = self.model.new_int_var_from_domain(domain, "")
        where = []
        for a, b in intervals:
            if b - a < least:
                continue
            here = self.model.new_bool_var("")
            self.model.add(start >= a).only_enforce_if(here)
            self.model.add(end <= b).only_enforce_if(here)
            where.append(here)
        self.model.add(sum(where) == 1).only_enforce_if(present)
        interval = self.model.new_optional_interval_var(start, size, end, present, "")
        self.pieces.append(interval)
        return start, end, interval

    def add_task(self, todo):
        dates = [d for d in range(self.days) if self.windows[d] and self.named(todo, d)]
        times = todo.get("times", 1)
        level = [0, 2, 3, 4][todo.get("priority", 1) - 1]
        length, floor = todo["duration_s"], todo.get("split_min_s", 0)
        split = floor and length >= 2 * floor and times == 1
        ons = []
        for k in range(len(dates) if times == "each" else times):
            only = [dates[k]] if times == "each" else dates
            placed = self.model.new_bool_var("")
            self.levels[level].append(placed)
            if split:
                self.add_split(todo, only, placed, floor)
                continue
            here = {}
            for day in only:
                intervals = self.allowed(todo, self.events, day)
                intervals = [(a, b) for a, b in intervals if b - a >= length]
                if not intervals:
                    continue
                on = here[day] = self.model.new_bool_var("")
                starts = [[a, b - length] for a, b in intervals]
                start = self.model.new_int_var_from_domain(
                    cp_model.Domain.from_intervals(starts), ""
                )
                interval = self.model.new_optional_fixed_size_interval_var(start, length, on, "")
                self.pieces.append(interval)
                self.parts.setdefault(todo["id"], []).append((start, start + length, on))
                self.on_date[day].append(length * on)
                if not todo.get("music"):
                    self.silent.append(interval)
            self.model.add(sum(here.values()) == placed)
            ons.append(here)
        if times != "each" and len(ons) > 1:
            self.keep_apart(ons, todo.get("apart_days", 1))

    def keep_apart(self, ons, apart):
        for day in range(self.days):
            near = [on for here in ons for d, on in here.items() if day <= d < day + apart]
            self.model.add_at_most_one(near)
        for here, after in zip(ons, ons[1:]):
            self.model.add(sum(after.values()) <= sum(here.values()))

    def add_split(self, todo, dates, placed, floor):
        length, sizes = todo["duration_s"], []
        for day in dates:
            intervals = self.allowed(todo, self.events, day)
            intervals = [(a, b) for a, b in intervals if b - a >= floor]
            on_day, before = [], None
            room = sum((b - a) // floor for a, b in intervals)
            for _ in range(min(length // floor, room)):
                here = self.model.new_bool_var("")
                size = self.model.new_int_var(0, length, "")
                self.model.add(size >= floor).only_enforce_if(here)
                self.model.add(size == 0).only_enforce_if(here.negated())
                start, end, interval = self.add_piece(intervals, size, floor, here)
                self.model.add_implication(here, placed)
                if before is not None:
                    self.model.add_implication(here, before[0])
                    self.model.add(start >= before[1]).only_enforce_if(here)
                before = here, end
                self.parts.setdefault(todo["id"], []).append((start, end, here))
                on_day.append(size)
                if not todo.get("music"):
                    self.silent.append(interval)
            if "max_per_day_s" in todo:
                self.model.add(sum(on_day) <= todo["max_per_day_s"])
            self.on_date[day] += on_day
            sizes += on_day
        self.model.add(sum(sizes) == length * placed)

    def keep_order(self, name, other):
        events = [t for t in self.plan["todos"] if t["id"] == other and "start" in t]
        if events:
            ends = [
                d * self.day_length + self.at(events[0]["end"])
                for d in range(self.days)
                if self.named(events[0], d)
            ]
            for start, _, on in self.parts.get(name, []):
                self.model.add(start >= max(ends)).only_enforce_if(on)
            return
        others = self.parts.get(other, [])
        for start, _, on in self.parts.get(name, []):
            self.model.add_bool_or([on.negated()] + [there for _, _, there in others])
            for _, end, there in others:
                self.model.add(start >= end).only_enforce_if([on, there])

    def add_songs(self):
        plays, totals = [], [[] for _ in range(self.days)]
        for wish in self.plan["songs"]:
            length, _, popularity = self.tracks[wish["track_id"]]
            dates = [d for d in range(self.days) if self.windows[d] and self.named(wish, d)]
            times = wish.get("times", 1)
            here = []
            for day in dates:
                starts = [
                    [a, b - length]
                    for a, b in self.allowed(wish, self.audible, day)
                    if b - a >= length
                ]
                if not starts:
                    continue
                on = self.model.new_bool_var("")
                start = self.model.new_int_var_from_domain(
                    cp_model.Domain.from_intervals(starts), ""
                )
                plays.append(self.model.new_optional_fixed_size_interval_var(start, length, on, ""))
                totals[day].append(length * on)
                here.append(on)
            self.model.add(sum(here) <= (len(dates) if times == "each" else times))
            weight = wish.get("weight", 100 + popularity)
            self.levels[1 if wish.get("must") else 5] += [
                on if wish.get("must") else weight * on for on in here
            ]
        self.model.add_no_overlap(plays + self.silent)
        most = self.plan.get("listening", {}).get("max_total_s")
        for total in totals if most is not None else []:
            self.model.add(sum(total) <= most)

    def solve(self, limit_s):
        """(the levels 1 to 6 found, how many of them are proved, seconds); the first level without
        a proof ends it, and what is found of the levels after it comes from that solution. None
        where no schedule was found. The search starts from the empty schedule.
        """
        solver = cp_model.CpSolver()
        for index in range(len(self.model.proto.variables)):
            variable = self.model.get_int_var_from_proto_index(index)
            if list(variable.proto.domain) == [0, 1]:
                self.model.add_hint(variable, 0)
        solver.parameters.num_workers = 1
        spent, found, proved = 0.0, None, 0
        for k, terms in enumerate(self.levels):
            if spent >= limit_s:
                break
            self.model.maximize(sum(terms))
            solver.parameters.max_time_in_seconds = limit_s - spent
            began = time.perf_counter()
            status = solver.solve(self.model)
            spent += time.perf_counter() - began
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                break
            found = [round(solver.value(sum(t))) if t else 0 for t in self.levels]
            if status != cp_model.OPTIMAL:
                break
            proved = k + 1
            self.model.add(sum(terms) == found[k])
            self.model.clear_hints()
            for index in range(len(self.model.proto.variables)):
                variable = self.model.get_int_var_from_proto_index(index)
                self.model.add_hint(variable, solver.value(variable))
        return found, proved, spent
