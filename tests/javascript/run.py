#!/usr/bin/env python3
"""Test the package for JavaScript in Node.js beside the library's own program.

usage: run.py PACKAGE SAMPLE.csv CASES.tsv SCHEDULE_BATCH
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PLANS = 500


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


def main():
    package, sample, cases, batch = (os.path.abspath(argument) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        asked, answers = pathlib.Path(folder, "requests"), pathlib.Path(folder, "answers")
        asked.write_text("\n".join(requests(sample)) + "\n", encoding="utf-8")
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
        command = ["node", "--test", HERE / "test_musicsched.mjs"]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
