"""Small days in which every second counts, for the checks of what schedules claim.

A day lasts some tens of seconds and songs last 1 to 9, so that CP-SAT needs milliseconds for one,
and a bound that is off by one shows. Each kind draws some rules more often than the others; all
draw every rule now and then.
"""

import csv
import random

from day import clock, seconds

COLUMNS = (
    "track_id,track_name,track_artist,track_popularity,track_album_id,track_album_name,track_album_release_date,playlist_name,"
    "playlist_id,playlist_genre,playlist_subgenre,danceability,energy,key,loudness,mode,speechiness,acousticness,"
    "instrumentalness,liveness,valence,tempo,duration_ms"
).split(",")
SONGS = 48
TWINS = [13, 43, 15, 45]  # two recordings by two artists each
LATEST = 36 * 3600


def write_catalog(path):
    """48 songs of 1 to 9 s by six artists; of the last 8 each has the title of another one: four
    are recordings that have an id already, four name its artist as a guest, and are the same
    recording where their lengths are close.
    """
    rng = random.Random(5)
    with open(path, "w", newline="", encoding="utf-8") as f:
        rows = csv.DictWriter(f, COLUMNS)
        rows.writeheader()
        for i in range(SONGS):
            same = i if i < SONGS - 8 else i - 30
            genre = ["pop", "rock", "rap", "edm"][same % 4] if same % 5 else "latin"
            row = dict.fromkeys(COLUMNS, "0.5")
            row |= {
                "track_id": f"track{i}",
                "track_name": f"Song {same}",
                "track_artist": f"Artist {same % 6}",
            }
            if same < i and i % 2:
                row |= {
                    "track_name": f"Song {same} (feat. Artist {same % 6})",
                    "track_artist": f"Artist {(same + 1) % 6}",
                }
            row |= {
                "track_popularity": rng.randint(0, 100),
                "track_album_release_date": f"20{10 + same % 10}-01-01",
                "playlist_genre": genre,
                "playlist_subgenre": genre + " hits",
                "key": rng.randint(0, 11),
                "loudness": -6,
                "mode": 1,
                "tempo": rng.randint(80, 160),
                "duration_ms": rng.randint(1, 9) * 1000 - rng.choice([0, 0, 1, 500, 999]),
            }
            rows.writerow(row)


# How often each rule is drawn: the kind "all" has a middle of everything.
KINDS = {
    "all": {},
    "cuts": {
        "tasks": (1, 4),
        "cut": 0.8,
        "music": 0.2,
        "gap": 0.9,
        "gap_s": (1, 8),
        "songs": (2, 7),
        "window": 0.2,
        "short": 0.3,
    },
    "hosts": {
        "tasks": (1, 5),
        "music": 0.8,
        "during": 0.7,
        "at": 0.15,
        "must": 0.4,
        "after": 0.3,
        "songs": (2, 7),
        "times": 0.25,
    },
    "musts": {
        "tasks": (2, 7),
        "must": 0.6,
        "songs": (3, 8),
        "total": 0.4,
        "separation": 0.5,
        "artists": 2,
        "priority": 0.8,
    },
    "fill": {
        "tasks": (0, 4),
        "songs": (0, 4),
        "fill": 1.0,
        "gap": 0.5,
        "total": 0.3,
        "separation": 0.3,
        "quiet": 0.4,
        "cut": 0.2,
    },
    "twins": {
        "tasks": (0, 3),
        "days": [30, 40, 60],
        "songs": (0, 4),
        "twin": 0.6,
        "fill": 1.0,
        "gap": 0.4,
        "separation": 0.4,
        "must": 0.4,
    },
    "begun": {
        "days": [40, 60],
        "tasks": (1, 3),
        "music": 0.2,
        "cut": 0.1,
        "window": 0.6,
        "during": 0.5,
        "songs": (4, 8),
        "between": 0.7,
        "events": (0, 1),
        "quiet": 0.0,
        "total": 0.0,
        "must": 0.1,
        "host": 1.0,
    },
    "pauses": {
        "days": [40, 60],
        "tasks": (5, 9),
        "short": 0.8,
        "cut": 0.4,
        "after": 0.8,
        "buffer": 0.0,
        "window": 0.2,
        "music": 0.0,
        "songs": (0, 0),
        "fill": 0.0,
        "quiet": 0.0,
        "now": 0.0,
        "scale": 200,
    },
    "now": {
        "now": 1.0,
        "events": (1, 4),
        "pin": 0.2,
        "at": 0.1,
        "quiet": 0.4,
        "buffer": 0.4,
        "window": 0.6,
    },
}
COMMON = {
    "days": [12, 20, 30, 40, 60],
    "events": (0, 3),
    "tasks": (0, 7),
    "songs": (0, 7),
    "music": 0.45,
    "buffer": 0.25,
    "cut": 0.25,
    "window": 0.45,
    "pin": 0.05,
    "after": 0.15,
    "priority": 0.6,
    "must": 0.3,
    "weight": 0.4,
    "times": 0.15,
    "at": 0.06,
    "between": 0.35,
    "during": 0.25,
    "gap": 0.3,
    "gap_s": (1, 5),
    "separation": 0.25,
    "total": 0.2,
    "quiet": 0.25,
    "fill": 0.2,
    "now": 0.15,
    "artists": 6,
    "short": 0.0,
    "twin": 0.0,
    "host": 0.0,
    "scale": 1,
}


