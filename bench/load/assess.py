#!/usr/bin/env python3
"""Measure the web server on this machine and write docs/assessment.md with its plots.

usage: assess.py BUILD CATALOG.csv DOCS [--duration S] [--repeats N] [--soak S] [--connections N]
[--rates R,R,..]

Server and load generator share the machine's cores, over loopback. After a warm-up, each round
measures the server at fixed rates (open loop) and at its maximum (closed loop), with easy and with
hard days. It also measures a bare CivetWeb handler that answers with as many constant bytes, and
Flask with gunicorn, if both are installed. The page includes DOCS/assessment/soak.json, which
soak.py writes; without it, this script runs a soak of --soak seconds. The exit status is 1 if a
goal is missed.
"""

import argparse
import os
import pathlib
import json
import statistics
import sys

import assessment_page
import rig
import soak

BAR_RATE, BAR_P99_MS, BAR_SHARE = 10000, 10.0, 0.6
FLASK_RATE, FLASK_CONNECTIONS = 1000, 32  # Flask's limit
HARD_RATES = 100, 1000


class Rounds:
    """Reports of loadgen by what was measured, one for each round."""

    def __init__(self):
        self.rates, self.closed, self.bare, self.bare_open, self.flask, self.flask_open = (
            {},
            [],
            [],
            [],
            [],
            [],
        )
        self.memory, self.solved, self.answered, self.bytes = [], {}, 0, 0
        self.hard_rates, self.hard_closed, self.hard_solved = {}, [], {}


def measure_server(options, out):
    with rig.Running(rig.musicsched_server(options.build, options.catalog)) as server:
        reports = [options.run(server, 1000, 2)]  # warm-up
        for rate in options.rates:
            print("  %d/s" % rate, flush=True)
            reports.append(options.run(server, rate))
            out.rates.setdefault(rate, []).append(reports[-1])
        print("  maximum", flush=True)
        reports.append(options.run(server, 0))
        out.closed.append(reports[-1])
        out.solved, out.answered = (
            rig.schedules(server),
            sum(report["answered"] for report in reports),
        )
        out.memory, out.bytes = list(server.memory), int(reports[-1]["body_bytes_per_answer"])


def measure_hard(options, out):
    with rig.Running(rig.musicsched_server(options.build, options.catalog)) as server:
        options.run(server, 100, 2, plans=options.hard_plans)
        for rate in HARD_RATES:
            print("  %d/s, hard days" % rate, flush=True)
            out.hard_rates.setdefault(rate, []).append(
                options.run(server, rate, plans=options.hard_plans)
            )
        print("  maximum, hard days", flush=True)
        out.hard_closed.append(options.run(server, 0, plans=options.hard_plans))
        out.hard_solved = rig.schedules(server)


def measure_bare(options, out):
    print("  bare CivetWeb", flush=True)
    with rig.Running([options.build / "bench/load/bare_civetweb", "PORT", out.bytes]) as server:
        options.run(server, 1000, 2)
        out.bare_open.append(options.run(server, BAR_RATE))
        out.bare.append(options.run(server, 0))


def measure_flask(options, out):
    if not rig.gunicorn():
        return
    print("  Flask and gunicorn", flush=True)
    command = [
        rig.gunicorn(),
        "--chdir",
        rig.HERE,
        "-w",
        os.cpu_count(),
        "-k",
        "gthread",
        "--threads",
        "32",
        "--keep-alive",
        "5",
        "-b",
        "127.0.0.1:PORT",
        "flask_app:app",
    ]
    with rig.Running(command, dict(os.environ, ANSWER_BYTES=str(out.bytes))) as server:
        options.run(server, 200, 2, FLASK_CONNECTIONS)
        out.flask_open.append(options.run(server, FLASK_RATE, connections=FLASK_CONNECTIONS))
        out.flask.append(options.run(server, 0, connections=FLASK_CONNECTIONS))


def median(reports, key):
    return statistics.median(report[key] for report in reports)


def verdicts(out, soaked):
    """(what, measured, goal, met) of each goal."""
    bars = []
    if BAR_RATE in out.rates:
        reports = out.rates[BAR_RATE]
        worst, slowest = max(r["p99_ms"] for r in reports), min(r["achieved"] for r in reports)
        errors = sum(r["errors"] for r in reports)
        bars.append(
            (
                "10,000 schedules/s, open loop: p99 in the worst round",
                "%.2f ms" % worst,
                "at most 10 ms",
                worst <= BAR_P99_MS,
            )
        )
        bars.append(
            (
                "10,000 schedules/s, open loop: rate and errors in the worst round",
                "%s/s, %d" % (format(round(slowest), ","), errors),
                "9,990/s, 0",
                slowest >= 9990 and errors == 0,
            )
        )
    share = median(out.closed, "achieved") / median(out.bare, "achieved")
    bars.append(
        (
            "closed-loop maximum, relative to the bare CivetWeb handler",
            "%.2f" % share,
            "at least 0.6",
            share >= BAR_SHARE,
        )
    )
    solved = sum(out.solved.values())
    bars.append(
        (
            "answers of the last round that came from the solver",
            "%s of %s" % (format(solved, ","), format(out.answered, ",")),
            "all",
            solved == out.answered,
        )
    )
    bars.append(soak.verdict(soaked))
    return bars


def soaked_before(options):
    """The recorded soak; else a shorter one of this run."""
    record = options.docs / "assessment" / "soak.json"
    if record.exists():
        return json.loads(record.read_text(encoding="utf-8"))
    print("soak: %d s at 2,000/s" % options.soak, flush=True)
    return soak.soak(
        options.build, options.catalog, options.plans, 2000, options.soak, options.connections
    )


def parse_options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("catalog", type=pathlib.Path)
    parser.add_argument("docs", type=pathlib.Path)
    parser.add_argument("--duration", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--soak", type=int, default=120)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument(
        "--rates",
        type=lambda text: [int(rate) for rate in text.split(",")],
        default=[100, 1000, 10000],
    )
    options = parser.parse_args()
    options.load_average = os.getloadavg()[0]
    options.plans = options.build / "plans.jsonl"

    options.hard_plans = options.build / "hard_plans.jsonl"

    def run(
        server,
        rate,
        duration=options.duration,
        connections=options.connections,
        plans=options.plans,
    ):
        return rig.load(options.build, server, plans, rate, duration, connections)

    options.run = run
    return options


def main():
    options = parse_options()
    rig.make_plans(options.catalog, options.plans)
    rig.make_plans(options.catalog, options.hard_plans, kind="hard")
    out = Rounds()
    for repeat in range(options.repeats):
        print("round %d of %d" % (repeat + 1, options.repeats), flush=True)
        measure_server(options, out)
        measure_hard(options, out)
        measure_bare(options, out)
        measure_flask(options, out)
    soaked = soaked_before(options)
    bars = verdicts(out, soaked)
    assessment_page.write(out, soaked, bars, options)
    for what, measured, goal, met in bars:
        print("%-90s %-22s (%s) %s" % (what, measured, goal, "met" if met else "MISSED"))
    return 0 if all(met for *_, held in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
