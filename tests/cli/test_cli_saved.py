"""Saved catalogs on the command line: every command says the same as of the song file."""

import pathlib
import re
import tempfile

import cli

DAY = "date: 2026-11-24\n9-17 Work #focus\nGym 1h after 17:00 #workout\nfill: 1h\n"
QUESTIONS = [
    ["top", "--limit", "30"],
    ["top", "--count", "entries", "--json"],
    *[["stats", "--by", by, "--json"] for by in ("genre", "subgenre", "artist", "playlist")],
    *[["trend", "--by", by, "--json"] for by in ("year", "decade", "month", "year_month")],
    ["stats", "--by", "genre", "--count", "recordings", "--no-zero", "--json"],
    ["histogram", "--json"],
    ["correlations", "--json"],
    ["find", "dance", "monky", "--json"],
    ["find", "love", "--limit", "20", "--json"],
    ["suggest", "da", "--json"],
]
# The second in which a calendar was written.
STAMPS = re.compile(r"(?m)^(DTSTAMP|LAST-MODIFIED):\w+")


class Saved(cli.CliTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.saved = self.folder / "songs.msc"

    def compare(self, songs):
        self.assertIn("songs.msc: ", self.good("save", songs, self.saved))
        plan = self.folder / "day.txt"
        plan.write_text(DAY, encoding="utf-8")
        for question in [*QUESTIONS, ["plan", plan, "--json"], ["plan", plan, "--ics"]]:
            with self.subTest(question=question):
                expected = self.good(*question, "--catalog", songs)
                answer = self.good(*question, "--catalog", self.saved)
                self.assertEqual(STAMPS.sub("", answer), STAMPS.sub("", expected))

    def test_sample(self):
        self.compare(cli.SAMPLE)

    def test_real_songs(self):
        if cli.real_catalog() is None:
            self.skipTest("the real data set is not there")
        self.compare(cli.real_catalog())

    def test_verify_finds_another_value(self):
        self.good("save", self.saved, "--catalog", cli.SAMPLE)
        self.good("info", "--catalog", self.saved, "--verify")
        data = bytearray(self.saved.read_bytes())
        data[-100] ^= 1
        self.saved.write_bytes(data)
        message = self.bad(1, "info", "--catalog", self.saved, "--verify")
        self.assertIn("the saved catalog is damaged: save it again from its songs", message)

    def test_several_files_become_one(self):
        for name in ("one", "two"):
            (self.folder / f"{name}.csv").write_text(
                f"title,artist\n{name},Someone\n", encoding="utf-8"
            )
        self.good("save", self.folder / "one.csv", self.folder / "two.csv", self.saved)
        for name in ("one", "two"):
            out = self.good("top", "--playlist", name, "--catalog", self.saved, "--format", "csv")
            self.assertEqual(len(out.splitlines()), 2)
            self.assertIn(name, out)

    def test_other_files_are_not_replaced(self):
        notes = self.folder / "notes.txt"
        notes.write_text("important", encoding="utf-8")
        message = self.bad(1, "save", cli.SAMPLE, notes)
        self.assertIn("is not a saved catalog, so it is not replaced", message)
        self.assertEqual(notes.read_text(encoding="utf-8"), "important")

    def test_without_songs(self):
        message = self.bad(2, "save", self.saved)
        self.assertIn("no songs: write SONGS before", message)
        self.assertFalse(self.saved.exists())


if __name__ == "__main__":
    cli.main()
