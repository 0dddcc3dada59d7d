#!/usr/bin/env python3
"""Keep the web server busy for a long time and record the results, for docs/assessment.md.

usage: soak.py BUILD CATALOG.csv OUTPUT.json [--duration S] [--rate N] [--connections N]

The exit status is 1 if a request failed or the memory grew.
"""

import argparse
import datetime
import json
import os
import pathlib
import sys
import time

import rig

GROWTH_MB = 4
POINTS = 180  # samples of memory that are kept
# connections of the warm-up, so that every thread of the server works and allocates its memory
WARM_UP = 512


def thin(points):
    step = max(len(points) // POINTS, 1)
    return [[round(s, 1), round(mb, 2)] for s, mb in points[::step]]


def soak(build, catalog, plans, rate, duration, connections):
    before = os.getloadavg()[0]
    with rig.Running(
        rig.musicsched_server(build, catalog), sample_s=max(0.25, duration / 2000)
    ) as server:
        rig.load(build, server, plans, 0, 3, WARM_UP)
        warm, start, before_it = (
            len(server.memory),
            time.monotonic() - server.began,
            rig.schedules(server),
        )
        report = rig.load(build, server, plans, rate, duration, connections)
        memory, solved = (
            [(s - start, mb) for s, mb in server.memory[warm:]],
            {name: n - before_it.get(name, 0) for name, n in rig.schedules(server).items()},
        )
    del report["curve"]
    return {
        "date": datetime.date.today().isoformat(),
        "machine": rig.machine(),
        "rate": rate,
        "duration_s": duration,
        "connections": connections,
        "load_average": {"before": round(before, 2), "after": round(os.getloadavg()[0], 2)},
        "growth_mb": round(rig.growth_mb(memory), 2),
        "schedules": solved,
        **report,
        "memory": thin(memory),
    }


def verdict(result):
    """(what, measured, goal, met), a row of the table of goals."""
    minutes = (
        "%g minutes" % (result["duration_s"] / 60)
        if result["duration_s"] >= 60
        else "%d s" % result["duration_s"]
    )
    return (
        "soak of %s at %s/s: errors, memory growth from the second quarter to the last"
        % (minutes, format(result["rate"], ",")),
        "%d, %.1f MB" % (result["errors"], result["growth_mb"]),
        "0, at most %d MB" % GROWTH_MB,
        result["errors"] == 0 and result["growth_mb"] <= GROWTH_MB,
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("catalog", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--duration", type=int, default=1800)
    parser.add_argument("--rate", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    plans = options.build / "plans.jsonl"
    rig.make_plans(options.catalog, plans)
    result = soak(
        options.build, options.catalog, plans, options.rate, options.duration, options.connections
    )
    options.output.parent.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1)
    head, _, _ = text.partition(' "memory": [')
    options.output.write_text(
        head + ' "memory": ' + json.dumps(result["memory"]) + "\n}\n", encoding="utf-8"
    )
    what, measured, goal, met = verdict(result)
    print("%s: %s (goal: %s) %s" % (what, measured, goal, "met" if met else "MISSED"))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
