#!/usr/bin/env python3
"""Run the commands of docs/plan-a-week.md again and put what they print into the page.

usage: measure_weeks.py SCHEDULE_BATCH [--jobs N] [--only PART]

The commands are the lines that begin with "$ " in console blocks; PART selects those that contain
it. Two at a time run on two cores, in less than ten minutes. Needs the real data set, and ortools
for the comparisons with CP-SAT: a command whose exit status is 77 (skipped) keeps its old output.
The sentences around the tables are not changed: read them again afterward.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/plan-a-week.md"


def run(command, batch):
    """What a command prints; None if it was skipped."""
    done = subprocess.run(
        command.replace("python3", sys.executable, 1),
        shell=True,
        cwd=ROOT,
        env={**os.environ, "BATCH": batch},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode == 77:
        print("skipped: " + command, flush=True)
        return None
    if done.returncode != 0:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stdout}")
    # a line for each week on which CP-SAT is better is too much for the page
    lines = [line for line in done.stdout.splitlines() if not line.startswith("seed ")]
    print(command, *lines, sep="\n", flush=True)
    return lines


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("batch")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    batch = str(pathlib.Path(options.batch).resolve())
    page = PAGE.read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
            if part.startswith("$ ") and options.only in part:
                found.append(part)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        answers = list(pool.map(lambda part: run(part.splitlines()[0][2:], batch), found))
    for part, lines in zip(found, answers):
        if lines is not None:
            page = page.replace(part, "\n".join([part.splitlines()[0], *lines, ""]))
    PAGE.write_text(page, encoding="utf-8")


main()
