#!/usr/bin/env python3
"""The watch command: files that change, the clock, signals.

usage: test_cli_watch.py PROGRAM SAMPLE.csv
"""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time

import cli

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:a@example.org\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART:20261124T{hour}0000\r\nDURATION:PT1H\r\nSUMMARY:Call\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def replace(path, text):
    """As editors do: a new file takes the place of the old one."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


class Watch(cli.CliTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.plan, self.output = self.folder / "day.txt", self.folder / "day.json"
        self.plan.write_text("date: 2026-11-24\nGym 1h\nRead 1h\n", encoding="utf-8")

    def start(self, *arguments):
        variables = {**os.environ, "LC_ALL": "C.UTF-8", "MUSICSCHED_CONFIG": "", "TZ": "UTC"}
        variables.pop("MUSICSCHED_CATALOG", None)
        process = subprocess.Popen(
            [cli.PROGRAM, "watch", self.plan, "--output", self.output, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=variables,
        )
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def starts(self):
        schedule = json.loads(self.output.read_text(encoding="utf-8"))
        return {entry["title"].lower(): entry["start"][:5] for entry in schedule["entries"]}

    def wait_for(self, wanted, seconds=20):
        """Until the file that is written holds these starts; it is whole whenever it is read."""
        until, found = time.monotonic() + seconds, None
        while time.monotonic() < until:
            if self.output.exists():
                found = self.starts()
                if found == wanted:
                    return
            time.sleep(0.02)
        self.fail(f"{found} is not {wanted}")

    def end(self, process, number=signal.SIGINT):
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0, err)
        self.assertEqual(
            {path.name for path in self.folder.iterdir()} - {"work.ics"}, {"day.txt", "day.json"}
        )
        return out.decode(), err.decode()

    def test_a_file_changes(self):
        for poll in ((), ("--poll",)):
            with self.subTest(poll=poll):
                self.output.unlink(missing_ok=True)
                replace(self.plan, "date: 2026-11-24\nGym 1h\nRead 1h\n")
                calendar = self.folder / "work.ics"
                calendar.unlink(missing_ok=True)
                replace(calendar, CALENDAR.format(hour="12"))
                process = self.start("--now", "7:00", "--calendar", calendar, *poll)
                self.wait_for({"gym": "07:00", "read": "08:05", "call": "12:00"})
                replace(self.plan, "date: 2026-11-24\nMail 1h 9:00-10:00\nGym 1h\nRead 1h\n")
                self.wait_for({"gym": "07:00", "read": "08:00", "mail": "09:00", "call": "12:00"})
                with self.plan.open("a", encoding="utf-8") as file:  # as an editor that does not
                    file.write("11:00-12:00 Lunch\n")
                wanted = {"gym": "07:00", "read": "08:00", "mail": "09:00", "lunch": "11:00"}
                self.wait_for({**wanted, "call": "12:00"})
                replace(calendar, CALENDAR.format(hour="14"))
                self.wait_for({**wanted, "call": "14:00"})
                _, told = self.end(process)
                self.assertIn("day.txt is planned: written\n", told)
                self.assertIn("work.ics has changed: written\n", told)

    def test_the_clock_passes_a_task(self):
        self.plan.write_text("date: 2026-11-24\nGym 1h\nRead 1h\n", encoding="utf-8")
        first = json.loads(self.good("plan", self.plan, "--json"))
        previous = self.folder / "day.json"
        previous.write_text(json.dumps(first), encoding="utf-8")
        process = self.start("--now", "7:59:58", "--previous", previous)
        self.wait_for({"gym": "07:00", "read": "08:05"})  # is on: taken as begun
        until = time.monotonic() + 20
        while self.starts()["gym"] < "09:10" and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(self.starts(), {"gym": "09:10", "read": "08:05"})
        _, told = self.end(process, signal.SIGTERM)
        self.assertIn("Gym has passed: written\n", told)

    def test_a_plan_that_cannot_be_read_leaves_the_last_one(self):
        process = self.start("--now", "7:00", "--strict")
        self.wait_for({"gym": "07:00", "read": "08:05"})
        replace(self.plan, "date: 2026-11-24\nGym 1h !9\n")
        time.sleep(0.5)
        self.assertEqual(self.starts(), {"gym": "07:00", "read": "08:05"})
        self.plan.unlink()
        time.sleep(0.3)
        replace(self.plan, "date: 2026-11-24\nGym 2h\n")
        self.wait_for({"gym": "07:00"})
        _, told = self.end(process)
        self.assertIn("!9", told)

    def test_a_warning_is_not_repeated(self):
        text = "date: 2026-11-24\n9:00 Gym\n"
        wanted = {"gym": "09:00"}
        replace(self.plan, text)
        process = self.start("--now", "7:00")
        self.wait_for(wanted)
        for line, name, start in (
            ("11:00-12:00 Mail", "mail", "11:00"),
            ("14:00 Tea", "tea", "14:00"),
        ):
            text += line + "\n"
            wanted = {**wanted, name: start}
            replace(self.plan, text)
            self.wait_for(wanted)
        _, told = self.end(process)
        self.assertEqual(told.count("day.txt:2:6: warning: no length given"), 1, told)
        # one for two to-dos is another message
        self.assertEqual(told.count("assuming 30 minutes for 2 to-dos"), 1, told)
        self.assertEqual(told.count("day.txt has changed: written\n"), 2)

    def test_without_output_it_prints(self):
        process = subprocess.Popen(
            [cli.PROGRAM, "watch", self.plan, "--now", "7:00"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "MUSICSCHED_CONFIG": ""},
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertIn(b"24 November 2026", process.stdout.readline())
        process.send_signal(signal.SIGINT)
        self.assertIn(b"Gym", process.stdout.read())
        self.assertEqual(process.wait(timeout=20), 0)

    def test_what_cannot_be_watched(self):
        self.assertIn("standard input", self.bad(2, "watch", "-"))
        self.assertIn("the output file", self.bad(2, "watch", self.plan, "--output", self.plan))
        self.bad(1, "watch", self.folder / "none.txt")
        self.assertIn("--fix", self.bad(2, "watch", self.plan, "--fix"))


cli.main()
