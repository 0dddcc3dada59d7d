#!/usr/bin/env python3
"""The plan command: forms in and out, errors with their places, whole files or none.

usage: test_cli_plan.py PROGRAM SAMPLE.csv
"""

import datetime
import json
import os
import pathlib
import stat
import tempfile
import unittest

import cli

try:
    import icalendar
    import jsonschema
except ImportError:  # tests/requirements.txt
    icalendar = jsonschema = None

PLANS = cli.ROOT / "examples" / "plans"
DAY = (
    "date: 2026-11-24\n9:00-17:00 Work\nGym 1h after 17:00 !1 #workout id:gym\n♪ Dancing Monkey -"
    " Synthetic Otters during:gym\n"
)


def start_of(schedule, entry_id):
    return next(entry["start"] for entry in schedule["entries"] if entry.get("id") == entry_id)


class Forms(cli.CliTest):
    def plan(self, *arguments, stdin=DAY):
        return self.good("plan", "-", "--catalog", cli.SAMPLE, *arguments, stdin=stdin)

    def test_json(self):
        schedule = json.loads(self.plan("--json"))
        self.assertEqual((schedule["version"], schedule["date"]), (1, "2026-11-24"))
        self.assertGreaterEqual(start_of(schedule, "gym"), "17:00:00")
        song = next(entry for entry in schedule["entries"] if entry["kind"] == "song")
        self.assertEqual(
            (song["title"], song["during"], song["wanted"]), ("Dancing Monkey", "gym", 0)
        )
        self.assertEqual(schedule["unplaced"], [])

    def test_misspelled_songs_are_work_and_have_a_time_limit(self):
        lines = ["♪ Qwzx%04d jjkkqq - Vvxz%d" % (n, n) for n in range(300)]
        day = "date: 2026-11-24\nGym 1h\n"

        def work(text, *options):
            made = self.good_json(
                "plan", "-", "--catalog", cli.SAMPLE, "--json", *options, stdin=text
            )
            return made["objective"]["work"]

        one, all_of_them = (work(day + "\n".join(lines[:n]) + "\n") for n in (1, 300))
        searched = one - work(day)
        self.assertGreater(searched, 100)
        self.assertEqual(all_of_them - work(day), 300 * searched)
        limited = work(day + "\n".join(lines) + "\n", "--time-limit", "1")
        self.assertLess(limited, all_of_them)
        self.assertEqual(work(day, "--time-limit", "60000"), work(day))

    def test_same_input_same_bytes(self):
        self.assertEqual(self.plan("--json", "--seed", "7"), self.plan("--json", "--seed", "7"))

    def test_several_days(self):
        week = {
            "date": "2026-11-23",
            "days": 3,
            "day": {"exceptions": [{"on": ["wed"], "off": True}]},
            "todos": [
                {"title": "Fair", "start": "08:00", "end": "22:00", "on": ["mon"]},
                {"title": "Report", "duration_s": 7200},
                {"title": "Read", "duration_s": 1800, "earliest": "20:00", "times": "each"},
            ],
        }
        text = self.plan(stdin=json.dumps(week))
        monday = "  Mon 2026-11-23  events 14 h, tasks 30 min, free 1 h 30 min, music 0 s"
        self.assertIn(monday, text)
        self.assertIn("Tuesday 24 November 2026\n  07:00-09:00     Report\n", text)
        self.assertIn("(off)", text)
        entries = json.loads(self.plan("--json", stdin=json.dumps(week)))["entries"]
        found = [(e["date"], e["id"], e["of"]) for e in entries]
        self.assertIn(("2026-11-24", "read@2026-11-24", "read"), found)
        self.assertIn("DTSTART:20261124T070000", self.plan("--ics", stdin=json.dumps(week)))
        now = ("--json", "--now", "2026-11-24T10:00")
        rest = json.loads(self.plan(*now, stdin=json.dumps(week)))["entries"]
        report = [(e["date"], e["start"]) for e in rest if e["id"] == "report"]
        self.assertEqual(report, [("2026-11-24", "10:00:00")])
        for moment in ("2026-11-22T10:00", "2026-11-27T10:00"):
            answer = self.run_cli("plan", "-", "--now", moment, stdin=json.dumps(week))
            self.assertEqual(answer.returncode, 1)
            self.assertIn("now must be on a date of the plan", answer.stderr)

    def test_a_date_that_is_off_asks_for_no_music(self):
        """The week with a date that is off is planned with as little work as without it."""
        lines = ["days: 5", "day: 7:00-22:00", "max-tasks: 6h", "fill: 45m @evening"]
        lines += ["every weekday 9:00-9:30 Stand-up", "Report 8h split:45m max:3h/day", "Walk 1h"]
        free = self.plan("--date", "2026-11-23", "--json", stdin="\n".join(lines))
        lines.insert(2, "day: 2026-11-26 off")
        off = self.plan("--date", "2026-11-23", "--json", stdin="\n".join(lines))
        free, off = (json.loads(text)["objective"] for text in (free, off))
        self.assertEqual(off["fill_s"], 4 * 2700)
        self.assertLess(off["work"], 2 * free["work"])

    def test_a_week_of_plan_text(self):
        lines = [
            "day: 8:00-20:00",
            "day: wed off",
            "every weekday 9:00-9:15 Stand-up",
            "Gym 1h 3x/week apart:2d after 17:00",
            "## Tue",
            "14:00 Dentist 45m",
        ]
        options = ("--days", "7", "--from", "2026-11-23")
        text = self.plan(*options, stdin="\n".join(lines))
        self.assertIn("Monday 23 November 2026\n7 days\n", text)
        tuesday = "  Tue 2026-11-24  events 1 h, tasks 0 s, free 11 h, music 0 s"
        self.assertIn(tuesday, text)
        self.assertIn("Tuesday 24 November 2026\n  09:00-09:15     Stand-up\n", text)
        plan = json.loads(self.plan("--json", *options, stdin="\n".join(lines)))
        gym = [e["date"][-2:] for e in plan["entries"] if e["of"] == "gym"]
        self.assertEqual(gym, ["23", "26", "28"])
        fewer = self.plan(*options, stdin="days: 2\n" + "\n".join(lines[:1] + lines[4:]))
        self.assertIn("\n2 days\n", fewer)

    def test_overlapping_events_count_once(self):
        lines = [
            "date: 2026-11-23",
            "days: 2",
            "day: 0:00-24:00",
            "Mon 9:00-11:00 Fair",
            "Mon 10:00-12:00 Call",
            "Mon 22:00-26:00 Party",
            "Tue 1:00-3:00 Flight",
        ]
        text = self.plan(stdin="\n".join(lines))
        self.assertIn("  Mon 2026-11-23  events 7 h, tasks 0 s, free 19 h, music 0 s", text)
        # from midnight to 3:00 on Tuesday
        self.assertIn("  Tue 2026-11-24  events 2 h, tasks 0 s, free 21 h, music 0 s", text)

    def test_a_week_with_a_calendar_a_playlist_and_a_history(self):
        text = "date: 2026-11-23 Europe/Berlin\ndays: 4\nGym 1h 2x\nfill: 10m\n"
        ics = (
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Shift\r\n"
            "DTSTART;TZID=Europe/Berlin:20261124T080000\r\nDURATION:PT12H\r\n"
            "END:VEVENT\r\nBEGIN:VTODO\r\nUID:2\r\nSUMMARY:Tax\r\nDURATION:PT2H\r\n"
            "DUE;TZID=Europe/Berlin:20261124T120000\r\nEND:VTODO\r\nBEGIN:VTODO\r\nUID:3\r\n"
            "SUMMARY:Later\r\nDUE;TZID=Europe/Berlin:20261201T120000\r\nEND:VTODO\r\n"
            "END:VCALENDAR\r\n"
        )
        plain = json.loads(self.plan("--json", stdin=text))["entries"]
        filled = [e for e in plain if e["kind"] == "song"]
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            (place / "work.ics").write_bytes(ics.encode())
            wanted = "{} - {}\n".format(filled[-1]["title"], filled[-1]["artist"])
            (place / "songs.txt").write_text(wanted, encoding="utf-8")
            plays = [
                {
                    "ts": "2026-11-23T08:00:00Z",
                    "ms_played": 60000,
                    "master_metadata_track_name": song["title"],
                    "master_metadata_album_artist_name": song["artist"],
                }
                for song in filled[:3]
            ]
            (place / "heard.json").write_text(json.dumps(plays), encoding="utf-8")
            options = ("--calendar", place / "work.ics", "--songs", place / "songs.txt")
            options += ("--history", place / "heard.json", "--json")
            answer = self.run_cli("plan", "-", "--catalog", cli.SAMPLE, *options, stdin=text)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("note: left out: it is due later (UID 3)", answer.stderr)
        entries = json.loads(answer.stdout)["entries"]
        found = {e["title"]: (e["date"], e["start"], e["end"]) for e in entries}
        self.assertEqual(found["Shift"], ("2026-11-24", "08:00:00", "20:00:00"))
        self.assertLess(found["Tax"], ("2026-11-24", "08:00:00"))
        songs = [e for e in entries if e["kind"] == "song"]
        asked = [e["track_id"] for e in songs if "wanted" in e]
        self.assertEqual(asked, [filled[-1]["track_id"]])
        self.assertFalse({e["track_id"] for e in filled[:3]} & {e["track_id"] for e in songs})

    def test_from_takes_the_next_weekday(self):
        text = self.plan("--days", "3", "--from", "wed", stdin="Gym 1h")
        self.assertRegex(text, r"^Wednesday \d+ ")
        for argument in ("we", "2026-2-3", ""):
            answer = self.run_cli("plan", "-", "--from", argument, stdin="Gym 1h")
            self.assertEqual(answer.returncode, 2)
            self.assertIn("weekday such as mon", answer.stderr)
        answer = self.run_cli("plan", "-", "--days", "32", stdin="Gym 1h")
        self.assertEqual(answer.returncode, 2)

    def test_text_is_the_default(self):
        text = self.plan()
        self.assertEqual(text, self.plan("--text"))
        for word in ("Work", "Gym", "Dancing Monkey"):
            self.assertIn(word, text)

    def test_ics(self):
        lines = self.plan("--ics").split("\r\n")
        self.assertEqual((lines[0], lines[-2]), ("BEGIN:VCALENDAR", "END:VCALENDAR"))
        self.assertEqual(lines.count("BEGIN:VEVENT"), 3)

    def test_json_plan_by_content_and_by_name(self):
        plan = PLANS / "sample-day.json"
        by_name = self.good("plan", plan, "--catalog", cli.SAMPLE, "--json")
        self.assertEqual(by_name, self.plan("--json", stdin=plan.read_text(encoding="utf-8")))

    def test_committed_plans_are_planned(self):
        for name, catalog in (
            ("sample-day.txt", cli.SAMPLE),
            ("sample-day.json", cli.SAMPLE),
            ("real-day.txt", cli.real_catalog()),
        ):
            if catalog is None:
                continue
            with self.subTest(name):
                result = self.run_cli("plan", PLANS / name, "--catalog", catalog, "--json")
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                schedule = json.loads(result.stdout)
                self.assertEqual(
                    [u for u in schedule["unplaced"] if u["code"] == "unknown_song"], []
                )
                self.assertGreater(len(schedule["entries"]), 6)

    def test_examples_of_the_documents_are_planned(self):
        blocks = {
            name: (cli.ROOT / name).read_text(encoding="utf-8").split("```")
            for name in ("README.md", "docs/plan-text.md", "docs/formats.md")
        }
        plan_text = next(
            block for block in blocks["docs/plan-text.md"] if block.startswith("text\n")
        ).removeprefix("text\n")
        plan_json = next(
            block for block in blocks["docs/formats.md"] if block.startswith("json\n")
        ).removeprefix("json\n")
        readme = next(
            block for block in blocks["README.md"] if block.startswith("text\n")
        ).removeprefix("text\n")
        for text in (plan_text, plan_json, readme):
            schedule = json.loads(self.plan("--json", stdin=text))
            self.assertIn("gym", [entry.get("id") for entry in schedule["entries"]])
        # Every attribute that the tables name can be written so.
        for line in (
            "9-17 Work #focus", "9am to 5pm Work", "14:00 Dentist 45m", "Lunch 45 min at 12:30",
            "(A) Call mum for 20 min @evening", "Gym 1h30 from 9:00 until 12:00 p2 #nomusic",
            "Read 1.5h @afternoon", "Write 2h split:45m pad:10m/5m", "* Nap 20m nosplit",
            "song: Dancing Monkey - Synthetic Otters x2 nice", "buffer: 10m/5m", "separation: 30m",
            "gap: 2s", "limit: 2h", "fill: 1h pop, dance pop @evening #focus 2015-2019 min:60",
            "quiet: 13:00-14:00, 22:00-24:00",
        ):  # fmt: skip
            with self.subTest(line):
                result = self.run_cli(
                    "plan", "-", "--catalog", cli.SAMPLE, stdin="date: 2026-11-24\n" + line + "\n"
                )
                self.assertEqual((result.returncode, result.stderr), (0, ""))

    @unittest.skipIf(jsonschema is None, "jsonschema is not installed")
    def test_schemas_hold(self):
        schema = {
            name: json.loads(
                (cli.ROOT / "docs" / (name + ".schema.json")).read_text(encoding="utf-8")
            )
            for name in ("plan", "schedule")
        }
        plan = json.loads((PLANS / "sample-day.json").read_text(encoding="utf-8"))
        document = (cli.ROOT / "docs/formats.md").read_text(encoding="utf-8").split("```json\n")
        day, week, habit, schedule = (json.loads(part.split("```")[0]) for part in document[1:5])
        for one in (plan, day, week, {**week, "todos": [habit]}):
            jsonschema.validate(one, schema["plan"])
        jsonschema.validate(schedule, schema["schedule"])
        overbooked = (
            "date: 2026-11-24\nday: 9:00-12:00\n"
            + "Task 1h before 11:00\n" * 3
            + "10:00-10:30 A\n10:15-10:45 B\n♪ Nothing Like It\nfill: 9h\n"
        )
        for text in (DAY, json.dumps(plan), overbooked):
            jsonschema.validate(json.loads(self.plan("--json", stdin=text)), schema["schedule"])
        for corpus, valid in (("y_", True), ("n_", False)):
            for path in sorted((cli.ROOT / "tests/corpus/plan-json").glob(corpus + "*")):
                try:
                    jsonschema.validate(
                        json.loads(path.read_bytes().decode("utf-8")), schema["plan"]
                    )
                except (ValueError, jsonschema.ValidationError) as error:
                    self.assertFalse(valid, "%s: %s" % (path.name, error))

    @unittest.skipIf(icalendar is None, "icalendar is not installed")
    def test_ics_reads_back(self):
        day = self.plan("--ics", stdin=DAY.replace("2026-11-24", "2026-11-24 Europe/Berlin"))
        calendar = icalendar.Calendar.from_ical(day)
        starts = {str(event["SUMMARY"]): event["DTSTART"].dt for event in calendar.walk("VEVENT")}
        self.assertEqual(starts["Work"].isoformat(), "2026-11-24T09:00:00+01:00")
        self.assertEqual(len(starts), 3)

    def test_ics_of_a_day_planned_again(self):
        with tempfile.TemporaryDirectory() as folder:
            old = pathlib.Path(folder) / "old.json"
            old.write_text(self.plan("--json"), encoding="utf-8")
            arguments = ("--ics", "--previous", old, "--alarm", "1h5m", "--calendar-name", "My day")
            arguments += ("--sequence", "7", "--refresh", "1h")
            fixed = {"SOURCE_DATE_EPOCH": "1795000000"}
            plan = lambda *more: self.good(
                *("plan", "-", "--catalog", cli.SAMPLE, *arguments, *more),
                stdin=DAY.replace("9:00-17:00 Work", "9:00-16:00 Work").split("Gym")[0],
                environment=fixed,
            )
            kept, cancelled = plan(), plan("--cancelled")
        self.assertEqual(kept.count("BEGIN:VEVENT"), 1)
        refresh = "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
        for line in ("SEQUENCE:8", refresh, "TRIGGER:-PT1H5M", "X-WR-CALNAME:My day"):
            self.assertIn(f"\r\n{line}\r\n", kept)
        self.assertIn("DTSTAMP:20261118T110640Z\r\nLAST-MODIFIED:20261118T110640Z", kept)
        self.assertEqual(cancelled.count("STATUS:CANCELLED"), 2)
        self.assertIn("UID:2026-11-24-todo-1-gym@musicsched\r\n", cancelled)

    def test_dates_by_name(self):
        today = datetime.date.today()
        for name, ahead in (("today", 0), ("Tomorrow", 1)):
            plan = json.loads(self.good("plan", "-", "--date", name, "--json", stdin="Gym 1h"))
            days = {(today + datetime.timedelta(ahead + k)).isoformat() for k in (0, 1)}
            self.assertIn(plan["date"], days)  # midnight may pass
        self.bad(2, "plan", "-", "--date", "someday")

    def test_next(self):
        schedule = self.plan("--json")
        told = lambda now: self.good("next", "-", "--now", now, stdin=schedule).splitlines()
        song = next(e for e in json.loads(schedule)["entries"] if e["kind"] == "song")
        link = "https://open.spotify.com/track/" + song["track_id"]
        music = f"♪ Dancing Monkey - Synthetic Otters  {link}"
        span = f"{song['start'][:5]}-{song['end'][:5]}"
        self.assertEqual(
            told("12:00"),
            ["now   09:00-17:00  Work", "next  17:05-18:05  Gym", f"next  {span}  {music}"],
        )
        self.assertEqual(told(song["start"]), ["now   17:05-18:05  Gym", f"now   {span}  {music}"])
        self.assertEqual(told("18:05"), [])
        day = json.loads(self.good("next", "-", "--now", "8:00", "--json", stdin=schedule))
        self.assertEqual((day["now"], day["next"][0]["id"]), ([], "work"))
        self.assertEqual((day["next"][1]["link"], day["next"][0]["end"]), (link, "17:00"))

    def test_next_follows_the_clock(self):
        today = datetime.datetime.now(datetime.timezone.utc).date()
        for zone in ("", " UTC"):
            on = f"date: {today}{zone}\nday: 0:00-36:00\n0:00-36:00 Watch\n"
            over = f"date: {today - datetime.timedelta(days=3)}{zone}\n9:00-10:00 Call\n"
            for text, wanted in ((on, "now   00:00-12:00  Watch\n"), (over, "")):
                schedule = self.good("plan", "-", "--json", stdin=text)
                shown = self.good("next", "-", stdin=schedule, environment={"TZ": "UTC"})
                self.assertEqual(shown, wanted)

    def test_a_to_do_is_moved(self):
        move = lambda *moves: json.loads(self.plan("--json", *moves))
        self.assertEqual(start_of(move("--move", "gym=18:30"), "gym"), "18:30:00")
        self.assertEqual(start_of(move("--move", "work=8:00"), "work"), "08:00:00")
        moved = move("--move", "gym=18:30", "--move", "gym=")
        self.assertEqual(start_of(moved, "gym"), "17:05:00")
        self.assertIn("the ids are", self.bad(1, "plan", "-", "--move", "x=9:00", stdin=DAY))
        for wrong in ("gym", "gym=x", "=9:00"):
            self.bad(2, "plan", "-", "--move", wrong, stdin=DAY)

    def test_next_reads_a_plan(self):
        wanted = self.good("next", "-", "--now", "12:00", stdin=self.plan("--json"))
        plan = ("next", "-", "--catalog", cli.SAMPLE, "--now", "12:00")
        self.assertEqual(self.good(*plan, stdin=DAY), wanted)
        self.assertEqual(len(wanted.splitlines()), 3)
        todos = "now   09:00-17:00  Work\nnext  17:05-18:05  Gym\n"
        self.assertEqual(self.good("next", "-", "--now", "12:00", stdin=DAY), todos)
        day = '{"date": "2026-11-24", "todos": [{"title": "A", "start": "9:00", "end": "10:00"}]}'
        self.assertEqual(
            self.good("next", "-", "--now", "9:30", stdin=day), "now   09:00-10:00  A\n"
        )

    def test_next_tells_that_the_date_is_over(self):
        old = "date: 2020-01-01\n9:00-10:00 A\n"
        result = self.run_cli("next", "-", stdin=old)
        self.assertEqual((result.returncode, result.stdout), (0, ""))
        self.assertIn("for 2020-01-01 is over", result.stderr)
        result = self.run_cli("next", "-", "--now", "23:00", stdin=old)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_next_says_what_it_cannot_read(self):
        self.assertIn("version", self.bad(1, "next", "-", stdin='{"entries": 1}'))
        self.bad(1, "next", "-", stdin='{"version": 1}')
        self.bad(1, "next", "no-such-file.json")

    def test_an_alarm_needs_a_length(self):
        for length in ("5", "", "m", "5m1h", "8d", "-5m", "99999999999999999999s"):
            error = self.bad(2, "plan", "-", "--alarm", length)
            self.assertIn("is not a length such as 5m", error)

    def test_date_defaults_to_today(self):
        before = datetime.date.today().isoformat()
        schedule = json.loads(self.plan("--json", stdin="Gym 1h\n"))
        self.assertIn(schedule["date"], (before, datetime.date.today().isoformat()))
        schedule = json.loads(self.plan("--json", "--date", "2026-02-03", stdin="Gym 1h\n"))
        self.assertEqual(schedule["date"], "2026-02-03")

    def test_without_a_catalog(self):
        schedule = json.loads(self.good("plan", "-", "--json", stdin="date: 2026-11-24\nGym 1h\n"))
        self.assertEqual(start_of(schedule, "gym"), "07:00:00")
        self.assertEqual(
            self.run_cli("plan", "-", stdin="Gym 1h 9:00\n").stderr.count("catalog"), 0
        )
        for line in ("\u266a Dancing Monkey\n", "fill: 1h\n"):
            result = self.run_cli("plan", "-", stdin=line)
            self.assertEqual(result.returncode, 0)
            self.assertIn("--catalog", result.stderr)

    def test_now_and_previous(self):
        with tempfile.TemporaryDirectory() as folder:
            first = pathlib.Path(folder, "first.json")
            self.plan("--output", first)
            again = json.loads(self.plan("--json", "--now", "17:30", "--previous", first))
            # The gym began at 17:05, before now: it stays.
            self.assertEqual(start_of(again, "gym"), "17:05:00")
            late = json.loads(self.plan("--json", "--now", "18:30"))
            self.assertGreaterEqual(start_of(late, "gym"), "18:30:00")

    def test_a_week_that_has_begun(self):
        week = "date: 2026-11-23\ndays: 4\nday: 9:00-12:00\n{}Call 1h on:{}\nRun 1h 2x\n"
        with tempfile.TemporaryDirectory() as folder:
            first = pathlib.Path(folder, "first.json")
            self.good("plan", "-", "--output", first, stdin=week.format("", "mon"))
            arguments = ("plan", "-", "--now", "2026-11-24T08:00", "--previous", first)
            where = lambda plan: [
                (e["date"], e.get("state"))
                for e in json.loads(plan)["entries"]
                if e["id"] == "call"
            ]
            rolled = self.good(*arguments, "--json", stdin=week.format("", "mon,thu"))
            self.assertEqual(where(rolled), [("2026-11-26", None)])
            text = self.good(*arguments, stdin=week.format("", "mon,thu"))
            self.assertIn(
                '"Call" was planned for 2026-11-23 and is not marked as done: '
                "it is now on 2026-11-26",
                text,
            )
            done = self.good(*arguments, "--json", stdin=week.format("[x] ", "mon,thu"))
            self.assertEqual(where(done), [("2026-11-23", "done")])
            assumed = self.good(
                *arguments, "--assume-done", "--json", stdin=week.format("", "mon,thu")
            )
            self.assertEqual(where(assumed), [("2026-11-23", "done")])

    def test_ticked_off_lines_rename_nothing(self):
        day = "date: 2026-11-24\nday: 8:00-20:00\n{}A 30m\nB 30m\nC 30m\n"
        with tempfile.TemporaryDirectory() as folder:
            first = pathlib.Path(folder, "first.json")
            self.good("plan", "-", "--output", first, stdin=day.format(""))
            ask = lambda text, *more: json.loads(
                self.good("plan", "-", "--json", "--previous", first, *more, stdin=text)
            )
            again = ask(day.format("[x] "), "--now", "8:30")
            self.assertEqual(
                [start_of(again, name) for name in "abc"], ["08:00:00", "08:35:00", "09:10:00"]
            )
            self.assertEqual(again["entries"][0]["state"], "done")
            again = ask(day.format("New 10m\n"), "--now", "8:30")
            self.assertEqual(
                [start_of(again, name) for name in ("a", "b", "c", "new")],
                ["10:00:00", "08:35:00", "09:10:00", "09:45:00"],
            )
            again = ask(day.format(""), "--now", "8:30", "--assume-done")
            self.assertEqual(start_of(again, "a"), "08:00:00")


