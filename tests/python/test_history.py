"""Listening histories in."""

import gzip
import json

import musicsched as m
import pytest

PLAYS = [
    {"endTime": "2026-11-21 23:30", "artistName": "Orson", "trackName": "Harbor",
     "msPlayed": 187000},
    {"endTime": "2026-11-22 08:00", "artistName": "Orson", "trackName": "harbor", "msPlayed": 2000},
    {"endTime": "2026-11-23 09:00", "artistName": "Ida Blue", "trackName": "Rain",
     "msPlayed": 60000},
    {"endTime": "soon", "artistName": "Ida Blue", "trackName": "Rain", "msPlayed": 60000},
]  # fmt: skip
SONGS = (
    "track_id,track_name,track_artist,track_popularity,duration_ms\n"
    "a1,Stone Garden,Ida Blue,5,201000\na2,Harbor,Orson,70,187000\na3,Say Hi,Orson,20,180000\n"
)


@pytest.fixture
def history(tmp_path):
    one, two = tmp_path / "StreamingHistory0.json", tmp_path / "StreamingHistory1.json"
    one.write_text(json.dumps(PLAYS[:2]))
    two.write_text(json.dumps(PLAYS[1:]))
    return m.History.read([one, two])


@pytest.fixture
def catalog(tmp_path):
    (tmp_path / "songs.csv").write_text(SONGS)
    return m.Catalog.read_csv(tmp_path / "songs.csv")


def test_a_summary(history):
    assert len(history) == 3 and repr(history) == "<History: 3 plays of 2 songs>"
    assert history.info["duplicates"] == 1
    assert history.remarks == ["StreamingHistory1.json:1: its time cannot be read"]
    summary = history.summary(timezone="Europe/Berlin")
    assert [(row["title"], row["plays"], row["played_ms"]) for row in summary["songs"]] == [
        ("Harbor", 2, 189000),
        ("Rain", 1, 60000),
    ]
    assert summary["first_date"] == "2026-11-22" and summary["streaks"]["longest"] == 2
    assert [row["plays"] for row in summary["hours"]][:1] == [1]  # half past midnight in Berlin
    late = history.summary(start="2026-11-22", min_played_s=30, limit=1)
    assert (late["plays"], late["timezone"]) == (1, "UTC")


def test_a_folder(history, tmp_path):
    account = tmp_path / "my_spotify_data" / "Spotify Account Data"
    account.mkdir(parents=True)
    (account / "StreamingHistory_music_0.json.gz").write_bytes(
        gzip.compress(json.dumps(PLAYS).encode())
    )
    (account / "Userdata.json").write_text('{"username": "me"}')
    assert m.History.read(tmp_path / "my_spotify_data").info["plays"] == 3
    assert m.Catalog.read(tmp_path / "my_spotify_data").top(1)[0]["track_name"] == "Harbor"
    (tmp_path / "empty").mkdir()
    with pytest.raises(m.InputError, match="no listening history"):
        m.History.read(tmp_path / "empty")


def test_a_catalog_of_what_is_played(history, catalog):
    mine = history.catalog()
    assert [row["track_name"] for row in mine.top(2)] == ["Harbor", "Rain"]
    ranked = history.catalog(catalog)
    assert ranked.track("a2")["popularity"] == 100 and ranked.track("a1")["popularity"] == 0


def test_a_plan_avoids_what_was_heard(history, catalog):
    plan = m.Plan("2026-11-24").fill(180)
    plan.add_song("Harbor").avoid(history, catalog, days=5)
    day = catalog.schedule(plan)
    assert sorted(song.title for song in day.songs) == ["Harbor", "Say Hi"]
    assert json.loads(plan.to_json())["listening"]["fill"]["avoid"] == ["a2"]
    assert any("was already heard on 2026-11-22" in str(warning) for warning in day.warnings)


def test_a_plan_without_the_history_that_it_names_says_so(history, catalog, tmp_path):
    plan = m.Plan("2026-11-24").fill(180)
    plan.listening(avoid_files=["yesterday.json"], avoid_days=5)
    day = catalog.schedule(plan)
    assert [code for code, _ in day.warnings] == ["no_history"]
    assert "yesterday.json" in str(day.warnings[0])
    # another file does not answer for this one
    assert catalog.schedule(plan.avoid(history, catalog)).warnings
    (tmp_path / "yesterday.json").write_text(json.dumps(PLAYS[:2]))
    heard = m.History.read(tmp_path / "yesterday.json")
    assert not catalog.schedule(plan.avoid(heard, catalog)).warnings


def test_mistakes(history, catalog, tmp_path):
    with pytest.raises(m.ReadError):
        m.History.read(tmp_path / "none.json")
    with pytest.raises(m.InputError, match="not valid JSON"):
        m.History.parse("[{]")
    with pytest.raises(m.InputError, match="date"):
        history.summary(start="May")
    with pytest.raises(ValueError, match="days"):
        m.Plan("2026-11-24").avoid(history, catalog, days=0)
    with pytest.raises(TypeError):
        m.History()


def test_files_of_every_kind_are_a_catalog(tmp_path):
    heard, songs, mix = (tmp_path / name for name in ("heard.json", "songs.csv", "Road trip.m3u8"))
    heard.write_text(json.dumps(PLAYS[:3]))
    songs.write_text(SONGS)
    mix.write_text("#EXTM3U\n#EXTINF:201,Ida Blue - Stone Garden\na.mp3\n")
    assert m.Catalog.read(heard).top(1)[0]["track_name"] == "Harbor"
    ranked = m.Catalog.read([songs, heard])
    assert ranked.track("a2")["popularity"] == 100 and ranked.track("a1")["popularity"] == 0
    listed = m.Catalog.read(mix)
    song = listed.top(1)[0]
    assert (song["track_name"], song["track_artist"]) == ("Stone Garden", "Ida Blue")
    assert song["track_popularity"] is None and song["duration_ms"] == 201000
    assert "the file is a playlist (m3u)" in " ".join(listed.report()["files"][0]["assumed"])
    assert m.Catalog.read([songs, mix]).info["playlists"] == 2
