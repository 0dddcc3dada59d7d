"""Catalogs for the tests: a small one of known rows, the synthetic sample, and the real data where
it is.
"""

import os
from pathlib import Path

import musicsched
import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("MUSICSCHED_BUILD", ROOT / "build"))
PLACES = [ROOT.parent / "shared/data/spotify_songs.csv", ROOT / "data/spotify_songs.csv"]
REAL = Path(os.environ.get("MUSICSCHED_CSV") or next(filter(Path.exists, PLACES), PLACES[-1]))

HEADER = (
    "track_id,track_name,track_artist,track_popularity,track_album_release_date,playlist_id,playlist_name,"
    "playlist_genre,playlist_subgenre,energy,duration_ms"
)
ROWS = [
    "t1,Été,Ana,90,2019-06-01,p1,Hits,pop,dance pop,0.9,200000",
    "t1,Été,Ana,90,2019-06-01,p2,Mix,rock,hard rock,0.9,200000",
    't2,"One, two",Bob,50,2018-02,p1,Hits,pop,dance pop,0.5,180000',
    "t3,Three,Bob,0,1999,p2,Mix,rock,hard rock,,240000",
    "t4,\u263a,Zoë,20,,p1,Hits,pop,indie,0.1,61000",
]


def csv_bytes(rows=ROWS):
    return "\n".join([HEADER, *rows, ""]).encode()


@pytest.fixture(scope="session")
def small():
    return musicsched.Catalog.read_csv(csv_bytes())


@pytest.fixture(scope="session")
def sample_path():
    path = BUILD / "sample_songs.csv"
    assert path.exists(), "meson compile makes it"
    return path


@pytest.fixture(scope="session")
def sample(sample_path):
    return musicsched.Catalog.read_csv(sample_path)


@pytest.fixture(scope="session")
def real_path():
    if not REAL.exists():
        pytest.skip("the real data set is not here: make data, or set MUSICSCHED_CSV")
    return REAL


@pytest.fixture(scope="session")
def real(real_path):
    return musicsched.Catalog.read_csv(real_path)
