#!/usr/bin/env python3
"""Compare the agenda of generated calendars with the Python packages icalendar and
recurring_ical_events.

usage: compare_recurring.py MUSICSCHED SERIES [SEED]

MUSICSCHED is the command line program. Draws SERIES random series with recurrence rules,
exceptions, extra dates and moved instances, and asks both for all instances of a random range of
dates. Prints each difference and exits 1.
"""

import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import warnings
import zoneinfo

import icalendar
import recurring_ical_events

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Europe/Lisbon",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "UTC",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
PER_FILE = 25
DAY = datetime.timedelta(days=1)


def random_rule(rng, is_date):
    freq = rng.choice(
        ["DAILY", "DAILY", "WEEKLY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"]
    )
    parts = ["FREQ=" + freq]
    if rng.random() < 0.4:
        parts.append("INTERVAL=%d" % rng.randint(2, 4))
    if freq == "WEEKLY" and rng.random() < 0.6:
        parts.append("BYDAY=" + ",".join(rng.sample(DAYS, rng.randint(1, 4))))
        if rng.random() < 0.3:
            parts.append("WKST=" + rng.choice(["SU", "MO", "WE"]))
    if freq == "DAILY" and rng.random() < 0.3:
        parts.append("BYDAY=" + ",".join(rng.sample(DAYS, rng.randint(2, 5))))
    if freq in ("MONTHLY", "YEARLY") and rng.random() < 0.6:
        choice = rng.randint(0, 2)
        if choice == 0:
            parts.append(
                "BYMONTHDAY="
                + ",".join(
                    str(rng.choice([1, 5, 15, 28, 31, -1, -3])) for _ in range(rng.randint(1, 2))
                )
            )
        elif choice == 1:
            parts.append("BYDAY=%d%s" % (rng.choice([1, 2, 3, 4, -1]), rng.choice(DAYS)))
        else:
            parts.append("BYDAY=MO,TU,WE,TH,FR")
            parts.append("BYSETPOS=%d" % rng.choice([1, -1, 2]))
        if freq == "YEARLY":
            parts.append("BYMONTH=%d" % rng.randint(1, 12))
    return parts


def stamp(moment, is_date):
    return moment.strftime("%Y%m%d") if is_date else moment.strftime("%Y%m%dT%H%M%S")


def random_series(rng, uid):
    """Lines of one series of events."""
    is_date = rng.random() < 0.15
    zone = rng.choice(ZONES)
    start = datetime.datetime(2024, 1, 1) + DAY * rng.randint(0, 900)
    start += datetime.timedelta(minutes=15 * rng.randint(0, 95)) if not is_date else DAY * 0
    parameter = ";VALUE=DATE" if is_date else ";TZID=" + zone if zone != "UTC" else ""
    suffix = "Z" if zone == "UTC" and not is_date else ""
    length = (
        DAY * rng.randint(1, 3) if is_date else datetime.timedelta(minutes=15 * rng.randint(1, 40))
    )
    rule = random_rule(rng, is_date)
    if rng.random() < 0.3:
        rule.append("COUNT=%d" % rng.randint(1, 40))
    elif rng.random() < 0.5:
        until = start + DAY * rng.randint(0, 700)
        if is_date:
            rule.append("UNTIL=" + stamp(until, True))
        else:
            utc = until.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(datetime.timezone.utc)
            rule.append("UNTIL=" + stamp(utc, False) + "Z")
    lines = [
        "UID:" + uid,
        "SUMMARY:" + uid,
        "DTSTAMP:20240101T000000Z",
        "RRULE:" + ";".join(rule),
        "DTSTART%s:%s%s" % (parameter, stamp(start, is_date), suffix),
        "DTEND%s:%s%s" % (parameter, stamp(start + length, is_date), suffix),
    ]
    first = ["BEGIN:VEVENT", *lines]
    overrides = []
    for n in range(rng.randint(0, 3)):
        other = start + DAY * 7 * rng.randint(0, 60)
        if rng.random() < 0.5:
            first.append("EXDATE%s:%s%s" % (parameter, stamp(other, is_date), suffix))
        elif rng.random() < 0.3:
            first.append(
                "RDATE%s:%s%s"
                % (parameter, stamp(other + DAY * rng.randint(1, 5), is_date), suffix)
            )
        elif (
            "FREQ=WEEKLY" in rule
            and "INTERVAL" not in ";".join(rule)
            and "BYDAY" not in ";".join(rule)
            and "COUNT" not in ";".join(rule)
            and "UNTIL" not in ";".join(rule)
        ):
            moved = other + (DAY if is_date else datetime.timedelta(minutes=45))
            overrides += [
                "BEGIN:VEVENT",
                "UID:" + uid,
                "SUMMARY:" + uid + " moved",
                "DTSTAMP:20240101T000000Z",
                "SEQUENCE:1",
                "RECURRENCE-ID%s:%s%s" % (parameter, stamp(other, is_date), suffix),
                "DTSTART%s:%s%s" % (parameter, stamp(moved, is_date), suffix),
                "DTEND%s:%s%s" % (parameter, stamp(moved + length, is_date), suffix),
                "END:VEVENT",
            ]
    return [*first, "END:VEVENT", *overrides]


