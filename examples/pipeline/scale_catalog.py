#!/usr/bin/env python3
"""Make a song file N times as large: copy k of a row has "~k" after its track id, title and
artist, so that tracks, recordings and artists grow with the rows, while playlists and genres stay.
Deterministic, one row in memory at a time.

usage: scale_catalog.py SOURCE.csv TARGET N     TARGET ending in .csv: one file; else a folder with
one file a copy
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

RENAMED = ("track_id", "track_name", "track_artist")


def copy_rows(source: str, out: object, number: int, header: bool) -> None:
    """Write copy `number` (0: the rows as they are) of all rows to `out`."""
    with open(source, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        places = [names.index(name) for name in RENAMED]
        writer = csv.writer(out, lineterminator="\n")
        if header:
            writer.writerow(names)
        for row in rows:
            if number:
                for place in places:
                    row[place] += f"~{number}"
            writer.writerow(row)


def scale(source: str, target: str, copies: int) -> None:
    if target.endswith(".csv"):
        with open(target, "w", encoding="utf-8", newline="") as out:
            for number in range(copies):
                copy_rows(source, out, number, number == 0)
        return
    Path(target).mkdir(parents=True, exist_ok=True)
    for number in range(copies):
        with open(Path(target, f"songs-{number:05}.csv"), "w", encoding="utf-8", newline="") as out:
            copy_rows(source, out, number, True)


def main() -> None:
    if len(sys.argv) != 4 or not sys.argv[3].isdigit() or int(sys.argv[3]) < 1:
        sys.exit(__doc__)
    scale(sys.argv[1], sys.argv[2], int(sys.argv[3]))


if __name__ == "__main__":
    main()
