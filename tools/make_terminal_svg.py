#!/usr/bin/env python3
"""Draw what a command prints as an SVG picture of a terminal, for the README.

usage: make_terminal_svg.py OUTPUT.svg COMMAND ARGUMENT...
"""

import html
import pathlib
import shlex
import subprocess
import sys
import unicodedata

WIDTH, HEIGHT = 8.43, 19  # of a character
MARGIN = 16


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def draw(title, lines):
    width = MARGIN * 2 + WIDTH * max(columns(line) for line in lines)
    height = MARGIN * 2 + HEIGHT * len(lines)
    rows = []
    for number, line in enumerate(lines):
        weight = ' font-weight="bold" fill="#9ece6a"' if line.startswith("$ ") else ""
        length = ' textLength="%.1f"' % (WIDTH * columns(line)) if line.strip() else ""
        rows.append(
            '<text x="%d" y="%d" xml:space="preserve"%s%s>%s</text>'
            % (MARGIN, MARGIN + HEIGHT * (number + 0.75), length, weight, html.escape(line))
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d"'
        ' role="img">\n<title>%s</title>\n<rect width="100%%" height="100%%" rx="8"'
        ' fill="#1a1b26"/>\n<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace"'
        ' font-size="14" fill="#c0caf5">\n%s\n</g>\n</svg>\n'
        % (width, height, width, height, html.escape(title), "\n".join(rows))
    )


def main():
    output, *command = sys.argv[1:]
    printed = subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    shown = shlex.join([pathlib.PurePath(command[0]).name, *command[1:]])
    lines = ["$ " + shown, "", *printed.rstrip("\n").expandtabs().split("\n")]
    pathlib.Path(output).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(output).write_text(draw("Output of " + shown, lines), encoding="utf-8")


main()
