#!/usr/bin/env python3
"""Run a language's acceptance script with what all of them share.

usage: run.py --sample CSV --plan TEXT --schedule JSON --cases TSV --marks TSV --replanned JSON
              --assumed JSON --calendar ICS --agenda JSON --with-calendar JSON
              --mix M3U --match JSON --history JSON --heard JSON --with-songs JSON [--quick]
              [--interrupt signal|line] -- COMMAND...

The script finds in its environment: MUSICSCHED_TEST_SAMPLE, _PLAN, _SCHEDULE (what the command line
program says to that plan), _CASES, _MARKS (what has become of that day at 18:00), _REPLANNED and
_ASSUMED (what the program says then: with the marks, and with --assume-done instead), _CALENDAR,
_AGENDA and _WITH_CALENDAR (the agenda of 2026-11-24 in Berlin, and the day with that calendar);
_MIX (a playlist), _MATCH (its match), _HISTORY (a listening history), _HEARD (its summary in
Berlin) and _WITH_SONGS (the day with the playlist, avoiding what was heard in 30 days);
MUSICSCHED_TEST_REAL, the real data set, or "" where it is not there; MUSICSCHED_TEST_OBJECTS, how
many objects to make and drop, and whether to look at the memory (MUSICSCHED_TEST_MEMORY).

With --interrupt, MUSICSCHED_TEST_FIFO names a pipe with a CSV that never ends. Once the script is
reading it, it gets a SIGINT (or a line on its standard input, for a language that is interrupted
otherwise) and must print "interrupted" and exit 0. Then the same with MUSICSCHED_TEST_HARD, a
plan's text that the script says "scheduling" to and schedules again and again.
"""

import argparse
import errno
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
# More than any pipe holds: who has taken so much is loading.
BEGUN = 4 << 20
NEVER_STOPPED = 1 << 30


def real_catalog():
    named = os.environ.get("MUSICSCHED_CSV")
    places = (
        [pathlib.Path(named)]
        if named
        else [ROOT / "../shared/data/spotify_songs.csv", ROOT / "data/spotify_songs.csv"]
    )
    return next((str(path.resolve()) for path in places if path.is_file()), "")


def endless_rows():
    yield b"track_id,track_name,track_artist,track_popularity,duration_ms\n"
    number = 0
    while True:
        yield b"".join(
            b"id%d,Title %d,Artist %d,50,200000\n" % (n, n, n % 1000)
            for n in range(number, number + 1000)
        )
        number += 1000


def open_for(process, fifo):
    """The writing end, once `process` has opened the other one; None where it ended without."""
    while process.poll() is None:
        try:
            end = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as problem:
            if problem.errno != errno.ENXIO:
                raise
            time.sleep(0.01)
        else:
            os.set_blocking(end, True)
            return open(end, "wb", buffering=0)
    return None


def hard_plan():
    """Much to choose among, so that most of the time goes into the search."""
    tasks = [
        "T%d %dm after %d:00 !%d" % (n, 7 + n * 37 % 101, 8 + n % 9, 1 + n % 4) for n in range(150)
    ]
    return "\n".join(["date: 2026-11-24", "day: 8:00-20:00", *tasks, ""])


def tell(process, how):
    if how == "signal":
        process.send_signal(signal.SIGINT)
    else:
        process.stdin.write(b"stop\n")
        process.stdin.flush()


def interrupt_schedule(command, environment, how):
    process = subprocess.Popen(
        command,
        env={**environment, "MUSICSCHED_TEST_HARD": hard_plan()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    if process.stdout.readline() != b"scheduling\n":
        process.kill()
        return 1
    time.sleep(0.5)
    tell(process, how)
    try:
        output, _ = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        sys.exit("it went on scheduling after the interrupt")
    print("scheduling:", output.decode(), "status", process.returncode)
    return 0 if process.returncode == 0 and b"interrupted" in output.split() else 1


def interrupt(command, environment, how):
    with tempfile.TemporaryDirectory() as folder:
        fifo = os.path.join(folder, "endless.csv")
        os.mkfifo(fifo)
        process = subprocess.Popen(
            command,
            env={**environment, "MUSICSCHED_TEST_FIFO": fifo},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        written = 0
        told = False
        pipe = open_for(process, fifo)
        if pipe is None:
            return 1
        try:
            with pipe:
                for rows in endless_rows():
                    pipe.write(rows)
                    written += len(rows)
                    if written > BEGUN and not told:
                        told = True
                        tell(process, how)
                    if written > NEVER_STOPPED:
                        process.kill()
                        sys.exit("it went on loading after the interrupt")
        except BrokenPipeError:
            pass
        output, _ = process.communicate()
        sys.stdout.buffer.write(output)
        print("stopped after %d bytes, status %d" % (written, process.returncode))
        return 0 if told and process.returncode == 0 and b"interrupted" in output.split() else 1


def main():
    parser = argparse.ArgumentParser()
    names = ["sample", "plan", "schedule", "cases", "marks", "replanned", "assumed"]
    names += ["calendar", "agenda", "with-calendar"]
    for name in [*names, "mix", "match", "history", "heard", "with-songs"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--interrupt", choices=["signal", "line"])
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    environment = {
        **os.environ,
        "MUSICSCHED_TEST_SAMPLE": os.path.abspath(given.sample),
        "MUSICSCHED_TEST_PLAN": os.path.abspath(given.plan),
        "MUSICSCHED_TEST_SCHEDULE": os.path.abspath(given.schedule),
        "MUSICSCHED_TEST_CASES": os.path.abspath(given.cases),
        "MUSICSCHED_TEST_MARKS": os.path.abspath(given.marks),
        "MUSICSCHED_TEST_REPLANNED": os.path.abspath(given.replanned),
        "MUSICSCHED_TEST_ASSUMED": os.path.abspath(given.assumed),
        "MUSICSCHED_TEST_CALENDAR": os.path.abspath(given.calendar),
        "MUSICSCHED_TEST_AGENDA": os.path.abspath(given.agenda),
        "MUSICSCHED_TEST_WITH_CALENDAR": os.path.abspath(given.with_calendar),
        "MUSICSCHED_TEST_MIX": os.path.abspath(given.mix),
        "MUSICSCHED_TEST_MATCH": os.path.abspath(given.match),
        "MUSICSCHED_TEST_HISTORY": os.path.abspath(given.history),
        "MUSICSCHED_TEST_HEARD": os.path.abspath(given.heard),
        "MUSICSCHED_TEST_WITH_SONGS": os.path.abspath(given.with_songs),
        "MUSICSCHED_TEST_REAL": "" if given.quick else real_catalog(),
        "MUSICSCHED_TEST_OBJECTS": "100" if given.quick else "10000",
        "MUSICSCHED_TEST_MEMORY": "" if given.quick else "1",
    }
    if given.interrupt:
        return interrupt(given.command, environment, given.interrupt) or interrupt_schedule(
            given.command, environment, given.interrupt
        )
    return subprocess.run(given.command, env=environment, check=False).returncode


sys.exit(main())
