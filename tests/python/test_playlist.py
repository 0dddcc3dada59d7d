"""Playlists in."""

import json

import musicsched as m
import pytest


@pytest.fixture
def catalog(tmp_path):
    path = tmp_path / "songs.csv"
    path.write_text(
        "track_id,track_name,track_artist,track_popularity,duration_ms\n"
        "a1,Stone Garden,Ida Blue,50,201000\na2,Harbor,Orson,70,187000\na3,Say Hi,Orson,20,244000\n"
    )
    return m.Catalog.read_csv(path)


def test_a_file_is_wanted(catalog, tmp_path):
    path = tmp_path / "mix.m3u8"
    path.write_text("#EXTM3U\n#EXTINF:201,Ida Blue - Stone Garden\na.mp3\nOrson - Harbour.mp3\n")
    plan = m.Plan("2026-11-24").add_songs(path, catalog, must=True)
    assert [(song["track_id"], song["must"]) for song in plan.songs] == [("a1", True)]
    assert plan.match["form"] == "m3u" and (plan.match["found"], plan.match["missing"]) == (1, 1)
    missing = plan.match["songs"][1]
    assert missing["found"] == "none" and missing["line"] == 4
    assert missing["candidates"][0]["track_id"] == "a2"
    plan.add_task("Tea", 600)  # the plan can still be changed
    assert [song.title for song in catalog.schedule(plan).songs] == ["Stone Garden"]


def test_lists_bytes_and_one_playlist_of_several(catalog):
    plan = m.Plan("2026-11-24").add_songs(
        ["Harbor", {"title": "Say Hi", "artist": "Orson"}], catalog, limit=1
    )
    assert [song["track_id"] for song in plan.songs] == ["a2"]
    lists = {
        "playlists": [
            {"name": name, "items": [{"track": {"trackName": title, "artistName": "Orson"}}]}
            for name, title in [("Run", "Harbor"), ("Calm", "Say Hi")]
        ]
    }
    raw = json.dumps(lists).encode()
    assert catalog.match(raw)["found"] == 2
    assert [song["title"] for song in catalog.match(raw, only="Calm")["songs"]] == ["Say Hi"]
    with pytest.raises(m.NotFoundError, match="Party"):
        catalog.match(raw, only="Party")


def test_xml(catalog):
    xspf = (
        b"<playlist><trackList><track><title>Harbor</title><creator>Orson</creator>"
        b"</track></trackList></playlist>"
    )
    if m.can_read_xml():
        assert catalog.match(xspf)["songs"][0]["track"]["track_id"] == "a2"
    else:
        with pytest.raises(m.InputError, match="expat"):
            catalog.match(xspf)


def test_mistakes(catalog, tmp_path):
    with pytest.raises(m.InputError, match="empty"):
        catalog.match(b"")
    with pytest.raises(FileNotFoundError):
        catalog.match(tmp_path / "none.m3u")
    with pytest.raises(ValueError, match="limit"):
        m.Plan("2026-11-24").add_songs(["Harbor"], catalog, limit=0)
