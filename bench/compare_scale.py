#!/usr/bin/env python3
"""Load, save, open and query files of 10,000 to 5,000,000 songs, beside other tools.

usage: compare_scale.py BENCH_SCALE SONGS.csv [--rows N,N...] [--page FILE.md]

BENCH_SCALE is the built bench/bench_scale of a release build. The files are the rows of SONGS.csv
with new ids, made in a temporary folder and deleted afterwards; 5,000,000 rows take 3 GB of disk.
SONGS.csv itself is one of the sizes. Every load runs in its own process, one tool after the other,
and the best of the rounds counts. Each tool is called as its documentation recommends. `--page`
writes FILE.md and figures/scale-growth.svg beside it. Takes less than ten minutes on two idle
processors. Needs bench/requirements.txt, and a Python whose SQLite has FTS5.
"""

import argparse
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "load"))
import plots
from bars import bulleted

PEERS = {
    "Polars": """
import polars as pl
load = lambda: pl.scan_csv(path).collect()
def ask(songs):
    return (
        lambda: songs.top_k(10, by="track_popularity"),
        lambda: songs.group_by("playlist_genre").agg(
            pl.len(), mean=pl.col("track_popularity").mean(),
            deviation=pl.col("track_popularity").std(), low=pl.col("track_popularity").min(),
            high=pl.col("track_popularity").max(),
            quartile=pl.col("track_popularity").quantile(0.25),
            median=pl.col("track_popularity").median()).sort("mean"),
    )
""",
    "DuckDB": """
import duckdb
db = duckdb.connect()
def load():
    db.execute("create or replace table songs as select * from read_csv(?)", [path])
def ask(songs):
    return (
        lambda: db.execute("select * from songs order by track_popularity desc limit 10")
        .fetchall(),
        lambda: db.execute("select playlist_genre, count(*), avg(track_popularity) mean, "
            "stddev(track_popularity), min(track_popularity), max(track_popularity), "
            "quantile_cont(track_popularity, [0.25, 0.5]) from songs group by 1 order by mean")
        .fetchall(),
    )
""",
}
# Tools that are compared by their loads alone.
LOADERS = {
    "pandas (pyarrow)": """
import pandas, pyarrow
load = lambda: pandas.read_csv(path, engine="pyarrow")
ask = lambda songs: ()
""",
    "pyarrow": """
from pyarrow import csv
load = lambda: csv.read_csv(path)
ask = lambda songs: ()
""",
}
# Looking up "dance monky" among the different titles and artists, as `find` does.
FINDERS = {
    "SQLite FTS5 trigram": """
import csv, sqlite3
db = sqlite3.connect(":memory:")
with open(path, encoding="utf-8", newline="") as file:
    rows = {(row["track_name"], row["track_artist"]) for row in csv.DictReader(file)}
def build():
    db.execute("create virtual table songs using fts5(title, artist, tokenize = trigram)")
    db.executemany("insert into songs values (?, ?)", sorted(rows))
# A mistake leaves most trigrams as they are, so any of them may match.
trigrams = " OR ".join('"' + text[i : i + 3] + '"' for i in range(len(text) - 2))
def find():
    return db.execute(
        "select title from songs where songs match ? order by rank limit 10", [trigrams]
    ).fetchall()
""",
    "DuckDB jaro_winkler": """
import duckdb
db = duckdb.connect()
def build():
    db.execute("create table songs as select distinct track_name title, track_artist artist "
        "from read_csv(?)", [path])
def find():
    return db.execute("select title from songs "
        "order by jaro_winkler_similarity(lower(title), ?) desc limit 10", [text]).fetchall()
""",
}
FIND_HARNESS = """
import json, statistics, sys, time
path, text = sys.argv[1], "dance monky"
{finder}
start = time.perf_counter()
build()
said = {{"build": (time.perf_counter() - start) * 1e6}}
times = []
for _ in range(11):
    start = time.perf_counter()
    found = [title for title, in find()]
    times.append((time.perf_counter() - start) * 1e6)
said["find"] = statistics.median(times)
said["finds it"] = 1 if "Dance Monkey" in found else 0
print(json.dumps(said))
"""
HARNESS = """
import json, statistics, sys, time
path = sys.argv[1]
{peer}
def timed(call):
    start = time.perf_counter()
    result = call()
    return (time.perf_counter() - start) * 1e6, result
def kib(name):
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(status[name].split()[0])
said = {{}}
before = kib("VmRSS")  # the interpreter and the modules
said["load"], songs = timed(load)
said["peak of loading"] = kib("VmHWM") - before
for _ in range(2 if int(sys.argv[2]) > 3 else 0):
    songs = None
    time_taken, songs = timed(load)
    said["load"] = min(said["load"], time_taken)
for name, question in zip(("warm top-10", "warm stats by genre"), ask(songs)):
    said[name] = statistics.median(timed(question)[0] for _ in range(int(sys.argv[2])))
print(json.dumps(said))
"""


