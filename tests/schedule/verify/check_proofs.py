#!/usr/bin/env python3
"""Draws small days in which every second counts and checks every claim of their schedules against
CP-SAT: rules, values, levels said to be proved, bounds, with fill where few songs can be fill; and
that a previous schedule alone changes none of it.

usage: check_proofs.py SCHEDULE_BATCH [--plans N] [--seed S] [--kinds KIND,..] [--files PLAN.json
..] [--save DIR]

N plans of each kind (draw_micro.KINDS). Each is scheduled, once more with that schedule as the
previous one, and once more as of the middle of the day, or of the first piece of a task with music
that was cut. Exit status 1 where a claim is wrong; 77 (skipped) without ortools.
"""

import collections
import json
import pathlib
import sys
import tempfile
import time

import day
import draw_micro

try:
    import cpsat
except ImportError:
    print("skipped: the Python package ortools is not installed (pip install ortools)")
    sys.exit(77)

import recordings
import rules

BATCH = 500
NAMES = day.LEVELS + ["fill_s"]


def values(objective):
    return day.levels(objective) + [objective["fill_s"]]


def counted(plan, schedule, tracks):
    """The values of all levels, from the entries."""
    todos = {t["id"]: t for t in plan["todos"]}
    songs = [e for e in schedule["entries"] if e["kind"] == "song"]
    placed = {e["id"] for e in schedule["entries"] if e["kind"] == "todo"}
    tasks = [
        sum("start" not in todos[i] and todos[i].get("priority", 1) == p for i in placed)
        for p in (1, 2, 3, 4)
    ]
    wishes = [plan["songs"][e["wanted"]] for e in songs if "wanted" in e]
    weight = sum(
        w.get("weight", 100 + tracks[w["track_id"]][2]) for w in wishes if not w.get("must")
    )
    fill = sum(tracks[e["track_id"]][0] for e in songs if "wanted" not in e)
    return [tasks[0], sum(w.get("must", False) for w in wishes), *tasks[1:], weight, fill]


class Judge:
    def __init__(self, catalog, limit):
        self.catalog, self.limit, self.tracks = catalog, limit, day.load_tracks(catalog)
        self.rules = rules.Checker(catalog)
        self.recordings = recordings.of_file(catalog)
        self.count, self.last = collections.Counter(), None

    def model(self, plan, fill, begun=()):
        return cpsat.Day(plan, self.tracks, fill or (), self.recordings, begun)

    def wrong_alone(self, plan, schedule, previous=None):
        """What is wrong with a schedule as it is: rules, values, bounds below values."""
        broken = self.rules.broken(plan, schedule, previous)
        if broken:
            return broken[0]
        objective = schedule["objective"]
        found, bound, proved = (
            values(objective),
            values(objective["bound"]),
            objective["proved_levels"],
        )
        if counted(plan, schedule, self.tracks) != found:
            return f"values {found}, counted {counted(plan, schedule, self.tracks)}"
        if any(b < f for f, b in zip(found, bound)):
            return f"a bound below its value: {found}, bounds {bound}"
        if (schedule["status"] == "optimal") != (proved == 7) or proved < next(
            (k for k in range(7) if bound[k] > found[k]), 7
        ):
            return f"{schedule['status']}, {proved} levels proved: {found}, bounds {bound}"
        return None

    def best(self, plan, fill, levels, begun):
        """The best values; of the plan of the last call they are known already."""
        if self.last is None or self.last[0] is not plan:
            self.last = (plan, self.model(plan, fill, begun).best(levels, self.limit))
            self.count["unknown"] += self.last[1] is None
        return self.last[1]

    def wrong(self, plan, schedule, previous=None):
        """What is wrong with a schedule, as a text; None where nothing is."""
        fault = self.wrong_alone(plan, schedule, previous)
        if fault:
            return fault
        objective = schedule["objective"]
        found, bound, proved = (
            values(objective),
            values(objective["bound"]),
            objective["proved_levels"],
        )
        self.count[schedule["status"]] += 1
        begun = [e for e in schedule["entries"] if previous and e["start"] < plan["now"]]
        fill = cpsat.fill_songs(plan, self.catalog) if previous is None else None
        levels = list(range(6 if fill is None else 7))
        best = self.best(plan, fill, levels, begun)
        if best is None:
            return None
        if best < found[: len(levels)]:
            return f"found {found}, better than the best of the model {best}"
        if best > found[: len(levels)]:
            level = next(k for k in levels if best[k] != found[k])
            self.count["worse" if level < 6 else "less fill"] += 1
            if level < proved or best[level] > bound[level]:
                return f"found {found}, {proved} levels proved, bounds {bound}, best {best}"
            return self.wrong_bound(plan, found, bound, (fill, begun), levels[level + 1 :])
        return None

    def wrong_bound(self, plan, found, bound, given, levels):
        """Bounds of levels after the first one that is not best hold beside the values found
        before them.
        """
        for level in levels:
            best = self.model(plan, *given).best([level], self.limit, found[:level])
            if best == []:
                return f"the model has no schedule with the values {found[:level]}"
            if best is not None and best[0] > bound[level]:
                return (
                    f"{NAMES[level]}: bound {bound[level]}, {best[0]} with {found[:level]} before"
                )
        return None


