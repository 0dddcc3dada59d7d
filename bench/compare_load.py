#!/usr/bin/env python3
"""Time loading the songs CSV with this library, pandas, Polars, pyarrow and DuckDB, each run in its
own process.

usage: compare_load.py BENCH_LOAD FILE.csv [ROUNDS]

BENCH_LOAD is the built bench/bench_load. Each tool gets ROUNDS (default 9) fresh processes in turn.
In each process the best of three loads counts; imports and start-up do not. Every peer is called as
its documentation tells its users to call it, with its default options, and with its faster
documented variant as well (pandas with the pyarrow engine, Polars with scan_csv). The script names
the tools that are not installed and leaves them out.
"""

import importlib.util
import json
import statistics
import subprocess
import sys

TOOLS = {
    "pandas": "import pandas; load = lambda: len(pandas.read_csv(path))",
    "pandas (pyarrow)": (
        "import pandas, pyarrow; load = lambda: len(pandas.read_csv(path, engine='pyarrow'))"
    ),
    "pyarrow": "from pyarrow import csv; load = lambda: csv.read_csv(path).num_rows",
    "polars": "import polars; load = lambda: polars.read_csv(path).height",
    "polars (scan_csv)": "import polars; load = lambda: polars.scan_csv(path).collect().height",
    "polars (1 thread)": (
        "import os; os.environ['POLARS_MAX_THREADS'] = '1'; import polars; "
        "load = lambda: polars.read_csv(path).height"
    ),
    "duckdb": (
        "import duckdb; db = duckdb.connect(); load = lambda: db.execute("
        "'create or replace table songs as select * from read_csv(?)', [path]).fetchone()[0]"
    ),
}
HARNESS = """
import json, sys, time
path = sys.argv[1]
{tool}
best, rows = None, 0
for _ in range(3):
    start = time.perf_counter()
    rows = load()
    ms = (time.perf_counter() - start) * 1e3
    best = ms if best is None or ms < best else best
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({{"ms": best, "rows": rows, "peak_kib": int(status["VmHWM"].split()[0])}}))
"""


def run(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    if len(sys.argv) < 3:
        print(__doc__)
        return 77
    bench, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    commands = {
        "musicsched": [bench, path, "--compare"],
        "musicsched (1 thread)": [bench, path, "--compare-1"],
    }
    for name, tool in TOOLS.items():
        wanted = sorted({name.split()[0]} | ({"pyarrow"} if "pyarrow" in name else set()))
        missing = [module for module in wanted if importlib.util.find_spec(module) is None]
        if missing:
            print(
                f"left out: {name} ({', '.join(missing)} is not installed: pip install"
                f" {' '.join(missing)})"
            )
        else:
            commands[name] = [sys.executable, "-c", HARNESS.format(tool=tool), path]
    results = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            results[name].append(run(command))
    ours = min(result["ms"] for result in results["musicsched"])
    print(
        f"{'':20}{'best ms':>9}{'median ms':>11}{'rows':>8}{'to ours':>9}{'process peak MiB':>18}"
    )
    for name, runs in results.items():
        times = [result["ms"] for result in runs]
        peak = max(result["peak_kib"] for result in runs) / 1024
        print(
            f"{name:20}{min(times):9.2f}{statistics.median(times):11.2f}{runs[0]['rows']:8}"
            f"{min(times) / ours:9.2f}{peak:18.1f}"
        )
    held = results["musicsched"][0]["held_kib"] / 1024
    print(f"musicsched holds {held:.2f} MiB once loaded")
    return 0


if __name__ == "__main__":
    sys.exit(main())
