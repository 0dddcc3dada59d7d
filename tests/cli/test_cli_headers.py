"""Song files without a header, or with one in words that are not known: read by what the cells
hold, told, and refused where that is not clear.
"""

import csv
import io
import pathlib
import statistics
import tempfile

import cli

# title, artist, album, date, milliseconds, popularity
SONGS = [
    ("Stone Garden", "Ida Blue", "Coast", "2019-06-14", 201000, 61),
    ("Harbour Lights", "Ida Blue", "Coast", "2019-06-14", 187000, 44),
    ("Rain in March (Live)", "The Cellos", "Rooms", "2004-02-03", 244000, 12),
    ("Two Bridges", "The Cellos", "Rooms", "2004-02-03", 305000, 9),
    ("Night Bus", "Orson", "Night Bus", "2021-02-05", 232000, 70),
    ("Morning Run", "Orson", "Later", "2022-03-01", 176000, 58),
    ("Say Hi, Again", "Max Ray", "Years", "1999-11-30", 199000, 33),
]
LAYOUTS = {
    "two texts": (",", lambda t, a, al, d, ms, p: [t, a]),
    "the artist first": (",", lambda t, a, al, d, ms, p: [a, t, p]),
    "as Exportify": (
        ",",
        lambda t, a, al, d, ms, p: [
            "spotify:track:" + t[:2].ljust(22, "x"),
            t,
            al,
            a,
            d,
            ms,
            p,
            "false",
        ],
    ),
    "numbered, with clocks and years": (
        ";",
        lambda t, a, al, d, ms, p: [
            [song[0] for song in SONGS].index(t) + 1,
            t,
            a,
            "%d:%02d" % divmod(ms // 1000, 60),
            d[:4],
        ],
    ),
    "seconds": ("|", lambda t, a, al, d, ms, p: [a, t, ms // 1000, p, d]),
    "tabs": ("\t", lambda t, a, al, d, ms, p: [t, a, al, ms]),
    "one text": (",", lambda t, a, al, d, ms, p: ["%s - %s" % (a, t)]),
}


def written(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


class Headers(cli.CliTest):
    def songs(self, text, *more):
        found = self.good_json("top", "--catalog", "-", "--limit", "100", *more, stdin=text)
        return {song["title"]: song for song in found["songs"]}

    def report(self, text, *more):
        info = self.good_json("info", "--catalog", "-", *more, stdin=text)
        return info["report"]["files"][0]

    def test_columns_are_told_by_what_they_hold(self):
        for name, (delimiter, row) in LAYOUTS.items():
            with self.subTest(layout=name):
                text = written([row(*song) for song in SONGS], delimiter)
                songs = self.songs(text)
                self.assertEqual(
                    {title: song["artist"] for title, song in songs.items()},
                    {song[0]: song[1] for song in SONGS},
                )
                report = self.report(text)
                self.assertEqual(report["header_line"], 0)
                self.assertEqual({column["by"] for column in report["columns"]}, {"evidence"})
                self.assertIn("the file has no header", report["assumed"][0])
                columns = {column["column"] for column in report["columns"]}
                for song in SONGS:
                    got = songs[song[0]]
                    if "duration_ms" in columns:
                        self.assertEqual(got["duration_ms"], song[4])
                    if "track_popularity" in columns:
                        self.assertEqual(got["popularity"], song[5])
                    if "track_album_release_date" in columns:
                        self.assertTrue(song[3].startswith(got["release_date"]))
                    if "track_album_name" in columns:
                        self.assertEqual(got["album"], song[2])

    def test_figures_are_those_of_plain_python(self):
        text = written([LAYOUTS["as Exportify"][1](*song) for song in SONGS])
        groups = self.good_json("stats", "--by", "artist", "--catalog", "-", stdin=text)["groups"]
        for group in groups:
            mine = [song[5] for song in SONGS if song[1] == group["key"]]
            self.assertEqual((group["n"], group["mean"]), (len(mine), statistics.mean(mine)))

    def test_words_that_are_not_known_are_a_header_above_numbers(self):
        text = "Наслов,Извођач,Трајање,Омиљеност\n"
        text += written([(t, a, ms, p) for t, a, _, _, ms, p in SONGS])
        songs = self.songs(text)
        self.assertEqual(len(songs), len(SONGS))
        self.assertEqual(songs["Night Bus"]["artist"], "Orson")
        report = self.report(text)
        self.assertEqual(report["columns"][0]["header"], "Наслов")
        self.assertIn("the header has unknown words", report["assumed"][0])

    def test_titles_that_are_numbers_leave_the_first_song_a_song(self):
        text = "Dragons;fire and flames\nSwift;Black Flag\nSum 40;88\nOrson;Night Bus\n"
        text += "Orson;Day Bus\nSwift;Red\n"
        songs = self.songs(text)
        self.assertEqual(len(songs), 6)
        self.assertEqual(songs["fire and flames"]["artist"], "Dragons")

    def test_a_column_of_flags_is_no_text(self):
        text = "Heartbreak Hotel,Ella P,1956,y\nSomebody I Knew,Goth,2012,y\n"
        text += "Macarena,Los Rio,1996,n\nAmazed,Lone Star,1999,n\nBlue,Ella P,1957,n\n"
        songs = self.songs(text)
        self.assertEqual(len(songs), 5)
        self.assertEqual(songs["Amazed"]["artist"], "Lone Star")
        self.assertEqual(songs["Amazed"]["release_date"], "1999")

    def test_times_of_day_are_no_lengths(self):
        radio = "Time,Artist,Title\n%s,Ida,Rain\n%s,Orson,Train\n%s,Mo,Hill\n"
        for times in (
            ("08:00", "08:04", "08:08"),
            ("22:08", "21:04", "20:01"),
            ("08:00:10", "08:04:12", "22:55:01"),
        ):
            with self.subTest(times):
                text = radio % times
                self.assertIsNone(self.songs(text)["Rain"]["duration_ms"])
                self.assertIn("contains times of day", " ".join(self.report(text)["assumed"]))
                named = self.songs(text, "--columns", "duration_ms=Time")
                self.assertGreater(named["Hill"]["duration_ms"], 0)
        for times in (
            ("3:25", "4:02", "4:30"),
            ("03:25", "02:02", "09:30"),
            ("03:25:00", "04:02:00", "04:30:00"),
        ):
            with self.subTest(times):
                self.assertGreater(self.songs(radio % times)["Rain"]["duration_ms"], 0)

    def test_words_of_many_languages_are_known(self):
        for header in (
            "Titel,Kunstner,Album,Længde,Popularitet",
            "Sang,Kunstnernavn,Albumnavn,Varighed,Popularitet",
            "Kappale,Esittäjä,Albumi,Kesto,Suosio",
            "Kappaleen nimi,Artisti,Levy,Pituus,Suosio",
            "Cím,Előadó,Album,Hossz,Népszerűség",
            "Dal címe,Előadó neve,Album címe,Időtartam,Népszerűség",
            "Назва,Виконавець,Альбом,Тривалість,Популярність",
            "Пісня,Виконавці,Назва альбому,Тривалість,Популярність",
            "Τίτλος,Καλλιτέχνης,Άλμπουμ,Διάρκεια,Δημοτικότητα",
            "Τραγούδι,Ερμηνευτής,Δίσκος,Διάρκεια,Δημοτικότητα",
            "Název skladby,Umělec,Album,Délka,Popularita",
            "歌名,歌手,专辑,时长,人气",
            "曲名,アーティスト,アルバム,再生時間,人気",
            "Titel des Songs,Name des Künstlers 1,Titel des Albums,Dauer,Beliebtheit",
            "Titel,Künstler,Album,Dauer,Popularität",
        ):
            with self.subTest(header=header):
                report = self.report(header + "\nHarbor,Orson,Sea,3:20,61\n")
                found = {column["header"]: column["column"] for column in report["columns"]}
                names = ["track_name", "track_artist", "track_album_name"]
                names += ["duration_ms", "track_popularity"]
                self.assertEqual(found, dict(zip(header.split(","), names, strict=True)))

    def test_songtitles_of_youtube_music_in_german(self):
        header = "Video-ID,Songtitel,Albumtitel,Name des Künstlers 1,Name des Künstlers 2"
        song = self.songs(header + "\nx1,Harbor,Sea,Orson,Ida\n")["Harbor"]
        self.assertEqual(song["artists"], ["Orson", "Ida"])

    def test_the_order_alone_is_told(self):
        text = written([("Alpha", "Beta"), ("Gamma", "Delta"), ("Epsilon", "Zeta")])
        told = " ".join(self.report(text)["assumed"])
        self.assertIn("titles usually come first and nothing else distinguishes them", told)
        given = ["--columns", "track_name=column 2", "--columns", "track_artist=column 1"]
        self.assertEqual(self.songs(text, *given)["Beta"]["artist"], "Alpha")

    def test_what_is_not_clear_is_refused(self):
        text = written([("A a", "B b", "C c"), ("D d", "E e", "F f"), ("G g", "H h", "I i")])
        message = self.bad(1, "info", "--catalog", "-", stdin=text)
        self.assertIn("columns 1, 2 and 3 are texts", message)
        self.assertIn('--columns "track_name=column 1"', message)
        given = ["--columns", "track_name=column 3", "--columns", "track_artist=column 1"]
        self.assertEqual(self.songs(text, *given)["C c"]["artist"], "A a")

    def test_other_texts_stay_refused(self):
        for text in (
            "id1,T,A,50,200000\n",
            "Title,Album,Year\nA,X,2001\nB,Y,2002\nC,Z,2003\n",
            "Title,Rating\nA,1\nB,2\nC,3\n",
            "Dear diary, today it rained.\nI sang, and slept.\nNothing more, really, to say.\n",
            "9-17 Work #focus\nGym 1h after 17:00\nGroceries 40m\n",
            "1,2,3\n4,5,6\n7,8,9\n",
        ):
            message = self.bad(1, "info", "--catalog", "-", stdin=text)
            self.assertRegex(
                message, "the file has no header|the header needs|not a table of songs"
            )

    def test_remedies_are_whole(self):
        names = [f"audio_feature_{i}" for i in range(30)]
        lines = {
            ",".join(["song_name", *names]): '--columns "track_artist=Singer"',
            ",".join(["Singer", *names]): '--columns "track_name=Song"',
            "Harbor,Orson,88": 'for example "track_name,track_artist,track_popularity"',
            "Harbor,Orson": '"track_name,track_artist" before it',
            "Harbor;Orson": 'for example "track_artist;track_name"',
            "My favourites": "musicsched plan --songs FILE",
            '"ID,Title,Artist,Year"': "quotes around whole lines, or set the delimiter",
            "x" * 200: "musicsched plan --songs FILE",
        }
        for line, remedy in lines.items():
            for name in ("a.csv", "long name " * 9 + ".csv", "\u00fc" * 60 + ".csv"):
                with self.subTest(line=line, name=name), tempfile.TemporaryDirectory() as folder:
                    pathlib.Path(folder, name).write_text(line + "\nA,B\n", encoding="utf-8")
                    message = self.bad(1, "info", name, cwd=folder)
                    self.assertTrue(message.endswith(remedy + "\n"), message)
                    self.assertEqual(message.count(".csv:1: "), 1, message)

    def test_the_place_is_in_the_file_that_is_wrong(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "a.csv").write_text("title,artist\nHarbor,Orson\n", "utf-8")
            pathlib.Path(folder, "b.csv").write_text("title,tempo\nHarbor,120\n", "utf-8")
            message = self.bad(1, "info", "a.csv", "b.csv", cwd=folder)
            self.assertTrue(message.startswith("b.csv:1: the header needs an artist"), message)

    def test_strict_assumes_no_columns(self):
        text = written([LAYOUTS["two texts"][1](*song) for song in SONGS])
        self.assertIn("the header lacks", self.bad(1, "info", "--strict", "-", stdin=text))


if __name__ == "__main__":
    cli.main()
