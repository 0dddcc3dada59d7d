#!/usr/bin/env python3
"""Playlists and listening histories sent to the server."""

import gzip
import json
import unittest

from server_testing import REQUEST, RESULT, Server

BYTES = "application/octet-stream"
MIX = """#EXTM3U
#PLAYLIST:Mix
#EXTINF:221,Synthetic Otters - Dancing Monkey
a.mp3
#EXTINF:180,Nobody - No Such Song At All
b.mp3
#EXTINF:180,Synthetic Otter - Dancing Monke
c.mp3
"""
LISTS = json.dumps({"playlists": [{"name": name, "items": []} for name in ("One", "Two")]})


def play(end, title="Dancing Monkey", artist="Synthetic Otters", ms=200000):
    return {"endTime": end, "artistName": artist, "trackName": title, "msPlayed": ms}


PLAYS = [play("2026-11-01 08:00"), play("2026-11-20 22:30"), play("2026-11-21 07:10", ms=20000)]


class ListeningTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def ask(self, address, body, kind=BYTES):
        data = body.encode() if isinstance(body, str) else body
        status, _, answer = self.server.ask("POST", address, data, {"Content-Type": kind})
        return status, json.loads(answer)

    def test_a_playlist_is_matched(self):
        status, match = self.ask("/api/v1/playlist", MIX)
        self.assertEqual((status, match["name"], match["form"]), (200, "Mix", "m3u"))
        self.assertEqual([s["found"] for s in match["songs"]], ["exact", "none", "none"])
        self.assertEqual(match["songs"][0]["track"]["title"], "Dancing Monkey")
        similar = [c["title"] for c in match["songs"][2]["candidates"]]
        self.assertIn("Dancing Monkey", similar)
        packed = self.ask("/api/v1/playlist", gzip.compress(MIX.encode("utf-16")))
        self.assertEqual((packed[0], packed[1]["found"]), (200, 1))
        self.assertEqual(self.ask("/api/v1/playlist?name=Mine", MIX)[1]["name"], "Mine")

    def test_what_is_no_playlist_is_refused(self):
        for body, query, kind, status, code in (
            (LISTS, "?only=Other", BYTES, 422, "not_found"),
            (MIX, "?x=1", BYTES, 400, "bad_parameter"),
            (MIX, "", "text/plain", 415, "unsupported_type"),
            ("{", "", BYTES, 422, "bad_value"),
            ("<html><body></body></html>", "", BYTES, 422, "bad_value"),
        ):
            got, problem = self.ask("/api/v1/playlist" + query, body, kind)
            self.assertEqual((got, problem["code"]), (status, code), (body, problem))
        allowed = self.server.ask("OPTIONS", "/api/v1/playlist")[1]
        self.assertEqual((allowed["Allow"], allowed["Accept-Post"]), ("POST, OPTIONS", BYTES))
        self.assertEqual(self.server.ask("GET", "/api/v1/history")[0], 405)

    def test_a_history_is_summed_up(self):
        status, found = self.ask("/api/v1/history?timezone=Asia/Tokyo", json.dumps(PLAYS))
        self.assertEqual((status, found["plays"], found["timezone"]), (200, 3, "Asia/Tokyo"))
        self.assertEqual((found["songs"][0]["plays"], found["streaks"]["longest"]), (3, 1))
        self.assertEqual([h["hour"] for h in found["hours"] if h["plays"]], [7, 16, 17])
        part = "/api/v1/history?from=2026-11-20&to=2026-11-21&min_play=30&by_time=true&limit=1"
        self.assertEqual(self.ask(part, json.dumps(PLAYS))[1]["plays"], 1)
        for body, query, status, code in (
            (json.dumps(PLAYS), "?from=May", 422, "bad_value"),
            (json.dumps(PLAYS), "?to=", 400, "bad_parameter"),
            (json.dumps(PLAYS), "?timezone=No/Where", 422, "not_found"),
            (json.dumps(PLAYS), "?limit=0", 400, "bad_parameter"),
            ("<html>", "", 422, "bad_value"),
            ("", "", 422, "bad_value"),
        ):
            got, problem = self.ask("/api/v1/history" + query, body)
            self.assertEqual((got, problem["code"]), (status, code), (body, problem))

    def day(self, **more):
        body = {"text": "fill: 30m @morning\n♪ Dancing Monkey @evening", "date": "2026-11-24"}
        kinds = {"Content-Type": REQUEST, "Accept": RESULT}
        body = json.dumps({**body, **more})
        status, _, answer = self.server.ask("POST", "/api/v1/schedule", body, kinds)
        return status, json.loads(answer)

    def test_a_day_avoids_what_was_heard(self):
        songs = lambda day: {e["track_id"] for e in day["schedule"]["entries"] if "track_id" in e}
        plain = self.day()[1]
        filled = [e for e in plain["schedule"]["entries"] if e.get("wanted") is None]
        filled = [e for e in filled if e["kind"] == "song"]
        history = [play("2026-11-20 08:00", e["title"], e["artist"]) for e in filled]
        status, other = self.day(history=json.dumps(history + PLAYS))
        self.assertEqual(status, 200, other)
        self.assertTrue(filled and songs(other))
        self.assertFalse({e["track_id"] for e in filled} & songs(other))
        codes = [w["code"] for w in other["schedule"]["warnings"]]
        self.assertIn("heard_lately", codes)
        long_ago = self.day(history=json.dumps(history), avoid_days=2)[1]
        self.assertEqual(songs(long_ago), songs(plain))

    def test_a_week_avoids_what_was_heard(self):
        week = {"text": "days: 3\nfill: 30m @morning\n"}
        fill = lambda answer: [
            (e["date"], e["title"], e["artist"])
            for e in answer[1]["schedule"]["entries"]
            if e["kind"] == "song"
        ]
        plain = fill(self.day(**week))
        history = [play("2026-11-23 08:00", title, artist) for _, title, artist in plain[:5]]
        other = fill(self.day(**week, history=json.dumps(history)))
        self.assertEqual({date for date, *_ in other}, {date for date, *_ in plain})
        self.assertFalse({song[1:] for song in plain[:5]} & {song[1:] for song in other})

    def test_a_wrong_history_is_refused(self):
        for more, status in (
            ({"history": "<html>"}, 422),
            ({"history": 1}, 400),
            ({"history": json.dumps(PLAYS), "avoid_days": 0}, 400),
            ({"history": json.dumps(PLAYS), "avoid_days": 36501}, 400),
            ({"history": json.dumps(PLAYS), "avoid_days": "7"}, 400),
            ({"avoid_days": 7}, 400),
        ):
            got, problem = self.day(**more)
            self.assertEqual(got, status, (more, problem))


if __name__ == "__main__":
    unittest.main()
