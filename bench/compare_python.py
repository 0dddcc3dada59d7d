#!/usr/bin/env python3
"""The Python package beside the C library, pandas, Polars and DuckDB, on the same file, in one run.

usage: compare_python.py SONGS.csv [BENCH_LOAD]
Needs pandas, polars, duckdb, pyarrow and the installed package (or PYTHONPATH). BENCH_LOAD, the built bench/bench_load, adds the
time of the C load. Times are the best of many, which on a shared machine is nearest to the cost itself.
"""
import json
import os
import statistics
import subprocess
import sys
import time

import duckdb
import musicsched
import pandas
import polars
from musicsched._native import ffi, lib


def best(ask, repeats=15, inner=1):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(inner):
            ask()
        times.append((time.perf_counter() - start) / inner)
    return min(times)


def row(name, value, note=""):
    print(f"{name:58}{value:>14}  {note}", flush=True)


def load(songs, bench_load):
    ours = best(lambda: musicsched.Catalog.read_csv(songs), 25)
    row("load: Catalog.read_csv", f"{ours * 1e3:.1f} ms")
    if bench_load:
        result = json.loads(subprocess.run([bench_load, songs, "--compare"], check=True, capture_output=True, text=True).stdout)
        row("load: C", f"{result['ms']:.1f} ms", f"Python is {ours * 1e3 / result['ms']:.2f} times it (to be at most 1.1)")
    db = duckdb.connect()
    for name, ask in {
        "pandas.read_csv": lambda: pandas.read_csv(songs),
        "pandas.read_csv (pyarrow)": lambda: pandas.read_csv(songs, engine="pyarrow"),
        "polars.read_csv": lambda: polars.read_csv(songs, infer_schema_length=None),
        "duckdb": lambda: db.execute("create or replace table loaded as select * from read_csv(?)", [songs]),
    }.items():
        theirs = best(ask, 7)
        row(f"load: {name}", f"{theirs * 1e3:.1f} ms", f"{theirs / ours:.1f} times ours")


def tables(catalog):
    row("catalog.to_pandas()", f"{best(catalog.to_pandas) * 1e3:.1f} ms", "to be at most 30 ms")
    row("catalog.to_polars()", f"{best(catalog.to_polars) * 1e3:.1f} ms")


FIGURES = ("count(*), avg(track_popularity), stddev_samp(track_popularity), min(track_popularity), "
           "quantile_cont(track_popularity, [0.25, 0.5, 0.75]), max(track_popularity), avg((track_popularity = 0)::int)")


def pandas_stats(frame, key):
    column = frame.groupby(key)["track_popularity"]
    figures = column.agg(["count", "mean", "std", "min", "max"])
    figures[["q1", "median", "q3"]] = column.quantile([0.25, 0.5, 0.75]).unstack()
    return figures.sort_values("mean", ascending=False)


def polars_stats(frame, key):
    p = polars.col("track_popularity")
    return frame.group_by(key).agg(
        p.count().alias("n"), p.mean().alias("mean"), p.std().alias("sd"), p.min().alias("min"), p.max().alias("max"),
        p.quantile(0.25, "linear").alias("q1"), p.median().alias("median"), p.quantile(0.75, "linear").alias("q3"),
        (p == 0).mean().alias("zeros")).sort("mean", descending=True)


