#!/usr/bin/env python3
"""Make docs/demo.webm: the page, the command line, Python and a load test, with captions.

usage: make_demo.py BUILD OUTPUT.webm [FRAMES]

Runs each command that the film shows and films what it prints, then the page in Chromium
(tests/server/browser/demo.mjs), and joins the pictures (make_film.py). FRAMES is a folder to keep
the pictures in. BUILD also has the Python package (tests/python/run.py build).
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/server"))
RATE, SECONDS = 10_000, 5

POPULAR = """\
import musicsched

songs = musicsched.Catalog.read_csv("songs.csv")
print(songs.group_by("genre"))
plan = musicsched.Plan("2026-11-24", timezone="Europe/Berlin")
plan.add_event("Work", "09:00", "11:00").add_task("Gym", 3600, earliest="12:00")
plan.fill(600)
print(songs.schedule(plan))
"""


def printed(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        sys.exit("make_demo.py: %s: %s" % (command, done.stderr or done.stdout))
    return done.stdout.rstrip("\n").expandtabs().split("\n")


def command_line(build, sample):
    program = str(build / "examples/cli/musicsched")

    def run(caption, *arguments):
        return {
            "caption": caption,
            "typed": "musicsched " + " ".join(arguments),
            "lines": printed([program, *arguments], cwd=ROOT, env=environment),
        }

    environment = {**os.environ, "MUSICSCHED_CATALOG": str(sample)}
    day = "examples/plans/sample-day.txt"
    return [
        run("The command line: what is popular?", "top", "--limit", "5"),
        run("Statistics, with confidence intervals", "stats", "--by", "genre"),
        run("It finds songs despite typing mistakes", "find", "blnding", "headlihgts"),
        run("A day as text: the best schedule, with a proof", "plan", day),
    ]


def python(build, sample):
    """What the wheel prints, in an environment that holds nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, "day.py")
        script.write_text(POPULAR.replace("songs.csv", str(sample)), encoding="utf-8")
        lines = printed([build / "python/empty/bin/python", script])
    return [
        {
            "caption": "The same library in Python: tables and schedules",
            "typed": "cat day.py",
            "lines": POPULAR.rstrip("\n").split("\n"),
        },
        {
            "caption": "The same library in Python: tables and schedules",
            "typed": "python day.py",
            "lines": lines,
        },
    ]


def load(build, sample):
    from server_testing import Server  # reads the environment

    with tempfile.TemporaryDirectory() as folder, Server("--log", "off") as server:
        plans = pathlib.Path(folder, "plans.jsonl")
        printed([sys.executable, ROOT / "bench/load/make_plans.py", sample, "200", plans, "easy"])
        arguments = ["--rate", str(RATE), "--duration", str(SECONDS)]
        command = [build / "bench/load/loadgen", *arguments, "--port", str(server.port)]
        report = json.loads("".join(printed([*command, "--bodies", plans])))
    names = ["offered", "achieved", "sent", "answered", "errors", "p50_ms", "p90_ms", "p99_ms"]
    return [
        {
            "caption": f"The server under load: {RATE:,} days a second for {SECONDS} s",
            "typed": "loadgen %s --bodies plans.jsonl" % " ".join(arguments),
            "wait_ms": SECONDS * 1000,
            "lines": ["%-9s %10s" % (name, report[name]) for name in names],
        }
    ]


def main():
    build, output = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    sample = build / "sample_songs.csv"
    os.environ.update(
        MUSICSCHED_SERVER=str(build / "examples/server/musicsched-server"),
        MUSICSCHED_SAMPLE=str(sample),
    )
    with tempfile.TemporaryDirectory() as temporary:
        frames = pathlib.Path(sys.argv[3] if sys.argv[3:] else temporary).resolve()
        frames.mkdir(exist_ok=True)
        terminal = frames / "terminal.json"
        scenes = [command_line(build, sample), python(build, sample), load(build, sample)]
        terminal.write_text(json.dumps(scenes), encoding="utf-8")
        runner = [sys.executable, ROOT / "tests/server/browser/run_browser_tests.py"]
        subprocess.run([*runner, "--run", "demo.mjs", frames, terminal], check=True)
        subprocess.run([sys.executable, ROOT / "tools/make_film.py", frames, output], check=True)


if __name__ == "__main__":
    main()
