#!/usr/bin/env python3
"""Use the installed Python package as a stranger would: load songs, ask what is popular, plan a
day.
"""

import pathlib
import subprocess
import sys
import tempfile

import musicsched

TOOLS = pathlib.Path(__file__).resolve().parent


def main():
    if (
        TOOLS.parent in pathlib.Path(musicsched.__file__).resolve().parents
        and "site-packages" not in musicsched.__file__
    ):
        sys.exit("this is the checkout, not the installed package")
    with tempfile.TemporaryDirectory() as folder:
        songs = pathlib.Path(folder, "songs.csv")
        subprocess.run([sys.executable, TOOLS / "make_sample_catalog.py", songs], check=True)
        catalog = musicsched.Catalog.read_csv(str(songs))
    plan = musicsched.Plan("2026-11-24", timezone="Europe/Berlin")
    plan.add_event("Work", "09:00", "17:00").add_task(
        "Gym", 3600, earliest="17:00", music=True, mood="workout"
    ).fill(1200)
    day = str(catalog.schedule(plan))
    print(day)
    if "Gym" not in day or "Work" not in day:
        sys.exit("the day was not planned")


main()