def make_file(source, target, count):
    """Write `count` rows of `source` with new ids; the last six characters count up."""
    with open(source, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    place, lines = header.index("track_id"), io.StringIO(newline="")
    out = csv.writer(lines, lineterminator="\n")
    out.writerow(header)
    marked = []  # each row as what comes before the end of its id, and after it
    for row in rows:
        line = io.StringIO(newline="")
        mark = row[place][:-6] + "\0"
        csv.writer(line, lineterminator="\n").writerow([*row[:place], mark, *row[place + 1 :]])
        marked.append(line.getvalue().split("\0"))
    with open(target, "w", encoding="utf-8", newline="") as file:
        file.write(lines.getvalue())
        for turn in range(-(-count // len(marked))):
            part = marked[: count - turn * len(marked)]
            file.write("".join(f"{before}{turn:06}{after}" for before, after in part))


def run_ours(bench, songs, saved, rounds):
    said = subprocess.run(
        [bench, songs, saved, str(rounds)], check=True, capture_output=True, text=True
    ).stdout
    return {name: float(value) for name, value, _ in (s.split("\t") for s in said.splitlines())}


def run_peer(peer, songs, repeats=1):
    code = (
        FIND_HARNESS.format(finder=FINDERS[peer])
        if peer in FINDERS
        else HARNESS.format(peer=(PEERS | LOADERS)[peer])
    )
    done = subprocess.run(
        [sys.executable, "-c", code, songs, str(repeats)],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])  # DuckDB shows its progress before


def best(runs):
    """The minimum of each figure over the rounds."""
    return {name: min(run[name] for run in runs) for name in runs[0]}


def measure(bench, source, count, real):
    # the first tool of the first round is also the first to use the memory of a virtual machine
    rounds, repeats = 3, 11 if count <= 100_000 else 5 if count <= 1_000_000 else 3
    tools = ("ours", *PEERS, *LOADERS)
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        songs, saved = str(pathlib.Path(folder, "songs.csv")), str(pathlib.Path(folder, "s.msc"))
        if count == real:
            songs = source
        else:
            make_file(source, songs, count)
        runs = {tool: [] for tool in tools}
        for _ in range(rounds):
            for tool in tools:
                runs[tool].append(
                    run_ours(bench, songs, saved, repeats)
                    if tool == "ours"
                    else run_peer(tool, songs, repeats)
                )
        sizes = os.path.getsize(songs), os.path.getsize(saved)
    print(f"{count:,} rows are measured", file=sys.stderr, flush=True)
    return {"rows": count, "csv": sizes[0], "msc": sizes[1]} | {
        tool: best(said) for tool, said in runs.items()
    }


def table(head, lines):
    return "\n".join(
        ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
        + ["| " + " | ".join(line) + " |" for line in lines]
    )


def shortfalls(sizes):
    """The missed goals with their figures, by size."""
    for s in sizes:
        ours, rows = s["ours"], f"{s['rows']:,} rows"
        fastest = min(s[peer]["load"] for peer in (*PEERS, *LOADERS))
        kib = ours["peak of loading"] * 1024
        for name, value, limit in (
            ("time of a load over that of the fastest other tool", ours["load"] / fastest, 0.5),
            ("peak memory of a load over the file's size", kib / s["csv"], 1.6),
            ("memory with all indexes over the file's size", ours["held"] / s["csv"], 1.2),
            ("open, ms", ours["checked open"] / 1000, 1 if s["rows"] < 100_000 else 10),
            ("statistics, ns per row", ours["warm stats by genre"] * 1000 / s["rows"], 3),
            ("top-10, us", ours["warm top-10"], 20),
            ("find with a mistake, p50, us", ours["find p50"], 2000),
            ("find with a mistake, p99, us", ours["find p99"], 10000),
            ("suggest, us", ours["warm suggest"], 50),
            *(
                (
                    f"time of the first {q} over that of later ones",
                    ours[f"checked {q}"] / ours[f"warm {q}"],
                    2,
                )
                for q in ("top-10", "stats by genre", "find")
            ),
        ):
            if value > limit:
                yield f"{rows}: {name} {value:.3g} (goal: at most {limit})"


def growth(sizes):
    """How each question grows with the rows."""
    names = {
        "load": "load",
        "statistics by genre": "warm stats by genre",
        "find, a mistake, p99": "find p99",
        "find, a mistake, p50": "find p50",
        "suggest": "warm suggest",
        "top-10": "warm top-10",
    }
    return plots.line_plot(
        "Time by the number of rows",
        {name: [(s["rows"], s["ours"][key]) for s in sizes] for name, key in names.items()},
        plots.Axis("rows", plots.logarithmic),
        plots.Axis("microseconds", plots.logarithmic),
    )


def page(sizes, finders, load_average, note):
    head = ["", *(f"{s['rows']:,} rows, {s['csv'] / 1e6:.0f} MB" for s in sizes)]

    def row(name, value):
        return [name, *(value(s) for s in sizes)]

    def per_tool(name, key, scale, digits, tools=PEERS):
        return [
            row(f"{name}, {tool}", lambda s, t=tool: f"{s[t][key] / scale:.{digits}f}")
            for tool in ("ours", *tools)
        ]

    def peak(s, tool):
        return f"{s[tool]['peak of loading'] * 1024 / s['csv']:.2f}"

    loaders = {**PEERS, **LOADERS}
    loads = [
        *per_tool("load, ms", "load", 1e3, 1, loaders),
        *[
            row(f"peak memory / file size, {tool}", lambda s, t=tool: peak(s, t))
            for tool in ("ours", *loaders)
        ],
        row("memory with all indexes / file size", lambda s: f"{s['ours']['held'] / s['csv']:.2f}"),
        row("building the indexes, s", lambda s: f"{s['ours']['prepare'] / 1e6:.2f}"),
        row("save, s", lambda s: f"{s['ours']['save'] / 1e6:.2f}"),
        row("saved catalog, MB", lambda s: f"{s['msc'] / 1e6:.0f}"),
    ]
    opens = []
    for kind, name in (("checked", "the default"), ("unchecked", "without checks")):
        opens.append(row(f"open, {name}", lambda s, k=kind: f"{s['ours'][f'{k} open']:.0f}"))
        for question in ("top-10", "stats by genre", "find", "suggest"):
            opens.append(
                row(
                    f"first {question} after it",
                    lambda s, k=kind, q=question: f"{s['ours'][f'{k} {q}']:.1f}",
                )
            )
    warm = [
        *per_tool("top-10", "warm top-10", 1, 1),
        *per_tool("statistics by genre", "warm stats by genre", 1, 0),
        row("find `dance monky`", lambda s: f"{s['ours']['warm find']:.0f}"),
        row(
            "find a title without its middle letter, p50", lambda s: f"{s['ours']['find p50']:.0f}"
        ),
        row("the same, p99", lambda s: f"{s['ours']['find p99']:.0f}"),
        row("suggest (`dance mo`)", lambda s: f"{s['ours']['warm suggest']:.1f}"),
    ]
    others = "; ".join(
        f"{name} {said['find'] / 1000:.1f} ms{'' if said['finds it'] else ' (not found)'}"
        for name, said in finders.items()
    )
    return f"""# Speed by size of the catalog

`bench/compare_scale.py` writes this page in one run on {os.cpu_count()} processors, load average
{load_average:.1f}. It compares Polars (`scan_csv`), DuckDB (`read_csv`), pandas with pyarrow, and
pyarrow alone, each as its documentation recommends. Each figure is the minimum of three rounds; a
load of any file but the largest is the best of three in a process. A query that runs several times
in a round counts with its median. The peak memory of a load is that of the process less what it
held just before: its program, libraries and modules. Titles without their middle letter are looked
up three times, and the fastest time of each counts. The files are real songs with new ids. Larger
files have more tracks, but the same titles and artists as the real file, so `find` does not search
more words. At a high load average, other work adds to the times; compare only the tools within one
column. {note}

Missed goals:{bulleted(list(shortfalls(sizes)))}

![Time of each question by the number of rows](figures/scale-growth.svg)

## Load and save

{table(head, loads)}

## Open a saved catalog

In microseconds. The file is in the page cache, as if another process had just opened it. [Saved
catalogs](saved-catalogs.md#checking) describes the checks.

{table(head, opens)}

## Warm queries

In microseconds. A warm query is one that has run before. Statistics are n, mean, deviation,
minimum, maximum and quartiles of each genre.

{table(head, warm)}

Other tools find `dance monky` among the different titles and artists of the real file in: {others}.
SQLite matches any trigram of the text, by rank, and DuckDB compares the text with each title.
"""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench")
    parser.add_argument("songs")
    parser.add_argument("--rows", default="10000,100000,1000000,5000000", help="beside SONGS.csv")
    parser.add_argument("--page")
    parser.add_argument("--note", default="", help="a sentence for the page, on how it was run")
    args = parser.parse_args()
    with open(args.songs, encoding="utf-8", newline="") as file:
        real = sum(1 for _ in csv.reader(file)) - 1
    counts = sorted({real, *map(int, args.rows.split(","))})
    finders = {name: best([run_peer(name, args.songs) for _ in range(3)]) for name in FINDERS}
    sizes = [measure(args.bench, args.songs, count, real) for count in counts]
    text = page(sizes, finders, os.getloadavg()[0], args.note)
    print(text)
    if args.page:
        target = pathlib.Path(args.page)
        target.write_text(text, encoding="utf-8")
        figures = target.parent / "figures"
        figures.mkdir(exist_ok=True)
        (figures / "scale-growth.svg").write_text(growth(sizes), encoding="utf-8")


if __name__ == "__main__":
    main()
