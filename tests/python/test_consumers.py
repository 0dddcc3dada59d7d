"""Our tables in pandas, pyarrow, Polars and DuckDB, and theirs here; what goes round comes back the
same.
"""

import importlib
import sys

import musicsched as m
import pytest


def need(name):
    return pytest.importorskip(name)


def to_pandas(table):
    return table.to_pandas()


def to_pandas_by_arrow(table):
    return need("pyarrow").table(table).to_pandas()


def to_pyarrow(table):
    return need("pyarrow").table(table)


def to_polars(table):
    return table.to_polars()


def to_duckdb(table):
    duckdb = need("duckdb")
    relation = duckdb.connect().from_arrow(need("pyarrow").table(table))
    return relation


CONSUMERS = {
    "pandas": to_pandas,
    "pandas by pyarrow": to_pandas_by_arrow,
    "pyarrow": to_pyarrow,
    "polars": to_polars,
    "duckdb": to_duckdb,
}


@pytest.fixture(params=CONSUMERS)
def give(request):
    need(request.param.split()[0])
    return CONSUMERS[request.param]


def test_a_catalog_goes_round(give, small, sample):
    for catalog in (small, sample):
        theirs = give(catalog.entries())
        back = m.Catalog.from_arrow(theirs)
        assert back.entries().to_dict() == catalog.entries().to_dict()
        assert {**back.info, "memory_bytes": 0} == {**catalog.info, "memory_bytes": 0}
        assert back.group_by("genre").to_state() == catalog.group_by("genre").to_state()


def test_the_real_catalog_goes_round(give, real):
    back = m.Catalog.from_arrow(give(real.entries()))
    assert back.entries().to_dict() == real.entries().to_dict()
    assert back.correlations().to_state() == real.correlations().to_state()


def test_pandas_reads_results(small):
    pandas = need("pandas")
    frame = small.group_by("genre").to_pandas()
    assert frame["key"].tolist() == ["pop", "rock"] and frame["sum"].tolist() == [160, 90]
    assert frame["n"].dtype == "int64" and frame["mean"].dtype == "float64"
    popularity = small.to_pandas()["track_popularity"]
    assert (popularity - 100).tolist() == [-10, -10, -50, -100, -80] and (
        popularity**2
    ).tolist() == [8100, 8100, 2500, 0, 400]
    if hasattr(pandas.DataFrame, "from_arrow"):
        assert pandas.DataFrame.from_arrow(small.group_by("genre"))["n"].tolist() == [3, 2]
    entries = small.to_pandas()
    assert entries["playlist_genre"].dtype == "category" and entries["track_artist"].tolist() == [
        "Ana",
        "Ana",
        "Bob",
        "Bob",
        "Zoë",
    ]
    assert entries["energy"].isna().tolist() == [False, False, False, True, False]


def test_pandas_read_csv_becomes_a_catalog(sample_path, sample):
    pandas = need("pandas")
    frame = pandas.read_csv(sample_path, keep_default_na=False, na_values={"energy": ""})
    assert (
        m.Catalog.from_arrow(frame).group_by("genre").to_state()
        == sample.group_by("genre").to_state()
    )


def test_pandas_without_pyarrow(small, monkeypatch):
    """to_pandas needs NumPy alone, and says the same."""
    pandas = need("pandas")
    pyarrow = {name for name in sys.modules if name.split(".")[0] == "pyarrow"}

    def values(frame):
        return {
            name: frame[name].astype(object).where(frame[name].notna(), None).tolist()
            for name in frame.columns
        }

    expected = values(small.to_pandas())
    for name in pyarrow | {"pyarrow"}:
        monkeypatch.setitem(sys.modules, name, None)
    assert values(small.to_pandas()) == expected
    assert importlib.import_module("pandas") is pandas


def test_null_whole_numbers_stay_whole(sample):
    need("pandas")
    made = sample.schedule(m.Plan("2026-11-24").add_event("Work", "09:00", "17:00").fill(600))
    frame = made.table().to_pandas()
    assert str(frame["todo"].dtype) == "Int64" and frame["todo"].isna().sum() == len(made.songs)


def test_polars(sample, sample_path):
    polars = need("polars")
    assert sample.to_polars().shape == (len(sample), 27)
    assert sample.to_polars()["release_date"].dtype == polars.Date
    frame = polars.read_csv(sample_path, infer_schema_length=None)
    assert (
        m.Catalog.from_arrow(frame).group_by("artist").to_state()
        == sample.group_by("artist").to_state()
    )
    counted = frame.group_by("playlist_genre").agg(polars.col("track_popularity").sum())
    of_rows = sample.group_by("genre", count="entries")
    sums = {row["key"]: row["sum"] for row in of_rows}
    assert dict(counted.iter_rows()) == sums


def test_duckdb(sample, sample_path):
    duckdb = need("duckdb")
    db = duckdb.connect()
    relation = db.sql(f"select * from read_csv('{sample_path}')")
    assert (
        m.Catalog.from_arrow(relation).group_by("genre").to_state()
        == sample.group_by("genre").to_state()
    )
    songs = sample.entries()
    assert db.sql("select count(*), sum(track_popularity) from songs").fetchall() == [
        (len(sample), sample.summary(count="entries")["sum"])
    ], "a table is seen by its variable's name"
    assert songs is not None
