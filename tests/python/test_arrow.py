"""Zero-copy columns, capsules, and tables of unusual shapes."""

import datetime
import gc
import pickle

import musicsched as m
import numpy as np
import pandas
import pyarrow as pa
import pytest
from conftest import csv_bytes


def test_numbers_are_not_copied_and_read_only(sample):
    for name in ("track_popularity", "duration_ms", "artist_index"):
        first, second = sample.tracks()[name], sample.tracks()[name]
        assert np.shares_memory(first, second), "both are the catalog's own column"
        assert not first.flags.writeable and not first.flags.owndata
        with pytest.raises(ValueError):
            first.setflags(write=True)
        with pytest.raises(ValueError):
            first[0] = 1
    assert (
        pa.table(sample.tracks())["artist_index"].chunk(0).buffers()[1].address
        == sample.tracks()["artist_index"].ctypes.data
    )


def test_numbers_are_columns_of_the_file_of_a_saved_catalog(sample, tmp_path):
    sample.save(tmp_path / "songs.msc")
    opened = m.Catalog.open(tmp_path / "songs.msc")
    numbers, tracks = opened.numbers(), sample.tracks().to_dict()
    for name in numbers.columns:
        if name in tracks:
            assert numbers.to_dict()[name] == pytest.approx(tracks[name], nan_ok=True), name
    lengths = numbers["duration_ms"]
    assert np.shares_memory(lengths, opened.tracks()["duration_ms"])
    assert not lengths.flags.writeable and not lengths.flags.owndata
    mean = lengths.mean()
    del opened, numbers
    gc.collect()
    assert lengths.mean() == mean, "an array keeps the file mapped"
    assert pa.table(sample.numbers()).num_rows == len(lengths)


def test_categories_are_those_of_pandas(sample, small):
    for catalog in (sample, small):
        frame, lists = catalog.to_pandas(), catalog.entries().to_dict()
        for name in ("track_id", "track_artist", "playlist_genre"):
            assert isinstance(frame[name].dtype, pandas.CategoricalDtype)
            assert frame[name].cat.categories.is_unique
            known = [None if value is np.nan else value for value in frame[name].tolist()]
            assert known == lists[name]
            assert frame[name].astype(str).value_counts().sum() == len(frame)


def test_categories_of_one_text_are_one_category():
    rows = (
        "track_id,track_name,artists,track_popularity,duration_ms\n"
        'a,One,A;B,50,200000\nb,Two,"A, B",40,200000\nc,Three,C;D,40,200000\n'
    )
    artists = m.Catalog.read_csv(rows.encode()).to_pandas()["track_artist"]
    assert artists.tolist() == ["A, B", "A, B", "C, D"]
    assert artists.cat.categories.is_unique


def test_arrays_outlive_the_catalog():
    catalog = m.Catalog.read_csv(csv_bytes())
    popularity, table = catalog.tracks()["track_popularity"], pa.table(catalog)
    capsule = catalog.top().__arrow_c_stream__()
    top = catalog.top()
    del catalog
    gc.collect()
    ballast = [bytearray(1000) for _ in range(1000)]
    assert popularity.tolist() == [90, 50, 0, 20]
    assert table["track_name"].to_pylist()[0] == "Été"
    assert top.to_dict()["track_id"][0] == "t1"
    assert (
        pa.RecordBatchReader._import_from_c_capsule(capsule).read_all()["track_id"].to_pylist()[0]
        == "t1"
    )
    del ballast


def test_pyarrow_sees_what_lists_show(sample, small):
    for catalog in (sample, small):
        for table in (
            catalog.entries(),
            catalog.tracks(),
            catalog.top(),
            catalog.group_by("artist"),
            catalog.histogram(),
            catalog.correlations(),
            catalog.find("the"),
        ):
            arrow = pa.table(table)
            arrow.validate(full=True)
            assert arrow.to_pydict() == table.to_dict()
            assert pa.schema(table).equals(arrow.schema)
            sent = pickle.loads(pickle.dumps(table))
            again = pa.table(sent)
            del sent
            again.validate(full=True)
            assert again.equals(arrow), "pickled, and held by pyarrow alone"
            for name in table.columns:
                values = [None if value != value else value for value in table[name].tolist()]
                assert values == table.to_dict()[name]