def begun_piece(plan, schedule):
    """The first piece of a cut task that allows music, as (id, (start, end)); None: none."""
    hosts = [t["id"] for t in plan["todos"] if "start" not in t and t.get("music")]
    for name in hosts:
        pieces = [e for e in schedule["entries"] if e["kind"] == "todo" and e["id"] == name]
        if len(pieces) > 1:
            return name, (day.seconds(pieces[0]["start"]), day.seconds(pieces[0]["end"]))
    return None


def later(plan, schedule):
    """The request for the same plan later on the day, beside the schedule that it had. If a task
    that was cut has begun, the previous schedule has that task alone.
    """
    low, high = day.seconds(plan["day"]["start"]), day.seconds(plan["day"]["end"])
    piece = begun_piece(plan, schedule)
    now = (low + high) // 2
    if piece is not None:
        name, (start, end) = piece
        now = min(end - 1, start + 1)
        entries = [e for e in schedule["entries"] if e.get("id") == name]
        schedule = schedule | {"entries": entries}
    # What should have ended counts as done: then what has begun is what the previous schedule shows
    # before now.
    return {
        "plan": plan | {"now": day.clock(now), "assume_done": True},
        "options": {"previous": schedule},
    }


def check(judge, batch, named, save):
    """Number of wrong ones of (name, plan)."""
    wrong = 0
    answers = day.run(batch, judge.catalog, [{"plan": plan} for _, plan in named])
    again = day.run(
        batch, judge.catalog, [{"plan": plan, "options": {"again": 1}} for _, plan in named]
    )
    after = [later(plan, answer) for (_, plan), answer in zip(named, answers)]
    replanned = day.run(batch, judge.catalog, after)
    for (name, plan), answer, second, request, third in zip(
        named, answers, again, after, replanned
    ):
        fault = next(
            (f"refused: {a['error']}" for a in (answer, second, third) if "error" in a), None
        )
        fault = fault or judge.wrong(plan, answer)
        if "now" not in plan:
            fault = fault or judge.wrong(plan, second)
            fault = fault or judge.wrong(request["plan"], third, request["options"]["previous"])
        judge.count["plans"] += 1
        if fault:
            wrong += 1
            print(f"{name}: WRONG: {fault}", flush=True)
            if save:
                pathlib.Path(save, name.replace(" ", "-") + ".json").write_text(
                    json.dumps(plan) + "\n", encoding="utf-8"
                )
    return wrong


def main():
    parser = day.arguments(__doc__, plans=20)
    parser.add_argument("--kinds", default=",".join(draw_micro.KINDS))
    parser.add_argument("--files", nargs="*", default=[])
    parser.add_argument("--limit", type=float, default=1.0, help="seconds of CP-SAT for one plan")
    parser.add_argument("--save", help="folder for the plans whose schedules are wrong")
    options = parser.parse_args()
    if options.save:
        pathlib.Path(options.save).mkdir(parents=True, exist_ok=True)
    wrong, began = 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        catalog = str(pathlib.Path(folder, "micro.csv"))
        draw_micro.write_catalog(catalog)
        judge = Judge(catalog, options.limit)
        if options.files:
            wrong += check(
                judge,
                options.batch,
                [
                    (p, json.loads(pathlib.Path(p).read_text(encoding="utf-8")))
                    for p in options.files
                ],
                None,
            )
        for kind in options.kinds.split(",") if not options.files else []:
            for first in range(options.seed, options.seed + options.plans, BATCH):
                seeds = range(first, min(first + BATCH, options.seed + options.plans))
                wrong += check(
                    judge,
                    options.batch,
                    [(f"{kind} {seed}", draw_micro.draw(kind, seed)) for seed in seeds],
                    options.save,
                )
    print(f"{dict(judge.count)}, {time.perf_counter() - began:.0f} s: {wrong} wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
