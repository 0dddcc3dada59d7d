#!/usr/bin/env python3
"""The wishes of a plan, from the table of docs/bindings.md: the command line plans each line of
plan text, and writes it again from the plan's JSON.

usage: test_cli_wishes.py PROGRAM SAMPLE.csv
"""

import pathlib
import re
import tempfile

import cli

PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/bindings.md"
ROW = re.compile(
    r"^\| [^`|]+ \| `([^`]+)` \| `(\w+)` \| `[\w.]+` \| `\w+\(\w+=\)` \|$", re.MULTILINE
)
BASE = "date: 2026-11-24\nday: 7:00-23:00\n{line}\n{others}Run 1h #workout\nShift 4h after 9:00\n"


def plain(text):
    """Spellings that plan text writes differently."""
    return text.replace("spotify:track:", "").replace("07:00", "7:00").lower()


class Wishes(cli.CliTest):
    def rows(self):
        part = PAGE.read_text(encoding="utf-8").partition("## Wishes in every language")[2]
        return ROW.findall(part.partition("\n## ")[0])

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def folder_with(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_each_line_is_planned_and_written_again(self):
        self.assertGreaterEqual(len(self.rows()), 13)
        for line, _ in self.rows():
            with self.subTest(line):
                others = "fill: 10m\n" if not line.startswith("fill") else ""
                text = BASE.format(line=line, others=others)
                path = self.folder_with("day.txt", text)
                written = self.good("plan", path, "--plan-text")
                wanted = [word for word in re.split(r"[ -]", plain(line)) if word]
                kept = any(
                    all(word in plain(one) for word in wanted) for one in written.split("\n")
                )
                self.assertTrue(kept, written)
                again = self.folder_with("again.txt", written)
                self.assertEqual(self.good("plan", again, "--plan-text"), written)
                schedule = self.run_cli("plan", again, "--catalog", cli.SAMPLE, "--json")
                self.assertEqual(schedule.returncode, 0, schedule.stderr)

    def test_a_fill_of_a_to_do_fills_it_and_says_what_it_lacks(self):
        day = "date: 2026-11-24\nfill: run\nRun 40m after 17:00%s\n"
        schedule = self.good_json("plan", "-", "--catalog", cli.SAMPLE, stdin=day % " #workout")
        songs = [entry for entry in schedule["entries"] if entry["kind"] == "song"]
        self.assertEqual(songs[0]["start"], "17:00:00")
        self.assertEqual(songs[-1]["end"], "17:40:00")
        schedule = self.good_json("plan", "-", "--catalog", cli.SAMPLE, stdin=day % "")
        self.assertIn("Run allows no music", schedule["unplaced"][0]["reason"])


if __name__ == "__main__":
    cli.main()
