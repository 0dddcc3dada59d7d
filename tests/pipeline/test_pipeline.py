#!/usr/bin/env python3
"""The Spark pipeline on local Spark, against the library over the whole of the same files in one
process.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples/pipeline"))

import job  # noqa: E402
import measure  # noqa: E402
import musicsched  # noqa: E402
import musicsched_spark as work  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.compute  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
import scale_catalog  # noqa: E402

HEADER = (
    "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_id,playlist_genre\n"
)


def data_file(folder: Path) -> str:
    """The real file where it is, else the synthetic sample."""
    real = [
        os.environ.get("MUSICSCHED_CSV", ""),
        str(ROOT / "data/spotify_songs.csv"),
        str(ROOT.parent / "shared/data/spotify_songs.csv"),
    ]
    for path in real:
        if path and os.path.exists(path):
            return path
    sample = str(folder / "sample.csv")
    subprocess.run([sys.executable, str(ROOT / "tools/make_sample_catalog.py"), sample], check=True)
    return sample


def split_csv(source: str, folder: Path, parts: int) -> None:
    """The rows of a file, in order, in several files."""
    folder.mkdir(parents=True)
    with open(source, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    step = -(-len(rows) // parts)
    for part in range(parts):
        with open(folder / f"part-{part:02}.csv", "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([header, *rows[part * step : (part + 1) * step]])


def answers(catalog: musicsched.Catalog) -> dict[str, str]:
    """States of all questions by the library alone."""
    states = {
        question: catalog.group_by(by, count=count).to_state()
        for question, (by, count) in work.QUESTIONS.items()
    }
    return states | {
        question: catalog.correlations(count=count).to_state()
        for question, count in work.CORRELATIONS.items()
    }


def rows_of(folder: Path, *keys: str) -> list[dict]:
    return pq.read_table(folder).sort_by([(key, "ascending") for key in keys]).to_pylist()


class Pure(unittest.TestCase):
    """What executors do, without Spark."""

    def test_equal_titles_share_a_shard(self):
        """Whatever the library takes for one recording is in one shard, over all letters."""
        letters = [chr(c) for c in range(0x20, 0x20000) if not 0xD800 <= c <= 0xDFFF]
        table = pa.table(
            {
                "track_id": [str(i) for i in range(len(letters))],
                "track_name": letters,
                "track_artist": ["x"] * len(letters),
                "track_popularity": [1] * len(letters),
                "duration_ms": [1000] * len(letters),
            }
        )
        tracks = pa.table(musicsched.Catalog.from_arrow(table).tracks())
        shards = {}
        for name, recording in zip(
            tracks["track_name"].to_pylist(), tracks["recording_index"].to_pylist()
        ):
            shards.setdefault(recording, set()).add(work.shard_of(name, "x"))
        self.assertLess(len(shards), len(letters) - 1000)
        self.assertEqual([recording for recording, found in shards.items() if len(found) > 1], [])

    def test_extract_lists_every_refused_row(self):
        content = (
            HEADER
            + "a,A,X,5,1000,p,pop\n"
            + "".join(f"b{i},B,X,{101 + i},1000,p,pop\n" for i in range(150))
            + "c,C,X,6,1000,p,pop\n"
        )
        table = work.extract("songs.csv", content.encode())
        good = table.filter(pa.compute.is_null(table["code"]))
        self.assertEqual(good["track_id"].to_pylist(), ["a", "c"])
        self.assertEqual(good["row"].to_pylist(), [1, 2])
        bad = table.filter(pa.compute.is_valid(table["code"])).to_pylist()
        self.assertEqual([row["line"] for row in bad], list(range(3, 153)))
        self.assertEqual(bad[0]["column"], 4)
        self.assertTrue(
            bad[0]["message"].startswith("songs.csv:3:4: track_popularity: "), bad[0]["message"]
        )

    def test_extract_refuses_what_is_no_song_file(self):
        for content in (b"", b"a,b\n1,2\n", b"\xff\xfe\x00\x01"):
            rows = work.extract("odd.csv", content).to_pylist()
            self.assertEqual([(row["code"], row["source"]) for row in rows], [("FILE", "odd.csv")])

    def test_plans_are_the_same_for_the_same_number(self):
        songs = [f"s{i}" for i in range(50)]
        self.assertEqual(work.plan_of(7, songs), work.plan_of(7, songs))
        self.assertGreater(len({work.plan_of(i, songs) for i in range(200)}), 190)

    def test_scaled_files_hold_every_row_as_often(self):
        rows = [
            ["track_id", "track_name", "track_artist"],
            ["1", 'a "b", c', "x\ny"],
            ["2", "é", "z"],
        ]
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/s.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
            scale_catalog.scale(f"{folder}/s.csv", f"{folder}/three.csv", 3)
            with open(f"{folder}/three.csv", encoding="utf-8", newline="") as file:
                found = list(csv.reader(file))
        self.assertEqual(found[:3], rows)
        self.assertEqual(
            found[3:], [[f"{text}~{k}" for text in row] for k in (1, 2) for row in rows[1:]]
        )

    def test_page_says_what_was_measured(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "figures").mkdir()
            shutil.copy(measure.DOCS / "pipeline.md", folder)
            measure.page(Path(folder))
            for name in measure.PAGE:
                self.assertEqual(
                    Path(folder, name).read_text(encoding="utf-8"),
                    (measure.DOCS / name).read_text(encoding="utf-8"),
                    name,
                )

    def test_bundle(self):
        """databricks.yml names files, steps and clusters that are there."""
        import yaml

        folder = ROOT / "examples/pipeline"
        bundle = yaml.safe_load((folder / "databricks.yml").read_text())
        self.assertLessEqual(
            set(bundle),
            {"bundle", "artifacts", "variables", "resources", "targets", "sync", "include"},
        )
        for artifact in bundle["artifacts"].values():
            self.assertEqual(artifact["type"], "whl")
            self.assertTrue((folder / artifact["path"] / "pyproject.toml").exists())
        self.assertEqual(
            sum(target.get("default", False) for target in bundle["targets"].values()), 1
        )
        (described,) = bundle["resources"]["jobs"].values()
        clusters = {cluster["job_cluster_key"] for cluster in described["job_clusters"]}
        keys = [task["task_key"] for task in described["tasks"]]
        self.assertEqual(len(keys), len(set(keys)))
        for task in described["tasks"]:
            self.assertIn(task["job_cluster_key"], clusters)
            self.assertTrue((folder / task["spark_python_task"]["python_file"]).exists())
            self.assertLessEqual(
                {other["task_key"] for other in task.get("depends_on", [])}, set(keys)
            )
            self.assertIn(
                task["spark_python_task"]["parameters"][0],
                ("etl", "popularity", "plans", "schedule"),
            )
        used = json.dumps(bundle["resources"])
        for name in bundle["variables"]:
            self.assertIn("${var.%s}" % name, used)


class OnSpark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="musicsched-pipeline-"))
        cls.source = data_file(cls.folder)
        cls.spark = job.spark_session("2", "2g")
        cls.spark.sparkContext.setLogLevel("ERROR")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        shutil.rmtree(cls.folder)

    def test_whole_from_parts(self):
        """The answer on 1, 4 and 16 partitions is that of one process over the whole file, to the
        last integer; twice the same.
        """
        inputs, out = self.folder / "parts", self.folder / "whole"
        split_csv(self.source, inputs, 3)
        whole = musicsched.Catalog.read_csv(self.source)
        expected = answers(whole)
        report = job.etl(self.spark, str(inputs), str(out), 4)
        self.assertEqual(
            (report["files"], report["entries"], report["tracks"], report["rows_refused"]),
            (3, len(whole), whole.info["tracks"], 0),
        )
        for partitions in (1, 4, 16):
            merged = job.popularity(self.spark, str(out), partitions)
            self.assertEqual(set(merged), set(expected))
            for question, answer in merged.items():
                self.assertEqual(
                    json.loads(answer.to_state()),
                    json.loads(expected[question]),
                    f"{question} on {partitions} partitions",
                )
        genres = {
            row["key"]: row
            for row in rows_of(out / "popularity", "question", "key")
            if row["question"] == "genre/recordings"
        }
        self.assertEqual(
            {
                row["key"]: (row["n"], row["mean"])
                for row in whole.group_by("genre", count="recordings")
            },
            {key: (row["n"], row["mean"]) for key, row in genres.items()},
        )

        # Once more, over what a run that failed half-way might have left: the same rows and the
        # same report.
        rows = rows_of(out / "entries", "source", "row")
        (out / "entries" / "part-99999-of-a-failed-run.parquet").write_bytes(b"half a file")
        again = job.etl(self.spark, str(inputs), str(out), 7)
        self.assertEqual(again, report)
        self.assertEqual(json.loads((out / "quality.json").read_text()), report)
        self.assertEqual(rows_of(out / "entries", "source", "row"), rows)

        # Parquet in gives what CSV in gives; the row's origin is the Parquet file then.
        table = pq.read_table(out / "entries").sort_by(
            [("source", "ascending"), ("row", "ascending")]
        )
        (self.folder / "parquet").mkdir()
        pq.write_table(
            table.drop_columns(["source", "row", "shard"]), self.folder / "parquet/all.parquet"
        )
        self.assertEqual(
            job.etl(self.spark, str(self.folder / "parquet"), str(self.folder / "from-parquet"), 4)[
                "entries"
            ],
            len(whole),
        )
        merged = job.popularity(self.spark, str(self.folder / "from-parquet"), 4)
        self.assertEqual(
            {question: json.loads(answer.to_state()) for question, answer in merged.items()},
            {question: json.loads(state) for question, state in expected.items()},
        )

    def test_quality(self):
        """Bad rows, a file that is none, a track told differently by two files, and one told twice
        alike.
        """
        inputs, out = self.folder / "bad", self.folder / "checked"
        inputs.mkdir()
        (inputs / "a.csv").write_text(
            HEADER + "1,One,X,50,1000,p,pop\n2,Two,X,fifty,1000,p,pop\n3,Three,Y,30,1000,p,pop\n",
            encoding="utf-8",
        )
        (inputs / "b.csv").write_text(
            HEADER
            + "1,One,X,50,1000,q,rock\n3,Third,Y,30,1000,q,rock\n3,Third,Y,30,1000,q,rap\n4,Four,Z,1,1000,q,rap\n"
            "1,One,X,50,1000,p,pop\n",
            encoding="utf-8",
        )
        (inputs / "c.csv").write_text("not,songs\n1,2\n", encoding="utf-8")
        (inputs / "notes.txt").write_text("no CSV\n", encoding="utf-8")
        report = job.etl(self.spark, str(inputs), str(out), 4)
        self.assertEqual(report["files"], 3)
        self.assertEqual(report["files_refused"], ["c.csv"])
        self.assertEqual(
            (report["entries"], report["tracks"], report["entries_repeated"]), (5, 3, 1)
        )
        self.assertEqual(
            report["rows_refused_by_code"], {"MSCHED_ERROR_CONFLICT": 2, "MSCHED_ERROR_VALUE": 1}
        )
        self.assertEqual(report["rows_read"], 8)
        self.assertEqual(report["sources"]["b.csv"], {"entries": 3, "rows_refused": 2})
        rejects = rows_of(out / "rejects", "source", "line", "row")
        self.assertIn("a.csv:3:4: track_popularity", rejects[0]["message"])
        conflicts = [row for row in rejects if row["code"] == "MSCHED_ERROR_CONFLICT"]
        self.assertEqual(
            [(row["source"], row["row"]) for row in conflicts], [("b.csv", 2), ("b.csv", 3)]
        )
        self.assertIn(
            'b.csv, row 2: track_name: "Third", but "Three" in a.csv, row 2 for',
            conflicts[0]["message"],
        )
        names = {
            row["track_id"]: row["track_name"] for row in rows_of(out / "entries", "source", "row")
        }
        self.assertEqual(names, {"1": "One", "3": "Three", "4": "Four"})

    def test_schedules(self):
        """Thousands of plans: each as the library schedules it alone; refused ones keep their row
        and say why.
        """
        plans, out = self.folder / "plans", self.folder / "schedules"
        job.plans(self.spark, self.source, str(plans), 3000, 3)
        odd = {
            3000: "{",
            3001: None,
            3002: '{"version": 1, "date": "2026-02-30"}',
            3003: '{"version": 1, "date": "2026-02-03", "songs": [{"track_id": "no such id"}]}',
        }
        pq.write_table(
            pa.table({"plan_id": list(odd), "plan": list(odd.values())}, schema=work.PLAN_SCHEMA),
            plans / "odd.parquet",
        )
        counts = job.schedule(self.spark, self.source, str(plans), str(out), 4)
        rows = rows_of(out, "plan_id")
        self.assertEqual([row["plan_id"] for row in rows], list(range(3004)))
        self.assertEqual(sum(counts.values()), 3004)
        catalog = musicsched.Catalog.read_csv(self.source)
        texts = {row["plan_id"]: row["plan"] for row in rows_of(plans, "plan_id")}
        for row in rows[::100] + rows[3000:]:
            try:
                expected = catalog.schedule(
                    musicsched.Plan.from_json(texts[row["plan_id"]] or ""), reasons=False
                )
            except musicsched.MusicschedError as error:
                self.assertEqual((row["status"], row["schedule"]), ("refused", None))
                self.assertEqual(row["error"], f"{error.code}: {error}")
                continue
            self.assertEqual(
                (row["schedule"], row["status"], row["entries"], row["error"]),
                (expected.to_json(), expected.status, len(expected), None),
            )
        self.assertEqual([row["status"] for row in rows[3000:3003]], ["refused"] * 3)
        self.assertEqual(job.schedule(self.spark, self.source, str(plans), str(out)), counts)
        self.assertEqual(rows_of(out, "plan_id"), rows)


if __name__ == "__main__":
    unittest.main()
