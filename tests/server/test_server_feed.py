#!/usr/bin/env python3
"""Feeds: the plan in the address, the same day whenever it is asked for, signed with a secret."""

import base64
import datetime
import hashlib
import hmac
import json
import pathlib
import tempfile
import time
import unittest
import zlib

from server_testing import Server

DAY = "date: 2026-11-24 Europe/Berlin\n9:00-17:00 Work\nGym 1h after 17:00\nRead 45m late\n"
SECRET = b"a secret of some length"


def pack(text):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(text.encode()) + squeeze.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unfold(calendar):
    return calendar.decode().replace("\r\n ", "").split("\r\n")


def values(lines, name):
    return [line.split(":", 1)[1] for line in lines if line.split(":")[0].split(";")[0] == name]


class FeedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def address(self, text, query="", content_type="text/plain", server=None):
        status, _, body = (server or self.server).ask(
            "POST", "/api/v1/feed?" + query, text.encode(), {"Content-Type": content_type}
        )
        return status, json.loads(body)

    def feed(self, path, server=None, **headers):
        return (server or self.server).ask("GET", path, headers=headers)

    def refused(self, status, code, path, server=None):
        got, _, body = self.feed(path, server)
        self.assertEqual((got, json.loads(body)["code"]), (status, code), body)

    def test_the_day_of_an_address(self):
        status, made = self.address(DAY, "alarm=5&calendar_name=My%20day&events=todos")
        self.assertEqual((status, made["signed"]), (200, False))
        status, headers, body = self.feed(made["path"])
        self.assertEqual(status, 200, body)
        self.assertEqual(headers["Content-Type"], "text/calendar; charset=utf-8")
        lines = unfold(body)
        self.assertEqual(values(lines, "SUMMARY"), ["Work", "Gym", "Read"])
        self.assertEqual(
            values(lines, "DTSTART")[-3:], ["20261124T090000", "20261124T170500", "20261124T221500"]
        )
        self.assertEqual(values(lines, "NAME"), ["My day"])
        self.assertEqual(values(lines, "REFRESH-INTERVAL"), ["PT1H"])
        self.assertEqual(values(lines, "TRIGGER"), ["-PT5M"] * 3)

    def test_asked_again_nothing_changes(self):
        _, made = self.address(DAY)
        _, headers, first = self.feed(made["path"])
        _, again, second = self.feed(made["path"])
        self.assertEqual(first, second)
        self.assertEqual(headers["ETag"], again["ETag"])
        lines = unfold(first)
        self.assertEqual(len(set(values(lines, "SEQUENCE"))), 1)
        self.assertEqual(values(lines, "DTSTAMP"), values(lines, "LAST-MODIFIED"))
        self.assertEqual(len(set(values(lines, "UID"))), 3)
        status, _, body = self.feed(made["path"], **{"If-None-Match": headers["ETag"]})
        self.assertEqual((status, body), (304, b""))
        # an edited plan has another address, where what did not change keeps its UID
        _, other = self.address(DAY.replace("9:00-17:00", "9:00-16:00"))
        self.assertNotEqual(made["path"], other["path"])
        third = unfold(self.feed(other["path"])[2])
        self.assertEqual(values(lines, "UID"), values(third, "UID"))

    def test_a_plan_that_changed_is_a_later_revision(self):
        path = "/api/v1/feed.ics?plan=%s&made=%d"
        old, new = 1796000000, 1796000060
        stamps = [
            datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
            for at in (old, new)
        ]
        first = unfold(self.feed(path % (pack(DAY), old))[2])
        moved = unfold(self.feed(path % (pack(DAY.replace("Gym 1h", "Gym 2h")), new))[2])
        self.assertEqual(values(first, "UID"), values(moved, "UID"))
        self.assertEqual(set(values(first, "DTSTAMP")), {stamps[0]})
        self.assertEqual(set(values(moved, "LAST-MODIFIED")), {stamps[1]})
        numbers = [{int(v) for v in values(lines, "SEQUENCE")} for lines in (first, moved)]
        self.assertEqual(max(numbers[0]) + 60, min(numbers[1]))
        # the address that the server makes says when that was
        before = int(time.time())
        made = int(self.address(DAY)[1]["path"].rsplit("made=", 1)[1])
        self.assertTrue(before <= made <= time.time(), made)
        # without it, nothing is known of revisions
        lines = unfold(self.feed("/api/v1/feed.ics?plan=" + pack(DAY))[2])
        self.assertEqual(set(values(lines, "SEQUENCE")), {"0"})
        self.assertEqual(values(lines, "LAST-MODIFIED"), [])
        self.refused(400, "bad_parameter", path % (pack(DAY), 3767225601))

    def test_anybody_can_pack_a_plan(self):
        for text in (
            DAY,
            json.dumps(
                {
                    "date": "2026-11-24",
                    "todos": [{"title": "Ça va?", "start": "9:00", "end": "10:00"}],
                },
                ensure_ascii=False,
            ),
        ):
            _, made = self.address(
                text, content_type="application/json" if text[0] == "{" else "text/plain"
            )
            own = f"/api/v1/feed.ics?plan={pack(text)}&made=" + made["path"].rsplit("made=", 1)[1]
            status, _, body = self.feed(own)
            self.assertEqual(status, 200, body)
            self.assertEqual(self.feed(made["path"])[2], body)

    def test_without_a_date_it_is_today(self):
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"):
            days = []
            for _ in range(2):  # the day may change between the two
                now = datetime.datetime.now(datetime.timezone.utc)
                hours = {"Pacific/Kiritimati": 14, "Pacific/Pago_Pago": -11}.get(zone)
                for query, text in (
                    ("timezone=" + zone, "9:00-10:00 Call\n"),
                    ("", f"tz: {zone}\n9:00-10:00 Call\n"),
                ):
                    status, made = self.address(text, query)
                    self.assertEqual(status, 200, made)
                    lines = unfold(self.feed(made["path"])[2])
                    days.append(values(lines, "DTSTART")[-1][:8])
                    if hours is not None:
                        wanted = now + datetime.timedelta(hours=hours)
                        near = wanted + datetime.timedelta(minutes=1)
                        self.assertIn(
                            days[-1], (wanted.strftime("%Y%m%d"), near.strftime("%Y%m%d"))
                        )
            self.assertLessEqual(len(set(days)), 2)

    def test_a_secret_signs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "secret"
            path.write_bytes(SECRET + b"\n")
            with Server("--feed-secret", str(path)) as server:
                status, made = self.address(DAY, "alarm=5", server=server)
                self.assertEqual((status, made["signed"]), (200, True))
                query = made["path"].split("?", 1)[1]
                signed, proof = query.rsplit("&signature=", 1)
                right = hmac.new(SECRET, signed.encode(), hashlib.sha256).digest()
                self.assertEqual(proof, base64.urlsafe_b64encode(right).decode().rstrip("="))
                self.assertEqual(self.feed(made["path"], server)[0], 200)
                start = "/api/v1/feed.ics?"
                for wrong in (
                    signed,
                    query.replace("alarm=5", "alarm=6"),
                    query[:-1] + ("A" if query[-1] != "A" else "B"),
                    query + "&seed=1",
                    f"signature={proof}&{signed}",
                    signed + "&signature=",
                    "",
                ):
                    self.refused(403, "bad_signature", start + wrong, server)

    def test_what_is_refused(self):
        feed = "/api/v1/feed.ics?plan="
        for plan in ("", "A", "!!!!", "AAAA", pack(DAY)[:-3], pack(DAY) + "AAAA"):
            self.refused(422, "bad_plan", feed + plan)
        self.refused(400, "bad_parameter", "/api/v1/feed.ics")
        self.refused(400, "bad_parameter", feed + pack(DAY) + "&colour=red")
        self.assertIn(b"parameter colour: ", self.feed(feed + pack(DAY) + "&colour=red")[2])
        self.refused(400, "bad_parameter", feed + pack(DAY) + "&alarm=x")
        self.refused(422, "bad_plan", feed + pack("x" * 70000))
        self.assertEqual(self.feed(feed + pack("{"))[0], 400)
        self.assertEqual(
            self.feed(feed + pack('{"date": "2026-11-24"}') + "&date=2026-11-25")[0], 422
        )
        self.assertEqual(self.address("Gym 1h", content_type="text/html")[0], 415)
        self.assertEqual(self.address("Gym 1h", content_type="application/json")[0], 400)
        self.assertEqual(self.address("Gym 1h", "date=2026-02-30")[0], 422)
        status, told = self.address("".join(f"Task {i * 7919} 1m\n" for i in range(3000)))
        self.assertEqual((status, told["code"]), (422, "too_long"))
        status, told = self.address("date: 2026-13-01\n")
        self.assertEqual(status, 422, told)
        self.assertEqual(self.server.ask("DELETE", "/api/v1/feed.ics")[0], 405)

    def test_a_secret_must_be_long(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "secret"
            path.write_bytes(b"short\n")
            for name in (path, path.with_name("none")):
                with self.assertRaisesRegex(RuntimeError, "--feed-secret|Try"):
                    Server("--feed-secret", str(name))


if __name__ == "__main__":
    unittest.main()
