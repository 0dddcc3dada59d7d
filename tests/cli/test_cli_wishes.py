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

    def reason(self, text, *arguments):
        made = self.good_json("plan", "-", *arguments, stdin="date: 2026-11-30\n" + text)
        return made["unplaced"][0]["reason"]

    def test_what_must_end_before_an_event(self):
        day = "day: 7:00-23:00\n"
        self.assertEqual(
            self.reason(day + "7:00-15:00 Shift\nBus 30m before:shift\n"),
            "must end before Shift (07:00), but the day begins at 07:00",
        )
        self.assertEqual(
            self.reason(day + "7:20-15:00 Shift\nBus 30m before:shift\n"),
            "needs 30 min before Shift (07:20); the longest free slot is 20 min, before Shift",
        )
        error = self.bad(1, "plan", "-", "--strict", stdin=day + "Walk 30m before 7:00\n")
        self.assertIn("07:00 is not after the day begins, at 07:00", error)

    def test_a_silent_to_do_has_no_fill(self):
        self.assertEqual(
            self.reason("Run 30m\nfill: run\n", "--catalog", cli.SAMPLE),
            "requested 30 min of fill during Run; none fits, because Run allows no music "
            "(add #music to its line)",
        )

    def test_an_empty_day_claims_nothing(self):
        text = self.good("plan", "-", stdin="date: 2026-11-30\n")
        self.assertTrue(text.endswith("\n0 events.\n"), text)

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

    def test_a_fill_of_a_to_do_lacks_nothing_beside_wanted_songs(self):
        day = "date: 2026-11-24\nRun 40m after 17:00 #workout\n"
        song = "♪ Dancing Monkey - Synthetic Otters during:run\n"
        schedule = self.good_json(
            "plan", "-", "--catalog", cli.SAMPLE, stdin=day + song + "fill: run\n"
        )
        self.assertEqual(schedule["unplaced"], [])
        songs = [entry for entry in schedule["entries"] if entry["kind"] == "song"]
        self.assertEqual((songs[0]["start"], songs[-1]["end"]), ("17:00:00", "17:40:00"))
        longer = day + song + "fill: 50m during:run\n"
        schedule = self.good_json("plan", "-", "--catalog", cli.SAMPLE, stdin=longer)
        self.assertIn("wanted songs take the rest", schedule["unplaced"][0]["reason"])


if __name__ == "__main__":
    cli.main()
