#!/usr/bin/env python3
"""Time reading a listening history of 300,000 plays with this library and with Python's json,
orjson and pandas, each in a process of its own.

usage: compare_history.py BENCH_HISTORY [PLAYS]

Two histories are written, in the shapes of Spotify's account data (one file) and of its extended
history (files of 16,000 plays each). The peers only parse; this library also matches songs, sorts,
and leaves duplicates out. In each process the best of three to five reads counts, in processor
time. Peers that are not installed are named and left out.
"""

import datetime
import importlib.util
import json
import pathlib
import random
import subprocess
import sys
import tempfile

TOOLS = {
    "json": "import json; load = lambda p: len(json.load(open(p, encoding='utf-8')))",
    "orjson": "import orjson; load = lambda p: len(orjson.loads(open(p, 'rb').read()))",
    "pandas": "import pandas; load = lambda p: len(pandas.read_json(p))",
}
BEGIN = datetime.datetime(2015, 1, 1)
HARNESS = """
import json, sys, time
{tool}
best, plays = None, 0
for _ in range(3):
    start = time.process_time()
    plays = sum(load(path) for path in sys.argv[1:])
    ms = (time.process_time() - start) * 1e3
    best = ms if best is None or ms < best else best
print(json.dumps({{"cpu_ms": best, "plays": plays}}))
"""


def short_play(rng, moment):
    song = int(20000 * rng.random() ** 2)
    return {
        "endTime": "%04d-%02d-%02d %02d:%02d" % moment[:5],
        "artistName": "Artist %d" % (song % 3000),
        "trackName": "Title of a Song %d" % song,
        "msPlayed": rng.randint(0, 300000),
    }


def extended_play(rng, moment):
    song = int(20000 * rng.random() ** 2)
    return {
        "ts": "%04d-%02d-%02dT%02d:%02d:%02dZ" % moment,
        "platform": "Android OS 11 API 30 (samsung, SM-G991B)",
        "ms_played": rng.randint(0, 300000),
        "conn_country": "DE",
        "ip_addr": "203.0.113.7",
        "master_metadata_track_name": "Title of a Song %d" % song,
        "master_metadata_album_artist_name": "Artist %d" % (song % 3000),
        "master_metadata_album_album_name": "Album %d" % (song % 5000),
        "spotify_track_uri": "spotify:track:%022d" % song,
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "audiobook_title": None,
        "audiobook_uri": None,
        "audiobook_chapter_uri": None,
        "audiobook_chapter_title": None,
        "reason_start": "trackdone",
        "reason_end": rng.choice(["trackdone", "fwdbtn"]),
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
    }


def write(folder, name, make, plays, size):
    rng, paths = random.Random(7), []
    for first in range(0, plays, size):
        rows = []
        for n in range(first, min(first + size, plays)):
            moment = BEGIN + datetime.timedelta(seconds=840 * n)
            rows.append(make(rng, moment.timetuple()[:6]))
        paths.append(folder / ("%s_%d.json" % (name, len(paths))))
        paths[-1].write_text(json.dumps(rows, indent=2, ensure_ascii=False), encoding="utf-8")
    return paths


def measure(command, paths):
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main():
    bench, plays = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for shape, make, size in (
            ("StreamingHistory", short_play, plays),
            ("Streaming_History_Audio", extended_play, 16000),
        ):
            paths = write(folder, shape, make, plays, size)
            megabytes = sum(path.stat().st_size for path in paths) / 1e6
            ours = measure([bench], paths)
            assert ours["plays"] == plays, ours
            print(
                "%s: %d plays, %.0f MB in %d files: %.0f ms"
                % (shape, plays, megabytes, len(paths), ours["cpu_ms"])
            )
            for tool, code in TOOLS.items():
                if not importlib.util.find_spec(tool):
                    print("  %-8s is not installed" % tool)
                    continue
                code = HARNESS.format(tool=code)
                theirs = measure([sys.executable, "-c", code], paths)
                ratio = theirs["cpu_ms"] / ours["cpu_ms"]
                print("  %-8s %6.0f ms, %.1fx" % (tool, theirs["cpu_ms"], ratio))
            for path in paths:
                path.unlink()


main()
