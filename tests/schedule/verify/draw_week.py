"""Random weeks and months, drawn from a seed, for the measurements of plans of several dates."""

import datetime
import random

from day import clock

HOUR = 3600
START, END = 7 * HOUR, 23 * HOUR
FIRST = datetime.date(2026, 11, 23)


def on_date(day):
    return [(FIRST + datetime.timedelta(days=day)).isoformat()]


def add_events(rng, days, a_date):
    """Events on the weekdays, some of which allow music, and the seconds that they leave."""
    events, free = [], days * (END - START)
    for day in range(days):
        if (FIRST + datetime.timedelta(days=day)).weekday() >= 5:
            continue
        for i in range(a_date):
            start = (8 + 5 * i) * HOUR + rng.randrange(8) * 900
            length = rng.randint(2, 6) * 900
            free -= length
            events.append(
                {
                    "id": f"event{day}-{i}",
                    "title": f"Event {i + 1} of date {day + 1}",
                    "start": clock(start),
                    "end": clock(start + length),
                    "on": on_date(day),
                    "music": rng.random() < 0.2,
                }
            )
    return events, free


def add_tasks(rng, days, count, anywhere, seconds):
    """Tasks that take so many seconds together; `anywhere` of them may be on any date."""
    shares = [rng.randint(2, 9) for _ in range(count)]
    tasks = []
    for i, share in enumerate(shares):
        length = max(1, round(seconds * share / sum(shares) / 300)) * 300
        task = {
            "id": f"t{i}",
            "title": f"Task {i}",
            "duration_s": length,
            "priority": rng.randint(1, 4),
            "music": rng.random() < 1 / 3,
        }
        if i >= anywhere:
            task["on"] = on_date((i - anywhere) % days)
        elif rng.random() < 0.3:
            task["due"] = f"{on_date(rng.randint(1, days - 1))[0]}T{clock(END)}"
        if length > 90 * 60:
            task["split_min_s"] = 2700
        tasks.append(task)
    return tasks


def add_songs(rng, days, count, tracks):
    songs = []
    for track in rng.sample(tracks, count):
        song = {"track_id": track, "must": rng.random() < 0.2}
        if rng.random() < 0.3:
            song["on"] = on_date(rng.randrange(days))
        if rng.random() < 0.2:
            hour = rng.randint(8, 18)
            song["between"] = [clock(hour * HOUR), clock((hour + 4) * HOUR)]
        songs.append(song)
    return songs


def draw(seed, tracks, load, days=7, tasks=25, anywhere=10, songs=40, fill_s=HOUR, split=True):
    """A plan whose tasks and habits take `load` of the time beside its events; without `split`,
    none of them may be split.
    """
    rng = random.Random(seed)
    events, free = add_events(rng, days, 3)
    habits = [
        {"id": "run", "title": "Run", "duration_s": 2700, "times": 3 * days // 7, "priority": 2},
        {"id": "read", "title": "Read", "duration_s": 1800, "times": "each", "priority": 3},
        {"id": "tidy", "title": "Tidy up", "duration_s": 900, "times": "each", "priority": 4},
    ]
    habits[0].update(earliest="17:00", music=True)
    if habits[0]["times"] > 1:
        habits[0]["apart_days"] = 2
    habits[1]["earliest"] = "20:00"
    fixed = 2700 * (3 * days // 7) + 2700 * days
    work = add_tasks(rng, days, tasks, anywhere, max(load * free - fixed, 3600))
    for task in work:
        if not split:
            task.pop("split_min_s", None)
    return {
        "version": 1,
        "date": FIRST.isoformat(),
        "days": days,
        "day": {"start": clock(START), "end": clock(END)},
        "todos": events + habits + work,
        "songs": add_songs(rng, days, songs, tracks),
        "listening": {"fill": {"duration_s": fill_s}},
    }


def draw_month(seed, tracks):
    """31 dates, 300 to-dos (66 events, 3 habits, 231 tasks) and 200 songs."""
    return draw(seed, tracks, 0.8, days=31, tasks=231, anywhere=92, songs=200, fill_s=HOUR)