def test_empty_tables():
    empty = m.Catalog.read_csv(csv_bytes([]))
    for table in (
        empty.entries(),
        empty.tracks(),
        empty.top(),
        empty.group_by("genre"),
        empty.find("x"),
        empty.suggest(""),
    ):
        assert (
            len(table) == 0 and list(table) == [] and "<tr>" in table._repr_html_() and str(table)
        )
        assert pa.table(table).num_rows == 0
        pa.table(table).validate(full=True)
        assert table.to_pandas().shape == (0, len(table.columns))
        assert table.to_polars().height == 0
    assert empty.summary()["n"] == 0 and empty.summary()["mean"] is None
    assert len(m.Catalog.from_arrow(empty)) == 0


def test_what_is_not_known_is_null(small):
    catalog = m.Catalog.read_csv(
        b"track_id,track_name,track_artist,track_popularity,duration_ms\na,A,X,1,1000\n"
    )
    row = catalog.entries()[0]
    assert row["artists"] == ["X"] and row["genres"] == [] and row["subgenres"] == []
    assert [name for name, value in row.items() if value not in (None, [])] == [
        "track_id",
        "track_name",
        "track_artist",
        "artists",
        "track_popularity",
        "duration_ms",
    ]
    frame = catalog.to_pandas()
    assert frame.drop(columns=["genres", "subgenres"]).loc[0].notna().sum() == 6
    assert m.Catalog.from_arrow(frame).entries().to_dict() == catalog.entries().to_dict()


def test_artists_and_genres_are_lists():
    artists = [["Ida Blue", "Orson"], ["Tyler, The Creator"], ["Orson", "Ida Blue"]]
    genres = [["folk", "pop"], [], ["folk"]]
    catalog = m.Catalog.read_csv(
        b'title,artists,genres\nStone,Ida Blue;Orson,"folk, pop"\nRain,"Tyler, The Creator",\n'
        b"Sun,Orson;Ida Blue,folk\n"
    )
    arrow = pa.table(catalog)
    assert arrow.schema.field("artists").type == pa.list_(pa.string())
    for table in (catalog, arrow, catalog.to_pandas(), catalog.to_polars()):
        again = m.Catalog.from_arrow(table)
        assert again.entries().to_dict()["artists"] == artists
        assert again.entries()["genres"].tolist() == genres
        ignored = set(again.report()["files"][0]["ignored"])
        assert ignored <= {"", "release_date"}, "the text of the date has its precision"
        assert again.find("stone")[0]["artists"] == ["Ida Blue", "Orson"]
    assert "artists" not in str(catalog.entries()) and "Ida Blue, Orson" in str(catalog.entries())
    changed = catalog.to_pandas()
    changed["track_artist"] = ["Anna", "Ida Blue, Orson", "Max"]
    assert m.Catalog.from_arrow(changed).entries().to_dict()["artists"] == [
        ["Anna"],
        ["Ida Blue, Orson"],
        ["Max"],
    ]


def test_one_playlist_id_may_have_two_names():
    rows = [
        "a,A,X,1,,p,One,g,s,,1000",
        "b,B,X,1,,p,Two,g,s,,1000",
        "c,C,X,1,,,Three,g,s,,1000",
        "d,D,X,1,,,Four,g,s,,1000",
    ]
    catalog = m.Catalog.read_csv(csv_bytes(rows))
    assert catalog.to_pandas()["playlist_name"].tolist() == ["One", "Two", "Three", "Four"]
    assert catalog.to_polars()["playlist_id"].to_list() == ["p", "p", None, None]


def columns(**changes):
    table = {
        "track_id": ["a", "b"],
        "track_name": ["A", "B"],
        "track_artist": ["X", "Y"],
        "track_popularity": [1, 2],
        "duration_ms": [1000, 2000],
    }
    return {name: value for name, value in {**table, **changes}.items() if value is not None}


