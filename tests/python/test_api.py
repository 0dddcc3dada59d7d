"""What a catalog answers, and how its answers can be used."""

import gzip
import inspect
import io
import json
import os
import pathlib
import pickle
import threading
from importlib import metadata

import musicsched as m
import pytest
from conftest import ROWS, csv_bytes


def test_every_source_gives_the_same_catalog(tmp_path, small):
    path = tmp_path / "söngs.csv"
    path.write_bytes(csv_bytes())

    class OneByteAtATime:
        def __init__(self):
            self.file = io.BytesIO(csv_bytes())

        def read(self, size):
            return self.file.read(1)

    class Views(OneByteAtATime):
        def read(self, size):
            return memoryview(self.file.read(7))

    with open(path, "rb") as file:
        for source in (
            path,
            str(path),
            os.fspath(path),
            csv_bytes(),
            bytearray(csv_bytes()),
            memoryview(csv_bytes()),
            file,
            io.BytesIO(csv_bytes()),
            OneByteAtATime(),
            Views(),
        ):
            assert m.Catalog.read_csv(source).entries().to_dict() == small.entries().to_dict()


def test_counts(small):
    assert len(small) == 5
    assert {name: small.info[name] for name in ("entries", "tracks", "artists", "genres")} == {
        "entries": 5,
        "tracks": 4,
        "artists": 3,
        "genres": 2,
    }
    assert repr(small) == "<Catalog: 5 entries, 4 tracks, 4 recordings>"


def test_entries_are_the_rows(small):
    rows = list(small.entries())
    assert [row["track_id"] for row in rows] == [row.split(",")[0] for row in ROWS]
    assert rows[2]["track_name"] == "One, two" and rows[4]["track_artist"] == "Zoë"
    assert [row["track_album_release_date"] for row in rows] == [
        "2019-06-01",
        "2019-06-01",
        "2018-02",
        "1999",
        None,
    ]
    assert [row["energy"] for row in rows] == [0.9, 0.9, 0.5, None, 0.1]
    assert rows[0]["track_album_id"] is None, "a column that the input does not have is not known"


def test_tracks_are_counted_once(small):
    tracks = small.tracks()
    assert tracks.to_dict()["track_id"] == ["t1", "t2", "t3", "t4"]
    assert tracks.to_dict()["track_popularity"] == [90, 50, 0, 20]


def test_top(small):
    assert [row["track_id"] for row in small.top()] == ["t1", "t2", "t4", "t3"]
    assert [row["track_id"] for row in small.top(3, count="entries")] == ["t1", "t1", "t2"]
    assert [row["track_id"] for row in small.top(10, genre="rock")] == ["t1", "t3"]


@pytest.mark.parametrize(
    "where, ids",
    [
        ({"genre": ["pop"]}, ["t1", "t2", "t4"]),
        ({"subgenre": "indie"}, ["t4"]),
        ({"artist": {"Bob"}}, ["t2", "t3"]),
        ({"playlist": "Mix"}, ["t1", "t3"]),
        ({"years": (2000, None)}, ["t1", "t2"]),
        ({"years": (None, 1999)}, ["t3"]),
        ({"popularity": (20, 50)}, ["t2", "t4"]),
        ({"features": {"energy": (0.5, None)}}, ["t1", "t2"]),
        ({"exclude_zero": True}, ["t1", "t2", "t4"]),
        ({"genre": "pop", "years": (2019, 2019)}, ["t1"]),
        ({"genre": "Pop", "years": (2019, 2019)}, ["t1"]),
        ({"genre": "Pop", "allow_unknown": True}, []),
        ({"genre": "jazz", "allow_unknown": True}, []),
        ({"genre": ["jazz", "rock"], "allow_unknown": True}, ["t1", "t3"]),
    ],
)
def test_filters(small, where, ids):
    assert sorted(small.top(**where).to_dict()["track_id"]) == ids
    assert small.summary(count="tracks", **where)["n"] == len(ids)


