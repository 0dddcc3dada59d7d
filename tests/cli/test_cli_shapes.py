"""Public shapes of song files: each loads without options, and its figures are those that plain Python finds."""

import statistics
import tempfile
import pathlib
import unittest

import cli

TITLES = ["Stone Garden", "Rain, in March", "Say Hi", "Harbor"]
ARTISTS = ["Ida Blue", "The Cellos", "Orson", "Ida Blue"]
POPULARITY = [50, 0, 97, 33]
SECONDS = [201, 187, 244, 310]


def quoted(field):
    text = str(field)
    return '"%s"' % text.replace('"', '""') if any(c in text for c in ',;"') else text


# name: header, a row of (number, title, artist, popularity, seconds), delimiter, encoding, whether popularity and length are there
SHAPES = {
    "Exportify": (
        "Track URI,Track Name,Album Name,Artist Name(s),Release Date,Duration (ms),Popularity,Explicit,Added By,Genres,Energy",
        lambda n, t, a, p, s: [
            "spotify:track:id%d" % n,
            t,
            "Album",
            a,
            "2019-06-14",
            s * 1000,
            p,
            "false",
            "me",
            "",
            0.5,
        ],
        ",",
        "utf-8-sig",
        1,
        1,
    ),
    "Exportify in German": (
        "Track-URI,Track-Name,Künstler-URI(s),Künstlername(n),Album-Name,Veröffentlichungsdatum des Albums,Track-Dauer (ms),Beliebtheit",
        lambda n, t, a, p, s: [
            "spotify:track:id%d" % n,
            t,
            "spotify:artist:x",
            a,
            "Album",
            "2019",
            s * 1000,
            p,
        ],
        ",",
        "utf-8",
        1,
        1,
    ),
    "Exportify in Japanese": (
        "トラックURI,トラック名,アーティスト名,トラックの長さ（ミリ秒）,人気度",
        lambda n, t, a, p, s: ["spotify:track:id%d" % n, t, a, s * 1000, p],
        ",",
        "utf-8",
        1,
        1,
    ),
    "tracks by genre": (
        ",track_id,artists,album_name,track_name,popularity,duration_ms,explicit,danceability,energy,key,track_genre",
        lambda n, t, a, p, s: [
            n,
            "id%d" % n,
            a,
            "Album",
            t,
            p,
            s * 1000,
            "False",
            0.5,
            0.5,
            1,
            "acoustic",
        ],
        ",",
        "utf-8",
        1,
        1,
    ),
    "features by genre": (
        "genre,artist_name,track_name,track_id,popularity,acousticness,duration_ms,key,mode,time_signature",
        lambda n, t, a, p, s: ["Movie", a, t, "id%d" % n, p, 0.5, s * 1000, "C#", "Major", "4/4"],
        ",",
        "utf-8",
        1,
        1,
    ),
    "most streamed": (
        "track_name,artist(s)_name,artist_count,released_year,released_month,released_day,streams,bpm,key,mode,energy_%",
        lambda n, t, a, p, s: [t, a, 1, 2023, 7, 14, 141381703, 125, "B", "Major", 83],
        ",",
        "cp1252",
        0,
        0,
    ),
    "top 50": (
        ",Track.Name,Artist.Name,Genre,Beats.Per.Minute,Energy,Danceability,Loudness..dB..,Length.,Popularity",
        lambda n, t, a, p, s: [n, t, a, "pop", 117, 55, 76, -6, s, p],
        ",",
        "cp1252",
        1,
        1,
    ),
    "all-time list": (
        "Index,Title,Artist,Top Genre,Year,Beats Per Minute (BPM),Energy,Loudness (dB),Length (Duration),Popularity",
        lambda n, t, a, p, s: [n, t, a, "rock", 2004, 157, 30, -14, s, p],
        ",",
        "utf-8",
        1,
        1,
    ),
    "top 10 by year": (
        "title,artist,top genre,year,bpm,nrgy,dnce,dB,live,val,dur,acous,spch,pop",
        lambda n, t, a, p, s: [t, a, "pop", 2010, 97, 89, 67, -4, 8, 80, s, 19, 4, p],
        ",",
        "utf-8",
        1,
        1,
    ),
    "Billboard": (
        "song_id,performer,song,spotify_genre,spotify_track_id,spotify_track_duration_ms,spotify_track_popularity,energy",
        lambda n, t, a, p, s: [t + a, a, t, "['pop', 'rock']", "id%d" % n, s * 1000, p, "NA"],
        ",",
        "utf-8",
        1,
        1,
    ),
    "dump of the API": (
        "added_at,track.id,track.name,track.artists,track.album.name,track.duration_ms,track.popularity",
        lambda n, t, a, p, s: ["2020-01-01T00:00:00Z", "id%d" % n, t, a, "Album", s * 1000, p],
        ",",
        "utf-8",
        1,
        1,
    ),
    "spreadsheet with semicolons": (
        "Title;Artist;Duration;Popularity;Energy",
        lambda n, t, a, p, s: [t, a, "%d:%02d" % divmod(s, 60), p, "0,71"],
        ";",
        "utf-16",
        1,
        1,
    ),
    "tabs in capitals": (
        "TRACK_ID\tTRACK_NAME\tTRACK_ARTIST\tTRACK_POPULARITY\tDURATION_MS",
        lambda n, t, a, p, s: ["id%d" % n, t, a, "%d.0" % p, "%d.0" % (s * 1000)],
        "\t",
        "utf-8",
        1,
        1,
    ),
    "players' list": (
        "Name\tArtist\tAlbum\tGenre\tTime",
        lambda n, t, a, p, s: [t, a, "Album", "Pop", s],
        "\t",
        "utf-16-le",
        0,
        1,
    ),
}


class Shapes(cli.CliTest):
    def test_each_loads_without_options(self):
        rows = list(zip(range(len(TITLES)), TITLES, ARTISTS, POPULARITY, SECONDS))
        with tempfile.TemporaryDirectory() as folder:
            for name, (
                header,
                make,
                delimiter,
                encoding,
                has_popularity,
                has_length,
            ) in SHAPES.items():
                with self.subTest(name):
                    lines = [header] + [
                        delimiter.join(quoted(f) for f in make(*row)) for row in rows
                    ]
                    path = pathlib.Path(folder, "songs.csv")
                    path.write_bytes("".join(line + "\r\n" for line in lines).encode(encoding))
                    songs = self.run_cli("top", "--count", "entries", "--json", "--catalog", path)
                    self.assertEqual(songs.returncode, 0, songs.stderr)
                    songs = self.good_json("top", "--count", "entries", "--catalog", path)["songs"]
                    want = sorted(
                        (t, a, p if has_popularity else None, s * 1000 if has_length else None)
                        for _, t, a, p, s in rows
                    )
                    self.assertEqual(
                        sorted(
                            (s["title"], s["artist"], s["popularity"], s["duration_ms"])
                            for s in songs
                        ),
                        want,
                    )
                    summary = self.good_json("stats", "--catalog", path)["groups"][0]
                    if has_popularity:
                        self.assertEqual(
                            (summary["n"], summary["sum"]), (len(rows), sum(POPULARITY))
                        )
                        self.assertAlmostEqual(summary["mean"], statistics.fmean(POPULARITY))
                        self.assertAlmostEqual(summary["sd"], statistics.stdev(POPULARITY))
                        self.assertEqual(summary["median"], statistics.median(POPULARITY))
                    else:
                        self.assertEqual((summary["n"], summary["unknown"]), (0, len(rows)))


if __name__ == "__main__":
    cli.main()
