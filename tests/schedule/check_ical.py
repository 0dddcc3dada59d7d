#!/usr/bin/env python3
"""Read the golden .ics files with the icalendar package and compare every time with its own time
zone data.

usage: check_ical.py GOLDEN_DIR

Each calendar is read twice: as it is, and with its TZID replaced by a name that nobody knows, so
that only its own VTIMEZONE can say what the times mean. Exit status 77 (skipped) without the
package.
"""

import datetime
import pathlib
import re
import sys

try:
    import icalendar
except ImportError:
    print("skipped: the Python package icalendar is not installed (pip install icalendar)")
    sys.exit(77)

UTC = datetime.timezone.utc


def moments(data):
    """uid -> (start, end) in UTC, or naive where the calendar floats."""
    out = {}
    calendar = icalendar.Calendar.from_ical(data)
    for event in calendar.walk("VEVENT"):
        uid, start = str(event["UID"]), event["DTSTART"].dt
        assert uid not in out, f"UID {uid} comes twice"
        assert "DTSTAMP" in event and "SUMMARY" in event
        if start.tzinfo is not None:
            start = start.astimezone(UTC)
        if "DTEND" in event:
            end = event["DTEND"].dt
            end = end.astimezone(UTC) if end.tzinfo is not None else end
        else:
            end = start + event["DURATION"].dt
        assert start < end, f"{uid} has no length"
        out[uid] = (start, end)
    return out


def check(path):
    data = path.read_bytes()
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b""), (
        "lines must end in CRLF"
    )
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "a line is longer than 75 octets"
    data.decode("utf-8")
    known = moments(data)
    zone = re.search(rb"TZID:(\S+)", data)
    if zone:
        private = moments(data.replace(zone.group(1), f"X-Unknown/{path.stem}".encode()))
        assert private == known, (
            f"VTIMEZONE and the system's zone disagree: {set(private.items()) ^ set(known.items())}"
        )
    return known


def main():
    root = pathlib.Path(sys.argv[1])
    files = sorted(root.glob("*.ics"))
    assert len(files) >= 9
    days = {path.stem: check(path) for path in files}

    def length(day, item):
        start, end = next(v for k, v in days[day].items() if f"-1-{item}@" in k)
        return (end - start).total_seconds()

    # A night shift across the change is really an hour (half an hour at Lord Howe) shorter or
    # longer; songs keep their length.
    usual = 4.25 * 3600
    for zone, jump in (("new-york", 3600), ("berlin", 3600), ("lord-howe", 1800)):
        assert length(f"{zone}-spring", "night") == usual - jump
        assert length(f"{zone}-autumn", "night") == usual + jump
        for season in ("spring", "autumn"):
            for item, seconds in (
                ("0nbXyq5TXYPCO7pr3N8S4I", 197),
                ("2XU0oxnq2qxCpomAAuJY8K", 210),
                ("across", 3600),
            ):
                assert length(f"{zone}-{season}", item) == seconds, (zone, season, item)
    print(f"{len(files)} calendars, {sum(map(len, days.values()))} events: all agree")


main()
