#!/usr/bin/env python3
"""Draw ten ordinary days without and with level 8 as an SVG picture, two columns a day.

usage: make_days_svg.py OUTPUT.svg SCHEDULE_BATCH CATALOG.csv

SCHEDULE_BATCH is tests/schedule/schedule_batch of a build. The days are those of the seeds 1 to 10
of tests/schedule/verify/ordinary_day.py.
"""

import html
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/schedule/verify"))

import day
import ordinary_day
from day import seconds

DAYS, ROWS = 10, 2
COLUMN, LEFT, TOP, HOUR, FIRST, LAST = 92, 40, 44, 26, 7, 23
COLORS = {"event": "#c9d3e6", "task": "#cfe8c6", "wanted": "#e8a33d", "fill": "#8a6fc0"}


def hours(text):
    return seconds(text) / 3600


def box(x, y, width, height, kind):
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 1.5):.1f}"'
        f' rx="1.5" fill="{COLORS[kind]}"/>'
    )


def draw_entry(entry, x, top):
    y = top + (hours(entry["start"]) - FIRST) * HOUR
    height = (hours(entry["end"]) - hours(entry["start"])) * HOUR
    if entry["kind"] == "song":
        kind = "wanted" if "wanted" in entry else "fill"
        return box(x + COLUMN - 19, y, 14, height - 0.4, kind)
    text = html.escape(entry["title"])
    label = f'<text x="{x + 4:.1f}" y="{y + min(height, 13) - 3:.1f}">{text}</text>'
    kind = "event" if entry.get("fixed") else "task"
    return box(x, y + 0.4, COLUMN - 3, height - 0.8, kind) + (label if height > 8 else "")


def draw_column(schedule, heading, x, top):
    out = [f'<text x="{x + 3}" y="{top - 6}" fill="#777777">{heading}</text>']
    for kind in ("todo", "song"):
        out += [draw_entry(e, x, top) for e in schedule["entries"] if e["kind"] == kind]
    return out


def draw_day(number, pair, x, top):
    out = [f'<text x="{x + 3}" y="{top - 22}" font-weight="bold">Day {number}</text>']
    for k, heading in enumerate(("without", "with level 8")):
        out += draw_column(pair[k], heading, x + k * COLUMN, top)
    return out


def draw_hours(top, width):
    out = []
    for hour in range(FIRST, LAST + 1):
        y = top + (hour - FIRST) * HOUR
        out.append(f'<line x1="{LEFT}" y1="{y}" x2="{width - 6}" y2="{y}" stroke="#e8e8e8"/>')
        out.append(f'<text x="5" y="{y + 4}" fill="#777777">{hour:02}:00</text>')
    return out


def draw(pairs):
    per_row = DAYS // ROWS
    width = LEFT + per_row * (2 * COLUMN + 12) + 6
    row_height = TOP + (LAST - FIRST) * HOUR + 12
    height = ROWS * row_height
    out = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="9">'
        ),
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for row in range(ROWS):
        out += draw_hours(row * row_height + TOP, width)
    for k, pair in enumerate(pairs):
        x = LEFT + k % per_row * (2 * COLUMN + 12)
        out += draw_day(k + 1, pair, x, k // per_row * row_height + TOP)
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    tracks = list(day.load_tracks(sys.argv[3]))
    plans = [ordinary_day.draw(seed, tracks) for seed in range(1, DAYS + 1)]
    answers = day.run(
        sys.argv[2],
        sys.argv[3],
        [{"plan": plan, "options": {"no_order": k}} for plan in plans for k in (1, 0)],
    )
    pairs = list(zip(answers[::2], answers[1::2]))
    pathlib.Path(sys.argv[1]).write_text(draw(pairs), encoding="utf-8")


main()
