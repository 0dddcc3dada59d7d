#!/usr/bin/env python3
"""The replan command: the clock, dates, and what was not done.

usage: test_cli_replan.py PROGRAM SAMPLE.csv
"""

import datetime
import json
import pathlib
import tempfile
import unittest

import cli

WEEK = "date: 2026-11-23\ndays: 4\nday: 9:00-12:00\n{}Call 1h\nRun 1h 2x\nTue 9:00-10:00 Visit\n"
UTC = datetime.timezone.utc


class Replan(cli.CliTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def planned(self, text, *arguments):
        """The file of a plan and that of its schedule."""
        plan, last = self.folder / "plan.txt", self.folder / "last.json"
        plan.write_text(text, encoding="utf-8")
        self.good("plan", plan, "--output", last, *arguments, environment={"TZ": "UTC"})
        return plan, last

    def replan(self, *arguments):
        return self.good_json("replan", *arguments, environment={"TZ": "UTC"})

    def test_a_week_rolls_over(self):
        plan, last = self.planned(WEEK.format(""))
        now = ("--now", "2026-11-24T08:00")
        rest = self.replan(plan, last, *now)
        self.assertEqual(
            rest,
            self.good_json("plan", plan, "--previous", last, *now),
            "the same as plan with the two options",
        )
        where = {e["id"]: e["date"] for e in rest["entries"]}
        self.assertGreater(where["call"], "2026-11-23")
        rolled = [w["message"] for w in rest["warnings"] if w["code"] == "rolled_over"]
        self.assertTrue(any("Call" in text for text in rolled), rolled)
        plan.write_text(WEEK.format("[x] "), encoding="utf-8")
        done = self.replan(plan, last, *now)
        self.assertEqual(
            [(e["date"], e["state"]) for e in done["entries"] if e["id"] == "call"],
            [("2026-11-23", "done")],
        )

    def test_output_may_be_the_last_schedule(self):
        plan, last = self.planned(WEEK.format(""))
        before = json.loads(last.read_text(encoding="utf-8"))
        self.good("replan", plan, last, "--now", "2026-11-24T08:00", "--output", last)
        after = json.loads(last.read_text(encoding="utf-8"))
        self.assertNotEqual(before["entries"], after["entries"])

    def test_the_clock_is_now(self):
        text = "day: 0:00-36:00\ntimezone: UTC\nA 30m\nB 30m\n"
        plan, last = self.planned(text)
        before = datetime.datetime.now(UTC).replace(microsecond=0)
        rest = self.replan(plan, last)
        starts = [datetime.datetime.fromisoformat(e["start_utc"][:19]) for e in rest["entries"]]
        self.assertEqual(len(starts), 2)
        # a task that is running now stays, and nothing else begins in the past or off the minute
        for start in starts:
            self.assertGreater(start.replace(tzinfo=UTC), before - datetime.timedelta(minutes=30))
            self.assertEqual(start.second, 0)

    def test_a_list_without_a_date_keeps_the_dates_of_its_schedule(self):
        today = datetime.datetime.now(UTC).date()
        yesterday = (today - datetime.timedelta(days=1)).isoformat()
        plan, last = self.planned("A 30m\nB 30m\n", "--days", 4, "--date", yesterday)
        rest = self.replan(plan, last, "--days", 4)
        self.assertEqual((rest["date"], rest["days"]), (yesterday, 4))
        self.assertTrue(all(e["date"] > yesterday for e in rest["entries"]), rest["entries"])
        self.assertEqual(rest, self.replan(plan, last), "the number of days comes from it, too")

    def test_a_list_without_a_date_is_as_long_as_its_schedule(self):
        # nothing is on the last dates, which still count
        plan, last = self.planned("Laundry 1h\n", "--days", 7, "--date", "2030-06-03")
        rest = self.replan(plan, last, "--now", "2030-06-04T12:00")
        self.assertEqual((rest["date"], rest["days"]), ("2030-06-03", 7))
        self.assertEqual([e["id"] for e in rest["entries"]], ["laundry"])
        shorter = self.replan(plan, last, "--now", "2030-06-04T12:00", "--days", 3)
        self.assertEqual(shorter["days"], 3)

    def test_the_date_of_now_chooses_the_dates(self):
        plan, last = self.planned("Laundry 1h\n", "--days", 3, "--date", "2020-06-01")
        rest = self.replan(plan, last, "--now", "2020-06-02T12:00")
        self.assertEqual((rest["date"], rest["days"]), ("2020-06-01", 3))
        over = self.replan(plan, last, "--now", "2020-06-08T12:00")
        self.assertEqual((over["date"], over["days"]), ("2020-06-08", 3))

    def test_a_missed_habit_is_one_line(self):
        text = "Swim every other day 30m\nGuitar daily 30m\nThesis 12h00m split by Sunday\n"
        plan, last = self.planned(text, "--days", 7, "--date", "2026-11-30")
        now = ("--now", "2026-12-02T12:00")
        result = self.run_cli("replan", plan, last, *now)
        self.assertIn("--assume-done counts them as done", result.stderr)
        lines = [line.strip() for line in result.stdout.splitlines()]
        self.assertIn(
            "Guitar (Monday 30 November 2026, Tuesday 1 December 2026): missed "
            "(not marked as done)",
            lines,
        )
        self.assertIn("Swim (Monday 30 November 2026): missed (not marked as done)", lines)
        self.assertNotIn("it is no longer scheduled", result.stdout)
        missed = self.replan(plan, last, *now)["unplaced"]
        self.assertEqual(
            [(m["id"], m["date"]) for m in missed],
            [
                ("swim@2026-11-30", "2026-11-30"),
                ("guitar@2026-11-30", "2026-11-30"),
                ("guitar@2026-12-01", "2026-12-01"),
            ],
        )
        done = self.run_cli("replan", plan, last, *now, "--assume-done")
        self.assertNotIn("missed", done.stdout + done.stderr)

    def test_a_task_that_does_not_fit_any_more(self):
        text = "day: 9:00-12:00\nPaint 3h by Tuesday\nThesis 9h00m split by Wednesday !2\n"
        plan, last = self.planned(text, "--days", 3, "--date", "2026-11-30")
        rest = self.replan(plan, last, "--now", "2026-12-02T11:00")
        self.assertTrue(
            any("it is no longer scheduled" in w["message"] for w in rest["warnings"]),
            rest["warnings"],
        )
        fresh = self.good_json("plan", plan, "--days", 3, "--date", "2026-11-30")
        self.assertEqual(
            [u["reason"] for u in fresh["unplaced"]],
            [
                "it needs 9 h from 2026-11-30 to 2026-12-02, where the rest of the plan leaves "
                "6 h in total"
            ],
        )

    def test_json_keeps_its_own_dates(self):
        plan, last = self.planned("Laundry 1h\n", "--days", 3, "--date", "2030-06-03")
        one = {"date": "2030-06-03", "todos": [{"id": "a", "title": "A", "duration_s": 600}]}
        plan.write_text(json.dumps(one), encoding="utf-8")
        self.assertIn('add "days": 3', self.bad(1, "replan", plan, last))
        plan.write_text(json.dumps(one | {"days": 3}), encoding="utf-8")
        self.assertEqual(self.replan(plan, last)["days"], 3)

    def test_a_list_of_yesterday_is_planned_today(self):
        plan, last = self.planned("day: 0:00-36:00\nA 30m\n", "--date", "2020-01-01")
        result = self.run_cli("replan", plan, last, "--json", environment={"TZ": "UTC"})
        self.assertIn("schedule is for 2020-01-01", result.stderr)
        rest = json.loads(result.stdout)
        self.assertGreater(rest["date"], "2026-01-01")
        self.assertEqual([e["id"] for e in rest["entries"]], ["a"])

    def test_what_it_cannot_do(self):
        plan, last = self.planned("date: 2020-01-01\nA 30m\n")
        error = self.bad(1, "replan", plan, last)
        self.assertIn("the dates of this plan are over", error)
        self.assertIn("--now", error)
        self.assertEqual(len(self.replan(plan, last, "--now", "9:00")["entries"]), 1)
        self.assertIn("needs PLAN and one SCHEDULE", self.bad(2, "replan", plan))
        self.bad(2, "replan", plan, last, "--previous", last)
        self.assertIn("last.json2", self.bad(1, "replan", plan, f"{last}2"))

    def test_a_text_without_a_time_zone_is_replanned_in_that_of_its_schedule(self):
        zone = ["--timezone", "America/New_York"]
        plan, last = self.planned("9:00-10:00 Call\nGym 1h\n", "--date", "2026-11-24", *zone)
        made = self.replan(plan, last, "--now", "2026-11-24T08:00")
        self.assertEqual(made["timezone"], "America/New_York")
        call = next(entry for entry in made["entries"] if entry["title"] == "Call")
        self.assertEqual(call["start_utc"], "2026-11-24T14:00:00Z")


if __name__ == "__main__":
    unittest.main(argv=["test_cli_replan"])
