"""What the commands say where a song file lacks something, and how to mend it."""

import pathlib
import tempfile

import cli

APPLE = (
    "Album Name,Event End Timestamp,Event Start Timestamp,Event Type,End Reason Type,"
    "Media Duration In Milliseconds,Play Duration Milliseconds,Song Name\n"
    "Coast,2023-11-14T22:16:40.000Z,2023-11-14T22:13:20.000Z,PLAY_END,NATURAL_END_OF_TRACK,"
    "200000,200000,Harbor\n"
    "Coast,2023-11-15T22:16:40.000Z,2023-11-15T22:13:20.000Z,PLAY_END,NATURAL_END_OF_TRACK,"
    "200000,200000,Harbor\n"
    "Later,2023-11-14T22:25:00.000Z,2023-11-14T22:20:00.000Z,PLAY_END,NATURAL_END_OF_TRACK,"
    "257800,257800,Sea\n"
)


class Remarks(cli.CliTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def told(self, *arguments):
        result = self.run_cli(*arguments, cwd=self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout, result.stderr

    def test_a_catalog_without_popularity_says_so(self):
        name = self.write("charts.csv", "title,artist,sales\nHarbor,Orson,253019\nSea,Ida,90\n")
        for command in ("top", "stats", "trend", "histogram", "correlations"):
            shown, told = self.told(command, name)
            self.assertNotIn("most popular", shown)
            self.assertEqual(told.count("has no popularity"), 1, told)
            self.assertIn('--columns "track_popularity=COLUMN"', told)
        shown, _ = self.told("top", name)
        self.assertTrue(shown.startswith("Recordings\n"), shown)
        shown, told = self.told("top", name, "--columns", "track_popularity=sales")
        self.assertTrue(shown.startswith("The most popular recordings\n"), shown)
        self.assertIn('(track_popularity "253019" in line 2; popularity is 0 to 100)', told)

    def test_counts_of_plays_are_a_popularity(self):
        name = self.write("charts.csv", "title,artist,streams\nHarbor,Orson,253019\nSea,Ida,90\n")
        for more in ((), ("--columns", "track_popularity=streams")):
            shown, told = self.told("top", name, *more)
            self.assertTrue(shown.startswith("The most popular recordings\n"), shown)
            self.assertNotIn("could not be read", told)
        name = self.write("charts.csv", "title,artist,streams\nHarbor,Orson,many\nSea,Ida,90\n")
        _, told = self.told("top", name)
        self.assertIn('(track_popularity "many" in line 2)', told)

    def test_with_popularity_nothing_is_said(self):
        for command in ("top", "stats", "trend", "histogram", "correlations"):
            _, told = self.told(command, cli.SAMPLE)
            self.assertNotIn("popularity", told)

    def test_the_first_unreadable_cell_is_named(self):
        text = "title,artist,year,tempo\nHarbor,Orson,2001,120\nSea,Ida,2002,fast\nRain,Ida,85,no\n"
        name = self.write("my songs.csv", text)
        _, told = self.told("top", name)
        self.assertIn('3 cells could not be read (the first: tempo "fast" in line 3)', told)
        self.assertIn('musicsched info --catalog "my songs.csv"\n', told)
        other = self.write("other.csv", text.replace("Sea", "Lake").replace("Rain", "Fog"))
        _, told = self.told("top", name, other, "--columns", "track_name=title")
        self.assertIn('2 song files: 6 cells could not be read (the first: tempo "fast" in', told)
        self.assertIn(" in line 3 of my songs.csv)", told)
        command = 'info --catalog "my songs.csv" --catalog other.csv --columns track_name=title\n'
        self.assertIn("see: musicsched " + command, told)

    def test_years_of_two_digits_are_unknown(self):
        name = self.write("a.csv", "title,artist,year\nHarbor,Orson,85\nSea,Ida,1985\n")
        shown, told = self.told("top", name)
        self.assertNotIn("0085", shown)
        self.assertIn("1985", shown)
        self.assertIn('(release_year "85" in line 2)', told)

    def test_names_without_quotes(self):
        name = self.write("a.csv", "title,artist\nHarbor,The Cellos\n")
        self.run_cli("save", name, "a.msc", cwd=self.folder)
        for songs in (name, "a.msc"):
            message = self.bad(1, "top", songs, "--artist", "The", "Cellos", cwd=self.folder)
            self.assertIn('"Cellos" is no file: put names with spaces in quotes', message)

    def test_features_in_percent(self):
        name = self.write("a.csv", "title,artist,energy\nHarbor,Orson,80\nSea,Ida,20\n")
        message = self.bad(2, "top", name, "--feature", "energy=80-", cwd=self.folder)
        self.assertIn("this feature is from 0 to 1", message)
        shown, _ = self.told("top", name, "--feature", "energy=0.8-")
        self.assertIn("Harbor", shown)

    def test_histories_without_artists_are_catalogs(self):
        name = self.write("Apple Music Play Activity.csv", APPLE)
        songs = self.good_json("top", name, cwd=self.folder)["songs"]
        self.assertEqual([song["title"] for song in songs], ["Harbor", "Sea"])
        self.assertEqual([song["popularity"] for song in songs], [100, 63])


if __name__ == "__main__":
    cli.main()
