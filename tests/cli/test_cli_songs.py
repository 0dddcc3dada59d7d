"""Playlists of every form on the command line: what is found is what the generator wrote, compared
in plain Python.
"""

import csv
import gzip
import json
import pathlib
import plistlib
import random
import tempfile
import xml.etree.ElementTree as ElementTree

import cli

AUDIO = ".mp3"


def rows(count, seed):
    """Recordings of the sample catalog whose title and artist are of one track only."""
    with open(cli.SAMPLE, encoding="utf-8") as file:
        tracks = {row["track_id"]: row for row in csv.DictReader(file)}
    names = {}
    for row in tracks.values():
        names.setdefault((row["track_name"].casefold(), row["track_artist"].casefold()), []).append(
            row
        )
    single = [found[0] for found in names.values() if len(found) == 1]
    return random.Random(seed).sample(single, count)


def m3u(songs):
    lines = ["#EXTM3U"]
    for n, song in enumerate(songs):
        lines += [
            "#EXTINF:%d,%s - %s"
            % (int(song["duration_ms"]) // 1000, song["track_artist"], song["track_name"])
        ]
        lines += ["/music/%02d%s" % (n, AUDIO)]
    return "\n".join(lines).encode()


def xspf(songs):
    root = ElementTree.Element("playlist", version="1", xmlns="http://xspf.org/ns/0/")
    tracks = ElementTree.SubElement(root, "trackList")
    for song in songs:
        track = ElementTree.SubElement(tracks, "track")
        ElementTree.SubElement(track, "title").text = song["track_name"]
        ElementTree.SubElement(track, "creator").text = song["track_artist"]
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def itunes(songs):
    tracks = {
        str(n + 10): {
            "Track ID": n + 10,
            "Name": song["track_name"],
            "Artist": song["track_artist"],
        }
        for n, song in enumerate(reversed(songs))
    }
    order = [{"Track ID": len(songs) - 1 - n + 10} for n in range(len(songs))]
    return plistlib.dumps(
        {"Tracks": tracks, "Playlists": [{"Name": "Mix", "Playlist Items": order}]}, sort_keys=False
    )


def export(songs):
    items = [
        {
            "track": {
                "trackName": song["track_name"],
                "artistName": song["track_artist"],
                "albumName": song["track_album_name"],
                "trackUri": "spotify:track:" + song["track_id"],
            },
            "episode": None,
            "localTrack": None,
            "addedDate": "2024-02-01",
        }
        for song in songs
    ]
    return json.dumps({"playlists": [{"name": "Mix", "items": items}]}).encode()


def library(songs):
    tracks = [
        {
            "artist": s["track_artist"],
            "album": "",
            "track": s["track_name"],
            "uri": "spotify:track:" + s["track_id"],
        }
        for s in songs
    ]
    return json.dumps({"tracks": tracks, "albums": [], "bannedTracks": []}).encode()


def api(songs):
    items = [
        {"added_at": "2024-02-01T00:00:00Z",
         "track": {"name": s["track_name"], "artists": [{"name": s["track_artist"]}],
                   "duration_ms": 1, "uri": "spotify:track:" + s["track_id"],
                   "external_ids": {"isrc": "QZ0000000000"}}}
        for s in songs
    ]  # fmt: skip
    return json.dumps({"href": "", "items": items, "next": None}).encode()


def jspf(songs):
    tracks = [{"title": s["track_name"], "creator": s["track_artist"]} for s in songs]
    return json.dumps({"playlist": {"title": "Mix", "track": tracks}}).encode()


def title_artist(songs):
    return "\n".join("%s - %s" % (s["track_name"], s["track_artist"]) for s in songs).encode()


def artist_title(songs):
    return "\n".join("%s - %s" % (s["track_artist"], s["track_name"]) for s in songs).encode()


def links(songs):
    return "\n".join(
        "https://open.spotify.com/track/%s?si=x" % s["track_id"] for s in songs
    ).encode()


def table(songs):
    lines = ["Track URI,Track Name,Artist Name(s)"]
    for s in songs:
        name, artist = (s[key].replace('"', '""') for key in ("track_name", "track_artist"))
        lines.append('spotify:track:%s,"%s","%s"' % (s["track_id"], name, artist))
    return "\n".join(lines).encode()


def rekordbox(songs):
    root = ElementTree.Element("DJ_PLAYLISTS", Version="1.0.0")
    collection = ElementTree.SubElement(root, "COLLECTION", Entries=str(len(songs)))
    for n, s in enumerate(songs):
        ElementTree.SubElement(collection, "TRACK", TrackID=str(n), Name=s["track_name"],
                       Artist=s["track_artist"], Album="Sea", TotalTime="201")  # fmt: skip
    return ElementTree.tostring(root, "UTF-8", xml_declaration=True)


def traktor(songs):
    root = ElementTree.Element("NML", VERSION="19")
    ElementTree.SubElement(root, "HEAD", COMPANY="x")
    collection = ElementTree.SubElement(root, "COLLECTION", ENTRIES=str(len(songs)))
    for s in songs:
        entry = ElementTree.SubElement(
            collection, "ENTRY", TITLE=s["track_name"], ARTIST=s["track_artist"]
        )
        ElementTree.SubElement(entry, "ALBUM", TITLE="Sea")
        ElementTree.SubElement(entry, "INFO", PLAYTIME="201")
    return ElementTree.tostring(root, "UTF-8", xml_declaration=True)


def pls(songs):
    lines = ["[playlist]"]
    for n, s in enumerate(songs, 1):
        title = "%s - %s" % (s["track_artist"], s["track_name"])
        lines += ["File%d=/m/%d.mp3" % (n, n), "Title%d=%s" % (n, title), "Length%d=201" % n]
    return "\r\n".join([*lines, "NumberOfEntries=%d" % len(songs), "Version=2"]).encode()


def json_lines(songs):
    return "\n".join(
        json.dumps({"title": s["track_name"], "artist": s["track_artist"], "duration_ms": 201000})
        for s in songs
    ).encode()


def slices(songs):
    tracks = [
        {"pos": n, "artist_name": s["track_artist"], "track_name": s["track_name"],
         "track_uri": "spotify:track:" + s["track_id"], "album_name": "Sea", "duration_ms": 201000}
        for n, s in enumerate(songs)
    ]  # fmt: skip
    return json.dumps({"info": {}, "playlists": [{"name": "Mix", "tracks": tracks}]}).encode()


FORMS = {
    "m3u": m3u, "xspf": xspf, "itunes": itunes, "spotify-export": export,
    "spotify-library": library, "spotify-api": api, "jspf": jspf, "list": title_artist,
    "list ": artist_title, "list  ": links, "table": table,
    "collection": rekordbox, "collection ": traktor, "pls": pls, "json": json_lines,
    "spotify-export ": slices,
}  # fmt: skip


class SongsTest(cli.CliTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return path

    def test_every_form_means_the_songs_that_it_was_written_from(self):
        songs = rows(40, 16)
        want = [song["track_id"] for song in songs]
        for form, write in FORMS.items():
            with self.subTest(form=form):
                path = self.write("playlist", write(songs))
                answer = self.good_json("match", path, "--catalog", cli.SAMPLE)
                self.assertEqual(answer["form"], form.strip())
                self.assertEqual(answer["remarks"], [])
                self.assertEqual([song["track"]["track_id"] for song in answer["songs"]], want)
                self.assertEqual((answer["found"], answer["missing"]), (len(songs), 0))

    def test_players_files_are_catalogs(self):
        songs = rows(12, 16)
        want = {(song["track_name"], song["track_artist"]) for song in songs}
        for write in (rekordbox, traktor, pls, json_lines, slices):
            with self.subTest(write.__name__):
                path = self.write("songs", write(songs))
                top = self.good_json("top", "--catalog", path, "--count", "entries", "-n", "99")
                self.assertEqual({(s["title"], s["artist"]) for s in top["songs"]}, want)
                self.assertEqual({s["duration_ms"] for s in top["songs"]}, {201000})

    def test_lists_and_paths_are_no_catalogs(self):
        path = self.write("list.txt", "My songs 2024\n=====\nRain - Ida\n")
        said = self.bad(1, "top", path)
        self.assertIn("a list of songs can become the wanted songs of a plan", said)
        paths = self.write("mix.m3u", "/m/Ida/Sea/01 - Rain.flac\n/m/Ida/Sea/02 - Sun.flac\n")
        self.assertIn("the file is a playlist (list)", self.bad(1, "top", paths))
        answer = self.good_json("match", path, "--catalog", "-", stdin="title,artist\nRain,Ida\n")
        self.assertEqual([song["line"] for song in answer["songs"]], [1, 3])

    def test_packed_and_in_other_encodings(self):
        songs = rows(5, 16)
        want = [song["track_id"] for song in songs]
        for form, write in FORMS.items():
            data = write(songs)
            text = data if isinstance(data, str) else data.decode("utf-8-sig")
            text = text.replace('encoding="UTF-8"', "").replace("encoding='UTF-8'", "")
            for encode in (str.encode, lambda t: t.encode("utf-16")):
                with self.subTest(form=form):
                    path = self.write("playlist", gzip.compress(encode(text)))
                    answer = self.good_json("match", path, "--catalog", cli.SAMPLE)
                    self.assertEqual([s["track"]["track_id"] for s in answer["songs"]], want)

    def test_our_own_schedule(self):
        songs = rows(4, 3)
        plan = self.write("day.txt", "date: 2026-11-24\n")
        mix = self.write("mix.txt", links(songs))
        day = self.write(
            "day.json", self.good("plan", plan, "--catalog", cli.SAMPLE, "--songs", mix, "--json")
        )
        answer = self.good_json("match", day, "--catalog", cli.SAMPLE)
        self.assertEqual(answer["form"], "schedule")
        self.assertEqual(
            {song["track"]["track_id"] for song in answer["songs"]},
            {song["track_id"] for song in songs},
        )

    def test_songs_of_a_plan(self):
        songs = rows(5, 4)
        plan = self.write("day.txt", "date: 2026-11-24\n9-17 Work\n")
        one = self.write("one.txt", title_artist(songs[:3]))
        two = self.write(
            "two.m3u8", m3u(songs[2:]) + b"\n#EXTINF:9,Nobody - Unheard Of Xyzzy\nx.mp3\n"
        )
        result = self.run_cli(
            "plan", plan, "--catalog", cli.SAMPLE, "--songs", one, "--songs", two, "--json"
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        day = json.loads(result.stdout)
        placed = [entry["track_id"] for entry in day["entries"] if entry["kind"] == "song"]
        self.assertEqual(sorted(placed), sorted(song["track_id"] for song in songs))
        self.assertIn("two.m3u8:8: not in the catalog: Unheard Of Xyzzy - Nobody", result.stderr)

    def test_one_playlist_of_several(self):
        songs = rows(2, 5)
        lists = json.loads(export(songs[:1]))
        lists["playlists"] += [{**json.loads(export(songs[1:]))["playlists"][0], "name": "Other"}]
        path = self.write("Playlist1.json", json.dumps(lists))
        answer = self.good_json("match", "%s#Other" % path, "--catalog", cli.SAMPLE)
        self.assertEqual([song["list"] for song in answer["songs"]], ["Other"])
        error = self.bad(1, "match", "%s#None" % path, "--catalog", cli.SAMPLE)
        self.assertIn('it has "Mix", "Other"', error)

    def test_lines_as_players_and_people_write_them(self):
        songs = "title,artist,duration\nHarbour Lights,Ida Blue,3:21\nSide by Side,Orson,3:07\n"
        with tempfile.TemporaryDirectory() as folder:
            catalog, mix = pathlib.Path(folder, "songs.csv"), pathlib.Path(folder, "mix.txt")
            catalog.write_text(songs)
            for line in (
                "Ida Blue - [Coast #01] Harbour Lights",
                "Ida Blue - [Coast CD2 #1.04] Harbour Lights",
                "Ida Blue - [Coast] - 01 - Harbour Lights",
                "07. Harbour Lights - Ida Blue (3:21)",
                "[07] Ida Blue - Harbour Lights [3:21]",
                "#7 Ida Blue - Harbour Lights 3:21",
                "07 - Ida Blue - Harbour Lights",
                '● "Harbour Lights" by Ida Blue',
                "\u201cHarbour Lights\u201d \u2013 Ida Blue",
                "Harbour Lights by Ida Blue",
                "Ida Blue // Harbour Lights",
                "Harbour Lights | Ida Blue | 3:21",
                "Ida Blue\tHarbour Lights\t3:21",
                "Side by Side by Orson",
                "Orson - Side by Side",
                "Side by Side",
            ):
                with self.subTest(line):
                    mix.write_text(line + "\n", encoding="utf-8")
                    found = self.good_json("match", mix, "--catalog", catalog)
                    self.assertEqual(found["missing"], 0)
                    title = "Side by Side" if "Side" in line else "Harbour Lights"
                    self.assertEqual(found["songs"][0]["track"]["title"], title)

    def test_text_shows_what_is_missing(self):
        song = rows(1, 6)[0]
        path = self.write(
            "mix.txt", "%s - %s\nUnheard Of Xyzzy\n" % (song["track_name"], song["track_artist"])
        )
        shown = self.good("match", path, "--catalog", cli.SAMPLE)
        self.assertRegex(shown, r"(?m)^ *1 .* exact ")
        self.assertRegex(shown, r"(?m)^ *2 +Unheard Of Xyzzy +missing")
        self.assertIn("1 of 2 songs found (list)", shown)

    def test_songs_want_a_catalog(self):
        plan = self.write("day.txt", "date: 2026-11-24\n")
        error = self.bad(2, "plan", plan, "--songs", plan)
        self.assertIn("--songs needs a catalog", error)


if __name__ == "__main__":
    cli.main()
