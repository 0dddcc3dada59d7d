#!/usr/bin/env python3
"""Compare the Spark job with libmusicsched in one process, and write the tables and charts of
docs/pipeline.md.

usage: measure.py run SONGS.csv FOLDER [--sizes 1,3,10,30,100] [--partitions 1,2,4,8,16] [--plans
1000000]
       measure.py page

`run` works in FOLDER (about 4 GB at 100 times the real file) and updates docs/data/pipeline.json
after each size, so you can run it for some sizes (--sizes 100 --plans 0) or for the plans alone
(--sizes ""). `page` writes the page from that file.

Figures are wall-clock seconds and processor seconds. For Spark, they cover all processes of one
session, without its start. For one process without Spark, they exclude the start of Python; its
peak memory is also measured.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
MEASURED = DOCS / "data/pipeline.json"
PAGE = ("pipeline.md", "figures/pipeline-sizes.svg", "figures/pipeline-partitions.svg")
MARKS = ("<!-- written by examples/pipeline/measure.py -->", "<!-- end of what is written -->")
PARTITIONS_SIZE = 10  # times the real file, where partitions are compared
CHUNK = 4000  # plans in memory at once: what the job's Arrow batches hold


def tree_cpu_s() -> float:
    """Processor seconds of this process and all below it, with those that ended."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
            spent[int(stat.parent.name)] = sum(map(int, fields[11:15]))
    below = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(spent.get(pid, 0) for pid in below) / os.sysconf("SC_CLK_TCK")


def measured(name: str, work: Callable[[], object]) -> dict[str, float]:
    """What a step of the job takes."""
    wall, cpu = time.monotonic(), tree_cpu_s()
    work()
    figures = {
        "wall_s": round(time.monotonic() - wall, 2),
        "cpu_s": round(tree_cpu_s() - cpu, 2),
        "load": round(os.getloadavg()[0], 1),
    }
    if name:
        print(name, figures, flush=True)
    return figures


