"""The annotations are complete and true: mypy --strict over package and a user's program, stubtest
over the installed package.
"""

import subprocess
import sys
from pathlib import Path

import musicsched
import pytest

CONFIG = Path(__file__).resolve().parents[2] / "pyproject.toml"
PROGRAM = """
import datetime as dt
from typing import assert_type
import musicsched as m

catalog = m.Catalog.read_csv("songs.csv", skip_bad_rows=True, progress=lambda done, total: None)
groups = catalog.group_by(
    "genre", count="tracks", years=(2000, None), features={"energy": (0.5, None)}, exclude_zero=True
)
assert_type(groups, m.Groups)
assert_type(groups.to_state(), str)
assert_type(m.Groups.merge([groups, groups]), m.Groups)
assert_type(m.Groups.from_state(""), m.Groups)
plan = m.Plan(dt.date(2026, 11, 24))
plan.add_task("x", dt.timedelta(hours=1), earliest=dt.time(9))
plan = plan.add_song("y", between=("10:00", dt.time(11)))
assert_type(plan, m.Plan)
assert_type(catalog.schedule(plan, seed=1), m.Schedule)
assert_type(catalog.schedule_many([plan], threads=2), list[m.Schedule])
assert_type([entry.start for entry in catalog.schedule(plan)], list[dt.datetime])
"""
WRONG = {
    "catalog.group_by('genr')": "arg-type",
    "catalog.top(genr='pop')": "call-arg",
    "catalog.top(years=2010)": "arg-type",
    "catalog.read_csv('x', skip_bad_rows='ignore')": "arg-type",
    "m.Plan('2026-11-24').add_task('x', 1.5)": "arg-type",
    "catalog.schedule('plan')": "arg-type",
    "m.Groups.merge([catalog.correlations()])": "list-item",
}


def mypy(*arguments, cwd):
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--no-error-summary",
            f"--cache-dir={cwd}/cache",
            *arguments,
        ],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


def test_the_package(tmp_path):
    found = mypy(f"--config-file={CONFIG}", Path(musicsched.__file__).parent, cwd=tmp_path)
    assert (found.stdout, found.stderr, found.returncode) == ("", "", 0)


def test_a_user_s_program(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    found = mypy("program.py", cwd=tmp_path)
    assert found.returncode == 0, found.stdout


def test_mistakes_are_found(tmp_path):
    head = "import musicsched as m\ncatalog = m.Catalog.read_csv('x')\n"
    (tmp_path / "wrong.py").write_text(head + "\n".join(WRONG) + "\n", encoding="utf-8")
    lines = mypy("wrong.py", cwd=tmp_path).stdout.splitlines()
    errors = {int(line.split(":")[1]) - 3: line for line in lines if ": error: " in line}
    for number, (program, code) in enumerate(WRONG.items()):
        assert f"[{code}]" in errors.get(number, ""), program


def test_stubs_match_the_installed_package(tmp_path):
    allowed = Path(__file__).with_name("stubtest_allowlist.txt")
    found = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy.stubtest",
            "musicsched",
            f"--mypy-config-file={CONFIG}",
            f"--allowlist={allowed}",
            "--ignore-unused-allowlist",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_package_says_that_it_is_typed():
    assert (Path(musicsched.__file__).parent / "py.typed").exists()


@pytest.mark.parametrize("name", musicsched.__all__)
def test_everything_public_is_documented(name):
    thing = getattr(musicsched, name)
    if isinstance(thing, type) or callable(thing):
        assert thing.__doc__
        for key, member in vars(thing).items() if isinstance(thing, type) else ():
            if not key.startswith("_") and (
                callable(member) or isinstance(member, (property, classmethod, staticmethod))
            ):
                assert getattr(member, "__doc__", None), f"{name}.{key}"
