#!/usr/bin/env python3
"""Speed, memory and proofs of plans of several dates, on random weeks and months.

usage: bench_weeks.py SCHEDULE_BATCH [--weeks N] [--months N] [--seed S] [--most-bytes BYTES]
[--limits]

A week has three events on each weekday, 25 tasks of which 10 may be on any date, 3 habits, 40
wanted songs and an hour of fill a date; the tasks take 0.8 or 1.2 times the time between events.
A month has 300 to-dos and 200 songs. Every plan is solved three times, and the fastest run counts.
With --limits, the largest plan (31 dates, 1,000 to-dos, 2,000 wanted songs) and about 9,000 songs
of fill are solved as well. The exit status is 1 if a week takes more memory than --most-bytes, and
77 (skipped) without the real data set.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/schedule/verify"))

import day
import draw_week


def line(name, answers):
    took = sorted(a["us"] / 1000 for a in answers)
    schedules = [a["schedule"] for a in answers]
    proved = sum(s["status"] == "optimal" for s in schedules)
    bytes_most = max(a["bytes"] for a in answers)
    print(
        f"{name:<28}{sum(took) / len(took):8.2f} {took[len(took) // 2]:8.2f}"
        f" {took[(len(took) * 99 - 1) // 100]:8.2f} {took[-1]:8.2f}"
        f"   {100 * proved / len(took):5.1f} %  {bytes_most // 1000:6} kB",
        flush=True,
    )
    if proved < len(schedules):
        print("    first level without a proof: " + day.open_levels(schedules))
    return bytes_most


def main():
    parser = day.arguments(__doc__, weeks=100)
    parser.add_argument("--months", type=int, default=10)
    parser.add_argument("--most-bytes", type=int)
    parser.add_argument("--limits", action="store_true", help="also the largest plans")
    options = parser.parse_args()
    catalog = day.real_catalog()
    tracks = list(day.load_tracks(catalog))
    seeds = range(options.seed, options.seed + options.weeks)
    print(f"milliseconds, the fastest of 3 runs; seeds {seeds[0]} .. {seeds[-1]}")
    print(
        f"{'':<28}{'mean':>8} {'median':>8} {'p99':>8} {'max':>8}   {'optimal':>7}  {'memory':>9}"
    )
    most = 0
    for load in (0.8, 1.2):
        for name, fixes in (("", 0), (", without fixes", 1)):
            requests = [
                {
                    "plan": draw_week.draw(seed, tracks, load),
                    "options": {"no_reasons": fixes},
                }
                for seed in seeds
            ]
            answers = day.run(options.batch, catalog, requests, timed=True)
            most = max(most, line(f"week, load {load}{name}", answers))
    if options.months > 0:
        requests = [
            {"plan": draw_week.draw_month(seed, tracks)} for seed in seeds[: options.months]
        ]
        line("month", day.run(options.batch, catalog, requests, timed=True))
    if options.limits:
        shape = {"days": 31, "tasks": 928, "anywhere": 300, "songs": 2000}
        plan = draw_week.draw(options.seed, tracks, 0.8, **shape)
        answers = day.run(options.batch, catalog, [{"plan": plan}], timed=True)
        line(f"{len(plan['todos'])} to-dos, 2000 songs", answers)
        plan = draw_week.draw(options.seed, tracks, 0.8, days=31, tasks=20, songs=0, fill_s=79200)
        plan["day"] = {"start": "00:00", "end": "24:00"}
        answers = day.run(options.batch, catalog, [{"plan": plan}], timed=True)
        songs = sum(e["kind"] == "song" for e in answers[0]["schedule"]["entries"])
        line(f"{songs} songs of fill", answers)
    if options.most_bytes is not None and most > options.most_bytes:
        sys.exit(f"a week takes {most} bytes, more than {options.most_bytes}")


main()
