"""Songs by several artists, and of several genres: each of them counts."""

import collections
import csv
import io
import pathlib
import tempfile

import cli

HEADER = "track_id,track_name,track_artist,track_popularity,duration_ms"
PLURAL = """id,name,artists,genres,popularity,duration_ms,release_date
s1,One,Ida;Orson,"pop,dance",50,200000,2019
s2,Two,Orson,pop,40,200000,2019
s3,Three,"Tyler, The Creator",rap,30,200000,2018
s4,Four,"Orson;Tyler, The Creator;Ida","rap,pop",10,200000,2017
"""


def expected(text, column, separator):
    """Sum and number of the popularities by member, by plain Python."""
    sums = collections.defaultdict(lambda: [0, 0])
    for row in csv.DictReader(io.StringIO(text)):
        for member in row[column].split(separator):
            sums[member][0] += int(row["popularity"])
            sums[member][1] += 1
    return {key: tuple(value) for key, value in sums.items()}


class Lists(cli.CliTest):
    def groups(self, text, by, count="tracks", *more):
        out = self.good_json(
            "stats", "--by", by, "--count", count, "--catalog", "-", *more, stdin=text
        )
        return {group["key"]: (group["sum"], group["n"]) for group in out["groups"]}

    def titles(self, text, *more):
        out = self.good_json("top", "--catalog", "-", *more, stdin=text)
        return sorted(song["title"] for song in out["songs"])

    def test_each_artist_and_genre_counts(self):
        for count in ("entries", "tracks", "recordings"):
            self.assertEqual(self.groups(PLURAL, "artist", count), expected(PLURAL, "artists", ";"))
            self.assertEqual(self.groups(PLURAL, "genre", count), expected(PLURAL, "genres", ","))
        info = self.good_json("info", "--catalog", "-", stdin=PLURAL)
        self.assertEqual((info["artists"], info["genres"]), (3, 3))
        assumed = info["report"]["files"][0]["assumed"]
        self.assertIn('track_artist: texts that name several were split at ";": 2', assumed)

    def test_standard_input_is_read_as_a_file_is(self):
        texts = {
            "songs.jsonl": '{"title": "One", "artist": "Ida", "popularity": 3}\n'
            '{"title": "Two", "artist": "Orson", "popularity": 5}\n',
            "list.m3u8": "#EXTM3U\n#EXTINF:200,Ida - One\na.mp3\n",
            "list.txt": "1. Ida - One (3:20)\n2. Orson - Two (3:07)\n",
            "history.csv": "ts,ms_played,master_metadata_track_name,"
            "master_metadata_album_artist_name\n2026-11-21T12:00:00Z,3000,One,Ida\n",
            "table.csv": PLURAL,
        }
        with tempfile.TemporaryDirectory() as folder:
            kept = {"TMPDIR": folder}
            for name, text in texts.items():
                with self.subTest(name=name):
                    path = pathlib.Path(folder) / name
                    path.write_text(text, encoding="utf-8")
                    wanted = self.good_json("top", path)["songs"]
                    path.unlink()
                    got = self.good_json("top", "-", stdin=text, environment=kept)["songs"]
                    self.assertEqual(got, wanted)
                    self.assertIn("One", [song["title"] for song in got])
                    info = self.good("info", "-", stdin=text, environment=kept)
                    self.assertNotIn(folder, info)
            message = self.bad(1, "top", "-", stdin='[{"title": 3', environment=kept)
            self.assertTrue(message.startswith("<stdin>: not valid JSON"), message)
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])
        nowhere = {"TMPDIR": folder}
        message = self.bad(1, "top", "-", stdin=texts["songs.jsonl"], environment=nowhere)
        self.assertIn("name such a file", message)
        self.assertEqual(
            self.good_json("top", "-", stdin=PLURAL, environment=nowhere)["songs"],
            self.good_json("top", "-", stdin=PLURAL)["songs"],
        )

    def test_filters_find_members(self):
        self.assertEqual(self.titles(PLURAL, "--artist", "Ida"), ["Four", "One"])
        self.assertEqual(self.titles(PLURAL, "--artist", "Tyler, The Creator"), ["Four", "Three"])
        self.assertEqual(self.titles(PLURAL, "--genre", "dance"), ["One"])
        grouped = self.groups(PLURAL, "artist", "tracks", "--genre", "rap")
        self.assertEqual(grouped, {"Tyler, The Creator": (40, 2), "Orson": (10, 1), "Ida": (10, 1)})

    def test_json_has_lists_beside_the_text(self):
        songs = self.good_json("top", "--count", "entries", "--catalog", "-", stdin=PLURAL)["songs"]
        self.assertEqual(songs[0]["artist"], "Ida, Orson")
        self.assertEqual(songs[0]["artists"], ["Ida", "Orson"])
        self.assertEqual(songs[0]["genres"], ["pop", "dance"])
        self.assertNotIn("artists", songs[1])
        self.assertEqual(songs[3]["artists"], ["Orson", "Tyler, The Creator", "Ida"])

    def test_lookup_finds_a_song_by_each_of_its_artists(self):
        for words in ("Four - Ida", "Tyler, The Creator - Four", "four - orson"):
            hits = self.good_json("find", words, "--catalog", "-", stdin=PLURAL)["songs"]
            self.assertEqual((hits[0]["title"], hits[0]["match"]), ("Four", "exact"))
        plan = "date: 2026-11-24\nday: 8:00-9:00\n\u266a Four - Tyler, The Creator\n"
        with self.subTest("a wish"):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder, "songs.csv")
                path.write_text(PLURAL)
                out = self.good_json("plan", "-", "--catalog", path, stdin=plan)
            self.assertEqual([entry["track_id"] for entry in out["entries"]], ["s4"])

    def plan(self, text, songs):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.csv")
            path.write_text(songs)
            entries = self.good_json("plan", "-", "--catalog", path, stdin=text)["entries"]
        return [entry for entry in entries if entry["kind"] == "song"]

    def assert_apart(self, entries, minutes):
        """Songs that share an artist keep the separation."""
        times = [
            [int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in (x.split(":") for x in pair)]
            for pair in ((e["start"], e["end"]) for e in entries)
        ]
        for i, one in enumerate(entries):
            for k in range(i):
                if set(one["artist"].split(", ")) & set(entries[k]["artist"].split(", ")):
                    self.assertGreaterEqual(times[i][0] - times[k][1], minutes * 60)

    def test_separation_holds_for_each_artist(self):
        songs = HEADER + "\nid1,T,Ida;Orson,50,200000\nid2,U,Orson,40,200000\nid3,V,Max,30,200000\n"
        day = "date: 2026-11-24\nday: 8:00-10:00\nseparation: 30m\n"
        entries = self.plan(day + "\u266a T\n\u266a U\n\u266a V\n", songs)
        self.assertEqual(len(entries), 3)
        self.assert_apart(entries, 30)
        entries = self.plan(day + "\u266a U\nfill: 10m\n", songs)
        self.assertEqual(sorted(e["track_id"] for e in entries), ["id1", "id2", "id3"])
        self.assert_apart(entries, 30)

    def test_fill_keeps_every_artist_apart(self):
        rows = [
            "id%d,Song %d,A%d;A%d,50,%d" % (n, n, n % 7, n * 3 % 5, 150000 + n * 1000)
            for n in range(60)
        ]
        day = "date: 2026-11-24\nday: 8:00-12:00\nseparation: 10m\nfill: 2h\n"
        entries = self.plan(day, HEADER + "\n" + "\n".join(rows) + "\n")
        self.assertGreater(len(entries), 5)
        self.assert_apart(entries, 10)

    def test_fill_finds_members(self):
        day = "date: 2026-11-24\nday: 8:00-10:00\nfill: 20m %s\n"
        for name, ids in (("rap", ["s3", "s4"]), ("Ida", ["s1", "s4"]), ("dance", ["s1"])):
            entries = self.plan(day % name, PLURAL)
            self.assertEqual(sorted(e["track_id"] for e in entries), ids)

    def test_lists_in_brackets(self):
        text = (
            "id,name,artists,genres\n"
            'a,One,"[\'Ida\', ""O\'Neil""]","[""pop"", ""caf\\u00e9""]"\n'
            "b,Two,['Ida'],[]\nc,Three,['A' 'B'],['pop']\nd,Four,[:SITD:],pop\n"
        )
        songs = self.good_json("top", "--count", "entries", "--catalog", "-", stdin=text)["songs"]
        self.assertEqual(
            [song["artist"] for song in songs], ["Ida, O'Neil", "Ida", "A, B", "[:SITD:]"]
        )
        self.assertEqual(songs[0]["genres"], ["pop", "caf\u00e9"])
        self.assertEqual(songs[1]["genre"], "")
        self.assertEqual(self.titles(text, "--artist", "O'Neil"), ["One"])

    def test_commas_need_evidence(self):
        counted = (
            "track_name,artist(s)_name,artist_count\n"
            'Seven,"Latto, Jung Kook",2\nIgor,"Tyler, The Creator",1\n'
        )
        self.assertEqual(self.titles(counted, "--artist", "Jung Kook"), ["Seven"])
        self.assertEqual(self.titles(counted, "--artist", "Tyler, The Creator"), ["Igor"])
        uris = (
            "Track URI,Track Name,Artist URI(s),Artist Name(s)\n"
            'spotify:track:a,One,"spotify:artist:x, spotify:artist:y","Ida, Orson"\n'
            'spotify:track:b,Two,spotify:artist:z,"Earth, Wind & Fire"\n'
        )
        self.assertEqual(self.titles(uris, "--artist", "Ida"), ["One"])
        self.assertEqual(self.titles(uris, "--artist", "Earth, Wind & Fire"), ["Two"])
        alone = 'title,artist\nA,"Ida, Orson"\nB,Ida\nC,Orson\nD,"Crosby, Stills & Nash"\n'
        self.assertEqual(self.titles(alone, "--artist", "Orson"), ["A", "C"])
        self.assertEqual(self.titles(alone, "--artist", "Crosby, Stills & Nash"), ["D"])

    def test_featured_artists(self):
        text = "title,artist\nA,Ida feat. Orson\nB,Ida (ft. Max)\nC,Ida Featuring Little Feat\n"
        self.assertEqual(self.titles(text, "--artist", "Ida"), ["A", "B", "C"])
        self.assertEqual(self.titles(text, "--artist", "Max"), ["B"])
        self.assertEqual(self.titles(text, "--artist", "Little Feat"), ["C"])

    def test_strict_splits_nothing(self):
        text = HEADER + "\nid1,T,Ida;ORSON,50,200000\n"
        songs = self.good_json("top", "--strict", "--catalog", "-", stdin=text)["songs"]
        self.assertEqual(songs[0]["artist"], "Ida;ORSON")

    def test_a_rare_separator_is_part_of_a_name(self):
        names = ["Artist %d" % i for i in range(300)] + ["Odd;Name", "Gucci feat. Young"]
        text = HEADER + "".join("\nid%d,T,%s,50,200000" % (i, n) for i, n in enumerate(names))
        info = self.good_json("info", "--catalog", "-", stdin=text + "\n")
        self.assertEqual((info["artists"], info["report"]["files"][0]["assumed"]), (302, []))


if __name__ == "__main__":
    cli.main()
