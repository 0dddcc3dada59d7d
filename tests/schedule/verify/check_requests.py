#!/usr/bin/env python3
"""Days of every kind, with every option that changes an answer: each is scheduled by the rules.
Under sanitizers every access to memory is watched as well.

usage: check_requests.py SCHEDULE_BATCH CATALOG.csv COUNT [FIRST_SEED]
"""

import json
import pathlib
import subprocess
import sys

import day
import rules

HERE = pathlib.Path(__file__).parent


def main():
    batch, catalog, *numbers = sys.argv[1:]
    lines = subprocess.run(
        [sys.executable, HERE / "write_requests.py", catalog, *numbers],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    requests = [json.loads(line) for line in lines]
    answers = day.run(batch, catalog, requests)
    check, wrong = rules.Checker(catalog), 0
    for number, (request, answer) in enumerate(zip(requests, answers)):
        broken = [answer["error"]] if "error" in answer else check.broken(request["plan"], answer)
        if broken:
            wrong += 1
            print(f"request {number}: {broken[0]}")
    print(f"{len(requests)} plans: {wrong} wrong")
    sys.exit(wrong > 0 or len(answers) != len(requests))


main()
