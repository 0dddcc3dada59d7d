#!/usr/bin/env python3
"""Group statistics beside pandas, Polars and DuckDB, on the same loaded table, one thread each, in
one run.

usage: compare_query.py BENCH_QUERY SONGS.csv
Needs pandas, polars and duckdb. Prints a table in Markdown: median microseconds and how many times
longer than ours.
"""

import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("POLARS_MAX_THREADS", "1")
import duckdb
import pandas
import polars

QUESTIONS = {
    "by genre, entries": "playlist_genre",
    "by subgenre, entries": "playlist_subgenre",
    "by artist, entries": "track_artist",
    "by playlist, entries": "playlist_id",
}
FIGURES = (
    "count(*), avg(track_popularity), stddev_samp(track_popularity), min(track_popularity),"
    " quantile_cont(track_popularity, [0.25, 0.5, 0.75]), max(track_popularity),"
    " avg((track_popularity = 0)::int)"
)


def median_us(ask, repeats=15):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1e6)
    return statistics.median(times)


def pandas_stats(table, key):
    column = table.groupby(key)["track_popularity"]
    figures = column.agg(["count", "mean", "std", "min", "max"])
    figures[["q1", "median", "q3"]] = column.quantile([0.25, 0.5, 0.75]).unstack()
    return figures.sort_values("mean", ascending=False)


def polars_stats(table, key):
    p = polars.col("track_popularity")
    return (
        table.group_by(key)
        .agg(
            p.count().alias("n"),
            p.mean().alias("mean"),
            p.std().alias("sd"),
            p.min().alias("min"),
            p.max().alias("max"),
            p.quantile(0.25, "linear").alias("q1"),
            p.median().alias("median"),
            p.quantile(0.75, "linear").alias("q3"),
            (p == 0).mean().alias("zeros"),
        )
        .sort("mean", descending=True)
    )


def main():
    bench, songs = sys.argv[1:3]
    lines = subprocess.run(
        [bench, songs], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    ours = {name: float(us) for name, us in (line.split("\t") for line in lines)}
    frame = pandas.read_csv(songs)
    table = polars.read_csv(songs)
    db = duckdb.connect()
    db.execute("set threads = 1")
    db.execute("create table songs as select * from read_csv_auto(?)", [songs])
    print("| question | ours, us | Polars | DuckDB | pandas |\n| --- | ---: | ---: | ---: | ---: |")

    def row(name, with_polars, with_duckdb, with_pandas):
        times = [median_us(ask) for ask in (with_polars, with_duckdb, with_pandas)]
        own = ours.get(name + ", all read", ours.get(name))
        print(
            f"| {name} | {own:.1f} | "
            + " | ".join(f"{t:.0f} ({t / own:.0f}x)" for t in times)
            + " |"
        )

    for name, key in QUESTIONS.items():
        row(
            name,
            lambda: polars_stats(table, key),
            lambda: db.execute(
                f"select {key}, {FIGURES} from songs group by 1 order by 3 desc"
            ).fetchall(),
            lambda: pandas_stats(frame, key),
        )
    row(
        "top-10",
        lambda: table.top_k(10, by="track_popularity"),
        lambda: db.execute(
            "select * from songs order by track_popularity desc limit 10"
        ).fetchall(),
        lambda: frame.nlargest(10, "track_popularity"),
    )


if __name__ == "__main__":
    main()
