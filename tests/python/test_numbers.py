"""The reference figures of the real data set (data-notes), computed here by the library alone."""

import pytest


def test_size(real):
    info = real.info
    assert (
        info["entries"],
        info["tracks"],
        info["recordings"],
        info["artists"],
        info["playlists"],
    ) == (32833, 28356, 26160, 10693, 471)


def test_zeros(real):
    rows, tracks = real.summary(count="entries"), real.summary(count="tracks")
    assert (rows["zeros"], tracks["zeros"]) == (2703, 2620)
    assert rows["mean"] == pytest.approx(42.477, abs=5e-4) and tracks["mean"] == pytest.approx(
        39.330, abs=5e-4
    )
    assert real.summary(count="tracks", exclude_zero=True)["mean"] == pytest.approx(43.3, abs=0.05)


def test_top_track(real):
    top = real.top(2, count="entries")
    assert [(row["track_name"], row["track_artist"], row["track_popularity"]) for row in top] == [
        ("Dance Monkey", "Tones and I", 100)
    ] * 2
    assert real.top(2)[0]["track_name"] == "Dance Monkey" != real.top(2)[1]["track_name"]


def test_genres(real):
    assert [
        (row["key"], round(row["mean"], 6)) for row in real.group_by("genre", count="entries")
    ] == [
        ("pop", 47.744870),
        ("latin", 47.026576),
        ("rap", 43.215454),
        ("rock", 41.728338),
        ("r&b", 41.223532),
        ("edm", 34.833526),
    ]


def test_months(real):
    assert [
        (row["key"], round(row["mean"], 6), row["n"])
        for row in real.trend("month", count="entries")
    ] == [
        ("01", 38.816218, 5093),
        ("02", 41.470952, 1618),
        ("03", 40.531778, 2014),
        ("04", 40.438550, 1904),
        ("05", 43.543812, 2214),
        ("06", 43.818410, 2390),
        ("07", 42.934826, 2010),
        ("08", 43.441496, 2299),
        ("09", 44.078647, 2543),
        ("10", 45.065781, 3086),
        ("11", 45.774635, 3359),
        ("12", 44.403186, 2448),
    ]


def test_january_is_an_artefact(real):
    january = real.trend("month")[0], real.trend("month", exclude_january_first=True)[0]
    assert [round(row["mean"], 1) for row in january] == [36.1, 39.9]


def test_features_explain_little(real):
    assert max(abs(row["r"]) for row in real.correlations()) < 0.14
    assert max(abs(row["r"]) for row in real.correlations(count="entries")) < 0.15


def test_literal_na_is_a_name(real):
    assert len(real.top(10, count="tracks", artist="NA")) == 4
