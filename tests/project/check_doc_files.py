#!/usr/bin/env python3
"""Compare the files that the pages about the design name with the files that there are.

Every file that docs/architecture.md and docs/scheduling-model.md name in code type is in src/ or in
src/schedule/. The boxes of the solver's folders in docs/architecture.md list every source of their
folder and nothing else, so that a reader finds a technique from the page; its table of files does
the same for the folders of all other layers. Prints each fault and exits 1.
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
ROW = re.compile(r"^\| `([a-z/]+)` \| (.*) \|$", re.MULTILINE)
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


def modules_in(folder):
    return {p.stem for p in folder.iterdir() if p.suffix in (".c", ".h")}


def row_names(cell):
    """Each name of a row, with the full name before it: `_data` of "`plan`, `_data`" continues plan
    or the first words of its name.
    """
    names, before = [], ""
    for word in re.findall(r"`(\w+)`", cell):
        before = before if word.startswith("_") else word
        names.append((before, word))
    return names


def check_table():
    text = ARCHITECTURE.read_text(encoding="utf-8")
    rows = dict(ROW.findall(text[text.index("## The files of the other layers") :]))
    folders = {p.parent for p in SOURCES.rglob("*.c") if SOLVER not in (p.parent, *p.parents)}
    folders = {p.relative_to(SOURCES).as_posix(): p for p in folders}
    for name in sorted(folders.keys() - rows.keys()):
        yield f"docs/architecture.md: the table of files lacks {name}"
    for name in sorted(folders.keys() & rows.keys()):
        there, written = modules_in(folders[name]), set()
        for before, word in row_names(rows[name]):
            ends = [i for i in range(len(before), 0, -1) if before[i : i + 1] in ("", "_")]
            stems = [before[:i] for i in ends]
            fits = [s + word for s in stems if s + word in there] if word[0] == "_" else [word]
            written.add(fits[0] if fits else before + word)
        for module in sorted(written - there):
            yield f"docs/architecture.md: {name} has no file {module}"
        for module in sorted(there - written):
            yield f"docs/architecture.md: the row {name} lacks {module}"


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
        there = modules_in(folders[name])
        for module in sorted(written - there):
            yield f"docs/architecture.md: {name} has no file {module}"
        for module in sorted(there - written):
            yield f"docs/architecture.md: the box {name} lacks {module}"


def main():
    faults = [*missing_files(ARCHITECTURE), *missing_files(MODEL), *check_boxes(), *check_table()]
    print("\n".join(faults) if faults else "the pages name the files that there are")
    return 1 if faults else 0


sys.exit(main())