class Output(cli.CliTest):
    def test_form_by_the_name(self):
        with tempfile.TemporaryDirectory() as folder:
            for ending, beginning in (("json", "{"), ("ics", "BEGIN:VCALENDAR"), ("txt", "")):
                path = pathlib.Path(folder, "day." + ending)
                self.assertEqual(
                    self.good("plan", "-", "--catalog", cli.SAMPLE, "--output", path, stdin=DAY), ""
                )
                self.assertTrue(path.read_text(encoding="utf-8").startswith(beginning))
                self.assertIn("Gym", path.read_text(encoding="utf-8"))
            self.assertEqual(len(os.listdir(folder)), 3)

    def test_all_or_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "day.json")
            path.write_text("precious", encoding="utf-8")
            path.chmod(0o640)
            self.bad(
                1, "plan", "-", "--catalog", cli.SAMPLE, "--output", path, stdin="Standup at 9\n"
            )
            self.assertEqual(path.read_text(encoding="utf-8"), "precious")
            self.good("plan", "-", "--catalog", cli.SAMPLE, "--output", path, stdin=DAY)
            self.assertEqual(json.loads(path.read_text(encoding="utf-8"))["version"], 1)
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
            self.assertEqual(os.listdir(folder), ["day.json"])

    def test_symbolic_links_stay(self):
        with tempfile.TemporaryDirectory() as folder:
            plan, link = pathlib.Path(folder, "synced.txt"), pathlib.Path(folder, "day.txt")
            plan.write_text("date: 2026-11-24\nGym 1h 2h\n", encoding="utf-8")
            link.symlink_to("synced.txt")
            self.good("plan", link, "--fix", "--write")
            self.assertTrue(link.is_symlink())
            self.assertEqual(plan.read_text(encoding="utf-8"), "date: 2026-11-24\nGym 1h\n")
            self.good("plan", "-", "--output", link, stdin=DAY)
            self.assertTrue(link.is_symlink())
            self.assertIn("Gym", plan.read_text(encoding="utf-8"))
            self.assertEqual(sorted(os.listdir(folder)), ["day.txt", "synced.txt"])
            plan.unlink()
            self.good("plan", "-", "--output", link, stdin=DAY)
            self.assertTrue(link.is_symlink())
            self.assertIn("Gym", plan.read_text(encoding="utf-8"))

    def test_where_nothing_can_be_written(self):
        self.assertIn(
            "/no/such/folder/x.json",
            self.bad(1, "plan", "-", "--output", "/no/such/folder/x.json", stdin=DAY),
        )