def test_columns_may_be_named_otherwise():
    table = pa.table(columns()).rename_columns({"track_name": "Title"})
    assert m.Catalog.from_arrow(table, columns={"track_name": "Title"}).tracks()[
        "track_name"
    ].tolist() == ["A", "B"]
    assert m.Catalog.from_arrow(table).tracks()["track_name"].tolist() == ["A", "B"], (
        "public names are known"
    )
    with pytest.raises(m.InputError, match="header lacks track_name"):
        m.Catalog.from_arrow(table, strict=True)
    csv = b"track_id,track_name,artists,popularity,duration_ms\na,n,x,7,1000\n"
    named = {"track_artist": "artists", "track_popularity": "popularity"}
    assert m.Catalog.read_csv(csv, columns=named).track("a")["artist"] == "x"
    assert m.Catalog.read(csv).track("a")["popularity"] == 7
    with pytest.raises(m.InputError, match='you mean "artists"'):
        m.Catalog.read_csv(csv, strict=True)
    with pytest.raises(m.ArgumentError, match="unknown column"):
        m.Catalog.read_csv(csv, columns={"artist": "artists"})
    with pytest.raises(TypeError, match="columns"):
        m.Catalog.read_csv(csv, columns=["artists"])


@pytest.mark.parametrize(
    "kind",
    [
        pa.int8(),
        pa.uint8(),
        pa.int16(),
        pa.uint16(),
        pa.int32(),
        pa.uint32(),
        pa.int64(),
        pa.uint64(),
        pa.float32(),
        pa.float64(),
    ],
)
def test_every_number_type_is_taken(kind):
    table = pa.table(columns(track_popularity=pa.array([1, 2], kind)))
    assert m.Catalog.from_arrow(table).tracks()["track_popularity"].tolist() == [1, 2]


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.uint32(), pa.large_string()),
    ],
)
def test_every_text_type_is_taken(kind):
    names = ["short", "a text longer than twelve bytes, é"]
    table = pa.table(columns(track_name=pa.array(names).cast(kind)))
    assert m.Catalog.from_arrow(table).tracks().to_dict()["track_name"] == names


def test_dates_of_every_type():
    import datetime as dt

    day = dt.date(2019, 6, 1)
    for values in (
        pa.array([day, None]),
        pa.array([day, None], pa.date64()),
        pa.array(["2019-06-01", None]),
        *(
            pa.array([dt.datetime(2019, 6, 1, 23, 59), None], pa.timestamp(unit))
            for unit in ("s", "ms", "us", "ns")
        ),
    ):
        catalog = m.Catalog.from_arrow(pa.table(columns(track_album_release_date=values)))
        assert catalog.tracks().to_dict()["track_album_release_date"] == ["2019-06-01", None]
    early = pa.array([dt.date(1969, 12, 31), None])
    catalog = m.Catalog.from_arrow(pa.table(columns(track_album_release_date=early)))
    assert catalog.tracks().to_dict()["track_album_release_date"] == ["1969-12-31", None]


def test_release_dates_are_dates_and_keep_their_precision_as_text(small):
    day = datetime.date(2019, 6, 1)
    tracks, texts = small.tracks(), ["2019-06-01", "2018-02", "1999", None]
    assert tracks.to_dict()["track_album_release_date"] == texts
    assert tracks.to_dict()["release_date"] == [day, None, None, None]
    assert tracks[0]["release_date"] == day
    assert tracks["release_date"].dtype == "datetime64[D]" and np.isnat(tracks["release_date"][1])
    assert pa.table(tracks)["release_date"].type == pa.date32()
    assert pickle.loads(pickle.dumps(tracks)).to_dict() == tracks.to_dict()
    assert small.top(count="entries").to_dict()["release_date"][:2] == [day, day]

    frame = small.to_pandas()
    assert frame["release_date"].dtype == "datetime64[s]"
    assert frame["release_date"][0] == pandas.Timestamp(day)
    assert frame["release_date"].isna().tolist() == [False, False, True, True, True]
    assert frame["release_date"].dt.year.max() == 2019
    again = m.Catalog.from_arrow(frame)
    assert again.tracks().to_dict()["track_album_release_date"] == texts, "no precision is lost"


