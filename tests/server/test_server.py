#!/usr/bin/env python3
"""The server as its clients see it: the API, and HTTP to the letter."""

import calendar
import gzip
import json
import re
import socket
import subprocess
import tempfile
import time
import unittest

from server_testing import CATALOG, REQUEST, SERVER, Server

PLAN = json.dumps(
    {
        "date": "2026-11-24",
        "todos": [
            {"title": "Work", "start": "09:00", "end": "17:00"},
            {"id": "gym", "title": "Gym", "duration_s": 3600, "earliest": "17:00"},
        ],
    }
)
HOST = b"Host: test\r\n"


def post(headers, body=b""):
    return b"POST /api/v1/schedule HTTP/1.1\r\n" + HOST + headers + b"\r\n" + body


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def problem(self, answer, status):
        got, headers, body = answer
        self.assertEqual(got, status, body)
        self.assertEqual(headers["Content-Type"], "application/problem+json")
        problem = json.loads(body)
        self.assertEqual(problem["status"], status)
        self.assertEqual(problem["request_id"], headers["X-Request-Id"])
        return problem

    def raw_status(self, data):
        answer = self.server.raw(data)
        return int(answer.split(b" ", 2)[1]) if answer else 0

    # the API

    def test_plan_gives_schedule(self):
        status, headers, body = self.server.ask(
            "POST", "/api/v1/schedule", PLAN, {"Content-Type": "application/json"}
        )
        self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
        entries = json.loads(body)["entries"]
        self.assertEqual(
            [(e["id"], e["start"], e["end"]) for e in entries],
            [("work", "09:00:00", "17:00:00"), ("gym", "17:05:00", "18:05:00")],
        )

    def test_a_plan_is_written_as_plan_text(self):
        def ask(plan):
            return self.server.ask(
                "POST",
                "/api/v1/schedule",
                json.dumps({"version": 1, "date": "2026-11-24", **plan}).encode(),
                {"Content-Type": "application/json", "Accept": "text/vnd.musicsched.plan"},
            )

        todo = {"title": "Standup at 9", "duration_s": 900, "priority": 2}
        status, headers, body = ask({"todos": [todo]})
        self.assertEqual(status, 200)
        self.assertEqual(headers["Content-Type"], "text/vnd.musicsched.plan; charset=utf-8")
        self.assertEqual(body.decode(), 'date: 2026-11-24\n\n"Standup at 9" 15m !2\n')
        status, _, body = ask({"todos": [{**todo, "pin": "18:00"}]})
        self.assertEqual(status, 422)
        self.assertIn("plan text cannot express the to-do", json.loads(body)["detail"])

    def test_text_gives_calendar_and_text(self):
        ask = lambda accept: self.server.ask(
            "POST",
            "/api/v1/schedule?date=2026-11-24",
            b"9:00-17:00 Work",
            {"Content-Type": "text/plain; charset=utf-8", "Accept": accept},
        )
        status, headers, body = ask("text/calendar")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/calendar; charset=utf-8"))
        self.assertTrue(body.startswith(b"BEGIN:VCALENDAR\r\n"))
        self.assertIn(b"SUMMARY:Work\r\n", body)
        self.assertIn(b"Work", ask("text/plain")[2])
        self.assertEqual(
            ask("text/calendar;q=0.1, application/json")[1]["Content-Type"], "application/json"
        )

    def test_parameters_of_another_kind_of_body_are_refused(self):
        ask = lambda query, **headers: self.server.ask(
            "POST",
            "/api/v1/schedule?" + query,
            PLAN,
            {"Content-Type": "application/json", **headers},
        )
        for query in (
            "date=2026-11-24",
            "timezone=UTC",
            "now=09:00",
            "strict=true",
            "events=songs",
            "cancelled=true",
            "alarm=5",
            "calendar_name=Day",
        ):
            self.assertEqual(self.problem(ask(query), 422)["code"], "conflict")
        self.assertEqual(ask("events=songs", Accept="text/calendar")[0], 200)
        self.problem(ask("alarm=soon", Accept="text/calendar"), 400)

    def test_calendar_of_a_day_planned_again(self):
        ask = lambda request, accept, query="": self.server.ask(
            "POST",
            "/api/v1/schedule" + query,
            json.dumps(request),
            {"Content-Type": "application/vnd.musicsched.request+json", "Accept": accept},
        )
        status, _, first = ask(
            {"text": "date: 2026-11-24\n9:00-10:00 Call\nGym 1h"}, "application/json"
        )
        self.assertEqual(status, 200)
        again = {"text": "date: 2026-11-24\n9:30-10:00 Call", "previous": json.loads(first)}
        status, _, body = ask(
            again, "text/calendar", "?cancelled=true&alarm=5&calendar_name=My%20day"
        )
        self.assertEqual(status, 200, body)
        before = time.time()
        for line in ("SEQUENCE:1", "STATUS:CANCELLED", "TRIGGER:-PT5M", "X-WR-CALNAME:My day"):
            self.assertIn(f"\r\n{line}\r\n", body.decode())
        stamp = re.search(rb"LAST-MODIFIED:(\S+)\r", body)[1].decode()
        written = calendar.timegm(time.strptime(stamp, "%Y%m%dT%H%M%SZ"))
        self.assertLess(abs(written - before), 300)

    def test_document_names_lines(self):
        status, _, body = self.server.schedule_text(
            "// today\n9:00-10:00 Call\n\nGym 1h id:gym\n♪ No Such Song At All\n"
        )
        self.assertEqual(status, 200, body)
        result = json.loads(body)
        self.assertEqual(result["lines"], {"todos": [2, 4], "songs": [5]})
        self.assertEqual(result["schedule"]["unplaced"][0]["code"], "unknown_song")
        self.assertEqual(
            [(d["line"], d["code"]) for d in result["diagnostics"]], [(5, "unknown_song")]
        )

    def test_replanning_keeps_what_has_begun(self):
        text = "Write 2h id:write\nRead 1h\n"
        first = json.loads(self.server.schedule_text(text)[2])["schedule"]
        again = json.loads(self.server.schedule_text(text, now="08:00", previous=first)[2])[
            "schedule"
        ]
        self.assertEqual(again["entries"][0], {**first["entries"][0], "state": "started"})
        moved = json.loads(self.server.schedule_text(text, now="08:00")[2])["schedule"]
        self.assertGreaterEqual(moved["entries"][0]["start"], "08:00:00")

    def test_replanning_a_week_rolls_over(self):
        text = "days: 3\nWrite 2h on:tue,wed id:write\nRead 1h every day\n"
        status, _, body = self.server.schedule_text(text)
        self.assertEqual(status, 200, body)
        first = json.loads(body)["schedule"]
        was = next(e for e in first["entries"] if e["id"] == "write")
        now = was["date"] + "T" + was["end"][:5]
        again = json.loads(self.server.schedule_text(text, now=now, previous=first)[2])["schedule"]
        write = next(e for e in again["entries"] if e["id"] == "write")
        self.assertGreaterEqual((write["date"], write["start"]), (was["date"], was["end"]))
        self.assertIn("rolled_over", [warning["code"] for warning in again["warnings"]])

    def test_now_names_its_date_in_a_plan_of_several_days(self):
        text = "days: 3\nWrite 2h every day\n"

        def starts(**more):
            status, _, body = self.server.schedule_text(text, **more)
            self.assertEqual(status, 200, body)
            return [
                e["date"][8:] + " " + e["start"][:5]
                for e in json.loads(body)["schedule"]["entries"]
            ]

        self.assertEqual(starts(), ["24 07:00", "25 07:00", "26 07:00"])
        self.assertEqual(starts(now="2026-11-24T09:30"), ["24 09:30", "25 07:00", "26 07:00"])
        self.assertEqual(starts(now="2026-11-25T09:30"), ["25 09:30", "26 07:00"])
        self.assertEqual(starts(now="2026-11-26T06:00"), ["26 07:00"])
        query = "/api/v1/schedule?date=2026-11-24&now=2026-11-25T21:00"
        answer = self.server.ask("POST", query, text.encode(), {"Content-Type": "text/plain"})
        self.assertEqual(json.loads(answer[2])["entries"][0]["start"], "21:00:00")
        for now, status in (
            ("2026-11-23T09:30", 422),
            ("2026-12-24T09:30", 422),
            ("2026-11-25T", 400),
            ("2026-11-31T09:30", 400),
            ("2026-11-25 09:30", 400),
            ("2026-11-2XT09:30", 400),
        ):
            self.problem(self.server.schedule_text(text, now=now), status)

    def test_readable_lines_are_planned(self):
        status, _, body = self.server.schedule_text("Standup at 9\nGym 1h\n")
        result = json.loads(body)
        self.assertEqual(
            (status, [e["title"] for e in result["schedule"]["entries"]]), (200, ["Gym"])
        )
        edit = result["diagnostics"][0]["edit"]
        self.assertEqual(
            edit, {"line": 1, "column": 9, "end_column": 13, "texts": ["at 9:00", "at 21:00"]}
        )
        self.assertEqual(result["schedule"]["warnings"][0]["code"], "line_left_out")
        strict = self.server.ask(
            "POST",
            "/api/v1/schedule?strict=true&date=2026-11-24",
            b"Standup at 9\nGym 1h\n",
            {"Content-Type": "text/plain"},
        )
        self.assertEqual(self.problem(strict, 422)["diagnostics"][0]["code"], "ambiguous_time")

    def test_all_errors_of_a_text_at_once(self):
        problem = self.problem(
            self.server.schedule_text("3-2 Work\nStandup at 9\nLunch 30m !9"), 422
        )
        self.assertEqual(
            [
                (d["line"], d["column"], d["code"])
                for d in problem["diagnostics"]
                if d["severity"] == "error"
            ],
            [(1, 1, "ambiguous_range"), (2, 12, "ambiguous_time"), (3, 11, "bad_priority")],
        )
        self.assertEqual((problem["line"], problem["column"]), (1, 1))

    def test_place_of_json_errors(self):
        ask = lambda body, kind="application/json": self.server.ask(
            "POST", "/api/v1/schedule", body, {"Content-Type": kind}
        )
        self.assertEqual(self.problem(ask('{"date": "2026-11-24",\n "todoz": []}'), 422)["line"], 2)
        self.assertEqual(self.problem(ask('{"date": \n'), 400)["line"], 2)
        problem = self.problem(
            ask('{\n "plan": {"date": "2026-11-24",\n  "todoz": []}}', REQUEST), 422
        )
        self.assertEqual(problem["line"], 3)
        for bad in (
            "",
            "[]",
            '{"plan": {}, "text": ""}',
            '{"text": "x", "text": "y"}',
            '{"text": "a\\ud800"}',
            '{"texts": "x"}',
            '{"text": "x"} x',
            '{"text": "x", "now": "9"}',
            '{"text": "x", "seed": -1}',
            '{"plan": {]}',
            '{"text": "x',
        ):
            self.problem(ask(bad, REQUEST), 400)

    def test_songs(self):
        top = self.server.get_json("/api/v1/popularity/top?limit=3&count=recordings")["songs"]
        self.assertEqual([s["rank"] for s in top], [1, 2, 3])
        self.assertGreaterEqual(top[0]["popularity"], top[2]["popularity"])
        one = self.server.get_json("/api/v1/songs/" + top[0]["track_id"])
        self.assertEqual(one["title"], top[0]["title"])
        found = self.server.ask(
            "GET", "/api/v1/songs?mode=suggest&limit=5&q=" + one["title"][:3].replace(" ", "+")
        )
        self.assertEqual(found[0], 200)
        self.problem(self.server.ask("GET", "/api/v1/songs/nobody"), 404)
        self.problem(self.server.ask("GET", "/api/v1/songs"), 400)
        self.problem(self.server.ask("GET", "/api/v1/songs?q=" + "a" * 1025), 422)

    def test_popularity_agrees_with_itself(self):
        tracks = self.server.get_json("/api/v1/catalog")["tracks"]
        everything = self.server.get_json("/api/v1/popularity/groups?by=nothing")["groups"][0]
        self.assertEqual(everything["n"], tracks)
        bins = self.server.get_json("/api/v1/popularity/histogram?bins=7")["bins"]
        self.assertEqual((len(bins), sum(b["n"] for b in bins)), (7, tracks))
        without = self.server.get_json("/api/v1/popularity/histogram?exclude_zero=true")["bins"]
        self.assertEqual(tracks - sum(b["n"] for b in without), everything["zeros"])
        months = self.server.get_json("/api/v1/popularity/trend?by=month")["groups"]
        self.assertEqual([m["key"] for m in months], sorted(m["key"] for m in months))
        self.assertEqual(
            len(self.server.get_json("/api/v1/popularity/correlations")["features"]), 12
        )

    def test_parameters_are_checked(self):
        for query in (
            "bins=0",
            "bins=102",
            "bins=x",
            "bins=5&bins=6",
            "nonsense=1",
            "count=songs",
            "exclude_zero=1",
            "genre=%zz",
            "energy_min=nan",
        ):
            self.problem(self.server.ask("GET", "/api/v1/popularity/histogram?" + query), 400)
        self.problem(
            self.server.ask("GET", "/api/v1/popularity/top?year_min=2001&year_max=2000"), 422
        )

    # the page

    def test_page_is_compressed_and_cached(self):
        _, headers, plain = self.server.ask("GET", "/", headers={"Accept-Encoding": "identity"})
        _, packed_headers, packed = self.server.ask("GET", "/", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(gzip.decompress(packed), plain)
        self.assertNotEqual(headers["ETag"], packed_headers["ETag"])
        status, _, body = self.server.ask("GET", "/", headers={"If-None-Match": headers["ETag"]})
        self.assertEqual((status, body), (304, b""))
        self.assertEqual(
            self.server.ask(
                "GET", "/", headers={"Accept-Encoding": "gzip", "If-None-Match": headers["ETag"]}
            )[0],
            200,
        )

    def test_answers_are_compressed_and_cached(self):
        path = "/api/v1/popularity/top?limit=50"
        _, headers, plain = self.server.ask("GET", path)
        self.assertNotIn("Content-Encoding", headers)
        _, packed_headers, packed = self.server.ask(
            "GET", path, headers={"Accept-Encoding": "br, gzip;q=0.5"}
        )
        self.assertEqual(packed_headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed), plain)
        self.assertLess(len(packed), len(plain) // 2)
        for got in (headers, packed_headers):
            self.assertIn("Accept-Encoding", got["Vary"])
            self.assertEqual(got["Cache-Control"], "no-cache")
        self.assertNotEqual(headers["ETag"], packed_headers["ETag"])
        for tag, encoding, status in (
            (headers["ETag"], "identity", 304),
            ('"x", W/' + packed_headers["ETag"], "gzip", 304),
            ("*", "gzip", 304),
            (headers["ETag"], "gzip", 200),
            ('"x"', "identity", 200),
        ):
            got = self.server.ask(
                "GET", path, headers={"If-None-Match": tag, "Accept-Encoding": encoding}
            )
            self.assertEqual(got[0], status, (tag, encoding))
            self.assertEqual(got[2] == b"", status == 304)
            self.assertTrue(got[1]["ETag"])
        head = self.server.ask("HEAD", path, headers={"Accept-Encoding": "gzip"})
        self.assertEqual(
            (head[1]["ETag"], int(head[1]["Content-Length"])), (packed_headers["ETag"], len(packed))
        )

    def test_every_get_has_an_entity_tag(self):
        song = self.server.get_json("/api/v1/popularity/top?limit=1")["songs"][0]["track_id"]
        for path in (
            "/",
            "/openapi.json",
            "/api/v1/catalog",
            "/api/v1/songs?q=the",
            "/api/v1/songs/" + song,
        ) + tuple(
            "/api/v1/popularity/" + what
            for what in ("top", "groups", "histogram", "trend", "correlations")
        ):
            tag = self.server.ask("GET", path)[1]["ETag"]
            self.assertEqual(
                self.server.ask("GET", path, headers={"If-None-Match": tag})[0], 304, path
            )
            self.assertEqual(
                self.server.ask("GET", path, headers={"If-None-Match": '"another"'})[0], 200, path
            )

    def test_a_schedule_is_compressed(self):
        accepts = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
        body = json.dumps(
            {
                "date": "2026-11-24",
                "todos": [{"title": "Task %d" % i, "duration_s": 600} for i in range(30)],
            }
        )
        status, headers, packed = self.server.ask("POST", "/api/v1/schedule", body, accepts)
        self.assertEqual((status, headers["Content-Encoding"]), (200, "gzip"))
        self.assertEqual(len(json.loads(gzip.decompress(packed))["entries"]), 30)

    def test_page_is_strict(self):
        for path in ("/", "/popularity"):
            _, headers, body = self.server.ask("GET", path)
            policy = headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertNotIn("http", policy)
            self.assertNotIn(b"<script>", body)
            self.assertNotIn(b"style=", body)
            self.assertNotIn(b"//", body.replace(b"http://www.w3.org", b"").replace(b"// ", b""))
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertNotIn("Access-Control-Allow-Origin", headers)

    # HTTP

    def test_head_and_options(self):
        status, headers, body = self.server.ask("HEAD", "/api/v1/catalog")
        self.assertEqual((status, body), (200, b""))
        self.assertEqual(
            int(headers["Content-Length"]), len(self.server.ask("GET", "/api/v1/catalog")[2])
        )
        self.assertEqual(
            self.server.ask("OPTIONS", "/api/v1/schedule")[1]["Allow"], "POST, OPTIONS"
        )
        self.assertEqual(self.server.ask("OPTIONS", "/")[1]["Allow"], "GET, HEAD, OPTIONS")

    def test_refusals(self):
        self.problem(self.server.ask("GET", "/nothing"), 404)
        answer = self.server.ask("GET", "/api/v1/schedule")
        self.problem(answer, 405)
        self.assertEqual(answer[1]["Allow"], "POST, OPTIONS")
        self.problem(self.server.ask("DELETE", "/"), 405)
        self.problem(self.server.ask("TRACE", "/healthz"), 405)
        self.problem(self.server.ask("BREW", "/pot"), 501)
        self.problem(
            self.server.ask(
                "POST",
                "/api/v1/schedule",
                PLAN,
                {"Content-Type": "application/json", "Accept": "image/png"},
            ),
            406,
        )
        self.problem(
            self.server.ask("POST", "/api/v1/schedule", PLAN, {"Content-Type": "application/xml"}),
            415,
        )
        self.problem(
            self.server.ask(
                "POST",
                "/api/v1/schedule",
                PLAN,
                {"Content-Type": "application/json; charset=latin1"},
            ),
            415,
        )
        for coding in ("gzip", "br", "gzip, gzip"):
            answer = self.server.ask(
                "POST",
                "/api/v1/schedule",
                gzip.compress(PLAN.encode()),
                {"Content-Type": "application/json", "Content-Encoding": coding},
            )
            self.problem(answer, 415)
            self.assertEqual(answer[1]["Accept-Encoding"], "identity")
        self.problem(
            self.server.ask(
                "POST", "/api/v1/schedule", b"x" * 1100000, {"Content-Type": "text/plain"}
            ),
            413,
        )
        self.problem(self.server.ask("GET", "/" + "a" * 5000), 414)
        self.problem(self.server.ask("GET", "/", headers={"X": "a" * 20000}), 431)
        self.problem(self.server.ask("GET", "/", headers={"X%d" % i: "1" for i in range(70)}), 431)

    def test_values_that_do_not_exist(self):
        ask = lambda query, kind, body: self.server.ask(
            "POST", "/api/v1/schedule" + query, body, {"Content-Type": kind}
        )
        for date in ("2026-02-30", "2039-13-08", "0000-01-01"):
            answer = ask(f"?date={date}", "text/plain", b"Gym 1h")
            self.assertEqual(self.problem(answer, 422)["code"], "bad_value")
        self.problem(ask("?date=tomorrow", "text/plain", b"Gym 1h"), 400)
        for where in (
            '"todos": [{"title": "a\\u0000b", "duration_s": 60}]',
            '"listening": {"fill": {"duration_s": 600, "artists": ["a\\u0000b"]}}',
        ):
            plan = '{"date": "2026-11-24", ' + where + "}"
            self.problem(ask("", "application/json", plan), 422)
        self.problem(ask("", "application/json", b'{"date": "\xff"}'), 400)

    def test_framing(self):
        kind = b"Content-Type: application/json\r\n"
        for status, data in (
            (411, post(kind)),
            (411, post(kind + b"Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n0\r\n\r\n")),
            (501, post(kind + b"Transfer-Encoding: gzip, chunked\r\n", b"x")),
            (
                400,
                post(
                    kind + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                    b"2\r\n{}\r\n0\r\n\r\n",
                ),
            ),
            (400, post(kind + b"Content-Length: 2\r\nContent-Length: 2\r\n", b"{}")),
            (400, post(kind + b"Content-Length: 2, 2\r\n", b"{}")),
            (400, post(kind + b"Content-Length: +2\r\n", b"{}")),
            (400, post(kind + b"Content-Length: -2\r\n", b"{}")),
            (400, post(kind + b"Content-Length : 2\r\n", b"{}")),
            (400, post(b"X: folded\r\n line\r\n" + kind + b"Content-Length: 2\r\n", b"{}")),
            (400, b"GET / HTTP/1.1\r\n\r\n"),
            (400, b"\r\n\r\nGET / HTTP/1.1\r\n" + HOST + b"\r\n"),
            (200, b"\r\nGET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"),
            (400, b"GET / HTTP/1.1\n" + HOST + b"\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: test\n\n"),
            (400, b"GET / HTTP/1.1\r\n" + HOST + b"X: a\rContent-Length: 5\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\n " + HOST + b"\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: test\r\n Content-Length: 5\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\n" + HOST + b": no name\r\n\r\n"),
            (400, b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n"),
            (400, b"GET / HTTP/1.1 \r\n" + HOST + b"\r\n"),
            (400, b"GET\t/ HTTP/1.1\r\n" + HOST + b"\r\n"),
            (400, b"GET / http/1.1\r\n" + HOST + b"\r\n"),
            (400, b"GET nowhere HTTP/1.1\r\n" + HOST + b"\r\n"),
            (400, b"GET * HTTP/1.1\r\n" + HOST + b"\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost:\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: a%zz\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: a%4\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
            (400, b"GET / HTTP/1.0\r\n" + HOST + HOST + b"\r\n"),
            (400, post(kind + b"Content-Length: 2\r\nContent-Length: 3\r\n", b"{}")),
            (400, post(kind + b"Content-Length: 0x2\r\n", b"{}")),
            (400, post(kind + b"Content-Length:\r\n", b"{}")),
            (400, post(kind + b"Content-Length: 99999999999999999999\r\n", b"{}")),
            (501, post(kind + b"Transfer-Encoding: xchunked\r\n", b"x")),
            (
                501,
                post(kind + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", b"x"),
            ),
            (400, b"POST / HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            (417, post(kind + b"Expect: cookies\r\nContent-Length: 2\r\n", b"{}")),
            (200, b"GET /healthz HTTP/1.1\r\nHost: a%2Db\r\nConnection: close\r\n\r\n"),
            (200, b"GET /healthz HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n"),
            (
                200,
                b"GET http://elsewhere:99/healthz HTTP/1.1\r\n"
                + HOST
                + b"Connection: close\r\n\r\n",
            ),
            (200, b"GET /healthz HTTP/1.2\r\n" + HOST + b"Connection: close\r\n\r\n"),
            (204, b"OPTIONS * HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"),
            (501, b"CONNECT test:80 HTTP/1.1\r\n" + HOST + b"\r\n"),
            (400, b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n"),
            (400, b"GET /\r\n\r\n"),
            (400, b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
            (505, b"GET / HTTP/3.0\r\n" + HOST + b"\r\n"),
            (200, b"GET / HTTP/1.0\r\n\r\n"),
            (404, b"GET /healthz%00 HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"),
            (404, b"GET /../../etc/passwd HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"),
        ):
            self.assertEqual(self.raw_status(data), status, data)

    def test_a_refused_request_ends_its_connection(self):
        smuggled = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
        for first in (
            post(b"Content-Type: text/xml\r\nContent-Length: %d\r\n" % len(smuggled)),
            post(b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
            b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
        ):
            self.assertEqual(self.server.raw(first + smuggled).count(b"Content-Length:"), 1, first)

    def test_pipelined_requests_are_answered_in_order(self):
        answer = self.server.raw(
            b"GET /healthz HTTP/1.1\r\n"
            + HOST
            + b"\r\nGET /nothing HTTP/1.1\r\n"
            + HOST
            + b"Connection: close\r\n\r\n"
        )
        self.assertLess(answer.index(b'"ok"'), answer.index(b"404 Not Found"))

    def test_continue(self):
        """A client that waits for leave to send its body gets it; one that sends it at once needs
        none.
        """
        body = PLAN.encode()
        head = post(
            b"Content-Type: application/json\r\nExpect: 100-continue\r\nConnection:"
            b" close\r\nContent-Length: %d\r\n" % len(body)
        )
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as s:
            s.sendall(head)
            self.assertEqual(s.recv(65536), b"HTTP/1.1 100 Continue\r\n\r\n")
            s.sendall(body)
            self.assertTrue(s.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n"))
        self.assertEqual(self.raw_status(head + body), 200)

    # operation

    def test_metrics_and_health(self):
        self.server.ask("POST", "/api/v1/schedule", PLAN, {"Content-Type": "application/json"})
        text = self.server.ask("GET", "/metrics")[2].decode()
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? -?[0-9.]+)$')
        self.assertRegex(
            text, r'musicsched_http_requests_total\{route="/api/v1/schedule",status="200"\} [1-9]'
        )
        self.assertRegex(text, r'musicsched_schedules_total\{status="optimal",stop="none"\} [1-9]')
        self.assertEqual(self.server.get_json("/readyz"), {"status": "ready"})
        probe = [SERVER, "--probe", "--port", str(self.server.port)]
        self.assertEqual(subprocess.run(probe, check=False).returncode, 0)

    def test_log_has_no_user_text(self):
        with Server() as server:
            server.schedule_text("Secret meeting 1h")
            server.ask("GET", "/api/v1/songs?q=secret")
            server.ask(
                "GET",
                "/secret?secret=secret",
                headers={"X-Request-Id": "secret", "User-Agent": "secret"},
            )
            server.ask("SECRET", "/secret")
        lines = [line for line in server.log_lines() if line["event"] == "request"]
        self.assertEqual(sorted(line["status"] for line in lines), [200, 200, 404, 501])
        self.assertIn("/api/v1/songs", [line["route"] for line in lines])
        self.assertRegex(lines[1]["request_id"], "^[0-9a-f]{16}$")
        self.assertNotIn("secret", json.dumps(server.log_lines()).lower())

    def test_rate_limit(self):
        with Server("--rate", "1", "--burst", "3") as server:
            statuses = [server.ask("GET", "/api/v1/catalog") for _ in range(5)]
            self.assertEqual([s for s, _, _ in statuses][:3], [200, 200, 200])
            status, headers, _ = statuses[4]
            self.assertEqual(status, 429)
            self.assertGreaterEqual(int(headers["Retry-After"]), 1)
            self.assertEqual(server.ask("GET", "/healthz")[0], 200)

    def test_the_page_is_free(self):
        """Files do not count; neither does anything after a plan but what it costs."""
        with Server("--rate", "1", "--burst", "2") as server:
            for _ in range(3):
                for path in ("/", "/app.css", "/api.js", "/openapi.json"):
                    self.assertEqual(server.ask("GET", path)[0], 200)
            self.assertEqual(server.ask("GET", "/api/v1/catalog")[0], 200)

    def test_work_is_limited_too(self):
        songs = [{"query": "song %d" % i} for i in range(1000)]
        body = json.dumps({"date": "2026-11-24", "songs": songs})
        with Server("--rate", "1000", "--cpu-rate", "1") as server:
            for _ in range(50):
                status, headers, answer = server.ask(
                    "POST", "/api/v1/schedule", body, {"Content-Type": "application/json"}
                )
                if status == 429:
                    break
                self.assertEqual(status, 200, answer)
            self.assertEqual(status, 429)
            self.assertGreaterEqual(int(headers["Retry-After"]), 1)
            self.assertEqual(server.ask("GET", "/")[0], 200)

    def test_the_client_behind_trusted_proxies(self):
        ask = lambda server, forwarded: server.ask(
            "GET", "/api/v1/catalog", headers={"X-Forwarded-For": forwarded}
        )[0]
        clients = lambda server: sorted(
            {line["client"] for line in server.log_lines() if line["event"] == "request"}
        )
        with Server(
            "--trusted-proxy",
            "127.0.0.0/8",
            "--trusted-proxy",
            "10.0.0.0/8",
            "--rate",
            "1",
            "--burst",
            "9",
        ) as server:
            for forwarded in (
                "192.0.2.1",
                "9.9.9.9, 192.0.2.2:4711, 10.1.2.3",
                "[2001:db8::7]:80",
                "2001:db8::8 , 127.0.0.1",
                "nonsense, 10.0.0.9",
            ):
                self.assertEqual(ask(server, forwarded), 200, forwarded)
            self.assertIn(429, [ask(server, "192.0.2.3") for _ in range(30)])
            self.assertEqual(ask(server, "192.0.2.1"), 200)
        self.assertEqual(
            clients(server),
            ["10.0.0.9", "192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::7", "2001:db8::8"],
        )
        with Server() as server:
            self.assertEqual(ask(server, "192.0.2.1"), 200)
        self.assertEqual(clients(server), ["127.0.0.1"])

    def test_what_is_counted_by_default(self):
        """One song under two ids, one of them in two playlists."""
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as songs:
            songs.write(
                "track_id,track_name,track_artist,track_popularity,track_album_release_date,"
                "playlist_id,playlist_genre,energy\n"
                "a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n"
                "a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n"
            )
            songs.flush()
            with Server(catalog=songs.name) as server:
                top = server.get_json("/api/v1/popularity/top")["songs"]
                self.assertEqual([song["track_id"] for song in top], ["a1", "b1"])
                for question in ("groups?by=genre", "trend"):
                    answer = server.get_json("/api/v1/popularity/" + question)
                    self.assertEqual((answer["count"], answer["groups"][0]["n"]), ("tracks", 3))
                bins = server.get_json("/api/v1/popularity/histogram")["bins"]
                self.assertEqual(sum(each["n"] for each in bins), 3)
                features = server.get_json("/api/v1/popularity/correlations")["features"]
                energy = [row["n"] for row in features if row["feature"] == "energy"]
                self.assertEqual(energy, [3])

    def test_columns_may_be_named_otherwise(self):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as songs:
            songs.write("track_id,track_name,artists,track_popularity,duration_ms\na,A,X,5,1000\n")
            songs.flush()
            with Server("--columns", "track_artist=artists", catalog=songs.name) as server:
                self.assertEqual(json.loads(server.ask("GET", "/api/v1/songs/a")[2])["artist"], "X")

    def test_cors_only_for_the_origin_named(self):
        with Server("--cors-origin", "https://a.example") as server:
            headers = server.ask("GET", "/api/v1/catalog", headers={"Origin": "https://a.example"})[
                1
            ]
            self.assertEqual(headers["Access-Control-Allow-Origin"], "https://a.example")
            self.assertNotIn(
                "Access-Control-Allow-Origin",
                server.ask("GET", "/api/v1/catalog", headers={"Origin": "https://b.example"})[1],
            )

    def test_usage(self):
        run = lambda *arguments: subprocess.run(
            [SERVER, *arguments], capture_output=True, text=True, check=False
        )
        self.assertEqual(run("--help").returncode, 0)
        self.assertEqual(run().returncode, 2)
        self.assertEqual(run("--catalog", CATALOG, "--port", "99999").returncode, 2)
        self.assertEqual(run("--catalog", CATALOG, "--nonsense", "1").returncode, 2)
        for wrong in ("10.0.0.0/33", "10.0.0.0/", "proxy", "::/129"):
            self.assertEqual(run("--catalog", CATALOG, "--trusted-proxy", wrong).returncode, 2)
        missing = run("--catalog", "/nowhere/songs.csv")
        self.assertEqual(missing.returncode, 1)
        self.assertIn("/nowhere/songs.csv", missing.stderr)
        busy = run("--catalog", CATALOG, "--port", str(self.server.port))
        self.assertEqual(busy.returncode, 1)
        self.assertIn("in use", busy.stderr)


if __name__ == "__main__":
    unittest.main()