class Errors(cli.CliTest):
    def test_all_errors_of_a_text_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "day.txt")
            path.write_text(
                "date: 2026-11-24\nStandup at 9\n3-2 Work\nGym 1h\nMeeting 25:99\n",
                encoding="utf-8",
            )
            lines = self.bad(1, "plan", path, "--catalog", cli.SAMPLE, "--strict").splitlines()
            places = [line.split(": ")[0] for line in lines if ": error: " in line]
            self.assertEqual([place.split(":")[1] for place in places], ["2", "3", "5"])
            self.assertTrue(all(place.startswith(str(path) + ":") for place in places), lines)

    def test_readable_lines_are_planned_and_errors_told_after_them(self):
        result = self.run_cli("plan", "-", stdin="date: 2026-11-24\nGym 1h\nStandup at 9\nTea 5m\n")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, "Gym(.|\n)*Tea(.|\n)*line 3 is left out")
        self.assertIn("<stdin>:3:12: error: ", result.stderr)

    def test_labels_and_notes_are_exported(self):
        text = "date: 2026-11-24\nTea 5m #work @home\n  with milk, hot\n"
        self.assertIn("Tea #work #home\n", self.run_cli("plan", "-", stdin=text).stdout)
        calendar = self.run_cli("plan", "-", "--ics", stdin=text).stdout
        self.assertIn("CATEGORIES:TASK,work,home\r\nDESCRIPTION:with milk\\, hot\r\n", calendar)

    def test_lines_of_other_dates_are_in_the_answer(self):
        week = "date: 2026-12-07\nMonday\nA 1h\nTuesday\nB 1h\n"
        answer = self.run_cli("plan", "-", "-j", stdin=week)
        self.assertEqual(answer.returncode, 0)
        (one,) = json.loads(answer.stdout)["warnings"]
        self.assertEqual(one["code"], "other_date")
        self.assertIn("line 5: left out: it is on Tuesday", one["message"])
        fill = "date: 2026-12-07\nMonday\nA 1h\nTuesday\nfill: 20m\n"
        answer = json.loads(self.run_cli("plan", "-", "-j", "-c", cli.SAMPLE, stdin=fill).stdout)
        self.assertEqual([entry["title"] for entry in answer["entries"]], ["A"])
        self.assertIn("line 5: left out", answer["warnings"][0]["message"])
        answer = self.run_cli("plan", "-", "-j", stdin=week + "C 10m\nWednesday\nD 5m\n")
        (two,) = json.loads(answer.stdout)["warnings"]
        self.assertEqual(two["message"], "3 lines of other dates are left out, lines 5, 6, 8")

    def test_equal_warnings_are_one(self):
        result = self.run_cli("plan", "-", stdin="date: 2026-11-24\nGym\nTea\nSoup #work\n")
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stderr.count("assuming 30 minutes for 3 to-dos"), 1)

    def test_other_files_are_named(self):
        self.assertIn(
            "iCalendar", self.bad(1, "plan", "-", stdin="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        )

    def test_a_plan_as_plan_text(self):
        plan = {"version": 1, "date": "2026-11-24", "todos": [{"title": "Gym", "duration_s": 60}]}
        text = self.good("plan", "-", "--plan-text", stdin=json.dumps(plan))
        self.assertEqual(text, "date: 2026-11-24\n\nGym 1m\n")
        self.assertEqual(self.good("plan", "-", "--plan-text", stdin=text), text)
        plan["todos"][0]["pin"] = "18:00"
        message = self.bad(1, "plan", "-", "--plan-text", stdin=json.dumps(plan))
        self.assertIn('plan text cannot express the to-do "Gym": "pin": "18:00"; use JSON', message)
        self.bad(2, "plan", "-", "--plan-text", "--fix", stdin=text)
        songs = "date: 2026-11-24\n♪ Dancing Monkey - Synthetic Otters\n"
        written = self.good("plan", "-", "--plan-text", "--catalog", cli.SAMPLE, stdin=songs)
        self.assertIn("\n♪ Dancing Monkey - Synthetic Otters\n", written)

    def test_fix_shows_a_diff_or_writes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "day.txt")
            path.write_text("date: 2026-11-24\nGym 1h 2h\nWalk noon 20m\n", encoding="utf-8")
            diff = self.good("plan", path, "--fix")
            self.assertIn("-Gym 1h 2h\n+Gym 1h\n", diff)
            self.good("plan", path, "--fix", "--write")
            self.assertEqual(
                path.read_text(encoding="utf-8"), 'date: 2026-11-24\nGym 1h\n"Walk noon" 20m\n'
            )
            self.assertEqual(self.good("plan", path, "--fix"), "")
            # a slip in a setting and a second time are mended; what is planned stays in
            path.write_bytes(
                b"date: 2026-11-24\r\nWalk 7am and 7pm 20m\r\nquite: 13:00-14:00\r\n"
                b"fill 1h pop\r\nMail 10m !5\r\nCall 5m 2026-11-25\r\nTidy 10m tomorrow\r\n"
            )
            diff = self.good("plan", path, "--fix")
            self.assertIn("@@ -2 +2,2 @@\n-Walk 7am and 7pm 20m", diff)
            self.assertIn("@@ -3 +4 @@\n-quite: 13:00-14:00", diff)
            self.good("plan", path, "--fix", "--write")
            self.assertEqual(
                path.read_bytes().decode().split("\r\n"),
                ["date: 2026-11-24", "Walk 7am 20m", "Walk 7pm 20m", "quiet: 13:00-14:00"]
                + ["fill: 1h pop", "Mail 10m !4", "Call 5m 2026-11-25", "Tidy 10m tomorrow", ""],
            )
            path.write_text("date: 2026-11-24\nStandup at 9\n", encoding="utf-8")
            self.assertIn("at 9:00 or at 21:00", self.bad(1, "plan", path, "--fix"))
        self.bad(2, "plan", "-", "--write", stdin="Gym 1h")

    def test_json_error_has_its_place(self):
        message = self.bad(1, "plan", "-", stdin='{"version": 1,\n "dat": "2026-11-24"}')
        self.assertRegex(message, r"^<stdin>:2:\d+: ")
        self.assertIn("dat", message)
        self.bad(1, "plan", "-", stdin='{"version": 1')

    def test_unknown_song_is_a_result(self):
        result = self.run_cli(
            "plan",
            "-",
            "--catalog",
            cli.SAMPLE,
            "--json",
            stdin="date: 2026-11-24\n♪ Dancing Monky - Synthetic Otters\n",
        )
        self.assertEqual(result.returncode, 0)
        self.assertIn("Dancing Monkey", result.stderr)
        self.assertEqual(json.loads(result.stdout)["unplaced"][0]["code"], "unknown_song")

    def test_the_songs_to_choose_from_are_named(self):
        with tempfile.TemporaryDirectory() as folder:
            songs = pathlib.Path(folder) / "songs.csv"
            songs.write_text(
                "title,artist,length\n"
                "Bohemian Rhapsody,Queen,5:55\n"
                "Bohemian Rhapsody,Queen Tribute,6:00\n"
            )
            plan = {"date": "2026-11-24", "songs": [{"query": "bohemian rhap queen x"}]}
            out = self.good("plan", "-", "-c", songs, stdin=json.dumps(plan))
            self.assertIn(
                'choose "Bohemian Rhapsody - Queen" or "Bohemian Rhapsody - Queen Tribute"', out
            )

    def test_only_a_song_that_shares_enough_is_offered(self):
        with tempfile.TemporaryDirectory() as folder:
            songs = pathlib.Path(folder) / "songs.csv"
            songs.write_text(
                "title,artist,length\n"
                "All 'Bout The Money,FAULHABER,2:58\n"
                "Bohemian Rhapsody,Queen,5:55\n"
            )
            for typed, offered in (
                ("dance monkey", None),
                ("bohemian rapsody", "Bohemian Rhapsody - Queen"),
            ):
                with self.subTest(typed):
                    result = self.run_cli("plan", "-", "-c", songs, "-j", stdin="♪ %s\n" % typed)
                    song = json.loads(result.stdout)["unplaced"][0]
                    self.assertEqual(len(song.get("candidates", [])), offered is not None)
                    self.assertEqual(offered is not None, "did you mean" in result.stderr)
                    self.assertIn(offered or "it stays unscheduled", result.stderr)

    def test_fill_of_songs_without_lengths_names_what_is_missing(self):
        with tempfile.TemporaryDirectory() as folder:
            songs = pathlib.Path(folder) / "songs.csv"
            songs.write_text("title,artist\nHello,Adele\nSorry,Justin Bieber\n")
            day = "date: 2026-11-24\nfill: 6m\n"
            out = self.good_json("plan", "-", "-c", songs, "-j", stdin=day)
            self.assertIn("set a default length", out["unplaced"][0]["reason"])
            told = self.run_cli("plan", "-", "-c", songs, stdin=day).stderr
            self.assertIn("add --default-length M:SS, for example --default-length 3:30", told)
            out = self.good_json("plan", "-", "-c", songs, "-j", "--default-length=3:00", stdin=day)
            self.assertEqual(out["unplaced"], [])

    def test_a_fill_of_an_unknown_genre_is_a_warning(self):
        plan = {
            "date": "2026-11-24",
            "listening": {
                "fill": {"duration_s": 1800, "genres": ["pup", "pop"], "artists": ["Nobody"]}
            },
        }
        out = self.good("plan", "-", "--catalog", cli.SAMPLE, "--json", stdin=json.dumps(plan))
        warnings = json.loads(out)["warnings"]
        self.assertEqual([w["code"] for w in warnings], ["unknown_name"] * 2)
        self.assertEqual(warnings[0]["message"], 'fill: no genre "pup": did you mean "pop"?')
        self.assertTrue(warnings[1]["message"].startswith('fill: no artist "Nobody": '))

    def test_fill_avoids_the_songs_of_the_text(self):
        day = "date: 2026-11-24\nfill: 30m\n"

        def fill(text):
            made = self.good_json("plan", "-", "--catalog", cli.SAMPLE, "--json", stdin=text)
            return [
                (entry["title"], entry["artist"])
                for entry in made["entries"]
                if entry["kind"] == "song"
            ]

        before = fill(day)
        self.assertGreater(len(before), 3)
        lines = ["avoid: %s - %s\n" % song for song in before]
        self.assertEqual(set(fill(day + "".join(lines))) & set(before), set())

    def test_a_fill_within_a_range_takes_a_genre(self):
        out = self.good(
            "plan", "-", "--catalog", cli.SAMPLE, "--json", "--date", "2026-11-24",
            stdin="day: 8:00-20:00\nfill: 20m 13:00-20:00 pop\n",
        )  # fmt: skip
        entries = json.loads(out)["entries"]
        self.assertGreater(len(entries), 0)
        self.assertGreaterEqual(min(entry["start"] for entry in entries), "13:00:00")

    def test_odd_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "day.txt")
            for data in (
                b"\xff\xfe\x00",
                b"date: 2026-11-24\nGym \x80 1h\n",
                b"a\0b\n",
                b"\xef\xbb\xbf{",
                b"{" * 100000,
            ):
                path.write_bytes(data)
                with self.subTest(data[:20]):
                    self.bad(1, "plan", path)

    def test_missing_and_too_large(self):
        self.assertIn("/no/such/plan.txt", self.bad(1, "plan", "/no/such/plan.txt"))
        self.assertIn("larger", self.bad(1, "plan", "-", stdin="# comment\n" * 500000))

    def test_options_that_a_json_plan_cannot_take(self):
        self.bad(2, "plan", PLANS / "sample-day.json", "--date", "2026-11-24")


cli.main()
