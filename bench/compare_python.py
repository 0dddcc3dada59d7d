#!/usr/bin/env python3
"""The Python package beside the C library, pandas, Polars and DuckDB, on the same file, in one run.

usage: compare_python.py SONGS.csv BENCH_LOAD [--json FILE]

Needs pandas, polars, duckdb, pyarrow and the installed package (or PYTHONPATH). BENCH_LOAD is the
built bench/bench_load. Prints tables in Markdown: what was measured, and the bars with whether they
are met. --json writes both for bench/report.py. PLANS in the environment: how many plans are
scheduled (100,000). Times are the best of many, which on a shared machine is nearest to the cost
itself; what is compared is measured in turn. Other tools use as many threads as they like.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("POLARS_MAX_THREADS", str(os.cpu_count()))
import compare_load
import duckdb
import musicsched
import pandas
import polars
from bars import Bars
from compare_query import FIGURES, pandas_stats, polars_stats
from musicsched._native import ffi, lib

LOAD_ROUNDS = 5
OURS = "import musicsched; load = lambda: len(musicsched.Catalog.read_csv(path))"
LOAD_OVER_C, PANDAS_MS, GROUPS_FASTER, CALL_US, THREADS_FASTER = 1.1, 30, 10, 20, 1.7


def best(ask, repeats=15, inner=1):
    """The least time of a call, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(inner):
            ask()
        times.append((time.perf_counter() - start) / inner)
    return min(times)


class Report:
    """Rows of what was measured, and bars."""

    def __init__(self):
        self.rows, self.bars = [], Bars()

    def row(self, name, value, note=""):
        self.rows.append((name, value, note))
        print(f"{name}: {value}  {note}", file=sys.stderr, flush=True)

    def table(self):
        return "\n".join(
            [
                "| | measured | |",
                "| --- | ---: | --- |",
                *(f"| {' | '.join(row)} |" for row in self.rows),
            ]
        )


def load(report, songs, bench_load):
    """Each in processes of its own, in turn: the best of three loads, imports left out."""
    commands = {"C": [bench_load, songs, "--compare"]}
    for name, tool in {"Catalog.read_csv": OURS, **compare_load.TOOLS}.items():
        if "1 thread" not in name:
            commands[name] = [sys.executable, "-c", compare_load.HARNESS.format(tool=tool), songs]
    times = {name: [] for name in commands}
    for _ in range(LOAD_ROUNDS):
        for name, command in commands.items():
            times[name].append(compare_load.run(command)["ms"])
    least = {name: min(of_tool) for name, of_tool in times.items()}
    ours = least.pop("Catalog.read_csv")
    report.row("load by `Catalog.read_csv`", f"{ours:.1f} ms")
    report.bars.at_most(
        "Python: `Catalog.read_csv` over the C load", ours / least["C"], LOAD_OVER_C, "x"
    )
    for name, theirs in least.items():
        report.row(f"load by {name}", f"{theirs:.1f} ms", f"{theirs / ours:.2f} times ours")
        if name != "C":
            report.bars.at_least(f"Python: load, time of {name} over ours", theirs / ours, 1, "x")


NUMPY_ALONE = """
import sys, time
sys.modules["pyarrow"] = None
import musicsched
catalog, times = musicsched.Catalog.read_csv(sys.argv[1]), []
for _ in range(7):
    start = time.perf_counter()
    catalog.to_pandas()
    times.append(time.perf_counter() - start)
print(min(times))
"""


def tables(report, songs, catalog):
    ours = best(catalog.to_pandas) * 1e3
    report.row("`catalog.to_pandas()`", f"{ours:.1f} ms")
    done = subprocess.run(
        [sys.executable, "-c", NUMPY_ALONE, songs], check=True, capture_output=True, text=True
    )
    numpy_alone = float(done.stdout) * 1e3
    report.row("`catalog.to_pandas()` without pyarrow", f"{numpy_alone:.1f} ms")
    report.bars.at_most(
        "Python: the catalog to pandas, without pyarrow", numpy_alone, PANDAS_MS, " ms"
    )
    report.row("`catalog.to_polars()`", f"{best(catalog.to_polars) * 1e3:.1f} ms")
    report.bars.at_most("Python: the catalog to pandas", ours, PANDAS_MS, " ms")


def factor(ratio):
    """A ratio, with two digits if it is small."""
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


