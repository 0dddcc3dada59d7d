#!/usr/bin/env python3
"""Test the package for JavaScript in Node.js, and in Deno and Bun where they are installed.

Schedules are compared with those of the library's own program.

usage: run.py PACKAGE SAMPLE.csv CASES.tsv SCHEDULE_BATCH

Exit status 77 (skipped) where the package is not built, or Node.js is older than 18.
"""

import datetime
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PLANS = 500
RULES = 60
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NODE = 18
# Commands that run the tests of a file. Bun stops a test after 5 s unless told otherwise.
HOSTS = (
    ("node", "--test"),
    ("deno", "test", "--allow-all", "--no-check"),
    ("bun", "test", "--timeout", "300000"),
)


def requests(sample):
    """Plans with a seed, one a line."""
    writer = HERE.parent / "schedule/verify/write_requests.py"
    run = [sys.executable, writer, sample, str(PLANS)]
    for line in subprocess.run(run, check=True, capture_output=True, text=True).stdout.splitlines():
        request = json.loads(line)
        options = {
            k: v for k, v in request.get("options", {}).items() if k in ("seed", "work_limit")
        }
        yield json.dumps({"plan": request["plan"], "options": options}, ensure_ascii=False)


def rule(rng):
    """A recurrence rule that ical.js expands, as calendars have them."""
    freq = rng.choice(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"))
    parts = ["FREQ=" + freq, "INTERVAL=%d" % rng.randint(1, 4)]
    days = ",".join(rng.sample(WEEKDAYS, rng.randint(1, 3)))
    nth = rng.choice(("1", "2", "-1")) + rng.choice(WEEKDAYS)
    if freq in ("DAILY", "WEEKLY") and rng.random() < 0.7:  # the series may begin on another day
        parts.append("BYDAY=" + days)
    if freq in ("DAILY", "WEEKLY") and rng.random() < 0.3:
        parts.append("BYMONTH=5,11,12")
    if freq == "MONTHLY":
        last = "BYDAY=%s;BYSETPOS=-1" % days
        parts.append(rng.choice(("BYDAY=" + nth, "BYMONTHDAY=%d" % rng.choice((1, 15, 31)), last)))
    elif freq == "YEARLY":
        parts.append(rng.choice(("BYMONTH=11;BYDAY=" + nth, "BYMONTH=2,11")))
    if rng.random() < 0.3:
        parts.append("COUNT=%d" % rng.randint(1, 60))
    return ";".join(parts)


def habit(rrule, since, date):
    todo = {"id": "a", "title": "Habit", "duration_s": 600, "rrule": rrule, "rrule_from": since}
    plan = {"date": date, "days": 14, "todos": [todo]}
    return json.dumps({"plan": plan, "options": {}})


def recurring():
    """Plans of several days whose to-dos recur, one a line."""
    rng = random.Random(5)
    # Every other month from December on: February, April and June have no 31st.
    yield habit("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", "2019-12-31", "2026-11-25")
    for _ in range(RULES):
        since = datetime.date(2015, 1, 1) + datetime.timedelta(rng.randrange(4200))
        yield habit(rule(rng), str(since), "2026-11-%02d" % rng.randint(1, 28))


def node_version():
    try:
        run = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(run.stdout.lstrip("v").split(".")[0])


def main():
    if not os.path.isfile(os.path.join(sys.argv[1], "musicsched.wasm")):
        print("the package is not built: tools/build_javascript.sh builds it")
        sys.exit(77)
    if node_version() < NODE:
        print(f"needs Node.js {NODE}")
        sys.exit(77)
    package, sample, cases, batch = (os.path.abspath(argument) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        asked, answers = pathlib.Path(folder, "requests"), pathlib.Path(folder, "answers")
        plans = [*requests(sample), *recurring()]
        asked.write_text("\n".join(plans) + "\n", encoding="utf-8")
        with asked.open("rb") as stdin, answers.open("wb") as stdout:
            subprocess.run([batch, sample], stdin=stdin, stdout=stdout, check=True)
        environment = {
            **os.environ,
            "MUSICSCHED_PACKAGE": package,
            "MUSICSCHED_SAMPLE": sample,
            "MUSICSCHED_CASES": cases,
            "MUSICSCHED_REQUESTS": str(asked),
            "MUSICSCHED_ANSWERS": str(answers),
        }
        failed = 0
        for host in HOSTS:
            if shutil.which(host[0]):
                print(f"in {host[0]}", flush=True)
                command = [*host, HERE / "test_musicsched.mjs"]
                failed |= subprocess.run(command, env=environment, check=False).returncode
        sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
