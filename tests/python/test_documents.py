"""Python in the documents works as it is pasted."""
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "bindings/python/README.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_python_blocks_run(name, sample_path, tmp_path, monkeypatch, capsys):
    (tmp_path / "songs.csv").write_bytes(sample_path.read_bytes())
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    exec("\n".join(blocks), {"__name__": "__main__"})
    assert capsys.readouterr().out
