"""Histories on the command line: every figure is what plain Python makes of the same plays."""

import collections
import csv
import datetime
import gzip
import io
import json
import math
import pathlib
import random
import tempfile
import zoneinfo

import cli

UTC = datetime.timezone.utc
ZONE = "Europe/Berlin"


def make_plays(count, seed):
    """Plays over three years with gaps: (moment, title, artist, ms, skipped, reason)."""
    rng, moment, plays = random.Random(seed), datetime.datetime(2023, 2, 3, 5, 0, tzinfo=UTC), []
    songs = [("Title %d" % (n % 37), "Artist %d" % (n % 11)) for n in range(60)]
    for _ in range(count):
        days = rng.choice([0] * 90 + [1, 2, 9])
        moment += datetime.timedelta(days=days, seconds=rng.randint(61, 9000))
        title, artist = songs[int(60 * rng.random() ** 2)]
        ms = rng.choice([0, 2500, 180000, rng.randint(1000, 400000)])
        skipped = rng.choice([True, False, None])
        plays.append((moment, title, artist, ms, skipped, rng.choice(["trackdone", "fwdbtn"])))
    return plays


def extended(plays):
    return json.dumps(
        [
            {
                "ts": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "username": "me", "ms_played": ms,
                "master_metadata_track_name": title, "master_metadata_album_artist_name": artist,
                "spotify_track_uri": None, "episode_name": None, "reason_end": reason,
                "skipped": skipped,
            }
            for moment, title, artist, ms, skipped, reason in plays
        ],
        indent=2,
    )  # fmt: skip


def short(plays):
    return json.dumps(
        [
            {"endTime": moment.strftime("%Y-%m-%d %H:%M"), "artistName": artist,
             "trackName": title, "msPlayed": ms}
            for moment, title, artist, ms, _, _ in plays
        ]
    )  # fmt: skip


def as_csv(plays):
    out = io.StringIO()
    writer = csv.DictWriter(out, json.loads(extended(plays[:1]))[0])
    writer.writeheader()
    writer.writerows(json.loads(extended(plays)))
    return out.getvalue()


def lastfm(plays):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(
        ["uts", "utc_time", "artist", "artist_mbid", "album", "album_mbid", "track", "track_mbid"]
    )
    for moment, title, artist, *_ in reversed(plays):
        writer.writerow(
            [
                int(moment.timestamp()),
                moment.strftime("%d %b %Y, %H:%M"),
                artist,
                "",
                "",
                "",
                title,
                "",
            ]
        )
    return out.getvalue()


