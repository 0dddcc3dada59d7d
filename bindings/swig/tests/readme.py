#!/usr/bin/env python3
"""Run the example of a language's README as it stands there, in a folder that holds
spotify_songs.csv.

usage: readme.py README.md LANGUAGE SONGS.csv COMMAND...

COMMAND gets the example's file as its last argument. It must end well and without a word on
standard error, and print the day.
"""

import csv
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

EXTENSION = {"r": "R", "java": "java", "lua": "lua", "ruby": "rb"}


def java_program(example):
    imports = [line for line in example.splitlines() if line.startswith("import ")]
    rest = [line for line in example.splitlines() if not line.startswith("import ")]
    return "\n".join(
        [
            *imports,
            "public class Example {",
            "public static void main(String[] arguments) {",
            *rest,
            "}",
            "}",
        ]
    )


def with_song(songs, path):
    """The songs, and the one that the examples look for."""
    shutil.copy(songs, path)
    with open(path, "r+", encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
        file.seek(0, 2)
        csv.DictWriter(file, names, lineterminator="\n").writerow(
            {
                "track_id": "example",
                "track_name": "Dance Monkey",
                "track_artist": "Tones and I",
                "track_popularity": 100,
                "duration_ms": 209438,
            }
        )


def main():
    readme, language, songs, *command = sys.argv[1:]
    text = pathlib.Path(readme).read_text(encoding="utf-8")
    examples = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if len(examples) != 1:
        sys.exit(f"{readme}: {len(examples)} examples in {language}, not one")
    with tempfile.TemporaryDirectory() as folder:
        with_song(songs, pathlib.Path(folder, "spotify_songs.csv"))
        file = pathlib.Path(folder, "Example." + EXTENSION[language])
        file.write_text(
            java_program(examples[0]) if language == "java" else examples[0], encoding="utf-8"
        )
        done = subprocess.run(
            [*command, file], cwd=folder, capture_output=True, text=True, check=False
        )
    print(done.stdout, done.stderr, sep="\n")
    if done.returncode != 0 or done.stderr or "Gym" not in done.stdout:
        sys.exit(f"the example of {readme} does not work")


main()