def theirs(text, first, days, zone):
    calendar = icalendar.Calendar.from_ical(text)
    begin = datetime.datetime.combine(first, datetime.time(), zone)
    end = datetime.datetime.combine(first + DAY * days, datetime.time(), zone)
    found = set()
    for event in recurring_ical_events.of(calendar).between(begin, end):
        start, stop = event["DTSTART"].dt, event["DTEND"].dt
        if not isinstance(start, datetime.datetime):
            for n in range((stop - start).days):
                date = start + DAY * n
                if first <= date < first + DAY * days:
                    found.add((str(event["UID"]), "day", date.isoformat()))
            continue
        found.add(
            (
                str(event["UID"]),
                start.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
                stop.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            )
        )
    return found


def ours(program, path, first, days, zone):
    done = subprocess.run(
        [
            program,
            "agenda",
            path,
            "--date",
            first.isoformat(),
            "--days",
            str(days),
            "--timezone",
            zone.key,
            "--json",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    found = set()
    for event in json.loads(done.stdout)["events"]:
        if event["all_day"]:
            found.add((event["uid"], "day", event["date"]))
        else:
            found.add((event["uid"], event["start_utc"], event["end_utc"]))
    return found


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, count, seed = (
        sys.argv[1],
        int(sys.argv[2]),
        int(sys.argv[3]) if len(sys.argv) > 3 else 1,
    )
    warnings.simplefilter("ignore")
    differences = instances = 0
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder, "calendar.ics"))
        for batch in range((count + PER_FILE - 1) // PER_FILE):
            rng = random.Random(seed * 1000003 + batch)
            series = {
                "s%d" % n: random_series(rng, "s%d" % n)
                for n in range(min(PER_FILE, count - batch * PER_FILE))
            }
            text = "\r\n".join(
                [
                    "BEGIN:VCALENDAR",
                    "VERSION:2.0",
                    "PRODID:-//generated//",
                    *sum(series.values(), []),
                    "END:VCALENDAR",
                    "",
                ]
            )
            pathlib.Path(path).write_text(text, encoding="utf-8", newline="")
            first = datetime.date(2024, 6, 1) + DAY * rng.randint(0, 800)
            days, zone = rng.choice([1, 7, 31]), zoneinfo.ZoneInfo(rng.choice(ZONES))
            expected, found = (
                theirs(text, first, days, zone),
                ours(program, path, first, days, zone),
            )
            instances += len(expected)
            for name, start, end in sorted(expected ^ found):
                differences += 1
                if differences <= 20:
                    print(
                        "%s %s %s: %s from %s, %d days, %s\n  %s"
                        % (
                            name,
                            start,
                            end,
                            "missing" if (name, start, end) in expected else "extra",
                            first,
                            days,
                            zone.key,
                            "\n  ".join(series[name]),
                        )
                    )
    print("%d series, %d instances, %d differences" % (count, instances, differences))
    return 1 if differences or instances == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
