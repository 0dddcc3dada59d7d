#!/usr/bin/env python3
"""Calendars sent to the server: their agenda, and as part of a day."""

import json
import unittest

from server_testing import REQUEST, Server

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
WORK = (
    HEAD + "BEGIN:VEVENT\r\nUID:standup\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART;TZID=Europe/Berlin:20261102T091500\r\nDTEND;TZID=Europe/Berlin:20261102T093000\r\n"
    "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\nSUMMARY:Stand-up\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:interview\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART;TZID=Europe/Berlin:20261124T110000\r\nDTEND;TZID=Europe/Berlin:20261124T120000\r\n"
    "STATUS:CANCELLED\r\nSUMMARY:Interview\r\nEND:VEVENT\r\n"
    "BEGIN:VTODO\r\nUID:report\r\nDTSTAMP:20261101T000000Z\r\n"
    "DUE;TZID=Europe/Berlin:20261124T180000\r\nDURATION:PT45M\r\nSUMMARY:Report\r\nEND:VTODO\r\n"
    "END:VCALENDAR\r\n"
)
HOME = (
    HEAD + "BEGIN:VEVENT\r\nUID:run\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T180000\r\n"
    "DTEND:20261124T190000\r\nSUMMARY:Run\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:fair\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261124\r\n"
    "SUMMARY:Fair\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class CalendarTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def agenda(self, body, query, content_type="text/calendar"):
        status, headers, answer = self.server.ask(
            "POST",
            "/api/v1/calendar?" + query,
            body.encode() if isinstance(body, str) else body,
            {"Content-Type": content_type},
        )
        return status, headers, json.loads(answer)

    def day(self, calendars, text="Gym 1h after 17:00", **more):
        status, _, body = self.server.schedule_text(
            text, timezone="Europe/Berlin", calendars=calendars, **more
        )
        return status, json.loads(body)

    def test_agenda_of_dates(self):
        query = "date=2026-11-24&days=2&timezone=Europe/Berlin&name=work"
        status, headers, agenda = self.agenda(WORK, query)
        self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
        self.assertEqual(
            [(e["title"], e["date"], e["start"], e["calendar"]) for e in agenda["events"]],
            [
                ("Stand-up", "2026-11-24", "09:15:00", "work"),
                ("Stand-up", "2026-11-25", "09:15:00", "work"),
            ],
        )
        self.assertEqual(
            [(t["title"], t["duration_s"], t["latest"]) for t in agenda["tasks"]],
            [("Report", 2700, "2026-11-24T18:00:00")],
        )
        self.assertEqual([(x["uid"], x["line"]) for x in agenda["left_out"]], [("interview", 12)])
        tokyo = self.agenda(WORK, "date=2026-11-24&timezone=Asia/Tokyo")[2]
        self.assertEqual(tokyo["events"][0]["start"], "17:15:00")

    def test_what_is_no_calendar_is_refused(self):
        for body, query, kind, status, code in (
            (WORK, "", "text/calendar", 400, "bad_parameter"),
            (WORK, "date=24.11.2026", "text/calendar", 422, "bad_value"),
            (WORK, "date=2026-11-24&days=367", "text/calendar", 400, "bad_parameter"),
            (WORK, "date=2026-11-24&timezone=No/Where", "text/calendar", 422, "not_found"),
            (WORK, "date=2026-11-24&x=1", "text/calendar", 400, "bad_parameter"),
            (WORK, "date=2026-11-24", "text/plain", 415, "unsupported_type"),
            ("<html>", "date=2026-11-24", "text/calendar", 422, "bad_value"),
            (b"", "date=2026-11-24", "text/calendar", 422, "bad_value"),
            (b"\x00\xff", "date=2026-11-24", "text/calendar", 422, "bad_value"),
        ):
            got, _, problem = self.agenda(body, query, kind)
            self.assertEqual((got, problem["code"]), (status, code), (body, query, problem))
        self.assertEqual(self.agenda("<html>", "date=2026-11-24")[2]["line"], 1)
        allowed = self.server.ask("OPTIONS", "/api/v1/calendar")[1]
        self.assertEqual(
            (allowed["Allow"], allowed["Accept-Post"]), ("POST, OPTIONS", "text/calendar")
        )
        self.assertEqual(self.server.ask("GET", "/api/v1/calendar")[0], 405)

    def test_a_calendar_may_be_as_large_as_a_body(self):
        with Server("--max-body", "2048") as server:
            ask = lambda size: server.ask(
                "POST",
                "/api/v1/calendar?date=2026-11-24",
                HOME.replace("Run", "R" * size).encode(),
                {"Content-Type": "text/calendar"},
            )[0]
            self.assertEqual((ask(10), ask(2048)), (200, 413))

    def test_a_day_with_calendars_is_one_request(self):
        status, result = self.day([{"ics": WORK, "name": "work"}, {"ics": HOME}])
        self.assertEqual(status, 200, result)
        entries = {e["title"]: (e["start"], e["end"]) for e in result["schedule"]["entries"]}
        self.assertEqual(entries["Stand-up"], ("09:15:00", "09:30:00"))
        self.assertEqual(entries["Run"], ("18:00:00", "19:00:00"))
        self.assertLessEqual(entries["Report"][1], "18:00:00")
        self.assertEqual(set(entries), {"Stand-up", "Run", "Report", "Gym"})
        self.assertEqual([x["uid"] for x in result["agenda"]["left_out"]], ["interview"])
        self.assertEqual(sorted(result["lines"]["todos"]), [0, 0, 0, 1])
        self.assertNotIn("agenda", self.day([])[1])
        self.assertEqual(self.day([{"ics": HOME, "name": "ü" * 127}])[0], 200)

    def test_a_plan_in_json_takes_calendars(self):
        body = {
            "plan": {"date": "2026-11-24", "timezone": "Europe/Berlin"},
            "calendars": [{"ics": WORK}],
        }
        kind = {"Content-Type": REQUEST, "Accept": "text/calendar"}
        answer = self.server.ask("POST", "/api/v1/schedule", json.dumps(body), kind)[2]
        self.assertIn(b"SUMMARY:Stand-up\r\n", answer)

    def test_a_week_with_calendars(self):
        status, result = self.day([{"ics": WORK}, {"ics": HOME}], "days: 3\nGym 1h 2x\n")
        self.assertEqual(status, 200, result)
        entries = result["schedule"]["entries"]
        dates = [e["date"] for e in entries if e["title"] == "Stand-up"]
        self.assertEqual(dates, ["2026-11-24", "2026-11-25", "2026-11-26"])
        report = next(e for e in entries if e["title"] == "Report")
        self.assertEqual(report["date"], "2026-11-24")
        self.assertLessEqual(report["end"], "18:00:00")
        self.assertEqual([x["uid"] for x in result["agenda"]["left_out"]], ["interview"])

    def test_each_calendar_is_used_as_it_says(self):
        quiet = self.day([{"ics": WORK, "tasks": False}], "fill: 10m 9:15-9:30")[1]
        titles = [e["title"] for e in quiet["schedule"]["entries"] if e["kind"] == "todo"]
        self.assertEqual(titles, ["Stand-up"])
        self.assertFalse([e for e in quiet["schedule"]["entries"] if e["kind"] == "song"])
        loud = self.day([{"ics": WORK, "music": True}], "fill: 10m 9:15-9:30")[1]
        self.assertTrue([e for e in loud["schedule"]["entries"] if e["kind"] == "song"])
        fair = self.day([{"ics": HOME, "block_all_day": True}])[1]
        self.assertIn("Fair", [e["title"] for e in fair["schedule"]["entries"]])

    def test_a_wrong_calendar_is_named_with_its_line(self):
        status, problem = self.day([{"ics": WORK}, {"ics": "<html>", "name": "home"}])
        self.assertEqual((status, problem["code"], problem["line"]), (422, "bad_value", 1))
        self.assertTrue(problem["detail"].startswith("calendar 2 (home): not an iCalendar file"))

    def test_a_wrong_list_of_calendars_is_refused(self):
        for calendars in (
            {},
            [1],
            [{}],
            [{"ics": 1}],
            [{"ics": "", "music": 1}],
            [{"ics": "", "ics2": ""}],
            [{"ics": "", "name": "n" * 128}],
            [{"ics": HOME}] * 33,
        ):
            self.assertEqual(self.day(calendars)[0], 400, calendars)
        body = '{"text":"A","calendars":[{"ics":"","ics":""}]}'
        self.assertEqual(
            self.server.ask("POST", "/api/v1/schedule", body, {"Content-Type": REQUEST})[0], 400
        )

    def test_what_should_have_ended_may_count_as_done(self):
        first = self.day([], "Write 1h\nWalk 1h")[1]["schedule"]
        states = lambda **more: {
            e["title"]: e.get("state")
            for e in self.day([], "Write 1h\nWalk 1h", now="12:00", previous=first, **more)[1][
                "schedule"
            ]["entries"]
        }
        self.assertEqual(states(assume_done=True), {"Write": "done", "Walk": "done"})
        self.assertEqual(states(assume_done=False), {"Write": None, "Walk": None})


if __name__ == "__main__":
    unittest.main()
