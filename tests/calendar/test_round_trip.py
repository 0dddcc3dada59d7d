#!/usr/bin/env python3
"""A day that is planned, published and planned again, in the calendar programs that people have:
khal, vdirsyncer and a Radicale
server of its own. Nothing may be there twice, and nothing may be lost. The package icalendar reads
what they hold.

usage: test_round_trip.py PROGRAM CATALOG.csv

Exit status 77 (skipped) without the packages of tests/requirements.txt.
"""

import contextlib
import importlib.util
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

MISSING = [
    name
    for name in ("icalendar", "khal", "radicale", "vdirsyncer")
    if importlib.util.find_spec(name) is None
]
if MISSING:
    print("skipped: not installed: " + ", ".join(MISSING))
    print("pip install -r tests/requirements.txt")
    sys.exit(77)

import icalendar

PROGRAM, CATALOG = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])

MORNING = """date: 2026-10-25 Europe/Berlin
day: 0:00-22:00
calendar: anna
1:30-2:15 Night train
9:00-12:00 Work, in the office; room 2 #focus
Gym 1h after 17:00 #workout id:gym
Write to Ünal 45m
Call the bank 20m before 12:30
fill: 20m
"""
# Work ends later, the call is off, shopping is new, and the letter has another title.
NOON = (
    MORNING.replace("9:00-12:00", "9:00-13:00")
    .replace("Call the bank 20m before 12:30\n", "Shopping 30m\n")
    .replace("Write to Ünal 45m", "Write to Ünal and Zoë 45m id:write-to-ünal")
)
# The call is on again, and music is only listened to for ten minutes.
EVENING = MORNING.replace("fill: 20m", "fill: 10m")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def radicale(folder):
    """URL of an empty calendar on a server of our own."""
    port = free_port()
    log = folder / "radicale.log"
    with open(log, "wb") as out:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "radicale", "--config", "", "--auth-type", "none"),
                *("--server-hosts", f"127.0.0.1:{port}", "--rights-type", "authenticated"),
                *("--storage-filesystem-folder", folder / "radicale"),
            ],
            stdout=out,
            stderr=out,
        )
    url = f"http://127.0.0.1:{port}/anna/day/"
    try:
        wait_for(server, port, log)
        make = urllib.request.Request(
            url, method="MKCALENDAR", headers={"Authorization": "Basic YW5uYTphbm5h"}
        )
        assert urllib.request.urlopen(make).status == 201
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(server, port, log):
    for _ in range(1200):
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise AssertionError("radicale does not answer: " + log.read_text())


def events(data):
    """Every event of a calendar's bytes."""
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def listed(found):
    """(start, end, summary) of events that take place, sorted: what a person sees."""
    return sorted(
        (event["DTSTART"].dt.timestamp(), event["DTEND"].dt.timestamp(), str(event["SUMMARY"]))
        for event in found
        if event.get("STATUS") != "CANCELLED"
    )


def of_schedule(schedule):
    return sorted(
        (
            *(
                icalendar.vDDDTypes.from_ical(
                    entry[key].replace("-", "").replace(":", "")
                ).timestamp()
                for key in ("start_utc", "end_utc")
            ),
            entry["title"] + (" - " + entry["artist"] if entry["kind"] == "song" else ""),
        )
        for entry in schedule["entries"]
    )


