"""Public shapes of song files: each loads without options, and its figures are those that plain
Python finds.
"""

import gzip
import json
import math
import statistics
import tempfile
import pathlib

import cli

TITLES = ["Stone Garden", "Rain, in March", "Say Hi", "Harbor"]
ARTISTS = ["Ida Blue", "The Cellos", "Orson", "Ida Blue"]
POPULARITY = [50, 0, 97, 33]
SECONDS = [201, 187, 244, 310]


def quoted(field, delimiter=";"):
    text = str(field)
    return '"%s"' % text.replace('"', '""') if any(c in text for c in ',"' + delimiter) else text


def popularity_of(plays):
    """What the popularity of songs is, by how often they were played."""
    return [round(100 * math.log1p(count) / math.log1p(max(plays))) for count in plays]


# name: header, a row of (number, title, artist, popularity, seconds), delimiter, encoding, whether
# popularity and length are there; a list: the popularities that the plays in the file make
SHAPES = {
    "Exportify": (
        (
            "Track URI,Track Name,Album Name,Artist Name(s),Release Date,Duration"
            " (ms),Popularity,Explicit,Added By,Genres,Energy"
        ),
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
        (
            "Track-URI,Track-Name,Künstler-URI(s),Künstlername(n),Album-Name,Veröffentlichungsdatum"
            " des Albums,Track-Dauer (ms),Beliebtheit"
        ),
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
        lambda n, t, a, p, s: [t, a, 1, 2023, 7, 14, 141381703 * (n + 1), 125, "B", "Major", 83],
        ",",
        "cp1252",
        popularity_of([141381703 * n for n in range(1, 5)]),
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
        (
            "Index,Title,Artist,Top Genre,Year,Beats Per Minute (BPM),Energy,Loudness (dB),Length"
            " (Duration),Popularity"
        ),
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
    "songs with their videos": (
        ",Artist,Url_spotify,Track,Album,Uri,Energy,Duration_ms,Url_youtube,Title,Channel,Views,Stream",
        lambda n, t, a, p, s: [
            n,
            a,
            "https://open.spotify.com/artist/x",
            t,
            "Album",
            "spotify:track:id%d" % n,
            0.5,
            "%d.0" % (s * 1000),
            "https://example.org/v",
            t + " (Official Video)",
            a,
            10,
            "%d.0" % (10 ** (n + 4)),
        ],
        ",",
        "utf-8",
        popularity_of([10**4, 10**5, 10**6, 10**7]),
        1,
    ),
    "spreadsheet in Spanish": (
        "Canción;Artista;Álbum;Año;Duración;Popularidad",
        lambda n, t, a, p, s: [t, a, "Album", 1999, "%d:%02d" % divmod(s, 60), p],
        ";",
        "cp1252",
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


# the same for files whose cells, more than their headers, tell what they hold
CELLS = {
    "artist and title in one column": (
        "Artist and Title,Year,BPM",
        lambda n, t, a, p, s: ["%s - %s" % (a, t), 2019, 120],
        ",", "utf-8", 0, 0,
    ),
    "Apple Music, daily tracks": (
        "Country,Track Identifier,Media type,Play Duration Milliseconds,Track Description",
        lambda n, t, a, p, s: ["Germany", 1400 + n, "AUDIO", 30000, "%s - %s" % (a, t)],
        ",", "utf-8", 0, 0,
    ),
    "tracks with their artists": (
        "Track;Plays",
        lambda n, t, a, p, s: ["%s \u2013 %s" % (a, t), 7 + n],
        ";", "utf-8", popularity_of([7, 8, 9, 10]), 0,
    ),
    "titles by artists": (
        "Song\tTime",
        lambda n, t, a, p, s: ["%s by %s" % (t, a), "%dm %02ds" % divmod(s, 60)],
        "\t", "utf-8", 0, 1,
    ),
    "titles before artists": (
        "Title - Artist;Popularity (0-1)",
        lambda n, t, a, p, s: ["%s - %s" % (t, a), p / 100],
        ";", "utf-8", 1, 0,
    ),
    "lengths in minutes": (
        "title,artist,duration,popularity",
        lambda n, t, a, p, s: [t, a, "%.6f" % (s / 60), p],
        ",", "utf-8", 1, 1,
    ),
    "lengths of ISO 8601": (
        "title,artist,duration",
        lambda n, t, a, p, s: [t, a, "PT%dM%dS" % divmod(s, 60)],
        ",", "utf-8", 0, 1,
    ),
    "separated thousands": (
        "Titel;Interpret;Dauer (ms)",
        lambda n, t, a, p, s: [t, a, "{:,}".format(s * 1000).replace(",", "'")],
        ";", "cp1252", 0, 1,
    ),
    "table of Markdown": (
        "|Title|Artist|Length|\r\n|:---|-----|-----:|",
        lambda n, t, a, p, s: ["", t, a, clock(s), ""],
        "|", "utf-8", 0, 1,
    ),
    "session of Serato": (
        "name,artist,length,start time,end time,playtime\r\nMy Session,,,20:00:00,23:00:00,",
        lambda n, t, a, p, s: [t, a, "0%s.00" % clock(s), "20:0%d:00" % (n % 10), "20:30:00",
                               "00:03:00"],
        ",", "utf-8", 0, 1,
    ),
    "library of Mixxx": (
        '"#","Cover Art",Album,Artist,BPM,Duration,Genre,Key,Location,Played,Title,Year',
        lambda n, t, a, p, s: [n, "", "Sea", a, "120", "0" + clock(s), "pop", "Am", "/m/%d.mp3" % n,
                               0, t, 2019],
        ",", "utf-8", 0, 1,
    ),
    "converter of playlists": (
        "Track name,Artist name,Album,Playlist name,Type,ISRC,Spotify - id",
        lambda n, t, a, p, s: [t, a, "Sea", "My mix", "Playlist", "USX%09d" % n, "%022d" % n],
        ",", "utf-8", 0, 0,
    ),
    "no-break spaces": (
        "\u00a0Title\tArtist\u00a0\tLength",
        lambda n, t, a, p, s: ["\u00a0" + t, a + "\u00a0", clock(s)],
        "\t", "utf-8", 0, 1,
    ),
    "library of MusicBee": (
        "Title\tArtist\tAlbum\tGenre\tTime\tPlay Count\tRating\tLast Played",
        lambda n, t, a, p, s: [t, a, "Sea", "pop", clock(s), 10 * n, 4, "01/02/2024 10:00"],
        "\t", "utf-8", popularity_of([0, 10, 20, 30]), 1,
    ),
    "bytes of Python": (
        "artist_name,title,duration,key,year",
        lambda n, t, a, p, s: ["b'%s'" % a, "b'%s'" % t, s + 0.0, 3, 0],
        ",", "utf-8", 0, 1,
    ),
    "charts with the chart's address": (
        "url,rank,song,artist",
        lambda n, t, a, p, s: ["https://example.org/chart/1965", n, t, a],
        ",", "utf-8", 0, 0,
    ),
    "moods from -2 to 2": (
        "dzr_sng_id,valence,arousal,artist_name,track_name",
        lambda n, t, a, p, s: [n, (-1.2, 0.3, 1.5, -0.4)[n], 0.4, a, t],
        ",", "utf-8", 0, 0,
    ),
    "rekordbox": (
        "#\tArtwork\tTrack Title\tArtist\tGenre\tBPM\tTime\tKey",
        lambda n, t, a, p, s: [n, "", t, a, "House", "128.00", "0%d:%02d" % divmod(s, 60), "8A"],
        "\t", "utf-16", 0, 1,
    ),
    "Music in Portuguese": (
        "Nome\tArtista\t\u00c1lbum\tG\u00eanero\tTamanho\tTempo\tAno",
        lambda n, t, a, p, s: [t, a, "Al", "Pop", 8000000, s, 2019],
        "\t", "utf-16", 0, 1,
    ),
    "Music in Japanese": (
        "\u540d\u524d\t\u30a2\u30fc\u30c6\u30a3\u30b9\u30c8\t\u30a2\u30eb\u30d0\u30e0"
        "\t\u6642\u9593",
        lambda n, t, a, p, s: [t, a, "Al", s],
        "\t", "utf-16", 0, 1,
    ),
    "chart of YouTube": (
        "Rank,Previous Rank,Track Name,Artist Names,Periods on Chart,Views,Growth,YouTube URL",
        lambda n, t, a, p, s: [n, n, t, a, 7, (716637, 390381, 95, 0)[n], "-0.18%", "x%d" % n],
        ",", "utf-8", popularity_of([716637, 390381, 95, 0]), 0,
    ),
    "weekly chart of Spotify": (
        "rank,uri,artist_names,track_name,source,peak_rank,weeks_on_chart,streams",
        lambda n, t, a, p, s: [n, "spotify:track:%022d" % n, a, t, "X", 1, 2,
                               ("48,633,449.00", "1.2M", "812K", "12,345")[n]],
        ",", "utf-8", popularity_of([48633449, 1200000, 812000, 12345]), 0,
    ),
    "plays with separators": (
        "Titel;Interpret;Wiedergaben",
        lambda n, t, a, p, s: [t, a, ("1.234", "22", "450.000", "2.000.000")[n]],
        ";", "utf-8", popularity_of([1234, 22, 450000, 2000000]), 0,
    ),
    "lengths in two columns": (
        "Title,Artist,Minutes,Seconds",
        lambda n, t, a, p, s: [t, a, *divmod(s, 60)],
        ",", "utf-8", 0, 1,
    ),
    "lengths with points": (
        "Titolo;Artista;Durata",
        lambda n, t, a, p, s: [t, a, clock(s).replace(":", ".") + ".00"],
        ";", "utf-8", 0, 1,
    ),
    "texts of a spreadsheet": (
        "Title;Artist;Length",
        lambda n, t, a, p, s: ['="%s"' % t, '="%s"' % a, clock(s)],
        ";", "utf-8", 0, 1,
    ),
    "HTML references": (
        "Title,Artist,Length",
        lambda n, t, a, p, s: [t.replace("a", "&#97;"), a.replace("l", "&#x6C;"), clock(s)],
        ",", "utf-8", 0, 1,
    ),
    "titles in quotes": (
        "No.,Title,Artist(s),Length",
        lambda n, t, a, p, s: [n, "\u201c%s\u201d" % t, a, clock(s)],
        ",", "utf-8", 0, 1,
    ),
    "cleaned names": (
        "Song Clean,ARTIST CLEAN,COMBINED,sec_duration",
        lambda n, t, a, p, s: [t, a, "%s by %s" % (t, a), s],
        ",", "utf-8", 0, 1,
    ),
    "songs with all their artists": (
        ",id,title,all_artists,popularity,duration_ms",
        lambda n, t, a, p, s: [n, "id%d" % n, t, "['%s']" % a if n % 2 else a, p, s * 1000],
        ",", "utf-8", 1, 1,
    ),
    "hotness": (
        "song_id,title,artist_name,duration,artist_hotttnesss,song_hotttnesss",
        lambda n, t, a, p, s: ["SO%d" % n, t, a, "%.5f" % s, 0.4, p / 100],
        ",", "utf-8", 1, 1,
    ),
    "spreadsheet in Russian": (
        "\u041d\u0430\u0437\u0432\u0430\u043d\u0438\u0435;"
        "\u0418\u0441\u043f\u043e\u043b\u043d\u0438\u0442\u0435\u043b\u044c;"
        "\u0414\u043b\u0438\u0442\u0435\u043b\u044c\u043d\u043e\u0441\u0442\u044c",
        lambda n, t, a, p, s: [t, a, "%d:%02d" % divmod(s, 60)],
        ";", "utf-8", 0, 1,
    ),
}  # fmt: skip
SHAPES.update(CELLS)


CREDITS = [["Ida Blue", "Orson"], ["The Cellos"], ["Tyler, The Creator"], ["Orson"]]
GENRES = [["pop", "dance pop"], [], ["rap"], ["pop"]]


def clock(seconds):
    return "%d:%02d" % divmod(seconds, 60)


def python_list(members):
    return "[%s]" % ", ".join(repr(member) for member in members)


# name: header, a row of (number, title, artists, genres, popularity, seconds), delimiter, and what
# is done to the text of the file
LISTS = {
    "Exportify, new": (
        "Track URI,Track Name,Album Name,Artist Name(s),Release Date,Duration (ms),"
        "Popularity,Genres",
        lambda n, t, a, g, p, s: ["spotify:track:id%d" % n, t, "Al", ";".join(a),
                                  "2019-06-14", s * 1000, p, ",".join(g)],
        ",", lambda text: text.encode("utf-8-sig"),
    ),
    "Exportify, older": (
        "Track URI,Track Name,Artist URI(s),Artist Name(s),Album Release Date,"
        "Track Duration (ms),Popularity",
        lambda n, t, a, g, p, s: ["spotify:track:id%d" % n, t,
                                  ", ".join("spotify:artist:x%d" % i for i in range(len(a))),
                                  ", ".join(a), "2019", s * 1000, p],
        ",", lambda text: text.encode(),
    ),
    "tracks by genre, joined": (
        ",track_id,artists,album_name,track_name,popularity,duration_ms,track_genre",
        lambda n, t, a, g, p, s: [n, "id%d" % n, ";".join(a), "Al", t, p, s * 1000, "acoustic"],
        ",", lambda text: text.encode(),
    ),
    "1921 to 2020": (
        "acousticness,artists,duration_ms,explicit,id,mode,name,popularity,release_date,year",
        lambda n, t, a, g, p, s: [0.5, python_list(a), s * 1000, 0, "id%d" % n, 1, t, p,
                                  "14-0%d-1999" % (n + 1), 1999],
        ",", lambda text: text.encode(),
    ),
    "dump with genres": (
        "id,name,artists,genres,popularity,duration_ms",
        lambda n, t, a, g, p, s: ["id%d" % n, t, python_list(a), python_list(g), p, s * 1000],
        ",", lambda text: text.encode(),
    ),
    "artists as objects": (
        "id,name,artists,popularity,duration_ms",
        lambda n, t, a, g, p, s: ["id%d" % n, t, repr([{"external_urls": {"name": "no"}, "id": "x",
                                  "name": one, "type": "artist"} for one in a]), p, s * 1000],
        ",", lambda text: text.encode(),
    ),
    "counted artists": (
        "track_name,artist(s)_name,artist_count,popularity,minutes,duration",
        lambda n, t, a, g, p, s: [t, ", ".join(a), len(a), p, "", clock(s)],
        ",", lambda text: text.encode("cp1252"),
    ),
    "packed": (
        "title,artists,popularity,length",
        lambda n, t, a, g, p, s: [t, ";".join(a), p, "0:%s" % clock(s).zfill(5)],
        ",", lambda text: gzip.compress(text.encode()),
    ),
    "sep= of a spreadsheet": (
        "Title;Artists;Popularity;Duration",
        lambda n, t, a, g, p, s: [t, python_list(a), p, clock(s)],
        ";", lambda text: ("sep=;\r\n" + text).encode("utf-16"),
    ),
    "a title line, blanks and trailing commas": (
        "title, artists, popularity, length,,",
        lambda n, t, a, g, p, s: [t, python_list(a), p, clock(s), "", ""],
        ",", lambda text: ("My songs,,,,,\r\n" + text + ",,,,,\r\n").encode(),
    ),
    "dictionaries": (
        "id,name,artists,genres,popularity,duration_ms",
        lambda n, t, a, g, p, s: ["id%d" % n, t, repr({"x" + x: x for x in a}),
                                  repr({len(x): x for x in g}), p, s * 1000],
        ",", lambda text: text.encode(),
    ),
    "numbers of a data frame": (
        "name|artists|popularity|duration_ms",
        lambda n, t, a, g, p, s: [t, python_list(a), "%d.0" % p, "%d.0" % (s * 1000)],
        "|", lambda text: text.encode(),
    ),
    "YouTube Music": (
        "Video ID,Song Title,Album Title,Artist Name 1,Artist Name 2,Popularity,Time",
        lambda n, t, a, g, p, s: ["v%d" % n, t, "Al", a[0], a[1] if len(a) > 1 else "", p,
                                  clock(s)],
        ",", lambda text: text.encode(),
    ),
    "script of the Web API": (
        "Track_Name,Track_Id,Track_Popularity,Artist_1_Name,Artist_2_Name,Artist_1_Id,duration_ms",
        lambda n, t, a, g, p, s: [t, "w%d" % n, p, a[0], a[1] if len(a) > 1 else "", "x%d" % n,
                                  s * 1000],
        ",", lambda text: text.encode(),
    ),
    "your own list": (
        "Song,Artist,Popularity,Time",
        lambda n, t, a, g, p, s: [t, " feat. ".join(a), p, clock(s)],
        ",", lambda text: text.encode(),
    ),
}  # fmt: skip


def by_member(members):
    """How many songs each has, and the sum of their popularities."""
    found = {}
    for listed, popularity in zip(members, POPULARITY):
        for member in listed:
            count, total = found.get(member, (0, 0))
            found[member] = (count + 1, total + popularity)
    return found


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
                    popularity = (
                        has_popularity
                        if isinstance(has_popularity, list)
                        else [p if has_popularity else None for p in POPULARITY]
                    )
                    want = sorted(
                        (t, a, popularity[n], s * 1000 if has_length else None)
                        for n, t, a, _, s in rows
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
                            (summary["n"], summary["sum"]), (len(rows), sum(popularity))
                        )
                        self.assertAlmostEqual(summary["mean"], statistics.fmean(popularity))
                        self.assertAlmostEqual(summary["sd"], statistics.stdev(popularity))
                        self.assertEqual(summary["median"], statistics.median(popularity))
                    else:
                        self.assertEqual((summary["n"], summary["unknown"]), (0, len(rows)))

    def grouped(self, path, by):
        groups = self.good_json("stats", "--by", by, "--count", "tracks", "--catalog", path)
        return {g["key"]: (g["n"], g["sum"]) for g in groups["groups"]}

    def test_songs_of_several_artists_and_genres(self):
        rows = list(zip(range(len(TITLES)), TITLES, CREDITS, GENRES, POPULARITY, SECONDS))
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.csv")
            for name, (header, make, delimiter, encode) in LISTS.items():
                with self.subTest(name):
                    lines = [header] + [
                        delimiter.join(quoted(f, delimiter) for f in make(*row)) for row in rows
                    ]
                    path.write_bytes(encode("".join(line + "\r\n" for line in lines)))
                    songs = self.good_json("top", "--count", "entries", "--catalog", path)["songs"]
                    found = {
                        s["title"]: (
                            s.get("artists", [s["artist"]]),
                            s["popularity"],
                            s["duration_ms"],
                        )
                        for s in songs
                    }
                    self.assertEqual(found, {t: (a, p, s * 1000) for _, t, a, _, p, s in rows})
                    self.assertEqual(self.grouped(path, "artist"), by_member(CREDITS))
                    if "enres" in header:
                        self.assertEqual(self.grouped(path, "genre"), by_member(GENRES))
                    summary = self.good_json("stats", "--count", "tracks", "--catalog", path)[
                        "groups"
                    ][0]
                    self.assertEqual((summary["n"], summary["sum"]), (len(rows), sum(POPULARITY)))
                    self.assertAlmostEqual(summary["sd"], statistics.stdev(POPULARITY))

    def facts(self, header, *rows):
        """The songs of a small file, and the sentences about what was assumed."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.csv")
            path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
            songs = self.good_json("top", "-n", "100", "--count", "entries", "--catalog", path)
            info = self.run_cli("info", "--catalog", path).stdout
        return songs["songs"], [line for line in info.splitlines() if "assumed: " in line]

    def test_what_cells_tell_is_said(self):
        for header, row, want in (
            ("Track,Plays", "Ida - Rain,3", "the title follows the first dash"),
            ("Song,Plays", "Rain by Ida,3", 'the artist follows " by "'),
            ("title,artist,popularity", "Rain,Ida,0.5", "read on a scale from 0 to 1"),
            ("title,artist,duration", "Rain,Ida,3.75", "read as minutes"),
            ("title,artist,duration", "Rain,Ida,3.25", "3.27 may be minutes or 3 min 27 s"),
            ("title,artist,tempo", "Rain,Ida,3:25", "the column called tempo contains lengths"),
            ("title,artist,loudness", "Rain,Ida,0.5", "are not decibels"),
            (
                "title,artist,valence",
                "Rain,Ida,-0.5",
                "values below 0 are not on a scale from 0 to 1",
            ),
            ("title,artist,popularity", "Rain,Ida,716637", "are over 100"),
            ("title,artist,streams", "Rain,Ida,7", "most plays: 7"),
            ("title,artist,key", "Rain,Ida,17", "numbers over 11 are not on the scale"),
        ):
            with self.subTest(header=header, row=row):
                songs, assumed = self.facts(header, row)
                self.assertEqual((songs[0]["title"], songs[0]["artist"]), ("Rain", "Ida"))
                self.assertTrue(any(want in line for line in assumed), assumed)

    def test_lengths_under_a_second_are_told(self):
        rows = ["Rain,Ida,201000", "Sun,Ida,187", "Sea,Ida,240000"]
        _, assumed = self.facts("title,artist,duration", *rows)
        self.assertTrue(any("under 1 s in milliseconds: 1;" in line for line in assumed), assumed)
        rows[1] = "Sun,Ida,187 s"
        songs, assumed = self.facts("title,artist,duration", *rows)
        self.assertIn(187000, [song["duration_ms"] for song in songs])
        self.assertFalse(any("under 1 s" in line for line in assumed), assumed)

    def test_seconds_among_clock_times(self):
        rows = ["Rain,Ida,3:07", "Sun,Ida,187", "Sea,Orson,0:04:04", "Fog,Orson,2m 5s"]
        songs, assumed = self.facts("title,artist,length", *rows)
        self.assertEqual(
            {song["title"]: song["duration_ms"] for song in songs},
            {"Rain": 187000, "Sun": 187000, "Sea": 244000, "Fog": 125000},
        )
        self.assertTrue(any("read as seconds" in line for line in assumed), assumed)

    def test_minutes_and_seconds_with_a_point(self):
        rows = ["Song %d,Ida,3.%02d" % (n, n) for n in range(10, 40)]
        songs, assumed = self.facts("title,artist,duration", *rows)
        self.assertEqual(
            sorted(s["duration_ms"] for s in songs), [(180 + n) * 1000 for n in range(10, 40)]
        )
        self.assertTrue(any("3.27 is read as 3 min 27 s" in line for line in assumed), assumed)

    def test_points_among_clock_times(self):
        for rest in (["Sun,Ida,187"], []):
            rows = ["Rain,Ida,3:07", "Sea,Ida,3.23", *rest]
            songs, assumed = self.facts("title,artist,length", *rows)
            self.assertIn(203000, [song["duration_ms"] for song in songs])
            self.assertTrue(any("written like 3:27" in line for line in assumed), assumed)

    def test_titles_with_dashes_beside_artists_stay(self):
        songs, _ = self.facts("title,artist", "Rain - Live,Ida", "Sun - Remix,Orson")
        self.assertEqual(sorted(s["title"] for s in songs), ["Rain - Live", "Sun - Remix"])
        songs, _ = self.facts("Artist - Title", "Ida - Rain - Live")
        self.assertEqual((songs[0]["title"], songs[0]["artist"]), ("Rain - Live", "Ida"))

    def test_a_popularity_counts_more_than_plays(self):
        rows = ["Rain,Ida,50,900", "Sun,Ida,40,1000"]
        songs, _ = self.facts("title,artist,popularity,plays", *rows)
        self.assertEqual([song["popularity"] for song in songs], [50, 40])
        text = "title,artist,popularity,plays\n%s\n" % "\n".join(rows)
        for columns in ("play_count=plays", "track_popularity=plays"):
            top = ("top", "-c", "-", "--columns", columns)
            songs = self.good_json(*top, stdin=text)["songs"]
            self.assertEqual([song["popularity"] for song in songs], [100, 98])

    def test_a_song_in_several_weeks_has_its_highest_plays(self):
        rows = ["1,Rain,Ida,100", "2,Sun,Ida,60", "1,Sun,Ida,900", "2,Rain,Ida,", "3,Fog,Ida,x"]
        songs, _ = self.facts("rank,title,artist,streams", *rows)
        plays = {("Rain", 100), ("Sun", 60), ("Sun", 900)}
        want = {(t, round(100 * math.log1p(n) / math.log1p(900))) for t, n in plays}
        found = {(song["title"], song["popularity"]) for song in songs}
        self.assertEqual(found, want | {("Rain", None), ("Fog", None)})
        text = "rank,title,artist,streams\n%s\n" % "\n".join(rows)
        songs = self.good_json("top", "-c", "-", stdin=text)["songs"]
        self.assertEqual(songs[0]["title"], "Sun")
        self.assertEqual(songs[0]["popularity"], 100)

    def test_a_song_of_less_than_a_minute_has_a_length(self):
        rows = ["Rain,Ida,3,20", "Sun,Ida,0,45", "Fog,Ida,0,0", "Ice,Ida,,30"]
        songs, _ = self.facts("title,artist,minutes,seconds", *rows)
        lengths = {song["title"]: song["duration_ms"] for song in songs}
        self.assertEqual(lengths, {"Rain": 200000, "Sun": 45000, "Fog": None, "Ice": None})

    def test_plays_of_several_weeks_may_have_one_name(self):
        songs, _ = self.facts("title,artist,plays,plays", "Rain,Ida,900,1", "Sun,Ida,60,2")
        self.assertEqual([song["popularity"] for song in songs], [100, 60])

    def test_time_spent_listening_is_no_length(self):
        rows = ["Song %d,Ida,%d,%d" % (n, (180 + n % 9) * n, n) for n in range(1, 40)]
        songs, assumed = self.facts("title,artist,time,plays", *rows)
        self.assertEqual({song["duration_ms"] for song in songs}, {None})
        self.assertTrue(any("grow with the plays" in line for line in assumed), assumed)
        rows = ["Song %d,Ida,%d,%d" % (n, 180 + n % 9, n) for n in range(1, 40)]
        songs, _ = self.facts("title,artist,time,plays", *rows)
        self.assertIn(185000, {song["duration_ms"] for song in songs})

    def test_lengths_are_kept_that_plays_cannot_have_taken(self):
        # long songs have more plays here, but a play would have lasted less than a second
        rows = ["Song %d,Ida,%d,%d" % (n, 100 + 9 * n, 10**6 + n * 10**5) for n in range(1, 40)]
        songs, _ = self.facts("title,artist,seconds,plays", *rows)
        self.assertEqual(
            {song["duration_ms"] for song in songs} - {None},
            {1000 * (100 + 9 * n) for n in range(1, 40)},
        )

    def test_cells_of_rows_that_are_left_out_are_not_unknown(self):
        text = "n,title,artist,bpm\n1,Rain,Ida,120\n2,Sun,Ida,\n3,,,\n4,,,\n"
        info = self.good_json("info", "--catalog", "-", "--skip-bad-rows", stdin=text)
        report = info["report"]["files"][0]
        self.assertEqual((report["rows"], report["lost_rows"]), (2, 2))
        self.assertEqual(
            {column["column"]: column["unknown"] for column in report["columns"]},
            {"track_name": 0, "track_artist": 0, "tempo": 1},
        )

    def test_data_frames_in_json(self):
        table = {"title": TITLES, "artist": ARTISTS, "popularity": POPULARITY}
        rows = [dict(zip(table, row)) for row in zip(*table.values())]
        recordings = [
            {"title": t, "artist-credit": [{"name": a, "joinphrase": ""}], "popularity": p}
            for t, a, p in zip(TITLES, ARTISTS, POPULARITY)
        ]
        forms = {
            "lists": table,
            "columns": {name: dict(enumerate(column)) for name, column in table.items()},
            "index": dict(enumerate(rows)),
            "split": {
                "columns": list(table),
                "index": [0, 1, 2, 3],
                "data": [list(row.values()) for row in rows],
            },
            "MusicBrainz": {"count": 4, "offset": 0, "recordings": recordings},
        }
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.json")
            for name, form in forms.items():
                with self.subTest(name):
                    path.write_text(json.dumps(form), encoding="utf-8")
                    songs = self.good_json("top", "--catalog", path)["songs"]
                    self.assertEqual(
                        {(s["title"], s["artist"], s["popularity"]) for s in songs},
                        set(zip(TITLES, ARTISTS, POPULARITY)),
                    )
            path.write_text(json.dumps({"title": {n: "x" for n in range(100)}}), encoding="utf-8")
            result = self.run_cli("top", "--catalog", path)
            self.assertEqual(result.returncode, 1)
            self.assertIn('orient="records"', result.stderr)

    def test_objects_in_json_that_are_no_columns(self):
        songs = [{"title": t, "artist": a} for t, a in zip(TITLES, ARTISTS)]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "songs.json")
            tags = ["a"] * len(songs)
            path.write_text(json.dumps({"songs": songs, "tags": tags}), encoding="utf-8")
            found = self.good_json("top", "--catalog", path)["songs"]
            self.assertEqual({(s["title"], s["artist"]) for s in found}, set(zip(TITLES, ARTISTS)))
            # columns whose rows have different names: no order tells who sings what
            columns = {
                "title": {"0": "Rain", "1": "Sun"},
                "artist": {"1": "Ida", "0": "Orson"},
            }
            path.write_text(json.dumps(columns), encoding="utf-8")
            result = self.run_cli("top", "--catalog", path)
            self.assertEqual(result.returncode, 1, result.stdout)

    def test_a_cell_of_a_blank_reference_is_empty(self):
        songs, _ = self.facts(
            "title,artist,genre", "Rain,A &amp; B,&nbsp;", "Sun,Ida,pop", "Fog,Orson,&#x1F3B5;"
        )
        self.assertEqual([song["artist"] for song in songs if song["title"] == "Rain"], ["A & B"])

    def test_keys_on_another_scale_are_unknown(self):
        rows = ["Song %d,Ida,%d" % (n, n) for n in range(1, 25)]
        for header, keys in (("key", rows), ("initial_key", ["Rain,Ida,8A", "Sun,Ida,C#/Db"])):
            text = "title,artist,%s\n%s\n" % (header, "\n".join(keys))
            songs = [
                self.good_json("top", "-c", "-", "--feature", "key=%d" % key, stdin=text)["songs"]
                for key in range(12)
            ]
            found = {key: song["title"] for key, of in enumerate(songs) for song in of}
            self.assertEqual(found, {} if header == "key" else {9: "Rain", 1: "Sun"})

    def test_dates_of_charts_are_not_release_dates(self):
        rows = ["2021-11-%02d,Rain %d,Ida %d" % (n, n % 5, n % 3) for n in range(1, 29)]
        songs, _ = self.facts(rows[0], *rows[1:])
        self.assertEqual([song for song in songs if "release_date" in song], [])
        rows = ["2021-11-%02d,Rain %d,Ida %d" % (n, n, n % 5) for n in range(1, 29)]
        songs, _ = self.facts(rows[0], *rows[1:])
        self.assertEqual(len({song["release_date"] for song in songs}), 28)

    def test_the_delimiter_is_that_of_a_known_header(self):
        rows = ["%d Aug,%d,Rain %d - Ida,Peru" % (n, n, n) for n in range(1, 20)]
        songs, _ = self.facts("Datum,Streams,Song,Land", *rows)
        self.assertEqual({song["artist"] for song in songs}, {"Ida"})
        self.assertIn("Rain 7", {song["title"] for song in songs})

    def test_the_docs_list_every_shape(self):
        page = (cli.ROOT / "docs/song-files.md").read_text(encoding="utf-8")
        for name in (*SHAPES, *LISTS):
            self.assertIn("| %s |" % name, page)
        self.assertGreaterEqual(len(SHAPES) + len(LISTS), 25)


if __name__ == "__main__":
    cli.main()
