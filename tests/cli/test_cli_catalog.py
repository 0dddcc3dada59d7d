#!/usr/bin/env python3
"""The commands that ask a catalog: what they answer, in JSON and as tables, and what they refuse.

usage: test_cli_catalog.py PROGRAM SAMPLE.csv
"""

import collections
import csv
import fcntl
import os
import gzip
import json
import pathlib
import pty
import struct
import subprocess
import tempfile
import termios
import unittest

import cli

HEADER = "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_genre\n"


def sample_rows():
    with open(cli.SAMPLE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Answers(cli.CliTest):
    """Every figure is counted again from the file."""

    @classmethod
    def setUpClass(cls):
        cls.rows = sample_rows()
        cls.tracks = {row["track_id"]: row for row in cls.rows}

    def test_info(self):
        info = self.good_json("info", "--catalog", cli.SAMPLE)
        self.assertEqual(info["rows"], len(self.rows))
        self.assertEqual(info["tracks"], len(self.tracks))
        self.assertEqual(info["artists"], len({row["track_artist"] for row in self.rows}))
        self.assertEqual(info["playlists"], len({row["playlist_id"] for row in self.rows}))
        self.assertEqual(info["genres"], 6)
        self.assertEqual(info["rows_skipped"], 0)
        self.assertIn(str(len(self.tracks)), self.good("info", "--catalog", cli.SAMPLE))

    def test_top(self):
        top = self.good_json("top", "--catalog", cli.SAMPLE, "--limit", "3", "--count", "tracks")
        best = sorted(self.tracks.values(), key=lambda row: -int(row["track_popularity"]))[:3]
        self.assertEqual(
            [song["track_id"] for song in top["songs"]], [row["track_id"] for row in best]
        )

    def test_what_is_counted_by_default(self):
        """One song under two ids, one of them in two playlists."""
        songs = (
            "track_id,track_name,track_artist,track_popularity,track_album_release_date,"
            "playlist_id,playlist_genre,energy\n"
            "a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n"
            "a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n"
        )

        def ask(*command):
            return self.good_json(*command, "--catalog", "-", stdin=songs)

        self.assertEqual([song["track_id"] for song in ask("top")["songs"]], ["a1", "b1"])
        self.assertEqual(ask("stats", "--by", "genre")["groups"][0]["n"], 3)
        self.assertEqual(ask("trend")["groups"][0]["n"], 3)
        self.assertEqual(sum(each["n"] for each in ask("histogram")["bins"]), 3)
        energy = [row for row in ask("correlations")["features"] if row["feature"] == "energy"]
        self.assertEqual(energy[0]["n"], 3)

    def test_top_filters(self):
        top = self.good_json(
            "top", "--catalog", cli.SAMPLE, "--limit", "5000", "--count", "entries", "--genre",
            "rap", "--genre", "edm", "--years", "2012-2015", "--popularity", "30-", "--feature",
            "energy=0.6-0.9", "--feature", "loudness=-20..-3",
            "--no-january-first",
        )  # fmt: skip
        expected = [
            row["track_id"]
            for row in self.rows
            if row["playlist_genre"] in ("rap", "edm")
            and 2012 <= int(row["track_album_release_date"][:4]) <= 2015
            and int(row["track_popularity"]) >= 30
            and 0.6 <= float(row["energy"]) <= 0.9
            and -20 <= float(row["loudness"]) <= -3
            and row["track_album_release_date"][4:] != "-01-01"
        ]
        self.assertGreater(len(expected), 5)
        self.assertEqual(sorted(song["track_id"] for song in top["songs"]), sorted(expected))

    def test_stats_by_genre(self):
        stats = self.good_json(
            "stats", "--catalog", cli.SAMPLE, "--by", "genre", "--count", "entries"
        )
        values = collections.defaultdict(list)
        for row in self.rows:
            values[row["playlist_genre"]].append(int(row["track_popularity"]))
        self.assertEqual(
            {g["key"]: (g["n"], g["sum"]) for g in stats["groups"]},
            {k: (len(v), sum(v)) for k, v in values.items()},
        )
        means = [group["mean"] for group in stats["groups"]]
        self.assertEqual(means, sorted(means, reverse=True))
        for group in stats["groups"]:
            self.assertEqual(group["zeros"], values[group["key"]].count(0))

    def test_stats_by_every_key(self):
        for key in (
            "genre",
            "subgenre",
            "artist",
            "playlist",
            "year",
            "decade",
            "month",
            "year_month",
        ):
            for unit in ("entries", "tracks", "recordings"):
                stats = self.good_json(
                    "stats", "--catalog", cli.SAMPLE, "--by", key, "--count", unit
                )
                self.assertEqual((stats["by"], stats["count"]), (key, unit))
                self.assertGreater(len(stats["groups"]), 1)

    def test_month_leaves_year_dates_out(self):
        stats = self.good_json(
            "stats", "--catalog", cli.SAMPLE, "--by", "month", "--count", "entries"
        )
        self.assertEqual(
            sum(g["n"] for g in stats["groups"]),
            sum(len(r["track_album_release_date"]) >= 7 for r in self.rows),
        )

    def test_histogram(self):
        bins = self.good_json("histogram", "--catalog", cli.SAMPLE, "--bins", "10")["bins"]
        self.assertEqual(len(bins), 10)
        self.assertEqual(sum(b["n"] for b in bins), len(self.tracks))
        self.assertEqual(
            bins[0]["n"], sum(int(t["track_popularity"]) < 10 for t in self.tracks.values())
        )

    def test_trend_is_in_order_of_time(self):
        keys = [g["key"] for g in self.good_json("trend", "--catalog", cli.SAMPLE)["groups"]]
        self.assertEqual(keys, sorted(keys))

    def test_correlations(self):
        features = self.good_json("correlations", "--catalog", cli.SAMPLE)["features"]
        self.assertEqual([f["feature"] for f in features][-1], "duration_ms")
        for feature in features:
            self.assertTrue(
                -1 <= feature["r_ci95_low"] <= feature["r"] <= feature["r_ci95_high"] <= 1
            )

    def test_find_and_suggest(self):
        for text in (
            "dancing monkey",
            "dancing monkey synthetic otters",
            "dncing monkey",
            "Dancing Monkey - Synthetic Otters",
        ):
            self.assertEqual(
                self.good_json("find", text, "--catalog", cli.SAMPLE)["songs"][0]["title"],
                "Dancing Monkey",
            )
        words = self.good_json("find", "dancing", "monkey", "--catalog", cli.SAMPLE)
        self.assertEqual(words, self.good_json("find", "dancing monkey", "--catalog", cli.SAMPLE))
        self.assertEqual(
            self.good_json("suggest", "blinding h", "--catalog", cli.SAMPLE)["songs"][0]["title"],
            "Blinding Headlights",
        )
        self.assertEqual(self.good_json("find", "qqqqqqqq", "--catalog", cli.SAMPLE)["songs"], [])

    def test_catalog_from_environment_and_stdin(self):
        expected = self.good_json("info", "--catalog", cli.SAMPLE)["tracks"]
        self.assertEqual(
            self.good_json("info", environment={"MUSICSCHED_CATALOG": str(cli.SAMPLE)})["tracks"],
            expected,
        )
        text = cli.SAMPLE.read_text(encoding="utf-8")
        self.assertEqual(self.good_json("info", "--catalog", "-", stdin=text)["tracks"], expected)
        tabbed = "".join(
            "\t".join(f.replace("\t", " ") for f in row) + "\n"
            for row in [
                ["track_id", "track_name", "track_artist", "track_popularity", "duration_ms"],
                ["a", "A, b", "C", "5", "1000"],
            ]
        )
        self.assertEqual(
            self.good_json("info", "--catalog", "-", "--delimiter", "tab", stdin=tabbed)["rows"], 1
        )

    def test_several_files_are_one_catalog(self):
        with tempfile.TemporaryDirectory() as folder:
            first, second = (
                pathlib.Path(folder, "Road trip.csv"),
                pathlib.Path(folder, "Calm.csv.gz"),
            )
            first.write_text(
                "Track URI,Track Name,Artist Name(s),Popularity,Duration"
                " (ms)\nspotify:track:a,A,X,50,200000\n",
                encoding="utf-8",
            )
            second.write_bytes(gzip.compress(b"id;title;artist;length\na;A;X;201\nb;B;Y;3:20\n"))
            found = self.good_json("info", "--catalog", first, "--catalog", second)
            self.assertEqual((found["rows"], found["tracks"], found["playlists"]), (3, 2, 2))
            self.assertEqual([f["compression"] for f in found["report"]["files"]], [None, "gzip"])
            songs = self.good_json(
                "top",
                "--count",
                "entries",
                "--playlist",
                "Calm",
                "--catalog",
                first,
                "--catalog",
                second,
            )["songs"]
            self.assertEqual(
                [(s["track_id"], s["popularity"], s["duration_ms"]) for s in songs],
                [("a", None, 200000), ("b", None, 200000)],
            )

    def test_columns_may_be_named_otherwise(self):
        text = "track_id,track_name,artists,popularity,duration_ms\na,A,C,5,1000\n"
        named = ["--columns", "track_artist=artists", "--columns", "track_popularity=popularity"]
        self.assertEqual(
            self.good_json("top", "--catalog", "-", *named, stdin=text)["songs"][0]["artist"], "C"
        )
        self.assertEqual(
            self.good_json("top", "--catalog", "-", stdin=text)["songs"][0]["artist"], "C"
        )
        self.assertIn(
            'columns "track_artist=artists"',
            self.bad(1, "info", "--strict", "--catalog", "-", stdin=text),
        )
        nameless = self.run_cli("stats", "--by", "genre", "--catalog", "-", *named, stdin=text)
        self.assertIn("none: ", nameless.stdout)
        self.assertIn(
            "unknown column", self.bad(1, "info", "--catalog", "-", "--columns", "x=y", stdin=text)
        )


class Tables(cli.CliTest):
    def test_columns_line_up(self):
        lines = self.good("top", "--catalog", cli.SAMPLE, "--limit", "9").splitlines()
        header = next(line for line in lines if "Title" in line)
        start = header.index("Artist")
        rows = lines[lines.index(header) + 1 :]
        self.assertEqual(len(rows), 9)
        for row in rows:
            self.assertEqual(row[start - 2 : start], "  ", row)
            self.assertTrue(row[start:].lstrip().startswith(("Synthetic", "The Synthetic")), row)

    def test_wide_characters_line_up(self):
        data = HEADER + "a,日本の歌,X,50,1000,pop\nb,Plain,X,40,1000,pop\n"
        lines = self.good("top", "--catalog", "-", stdin=data).splitlines()[-2:]
        # Each of the four characters takes two columns of a terminal.
        self.assertEqual(lines[0].index("  X") + 4, lines[1].index("  X"))

    def test_no_color_when_not_on_a_terminal(self):
        self.assertNotIn("\033", self.good("stats", "--catalog", cli.SAMPLE, "--by", "genre"))

    def test_bars(self):
        lines = [
            line
            for line in self.good("stats", "--catalog", cli.SAMPLE, "--by", "genre").splitlines()
            if "█" in line
        ]
        self.assertEqual(len(lines), 6)
        self.assertGreater(lines[0].count("█"), lines[-1].count("█"))

    def test_reader_that_goes_away(self):
        pipe = subprocess.run(
            ["sh", "-c", '"$0" top --catalog "$1" --limit 3000 --json | head -n 1']
            + [cli.PROGRAM, cli.SAMPLE],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.assertEqual((pipe.stdout, pipe.stderr), ('{"songs": [\n', ""))

    def test_full_disk_is_an_error(self):
        if not pathlib.Path("/dev/full").exists():
            self.skipTest("no /dev/full")
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run(
                [cli.PROGRAM, "top", "--catalog", cli.SAMPLE],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        self.assertEqual(result.returncode, 1)
        self.assertIn("standard output", result.stderr)


class Terminal(cli.CliTest):
    """What people see: a terminal of 60 columns."""

    def on_terminal(self, *arguments, **environment):
        try:
            master, slave = pty.openpty()
        except OSError as error:
            self.skipTest("no terminal can be made here: %s" % error)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
        variables = {
            **os.environ,
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "MUSICSCHED_PAGER": "",
            **environment,
        }
        with subprocess.Popen(
            [cli.PROGRAM, *map(str, arguments)], stdout=slave, stderr=slave, env=variables
        ) as process:
            os.close(slave)
            output = b""
            while True:
                try:
                    part = os.read(master, 65536)
                except OSError:  # the other side has closed
                    break
                if not part:
                    break
                output += part
        os.close(master)
        self.assertEqual(process.returncode, 0, output)
        return output.decode("utf-8").replace("\r\n", "\n")

    def test_long_output_opens_in_the_pager(self):
        long = ("top", "--catalog", cli.SAMPLE, "--limit", "200")
        pager = "sed 's/^/paged: /'"
        paged = self.on_terminal(*long, MUSICSCHED_PAGER=pager)
        plain = self.on_terminal(*long)
        self.assertIn("\033", plain)
        self.assertEqual(
            [line.removeprefix("paged: ") for line in paged.split("\n")][:-1],
            plain.split("\n")[:-1],
        )
        self.assertEqual(paged.count("paged: "), plain.count("\n"))
        self.assertNotIn("paged: ", self.on_terminal(*long[:4], "2", MUSICSCHED_PAGER=pager))
        self.assertNotIn("paged: ", self.on_terminal(*long, MUSICSCHED_PAGER=pager, TERM="dumb"))
        # Output that no pager can show is not lost.
        self.assertIn(plain, self.on_terminal(*long, MUSICSCHED_PAGER="no-such-pager"))

    def test_table_fits_and_keeps_ids_whole(self):
        output = self.on_terminal("top", "--catalog", cli.SAMPLE, "--limit", "200", NO_COLOR="1")
        self.assertNotIn("\033", output)
        lines = output.rstrip("\n").split("\n")
        self.assertGreater(len(lines), 200)
        # Columns that must not be cut leave less than the terminal for the others; their least
        # width is kept.
        self.assertLessEqual(max(map(len, lines)), 92)
        self.assertTrue(all(line.split()[-1].startswith("sample") for line in lines[3:]))
        narrow = self.on_terminal(
            "stats", "--by", "playlist", "--limit", "20", "--catalog", cli.SAMPLE, NO_COLOR="1"
        )
        wide = self.good("stats", "--by", "playlist", "--limit", "20", "--catalog", cli.SAMPLE)
        self.assertLess(max(map(len, narrow.split("\n"))), max(map(len, wide.split("\n"))))

    def test_color_on_a_terminal_unless_unwanted(self):
        arguments = ("stats", "--by", "genre", "--catalog", cli.SAMPLE)
        self.assertIn("\033[1m", self.on_terminal(*arguments, NO_COLOR=""))
        self.assertNotIn("\033", self.on_terminal(*arguments, NO_COLOR="1"))
        self.assertNotIn("\033", self.on_terminal(*arguments, NO_COLOR="", TERM="dumb"))


class Errors(cli.CliTest):
    def test_a_row_cut_short_is_left_out_and_told_in_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.csv")
            path.write_text(HEADER + "a,A,X,50,1000,pop\nTotal: 1 song\n", encoding="utf-8")
            rest = self.run_cli("top", path)
            self.assertEqual(rest.returncode, 0)
            self.assertEqual(
                rest.stderr,
                "%s: 1 of 2 rows was left out (line 3); see: musicsched info --catalog %s\n"
                % (path, path),
            )
            info = self.run_cli("info", path)
            self.assertEqual(info.stderr, "")
            self.assertIn(
                "broken rows, left out: 1\n    line 3: the row ends after field 1",
                info.stdout,
            )
            message = self.bad(1, "top", path, "--strict")
            self.assertTrue(message.startswith("%s:3:2: the row ends" % path), message)

    def test_a_file_of_which_most_rows_cannot_be_read_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.csv")
            path.write_text(HEADER + "a,A,X,50,1000,pop\nb\nc\n", encoding="utf-8")
            message = self.bad(1, "top", path)
            self.assertEqual(
                message,
                "%s:3:2: 2 of 3 rows cannot be read (add --skip-bad-rows to load the rest); the"
                ' first: the row ends after field 1 of 6, "b": the next column, track_name, is'
                " missing\n" % path,
            )
            rest = self.run_cli("top", path, "--skip-bad-rows", "--json")
            self.assertEqual(len(json.loads(rest.stdout)["songs"]), 1)
            self.assertIn("2 of 3 rows were left out (the first in line 3)", rest.stderr)

    def test_bad_row_is_placed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.csv")
            path.write_text(
                HEADER + "a,A,X,50,1000,pop\nb,B,X,120,1000,pop\nc,C,X,50,1000,pop\n",
                encoding="utf-8",
            )
            message = self.bad(1, "info", "--strict", "--catalog", path)
            self.assertTrue(message.startswith("%s:3:4: " % path), message)
            self.assertIn("track_popularity", message)
            self.assertIn("120", message)
            skipping = self.run_cli(
                "info", "--strict", "--catalog", path, "--skip-bad-rows", "--json"
            )
            self.assertEqual(skipping.returncode, 0)
            found = json.loads(skipping.stdout)
            self.assertEqual(found["rows_skipped"], 1)
            left_out = found["report"]["files"][0]["left_out"]
            self.assertEqual([(row["line"], row["field"]) for row in left_out], [(3, 4)])
            self.assertTrue(left_out[0]["message"].startswith('track_popularity: "120"'))
            lenient = self.run_cli("top", "--catalog", path, "--json")
            self.assertEqual(len(json.loads(lenient.stdout)["songs"]), 3)
            self.assertIn("1 cell could not be read", lenient.stderr)

    def test_long_fields_are_read_where_the_limit_is_raised(self):
        text = HEADER + "a,%s,X,50,1000,pop\n" % ("A" * 70000)
        message = self.bad(1, "info", "--catalog", "-", stdin=text)
        self.assertIn("raise --max-field-bytes", message)
        raised = self.run_cli(
            "info", "--catalog", "-", "--max-field-bytes", "80000", "--json", stdin=text
        )
        self.assertEqual(raised.returncode, 0, raised.stderr)
        self.assertIn(
            "raise --max-row-bytes",
            self.bad(1, "info", "--catalog", "-", "--max-row-bytes", "100", stdin=text),
        )
        self.bad(2, "info", "--catalog", cli.SAMPLE, "--max-row-bytes", "0")

    def test_missing_file_column_and_folder(self):
        self.assertIn("/no/such/file.csv", self.bad(1, "info", "--catalog", "/no/such/file.csv"))
        self.assertIn(
            "track_name", self.bad(1, "info", "--catalog", "-", stdin="track_id,track_artist\n")
        )
        self.bad(1, "info", "--catalog", "/")
        self.bad(1, "info", "--catalog", "-", stdin="")

    def test_what_is_no_table_of_songs(self):
        """One line that says what the file is and what to do."""
        header = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
        cases = (
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n", "git lfs pull"),
            (b"<!DOCTYPE html>\n<html></html>\n", "web page (HTML)"),
            (b"PK\x03\x04" + b"\0" * 30 + b"xl/workbook.xml", "Excel workbook (XLSX)"),
            (b"PAR1" + bytes(100), "Parquet"),
            (b"ARROW1\0\0" + bytes(100), "Arrow IPC"),
            (b'[{"title": "x"}]', "songs with neither an artist nor an id: 1 of 1"),
            (b'{"a": 1}', "JSON"),
            (b"", "the input is empty"),
            (b"\n\n", "the input is empty"),
            (b"id1,T,A,50,200000\n", "add a first line with the names of the columns"),
            (b"Foo,Bar,Baz\n", '--columns "track_name=Song"'),
            ((header + ",,X,1,1000\n" * 6 + "a,b,c,1,1000\n" * 2).encode(), "6 of 8 rows"),
        )
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.csv")
            for content, said in cases:
                with self.subTest(said):
                    path.write_bytes(content)
                    for command in ("info", "top"):
                        message = self.bad(1, command, "--catalog", path)
                        self.assertEqual(message.count("\n"), 1)
                        self.assertIn(said, message)
            self.assertIn("add --skip-bad-rows", message)
            path.write_text(header)
            result = self.run_cli("top", "--catalog", path)
            self.assertEqual(
                (result.returncode, result.stderr),
                (0, "%s: the input has a header but no songs\n" % path),
            )

    def test_files_that_contradict_each_other(self):
        header = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
        with tempfile.TemporaryDirectory() as folder:
            one, two = pathlib.Path(folder, "one.csv"), pathlib.Path(folder, "two.csv")
            one.write_text(header + "id1,T,A,50,200000\n")
            two.write_text(header + "id1,Other,A,60,200000\n")
            songs = ["--catalog", one, "--catalog", two]
            found = self.good_json("top", *songs)["songs"][0]
            self.assertEqual((found["title"], found["popularity"]), ("T", 60))
            report = self.good_json("info", *songs)["report"]["files"]
            self.assertEqual(report[0]["assumed"], [])
            self.assertIn(
                "values that contradict an earlier row of the same track id: 2",
                report[1]["assumed"][0],
            )
            self.bad(1, "info", "--strict", *songs)

    def test_columns_from_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            names = pathlib.Path(folder, "columns.txt")
            names.write_text("# my names\ntrack_name=Lied\r\n\ntrack_artist=Wer\n")
            songs = "Lied,Wer\nEins,Ida\n"
            found = self.good_json(
                "top", "--count", "entries", "--catalog", "-", "--columns-from", names, stdin=songs
            )["songs"][0]
            self.assertEqual((found["title"], found["artist"]), ("Eins", "Ida"))
            self.bad(2, "top", "--catalog", "-", "--columns-from", "/no/such", stdin=songs)
        self.assertIn("Artist Name(s)", self.good("info", "--help"))

    def test_names_may_differ_in_case(self):
        same, folded = (
            self.good_json("top", "--catalog", cli.SAMPLE, "--genre", name)
            for name in ("rap", "RAP")
        )
        self.assertEqual(same, folded)
        songs = (
            "track_id,track_name,track_artist,playlist_id,playlist_name\n"
            "a,Help,The Beatles,p1,Mix\nb,Other,PAVEMENT,p1,Mix\nc,Third,Pavement,p2,MIX\n"
        )

        def top(*arguments):
            found = self.good_json(
                "top", "--count", "tracks", "--catalog", "-", *arguments, stdin=songs
            )
            return sorted(song["title"] for song in found["songs"])

        self.assertEqual(top("--artist", "the beatles"), ["Help"])
        # an equal name comes first, and of two that differ in case, none is taken
        self.assertEqual(top("--artist", "Pavement"), ["Third"])
        error = self.bad(1, "top", "--catalog", "-", "--artist", "pavement", stdin=songs)
        self.assertIn('no artist "pavement": did you mean', error)
        self.assertEqual(top("--playlist", "Mix"), ["Help", "Other"])
        self.bad(1, "top", "--catalog", "-", "--playlist", "mix", stdin=songs)

    def test_unknown_names_are_told(self):
        message = self.bad(1, "top", "--catalog", cli.SAMPLE, "--genre", "Rab")
        self.assertEqual(message, 'no genre "Rab": did you mean "r&b" or "rap"?\n')
        message = self.bad(1, "top", "--catalog", cli.SAMPLE, "--genre", "jazz")
        self.assertTrue(message.startswith('no genre "jazz": the genres are '), message)
        for genre in ("edm", "latin", "pop", "r&b", "rap", "rock"):
            self.assertIn(genre, message)
        for command in (["stats"], ["trend"], ["histogram"], ["correlations"]):
            message = self.bad(1, *command, "--catalog", cli.SAMPLE, "--artist", "Ed Sheran")
            self.assertTrue(message.startswith('no artist "Ed Sheran": '), message)

    def test_bad_usage(self):
        for arguments in (
            [], ["nonsense"], ["top"], ["top", "--catalog"], ["top", "--no-such-option"],
            ["match", "a.m3u", "extra"], ["find"], ["stats", "--by", "moon"],
            ["stats", "--count", "songs"],
            ["trend", "--by", "genre"], ["top", "--limit", "0"], ["top", "--limit", "-3"],
            ["find", "x", "--limit", "1001"], ["top", "--limit", "1e3"],
            ["histogram", "--bins", "102"], ["top", "--years", "2019-2010"],
            ["top", "--years", "x"], ["top", "--popularity", "0-0"],
            ["top", "--popularity", "5-101"], ["top", "--feature", "energy"],
            ["top", "--feature", "loud=1-2"], ["top", "--feature", "energy=1-0"],
            ["top", "--delimiter", "ab"], ["top", "--delimiter", ""], ["plan"], ["plan", "a", "b"],
            ["plan", "-", "--catalog", "-"], ["plan", "x", "--json", "--ics"],
            ["plan", "x", "--now", "25"], ["plan", "x", "--seed", "-1"],
            ["plan", "x", "--date", "someday"],
        ):  # fmt: skip
            with self.subTest(arguments):
                self.bad(2, *arguments)

    def test_ranges_tell_what_is_wrong(self):
        for flag, text, reason in (
            ("--popularity", "200-", "the highest number is 100"),
            ("--years", "2020-2010", "the range ends before it begins"),
            ("--feature", "energy=1-0.5", "the range ends before it begins"),
            ("--years", "2020-x", "not a range of whole numbers"),
        ):
            self.assertIn(reason, self.bad(2, "top", flag, text, "--catalog", cli.SAMPLE))

    def test_help_and_version(self):
        self.assertRegex(
            self.good("--version"), r"^musicsched \d+\.\d+\.\d+\nbuilt by \w+ [\d.]+ as "
        )
        overview = self.good("--help")
        for name in (
            "info",
            "top",
            "stats",
            "trend",
            "histogram",
            "correlations",
            "find",
            "suggest",
            "plan",
        ):
            self.assertIn("  %s " % name, overview)
            text = self.good(name, "--help")
            self.assertIn("usage: musicsched " + name, text)
            self.assertIn("\nExamples:\n  ", text)
            self.assertIn("--catalog", text)
            self.assertEqual(self.good("help", name), text)
        self.bad(2, "help", "nonsense")


@unittest.skipIf(cli.real_catalog() is None, "the real data set is not here")
class RealData(cli.CliTest):
    """Reference figures of the published analysis of the TidyTuesday set, over rows."""

    def test_info(self):
        info = self.good_json("info", "--catalog", cli.real_catalog())
        expected = {
            "rows": 32833,
            "tracks": 28356,
            "recordings": 26160,
            "artists": 10693,
            "playlists": 471,
            "genres": 6,
            "subgenres": 24,
            "rows_skipped": 0,
        }
        self.assertEqual({key: info[key] for key in expected}, expected)

    def test_top(self):
        song = self.good_json("top", "--catalog", cli.real_catalog(), "--limit", "1")["songs"][0]
        self.assertEqual(
            (song["title"], song["artist"], song["popularity"]),
            ("Dance Monkey", "Tones and I", 100),
        )

    def test_genres(self):
        groups = self.good_json(
            "stats", "--by", "genre", "--count", "entries", "--catalog", cli.real_catalog()
        )["groups"]
        expected = {
            "pop": 47.744870,
            "latin": 47.026576,
            "rap": 43.215454,
            "rock": 41.728338,
            "r&b": 41.223532,
            "edm": 34.833526,
        }
        self.assertEqual({g["key"]: round(g["mean"], 6) for g in groups}, expected)


cli.main()