class RoundTrip(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        self.vdir = self.folder / "vdir"
        self.vdir.mkdir()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "MUSICSCHED_CATALOG"},
            "MUSICSCHED_CONFIG": "",
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Berlin",
            "HOME": str(self.folder),
        }
        self.previous = None

    def run_tool(self, *command):
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=120,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def plan(self, text, *options):
        """Plan against the schedule before, and publish day.ics. Returns the schedule's JSON."""
        (self.folder / "day.txt").write_text(text, encoding="utf-8")
        arguments = [PROGRAM, "plan", self.folder / "day.txt", "--catalog", CATALOG]
        if self.previous is not None:
            arguments += ["--previous", self.previous]
        made = self.folder / "made.json"
        self.run_tool(*arguments, "--output", made)
        self.run_tool(*arguments, "--output", self.folder / "day.ics", *options)
        self.previous = self.folder / "previous.json"
        made.replace(self.previous)
        return json.loads(self.previous.read_text(encoding="utf-8"))

    def held(self):
        return [event for path in self.vdir.glob("*.ics") for event in events(path.read_bytes())]

    def check(self, schedule, found):
        uids = [str(event["UID"]) for event in found]
        self.assertEqual(len(uids), len(set(uids)), "an event is there twice")
        self.assertEqual(listed(found), of_schedule(schedule))

    def khal(self, *arguments):
        config = self.folder / "khal.conf"
        config.write_text(
            f"[calendars]\n[[day]]\npath = {self.vdir}\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {self.folder / 'khal.db'}\n",
            encoding="utf-8",
        )
        return self.run_tool(sys.executable, "-m", "khal", "-c", config, *arguments)

    def sync(self, url):
        config = self.folder / "vdirsyncer.conf"
        config.write_text(
            f'[general]\nstatus_path = "{self.folder}/status"\n'
            '[pair publish]\na = "file"\nb = "server"\ncollections = null\n'
            'conflict_resolution = "a wins"\n'
            '[pair phone]\na = "server"\nb = "vdir"\ncollections = null\n'
            'conflict_resolution = "a wins"\n'
            f'[storage file]\ntype = "singlefile"\npath = "{self.folder}/day.ics"\n'
            f'[storage vdir]\ntype = "filesystem"\npath = "{self.vdir}"\nfileext = ".ics"\n'
            f'[storage server]\ntype = "caldav"\nurl = "{url}"\n'
            'username = "anna"\npassword = "anna"\n',
            encoding="utf-8",
        )
        tool = [sys.executable, "-m", "vdirsyncer", "-c", config]
        if not (self.folder / "status").exists():
            self.run_tool(*tool, "discover")
        self.run_tool(*tool, "sync", "publish")
        self.run_tool(*tool, "sync", "phone")

    def test_a_server_and_a_phone_follow_the_day(self):
        with radicale(self.folder) as url:
            for text in (MORNING, MORNING, NOON, EVENING):
                schedule = self.plan(text, "--alarm", "5m")
                self.sync(url)
                self.check(schedule, self.held())
                shown = self.khal("list", "-df", "", "-f", "{title}", "2026-10-25", "1d")
                titles = sorted(line for line in shown.splitlines() if line)
                self.assertEqual(titles, sorted(entry[2] for entry in of_schedule(schedule)))

    def test_who_imports_the_file_each_time_has_the_day_of_the_last(self):
        numbers = {}
        for text in (MORNING, NOON, EVENING):
            schedule = self.plan(text, "--cancelled", "--calendar-name", "Anna's day")
            self.khal("import", "--batch", "-a", "day", self.folder / "day.ics")
            found = self.held()
            self.check(schedule, found)
            # A program that keeps the highest SEQUENCE of a UID never keeps an old state.
            for event in found:
                uid, number = str(event["UID"]), int(event["SEQUENCE"])
                self.assertGreaterEqual(number, numbers.get(uid, 0))
                numbers[uid] = number
        gone = [event for event in found if event.get("STATUS") == "CANCELLED"]
        self.assertIn("Shopping", [str(event["SUMMARY"]) for event in gone])
        self.assertIn(2, numbers.values())

    def test_what_is_written_is_read_back_by_the_program_itself(self):
        schedule = self.plan(MORNING)
        agenda = json.loads(
            self.run_tool(
                *(PROGRAM, "agenda", self.folder / "day.ics", "--date", "2026-10-25", "--json"),
                *("--timezone", "Europe/Berlin"),
            )
        )
        read = sorted(event["title"] for event in agenda["events"])
        self.assertEqual(read, sorted(entry[2] for entry in of_schedule(schedule)))
        self.assertEqual(agenda["left_out"], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
