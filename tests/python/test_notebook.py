"""The notebook runs from top to bottom, is committed without outputs, and its report is what it
says today.
"""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "examples/notebook/popularity.ipynb"


@pytest.fixture(scope="module")
def render():
    spec = importlib.util.spec_from_file_location(
        "render_notebook", ROOT / "tools/render_notebook.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(render, path, tmp_path, monkeypatch):
    monkeypatch.setenv("MUSICSCHED_CSV", str(path))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "matplotlib"))
    render.render(
        render.execute(NOTEBOOK),
        tmp_path / "docs/popularity.md",
        tmp_path / "docs/figures",
        "popularity",
    )
    return (tmp_path / "docs/popularity.md").read_text(encoding="utf-8")


def test_it_is_committed_without_outputs():
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code and all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_it_runs_on_the_sample(render, sample_path, tmp_path, monkeypatch):
    report = run(render, sample_path, tmp_path, monkeypatch)
    assert "synthetic sample" in report and "figures agree" in report
    assert report.count("![") == len(list((tmp_path / "docs/figures").glob("*.svg"))) == 6


def test_the_report_is_the_notebook_s(render, real_path, tmp_path, monkeypatch):
    """tools/render_notebook.py examples/notebook/popularity.ipynb docs/popularity.md docs/figures
    makes it anew.
    """
    assert run(render, real_path, tmp_path, monkeypatch) == (ROOT / "docs/popularity.md").read_text(
        encoding="utf-8"
    )
    committed = {path.name for path in (ROOT / "docs/figures").glob("popularity-*.svg")}
    assert committed == {path.name for path in (tmp_path / "docs/figures").iterdir()}


def test_its_imports_are_those_of_the_extra():
    """What the notebook needs is named by the extra `notebook`."""
    source = "\n".join(
        "".join(cell["source"])
        for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    )
    modules = {
        line.split()[1].split(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert modules - set(sys.stdlib_module_names) == {
        "IPython",
        "matplotlib",
        "musicsched",
        "numpy",
        "pandas",
        "scipy",
    }
