"""Small plans of two or three dates with all features, and their best schedules by trying all.

Times are slots of a quarter of an hour. A set of slots is a number with a bit for each; every date
has STRIDE of them, of which the first LEAD come before anything that may be placed, so that no
buffer reaches the next date.
"""

import datetime
import random

SLOT = 900
TRACKS = 12
FIRST = datetime.date(2026, 11, 24)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
START = 9 * 3600
LEAD, STRIDE = 3, 14
NODES = 150_000


def clock(slot):
    at = START + slot * SLOT
    return f"{at // 3600:02}:{at // 60 % 60:02}"


def length_of(track):
    """Slots of a track of the catalog."""
    return 1 + int(track[5:]) % 2


def weight_of(song):
    return song.get("weight", 100 + int(song["track_id"][5:]) * 7)


def date_of(day):
    return (FIRST + datetime.timedelta(days=day)).isoformat()


def name_dates(rng, days):
    """A list of dates or weekdays."""
    chosen = rng.sample(range(days), rng.randint(1, days - 1))
    return [rng.choice([date_of(d), WEEKDAYS[(FIRST.weekday() + d) % 7]]) for d in sorted(chosen)]


def draw_event(rng, index, days, slots):
    begin = rng.randint(-1, slots - 1)
    event = {
        "id": f"event{index}",
        "title": f"Event {index}",
        "start": clock(begin),
        "end": clock(begin + rng.randint(1, 2)),
        "on": name_dates(rng, days),
        "music": rng.random() < 0.3,
    }
    if rng.random() < 0.2:
        event[rng.choice(["buffer_before_s", "buffer_after_s"])] = SLOT
    return event


def draw_moment(rng, days, low, high):
    return f"{date_of(rng.randrange(days))}T{clock(rng.randint(low, high))}"