@pytest.mark.parametrize(
    "where, message",
    [
        ({"genre": "Popp"}, 'no genre "Popp": did you mean "pop"?'),
        ({"genre": "indie"}, 'no genre "indie": it is a subgenre'),
        ({"genre": "jazz"}, 'no genre "jazz": the genres are pop and rock'),
        ({"artist": "Bbo"}, 'no artist "Bbo": did you mean "Bob"?'),
        ({"playlist": ["Mix", "Mixx"]}, 'no playlist "Mixx": did you mean "Mix"?'),
    ],
)
def test_names_that_are_not_there_are_errors(small, where, message):
    for ask in (
        small.top,
        small.summary,
        small.histogram,
        small.correlations,
        lambda **given: small.group_by("genre", **given),
    ):
        with pytest.raises(m.NotFoundError) as caught:
            ask(**where)
        assert str(caught.value) == message
        assert caught.value.code == "MSCHED_ERROR_NOT_FOUND"


def test_january_first_can_be_left_out(small):
    catalog = m.Catalog.read_csv(
        csv_bytes(["a,A,X,10,2019-01-01,p,P,g,s,0.5,1000", "b,B,X,20,2019-01-02,p,P,g,s,0.5,1000"])
    )
    assert catalog.trend("month")["n"].tolist() == [2]
    assert catalog.trend("month", exclude_january_first=True)["sum"].tolist() == [20]


def test_what_is_counted_by_default():
    """One song under two ids, one of them in two playlists."""
    songs = m.Catalog.read_csv(
        b"track_id,track_name,track_artist,track_popularity,track_album_release_date,playlist_id,"
        b"playlist_genre,energy\n"
        b"a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n"
        b"a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n"
    )
    assert [song["track_id"] for song in songs.top()] == ["a1", "b1"]
    assert songs.group_by("genre")[0]["n"] == songs.trend()[0]["n"] == songs.summary()["n"] == 3
    assert sum(each["n"] for each in songs.histogram()) == songs.correlations()[1]["n"] == 3


def test_group_by(small):
    groups = small.group_by("genre")
    assert groups.to_dict()["key"] == ["pop", "rock"]
    assert groups.to_dict()["n"] == [3, 2] and groups.to_dict()["sum"] == [160, 90]
    assert groups[0]["mean"] == pytest.approx(160 / 3)
    assert small.group_by("genre", order="key", limit=1)[0]["key"] == "pop"
    assert len(small.group_by("artist", count="entries", min_n=2)) == 2


def test_whether_groups_differ(sample):
    scipy = pytest.importorskip("scipy.stats")
    songs = m.Catalog.read_csv(
        b"track_id,track_name,track_artist,track_popularity,playlist_genre\n"
        b"a,A,Ana,70,pop\nb,B,Ana,70,pop\nc,C,Ben,40,pop\nd,D,Ben,10,rock\ne,E,Cy,20,rock\n"
        b"f,F,Cy,40,rock\ng,G,Di,55,rock\nh,H,Di,0,jazz\ni,I,Ed,0,jazz\nj,J,Ed,90,jazz\n"
    )
    values = [70, 70, 40], [10, 20, 40, 55], [0, 0, 90]
    test = songs.group_by("genre", limit=1).test()
    assert test["group_count"] == 3 and test["n"] == 10
    assert [test["f"], test["p"]] == pytest.approx(scipy.f_oneway(*values))
    assert [test["kruskal_h"], test["kruskal_p"]] == pytest.approx(scipy.kruskal(*values))
    assert songs.group_by("genre", genre="pop").test()["p"] is None, "one group only"
    known = sample.tracks().to_pandas().dropna(subset=["track_popularity", "energy"])
    wanted = scipy.pearsonr(known["energy"], known["track_popularity"])
    assert sample.correlations()[1]["p"] == pytest.approx(wanted.pvalue)


def test_trend_is_in_order_of_time(small):
    assert small.trend("year").to_dict()["key"] == ["1999", "2018", "2019"]
    assert small.trend("year", min_n=2).to_dict()["key"] == []
    assert small.trend("year", limit=1).to_dict()["key"] == ["1999"]
    assert small.trend("month").to_dict()["key"] == ["02", "06"], (
        "dates without a month are left out"
    )


def test_histogram(small):
    histogram = small.histogram(5)
    assert histogram["n"].tolist() == [1, 1, 1, 0, 1] and histogram["zeros"].tolist() == [
        1,
        0,
        0,
        0,
        0,
    ]