def measured_alone(*arguments: object) -> dict[str, float]:
    """What this script's `arguments` take in a process of their own."""
    done = subprocess.run(
        [sys.executable, __file__, *map(str, arguments)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    print(*arguments, done.stdout.strip(), flush=True)
    return json.loads(done.stdout)


def report(work: Callable[[], None]) -> None:
    """Print the figures of this process."""
    figures = measured("", work) | {
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    }
    print(json.dumps(figures))


def answer_alone(path: str) -> None:
    """Read a file and answer every question of the popularity job."""
    import musicsched
    import musicsched_spark as work

    catalog = musicsched.Catalog.read_csv(path, skip_bad_rows=True)
    for by, count in work.QUESTIONS.values():
        catalog.group_by(by, count=count).to_state()
    for count in work.CORRELATIONS:
        catalog.correlations(count=count.partition("/")[2]).to_state()


def schedule_alone(catalog_path: str, plans: str, count: int, threads: int) -> None:
    """Schedule the first plans of a folder of Parquet, each to JSON, and write them as Parquet, as
    the job does.
    """
    import musicsched
    import musicsched_spark as work
    import pyarrow as pa
    import pyarrow.dataset
    import pyarrow.parquet as pq

    catalog = work.catalog_of(catalog_path)
    left = count
    with pq.ParquetWriter(f"{plans}-alone.parquet", work.SCHEDULE_SCHEMA) as out:
        for batch in pa.dataset.dataset(plans, format="parquet").to_batches(
            columns=["plan_id", "plan"], batch_size=CHUNK
        ):
            batch = batch.slice(0, left)
            results = catalog.schedule_many(
                [musicsched.Plan.from_json(text) for text in batch.column("plan").to_pylist()],
                threads=threads,
                reasons=False,
            )
            rows = [
                {
                    "plan_id": plan_id,
                    "status": result.status,
                    "entries": len(result),
                    "unplaced": len(result.unplaced),
                    "schedule": result.to_json(),
                }
                for plan_id, result in zip(batch.column("plan_id").to_pylist(), results)
            ]
            out.write_table(pa.Table.from_pylist(rows, schema=work.SCHEDULE_SCHEMA))
            left -= batch.num_rows
            if left <= 0:
                return


def rows_in(folder: Path) -> int:
    import pyarrow.parquet as pq

    return sum(pq.ParquetFile(path).metadata.num_rows for path in folder.glob("*.parquet"))


def run(songs: str, folder: Path, sizes: list[int], partitions: list[int], plans: int) -> None:
    import job
    import pyspark
    import scale_catalog

    folder.mkdir(parents=True, exist_ok=True)
    cores = len(os.sched_getaffinity(0))
    files, checked, again, whole = (
        folder / "songs",
        folder / "checked",
        folder / "again",
        folder / "whole.csv",
    )
    data = {"sizes": {}, "partitions": {}, "plans": {}}
    if MEASURED.exists():
        data |= json.loads(MEASURED.read_text(encoding="utf-8"))
    data |= {"cores": cores, "spark": pyspark.__version__, "file_mb": os.path.getsize(songs) / 1e6}
    started = []
    data["start"] = measured("start", lambda: started.append(job.spark_session()))
    spark = started[0]
    spark.sparkContext.setLogLevel("ERROR")

    def steps(size: int, target: Path, count: int) -> dict[str, dict[str, float]]:
        shutil.rmtree(target, ignore_errors=True)
        named = f"{size} times, {count} partitions"
        return {
            "etl": measured(f"etl {named}", lambda: job.etl(spark, str(files), str(target), count)),
            "popularity": measured(
                f"popularity {named}", lambda: job.popularity(spark, str(target), count)
            ),
        }

    def keep() -> None:
        MEASURED.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")

    if plans:
        sample = min(plans, 100_000)
        paths = songs, str(folder / "plans")
        made = measured("plans", lambda: job.plans(spark, *paths, plans, 4 * cores))
        spread = measured(
            "schedule", lambda: job.schedule(spark, *paths, str(folder / "schedules"))
        )
        written = rows_in(folder / "schedules")
        if written != plans:
            sys.exit(f"{written} schedules of {plans} plans")
        alone = {
            str(threads): measured_alone(
                "schedule-alone", *paths, "--plans", sample, "--threads", threads
            )
            for threads in (1, cores)
        }
        data["plans"] = {
            "count": plans,
            "sample": sample,
            "make": made,
            "spark": spread,
            "alone": alone,
        }
        keep()
    for size in sizes:
        shutil.rmtree(files, ignore_errors=True)
        scale_catalog.scale(songs, str(whole), size)
        scale_catalog.scale(songs, str(files), size)
        # Two partitions a core, and none with much more than three times the real file.
        count = max(2 * cores, size // 3)
        row = {
            "alone": measured_alone("answer-alone", whole),
            **steps(size, checked, count),
            "partitions": count,
        }
        row["rows"] = rows_in(checked / "entries")
        data["sizes"][str(size)] = row
        keep()
        if size == PARTITIONS_SIZE:
            data["partitions"] = {str(count): steps(size, again, count) for count in partitions}
            keep()
        whole.unlink()
    spark.stop()


# The page

COLOURS = ("#0b62a4", "#c2410c", "#15803d", "#7e22ce")
LEFT, TOP, WIDTH, HEIGHT = 70, 20, 470, 300


def _ticks(low: float, high: float) -> list[float]:
    found = [m * 10.0**e for e in range(-2, 6) for m in (1, 2, 5)]
    return [value for value in found if low <= value <= high]


def chart(series: dict[str, dict[float, float]], x_label: str, y_label: str) -> str:
    """Lines on logarithmic axes as SVG; every measured x is a tick."""
    import math

    xs = sorted({x for points in series.values() for x in points})
    ys = [y for points in series.values() for y in points.values()]
    low, high = min(ys) / 1.3, max(ys) * 1.3

    def place(x: float, y: float) -> tuple[float, float]:
        across = math.log(x / xs[0]) / math.log(xs[-1] / xs[0]) if len(xs) > 1 else 0.5
        return LEFT + across * WIDTH, TOP + HEIGHT * (1 - math.log(y / low) / math.log(high / low))

    right, bottom = LEFT + WIDTH, TOP + HEIGHT
    out = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right + 190} {bottom + 50}"'
            ' font-family="sans-serif" font-size="13" role="img">'
        ),
        f"<title>{y_label} against {x_label}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for y in _ticks(low, high):
        at = place(xs[0], y)[1]
        out.append(
            f'<path d="M{LEFT} {at:.1f}H{right}" stroke="#ddd"/>'
            f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{y:g}</text>'
        )
    for x in xs:
        at = place(x, low)[0]
        out.append(
            f'<path d="M{at:.1f} {bottom}v5" stroke="#333"/>'
            f'<text x="{at:.1f}" y="{bottom + 20}" text-anchor="middle">{x:g}</text>'
        )
    out.append(f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#333"/>')
    out.append(
        f'<text x="{LEFT + WIDTH / 2}" y="{bottom + 42}" text-anchor="middle">{x_label}</text>'
    )
    out.append(
        f'<text transform="translate(18 {TOP + HEIGHT / 2}) rotate(-90)"'
        f' text-anchor="middle">{y_label}</text>'
    )
    names_at: list[float] = []
    for (name, points), colour in sorted(
        zip(series.items(), COLOURS), key=lambda item: -item[0][1][max(item[0][1])]
    ):
        places = [place(x, points[x]) for x in sorted(points)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        names_at.append(max(places[-1][1] + 4, names_at[-1] + 17 if names_at else 0))
        out.append(
            f'<text x="{places[-1][0] + 10:.1f}" y="{names_at[-1]:.1f}"'
            f' fill="{colour}">{name}</text>'
        )
    return "\n".join([*out, "</svg>"]) + "\n"


def _seconds(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def size_table(data: dict) -> list[str]:
    lines = [
        (
            "| times the real file | rows | one process: s | processor s | memory, MB "
            "| Spark etl: s | processor s | Spark popularity: s | processor s |"
        ),
        "| --- " * 9 + "|",
    ]
    for size, row in data["sizes"].items():
        alone, etl, popularity = row["alone"], row["etl"], row["popularity"]
        lines.append(
            f"| {size} | {row['rows']:,} | {_seconds(alone['wall_s'])} | {_seconds(alone['cpu_s'])}"
            f" | {alone['peak_mb']:,} | "
            + " | ".join(
                _seconds(step[kind]) for step in (etl, popularity) for kind in ("wall_s", "cpu_s")
            )
            + " |"
        )
    return lines


def partitions_table(parts: dict) -> list[str]:
    lines = [
        "| partitions | etl: s | processor s | popularity: s | processor s |",
        "| --- " * 5 + "|",
    ]
    for count, row in parts.items():
        figures = [
            _seconds(row[step][kind])
            for step in ("etl", "popularity")
            for kind in ("wall_s", "cpu_s")
        ]
        lines.append(f"| {count} | {' | '.join(figures)} |")
    return lines


def plans_table(data: dict) -> list[str]:
    plans = data["plans"]
    lines = ["| | plans | s | processor s | plans/s | processor ms a plan |", "| --- " * 6 + "|"]
    named = {
        f"Spark, {data['cores']} cores": (plans["count"], plans["spark"]),
        "Spark, generating the plans": (plans["count"], plans["make"]),
    }
    for threads, figures in plans["alone"].items():
        named[f"one process, {threads} thread{'s' * (threads != '1')}"] = plans["sample"], figures
    for name, (count, figures) in named.items():
        lines.append(
            f"| {name} | {count:,} | {_seconds(figures['wall_s'])} | {_seconds(figures['cpu_s'])} "
            f"| {count / figures['wall_s']:,.0f} | {1000 * figures['cpu_s'] / count:.2f} |"
        )
    return lines


def conclusions(data: dict) -> list[str]:
    largest = max(data["sizes"])
    row, plans = data["sizes"][largest], data["plans"]
    alone, etl, popularity = (row[step]["cpu_s"] for step in ("alone", "etl", "popularity"))
    held = row["alone"]["peak_mb"] / largest
    lines = [
        (
            f"- **Popularity, in time.** At {largest} times the real file, one process spends"
            f" {_seconds(alone)} processor seconds. Spark spends {_seconds(etl)}\n  on checking,"
            f" {_seconds(popularity)} on the answers and {_seconds(data['start']['cpu_s'])} on"
            " starting. To be as fast as one core of one process, Spark needs about"
            f" {(etl + popularity) / alone:.0f}\n  cores, or about {popularity / alone:.0f} if the"
            " data is checked once and queried often."
        ),
        (
            f"- **Popularity, in memory.** One process needs {held:.0f} MB for each copy of the"
            f" file. 16 GB are enough for about {16000 / held:,.0f} copies,\n  or"
            f" {16 / held * data['file_mb']:,.0f} GB of CSV. Each Spark partition needs memory"
            " only for its part, so Spark pays beyond this size, even if it is slower."
        ),
    ]
    if plans:
        overhead = (
            plans["spark"]["cpu_s"]
            / plans["count"]
            / (plans["alone"]["1"]["cpu_s"] / plans["sample"])
        )
        lines.append(
            f"- **Schedules.** On each plan, Spark spends {overhead:.1f} times the processor time"
            " of one process. Plans are independent,\n  so Spark pays if one machine is too slow"
            f" and you have more than {overhead:.1f} times its cores."
        )
    return lines


def page(docs: Path = DOCS) -> None:
    data = json.loads(MEASURED.read_text(encoding="utf-8"))
    sizes = data["sizes"] = {
        int(size): row for size, row in sorted(data["sizes"].items(), key=lambda item: int(item[0]))
    }
    parts = {int(count): row for count, row in data["partitions"].items()}
    loads = [
        step["load"]
        for row in [*sizes.values(), *parts.values(), data["plans"]]
        for step in row.values()
        if isinstance(step, dict) and "load" in step
    ]
    text = [
        f"Spark {data['spark']} in local mode on {data['cores']} cores; "
        f"the load average of the machine was {min(loads):g} to {max(loads):g}."
    ]
    kind, unit = "wall_s", "seconds"
    if max(loads) > 2 * data["cores"] + 1:
        kind, unit = "cpu_s", "processor seconds"
        text.append(
            "Other work ran at the same time, so wall-clock times are too long; the charts show"
            " processor seconds."
        )
    by_size = {
        "Spark: etl, popularity": {
            size: row["etl"][kind] + row["popularity"][kind] for size, row in sizes.items()
        },
        "Spark: popularity alone": {size: row["popularity"][kind] for size, row in sizes.items()},
        "one process": {size: row["alone"][kind] for size, row in sizes.items()},
    }
    by_parts = {
        f"Spark: {step}": {count: row[step][kind] for count, row in parts.items()}
        for step in ("etl", "popularity")
    }
    by_parts["one process"] = {count: sizes[PARTITIONS_SIZE]["alone"][kind] for count in parts}
    page_path, *figures = (docs / name for name in PAGE)
    figures[0].write_text(chart(by_size, "times the real file", unit), encoding="utf-8")
    figures[1].write_text(chart(by_parts, "partitions", unit), encoding="utf-8")
    text += [
        "",
        f"![{unit} against the size of the data](figures/pipeline-sizes.svg)",
        "",
        *size_table(data),
        "",
        f"At {PARTITIONS_SIZE} times the real file, by number of partitions:",
        "",
        f"![{unit} against partitions](figures/pipeline-partitions.svg)",
        "",
        *partitions_table(parts),
    ]
    if data["plans"]:
        text += [
            "",
            "Schedules of plans with three events, five to eight tasks and four wanted songs:",
            "",
            *plans_table(data),
        ]
    text += ["", "## When Spark pays", "", *conclusions(data)]
    before, rest = page_path.read_text(encoding="utf-8").split(MARKS[0])
    written = "\n".join(text)
    page_path.write_text(
        f"{before}{MARKS[0]}\n\n{written}\n\n{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8"
    )


def main() -> None:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(",") if part]

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    whole = steps.add_parser("run")
    whole.add_argument("songs")
    whole.add_argument("folder", type=Path)
    whole.add_argument("--sizes", type=numbers, default=[1, 3, 10, 30, 100])
    whole.add_argument("--partitions", type=numbers, default=[1, 2, 4, 8, 16])
    whole.add_argument("--plans", type=int, default=1_000_000)
    steps.add_parser("page")
    alone = steps.add_parser("answer-alone")
    alone.add_argument("path")
    alone = steps.add_parser("schedule-alone")
    alone.add_argument("catalog")
    alone.add_argument("source")
    alone.add_argument("--plans", type=int)
    alone.add_argument("--threads", type=int)
    given = parser.parse_args()
    if given.step == "run":
        run(given.songs, given.folder, given.sizes, given.partitions, given.plans)
    elif given.step == "page":
        page()
    elif given.step == "answer-alone":
        report(lambda: answer_alone(given.path))
    else:
        report(lambda: schedule_alone(given.catalog, given.source, given.plans, given.threads))


if __name__ == "__main__":
    main()