def test_dates_of_all_years():
    days = ["0001-01-01", "1677-01-01", "9999-12-31"]
    catalog = m.Catalog.from_arrow(
        {
            "title": ["a", "b", "c"],
            "artist": ["A"] * 3,
            "popularity": [1, 2, 3],
            "release_date": days,
        }
    )
    assert [day.isoformat() for day in catalog.tracks().to_dict()["release_date"]] == days
    assert [str(day)[:10] for day in catalog.to_pandas()["release_date"]] == days


def test_slices_and_chunks():
    table = pa.concat_tables([pa.table(columns()), pa.table(columns(track_id=["c", "d"]))]).slice(
        1, 2
    )
    assert m.Catalog.from_arrow(table).tracks().to_dict()["track_id"] == ["b", "c"]


@pytest.mark.parametrize(
    "change, code, column, text",
    [
        ({"track_id": None}, "MSCHED_ERROR_HEADER", None, "header lacks track_id"),
        ({"track_name": [1, 2]}, "MSCHED_ERROR_HEADER", None, "cast it to text"),
        ({"duration_ms": ["1", "2"]}, "MSCHED_ERROR_HEADER", None, "cast it to a number"),
        ({"track_popularity": [1, 200]}, "MSCHED_ERROR_VALUE", None, "200"),
        ({"track_popularity": [1, None]}, "MSCHED_ERROR_VALUE", 4, "whole number"),
        ({"track_popularity": [1, 2.5]}, "MSCHED_ERROR_VALUE", 4, "whole number"),
        ({"track_name": ["A", "x\0y"]}, "MSCHED_ERROR_ENCODING", 2, "NUL"),
        ({"track_id": ["a", "a"]}, "MSCHED_ERROR_CONFLICT", None, "a"),
    ],
)
def test_bad_tables(change, code, column, text):
    table = pa.table(columns(**change))
    with pytest.raises(m.InputError, match=text) as caught:
        m.Catalog.from_arrow(table, strict=True)
    assert caught.value.code == code
    if code != "MSCHED_ERROR_HEADER":
        assert caught.value.line == 2
        assert len(m.Catalog.from_arrow(table, skip_bad_rows=True, strict=True)) == 1
    if column:
        assert caught.value.column == column


def test_a_stream_that_fails_is_told():
    def batches():
        yield pa.record_batch(columns())
        raise RuntimeError("the source broke")

    batch = pa.record_batch(columns())
    with pytest.raises(m.ReadError, match="the source broke"):
        m.Catalog.from_arrow(pa.RecordBatchReader.from_batches(batch.schema, batches()))


def test_a_table_is_read_as_liberally_as_a_file():
    import datetime as dt
    import decimal

    table = pa.table(
        {
            "Track Name": ["One", "Two", None],
            "Artist Name(s)": [["Ida", "Orson"], ["Ida"], None],
            "genres": ["pop,rock", "pop", None],
            "Duration": pa.array([dt.timedelta(seconds=201), dt.timedelta(seconds=187), None]),
            "Popularity": pa.array([decimal.Decimal("70.4"), None, None]),
            "energy": ["0,5", "NA", None],
            "mode": pa.array([True, False, None]),
            "year": [1999, 2001, None],
            "odd": pa.array([{"a": 1}, {"a": 2}, None]),
        }
    )
    catalog = m.Catalog.from_arrow(table)
    rows = catalog.tracks().to_dict()
    assert rows["track_name"] == ["One", "Two"]
    assert rows["track_artist"] == ["Ida, Orson", "Ida"]
    assert rows["duration_ms"] == [201000, 187000]
    assert rows["track_popularity"] == [70, None]
    assert rows["energy"][0] == 0.5
    assert rows["mode"] == [1, 0]
    assert rows["track_album_release_date"] == ["1999", "2001"]
    assert catalog.group_by("artist", count="tracks")["key"].tolist() == ["Ida", "Orson"]
    assert sorted(catalog.group_by("genre", count="tracks").to_dict()["key"]) == ["pop", "rock"]
    report = catalog.report()["files"][0]
    assert report["blank_rows"] == 1 and report["made_ids"] == 2
    assert "odd" in report["ignored"] or "" in report["ignored"]
    with pytest.raises(m.InputError, match="header lacks"):
        m.Catalog.from_arrow(table, strict=True)
    with pytest.raises(
        m.InputError, match='set columns, for example columns={"track_name": "Song"}'
    ):
        m.Catalog.from_arrow(pa.table({"amount": [1]}))