def test_correlations(sample):
    result = sample.correlations()
    assert [row["feature"] for row in result] == list(m.FEATURES)
    assert all(
        row["r_ci95_low"] <= row["r"] <= row["r_ci95_high"]
        for row in result
        if row["r"] is not None
    )


def test_find_and_suggest(small):
    assert small.find("ete")[0]["track_id"] == "t1", "without the accents"
    assert small.find("thrree bob")[0]["match"] == "typo"
    assert len(small.find("thre", typos=False)) == 1, "the beginning of a word is not a mistake"
    assert len(small.find("nothing like it", typos=False)) == 0
    assert small.suggest("on")[0]["track_id"] == "t2"
    assert small.suggest("")[0]["track_id"] == "t1"


def test_json_is_the_library_s(small):
    for result in (
        small.top(),
        small.group_by("genre"),
        small.histogram(),
        small.correlations(),
        small.find("one"),
        small.suggest("o"),
    ):
        data = json.loads(result.to_json())
        lists = [value for value in data.values() if isinstance(value, list)]
        assert len(lists) == 1 and len(lists[0]) == len(result)


def test_groups_merge_to_the_whole(sample):
    whole, genres = sample.group_by("subgenre"), sample.group_by("genre").to_dict()["key"]
    parts = [sample.group_by("subgenre", genre=genre) for genre in genres]
    assert m.Groups.merge(parts).to_state() == whole.to_state()
    assert m.Groups.merge(reversed(parts), limit=3).to_dict() == {
        name: values[:3] for name, values in whole.to_dict().items()
    }
    saved = [m.Groups.from_state(part.to_state()) for part in parts]
    assert m.Groups.merge(saved).to_state() == whole.to_state()
    sent = pickle.loads(pickle.dumps(parts))
    assert m.Groups.merge(sent).to_json() == whole.to_json()


def test_correlations_merge_to_the_whole(sample):
    genres = sample.group_by("genre").to_dict()["key"]
    parts = [
        pickle.loads(pickle.dumps(sample.correlations(count="entries", genre=genre)))
        for genre in genres
    ]
    assert m.Correlations.merge(parts).to_state() == sample.correlations(count="entries").to_state()


def test_states_of_different_questions_do_not_merge(small):
    with pytest.raises(m.InputError) as caught:
        m.Groups.merge([small.group_by("genre"), small.group_by("artist")])
    assert caught.value.code == "MSCHED_ERROR_CONFLICT"
    with pytest.raises(TypeError, match="parts: Groups, not Correlations"):
        m.Groups.merge([small.correlations()])


def test_a_table_reads_like_python(small):
    table = small.group_by("genre")
    assert len(table) == 2 and table.columns[:3] == ["key", "label", "n"]
    assert (
        table[-1] == table[1]
        and table[0:2] == [table[0], table[1]]
        and table[::-1] == [table[1], table[0]]
    )
    assert [row["key"] for row in table] == ["pop", "rock"]
    assert dict(table)["n"].tolist() == [3, 2]
    assert repr(table).splitlines()[0].split()[:3] == ["key", "label", "n"]
    with pytest.raises(KeyError, match="no column 'nn'; there are key, label, n"):
        table["nn"]
    with pytest.raises(IndexError, match="row 2 of 2"):
        table[2]
    with pytest.raises(TypeError, match="key"):
        table[1.5]


def test_html_is_escaped():
    catalog = m.Catalog.read_csv(csv_bytes(["t,<b>x</b>,A & B,5,,p,P,g,s,,1000"]))
    html = catalog.top()._repr_html_()
    assert "&lt;b&gt;x&lt;/b&gt;" in html and "A &amp; B" in html and "<b>" not in html


def test_long_tables_are_shown_in_part(sample):
    assert repr(sample.entries()).splitlines()[-1] == f"... {len(sample) - 20} more rows"
    assert f"{len(sample) - 50} more rows" in sample.entries()._repr_html_()


def test_progress_is_told_and_a_bar_is_shown(sample_path, capsys):
    seen = []
    m.Catalog.read_csv(sample_path, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen) and seen[-1][0] == sample_path.stat().st_size == seen[-1][1]
    m.Catalog.read_csv(sample_path, progress=True)
    assert "100%" in capsys.readouterr().err


