#!/usr/bin/env python3
"""Compare the files that the pages about the design name with the files that there are.

Every file that docs/architecture.md and docs/scheduling-model.md name in code type is in src/ or in
src/schedule/. The boxes of the solver's folders in docs/architecture.md list every source of their
folder and nothing else, so that a reader finds a technique from the page. Prints each fault and
exits 1.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "src"
SOLVER = SOURCES / "schedule"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
MODEL = ROOT / "docs" / "scheduling-model.md"
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w/.-]+\.(?:c|h|py|sh|md)")
BOX = re.compile(r'^    (\w+) \[label="([^"]*)"', re.MULTILINE)
NAME = re.compile(r"\b_?[a-z]+(?:_[a-z]+)*\b")


def is_file(name):
    if (ROOT / name).is_file() or (SOURCES / name).is_file() or (SOLVER / name).is_file():
        return True
    # A name without its folder follows one with it: `songs/songs_solve.c`, then `songs_insert.c`.
    return "/" not in name and any(SOLVER.glob("*/" + name))


def missing_files(page):
    for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        for code in CODE.findall(line):
            if FILE.fullmatch(code) and not is_file(code):
                yield f"{page.relative_to(ROOT)}:{number}: there is no file {code}"


def box_names(label):
    """The modules that a box lists: "schedule, _text" lists schedule and schedule_text."""
    names = set()
    for line in label.split("\\n")[1:]:
        prefix = ""
        for word in NAME.findall(re.sub(r"\([^)]*\)", "", line)):
            if not word.startswith("_"):
                prefix = word.split("_")[0]
            names.add(prefix + word if word.startswith("_") else word)
    return names


def check_boxes():
    text = ARCHITECTURE.read_text(encoding="utf-8")
    graph = text[text.index("digraph folders") :]
    boxes = dict(BOX.findall(graph[: graph.index("```")]))
    folders = {p.name: p for p in SOLVER.iterdir() if p.is_dir()}
    folders["build"] = SOLVER
    for name in sorted(folders.keys() ^ boxes.keys()):
        yield f"docs/architecture.md: {name} is a folder or a box, but not both"
    for name in sorted(folders.keys() & boxes.keys()):
        written = box_names(boxes[name])
        there = {p.stem for p in folders[name].iterdir() if p.suffix in (".c", ".h")}
        for module in sorted(written - there):
            yield f"docs/architecture.md: {name} has no file {module}"
        for module in sorted(there - written):
            yield f"docs/architecture.md: the box {name} lacks {module}"


def main():
    faults = [*missing_files(ARCHITECTURE), *missing_files(MODEL), *check_boxes()]
    print("\n".join(faults) if faults else "the pages name the files that there are")
    return 1 if faults else 0


sys.exit(main())