def groups(songs, catalog):
    frame, table, db = pandas.read_csv(songs), polars.read_csv(songs, infer_schema_length=None), duckdb.connect()
    coded = frame.assign(**{name: frame[name].astype("category") for name in ("playlist_genre", "playlist_subgenre", "track_artist")})
    db.execute("create table songs as select * from read_csv(?)", [songs])
    for by, key in {"genre": "playlist_genre", "subgenre": "playlist_subgenre", "artist": "track_artist"}.items():
        ours = best(lambda: catalog.group_by(by), 15, 20)
        read = best(lambda: catalog.group_by(by).to_dict(), 15, 5)
        row(f"group_by({by!r}), all figures", f"{ours * 1e6:.0f} us", f"{read * 1e6:.0f} us with every value read into Python")
        for name, ask in {
            "pandas": lambda: pandas_stats(frame, key),
            "pandas, categories": lambda: pandas_stats(coded, key),
            "pandas, mean alone": lambda: frame.groupby(key)["track_popularity"].mean(),
            "Polars": lambda: polars_stats(table, key),
            "Polars, mean alone": lambda: table.group_by(key).agg(polars.col("track_popularity").mean()),
            "DuckDB": lambda: db.execute(f"select {key}, {FIGURES} from songs group by 1 order by 3 desc").fetchall(),
            "DuckDB, mean alone": lambda: db.execute(f"select {key}, avg(track_popularity) from songs group by 1").fetchall(),
        }.items():
            theirs = best(ask, 9)
            row(f"    {name}", f"{theirs * 1e6:.0f} us", f"{theirs / ours:.0f} times ours, {theirs / read:.0f} times with reading")


def days(count):
    plans = []
    for i in range(count):
        plan = musicsched.Plan("2026-11-24").add_event("Work", "09:00", "17:00", music=True, mood="focus")
        plan.add_task("Gym", 3600 + 60 * (i % 20), earliest="17:00", music=True, mood="workout")
        plan.add_task("Groceries", 1800, earliest="17:00", priority=2).add_song("Dance Monkey - Tones and I", must=True)
        plans.append(musicsched.Plan.from_json(plan.fill(900 + 60 * (i % 7)).to_json()))
    return plans


def c_time(catalog, plan, count):
    """One schedule in a loop of C, in seconds."""
    err, options, out = ffi.new("msched_error *"), ffi.new("msched_schedule_options *"), ffi.new("msched_schedule *[]", count)
    lib.msched_schedule_options_init(options, ffi.sizeof("msched_schedule_options"))
    flag = ffi.new("int32_t *")
    options.cancel, options.cancel_ctx = ffi.addressof(lib, "msched_py_flagged"), flag
    inputs = ffi.new("msched_plan *[]", [plan._built()] * count)
    start = time.perf_counter()
    assert lib.msched_py_schedule_range(out, catalog._handle, inputs, count, options, err) == count
    for i in range(count):
        lib.msched_schedule_unref(out[i])
    return (time.perf_counter() - start) / count


def schedules(catalog):
    for name, plan in {"an empty day": musicsched.Plan("2026-11-24"), "a day of work, tasks and songs": days(1)[0]}.items():
        catalog.schedule(plan)
        pairs = [(c_time(catalog, plan, 40), best(lambda: catalog.schedule(plan), 1, 40)) for _ in range(25)]
        c, python = (min(times) for times in zip(*pairs))
        row(f"schedule of {name}: C", f"{c * 1e6:.1f} us")
        row(f"schedule of {name}: Python", f"{python * 1e6:.1f} us", f"{(python - c) * 1e6:.1f} us above C (to be at most 20)")


def many(catalog, count):
    plans = days(1000) * (count // 1000)
    rounds = []
    for _ in range(3):
        times = []
        for threads in (1, 2):
            start = time.perf_counter()
            catalog.schedule_many(plans, threads=threads)
            times.append(time.perf_counter() - start)
        rounds.append(times)
    one, two = (min(times) for times in zip(*rounds))
    ratio = statistics.median(a / b for a, b in rounds)
    row(f"{count:,} plans, 1 thread", f"{one:.2f} s")
    row(f"{count:,} plans, 2 threads", f"{two:.2f} s", f"{one / two:.2f} times faster (median of rounds {ratio:.2f}; to be at least 1.7)")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    songs = sys.argv[1]
    catalog = musicsched.Catalog.read_csv(songs)
    catalog.prepare()
    print(f"pandas {pandas.__version__}, Polars {polars.__version__}, DuckDB {duckdb.__version__}, {os.cpu_count()} cores, "
          f"load average {os.getloadavg()[0]:.1f}")
    load(songs, sys.argv[2] if len(sys.argv) > 2 else None)
    tables(catalog)
    groups(songs, catalog)
    schedules(catalog)
    many(catalog, int(os.environ.get("PLANS", "100000")))


main()