def longer(plan, factor):
    """A plan without songs whose times and lengths are multiplied, so that pauses matter."""
    for times in [plan["day"], *plan["todos"]]:
        for key in times.keys() & {"start", "end", "earliest", "latest", "pin"}:
            times[key] = clock(min(LATEST, factor * seconds(times[key])))
        for key in times.keys() & {
            "duration_s",
            "split_min_s",
            "buffer_before_s",
            "buffer_after_s",
        }:
            times[key] *= factor
    return plan


class Draw:
    def __init__(self, kind, seed):
        self.rng = random.Random(f"{kind} {seed}")
        # numbers of their own, so that wishes below all levels change nothing else of a plan
        self.wishes = random.Random(f"wishes {kind} {seed}")
        self.odds = COMMON | KINDS[kind]
        length = self.rng.choice(self.odds["days"])
        starts = [0, 0, 5, 7 * 3600 - 10, 24 * 3600 - 15, LATEST - length]
        self.start = self.rng.choice(starts if self.odds["scale"] == 1 else [0, 50])
        self.end = min(LATEST, self.start + length)
        self.length = self.end - self.start

    def chance(self, name):
        return self.rng.random() < self.odds[name]

    def count(self, name):
        return self.rng.randint(*self.odds[name])

    def moment(self):
        return self.rng.randint(self.start, self.end - 1)

    def span(self, most):
        start = self.moment()
        return [clock(start), clock(min(LATEST, start + self.rng.randint(1, most)))]

    def buffers(self, todo):
        for side in ("buffer_before_s", "buffer_after_s"):
            if self.chance("buffer"):
                todo[side] = self.rng.randint(1, 4)

    def event(self, number):
        start = self.rng.randint(max(0, self.start - 4), self.end - 1)
        todo = {
            "id": f"e{number}",
            "title": f"Event {number}",
            "start": clock(start),
            "end": clock(min(LATEST, start + self.rng.randint(1, max(2, self.length // 4)))),
        }
        if self.chance("music"):
            todo["music"] = True
        self.buffers(todo)
        return todo

    def task(self, number, ids):
        length = (
            self.rng.randint(1, 3)
            if self.chance("short")
            else self.rng.randint(1, max(2, self.length // 3))
        )
        todo = {"id": f"t{number}", "title": f"Task {number}", "duration_s": length}
        if self.chance("priority"):
            todo["priority"] = self.rng.randint(1, 4)
        if self.chance("music"):
            todo["music"] = True
        self.buffers(todo)
        if self.chance("window"):
            start = self.rng.randint(self.start, max(self.start, self.end - length))
            slack = self.rng.choice([0, 1, 3, 8, 20])
            if self.rng.random() < 0.8:
                todo["earliest"] = clock(start)
            if self.rng.random() < 0.8:
                todo["latest"] = clock(min(self.end, start + length + slack))
        if self.chance("cut"):
            todo["split_min_s"] = self.rng.choice(
                [n for n in {1, 2, 3, length // 3, length // 2, length} if 1 <= n <= length]
            )
        elif self.chance("pin"):
            todo["pin"] = clock(self.rng.randint(self.start, max(self.start, self.end - length)))
        if ids and self.chance("after"):
            todo["after"] = sorted(self.rng.sample(ids, min(len(ids), self.rng.choice([1, 1, 2]))))
        return todo

    def large_task(self):
        """A task for which some of the others have to make way, so that not all are placed."""
        length = self.length * self.rng.randint(50, 80) // 100
        return {"id": "large", "title": "Large", "duration_s": length, "priority": 4}

    def cut_host(self):
        """A task with music that begins with the day, and an event that cuts it in two."""
        piece = self.rng.randint(8, self.length // 4)
        return [
            {
                "id": "host",
                "title": "Host",
                "duration_s": 2 * piece,
                "split_min_s": piece,
                "music": True,
                "latest": clock(min(self.end, self.start + 3 * piece + 4)),
            },
            {
                "id": "cut",
                "title": "Cut",
                "start": clock(self.start + piece),
                "end": clock(self.start + piece + self.rng.randint(1, 4)),
            },
        ]

    def wish(self, todos):
        wish = {"track_id": f"track{self.rng.randrange(SONGS // 6 * self.odds['artists'])}"}
        if self.odds["artists"] < 6:  # songs of so many artists
            wish["track_id"] = (
                f"track{self.rng.randrange(6) * 6 + self.rng.randrange(self.odds['artists'])}"
            )
        if self.odds["twin"] > 0 and self.chance("twin"):
            wish["track_id"] = f"track{self.rng.choice(TWINS)}"
        if self.chance("must"):
            wish["must"] = True
        if self.chance("weight"):
            wish["weight"] = self.rng.choice([1, 2, 50, 99, 100, 150, 1000])
        if self.chance("times"):
            wish["times"] = self.rng.randint(2, 3)
        hosts = [t["id"] for t in todos if t.get("music")]
        if hosts and self.chance("during"):
            wish["during"] = self.rng.choice(hosts)
        elif self.chance("between"):
            wish["between"] = self.span(20)
        elif self.chance("at"):
            wish["at"] = clock(self.moment())
        return wish

    def listening(self):
        rules = {}
        if self.chance("gap"):
            rules["gap_s"] = self.count("gap_s")
        if self.chance("separation"):
            rules["artist_separation_s"] = self.rng.choice([1, 3, 8, 20])
        if self.chance("total"):
            rules["max_total_s"] = self.rng.randint(0, self.length)
        if self.wishes.random() < 0.3:
            rules["repeat_s"] = self.wishes.choice([1, 3, 8, 20, 60])
        if self.chance("quiet"):
            rules["quiet"] = [self.span(10) for _ in range(self.rng.randint(1, 3))]
        if self.chance("fill"):
            rules["fill"] = {"duration_s": self.rng.choice([3, 10, 20, 40])}
            if self.rng.random() < 0.7:
                rules["fill"]["genres"] = self.rng.sample(
                    ["pop", "rock", "rap", "edm", "latin"], self.rng.randint(1, 2)
                )
            if self.rng.random() < 0.3:
                rules["fill"]["min_popularity"] = self.rng.randint(10, 90)
            if self.rng.random() < 0.3:
                rules["fill"]["between"] = self.span(25)
            if self.odds["twin"] > 0:  # few songs beside them, so that both are needed
                rules["fill"]["duration_s"] = self.rng.choice([20, 40])
                rules["fill"]["genres"] = self.rng.choice([["rock"], ["latin"], ["rock", "latin"]])
        return rules

    def plan(self):
        todos = [self.event(i) for i in range(self.count("events"))]
        for i in range(self.count("tasks")):
            todos.append(self.task(i, [t["id"] for t in todos]))
        if self.odds["scale"] > 1:
            todos.append(self.large_task())
        if self.odds["host"] > 0:
            todos += self.cut_host()
        if self.rng.random() < 0.5:
            self.rng.shuffle(todos)
        plan = {
            "version": 1,
            "date": "2026-11-24",
            "day": {"start": clock(self.start), "end": clock(self.end)},
            "todos": todos,
            "songs": [self.wish(todos) for _ in range(self.count("songs"))],
            "listening": self.listening(),
        }
        if self.chance("now"):
            plan["now"] = clock(self.moment())
        return plan if self.odds["scale"] == 1 else longer(plan, self.odds["scale"])


def draw(kind, seed):
    return Draw(kind, seed).plan()
