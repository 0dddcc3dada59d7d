"""Python in the documents works as it is pasted."""

import doctest
import re
from pathlib import Path

import musicsched
import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "docs/index.md", "bindings/python/README.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_python_blocks_run(name, sample_path, tmp_path, monkeypatch, capsys):
    (tmp_path / "songs.csv").write_bytes(sample_path.read_bytes())
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S
    )
    assert blocks
    exec("\n".join(blocks), {"__name__": "__main__"})
    assert capsys.readouterr().out


SONGS = """\
track_id,track_name,track_artist,track_popularity,track_album_release_date,playlist_genre,energy,duration_ms
t1,Dancing Monkey,The Tones,90,2019-06-01,pop,0.9,200000
t1,Dancing Monkey,The Tones,90,2019-06-01,rock,0.9,200000
t2,Circles and Lines,Ana,70,2018-08-03,pop,0.6,180000
t3,Quiet Window,Zoe,65,2018,pop,0.4,190000
t4,Stone Garden,Bob,40,1975-01-01,rock,0.5,240000
t5,Old River,Bob,0,1972-11-01,rock,0.1,210000
"""


def test_examples_in_docstrings_are_true(tmp_path, monkeypatch):
    (tmp_path / "songs.csv").write_text(SONGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    known = {
        **vars(musicsched),
        "musicsched": musicsched,
        "catalog": musicsched.Catalog.read_csv("songs.csv"),
    }
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    for name in ["__init__", *musicsched.__all__]:
        thing = musicsched if name == "__init__" else getattr(musicsched, name)
        for example in (
            finder.find(thing, name, module=False, globs=known)
            if callable(thing) or name == "__init__"
            else ()
        ):
            runner.run(example)
    assert runner.failures == 0
    assert runner.tries > 40
