"""Ordinary days, drawn from a seed: work or meetings, errands with time to spare, songs, fill."""

import random

TASKS = ["Mail", "Report", "Laundry", "Read", "Groceries", "Call mum", "Tidy up", "Invoices"]
TASKS += ["Walk", "Piano", "Plan trip", "Repair bike", "Cook", "Letters"]
MEETINGS = ["Stand-up", "Review", "Dentist", "Lesson"]


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def draw_events(rng):
    """Work for some hours, or meetings."""
    if rng.random() < 0.5:
        start = rng.choice([8 * 60, 9 * 60, 9 * 60 + 30])
        return [
            {"title": "Work", "start": clock(start), "end": clock(start + 60 * rng.randint(3, 7))}
        ]
    events, at = [], 9 * 60
    for title in rng.sample(MEETINGS, rng.randint(1, 3)):
        at += 15 * rng.randint(2, 10)
        length = 15 * rng.randint(2, 6)
        events.append({"title": title, "start": clock(at), "end": clock(at + length)})
        at += length
    return events


def draw_task(rng, title):
    task = {"title": title, "duration_s": 900 * rng.choice([1, 2, 2, 2, 3, 4, 4, 6])}
    if rng.random() < 0.15:
        task["priority"] = rng.randint(2, 4)
    if rng.random() < 0.15:
        task["earliest"] = clock(60 * rng.randint(12, 18))
    elif rng.random() < 0.15:
        task["latest"] = clock(60 * rng.randint(14, 21))
    if rng.random() < 0.25:
        task["music"] = True
    return task


def draw(seed, track_ids):
    """A plan with five songs at any time and one song three times. Every second day has a gym with
    music of its own mood, and fill of another mood.
    """
    rng = random.Random(seed)
    songs = rng.sample(track_ids, 6)
    todos = draw_events(rng)
    todos += [draw_task(rng, title) for title in rng.sample(TASKS, rng.randint(4, 9))]
    plan = {
        "date": "2026-11-24",
        "todos": todos,
        "songs": [{"track_id": track} for track in songs[:5]]
        + [{"track_id": songs[5], "times": 3}],
    }
    if seed % 2 == 0:
        todos.append(
            {"title": "Gym", "duration_s": 5400, "earliest": "17:00", "music": True}
            | {"mood": "workout"}
        )
        plan["listening"] = {
            "fill": {"duration_s": 3600, "mood": "wind-down", "between": ["17:00", "23:00"]}
        }
    return plan
