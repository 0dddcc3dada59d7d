#!/usr/bin/env python3
"""Calendars after the habits of the programs that write them, in habits/.

usage: test_habits.py MUSICSCHED SAMPLE

habits/NAME.txt is the agenda of habits/NAME.ics from October to December 2026 in Berlin. Where the
Python packages icalendar and recurring_ical_events are installed, they must find the same
instances; `OTHERWISE` has the files in which they differ, and why.
"""

import datetime
import json
import pathlib
import subprocess
import sys
import unittest
import warnings
import zoneinfo

try:
    import icalendar
    import recurring_ical_events
except ImportError:
    icalendar = None

PROGRAM = sys.argv[1]
HABITS = pathlib.Path(__file__).resolve().parent / "habits"
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
FIRST, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)
DAY = datetime.timedelta(days=1)
OTHERWISE = {
    "count": "UNTIL is a date and the start is a time: that date is the last one",
    "odd": "a TZID with a colon and without quotation marks",
    "rental": "one UID for two events",
    "slips": "times without seconds, and other values that are not allowed",
    "standard_only": "a VTIMEZONE without daylight saving time, and days that a rule does not have",
    "travel": "the time to travel to an event is an entry before it",
    "without_end": "components without an END line",
    "zones": "a TZID with a colon and without quotation marks",
}


def agenda(name, *options):
    command = [PROGRAM, "agenda", HABITS / f"{name}.ics", "--date", str(FIRST), "--days", "92"]
    command += ["--timezone", "Europe/Berlin", *options]
    result = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return result


def plain(text):
    """The text without dates that have nothing."""
    blocks = text.strip().split("\n\n")
    return "\n\n".join(block for block in blocks if "\n" in block) + "\n"


def instances_of_program(name):
    found = set()
    for event in json.loads(agenda(name, "--json").stdout)["events"]:
        if event["all_day"]:
            found.add((event["title"], event["date"], ""))
        else:
            found.add((event["title"], event["start_utc"], event["end_utc"]))
    return found


def in_utc(moment, zone):
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def instances_of_python(name):
    calendar = icalendar.Calendar.from_ical((HABITS / f"{name}.ics").read_bytes())
    zone = zoneinfo.ZoneInfo(str(calendar.get("X-WR-TIMEZONE", "Europe/Berlin")))
    begin = datetime.datetime.combine(FIRST, datetime.time(), BERLIN)
    end = datetime.datetime.combine(LAST + DAY, datetime.time(), BERLIN)
    found = set()
    for event in recurring_ical_events.of(calendar).between(begin, end):
        title, start = str(event["SUMMARY"]), event["DTSTART"].dt
        stop = event["DTEND"].dt if "DTEND" in event else start
        if event.get("STATUS") == "CANCELLED":
            continue
        if isinstance(start, datetime.datetime):
            found.add((title, in_utc(start, zone), in_utc(stop, zone)))
            continue
        while start < stop:
            if FIRST <= start <= LAST:
                found.add((title, str(start), ""))
            start += DAY
    return found


class TestHabits(unittest.TestCase):
    maxDiff = None

    def names(self):
        return sorted(path.stem for path in HABITS.glob("*.ics"))

    def test_agendas(self):
        self.assertGreaterEqual(len(self.names()), 22)
        for name in self.names():
            with self.subTest(name):
                told = agenda(name)
                if 'Standard Time": its' in told.stderr or "libical" in told.stderr:
                    self.skipTest("built without ICU or libical")
                wanted = (HABITS / f"{name}.txt").read_text(encoding="utf-8")
                self.assertEqual(plain(told.stdout), wanted)

    @unittest.skipIf(icalendar is None, "icalendar and recurring_ical_events are not installed")
    def test_same_as_python(self):
        warnings.simplefilter("ignore")
        for name in self.names():
            if name not in OTHERWISE:
                with self.subTest(name):
                    self.assertEqual(instances_of_program(name), instances_of_python(name))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