def draw_task(rng, index, days, slots, others):
    length = rng.randint(1, 3)
    task = {
        "id": f"task{index}",
        "title": f"Task {index}",
        "duration_s": length * SLOT,
        "priority": rng.choice([1, 1, 2, 3, 4]),
        "music": rng.random() < 0.35,
    }
    if rng.random() < 0.3:
        task["on"] = name_dates(rng, days)
    if rng.random() < 0.25:
        task["times"] = rng.choice([2, 2, 3, "each"])
        if rng.random() < 0.4 and task["times"] != "each":
            task["apart_days"] = rng.randint(1, 2)
    elif rng.random() < 0.35 and length > 1:
        task["split_min_s"] = rng.choice([1, 1, 2]) * SLOT
        if rng.random() < 0.5:
            task["max_per_day_s"] = rng.randint(task["split_min_s"] // SLOT, length) * SLOT
    if rng.random() < 0.2:
        task["due"] = draw_moment(rng, days, 1, slots)
    if rng.random() < 0.2:
        task["release"] = draw_moment(rng, days, 0, 2)
    if rng.random() < 0.2:
        task["earliest"] = clock(rng.randint(0, 2))
    if rng.random() < 0.2:
        task["latest"] = clock(rng.randint(3, slots))
    if rng.random() < 0.15:
        task[rng.choice(["buffer_before_s", "buffer_after_s"])] = SLOT
    once = [t for t in others if "times" not in t]
    if "times" not in task and once and rng.random() < 0.3:
        other = rng.choice(once)
        if "start" not in other:
            task["after"] = [other["id"]]
        elif rng.random() < 0.5 or len(other["on"]) > 1:
            task["before"] = [other["id"]]
        else:
            task["after"] = [other["id"]]
    return task


def draw_song(rng, track, days, slots, todos):
    song = {"track_id": track}
    if rng.random() < 0.35:
        song["on"] = name_dates(rng, days)
    if rng.random() < 0.25:
        song["times"] = rng.choice([2, "each"])
    if rng.random() < 0.3:
        song["must"] = True
    elif rng.random() < 0.4:
        song["weight"] = rng.randint(1, 300)
    hosts = [t for t in todos if t["music"]]
    if hosts and rng.random() < 0.2:
        song["during"] = rng.choice(hosts)["id"]
    elif rng.random() < 0.3:
        low = rng.randint(0, slots - 2)
        song["between"] = [clock(low), clock(rng.randint(low + 1, slots))]
    return song


def draw(rng):
    """A plan, with up to seven to-dos and three songs."""
    days = rng.choice([2, 2, 3])
    slots = rng.randint(3, 5 if days == 2 else 4)
    todos = [draw_event(rng, i, days, slots) for i in range(rng.randint(0, 2))]
    for i in range(rng.randint(1, 5)):
        todos.append(draw_task(rng, i, days, slots, todos))
    tracks = rng.sample(range(TRACKS), rng.randint(0, 3))
    songs = [draw_song(rng, f"track{t}", days, slots, todos) for t in tracks]
    day = {"start": clock(0), "end": clock(slots)}
    if rng.random() < 0.3:
        low = rng.randint(0, 1)
        day["exceptions"] = [
            {"on": name_dates(rng, days), "off": True}
            if rng.random() < 0.3
            else {
                "on": name_dates(rng, days),
                "start": clock(low),
                "end": clock(rng.randint(low + 1, slots + 2)),
            }
        ]
    if rng.random() < 0.25:
        day["max_tasks_s"] = rng.randint(1, slots) * SLOT
    listening = {}
    if rng.random() < 0.2:
        listening["max_total_s"] = rng.randint(1, 3) * SLOT
    if rng.random() < 0.2:
        low = rng.randint(0, slots - 1)
        listening["quiet"] = [[clock(low), clock(low + 1)]]
    if rng.random() < 0.2:
        listening["fill"] = draw_fill(rng, days, slots, [])
    elif rng.random() < 0.25:
        listening["fills"] = [draw_fill(rng, days, slots, todos) for _ in range(rng.randint(1, 3))]
    plan = {
        "date": date_of(0),
        "days": days,
        "day": day,
        "todos": todos,
        "songs": songs,
        "listening": listening,
    }
    if rng.random() < 0.12:
        plan["now"] = draw_moment(rng, days, 0, slots - 1)
    return plan


def draw_fill(rng, days, slots, hosts):
    fill = {"duration_s": rng.randint(1, 4) * SLOT}
    if rng.random() < 0.4:
        fill["on"] = name_dates(rng, days)
    if rng.random() < 0.2:
        fill["max_track_s"] = SLOT
    if rng.random() < 0.2:
        low = rng.randint(0, slots - 1)
        fill["between"] = [clock(low), clock(rng.randint(low + 1, slots))]
    if hosts and rng.random() < 0.4:
        fill["during"] = rng.choice(hosts)["id"]
    return fill


def runs(length, low, high):
    """All intervals of a length within the slots low .. high of the whole plan."""
    return [((1 << length) - 1) << at for at in range(low, high - length + 1)]


def pieces_of(cells):
    """Lengths of the runs of neighboring slots."""
    out = []
    while cells:
        cells >>= (cells & -cells).bit_length() - 1
        length = (~cells & (cells + 1)).bit_length() - 1
        out.append(length)
        cells >>= length
    return out


class TooLarge(Exception):
    """There are too many schedules to try."""


class Search:
    """The best values of the seven levels of a plan."""

    def __init__(self, plan):
        self.plan, self.days = plan, plan["days"]
        self.nodes, self.best, self.seen = 0, None, set()
        self.rules = plan.get("listening", {})
        self.fills = self.rules.get("fills") or [self.rules.get("fill", {"duration_s": 0})]
        self.now = self.moment(plan["now"]) if "now" in plan else 0
        self.windows = [self.window_of(d) for d in range(self.days)]
        self.todos = {t["id"]: t for t in plan["todos"]}
        self.events = [t for t in plan["todos"] if "start" in t]
        self.event_cells = {t["id"]: self.cells_of_event(t) for t in self.events}
        self.add_tasks()
        self.plays = [self.places_of_song(s) for s in plan["songs"]]
        self.musts = sum(count for _, count, s in self.plays if s.get("must"))
        self.weights = sum(count * weight_of(s) for _, count, s in self.plays if not s.get("must"))
        self.fill_most = sum(
            fill["duration_s"]
            for fill in self.fills
            for d in range(self.days)
            if self.windows[d] and self.named(fill, d)
        )

    def named(self, item, day):
        names = item.get("on")
        return names is None or bool(
            {date_of(day), WEEKDAYS[(FIRST.weekday() + day) % 7]} & set(names)
        )

    def slot(self, day, text):
        hours, minutes = text.split(":")
        return day * STRIDE + LEAD + (int(hours) * 3600 + int(minutes) * 60 - START) // SLOT

    def moment(self, text):
        date, time = text.split("T")
        return self.slot((datetime.date.fromisoformat(date) - FIRST).days, time)

    def window_of(self, day):
        names = self.plan["day"]
        start, end = names["start"], names["end"]
        for other in names.get("exceptions", []):
            if self.named(other, day):
                if other.get("off"):
                    return None
                start, end = other["start"], other["end"]
        return self.slot(day, start), self.slot(day, end)

    def bounds(self, item, day):
        """The first and last slot of an item's window on a date, or None."""
        if self.windows[day] is None or not self.named(item, day):
            return None
        low, high = self.windows[day]
        low = max(low, self.now)
        if "earliest" in item:
            low = max(low, self.slot(day, item["earliest"]))
        if "latest" in item:
            high = min(high, self.slot(day, item["latest"]))
        if "between" in item:
            low = max(low, self.slot(day, item["between"][0]))
            high = min(high, self.slot(day, item["between"][1]))
        if "release" in item:
            low = max(low, self.moment(item["release"]))
        if "due" in item:
            high = min(high, self.moment(item["due"]))
        return low, high

    def cells_of_event(self, event):
        cells = 0
        for day in range(self.days):
            if self.named(event, day):
                low, high = self.slot(day, event["start"]), self.slot(day, event["end"])
                cells |= ((1 << (high - low)) - 1) << low
        return cells

    def padded(self, todo, cells):
        """Slots of a to-do with its buffers."""
        out = cells
        if todo.get("buffer_before_s"):
            out |= cells >> 1
        if todo.get("buffer_after_s"):
            out |= cells << 1
        return out

    def may_meet(self, a, a_cells, b, b_cells):
        """1 where two to-dos keep apart with their buffers."""
        return not (self.padded(a, a_cells) & b_cells or self.padded(b, b_cells) & a_cells)

    def day_of(self, cells):
        return ((cells & -cells).bit_length() - 1) // STRIDE

    def on_day(self, cells, day):
        return (cells >> day * STRIDE & ((1 << STRIDE) - 1)).bit_count()

    def add_tasks(self):
        self.tasks = []
        waiting = [t for t in self.plan["todos"] if "start" not in t]
        done = {t["id"] for t in self.events}
        while waiting:
            ready = [t for t in waiting if set(t.get("after", [])) <= done]
            todo = min(ready, key=lambda t: t["priority"])
            waiting.remove(todo)
            done.add(todo["id"])
            dates = [d for d in range(self.days) if self.windows[d] and self.named(todo, d)]
            times = todo.get("times", 1)
            for k in range(len(dates) if times == "each" else times):
                only = [dates[k]] if times == "each" else dates
                self.tasks.append((todo, k, self.choices(todo, only, times == 1)))

    def choices(self, todo, dates, once):
        length, least = todo["duration_s"] // SLOT, todo.get("split_min_s", 0) // SLOT
        spans = [b for b in (self.bounds(todo, d) for d in dates) if b and b[0] < b[1]]
        if once and least and length >= 2 * least:
            cells = self.split(length, least, spans)
        else:
            cells = [r for low, high in spans for r in runs(length, low, high)]
        most = todo.get("max_per_day_s", 10**9)
        return [
            c
            for c in cells
            if all(self.on_day(c, d) * SLOT <= most for d in dates)
            and all(self.may_meet(todo, c, e, self.event_cells[e["id"]]) for e in self.events)
            and self.keeps_order_with_events(todo, c)
        ]

    def split(self, length, least, spans):
        slots = [s for low, high in spans for s in range(low, high)]
        out = []

        def choose(at, cells, left):
            if left == 0:
                if min(pieces_of(cells)) >= least:
                    out.append(cells)
                return
            for i in range(at, len(slots) - left + 1):
                choose(i + 1, cells | 1 << slots[i], left - 1)

        choose(0, 0, length)
        return out

    def keeps_order_with_events(self, todo, cells):
        first, last = (cells & -cells).bit_length() - 1, cells.bit_length() - 1
        for name in todo.get("before", []):
            event = self.event_cells[name]
            if last >= (event & -event).bit_length() - 1:
                return False
        for name in todo.get("after", []):
            if name in self.event_cells and self.event_cells[name].bit_length() - 1 >= first:
                return False
        return True

    def run(self):
        counts = [0, 0, 0, 0]
        left = [sum(t["priority"] == p for t, _, _ in self.tasks) for p in (1, 2, 3, 4)]
        self.place(0, {}, counts, left)
        return self.best

    def hopeless(self, counts, left, must, weight, fill):
        most = [a + b for a, b in zip(counts, left)]
        return (
            self.best is not None and [most[0], must, *most[1:], weight, fill * SLOT] <= self.best
        )

    def place(self, index, placed, counts, left):
        self.nodes += 1
        if self.nodes > NODES:
            raise TooLarge
        if self.hopeless(counts, left, self.musts, self.weights, self.fill_most // SLOT):
            return
        if index == len(self.tasks):
            self.listen(placed, counts)
            return
        todo, number, choices = self.tasks[index]
        priority = todo["priority"] - 1
        left[priority] -= 1
        counts[priority] += 1
        for cells in choices:
            if self.fits(todo, number, cells, placed):
                placed[todo["id"], number] = cells
                self.place(index + 1, placed, counts, left)
                del placed[todo["id"], number]
        counts[priority] -= 1
        self.place(index + 1, placed, counts, left)
        left[priority] += 1

    def fits(self, todo, number, cells, placed):
        apart, each = todo.get("apart_days", 1), todo.get("times") == "each"
        for (name, other_number), other in placed.items():
            if not self.may_meet(todo, cells, self.todos[name], other):
                return False
            if name == todo["id"] and not each:
                if self.day_of(cells) < self.day_of(other) + apart:
                    return False
        for name in todo.get("after", []):
            if name in self.event_cells:
                continue
            other = placed.get((name, 0), 0)
            if other == 0 or other.bit_length() > (cells & -cells).bit_length() - 1:
                return False
        most = self.plan["day"].get("max_tasks_s")
        return most is None or all(
            (self.on_day(cells, d) + sum(self.on_day(c, d) for c in placed.values())) * SLOT <= most
            for d in range(self.days)
        )

    # songs

    def places_of_song(self, song):
        """(all places of a play, the number of plays, the song)."""
        dates = [d for d in range(self.days) if self.windows[d] and self.named(song, d)]
        times = song.get("times", 1)
        count = len(dates) if times == "each" else times
        places = []
        for day in dates:
            low, high = self.bounds(song, day)
            places += runs(length_of(song["track_id"]), low, high)
        self.distinct = getattr(self, "distinct", []) + [count <= len(dates)]
        return places, count, song

    def listen(self, placed, counts):
        silent, hosts = 0, dict(self.event_cells)
        for event in self.events:
            if not event["music"]:
                silent |= self.padded(event, self.event_cells[event["id"]])
        for (name, _), cells in placed.items():
            hosts[name] = hosts.get(name, 0) | cells
            if not self.todos[name]["music"]:
                silent |= self.padded(self.todos[name], cells)
        for low, high in self.rules.get("quiet", []):
            for day in range(self.days):
                a, b = self.slot(day, low), self.slot(day, high)
                silent |= ((1 << (b - a)) - 1) << a
        guests = [s for _, _, s in self.plays] + self.fills
        wanted = tuple(hosts.get(s["during"], 0) for s in guests if "during" in s)
        key = silent, tuple(counts), wanted
        if key in self.seen:
            return
        self.seen.add(key)
        total = [0] * self.days
        self.play(0, 0, -1, silent, total, set(), hosts, counts, [0, 0, self.musts, self.weights])

    def play(self, index, number, last, used, total, heard, hosts, counts, value):
        """`value`: must plays, weight, and the most of both that is still possible."""
        self.nodes += 1
        if self.nodes > NODES:
            raise TooLarge
        if self.hopeless(counts, [0] * 4, value[2], value[3], self.fill_most // SLOT):
            return
        if index == len(self.plays):
            fill = self.most_fill(used, total, heard, hosts)
            found = [counts[0], value[0], *counts[1:], value[1], fill * SLOT]
            if self.best is None or found > self.best:
                self.best = found
            return
        places, count, song = self.plays[index]
        host = hosts.get(song["during"], 0) if "during" in song else -1
        length, most = length_of(song["track_id"]), self.rules.get("max_total_s", 10**9)
        must, weight = (1, 0) if song.get("must") else (0, weight_of(song))
        for cells in places if number < count else []:
            day = self.day_of(cells)
            start = day if self.distinct[index] else cells.bit_length()
            if start <= last or cells & used or (host != -1 and cells & ~host):
                continue
            if (total[day] + length) * SLOT > most:
                continue
            total[day] += length
            self.play(
                index,
                number + 1,
                start,
                used | cells,
                total,
                heard | {song["track_id"]},
                hosts,
                counts,
                [value[0] + must, value[1] + weight, value[2], value[3]],
            )
            total[day] -= length
        rest = count - number
        self.play(
            index + 1,
            0,
            -1,
            used,
            total,
            heard,
            hosts,
            counts,
            [value[0], value[1], value[2] - rest * must, value[3] - rest * weight],
        )

    def most_fill(self, used, total, heard, hosts):
        """The most slots of fill beside what is used: songs differ in their lengths only."""
        if self.fill_most == 0:
            return 0
        lengths = [length_of(f"track{t}") for t in range(TRACKS) if f"track{t}" not in heard]
        left = {(lengths.count(1), lengths.count(2)): 0}  # songs left: the most slots so far
        for day in range(self.days):
            free = [self.free_for(fill, day, used, hosts) for fill in self.fills]
            if any(free):
                most = self.rules.get("max_total_s", 10**9) // SLOT - total[day]
                left = self.fill_day(free, left, most)
        return max(left.values())

    def free_for(self, fill, day, used, hosts):
        """The slots of a date where a fill may play."""
        bounds = self.windows[day] and self.bounds(fill, day)
        if not bounds or bounds[0] >= bounds[1]:
            return 0
        low, high = bounds
        free = ((1 << (high - low)) - 1 << low) & ~used
        return free & hosts.get(fill["during"], 0) if "during" in fill else free

    def fill_day(self, free, left, most):
        """The same as `left` after a date: every song at every slot, in every fill."""
        asked = [fill["duration_s"] // SLOT for fill in self.fills]
        longest = [min(fill.get("max_track_s", 10**9) // SLOT, 2) for fill in self.fills]
        end = max(free).bit_length()
        at = min(f & -f for f in free if f).bit_length() - 1
        states = {i: {} for i in range(at, end + 1)}
        states[at] = {(*key, most, *asked): slots for key, slots in left.items()}
        for i in range(at, end):
            for state, slots in states[i].items():
                steps = [(i + 1, state, slots)]
                for k, cells in enumerate(free):
                    for n in range(1, longest[k] + 1):
                        if (cells >> i & ((1 << n) - 1)) != (1 << n) - 1:
                            continue
                        after = list(state)
                        after[n - 1] -= 1
                        after[2] -= n
                        after[3 + k] -= n
                        if min(after) >= 0:
                            steps.append((i + n, tuple(after), slots + n))
                for to, after, sum_of in steps:
                    states[to][after] = max(states[to].get(after, 0), sum_of)
        out = {}
        for state, slots in states[end].items():
            out[state[:2]] = max(out.get(state[:2], 0), slots)
        return out


def levels(objective):
    """The seven levels of an "objective" or of its "bound"."""
    tasks = objective["tasks_placed"]
    return [
        tasks[0],
        objective["must_songs"],
        *tasks[1:],
        objective["song_weight"],
        objective["fill_s"],
    ]


def compare(best, schedule):
    """What a schedule claims wrongly, given the best values of the levels."""
    objective = schedule["objective"]
    value, bound = levels(objective), levels(objective["bound"])
    proved, wrong = objective["proved_levels"], []
    if value > best:
        wrong.append(f"better than the best: {value} > {best}")
    if value[:proved] != best[:proved]:
        wrong.append(f"{proved} levels said to be proved: {value}, best {best}")
    if schedule["status"] == "optimal" and value != best:
        wrong.append(f"said to be optimal: {value}, best {best}")
    for i in range(7):
        if value[:i] == best[:i] and bound[i] < best[i]:
            wrong.append(f"bound {i} is {bound[i]}, best {best}")
    return wrong


def draw_many(count, seed):
    return [draw(random.Random(seed * 1_000_003 + i)) for i in range(count)]
