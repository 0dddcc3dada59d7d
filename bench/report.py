#!/usr/bin/env python3
"""Compare loading, memory, statistics and lookup with other tools in one run, and write
docs/benchmarks.md.

usage: bench/report.py BUILD SONGS.csv [--docs FILE] [--readme FILE]

BUILD is a release build with benchmarks (make benchmarks). Prints the tables; --docs writes them to
FILE, and --readme puts the short table between the marks in FILE. The page names missed goals. The
exit status stays 0, because timings depend on the machine.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile

os.environ["POLARS_MAX_THREADS"] = "1"
import compare_load
import compare_query
import duckdb
import pandas
import polars
from bars import Bars, bulleted

MARKS = "<!-- speed: written by make benchmarks -->", "<!-- speed ends -->"
LOAD_ROUNDS = 5
GROUPS_MAX_US, TOP_MAX_US, FIND_MAX_US, SUGGEST_MAX_US = 150, 100, 500, 50
TIMES_FASTER = 20
SCHEDULE_CALL = "Python: a schedule call over the C time, a day of work, tasks and songs"


def load_part(build, songs, bars):
    text = subprocess.run(
        [f"{build}/bench/bench_load", songs, "31"], check=True, capture_output=True, text=True
    ).stdout
    best = {
        name: float(re.search(rf"{name}\s+([\d.]+)", text)[1])
        for name in ("bare libcsv", "musicsched load", "ratio")
    }
    held, times_file, peak = map(
        float,
        re.search(r"([\d.]+) MB after prepare \(([\d.]+) times.*?([\d.]+) MB at", text).groups(),
    )
    bars.at_most(
        "load in one thread, over a bare libcsv parse of the same bytes", best["ratio"], 1.6, "x"
    )
    bars.at_most(
        "memory of the loaded catalog with its indexes, over the file's size", times_file, 1.2, "x"
    )
    commands = {
        "musicsched": [f"{build}/bench/bench_load", songs, "--compare"],
        "musicsched (1 thread)": [f"{build}/bench/bench_load", songs, "--compare-1"],
    }
    for name, tool in compare_load.TOOLS.items():
        commands[name] = [sys.executable, "-c", compare_load.HARNESS.format(tool=tool), songs]
    runs = {name: [] for name in commands}
    for _ in range(LOAD_ROUNDS):
        for name, command in commands.items():
            runs[name].append(compare_load.run(command))
    times = {name: min(run["ms"] for run in of_tool) for name, of_tool in runs.items()}
    lines = [
        "| | best ms | median ms | times ours | peak of the process, MiB |",
        "| --- | ---: | ---: | ---: | ---: |",
        f"| bare libcsv, from memory | {best['bare libcsv']:.2f} | | | |",
        f"| musicsched (1 thread), from memory | {best['musicsched load']:.2f} | | | |",
    ]
    for name, of_tool in runs.items():
        median = statistics.median(run["ms"] for run in of_tool)
        peak_mib = max(run["peak_kib"] for run in of_tool) / 1024
        lines.append(
            f"| {name}, from the path | {times[name]:.2f} | {median:.2f} |"
            f" {times[name] / times['musicsched']:.2f} | {peak_mib:.0f} |"
        )
        if not name.startswith("musicsched"):
            bars.at_least(
                f"load: time of {name} over ours", times[name] / times["musicsched"], 1, "x"
            )
    resident = runs["musicsched"][0]["resident_kib"] * 1024 / os.path.getsize(songs)
    bars.at_most(
        "resident memory that a load adds to the process, over the file's size", resident, 2, "x"
    )
    memory = (
        f"Memory after the load, with the search index and rankings: {held:.2f} MB"
        f" ({times_file:.2f} times the file); at the peak of the load, {peak:.2f} MB."
    )
    return "\n".join(lines) + "\n\n" + memory


def own_queries(build, songs):
    """Least of three medians, so that a disturbed run does not count."""
    figures = {}
    for _ in range(3):
        text = subprocess.run(
            [f"{build}/bench/bench_query", songs], check=True, capture_output=True, text=True
        ).stdout
        for name, value in (line.split("\t") for line in text.splitlines()):
            figures[name] = min(float(value), figures.get(name, float("inf")))
    return figures


def query_part(ours, songs, bars):
    frame, table, db = pandas.read_csv(songs), polars.read_csv(songs), duckdb.connect()
    db.execute("set threads = 1")
    db.execute("create table songs as select * from read_csv(?)", [songs])
    lines = [
        "| query | ours, µs | Polars | DuckDB | pandas |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]

    def ask(name, *questions):
        times = [compare_query.median_us(question) for question in questions]
        lines.append(
            f"| {name.removesuffix(', all read')} | {ours[name]:.1f} | "
            + " | ".join(f"{t:.0f} ({t / ours[name]:.0f}x)" for t in times)
            + " |"
        )
        for tool, time in zip(("Polars", "DuckDB"), times):
            bars.at_least(f"{name}: time of {tool} over ours", time / ours[name], TIMES_FASTER, "x")

    for question, key in compare_query.QUESTIONS.items():
        name = question + ", all read"
        sql = f"select {key}, {compare_query.FIGURES} from songs group by 1 order by 3 desc"
        ask(
            name,
            lambda: compare_query.polars_stats(table, key),
            lambda: db.execute(sql).fetchall(),
            lambda: compare_query.pandas_stats(frame, key),
        )
    ask(
        "top-10",
        lambda: table.top_k(10, by="track_popularity"),
        lambda: db.execute(
            "select * from songs order by track_popularity desc limit 10"
        ).fetchall(),
        lambda: frame.nlargest(10, "track_popularity"),
    )
    return "\n".join(lines)


def group_part(ours, bars):
    units = ["entries", "tracks", "recordings"]
    keys = [name.split(",")[0] for name in ours if name.endswith(", entries")]
    lines = [
        "| µs | " + " | ".join(units) + " | entries, all groups read |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for key in keys:
        times = [ours[f"{key}, {unit}"] for unit in units]
        shown = [*times, ours[f"{key}, entries, all read"]]
        lines.append(f"| {key} | " + " | ".join(f"{time:.0f}" for time in shown) + " |")
        for unit, time in zip(units, times):
            bars.at_most(f"statistics {key}, {unit}", time, GROUPS_MAX_US, " µs")
    bars.at_most("top-10", ours["top-10"], TOP_MAX_US, " µs")
    index = (
        "The index for these queries is built once, by the first query or by"
        f" `msched_catalog_prepare`: {ours['group index, built once'] / 1000:.1f} ms,"
        f" {ours['group index, bytes'] / 1e6:.2f} MB."
    )
    return "\n".join(lines) + "\n\n" + index


def lookup_part(ours, bars):
    rows = [
        ("find title and artist, a mistake", FIND_MAX_US),
        ("find title, a mistake", FIND_MAX_US),
        ("suggest", SUGGEST_MAX_US),
    ]
    lines = [
        "| over 1,000 real titles, minimum of three runs each | median µs | 99th percentile µs |",
        "| --- | ---: | ---: |",
    ]
    for name, bar in rows:
        high = ours[name + ", 99th percentile"]
        lines.append(f"| {name} | {ours[name]:.1f} | {high:.0f} |")
        bars.at_most(f"{name}, median", ours[name], bar, " µs")
    index = (
        "The search index is built once, by the first lookup or by `msched_catalog_prepare`:"
        f" {ours['search index, built once'] / 1000:.1f} ms,"
        f" {ours['search index, bytes'] / 1e6:.2f} MB."
    )
    return "\n".join(lines) + "\n\n" + index


def schedule_part(build, songs, bars):
    """Days drawn from seeds by bench_schedule: {day: {figure: text}} and the table."""
    text = subprocess.run(
        [f"{build}/bench/bench_schedule", songs, "100"], check=True, capture_output=True, text=True
    ).stdout
    rows = re.findall(
        r"^(.+?)\s+[\d.]+\s+([\d.]+)\s+([\d.]+)\s+[\d.]+"
        r"\s+([\d.]+) %\s+(\d+) kB\s+(p50|p99) <= (\d+)$",
        text,
        re.M,
    )
    lines = [
        (
            "| 100 days each, the fastest of 5 runs | median µs | 99th percentile µs | proved"
            " optimal | peak memory, kB |"
        ),
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    days = {}
    for day, median, high, proved, memory, figure, bar in rows:
        lines.append(f"| {day} | {median} | {high} | {proved} % | {memory} |")
        days[day] = {"p50": float(median), "p99": float(high), "proved": float(proved)}
        bars.at_most(f"schedule, {day}, {figure}", days[day][figure], float(bar), " µs")
    bars.at_least(
        "schedule, 30 tasks, load 1.3: proved optimal",
        days["30 tasks, load 1.3, everything"]["proved"],
        60,
        " %",
    )
    return days, "\n".join(lines)


def python_part(build, songs, bars):
    """The Python package, in a process of its own, where Polars has its threads."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "compare_python.py")
    env = {name: value for name, value in os.environ.items() if name != "POLARS_MAX_THREADS"}
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run(
            [sys.executable, script, songs, f"{build}/bench/bench_load", "--json", file.name],
            check=True,
            env=env,
            stdout=subprocess.DEVNULL,
        )
        found = json.load(file)
    bars.rows += map(tuple, found["bars"])
    return found["table"]


