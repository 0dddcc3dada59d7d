#!/usr/bin/env python3
"""Draw a schedule as an SVG picture, a column a date.

usage: make_week_svg.py OUTPUT.svg SCHEDULE.json
"""

import datetime
import html
import json
import pathlib
import sys

LEFT, TOP = 44, 34  # margins
WIDTH, HOUR = 132, 30  # of a date; the height of an hour
DAY_WIDTH, DAY_HOUR = 360, 56  # in a plan of one date
COLORS = {"event": "#c9d3e6", "task": "#cfe8c6", "song": "#e8a33d"}


def hours(text):
    parts = [int(p) for p in text.split(":")]
    return parts[0] + parts[1] / 60 + (parts[2] if len(parts) > 2 else 0) / 3600


def box(x, y, width, height, kind):
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 1.5):.1f}"'
        f' rx="2" fill="{COLORS[kind]}"/>'
    )


def end_of(entry):
    """In hours of the first clock, also where clocks change in between."""
    if "end_utc" not in entry:
        return hours(entry["end"])
    start, end = (datetime.datetime.fromisoformat(entry[side]) for side in ("start_utc", "end_utc"))
    return hours(entry["start"]) + (end - start).total_seconds() / 3600


def draw_entry(entry, column, first, wide, high):
    x = LEFT + column * wide + 3
    y = TOP + (hours(entry["start"]) - first) * high
    height = (end_of(entry) - hours(entry["start"])) * high
    if entry["kind"] == "song":
        return box(x + wide - 20, y, 13, height - 0.5, "song")
    text = html.escape(f"{entry['start'][:5]} {entry['title']}")
    label = f'<text x="{x + 5}" y="{y + min(height, 15) - 3.5:.1f}">{text}</text>'
    kind = "event" if entry.get("fixed") else "task"
    return box(x, y + 0.5, wide - 6, height - 1, kind) + label


def draw(schedule):
    entries = schedule["entries"]
    start = datetime.date.fromisoformat(schedule["date"])
    column_of = [
        (datetime.date.fromisoformat(e.get("date", schedule["date"])) - start).days for e in entries
    ]
    days = max(column_of) + 1
    wide, high = (WIDTH, HOUR) if days > 1 else (DAY_WIDTH, DAY_HOUR)
    first = int(min(hours(e["start"]) for e in entries))
    end = int(max(map(end_of, entries)) + 0.99)
    width, height = LEFT + days * wide + 8, TOP + (end - first) * high + 8
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for hour in range(first, end + 1):
        y = TOP + (hour - first) * high
        out.append(f'<line x1="{LEFT}" y1="{y}" x2="{width - 8}" y2="{y}" stroke="#e4e4e4"/>')
        out.append(f'<text x="6" y="{y + 4}" fill="#777777">{hour % 24:02}:00</text>')
    for column in range(days):
        date = start + datetime.timedelta(days=column)
        out.append(
            f'<text x="{LEFT + column * wide + 6}" y="20" font-weight="bold">'
            f"{date:%a} {date.day} {date:%b}</text>"
        )
    for kind in ("todo", "song"):
        for entry, column in zip(entries, column_of):
            if entry["kind"] == kind:
                out.append(draw_entry(entry, column, first, wide, high))
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    schedule = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    pathlib.Path(sys.argv[1]).write_text(draw(schedule), encoding="utf-8")


if __name__ == "__main__":
    main()