def groups(report, songs, catalog):
    """The same figures of every group by every tool, on its own loaded table; means alone for
    comparison.
    """
    frame, table, db = pandas.read_csv(songs), polars.read_csv(songs), duckdb.connect()
    coded = frame.assign(
        **{
            name: frame[name].astype("category")
            for name in ("playlist_genre", "playlist_subgenre", "track_artist")
        }
    )
    db.execute("create table songs as select * from read_csv(?)", [songs])
    for by, key in {
        "genre": "playlist_genre",
        "subgenre": "playlist_subgenre",
        "artist": "track_artist",
    }.items():
        ours = best(lambda: catalog.group_by(by, count="entries"), 15, 20)
        read = best(lambda: catalog.group_by(by, count="entries").to_dict(), 15, 5)
        report.row(
            f"`group_by({by!r}, count='entries')`, all figures",
            f"{ours * 1e6:.0f} µs",
            f"{read * 1e6:.0f} µs with every value read into Python",
        )
        for name, ask in {
            "pandas": lambda: pandas_stats(frame, key),
            "pandas (categories)": lambda: pandas_stats(coded, key),
            "Polars": lambda: polars_stats(table, key),
            "DuckDB": (
                lambda: db.execute(
                    f"select {key}, {FIGURES} from songs group by 1 order by 3 desc"
                ).fetchall()
            ),
            "pandas, mean alone": lambda: frame.groupby(key)["track_popularity"].mean(),
            "Polars, mean alone": (
                lambda: table.group_by(key).agg(polars.col("track_popularity").mean())
            ),
            "DuckDB, mean alone": (
                lambda: db.execute(
                    f"select {key}, avg(track_popularity) from songs group by 1"
                ).fetchall()
            ),
        }.items():
            theirs = best(ask, 9)
            report.row(
                f"by {by}: {name}",
                f"{theirs * 1e6:.0f} µs",
                f"{factor(theirs / ours)} times ours, {factor(theirs / read)} times with reading",
            )
            if "alone" not in name:
                report.bars.at_least(
                    f"Python: by {by}, time of {name} over ours", theirs / ours, GROUPS_FASTER, "x"
                )


def days(count):
    plans = []
    for i in range(count):
        plan = musicsched.Plan("2026-11-24").add_event(
            "Work", "09:00", "17:00", music=True, mood="focus"
        )
        plan.add_task("Gym", 3600 + 60 * (i % 20), earliest="17:00", music=True, mood="workout")
        plan.add_task("Groceries", 1800, earliest="17:00", priority=2).add_song(
            "Dance Monkey - Tones and I", must=True
        )
        plans.append(musicsched.Plan.from_json(plan.fill(900 + 60 * (i % 7)).to_json()))
    return plans


def c_time(catalog, plan, count):
    """One schedule in a loop of C, in seconds."""
    err, options, out = (
        ffi.new("msched_error *"),
        ffi.new("msched_schedule_options *"),
        ffi.new("msched_schedule *[]", count),
    )
    lib.msched_schedule_options_init(options, ffi.sizeof("msched_schedule_options"))
    flag = ffi.new("int32_t *")
    options.cancel, options.cancel_ctx = ffi.addressof(lib, "msched_py_flagged"), flag
    inputs = ffi.new("msched_plan *[]", [plan._built()] * count)
    start = time.perf_counter()
    assert lib.msched_py_schedule_range(out, catalog._handle, inputs, count, options, err) == count
    for i in range(count):
        lib.msched_schedule_unref(out[i])
    return (time.perf_counter() - start) / count


def schedules(report, catalog):
    for name, plan in {
        "an empty day": musicsched.Plan("2026-11-24"),
        "a day of work, tasks and songs": days(1)[0],
    }.items():
        catalog.schedule(plan)
        pairs = [
            (c_time(catalog, plan, 40), best(lambda: catalog.schedule(plan), 1, 40))
            for _ in range(25)
        ]
        c, python = (min(times) * 1e6 for times in zip(*pairs))
        report.row(f"schedule of {name}", f"{python:.1f} µs", f"in C {c:.1f} µs")
        report.bars.at_most(
            f"Python: a schedule call over the C time, {name}", python - c, CALL_US, " µs"
        )


def many(report, catalog, count):
    plans = (days(1000) * -(-count // 1000))[:count]
    rounds = []
    for _ in range(3):
        times = []
        for threads in (1, 2):
            start = time.perf_counter()
            made = catalog.schedule_many(plans, threads=threads)
            times.append(time.perf_counter() - start)
            del made
        rounds.append(times)
    one, two = (min(times) for times in zip(*rounds))
    report.row(f"{count:,} plans by `schedule_many`, 1 thread", f"{one:.2f} s")
    report.row(
        f"{count:,} plans by `schedule_many`, 2 threads",
        f"{two:.2f} s",
        f"median of the rounds {statistics.median(a / b for a, b in rounds):.2f}x",
    )
    report.bars.at_least(
        f"Python: {count:,} plans, one thread's time over that of two",
        one / two,
        THREADS_FASTER,
        "x",
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("songs")
    parser.add_argument("bench_load")
    parser.add_argument("--json")
    args = parser.parse_args()
    catalog, report = musicsched.Catalog.read_csv(args.songs), Report()
    catalog.prepare()
    load(report, args.songs, args.bench_load)
    tables(report, args.songs, catalog)
    groups(report, args.songs, catalog)
    schedules(report, catalog)
    many(report, catalog, int(os.environ.get("PLANS", "100000")))
    print(
        f"pandas {pandas.__version__}, Polars {polars.__version__}, DuckDB {duckdb.__version__},"
        f" Python {sys.version.split()[0]}, {os.cpu_count()} cores, load average"
        f" {os.getloadavg()[0]:.1f} at the end\n\n{report.table()}\n\n{report.bars.table()}"
    )
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump({"table": report.table(), "bars": report.bars.rows}, file)


if __name__ == "__main__":
    main()
