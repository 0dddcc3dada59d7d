#!/usr/bin/env python3
"""Compare the agenda of calendar files with the Python packages icalendar and
recurring_ical_events.

usage: compare_files.py MUSICSCHED FOLDER

FOLDER has .ics files, for example the test data of python-recurring-ical-events or of libical. Asks
both for 120 days around the first, the middle and the last start of each file, prints each
difference and exits 1. What the packages refuse is counted. A file with several calendars differs
if they revise each other's events: here, the revision with the highest SEQUENCE counts.
"""

import collections
import datetime
import pathlib
import re
import subprocess
import sys
import warnings
import zoneinfo

import icalendar
import recurring_ical_events
from compare_recurring import DAY, ours

ZONE = zoneinfo.ZoneInfo("Europe/Berlin")
DAYS = 120


def in_utc(moment):
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def theirs(data, first):
    begin = datetime.datetime.combine(first, datetime.time(), ZONE)
    end = datetime.datetime.combine(first + DAY * DAYS, datetime.time(), ZONE)
    found = set()
    for calendar in icalendar.Calendar.from_ical(data, multiple=True):
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        for event in query.between(begin, end):
            if str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            start, uid = event["DTSTART"].dt, str(event.get("UID", ""))
            stop = event["DTEND"].dt if "DTEND" in event else start
            if isinstance(start, datetime.datetime):
                stop = stop if isinstance(stop, datetime.datetime) else start
                found.add((uid, in_utc(start), in_utc(stop)))
                continue
            days = 1 if isinstance(stop, datetime.datetime) else max((stop - start).days, 1)
            dates = (start + DAY * n for n in range(days))
            found |= {
                (uid, "day", day.isoformat()) for day in dates if first <= day < first + DAY * DAYS
            }
    return found


def first_dates(data):
    """Two days before some of the starts of a file."""
    starts = sorted(
        start
        for start in re.findall(rb"DTSTART[^:\r\n]*:(\d{8})", data)
        if b"1975" <= start[:4] <= b"2090"
    )
    for start in sorted({starts[0], starts[len(starts) // 2], starts[-1]}) if starts else ():
        try:
            yield datetime.datetime.strptime(start.decode(), "%Y%m%d").date() - DAY * 2
        except ValueError:
            continue


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    counts = collections.Counter(differing=0)
    for path in sorted(pathlib.Path(sys.argv[2]).rglob("*.ics")):
        data = path.read_bytes()
        for first in first_dates(data) if b"BEGIN:VEVENT" in data else ():
            try:
                expected = theirs(data, first)
            except Exception as error:  # of any kind: these files are made to be hard
                counts["refused by Python: " + type(error).__name__] += 1
                continue
            try:
                found = ours(sys.argv[1], str(path), first, DAYS, ZONE)
            except subprocess.CalledProcessError:
                found = set()
            counts["ranges"] += 1
            counts["instances"] += len(expected)
            counts["differing"] += expected != found
            for instance in sorted(expected ^ found):
                what = "missing" if instance in expected else "extra"
                print(path.name, first, what, *instance)
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if counts["differing"] or not counts["ranges"] else 0


sys.exit(main())
