#!/usr/bin/env python3
"""The Spark job: song files to checked Parquet, popularity of the whole, and schedules in bulk.

  job.py etl INPUT OUTPUT            CSV or Parquet files to OUTPUT/entries, OUTPUT/rejects and
  OUTPUT/quality.json job.py popularity OUTPUT           OUTPUT/entries to OUTPUT/popularity,
  /correlations and /states job.py plans CATALOG PLANS         sample plans; CATALOG is a CSV file,
  or OUTPUT/entries job.py schedule CATALOG PLANS SCHEDULES

Every step overwrites its own output as a whole and depends on its input only: running it again
gives the same. Folders must be mounted where driver and executors see them (on Databricks:
/Volumes/...).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import musicsched_spark as work
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

BATCH_ROWS = "spark.sql.execution.arrow.maxRecordsPerBatch"
Batches = Iterator[pa.RecordBatch]


def spark_session(cores: str = "*", memory: str = "4g") -> SparkSession:
    """The session of the cluster, or a local one."""
    builder = SparkSession.builder.appName("musicsched")
    if "DATABRICKS_RUNTIME_VERSION" not in os.environ:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = (
            builder.master(f"local[{cores}]")
            .config("spark.driver.memory", memory)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "4")
            # The states of a hundred real files are half a gigabyte, and come to the driver.
            .config("spark.driver.maxResultSize", "3g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
        )
    spark = builder.getOrCreate()
    spark.conf.set(BATCH_ROWS, "4000")
    spark.sparkContext.addPyFile(work.__file__)
    return spark


def _map(frame: DataFrame, function: Callable[[Batches], Batches], schema: pa.Schema) -> DataFrame:
    return frame.mapInArrow(function, from_arrow_schema(schema))


def _write(frame: DataFrame, path: str) -> None:
    frame.write.mode("overwrite").parquet(path)


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _input_rows(spark: SparkSession, source: str) -> tuple[DataFrame, int]:
    """Rows with their origin, from CSV files or Parquet files, and how many files there are.

    Not yet checked between files.
    """
    csv = spark.read.format("binaryFile").option("pathGlobFilter", "*.csv").load(source)
    count = csv.select("path").count()
    if count:
        # A file is one record, and Arrow batches hold 2 GiB: one file a batch, and so the pass is
        # made now.
        rows_before = spark.conf.get(BATCH_ROWS)
        spark.conf.set(BATCH_ROWS, "1")
        rows = _map(csv.select("path", "content"), work.extract_files, work.ROW_SCHEMA).persist(
            StorageLevel.DISK_ONLY
        )
        rows.count()
        spark.conf.set(BATCH_ROWS, rows_before)
        return rows, count
    files = (
        spark.read.format("binaryFile")
        .option("pathGlobFilter", "*.parquet")
        .load(source)
        .select("path")
        .count()
    )
    if not files:
        raise SystemExit(f"{source}: no CSV or Parquet files")
    frame = spark.read.option("pathGlobFilter", "*.parquet").parquet(source)
    columns = [
        name
        for name in frame.columns
        if name in work.ENTRY_SCHEMA.names and name not in ("source", "row", "shard")
    ]
    origin = [
        F.col("_metadata.file_name").alias("source"),
        (F.col("_metadata.row_index") + 1).alias("row"),
    ]
    missing = {"track_id", "track_name", "track_artist", "track_popularity", "duration_ms"} - set(
        columns
    )
    if missing:
        raise SystemExit(f"{source}: the Parquet files lack {', '.join(sorted(missing))}")
    return frame.select(*columns, *origin), files


def etl(spark: SparkSession, source: str, target: str, partitions: int = 4) -> dict[str, object]:
    """Check every file of a folder, and write entries, refused rows and a quality report.

    The report comes last: it says that all is there.
    """
    report_path = Path(target, "quality.json")
    report_path.unlink(missing_ok=True)
    staged, files = _input_rows(spark, source)
    checked = _map(
        staged.repartition(partitions, "track_id"), work.resolve, work.ROW_SCHEMA
    ).persist(StorageLevel.DISK_ONLY)
    entries = checked.where("code is null").select(*work.ENTRY_SCHEMA.names)
    _write(
        entries.repartition(partitions, "shard").sortWithinPartitions("source", "row"),
        f"{target}/entries",
    )
    _write(
        checked.where("code is not null")
        .select(*work.REJECT_SCHEMA.names)
        .coalesce(1)
        .sortWithinPartitions("source", "line", "row"),
        f"{target}/rejects",
    )
    checked.unpersist()
    staged.unpersist()
    report = _quality(spark, target) | {"files": files}
    _write_json(report_path, report)
    return report


def _quality(spark: SparkSession, target: str) -> dict[str, object]:
    """What came through and what did not, counted from what was written."""
    entries, rejects = (
        spark.read.parquet(f"{target}/entries"),
        spark.read.parquet(f"{target}/rejects"),
    )
    totals = entries.agg(
        F.count("*").alias("entries"),
        F.countDistinct("track_id").alias("tracks"),
        F.countDistinct(
            "track_id",
            F.coalesce("playlist_id", F.lit("")),
            F.coalesce("playlist_subgenre", F.lit("")),
        ).alias("distinct"),
    ).first()
    by_code = {
        row["code"]: row["rows"]
        for row in (
            rejects.where("code != 'FILE'")
            .groupBy("code")
            .agg(F.sum("rows").alias("rows"))
            .collect()
        )
    }
    sources = {
        row["source"]: {"entries": row["count"], "rows_refused": 0}
        for row in entries.groupBy("source").count().collect()
    }
    for row in rejects.groupBy("source").agg(F.sum("rows").alias("rows")).collect():
        sources.setdefault(row["source"], {"entries": 0})["rows_refused"] = row["rows"]
    refused = sum(by_code.values())
    return {
        "entries": totals["entries"],
        "tracks": totals["tracks"],
        "entries_repeated": totals["entries"] - totals["distinct"],
        "rows_read": totals["entries"] + refused,
        "rows_refused": refused,
        "rows_refused_by_code": by_code,
        "sources": sources,
        "files_refused": sorted(row["source"] for row in rejects.where("code = 'FILE'").collect()),
        "rule": (
            "rows of one track that contradict each other: the first row of the first file by name"
            " is kept"
        ),
    }


def popularity(spark: SparkSession, target: str, partitions: int = 4) -> dict[str, object]:
    """Answers of all questions over all rows, merged from one catalog a partition."""
    entries = spark.read.parquet(f"{target}/entries").repartition(partitions, "shard")
    rows = _map(entries, work.popularity_states, work.STATE_SCHEMA).collect()
    if not rows:
        raise SystemExit(f"{target}/entries: no rows")
    merged = work.merge_states([(row["question"], row["state"]) for row in rows])
    for name, questions in {
        "popularity": work.QUESTIONS,
        "correlations": work.CORRELATIONS,
    }.items():
        tables = []
        for question in questions:
            table = pa.table(merged[question])
            tables.append(
                table.add_column(0, "question", pa.array([question] * table.num_rows, pa.string()))
            )
        _write(_from_arrow(spark, pa.concat_tables(tables)), f"{target}/{name}")
    states = {"question": list(merged), "state": [answer.to_state() for answer in merged.values()]}
    _write(_from_arrow(spark, pa.table(states)), f"{target}/states")
    return merged


def _from_arrow(spark: SparkSession, table: pa.Table) -> DataFrame:
    """A small table as one partition; numbers without a sign get one, for Spark has no others."""
    signed = {pa.uint8(): pa.int16(), pa.uint32(): pa.int64(), pa.uint64(): pa.int64()}
    schema = pa.schema([(field.name, signed.get(field.type, field.type)) for field in table.schema])
    return spark.createDataFrame(table.cast(schema)).coalesce(1)


def plans(
    spark: SparkSession, catalog_path: str, target: str, count: int, partitions: int = 4
) -> None:
    """Write `count` varied plans."""
    songs = [row["track_id"] for row in work.catalog_of(catalog_path).top(200, count="recordings")]

    def make(batches: Batches) -> Batches:
        for batch in batches:
            ids = batch.column("id").to_pylist()
            yield pa.RecordBatch.from_pydict(
                {"plan_id": ids, "plan": [work.plan_of(i, songs) for i in ids]},
                schema=work.PLAN_SCHEMA,
            )

    _write(_map(spark.range(0, count, 1, partitions), make, work.PLAN_SCHEMA), target)


def schedule(
    spark: SparkSession, catalog_path: str, source: str, target: str, partitions: int = 0
) -> dict[str, int]:
    """Schedule every plan of a folder of Parquet, with columns plan_id and plan, and count the
    results by status. partitions 0: as they lie.
    """
    frame = spark.read.parquet(source).select("plan_id", "plan")
    if partitions:
        frame = frame.repartition(partitions)
    _write(
        _map(
            frame, lambda batches: work.schedule_plans(batches, catalog_path), work.SCHEDULE_SCHEMA
        ),
        target,
    )
    rows = spark.read.parquet(target).groupBy("status").count().collect()
    return {row["status"]: row["count"] for row in rows}


def _run(spark: SparkSession, given: argparse.Namespace) -> int:
    more = {"partitions": given.partitions} if given.partitions else {}
    if given.step == "etl":
        report = etl(spark, given.input, given.output, **more)
        print(json.dumps(report, indent=1, sort_keys=True))
        share = report["rows_refused"] / max(report["rows_read"], 1)
        if report["files_refused"] or share > given.max_refused:
            print(
                f"etl: {len(report['files_refused'])} files and {share:.2%} of the rows were"
                f" refused: see {given.output}/rejects",
                file=sys.stderr,
            )
            return 3
    elif given.step == "popularity":
        print(
            f"{len(popularity(spark, given.output, **more))} questions answered:"
            f" {given.output}/popularity, /correlations, /states"
        )
    elif given.step == "plans":
        plans(spark, given.catalog, given.output, given.count, **more)
    else:
        print(
            json.dumps(
                schedule(spark, given.catalog, given.input, given.output, **more), sort_keys=True
            )
        )
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    for name, arguments in {
        "etl": ["input", "output"],
        "popularity": ["output"],
        "plans": ["catalog", "output"],
        "schedule": ["catalog", "input", "output"],
    }.items():
        step = steps.add_parser(name)
        for argument in arguments:
            step.add_argument(argument)
        step.add_argument(
            "--partitions",
            type=int,
            default=0,
            help="0: 4, or for schedule as many as the plans have",
        )
        if name == "plans":
            step.add_argument("--count", type=int, required=True)
        if name == "etl":
            step.add_argument(
                "--max-refused",
                type=float,
                default=1.0,
                metavar="SHARE",
                help=(
                    "exit 3 where more than this share of the rows is refused (0..1; a refused file"
                    " always does)"
                ),
            )
    given = parser.parse_args()
    if any("://" in str(value) for value in vars(given).values()):
        parser.error(
            "paths are of mounted folders, such as /Volumes/main/music/songs, not addresses"
        )
    spark = spark_session()
    try:
        return _run(spark, given)
    finally:
        if "DATABRICKS_RUNTIME_VERSION" not in os.environ:
            spark.stop()


if __name__ == "__main__":
    # Databricks runs this file inside its own process, where leaving with 0 is an error too.
    status = main()
    if status:
        sys.exit(status)