def load_threads():
    """The threads that share a load of ours."""
    return min(os.cpu_count() or 1, 4)


def machine():
    model = re.search(r"model name\s*:\s*(.*)", open("/proc/cpuinfo").read())
    return (
        f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
        f" {platform.machine()}, load average {os.getloadavg()[0]:.1f} at the end"
    )


def rounded(measured):
    """A figure with its unit, with three digits."""
    return re.sub(r"[\d.]+", lambda number: f"{float(number[0]):.3g}", measured)


def put_between_marks(path, text):
    before, _, rest = open(path).read().partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not end:
        sys.exit(f"{path} lacks the marks {MARKS[0]} and {MARKS[1]}")
    open(path, "w").write(f"{before}{MARKS[0]}\n{text}\n{end}{after}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build")
    parser.add_argument("songs")
    parser.add_argument("--docs")
    parser.add_argument("--readme")
    args = parser.parse_args()
    bars, ours = Bars(), own_queries(args.build, args.songs)
    load = load_part(args.build, args.songs, bars)
    groups = group_part(ours, bars)
    lookup = lookup_part(ours, bars)
    query = query_part(ours, args.songs, bars)
    days, schedule = schedule_part(args.build, args.songs, bars)
    python = python_part(args.build, args.songs, bars)
    missed = bars.missed()
    text = f"""# Speed and memory

`make benchmarks` (`bench/report.py`) writes this page in one run on {machine()}, with pandas
{pandas.__version__}, Polars {polars.__version__} and DuckDB {duckdb.__version__};
{os.path.getsize(args.songs) / 1e6:.2f} MB of songs. "Ours" is libmusicsched. Every tool runs as
its documentation recommends, with default options. For loads, each tool chooses its number of
threads (ours: {load_threads()}). The queries below use one thread in every tool. Measure on a quiet
machine, because other work changes the figures.

Missed goals:{bulleted(missed)}

## Load

{load}

## Statistics on the same loaded table

Each query returns n, mean, standard deviation, minimum, maximum, quartiles and share of zeros of
every group, sorted by mean, and reads every figure. Each ratio in brackets is relative to our time.

{query}

## Every grouping over all rows

An entry is a row, a track is an id, and a recording is a title by an artist. The time includes
grouping and counting all rows, ordering all groups, and reading the figures of the first 100 groups
(one page). Quartiles, deviation and interval are computed when a group is read. The last column
includes reading all groups; there are about 10,000 artists.

{groups}

## Lookup

{lookup}

## Scheduling

`bench_schedule` draws random days from seeds. The load of a day is the length of its tasks as a
share of the time that events leave. "No fill order" keeps the songs of the fill in the order in
which they were found. "Without fixes" skips the search for fixes, and "everything" includes it.
[Scheduler benchmarks](scheduler-benchmarks.md) compares the scheduler with CP-SAT and exhaustive
search.

{schedule}

## Python

These are the same queries through the Python package `musicsched`, in one process; here the other
tools choose their number of threads. Every load runs in a separate process. `group_by` returns the
statistics above; "with reading" includes converting every value to a Python object.

{python}

## Goals

{bars.table()}
"""
    print(text)
    if args.docs:
        open(args.docs, "w").write(text)
    if args.readme:
        faster = {
            tool: value
            for name, value, _, _ in bars.rows
            for tool in [re.match(r"load: time of (.*) over ours", name)]
            if tool
        }
        loads = ", ".join(
            f"{tool[1]} {float(value[:-1]):.1f}x"
            for tool, value in faster.items()
            if "thread" not in tool[1]
        )
        slowest = max(
            time
            for name, time in ours.items()
            if name.startswith("by ") and not name.endswith("all read")
        )
        typical, overbooked = (
            days["typical day, everything"],
            days["30 tasks, load 1.3, everything"],
        )
        put_between_marks(
            args.readme,
            "\n".join(
                [
                    "| on the real data set | |",
                    "| --- | --- |",
                    "| schedule a typical day with an hour of ordered fill | "
                    f"{typical['p50']:.0f} µs at the median, {typical['proved']:.0f} % "
                    "proved optimal |",
                    "| schedule an overbooked day of 30 tasks, with fixes | "
                    f"{overbooked['p50'] / 1000:.1f} ms at the median, "
                    f"{overbooked['proved']:.0f} % proved optimal |",
                    f"| load ({os.path.getsize(args.songs) / 1e6:.1f} MB) | "
                    f"{bars.rows[0][1]} the time of a bare libcsv parse, in one thread; other "
                    f"tools, relative to ours in {load_threads()} threads: {loads} |",
                    f"| memory of the loaded catalog | {bars.rows[1][1]} the file size |",
                    f"| statistics by genre, over all rows | {ours['by genre, entries']:.0f} "
                    f"µs; the slowest grouping {slowest:.0f} µs |",
                    f"| the ten most popular songs | {ours['top-10']:.1f} µs |",
                    f"| find a misspelled title | {ours['find title, a mistake']:.0f} µs |",
                    f"| suggest while typing | {ours['suggest']:.1f} µs |",
                    "| from Python | a load takes "
                    f"{rounded(bars.value('Python: `Catalog.read_csv` over the C load'))} "
                    "the time of C, and a schedule call "
                    f"{rounded(bars.value(SCHEDULE_CALL))} more |",
                ]
            ),
        )


if __name__ == "__main__":
    main()
