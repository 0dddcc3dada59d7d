"""Song files that are not UTF-8: found out by their characters, told, or named by --encoding."""

import gzip
import json
import pathlib
import tempfile

import cli

# songs of each language, and the encodings that programs there write
LANGUAGES = {
    "Chinese": (
        ["GB18030"],
        [("晴天", "周杰伦"), ("月亮代表我的心", "邓丽君"), ("红豆", "王菲"), ("十年", "陈奕迅")],
    ),
    "Chinese of Taiwan": (
        ["BIG5-HKSCS"],
        [("晴天", "周杰倫"), ("月亮代表我的心", "鄧麗君"), ("紅豆", "王菲"), ("十年", "陳奕迅")],
    ),
    "Japanese": (
        ["CP932", "EUC-JP"],
        [("上を向いて歩こう", "坂本九"), ("レモン", "米津玄師"), ("千本桜", "黒うさP")],
    ),
    "Korean": (
        ["CP949"],
        [
            ("봄날", "방탄소년단"),
            ("밤편지", "아이유"),
            ("강남스타일", "싸이"),
            ("좋은 날", "아이유"),
        ],
    ),
    "Russian": (
        ["CP1251", "KOI8-R"],
        [("Группа крови", "Кино"), ("Миллион алых роз", "Алла Пугачёва"), ("ЗВЕЗДА", "КИНО")],
    ),
    "Greek": (["CP1253"], [("Ζορμπάς", "Μίκης Θεοδωράκης"), ("Μισιρλού", "Τέτος")]),
    "Thai": (["CP874"], [("คุกกี้เสี่ยงทาย", "บีเอ็นเค"), ("ขอบคุณที่รักกัน", "โปเตโต้")]),
    "Hebrew": (["CP1255"], [("ירושלים של זהב", "נעמי שמר"), ("שיר לשלום", "להקת הנחל")]),
    "Arabic": (["CP1256"], [("انت عمري", "ام كلثوم"), ("نسم علينا الهوى", "فيروز")]),
    "Polish": (["CP1250"], [("Małgośka", "Maryla Rodowicz"), ("Żółty świat", "Niemen")]),
}

# of Western Europe: nothing of these may look like another language
WESTERN = {
    "English": [("Don’t Stop", "Fleetwood Mac"), ("I’m Yours", "Jason"), ("Can’t", "The ’80s")],
    "German": [("Über den Wolken", "Reinhard Mey"), ("München", "Grönemeyer")],
    "French": [("À la claire fontaine", "Édith Piaf"), ("C’est l’été", "Hélène"), ("Où", "Zoé")],
    "Spanish": [("¿Dónde jugarán?", "Maná"), ("El niño", "Señor")],
    "Italian": [("Più bella cosa", "Eros"), ("Così", "Loredana Bertè")],
    "Danish": [("Smørrebrød", "Århus Band"), ("Drømmer", "Søren Kjær")],
    "Portuguese": [("Coração", "João Gilberto"), ("Ação", "São")],
    "one letter": [("Army of Me", "Björk")],
}


def table(songs, encoding):
    rows = ["title,artist"] + ["%s,%s" % song for song in songs]
    return "\r\n".join([*rows, ""]).encode(encoding)


