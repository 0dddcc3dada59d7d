"""Song files as programs dump them: units that contradict their header, JSON with a member for
each row, columns of codes, lists of mixes, and histories whose times are called "date".
"""

import json
import pathlib
import tempfile

import cli

SONGS = [
    ("Stone Garden", "Ida Blue", 201000, 61),
    ("Harbour Lights", "Ida Blue", 187000, 44),
    ("Rain in March", "The Cellos", 244000, 12),
    ("Two Bridges", "The Cellos", 305000, 9),
    ("Night Bus", "Orson", 232000, 70),
    ("Morning Run", "Orson", 176000, 58),
]


class Dumps(cli.CliTest):
    def read(self, text, name="songs.csv", *more):
        """The entries of a file, in its order, and the assumptions of its report."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, name)
            path.write_text(text, encoding="utf-8")
            out = self.good_json("top", path, "--count", "entries", "--limit", "1000", *more)
            info = self.good_json("info", path)
        files = info["report"]["files"] or [{}]
        return out["songs"], files[0].get("assumed", [])

    def refused(self, text, name="songs.csv"):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, name)
            path.write_text(text, encoding="utf-8")
            return self.bad(1, "top", path)

    def column(self, text, name="songs.csv", key="duration_ms"):
        songs, assumed = self.read(text, name)
        return {song["title"]: song[key] for song in songs}, assumed

    def test_minutes_below_a_header_of_milliseconds(self):
        rows = "".join(f"{t},{a},{ms / 60000!r}\n" for t, a, ms, _ in SONGS)
        got, assumed = self.column("title,artist,duration_ms\n" + rows)
        self.assertEqual(got, {t: ms for t, _, ms, _ in SONGS})
        self.assertIn("duration_ms: read as minutes, because the median is under 30", assumed)

    def test_negative_lengths_are_on_another_scale(self):
        rows = "".join(f"{t},{a},{(ms - 220000) / 1e5}\n" for t, a, ms, _ in SONGS)
        got, assumed = self.column("title,artist,duration_ms\n" + rows)
        self.assertEqual(set(got.values()), {None})
        self.assertIn("duration_ms: unknown, because values below 0 are not lengths", assumed)

    def energies(self, values):
        rows = "".join(f"{s[0]},{s[1]},{v},5\n" for s, v in zip(SONGS, values, strict=False))
        text = "title,artist,Energy (%),popularity\n" + rows
        low = self.read(text, "songs.csv", "--feature", "energy=0.4-0.5")[0]
        return [song["title"] for song in low], self.read(text)[1]

    def test_shares_below_a_header_of_percentages(self):
        found, assumed = self.energies([0.446, 0.37, 0.9, 1, 0, 0.41])
        self.assertEqual(found, ["Stone Garden", "Morning Run"])
        self.assertIn(
            "energy: read on a scale from 0 to 1, because no value in the first 6 rows exceeds 1",
            assumed,
        )
        found, assumed = self.energies([44.6, 0.5, 90, 1, 0, 41])
        self.assertEqual(found, ["Stone Garden", "Morning Run"])
        self.assertFalse([text for text in assumed if text.startswith("energy")])
        self.assertEqual(self.energies([1, 0, 0, 0, 1, 0])[0], [])

    def test_lists_of_one_number(self):
        text = "title,artist,popularity,tempo,key\nOne,Ida,3,[128.5],['8A']\nTwo,Max,2,[90],[7]\n"
        for feature, title in (("tempo=128-129", "One"), ("key=9-9", "One"), ("key=7-7", "Two")):
            songs, _ = self.read(text, "songs.csv", "--feature", feature)
            self.assertEqual([song["title"] for song in songs], [title])

    def test_artists_that_a_program_joined(self):
        head = "Track Name,Artist Name(s),Popularity\n"
        rows = 'One,"Ida,Max Ray",3\nTwo,"Orson,21 Pilots",2\nThree,Orson,1\n'
        songs, _ = self.read(head + rows + 'Four,"10,000 Maniacs",1\n')
        lists = [song.get("artists", song["artist"]) for song in songs]
        self.assertEqual(
            lists, [["Ida", "Max Ray"], ["Orson", "21 Pilots"], "Orson", "10,000 Maniacs"]
        )
        # a person writes a blank after a comma, which may be a part of a name
        songs, _ = self.read(head + rows + 'Four,"Tyler, The Creator",1\n')
        self.assertEqual([song.get("artists") for song in songs][::3], [None, None])

    def test_unix_times_are_dates(self):
        text = (
            "title,artist,release_date\nA,Ida,1262304000000\nB,Ida,-157766400000\n"
            "C,Ida,978307200\nD,Ida,1262304000000000000\nE,Ida,978307200.0\nF,Ida,20190614\n"
        )
        got, _ = self.column(text, key="release_date")
        wanted = ["2010-01-01", "1965-01-01", "2001-01-01", "2010-01-01", "2001-01-01"]
        self.assertEqual(list(got.values()), [*wanted, "2019-06-14"])

    def test_codes_are_not_texts(self):
        uuid = "c64d25cd-2d87-3520-baf8-%012d"
        rows = [f"{uuid % n}\t{t}\t{a}\t{n % 2}" for n, (t, a, _, _) in enumerate(SONGS)]
        wanted = [(t, a) for t, a, _, _ in SONGS]
        for text in ("\n".join(rows), "\n".join("\t".join(r.split("\t")[::-1]) for r in rows)):
            songs, _ = self.read(text + "\n", "songs.txt")
            self.assertEqual([(song["title"], song["artist"]) for song in songs], wanted)
        rows = [f"{n};{t};{2000 + n};{'Si' if n % 2 else 'No'}" for n, (t, *_) in enumerate(SONGS)]
        self.assertIn("no header", self.refused("\n".join(rows) + "\n"))

    def test_artists_that_are_in_the_titles(self):
        head = "Title,Artist,Album,Playlist name\n"
        rows = "".join(f'"{a} - {t}","","",Liked\n' for t, a, _, _ in SONGS)
        songs, _ = self.read(head + rows)
        self.assertEqual([(s["title"], s["artist"]) for s in songs], [s[:2] for s in SONGS])
        # a later row that has an artist keeps its title
        songs, _ = self.read(head + rows * 40 + "Intro - Live,Max Ray,,Liked\n")
        last = [(s["title"], s["artist"]) for s in songs if s["artist"] == "Max Ray"]
        self.assertEqual(last, [("Intro - Live", "Max Ray")])

    def test_last_fields_that_are_left_out(self):
        head = "Name\tArtist\tPlays\tA\tB\tC\tD\tE\tLocation\n"
        rows = "One\tIda\t3\t\t\t\t\t\tC:\\one.mp3\nTwo\tIda\t2\t\t\t\t\t\n"
        songs, _ = self.read(head + rows, "songs.txt")
        self.assertEqual([song["title"] for song in songs], ["One", "Two"])
        # fields may have moved if there is no empty one, or if one of the missing is read
        for short in ("Two\tIda\t2\t\t\t\t\tx\n", "Two\tIda\t2\t\t\t\t\n"):
            songs, _ = self.read(head + rows[: rows.index("Two")] * 3 + short, "songs.txt")
            self.assertNotIn("Two", [song["title"] for song in songs])

    def test_a_column_without_artists_is_told(self):
        songs, assumed = self.read("id,title,author_main\na1,One,Ida\na2,Two,Max\n")
        self.assertEqual([song["artist"] for song in songs], ["", ""])
        note = [text for text in assumed if text.startswith("track_artist: unknown")]
        self.assertEqual(len(note), 1)
        self.assertIn('"track_artist=Singer"', note[0])

    def test_json_with_a_member_for_each_row(self):
        rows = [
            {"title": f"{t} {n}", "artist": a, "popularity": p, "duration_ms": ms}
            for n in range(20)
            for t, a, ms, p in SONGS
        ]
        keys = list(rows[0])
        forms = {
            "by key": {f"k{n}": row for n, row in enumerate(rows)},
            "by column": {k: {str(n): row[k] for n, row in enumerate(rows)} for k in keys},
        }
        for name, form in forms.items():
            for indent in (None, 1):
                with self.subTest(form=name, indent=indent):
                    songs, _ = self.read(json.dumps(form, indent=indent), "songs.json")
                    got = [{key: song[key] for key in keys} for song in songs]
                    order = sorted(rows, key=lambda row: -row["popularity"])
                    self.assertEqual(got, order)
        # columns whose keys differ cannot be put side by side
        forms["by column"]["artist"] = dict(reversed(forms["by column"]["artist"].items()))
        self.assertIn('orient="records"', self.refused(json.dumps(forms["by column"]), "s.json"))

    def test_json_with_nulls_in_texts(self):
        text = '[{"title": "One\\u0000", "artist": "Ida \\\\u0000"}]'
        songs, _ = self.read(text, "songs.json")
        self.assertEqual([(s["title"], s["artist"]) for s in songs], [("One", "Ida \\u0000")])

    def test_json_in_unknown_words_lists_them(self):
        message = self.refused('[{"foo": "One", "bar": "Ida"}, {"foo": "Two"}]', "songs.json")
        self.assertIn('"foo", "bar"', message)
        self.assertIn("--columns", message)

    def test_lists_of_mixes(self):
        forms = [
            "00:06:21 %s - %s",
            "[00:06:21] %s - %s",
            "(0:00) %s - %s",
            "6:21 - %s - %s",
            "3. [1:06:21] %s - %s",
            "[010] %s - %s",
            "7\t%s - %s",
            "1.2\t%s \u2013 %s",
            "%s - %s",
        ]
        wanted = [(t, a) for t, a, _, _ in SONGS]
        for form in forms:
            lines = [form % (a, t) for t, a, _, _ in SONGS]
            for text in ("\n".join(lines), "# 2021-02 - a mix\n" + "\n?\n".join(lines)):
                if form == "%s - %s" and text.startswith("#"):
                    continue
                with self.subTest(form=form, text=text[:20]):
                    songs, _ = self.read(text + "\n", "mix.txt")
                    self.assertEqual([(s["title"], s["artist"]) for s in songs], wanted)

    def test_headings_of_a_mix(self):
        text = (
            "DJ Ida @ Club, Berlin\nhttps://tracklists.example/1\n\n01. Ida - One [LABEL]\n"
            "w/ Max - Two\n[12:30] 02. Orson - Three\n03. Orson - Four\n"
        )
        songs, _ = self.read(text, "mix.txt")
        self.assertEqual(
            [(s["title"], s["artist"]) for s in songs],
            [("One [LABEL]", "Ida"), ("Two", "Max"), ("Three", "Orson"), ("Four", "Orson")],
        )
        # the same below the names of columns is a table
        table = "title,artist\n1. Ida - One,Ida\n2. Max - Two,Max\n3. Orson - Three,Orson\n"
        self.assertEqual(self.read(table)[0][0]["title"], "1. Ida - One")

    def test_artist_album_and_title_in_one_line(self):
        lines = [f"{a} - {a[:3]} Album - {t}" for t, a, _, _ in SONGS]
        songs, assumed = self.read("\n".join(lines) + "\n", "library.txt")
        got = [(s["title"], s["artist"], s["album"]) for s in songs]
        self.assertEqual(got, [(t, a, a[:3] + " Album") for t, a, _, _ in SONGS])
        self.assertIn("each album has one artist", "".join(assumed))
        # the last part is an addition to the title, which varies
        lines = [f"{a} - {t} - Live" for t, a, _, _ in SONGS]
        songs, _ = self.read("\n".join(lines) + "\n", "list.txt")
        self.assertFalse([song for song in songs if song["title"] == "Live"])

    def test_slashes_between_artist_and_title(self):
        lines = [f"{a} / {t}" for t, a, _, _ in SONGS]
        wanted = sorted((t, a) for t, a, _, _ in SONGS)
        for text in ("\n".join(lines), "Song,Popularity\n" + "\n".join(f"{r},3" for r in lines)):
            songs, assumed = self.read(text + "\n")
            self.assertEqual(sorted((s["title"], s["artist"]) for s in songs), wanted)
            self.assertIn("artist_and_title: the title follows the first slash", assumed)

    def test_files_of_a_collection_without_tags(self):
        tracks = (
            ("One - Live", "Ida", "201"),
            ("30. Max Ray - Two", "", "187"),
            ("01 - Orson - Three", "", "244"),
            ("SIREN", "", "2"),
            ("Four - Edit", "The - Dash", "199"),
        )
        text = "<DJ_PLAYLISTS><COLLECTION>" + "".join(
            f'<TRACK Name="{t}" Artist="{a}" TotalTime="{s}"/>' for t, a, s in tracks
        )
        songs, _ = self.read(text + "</COLLECTION></DJ_PLAYLISTS>", "collection.xml")
        got = [(s["title"], s["artist"], s["duration_ms"]) for s in songs]
        wanted = [
            ("One - Live", "Ida", 201000),
            ("Two", "Max Ray", 187000),
            ("Three", "Orson", 244000),
            ("Four - Edit", "The - Dash", 199000),
        ]
        self.assertEqual(got, wanted)

    def test_json_with_a_text_for_each_song(self):
        texts = {str(n): f"{SONGS[n % 6][1]} - {SONGS[n % 6][0]} {n}" for n in range(70)}
        songs, _ = self.read(json.dumps(texts), "tracks.json")
        wanted = [(f"{SONGS[n % 6][0]} {n}", SONGS[n % 6][1]) for n in range(70)]
        self.assertEqual([(s["title"], s["artist"]) for s in songs], wanted)

    def test_texts_of_earlier_versions_of_python(self):
        text = "title,artist,genres\nOne,Ida,\"[u'dance pop', u'soul']\"\nTwo,Max,[u'rap']\n"
        songs, _ = self.read(text)
        self.assertEqual([s["genre"] for s in songs], ["dance pop, soul", "rap"])
        self.assertEqual(songs[0]["genres"], ["dance pop", "soul"])

    def test_json_of_services(self):
        song = {"title": "One", "artist": "Ida", "popularity": 61, "duration_ms": 201000}
        apple = {"name": "One", "artistName": "Ida", "durationInMillis": 201000}
        tidal = {"title": "One", "artists": [{"name": "Ida"}], "duration": 201, "popularity": 61}
        deezer = {"id": 7, "title": "One", "artist": {"name": "Ida"}, "duration": 201}
        store = {"trackName": "One", "artistName": "Ida", "trackTimeMillis": 201000}
        plex = {"title": "One", "grandparentTitle": "Ida", "duration": 201000}
        forms = {
            "attributes": {"data": [{"id": "1", "type": "songs", "attributes": apple}]},
            "items": {"items": [{"created": "2020", "type": "track", "item": tidal}]},
            "page of tracks": {"id": 1, "title": "Mix", "tracks": {"data": [deezer]}},
            "results": {"resultCount": 1, "results": [store]},
            "container": {"MediaContainer": {"size": 1, "Metadata": [plex]}},
            "deep": {"subsonic-response": {"status": "ok", "playlist": {"entry": [song]}}},
        }
        for name, form in forms.items():
            with self.subTest(form=name):
                songs, _ = self.read(json.dumps(form), "songs.json")
                got = [(s["title"], s["artist"], s["duration_ms"]) for s in songs]
                self.assertEqual(got, [("One", "Ida", 201000)])
        other = {"books": {"list": [{"title": "One", "pages": 3}]}}
        self.assertIn("no playlist", self.refused(json.dumps(other), "songs.json"))

    def test_a_time_can_be_a_title(self):
        text = "1. 22:22 - Ida Blue\n2. 3:00 AM - Orson\n3. 4:44 - Max Ray\n"
        songs, _ = self.read(text, "list.txt")
        texts = {song["title"] for song in songs} | {song["artist"] for song in songs}
        self.assertEqual(texts, {"22:22", "3:00 AM", "4:44", "Ida Blue", "Orson", "Max Ray"})

    def test_short_lists_with_commas(self):
        songs, _ = self.read("Ida - One\nMax, Orson - Two, Three\nOrson - Four\n", "list.txt")
        self.assertEqual(
            [(s["title"], s["artist"]) for s in songs],
            [("One", "Ida"), ("Two, Three", "Max, Orson"), ("Four", "Orson")],
        )

    def test_a_history_whose_times_are_called_date(self):
        rows = [f"2020-04-13 0{9 - n}:1{n}:31,{a},{t}\n" for n, (t, a, _, _) in enumerate(SONGS)]
        head = "date,artist,track\n"
        text = head + "".join(rows) + "2020-04-13 04:13:00,Orson,Morning Run\n"
        songs, _ = self.read(text)
        self.assertEqual((songs[0]["title"], songs[0]["popularity"]), ("Morning Run", 100))
        self.assertEqual(len(songs), len(SONGS))
        days = [f"2020-04-{28 - n} 00:00:00,{a},{t}\n" for n, (t, a, _, _) in enumerate(SONGS)]
        for other in (
            head + "".join(days),
            head + "".join(rows[::2] + rows[1::2]),
            "date,artist,track,popularity\n" + "".join(r.strip() + ",5\n" for r in rows),
        ):
            songs, _ = self.read(other)
            self.assertNotIn(100, [song["popularity"] for song in songs])


if __name__ == "__main__":
    cli.main()
