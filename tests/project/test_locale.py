#!/usr/bin/env python3
"""Run a test program under a locale that writes 0,5 for a half.

usage: test_locale.py PROGRAM ARGUMENT...     exit status 77: there is no such locale and none can
be made
"""

import locale
import os
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
        ["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, "de_DE.UTF-8")],
        capture_output=True,
        check=False,
    )
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": folder} if made.returncode == 0 else None


def main():
    with tempfile.TemporaryDirectory() as folder:
        try:
            environment = comma_locale(folder)
        except FileNotFoundError:
            environment = None
        if environment is None:
            print("no locale with a decimal comma")
            return 77
        return subprocess.run(
            sys.argv[1:], env={**os.environ, **environment}, check=False
        ).returncode


sys.exit(main())
