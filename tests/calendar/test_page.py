#!/usr/bin/env python3
"""The walk-through of docs/calendar.md: its commands print what the page shows.

usage: test_page.py MUSICSCHED SAMPLE
"""

import itertools
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SAMPLE = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/calendar.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks():
    return [(match[1], match[2]) for match in BLOCK.finditer(PAGE)]


def saved(name):
    """The block below "Save this ... as `NAME`"."""
    return BLOCK.search(PAGE, PAGE.index(f"as `{name}`:"))[2]


class Page(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name in ("work.ics", "day.txt"):
            self.folder.joinpath(name).write_text(saved(name), encoding="utf-8")
        self.folder.joinpath("songs.csv").write_bytes(SAMPLE.read_bytes())

    def run_command(self, text):
        command = shlex.split(text)
        self.assertEqual(command[0], "musicsched")
        result = subprocess.run(
            [PROGRAM, *command[1:]],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def test_commands_print_what_the_page_shows(self):
        found, compared = blocks(), 0
        for (language, command), (after, shown) in itertools.pairwise(found):
            if language != "sh" or after != "text" or "\n" in command.strip():
                continue
            if not re.match(r"musicsched (agenda|plan day)", command):
                continue
            if "libical" in (told := self.run_command(command)).stderr:
                self.skipTest("built without libical")
            self.assertEqual(told.stdout.strip(), shown.strip())
            compared += 1
        self.assertEqual(compared, 2)

    def test_the_skipped_component_is_reported_as_the_page_says(self):
        told = self.run_command("musicsched agenda work.ics --date 2026-11-24").stderr
        self.assertIn("work.ics:19: note: left out", PAGE)
        self.assertIn(re.search(r"^work\.ics:19: .*$", PAGE, re.MULTILINE)[0], told)

    def test_the_day_becomes_a_calendar_with_alarms(self):
        names = re.search(r"^(musicsched plan day\.txt .*--alarm.*)$", PAGE, re.MULTILINE)[1]
        self.run_command("musicsched plan day.txt --catalog songs.csv --output day.json")
        self.run_command(names)
        written = self.folder.joinpath("day.ics").read_text(encoding="utf-8")
        for part in ("BEGIN:VALARM", "TRIGGER:-PT5M", "NAME:Music", "SEQUENCE:0"):
            self.assertIn(part, written)

    def test_the_status_bar_shows_the_day(self):
        self.run_command("musicsched plan day.txt --catalog songs.csv --output day.json")
        told = self.run_command("musicsched next day.json --now 17:10").stdout
        self.assertIn("Gym", told)

    def test_the_examples_are_the_files_of_the_page(self):
        for example, name in (("work.ics", "work.ics"), ("calendar-day.txt", "day.txt")):
            text = (ROOT / "examples/plans" / example).read_text(encoding="utf-8")
            self.assertEqual(text, saved(name))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
