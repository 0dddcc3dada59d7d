#!/usr/bin/env python3
"""The songs that a server is started with: several files of any shape, and what it says of them."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from server_testing import CATALOG, SERVER, Server, wait_until

CLI = os.environ.get("MUSICSCHED_CLI")
MINE = 'Track Name,Artist Name(s),Duration,my "source": x\nOne,A,3:20,q\nTwo,B,soon,q\n'


def refused(*options):
    done = subprocess.run(
        [SERVER, "--port", "0", *options], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr


class CatalogTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.mine = str(pathlib.Path(self.folder.name) / "my songs.csv")
        pathlib.Path(self.mine).write_text(MINE, encoding="utf-8")

    def test_several_files_are_one_catalog(self):
        with Server() as server:
            alone = server.get_json("/api/v1/catalog")
        with Server("--catalog", self.mine, "--default-length", "3:30") as server:
            info = server.get_json("/api/v1/catalog")
            song = server.get_json("/api/v1/songs?q=Two")["songs"][0]
        self.assertEqual(info["tracks"], alone["tracks"] + 2)
        self.assertEqual((song["title"], song["duration_ms"]), ("Two", 210000))
        self.assertEqual(
            [f["source"] for f in info["report"]["files"]],
            [pathlib.Path(CATALOG).name, "my songs.csv"],
        )
        mine = info["report"]["files"][1]
        self.assertEqual(mine["ignored"], ['my "source": x'])
        self.assertEqual(info["unreadable_cells"], 1)
        self.assertTrue(any("unknown length" in text for text in mine["assumed"]))
        self.assertNotIn(self.folder.name, str(info))
        self.assertRegex(
            server.errors, r"^\d+ songs by \d+ artists; [1-9] assumed, 1 cells not read"
        )

    def test_a_history_is_the_popularity(self):
        history = pathlib.Path(self.folder.name) / "StreamingHistory0.json"
        plays = [
            {"endTime": "2026-11-2%d 10:00" % day, "artistName": "B", "trackName": "Two",
             "msPlayed": 9000}
            for day in (1, 2)
        ]  # fmt: skip
        history.write_text(json.dumps(plays), encoding="utf-8")
        with Server("--catalog", self.mine, "--catalog", str(history)) as server:
            song = server.get_json("/api/v1/songs?q=Two")["songs"][0]
        self.assertEqual(song["popularity"], 100)

    def test_a_folder_is_all_its_files(self):
        folder = pathlib.Path(self.folder.name) / "export"
        folder.mkdir()
        for name in ("One", "Two"):
            (folder / f"{name}.csv").write_text(f"Title,Artist,Length\n{name},A,3:00\n")
        (folder / "notes.txt").write_text("buy milk\n")
        with Server() as server:
            alone = server.get_json("/api/v1/catalog")["tracks"]
        with Server("--catalog", str(folder)) as server:
            self.assertEqual(server.get_json("/api/v1/catalog")["tracks"], alone + 2)

    def test_all_files_are_read_again(self):
        with Server("--catalog", self.mine) as server:
            before = server.get_json("/api/v1/catalog")["tracks"]
            with open(self.mine, "a", encoding="utf-8") as file:
                file.write("Three,C,3:00,q\n")
            server.process.send_signal(1)
            wait_until(lambda: server.get_json("/api/v1/catalog")["tracks"] == before + 1)

    def save(self, songs, saved):
        subprocess.run([CLI, "save", str(songs), str(saved)], check=True, capture_output=True)

    @unittest.skipUnless(CLI, "the command line is not built")
    def test_a_saved_catalog_is_shared_and_read_again(self):
        """The pages are those of the file: neither a start nor a reload makes a copy."""
        saved, part = (pathlib.Path(self.folder.name) / name for name in ("s.msc", "part.csv"))
        with open(CATALOG, encoding="utf-8") as whole:
            part.write_text("".join(whole.readlines()[:101]), encoding="utf-8")
        self.save(CATALOG, saved)
        with Server() as server:
            catalog = server.get_json("/api/v1/catalog")
            song = server.get_json("/api/v1/songs?q=the")
        with Server(catalog=str(saved)) as server:

            def mapped():
                lines = pathlib.Path(f"/proc/{server.process.pid}/maps").read_text().splitlines()
                return [line.split()[1] for line in lines if "s.msc" in line]

            opened = server.get_json("/api/v1/catalog")
            self.assertEqual(opened["rows"], catalog["rows"])
            self.assertEqual(server.get_json("/api/v1/songs?q=the"), song)
            self.assertEqual(mapped(), ["r--s"])
            self.save(part, saved)
            server.process.send_signal(1)
            wait_until(lambda: server.get_json("/api/v1/catalog")["rows"] == 100)
            wait_until(lambda: mapped() == ["r--s"])
            whole = saved.read_bytes()
            broken = saved.with_name("broken")
            broken.write_bytes(whole[:-1])
            broken.rename(saved)
            server.process.send_signal(1)
            wait_until(
                lambda: b'reloads_total{result="failed"} 1' in server.ask("GET", "/metrics")[2]
            )
            self.assertEqual(server.get_json("/api/v1/catalog")["rows"], 100)

    def test_what_is_refused_names_the_flag(self):
        path = pathlib.Path(self.folder.name) / "other.csv"
        path.write_text("a,b\n1,2\n", encoding="utf-8")
        status, text = refused("--catalog", CATALOG, "--catalog", str(path))
        self.assertEqual(status, 1)
        self.assertIn("other.csv:1: ", text)
        self.assertIn("--columns 'track_name=", text)
        path.write_text(
            "track_id,track_name,track_artist,track_popularity,duration_ms\n1,2\n", encoding="utf-8"
        )
        status, text = refused("--catalog", str(path))
        self.assertEqual(status, 1)
        self.assertIn("--skip-bad-rows", text)
        self.assertEqual(refused("--catalog", self.mine, "--strict")[0], 1)
        for length in ("3:70", "0:00", "x", "3:30x", "-1:00", "99999:00"):
            status, text = refused("--catalog", self.mine, "--default-length", length)
            self.assertEqual((status, "--default-length" in text), (2, True), length)


if __name__ == "__main__":
    unittest.main()
