#!/usr/bin/env python3
"""UIDs in calendars: the same while a plan changes, others in a plan of another name.

usage: test_cli_uids.py PROGRAM SAMPLE.csv
"""

import json
import pathlib
import re
import tempfile

import cli

DAY = "date: 2026-11-24\n9-10 Stand-up\nGym 1h\nShop 30m\nGym 30m\n"


class Uids(cli.CliTest):
    def uids(self, plan, *options):
        """The titles of the events by UID. No two events share a UID."""
        ics = self.good("plan", "-", "--ics", *options, stdin=plan)
        uids = re.findall("\r\nUID:([^\r]*)", ics)
        self.assertEqual(len(uids), len(set(uids)))
        return dict(zip(uids, re.findall("\r\nSUMMARY:([^\r]*)", ics)))

    def told(self, plan, *options):
        return self.run_cli("plan", "-", *options, stdin=plan).stderr

    def test_plans_with_names_share_none(self):
        anna, ben = (self.uids(DAY + f"calendar: {name}\n") for name in ("anna", "ben"))
        self.assertEqual(len(anna), 4)
        self.assertFalse(set(anna) & set(ben))
        self.assertIn("2026-11-24-todo-1-gym~2@anna.musicsched", anna)

    def test_a_changed_plan_keeps_them(self):
        named = DAY + "calendar: anna\n"
        for changed in (
            named.replace("9-10", "13-14"),
            named.replace("Shop 30m", "[x] Shop 30m at 7:00"),
            named.replace("Gym 1h", "Call Eva 10m\nGym 1h"),
            named.replace("Shop 30m\n", "").replace("9-10", "Shop 40m\n9-10"),
        ):
            before, after = self.uids(named), self.uids(changed)
            self.assertEqual(before, {uid: after.get(uid) for uid in before}, changed)

    def test_a_plan_without_a_name_takes_that_of_its_previous_schedule(self):
        with tempfile.TemporaryDirectory() as folder:
            old = pathlib.Path(folder, "old.json")
            made = self.good_json("plan", "-", stdin=DAY + "calendar: anna\n")
            self.assertEqual(made["calendar_id"], "anna")
            old.write_text(json.dumps(made), encoding="utf-8")
            self.assertEqual(self.uids(DAY, "--previous", old), self.uids(DAY + "calendar: anna\n"))
            self.assertEqual(self.told(DAY, "--ics", "--previous", old), "")

    def test_a_plan_without_a_name_is_told_so(self):
        self.assertRegex(self.told(DAY, "--ics"), "^note: .* write calendar: NAME into plan text")
        self.assertEqual(self.told(DAY + "calendar: anna\n", "--ics"), "")
        plan = {"date": "2026-11-24", "calendar_id": "anna", "todos": []}
        self.assertEqual(self.told(json.dumps(plan), "--ics"), "")
        self.assertRegex(self.told(json.dumps(plan | {"calendar_id": ""}), "--ics"), "calendar_id")
        for other in ("--json", "--text"):
            self.assertEqual(self.told(DAY, other), "")


if __name__ == "__main__":
    cli.main()
