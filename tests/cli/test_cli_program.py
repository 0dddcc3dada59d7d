#!/usr/bin/env python3
"""The program itself: short options, forms of output, completion, configuration, its own report.

usage: test_cli_program.py PROGRAM SAMPLE.csv
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile

import cli

PLAN = "date: 2026-11-24\nGym 1h after 17:00\n"
STATISTICS = ["top", "stats", "trend", "histogram", "correlations"]


class Forms(cli.CliTest):
    def test_csv_and_ndjson_hold_what_json_holds(self):
        for command in STATISTICS:
            with self.subTest(command):
                rows = list(
                    csv.DictReader(io.StringIO(self.good(command, "-c", cli.SAMPLE, "-f", "csv")))
                )
                lines = self.good(command, "-c", cli.SAMPLE, "-f", "ndjson").splitlines()
                objects = [json.loads(line) for line in lines]
                answer = self.good_json(command, "-c", cli.SAMPLE)
                listed = next(value for value in answer.values() if isinstance(value, list))
                self.assertEqual(len(rows), len(listed))
                self.assertEqual(len(objects), len(listed))
                for row, item, stated in zip(rows, objects, listed):
                    self.assertEqual(list(row), list(item))
                    for name, value in item.items():
                        text = ";".join(value) if isinstance(value, list) else value
                        self.assertEqual(row[name], "" if text is None else str(text), name)
                        if name in stated and not isinstance(stated[name], (str, dict)):
                            self.assertEqual(value, stated[name], name)

    def test_texts_of_csv_are_quoted_where_they_have_to_be(self):
        songs = (
            "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_genre\n"
            'a1,"One, ""two""\nthree",X,50,60000,pop\n'
            "a2,Plain,Y,40,60000,pop\n"
        )
        text = self.good("top", "-c", "-", "-f", "csv", stdin=songs)
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([row["track_name"] for row in rows], ['One, "two"\nthree', "Plain"])
        self.assertIn("\n2,a2,Plain,Y,Y,40,,,,,60000\n", text)

    def test_dates_are_texts_and_empty_where_the_day_is_not_known(self):
        songs = "title,artist,release date\nOld,X,1959-08-17\nNew,Y,2020-03\n"
        text = self.good("top", "-c", "-", "-f", "csv", stdin=songs)
        dates = [row["release_date"] for row in csv.DictReader(io.StringIO(text))]
        self.assertEqual(dates, ["1959-08-17", ""])
        lines = self.good("top", "-c", "-", "-f", "ndjson", stdin=songs).splitlines()
        self.assertEqual([json.loads(line)["release_date"] for line in lines], ["1959-08-17", None])

    def test_lists_are_one_field_of_csv_and_arrays_of_ndjson(self):
        songs = 'title,artists\nStone,"Ida, the ""First"";Orson"\nRain,Orson;Max\nSun,Max\n'
        artists = [['Ida, the "First"', "Orson"], ["Orson", "Max"], ["Max"]]
        text = self.good("top", "-c", "-", "-f", "csv", stdin=songs)
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([row["artists"].split(";") for row in rows], artists)
        lines = self.good("top", "-c", "-", "-f", "ndjson", stdin=songs).splitlines()
        self.assertEqual([json.loads(line)["artists"] for line in lines], artists)

    def test_a_form_that_does_not_exist(self):
        message = self.bad(2, "top", "-c", cli.SAMPLE, "--format", "xml")
        self.assertIn("table, json, csv, ndjson", message)

    def test_short_options_are_the_long_ones(self):
        self.assertEqual(
            self.good("top", "-c", cli.SAMPLE, "-n", "3", "-g", "pop", "-j"),
            self.good("top", "--catalog", cli.SAMPLE, "--limit=3", "--genre", "pop", "--json"),
        )
        self.assertEqual(self.good("top", "-h"), self.good("top", "--help"))


class Arguments(cli.CliTest):
    def test_song_files_need_no_option(self):
        for command in [*STATISTICS, "info"]:
            with self.subTest(command):
                self.assertEqual(
                    self.good(command, cli.SAMPLE), self.good(command, "--catalog", cli.SAMPLE)
                )
        two = self.good_json("info", cli.SAMPLE, cli.SAMPLE, "--json")
        self.assertEqual(two, self.good_json("info", "-c", cli.SAMPLE, "-c", cli.SAMPLE, "--json"))

    def test_a_named_file_replaces_the_catalog_of_the_environment(self):
        elsewhere = {"MUSICSCHED_CATALOG": "/does/not/exist.csv"}
        self.good("top", cli.SAMPLE, environment=elsewhere)
        self.assertIn("exist.csv", self.bad(1, "top", environment=elsewhere))

    def test_what_an_unknown_option_may_mean(self):
        for command, option, hint in (
            ("top", "--gnre", "did you mean --genre?"),
            ("top", "--genrse=pop", "did you mean --genre?"),
            ("stats", "--group-by", "did you mean --by?"),
            ("agenda", "--tz", "did you mean --timezone?"),
            ("top", "--by", "it is an option of stats, trend"),
            ("top", "--calendar", "it is an option of plan, replan, watch, next, agenda"),
        ):
            with self.subTest(option):
                self.assertIn(
                    'unknown option "%s": %s\n' % (option, hint), self.bad(2, command, option)
                )
        for option in ("--frobnicate", "-x", "--" + 100 * "a"):
            with self.subTest(option):
                self.assertIn('unknown option "%s"\n' % option, self.bad(2, "top", option))

    def test_what_an_unknown_command_may_mean(self):
        self.assertIn("did you mean stats?", self.bad(2, "stat"))
        self.assertIn("did you mean plan?", self.bad(2, "paln"))
        self.assertIn("such as info", self.bad(2, cli.SAMPLE))
        message = self.bad(2, "frobnicate")
        self.assertIn('unknown command "frobnicate"\n', message)
        self.assertNotIn("mean", message)


class Itself(cli.CliTest):
    def test_doctor(self):
        report = self.good("doctor", "-c", cli.SAMPLE)
        self.assertRegex(report, r"time zones +found")
        self.assertRegex(report, r"catalog .*: \d+ tracks of \d+ artists\n")

    def test_bash_completes_commands_options_and_values(self):
        script = self.good("completion", "bash")

        def complete(*words):
            asked = (
                script
                + 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _musicsched; '
                + 'printf "%s\\n" "${COMPREPLY[@]}"'
            )
            run = subprocess.run(
                ["bash", "-c", asked, "bash", "musicsched", *words],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            return run.stdout.split()

        self.assertEqual(complete("histo"), ["histogram", "history"])
        self.assertEqual(complete("top", "--form"), ["--format"])
        self.assertEqual(complete("top", "--format", "n"), ["ndjson"])
        self.assertEqual(complete("top", "-f", "c"), ["csv"])
        self.assertIn(
            cli.SAMPLE.name,
            [pathlib.Path(p).name for p in complete("top", "-c", str(cli.SAMPLE)[:-3])],
        )
        for command in self.good("--help").split("Commands:\n")[1].split("\n\n")[0].splitlines():
            name = command.split()[0]
            said = self.good(name, "--help")
            for option in complete(name, "--"):
                self.assertIn(option, said)

    def test_every_shell_has_every_command(self):
        names = [
            line.split()[0] for line in self.good("--help").splitlines() if line.startswith("  ")
        ]
        for shell in ("bash", "zsh", "fish"):
            script = self.good("completion", shell)
            for name in names:
                self.assertIn(name, script)
        self.assertIn("bash, zsh, fish", self.bad(2, "completion", "tcsh"))


class Configuration(cli.CliTest):
    """A file with the settings of a person, in a folder of its own with a plan and the songs."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        os.symlink(cli.SAMPLE, self.folder / "songs.csv")
        (self.folder / "day.txt").write_text(PLAN, encoding="utf-8")
        self.file = self.folder / "config.toml"

    def with_file(self, text):
        self.file.write_text(text, encoding="utf-8")
        return {"environment": {"MUSICSCHED_CONFIG": str(self.file)}}

    def test_what_the_command_line_does_not_say(self):
        here = self.with_file(
            '# mine\ncatalog = ["songs.csv"]  # from the folder of this file\n'
            "plan = 'day.txt'\ntimezone = \"Europe/Berlin\"\n"
        )
        day = self.good_json("plan", **here)
        self.assertEqual((day["date"], day["timezone"]), ("2026-11-24", "Europe/Berlin"))
        self.assertEqual(self.good("top", **here), self.good("top", "-c", cli.SAMPLE))
        other = self.good_json("plan", "-", "--timezone", "Asia/Tokyo", stdin=PLAN, **here)
        self.assertEqual(other["timezone"], "Asia/Tokyo")

    def test_calendars(self):
        (self.folder / "work.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
            "DTSTAMP:20261101T000000Z\r\nDTSTART:20261124T170000\r\nDTEND:20261124T190000\r\n"
            "SUMMARY:Dinner\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            encoding="utf-8",
        )
        here = self.with_file('calendar = "work.ics"\nplan = "day.txt"\n')
        titles = [entry["title"] for entry in self.good_json("plan", **here)["entries"]]
        self.assertEqual(titles, ["Dinner", "Gym"])

    def test_the_usual_place_is_below_home(self):
        (self.folder / ".config/musicsched").mkdir(parents=True)
        place = self.folder / ".config/musicsched/config.toml"
        place.write_text('catalog = "~/songs.csv"\n', encoding="utf-8")
        run = subprocess.run(
            [cli.PROGRAM, "info"], capture_output=True, text=True, check=False,
            env={"HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_a_wrong_file_names_the_line_and_stops_every_command(self):
        for text, line, what in (
            ("\ncatalogue = 'x'\n", 2, "unknown setting"),
            ("catalog = songs.csv\n", 1, "expected a value in quotes"),
            ('catalog = "songs.csv\n', 1, "the closing quote is missing"),
            ("catalog = ['a' 'b']\n", 1, "expected a comma or ]"),
            ("catalog 'a'\n", 1, "expected = after"),
            ("plan = 'a' 'b'\n", 1, "unexpected text after the value"),
            ("plan = 'a'\nplan = 'b'\n", 2, "duplicate setting"),
            ('plan = "C:\\Users"\n', 1, "use '...' for text"),
            ("calendar = [%s]\n" % ", ".join(["'a'"] * 65), 1, "at most 64 values are allowed"),
        ):
            with self.subTest(text=text):
                message = self.bad(1, "top", "-c", cli.SAMPLE, **self.with_file(text))
                self.assertTrue(message.startswith("%s:%d: " % (self.file, line)), message)
                self.assertIn(what, message)
                self.assertEqual(self.run_cli("doctor", **self.with_file(text)).returncode, 1)

    def test_no_plan_anywhere(self):
        message = self.bad(2, "plan", **self.with_file(""))
        self.assertIn("- for standard input, or a plan in the configuration", message)


if __name__ == "__main__":
    cli.main()