def utc(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def takeout(plays):
    """YouTube Music's watch history, with a video after every tenth song."""
    records = []
    for n, (moment, title, artist, *_) in enumerate(plays):
        records.append(
            {"header": "YouTube Music", "title": "Watched " + title,
             "titleUrl": "https://music.youtube.com/watch?v=%d" % n,
             "subtitles": [{"name": artist + " - Topic", "url": "https://www.youtube.com/x"}],
             "time": utc(moment), "products": ["YouTube"]}
        )  # fmt: skip
        if n % 10 == 0:
            records.append(
                records[-1] | {"header": "YouTube", "subtitles": [{"name": "A channel"}]}
            )
    return json.dumps(records[::-1], indent=1)


def listens(plays):
    return [
        {"user_name": "me", "listened_at": int(moment.timestamp()), "recording_msid": "m",
         "track_metadata": {"artist_name": artist, "track_name": title, "release_name": "Sea",
                            "additional_info": {"duration_ms": 201000, "tags": []}}}
        for moment, title, artist, *_ in plays
    ]  # fmt: skip


def listenbrainz(plays):
    return "".join(json.dumps(listen) + "\n" for listen in listens(plays))


def apple(plays):
    """Apple's table of events: half of them are not plays."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(
        ["Album Name", "Artist Name", "End Reason Type", "Event End Timestamp",
         "Event Start Timestamp", "Event Type", "Play Duration Milliseconds", "Song Name"]
    )  # fmt: skip
    for moment, title, artist, ms, *_ in plays:
        writer.writerow(["Sea", artist, "", "", utc(moment), "PLAY_START", 0, title])
        writer.writerow(
            ["Sea", artist, "NATURAL_END_OF_TRACK", "", utc(moment), "PLAY_END", ms, title]
        )
    return out.getvalue()


def recently_played(plays):
    items = [
        {"track": {"album": {"name": "Sea", "artists": [{"name": "Various"}]},
                   "artists": [{"name": artist}, {"name": "Guest"}], "name": title,
                   "uri": "spotify:track:%s-%s" % (title[6:], artist[7:]), "duration_ms": 201000},
         "played_at": moment.strftime("%Y-%m-%dT%H:%M:%S.250Z"), "context": None}
        for moment, title, artist, *_ in plays
    ]  # fmt: skip
    pages = [{"items": items[n : n + 50], "next": None} for n in range(0, len(items), 50)]
    return json.dumps(pages)


def lastfm_pages(plays):
    tracks = [
        {"artist": {"mbid": "", "#text": artist}, "name": title, "album": {"#text": "Sea"},
         "date": {"uts": str(int(moment.timestamp())), "#text": "once"}}
        for moment, title, artist, *_ in plays
    ]  # fmt: skip
    return json.dumps({"recenttracks": {"@attr": {"user": "me"}, "track": tracks}})


NESTED = {
    "YouTube Music": takeout,
    "ListenBrainz": listenbrainz,
    "ListenBrainz, one array": lambda plays: json.dumps(listens(plays)),
    "ListenBrainz, a page of its API": lambda plays: json.dumps(
        {"payload": {"count": len(plays), "listens": listens(plays)}}
    ),
    "Apple Music, Play Activity": apple,
    "recently played songs of Spotify": recently_played,
    "recent tracks of Last.fm": lastfm_pages,
}


def streaks(days):
    """(longest, from, to, latest) of sorted dates."""
    runs = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    longest = max(runs, key=len)
    return len(longest), str(longest[0]), str(longest[-1]), len(runs[-1])


def figures(plays, by_time=False):
    zone = zoneinfo.ZoneInfo(ZONE)
    local = [(play[0].astimezone(zone), play) for play in plays]
    songs, artists = (collections.defaultdict(lambda: [0, 0]) for _ in range(2))
    hours, weekdays, months = collections.Counter(), collections.Counter(), collections.Counter()
    for moment, (_, title, artist, ms, _, _) in local:
        for counts in (songs[title, artist], artists[artist]):
            counts[0] += 1
            counts[1] += ms
        hours[moment.hour] += 1
        weekdays[moment.isoweekday()] += 1
        months[moment.strftime("%Y-%m")] += 1
    rank = (
        (lambda item: (-item[1][1], -item[1][0]))
        if by_time
        else lambda item: (-item[1][0], -item[1][1])
    )
    return {
        "songs": [(*key, *counts) for key, counts in sorted(songs.items(), key=rank)],
        "artists": [(key, *counts) for key, counts in sorted(artists.items(), key=rank)],
        "hours": [hours[n] for n in range(24)],
        "weekdays": [weekdays[n] for n in range(1, 8)],
        "months": months,
        "streaks": streaks(sorted({moment.date() for moment, _ in local})),
    }


class HistoryTest(cli.CliTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def ask(self, *arguments):
        return self.good_json("history", *arguments, "--timezone", ZONE, "--limit", "1000")

    def compare(self, answer, want, times=True):
        self.assertEqual(answer["plays"], sum(want["hours"]))
        self.assertEqual([row["plays"] for row in answer["hours"]], want["hours"])
        self.assertEqual([row["plays"] for row in answer["weekdays"]], want["weekdays"])
        self.assertEqual(
            {row["month"]: row["plays"] for row in answer["months"] if row["plays"]}, want["months"]
        )
        found = answer["streaks"]
        self.assertEqual(
            (found["longest"], found["longest_from"], found["longest_to"], found["latest"]),
            want["streaks"],
        )
        if times:
            self.assertEqual(
                [(r["title"], r["artist"], r["plays"], r["played_ms"]) for r in answer["songs"]],
                want["songs"],
            )
            self.assertEqual(
                [(r["artist"], r["plays"], r["played_ms"]) for r in answer["artists"]],
                want["artists"],
            )
        else:
            self.assertEqual(
                {(r["title"], r["artist"]): r["plays"] for r in answer["songs"]},
                {row[:2]: row[2] for row in want["songs"]},
            )

    def test_numbers_in_a_table_of_songs_are_not_times_of_plays(self):
        for header in ("title,artist,msg_id,from_peer\n", ""):
            rows = "".join("Song %d,Ida,80%02d,342768303\n" % (n, n) for n in range(12))
            path = self.write("collection.csv", header + rows)
            songs = self.good_json("top", "-n", "50", "--catalog", path)["songs"]
            self.assertEqual({song["artist"] for song in songs}, {"Ida"})
            self.assertEqual({song["popularity"] for song in songs}, {None})

    def test_tables_of_plays_have_the_lengths_of_songs(self):
        rows = "".join(
            "%022d,Song %d,Ida,2026-05-0%dT10:00:00,%d000\n" % (n % 3, n % 3, n, 200 + n % 3)
            for n in range(1, 8)
        )
        path = self.write("played.csv", "track_id,track,artist,played_at,duration_ms\n" + rows)
        self.assertIn("played.csv: a listening history;", self.good("info", "--catalog", path))
        songs = self.good_json("top", "--catalog", path)["songs"]
        self.assertEqual(
            {song["title"]: (song["popularity"], song["duration_ms"]) for song in songs},
            {"Song 1": (100, 201000), "Song 0": (79, 200000), "Song 2": (79, 202000)},
        )

    def test_every_form_has_the_figures_of_plain_python(self):
        plays = make_plays(4000, 1)
        want = figures(plays)
        for form, write in {"extended": extended, "csv": as_csv, "short": short}.items():
            with self.subTest(form=form):
                self.compare(self.ask(self.write("history", write(plays))), want)
        self.compare(self.ask(self.write("lastfm.csv", lastfm(plays))), want, times=False)

    def test_other_services_have_the_figures_of_plain_python(self):
        plays = make_plays(1200, 8)
        want = figures(plays)
        counts = collections.Counter((title, artist) for _, title, artist, *_ in plays)
        for name, write in NESTED.items():
            with self.subTest(name):
                path = self.write("history", write(plays))
                answer = self.ask(path)
                self.compare(answer, want, times=name.startswith("Apple"))
                self.assertEqual(answer["left_out"]["unreadable"], 0)
                self.assertEqual(answer["left_out"]["episodes"], 120 if name[:3] == "You" else 0)
                songs = self.good_json("top", path, "--limit", "100", "--count", "tracks")["songs"]
                self.assertEqual({(s["title"], s["artist"]) for s in songs}, set(counts))
                self.assertEqual(
                    (songs[0]["title"], songs[0]["artist"], songs[0]["popularity"]),
                    (*max(counts, key=lambda song: counts[song]), 100),
                )

    def test_the_docs_list_every_history(self):
        page = (cli.ROOT / "docs/song-files.md").read_text(encoding="utf-8")
        for name in NESTED:
            self.assertIn("| %s |" % name, page)

    def test_packed_and_in_other_encodings(self):
        plays = make_plays(500, 4)
        for write in (extended, as_csv, short):
            data = write(plays)
            text = data if isinstance(data, str) else data.decode()
            want = self.ask(self.write("history", text))["songs"]
            for packed in (gzip.compress(text.encode()), text.encode("utf-16")):
                self.assertEqual(self.ask(self.write("history", packed))["songs"], want)

    def test_a_folder_and_packed_files(self):
        plays = make_plays(600, 6)
        account = self.folder / "my_spotify_data" / "Spotify Account Data"
        account.mkdir(parents=True)
        first, last = account / "StreamingHistory0.json", account / "StreamingHistory1.json.gz"
        first.write_text(extended(plays[:300]))
        last.write_bytes(gzip.compress(extended(plays[300:]).encode("utf-16")))
        podcast = [{"endTime": "2026-11-02 10:00", "podcastName": "P", "episodeName": "E",
                    "msPlayed": 9}]  # fmt: skip
        (account / "StreamingHistory_podcast_0.json").write_text(json.dumps(podcast))
        (account / "Userdata.json").write_text('{"username": "me"}')
        (account / "ReadMeFirst.pdf").write_bytes(b"%PDF-1.4\n\x00")
        answer = self.ask(account.parent)
        self.compare(answer, figures(plays))
        self.assertEqual((answer["left_out"]["episodes"], answer["left_out"]["remarks"]), (1, []))
        best = self.good_json("top", account.parent, "--limit", "1", "--count", "tracks")["songs"]
        self.assertEqual(best[0]["popularity"], 100)
        packed = self.good_json("top", last, "--limit", "1", "--count", "tracks")["songs"]
        self.assertEqual(packed[0]["popularity"], 100)
        (self.folder / "empty").mkdir()
        error = self.bad(1, "history", self.folder / "empty")
        self.assertIn("empty: the folder has no listening history", error)
        error = self.bad(1, "top", self.folder / "empty")
        self.assertIn("no file of songs, playlist or listening history", error)

    def test_lists_without_a_header(self):
        for rows in (
            "Orson,Sea,Harbor,28 Nov 2026 10:15\nIda,Tea,Rain,28 Nov 2026 10:11\n",
            "Orson,Sea,Harbor,28 Nov 2026 10:15\n",
            '"Orson";"Sea, deep, dark";"Harbor";"28 Nov 2026 10:15"\n',
            "Orson\tSea\tHarbor\t1795860900\n",
        ):
            path = self.write("plays.csv", rows)
            answer = self.good_json("history", path, "--timezone", "UTC")
            self.assertEqual(answer["plays"], rows.count("\n"))
            self.assertEqual(answer["last_date"], "2026-11-28")
            self.assertIn(("Harbor", "Orson"),
                          [(row["title"], row["artist"]) for row in answer["songs"]])  # fmt: skip
            songs = self.good_json("top", path, "--count", "tracks")["songs"]
            self.assertEqual({song["popularity"] for song in songs}, {100})

    def test_a_playlist_is_a_catalog_without_figures(self):
        with tempfile.TemporaryDirectory() as folder:
            mix = pathlib.Path(folder) / "Road trip.m3u"
            mix.write_text(
                "#EXTM3U\n#EXTINF:201,Orson - Harbor\na.mp3\n#EXTINF:187,Ida - Rain\nb.mp3\n"
            )
            songs = self.good_json("top", "--catalog", str(mix))["songs"]
            self.assertEqual(
                sorted((s["title"], s["artist"], s["duration_ms"], s["popularity"]) for s in songs),
                [("Harbor", "Orson", 201000, None), ("Rain", "Ida", 187000, None)],
            )
            groups = self.good_json("stats", "--by", "playlist", "--catalog", str(mix))["groups"]
            self.assertEqual([group["label"] for group in groups], ["Road trip"])
            mix.write_text("#EXTM3U\n")
            self.good("info", "--catalog", str(mix))

    def test_a_catalog_of_what_i_play(self):
        plays = make_plays(600, 5)
        counts = collections.Counter((p[1].lower(), p[2].lower()) for p in plays)
        most = max(counts.values())
        parts = [
            self.write("a.json", extended(plays[:300])),
            self.write("b.json", short(plays[300:])),
        ]
        for paths in (["--catalog", parts[0], "--catalog", parts[1]], ["--catalog", *parts]):
            songs = self.good_json("top", *paths, "--limit", "5", "--count", "tracks")["songs"]
            for song in songs:
                count = counts[(song["title"].lower(), song["artist"].lower())]
                want = math.floor(100 * math.log1p(count) / math.log1p(most) + 0.5)
                self.assertEqual(song["popularity"], want)
            self.assertEqual(songs[0]["popularity"], 100)
        with_mine = self.good_json(
            "top",
            "--catalog",
            cli.SAMPLE,
            "--catalog",
            parts[0],
            "--limit",
            "1",
            "--count",
            "entries",
        )
        self.assertEqual(with_mine["songs"][0]["popularity"], 0)
        table = self.write("plays.csv", as_csv(plays))
        found = self.good_json("top", "--catalog", table, "--limit", "1", "--count", "tracks")
        self.assertEqual(found["songs"][0]["popularity"], 100)
        last = self.write("scrobbles.csv", lastfm(plays))
        found = self.good_json("top", "--catalog", last, "--limit", "1", "--count", "tracks")
        self.assertEqual(found["songs"][0]["popularity"], 100)

    def test_files_that_overlap_count_once(self):
        plays = make_plays(3000, 2)
        paths = [self.write("c.json", extended(plays[1000:])),
                 self.write("a.json", extended(plays[:1200])),
                 self.write("b.json", short(plays[500:2000]))]  # fmt: skip
        answer = self.ask(*paths)
        self.compare(answer, figures(plays))
        self.assertEqual(answer["left_out"]["duplicates"], 200 + 1500)

    def test_dates_short_plays_order_and_skips(self):
        plays = make_plays(3000, 3)
        zone, first, last = (
            zoneinfo.ZoneInfo(ZONE),
            datetime.date(2023, 4, 1),
            datetime.date(2023, 8, 15),
        )
        kept = [p for p in plays if p[3] >= 30000 and first <= p[0].astimezone(zone).date() <= last]
        path = self.write("h.json", extended(plays))
        answer = self.ask(path, "--from", first, "--to", last, "--min-play", "30", "--by-time")
        self.compare(answer, figures(kept, by_time=True))
        skipped = [p[4] if p[4] is not None else p[5] == "fwdbtn" for p in kept]
        self.assertAlmostEqual(answer["skipped_share"], sum(skipped) / len(skipped))

    def test_what_cannot_be_read_is_listed(self):
        plays = json.loads(extended(make_plays(5, 4)))
        plays[1]["ts"] = "never"
        plays[2]["master_metadata_track_name"] = None
        plays[3] |= {"master_metadata_track_name": None, "episode_name": "News"}
        path = self.write("h.json", "[\n" + ",\n".join(json.dumps(play) for play in plays) + "]")
        answer = self.ask(path)
        self.assertEqual(answer["plays"], 2)
        left_out = answer["left_out"]
        self.assertEqual((left_out["episodes"], left_out["unreadable"]), (1, 2))
        self.assertEqual(
            left_out["remarks"],
            ["h.json:3: its time cannot be read", "h.json:4: it names no track"],
        )
        result = self.run_cli("history", path)
        self.assertIn("h.json:3: its time cannot be read", result.stderr)
        self.assertIn("2 plays of", result.stdout)

    def test_plays_may_have_any_name(self):
        plays = [
            {"played_at": f"2026-11-0{day}T10:00:00Z", "title": title, "artist": {"name": "Ida"}}
            for day, title in ((1, "Sapphire"), (2, "Sapphire"), (3, "Amber"))
        ]
        path = self.write("radio.json", json.dumps({"station": "one", "played_tracks": plays}))
        songs = self.good_json("top", path)["songs"]
        self.assertEqual(
            [(song["title"], song["artist"]) for song in songs],
            [("Sapphire", "Ida"), ("Amber", "Ida")],
        )

    def test_artists_may_be_several(self):
        table = "ts,Track Name,Artist Name(s),ms_played\n"
        table += "2023-01-15T14:30:00Z,Rhapsody,Queens,354000\n"
        songs = self.good_json("top", self.write("plays.csv", table))["songs"]
        self.assertEqual([(s["title"], s["artist"]) for s in songs], [("Rhapsody", "Queens")])
        self.assertEqual(songs[0]["popularity"], 100)

    def test_a_history_without_a_play_is_no_catalog(self):
        path = self.write("h.json", json.dumps({"played_at": "never", "station": "one"}))
        for command in ("info", "top"):
            result = self.run_cli(command, path)
            self.assertEqual((result.returncode, result.stdout), (1, ""))
            self.assertIn("has no play: h.json:1: it names no track", result.stderr)

    def test_errors_name_the_whole_path(self):
        path = self.write("songs.csv", "title,artist\nHarbor,Orson\n")
        self.assertTrue(self.bad(1, "history", path).startswith("%s: not a listening" % path))

    def test_a_plan_fills_with_what_was_not_heard(self):
        plan = self.write("day.txt", "date: 2026-11-24\nfill: 1h\n")
        first = self.good_json("plan", plan, "--catalog", cli.SAMPLE)
        heard = [entry for entry in first["entries"] if entry["kind"] == "song"]
        self.assertGreater(len(heard), 5)
        plays = [
            (
                datetime.datetime(2026, 11, 10, n % 24, n // 24, tzinfo=UTC),
                song["title"],
                song["artist"],
                60000,
                None,
                "",
            )
            for n, song in enumerate(heard)
        ]
        history = self.write("h.json", extended(plays))
        second = self.good_json(
            "plan", plan, "--catalog", cli.SAMPLE, "--history", history, "--avoid-days", "30"
        )
        names = {(song["title"], song["artist"]) for song in heard}
        again = {(e["title"], e["artist"]) for e in second["entries"] if e["kind"] == "song"}
        self.assertEqual(names & again, set())
        self.assertGreater(len(again), 5)
        error = self.bad(2, "plan", plan, "--history", history)
        self.assertIn("--history needs a catalog", error)

    def test_a_plan_names_the_schedule_of_yesterday(self):
        first = self.good_json(
            "plan",
            self.write("mon.txt", "date: 2026-10-05\nfill: 1h\n"),
            *("--catalog", cli.SAMPLE, "--json"),
        )
        self.write("mon.json", json.dumps(first))
        plan = self.write("tue.txt", "date: 2026-11-24\nfill: 1h\navoid: mon.json\n")
        second = self.good_json("plan", plan, "--catalog", cli.SAMPLE)
        heard, again = (
            {(e["title"], e["artist"]) for e in day["entries"] if e["kind"] == "song"}
            for day in (first, second)
        )
        self.assertEqual(heard & again, set())
        self.assertGreater(len(again), 5)
        self.assertEqual(second["warnings"], [])
        # days are for listening histories: the schedule counts for any date all the same
        path = self.write(
            "days.txt", "date: 2026-11-24\nfill: 1h\navoid: mon.json\navoid: 14 days\n"
        )
        for more in ((), ("--avoid-days", "3")):
            third = self.good_json("plan", path, "--catalog", cli.SAMPLE, *more)
            self.assertEqual(third["entries"], second["entries"])
        # the warning of a file that is missing stays, and so does its name in the plan
        path = self.write(
            "both.txt", "date: 2026-11-24\nfill: 1h\navoid: mon.json\navoid: none.json\n"
        )
        ask = ("plan", path, "--catalog", cli.SAMPLE, "--json")
        both = json.loads(self.run_cli(*ask).stdout)
        self.assertEqual(both["entries"], second["entries"])
        self.assertEqual(
            [(w["code"], w["message"]) for w in both["warnings"]],
            [("no_history", 'the songs of "none.json" are not avoided: the file was not read')],
        )
        # a history that the plan does not name answers for its days, not for its files
        history = self.write("plays.json", short(make_plays(5, 1)))
        both = json.loads(self.run_cli(*ask, "--history", history).stdout)
        self.assertEqual([w["code"] for w in both["warnings"]], ["no_history"])
        # what cannot be read is reported, and the day is planned all the same
        plan = self.write("wed.txt", "date: 2026-11-25\nfill: 1h\navoid: none.json\n")
        result = self.run_cli("plan", plan, "--catalog", cli.SAMPLE)
        self.assertEqual(result.returncode, 0)
        self.assertIn("none.json: cannot be read", result.stderr)
        self.assertIn('the songs of "none.json" are not avoided', result.stdout)

    def test_refused(self):
        self.assertIn("h.json: cannot be read: No such file", self.bad(1, "history", "h.json"))
        broken = self.write("b.json", '[{"ts": 1}')
        self.assertIn("b.json:1:11: not valid JSON", self.bad(1, "history", broken))
        self.assertIn("--from", self.bad(2, "history", broken, "--from", "May"))
        for text, reason in (
            (
                "title,artist,length\nRain,Ida,3:21\n",
                "columns for the time, the title and the artist",
            ),
            ("<html><body>Watched Rain</body></html>", "choose JSON as the format of the history"),
            ("<plist><dict></dict></plist>", "XML, not a listening history"),
            ('{"title": {"0": "Rain"}}', "not a listening history of a known kind"),
        ):
            self.assertIn(reason, self.bad(1, "history", self.write("x", text)))


if __name__ == "__main__":
    cli.main()