def test_a_catalog_serves_many_threads(sample):
    expected = sample.group_by("genre").to_state(), sample.find("the").to_json()
    wrong = []

    def ask():
        for _ in range(50):
            if (sample.group_by("genre").to_state(), sample.find("the").to_json()) != expected:
                wrong.append(1)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_package_says_what_it_is():
    facts = metadata.metadata("musicsched")
    assert (
        facts["Version"] == m.__version__ and facts["License-Expression"] == "MIT AND Unicode-3.0"
    )
    required = [line for line in metadata.requires("musicsched") if "extra" not in line]
    assert required == ["cffi>=1.17"]
    assert set(facts.get_all("Provides-Extra")) == {"pandas", "arrow", "polars", "plot", "notebook"}
    assert all(hasattr(m, name) for name in m.__all__)


def test_conditions_are_named_in_the_signatures():
    for method in (
        m.Catalog.top,
        m.Catalog.group_by,
        m.Catalog.summary,
        m.Catalog.trend,
        m.Catalog.histogram,
        m.Catalog.correlations,
    ):
        parameters = inspect.signature(method).parameters
        assert parameters["genre"].kind == inspect.Parameter.KEYWORD_ONLY
        assert parameters["exclude_zero"].default is False and parameters["years"].default is None
        assert "where" not in parameters


def test_head_and_some_columns(small):
    assert small.head(2)["track_name"].tolist() == ["Été", "Été"]
    assert len(small.head()) == len(small.head(99)) == 5
    part = small.entries()[["track_name", "energy"]]
    assert part.columns == ["track_name", "energy"]
    assert part.to_dict() == {key: small.entries().to_dict()[key] for key in part.columns}
    assert small.head(4).to_dict()["energy"] == small.entries().to_dict()["energy"][:4]
    assert len(small.head(0)) == 0 and small.head(0).to_dict()["track_name"] == []
    assert small.to_arrow().num_rows == 5
    with pytest.raises(KeyError, match="no column 'loud'"):
        small.entries()[["loud"]]
    with pytest.raises(ValueError, match="^rows"):
        small.head(-1)


def test_genres(small):
    assert small.genres() == ["pop", "rock"]


def test_a_catalog_closes_at_the_end_of_its_block():
    with m.Catalog.read_csv(csv_bytes()) as catalog:
        top = catalog.top(1)
        entries = catalog.entries()
    assert repr(catalog) == "<Catalog: closed>"
    assert top[0]["track_name"] == "Été" and len(entries) == 5  # tables keep what they need
    for use in (catalog.top, catalog.genres, catalog.prepare, lambda: len(catalog)):
        with pytest.raises(m.ArgumentError, match="the catalog is closed"):
            use()
    catalog.close()


def test_the_home_folder_and_packed_files(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "songs.csv.gz").write_bytes(gzip.compress(csv_bytes()))
    assert len(m.Catalog.read_csv("~/songs.csv.gz")) == 5
    catalog = m.Catalog.read_csv([pathlib.Path("~/songs.csv.gz")])
    catalog.save("~/songs.msc")
    assert len(m.Catalog.open("~/songs.msc")) == 5


def test_the_encoding_is_found_out_or_named():
    data = "title,artist\nГруппа крови,Кино\n".encode("cp1251")
    for encoding in (None, "CP1251"):
        catalog = m.Catalog.read_csv(data, encoding=encoding)
        assert catalog.top(1)[0]["track_artist"] == "Кино"
        assert catalog.report()["files"][0]["encoding"] == "CP1251"
    with pytest.raises(ValueError, match="unknown encoding"):
        m.Catalog.read_csv(data, encoding="none")
    with pytest.raises(TypeError, match="encoding"):
        m.Catalog.read_csv(data, encoding=5)


def test_tables_are_equal_by_value(small):
    assert small.top(2) == small.top(2) and small.top(2) != small.top(1)
    assert small.top(2) != small.top(2)[["rank", "track_id"]]
    assert small.group_by("genre") == pickle.loads(pickle.dumps(small.group_by("genre")))
    assert small.top(1) != small.top(1).to_dict()
