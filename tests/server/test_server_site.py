#!/usr/bin/env python3
"""The server with a folder of `make site`: types, tags, compression and policy of its files."""

import gzip
import pathlib
import subprocess
import tempfile
import unittest

from server_testing import CATALOG, SERVER, Server

FILES = {
    "musicsched/musicsched.wasm": b"\0asm\1\0\0\0" * 400,
    "musicsched/lib/index.js": b"export const load = () => {};\n" * 100,
    "songs.csv.gz": gzip.compress(b"title,artist\nA,B\n" * 200),
    "index.html": b"another page",
    ".secret": b"hidden",
}


def write_site(folder, leave_out=()):
    for name, data in FILES.items():
        if name in leave_out:
            continue
        file = pathlib.Path(folder, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        write_site(cls.folder.name)
        cls.server = Server("--log", "off", "--site", cls.folder.name)
        cls.addClassCleanup(cls.server.stop)

    def get(self, path, **headers):
        return self.server.ask("GET", path, headers=headers)

    def test_files_have_their_types_and_bytes(self):
        for path, kind in (
            ("/musicsched/musicsched.wasm", "application/wasm"),
            ("/musicsched/lib/index.js", "text/javascript; charset=utf-8"),
            ("/songs.csv.gz", "application/gzip"),
        ):
            status, headers, body = self.get(path)
            self.assertEqual((status, headers["Content-Type"]), (200, kind))
            self.assertEqual(body, FILES[path[1:]])
            again = {"If-None-Match": headers["ETag"]}
            self.assertEqual(self.server.ask("GET", path, headers=again)[0], 304)
            status, _, body = self.server.ask("HEAD", path)
            self.assertEqual((status, body), (200, b""))

    def test_what_compresses_is_compressed(self):
        path = "/musicsched/musicsched.wasm"
        _, plain, _ = self.get(path)
        status, headers, body = self.server.ask("GET", path, headers={"Accept-Encoding": "gzip"})
        self.assertEqual((status, headers["Content-Encoding"]), (200, "gzip"))
        self.assertNotEqual(headers["ETag"], plain["ETag"])
        self.assertEqual(gzip.decompress(body), FILES[path[1:]])
        _, headers, body = self.server.ask(
            "GET", "/songs.csv.gz", headers={"Accept-Encoding": "gzip"}
        )
        self.assertNotIn("Content-Encoding", headers)
        self.assertEqual(body, FILES["songs.csv.gz"])

    def test_the_page_plans_by_itself(self):
        _, headers, body = self.get("/")
        self.assertIn(b"Your day", body)
        self.assertIn("'wasm-unsafe-eval'", headers["Content-Security-Policy"])
        _, _, body = self.get("/site.js")
        self.assertIn(b"planner: './planner.js'", body)
        self.assertIn(b"server: true", body)
        self.assertEqual(self.get("/api/v1/catalog")[0], 200)

    def test_without_a_folder_it_does_not(self):
        with Server("--log", "off") as server:
            _, headers, _ = server.ask("GET", "/")
            self.assertNotIn("wasm", headers["Content-Security-Policy"])
            self.assertIn(b"planner: ''", server.ask("GET", "/site.js")[2])
            self.assertEqual(server.ask("GET", "/musicsched/musicsched.wasm")[0], 404)

    def test_nothing_else_is_served(self):
        for path in ("/.secret", "/musicsched", "/musicsched/", "/musicsched/../.secret"):
            self.assertEqual(self.get(path)[0], 404, path)


class Refused(unittest.TestCase):
    def refuse(self, folder):
        command = [SERVER, "--catalog", CATALOG, "--port", "0", "--site", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(done.returncode, 1)
        return done.stderr

    def test_a_folder_that_is_none_of_a_site(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("No such file", self.refuse(pathlib.Path(folder, "nowhere")))
            write_site(folder, leave_out=["songs.csv.gz"])
            message = self.refuse(folder)
            self.assertIn("/songs.csv.gz: is missing; `make site` writes the folder", message)
            for number in range(300):
                pathlib.Path(folder, "file%d" % number).touch()
            self.assertIn("more than 256 files", self.refuse(folder))


if __name__ == "__main__":
    unittest.main()
