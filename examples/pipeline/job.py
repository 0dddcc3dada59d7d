"""The Spark job: CSV files to checked Parquet, popularity of the whole, and schedules in bulk.

usage: job.py etl INPUT_DIR OUTPUT_DIR [--partitions N]
       job.py popularity OUTPUT_DIR [--partitions N]
       job.py plans CATALOG.csv PLANS_DIR --count N [--partitions N]
       job.py schedule CATALOG.csv PLANS_DIR SCHEDULES_DIR [--partitions N]

Every step overwrites its own output as a whole and depends on its input only: running it again gives the same.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import musicsched_spark as work
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema


def spark_session(cores: str = "*") -> SparkSession:
    """The session of the cluster, or a local one."""
    builder = SparkSession.builder.appName("musicsched").config("spark.sql.execution.arrow.maxRecordsPerBatch", "20000")
    if "DATABRICKS_RUNTIME_VERSION" not in os.environ:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = (builder.master(f"local[{cores}]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
                   .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1"))
    spark = builder.getOrCreate()
    spark.sparkContext.addPyFile(work.__file__)
    return spark


def _write(frame: DataFrame, path: str) -> None:
    frame.write.mode("overwrite").parquet(path)


def etl(spark: SparkSession, source: str, target: str, partitions: int) -> dict[str, int]:
    """Load every CSV file of a folder where it lies, and write entries, refused rows and a quality report."""
    files = spark.read.format("binaryFile").option("pathGlobFilter", "*.csv").load(source).select("path", "content")
    if files.isEmpty():
        raise SystemExit(f"{source}: no CSV files")

    def pick(which: int):  # noqa: ANN202 - a closure for mapInArrow
        def run(batches):  # noqa: ANN001, ANN202
            for batch in batches:
                for path, content in zip(batch.column("path").to_pylist(), batch.column("content").to_pylist()):
                    yield from work.extract(path.rsplit("/", 1)[-1], content)[which].to_batches()
        return run

    entries = files.mapInArrow(pick(0), from_arrow_schema(work.ENTRY_SCHEMA))
    _write(entries.repartition(partitions, "shard").sortWithinPartitions("shard", "track_id", "playlist_id"), f"{target}/entries")
    _write(files.mapInArrow(pick(1), from_arrow_schema(work.REJECT_SCHEMA)).orderBy("source", "line").coalesce(1), f"{target}/rejects")
    rejects = spark.read.parquet(f"{target}/rejects")
    report = {"files": files.count(), "entries": spark.read.parquet(f"{target}/entries").count(),
              "rejects_listed": rejects.where("code != 'more'").count(),
              "rejects_by_code": {row["code"]: row["count"] for row in rejects.groupBy("code").count().collect()}}
    Path(target, "quality.json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n")
    return report


def popularity(spark: SparkSession, target: str, partitions: int) -> dict[str, str]:
    """States of all questions over all rows, merged from one catalog a partition."""
    entries = spark.read.parquet(f"{target}/entries").repartition(partitions, "shard")
    rows = entries.mapInArrow(work.popularity_states, from_arrow_schema(work.STATE_SCHEMA)).collect()
    return work.merge_states([(row["question"], row["state"]) for row in rows])


def plans(spark: SparkSession, catalog_path: str, target: str, count: int, partitions: int) -> None:
    """Write `count` varied plans."""
    songs = [row["track_id"] for row in work._catalog(catalog_path).top(200, count="recordings")]

    def make(batches):  # noqa: ANN001, ANN202
        for batch in batches:
            ids = batch.column("id").to_pylist()
            yield pa.RecordBatch.from_pydict({"plan_id": ids, "plan": [work.plan_of(i, songs) for i in ids]}, schema=work.PLAN_SCHEMA)

    _write(spark.range(0, count, 1, partitions).mapInArrow(make, from_arrow_schema(work.PLAN_SCHEMA)), target)


def schedule(spark: SparkSession, catalog_path: str, source: str, target: str, partitions: int) -> dict[str, int]:
    """Schedule every plan of a folder and write the schedules."""
    frame = spark.read.parquet(source).repartition(partitions)
    _write(frame.mapInArrow(lambda batches: work.schedule_plans(batches, catalog_path), from_arrow_schema(work.SCHEDULE_SCHEMA)), target)
    rows = spark.read.parquet(target).groupBy("status").count().collect()
    return {row["status"] or "refused": row["count"] for row in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    for name, arguments in {"etl": ["input", "output"], "popularity": ["output"], "plans": ["catalog", "output"],
                            "schedule": ["catalog", "input", "output"]}.items():
        step = steps.add_parser(name)
        for argument in arguments:
            step.add_argument(argument)
        step.add_argument("--partitions", type=int, default=4)
        if name == "plans":
            step.add_argument("--count", type=int, required=True)
    given = parser.parse_args()
    spark = spark_session()
    try:
        if given.step == "etl":
            print(json.dumps(etl(spark, given.input, given.output, given.partitions), indent=1, sort_keys=True))
        elif given.step == "popularity":
            merged = popularity(spark, given.output, given.partitions)
            Path(given.output, "popularity.json").write_text(json.dumps(merged, sort_keys=True) + "\n")
            print(f"{len(merged)} questions answered over all partitions: {given.output}/popularity.json")
        elif given.step == "plans":
            plans(spark, given.catalog, given.output, given.count, given.partitions)
        else:
            print(json.dumps(schedule(spark, given.catalog, given.input, given.output, given.partitions), sort_keys=True))
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