def test_the_first_rows_show_what_the_names_do_not(tmp_path):
    frames = (
        {"title": ["a", "b", "c"], "artist": ["x", "y", "z"], "popularity": [0.1, 0.5, 0.9]},
        {"title": ["a", "b", "c"], "artist": ["x", "y", "z"], "popularity": [9000, 500, 90]},
        {"song": ["x - a", "x - b", "x - c"], "plays": [3, 2, 1]},
        {"title": ["a &amp; b", "b", "c"], "artist": ["x", "y", "z"], "streams": ["1M", "9K", "7"]},
        {
            "title": ["a", "b", "c"],
            "artist": ["x", "y", "z"],
            "Minutes": [3, 4, 5],
            "Seconds": [7, 0, 59],
        },
    )
    for columns in frames:
        frame = pandas.DataFrame(columns)
        frame.to_csv(tmp_path / "songs.csv", index=False)
        of_file = m.Catalog.read_csv(tmp_path / "songs.csv").top(3).to_dict()
        assert m.Catalog.from_arrow(frame).top(3).to_dict() == of_file, columns
        assert of_file["track_popularity"] != [None] * 3 or "Minutes" in columns
    report = m.Catalog.from_arrow({"id": ["a"], "title": ["b"], "popularity": [-7]}).report_text()
    assert 'first "-7"' in report


def test_columns_and_rows_of_python():
    table = columns(
        track_artist=[["X", "Z"], ["Y"]],
        playlist_genre=[["pop", "rock"], []],
        track_popularity=[None, 2.0],
        track_album_release_date=[datetime.date(2019, 6, 14), None],
    )
    rows = [{name: values[i] for name, values in table.items()} for i in range(2)]
    for given in (table, rows, pa.table(table), pandas.DataFrame(table)):
        catalog = m.Catalog.from_arrow(given)
        tracks = catalog.tracks().to_dict()
        assert tracks["track_artist"] == ["X, Z", "Y"]
        assert tracks["track_popularity"] == [None, 2]
        assert tracks["track_album_release_date"] == ["2019-06-14", None]
        assert sorted(catalog.group_by("genre", count="tracks")["key"].tolist()) == ["pop", "rock"]
        assert sorted(catalog.group_by("artist", count="tracks")["key"].tolist()) == ["X", "Y", "Z"]
    with pytest.raises(ValueError, match="columns differ in length: track_name 1, track_id 2"):
        m.Catalog.from_arrow({"track_name": ["A"], "track_id": ["a", "b"]})
    with pytest.raises(m.InputError, match="popularity"):
        m.Catalog.from_arrow(columns(track_popularity=["x", 3]), strict=True)


def test_two_columns_of_one_name_are_named():
    frame = pandas.DataFrame([["A", "x", "B"]], columns=["title", "artist", "title"])
    with pytest.raises(ValueError, match="two columns are called 'title'"):
        m.Catalog.from_arrow(frame)


def test_a_frame_of_mixed_objects():
    frame = pandas.DataFrame(
        {
            "id": ["a", "b"],
            "name": ["A", 7],
            "artists": [[{"id": "x", "name": "X"}, {"id": "z", "name": "Z"}], "Y"],
            "duration_ms": [datetime.timedelta(seconds=187), datetime.timedelta(seconds=200)],
            "popularity": ["50", None],
        }
    )
    tracks = m.Catalog.from_arrow(frame).tracks().to_dict()
    assert (tracks["track_name"], tracks["track_artist"]) == (["A", "7"], ["X, Z", "Y"])
    assert (tracks["duration_ms"], tracks["track_popularity"]) == ([187000, 200000], [50, None])