class Encodings(cli.CliTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, data):
        path = self.folder / "songs.csv"
        path.write_bytes(data)
        return str(path)

    def songs(self, path, *more):
        found = self.good_json("top", "--limit", "100", "--catalog", path, *more)["songs"]
        return sorted((song["title"], song["artist"]) for song in found)

    def report(self, path, *more):
        return self.good_json("info", "--catalog", path, *more)["report"]["files"][0]

    def test_each_language_is_found_out_and_told(self):
        for language, (encodings, songs) in LANGUAGES.items():
            for encoding in encodings:
                with self.subTest(language=language, encoding=encoding):
                    path = self.write(table(songs, encoding))
                    self.assertEqual(self.songs(path), sorted(songs))
                    report = self.report(path)
                    self.assertEqual(report["encoding"], encoding)
                    self.assertIn("was read as " + encoding, report["assumed"][0])
                    path = self.write(gzip.compress(table(songs, encoding)))
                    self.assertEqual(self.songs(path), sorted(songs))

    def test_texts_of_western_europe_stay_what_they_are(self):
        for language, songs in WESTERN.items():
            with self.subTest(language=language):
                path = self.write(table(songs, "cp1252"))
                self.assertEqual(self.songs(path), sorted(songs))
                told = " ".join(self.report(path)["assumed"])
                self.assertIn("read as Windows-1252", told)

    def test_a_western_letter_written_in_china_is_not_a_chinese_character(self):
        path = self.write(table([("Drunk in Love", "Beyoncé"), ("Halo", "Adele")], "GB18030"))
        self.assertIn(("Drunk in Love", "Beyoncé"), self.songs(path))

    def test_json_tells_its_encoding(self):
        songs = [("Più bella cosa", "Eros"), ("Così", "Loredana Bertè")]
        keys = ("title", "artist", "popularity", "duration_ms")
        rows = [dict(zip(keys, (*song, 3, 200000), strict=True)) for song in songs]
        path = self.write(json.dumps(rows, ensure_ascii=False).encode("cp1252"))
        self.assertEqual(self.songs(path), sorted(songs))
        told = " ".join(self.report(path)["assumed"])
        self.assertIn("the text is not UTF-8: read as Windows-1252", told)

    def test_a_file_of_both_keeps_its_utf8(self):
        path = self.write(
            table([("Älgar", "Björk"), ("Été", "Zoé")], "utf-8") + b"R\xe9sum\xe9,X\n"
        )
        self.assertEqual(self.songs(path), [("Résumé", "X"), ("Älgar", "Björk"), ("Été", "Zoé")])

    def test_a_guess_is_told_in_every_command(self):
        path = self.write(table(LANGUAGES["Russian"][1], "cp1251"))
        result = self.run_cli("top", path)
        self.assertEqual(result.returncode, 0)
        self.assertIn("assumptions were made; see: musicsched info", result.stderr)
        message = self.bad(1, "info", "--strict", "--columns", "track_name=title", path)
        self.assertIn("songs.csv", message)

    def test_the_encoding_can_be_named(self):
        songs = [("Gyöngyhajú lány", "Őszi Űr"), ("Tűz", "Omega")]
        path = self.write(table(songs, "cp1250"))
        self.assertNotEqual(self.songs(path), sorted(songs))
        self.assertEqual(self.songs(path, "--encoding", "cp1250"), sorted(songs))
        named = self.report(path, "--encoding", "cp1250")
        self.assertEqual(named["encoding"], "cp1250")
        self.assertNotIn("encoding", " ".join(named["assumed"]))

    def test_bytes_that_are_none_of_the_encoding_are_counted(self):
        path = self.write("title,artist\nВсё,Кино\n".encode("cp1251"))
        told = " ".join(self.report(path, "--encoding", "EUC-KR")["assumed"])
        self.assertRegex(told, r"\d+ bytes are not EUC-KR and became U\+FFFD")

    def test_unknown_names_are_refused(self):
        path = self.write(b"title,artist\nA,B\n")
        for name in ("no-such-encoding", "UTF-8//IGNORE", "x" * 60):
            message = self.bad(1, "info", "--encoding", name, path)
            self.assertIn("encoding: ", message)
            self.assertIn("CP1251", message)
        self.bad(2, "info", "--encoding", "", path)

    def test_strict_reads_what_is_named(self):
        header = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
        path = self.write((header + "id1,Кино,Звезда,50,200000\n").encode("cp1251"))
        self.assertIn("not valid UTF-8", self.bad(1, "info", "--strict", path))
        songs = self.songs(path, "--strict", "--encoding", "CP1251")
        self.assertEqual(songs, [("Кино", "Звезда")])

    def test_playlists_are_read_so_too(self):
        catalog = self.folder / "catalog.csv"
        catalog.write_text("title,artist,length\nГруппа крови,Кино,4:45\n", encoding="utf-8")
        mix = self.folder / "mix.m3u"
        mix.write_bytes("#EXTM3U\n#EXTINF:285,Кино - Группа крови\na.mp3\n".encode("cp1251"))
        matched = self.good_json("match", str(mix), "--catalog", str(catalog))
        self.assertEqual(matched["songs"][0]["found"], "exact")


if __name__ == "__main__":
    cli.main()
