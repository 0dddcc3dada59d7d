#!/usr/bin/env python3
"""Compile a build folder, run its tests, and count.

usage: run_tests.py FOLDER [MESON-TEST-ARGUMENT...] [, FOLDER [MESON-TEST-ARGUMENT...]]...

Runs `meson test` in each folder with its arguments; a comma alone begins the next folder. Goes on
after a failure, prints "N passed, N failed, N skipped" over all of them as the last line, and exits
1 where anything failed.
"""

import json
import pathlib
import subprocess
import sys

PASSED = {"OK", "EXPECTEDFAIL"}


def split_runs(arguments):
    runs = [[]]
    for argument in arguments:
        if argument == ",":
            runs.append([])
        else:
            runs[-1].append(argument)
    return runs


def run(folder, arguments):
    """Results of one `meson test`, or None where it could not compile or run."""
    log = pathlib.Path(folder, "meson-logs", "testlog.json")
    log.unlink(missing_ok=True)
    if subprocess.run(["meson", "compile", "-C", folder], check=False).returncode != 0:
        return None
    status = subprocess.run(
        ["meson", "test", "-C", folder, "--no-rebuild", "--print-errorlogs", *arguments],
        check=False,
    ).returncode
    # With --wrap the log has another name.
    logs = sorted(log.parent.glob("testlog*.json"), key=lambda path: path.stat().st_mtime)
    if not logs:
        return None
    results = [json.loads(line) for line in logs[-1].read_text(encoding="utf-8").splitlines()]
    if status != 0 and all(result["result"] in PASSED | {"SKIP"} for result in results):
        return None
    return results


def main():
    passed = skipped = 0
    failed = []
    for folder, *arguments in split_runs(sys.argv[1:]):
        print("== %s: meson test %s" % (folder, " ".join(arguments)), flush=True)
        results = run(folder, arguments)
        if results is None:
            failed.append("%s could not be compiled or tested" % folder)
            continue
        for result in results:
            if result["result"] in PASSED:
                passed += 1
            elif result["result"] == "SKIP":
                skipped += 1
            else:
                failed.append("%s: %s: %s" % (folder, result["name"], result["result"]))
    for line in failed:
        print("FAILED " + line)
    print("%d passed, %d failed, %d skipped" % (passed, len(failed), skipped))
    return 1 if failed or passed == 0 else 0


if not sys.argv[1:]:
    sys.exit(__doc__)
sys.exit(main())
