#!/usr/bin/env python3
"""Run the unit tests under a locale that writes 0,5 for a half: nothing may read or write numbers in its way.

usage: test_locale.py BUILD-FOLDER SET_LOCALE.so     exit status 77: there is no such locale and none can be made
"""
import locale
import os
import pathlib
import subprocess
import sys
import tempfile

CANDIDATES = ("de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "nl_NL.UTF-8", "pt_BR.UTF-8")


def comma_locale(folder):
    """Environment of a comma-decimal locale: an installed one, or one compiled into `folder`."""
    for name in CANDIDATES:
        try:
            locale.setlocale(locale.LC_NUMERIC, name)
        except locale.Error:
            continue
        if locale.localeconv()["decimal_point"] == ",":
            return {"LC_ALL": name}
    made = subprocess.run(
        ["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, "de_DE.UTF-8")], capture_output=True, check=False
    )
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": folder} if made.returncode == 0 else None


def test_programs(build):
    """The cmocka suites of the layers."""
    for path in sorted(pathlib.Path(build, "tests").glob("*/test_*")):
        if path.is_file() and os.access(path, os.X_OK) and path.suffix == "":
            yield path


def main():
    build, preload = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    programs = list(test_programs(build))
    with tempfile.TemporaryDirectory() as folder:
        try:
            environment = comma_locale(folder)
        except FileNotFoundError:
            environment = None
        if environment is None:
            print("no locale with a decimal comma")
            return 77
        environment = {**os.environ, **environment, "LD_PRELOAD": str(preload)}
        failed = []
        for program in programs:
            result = subprocess.run([program], env=environment, capture_output=True, text=True, check=False)
            if result.returncode not in (0, 77):
                failed.append(program)
                print(result.stdout[-2000:], result.stderr[-2000:])
    print("%d programs under %s, failed: %s" % (len(programs), environment["LC_ALL"], failed))
    return 1 if failed or not programs else 0


sys.exit(main())
