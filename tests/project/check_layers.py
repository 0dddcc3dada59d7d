#!/usr/bin/env python3
"""Check who includes whom.

A file of src/LAYER includes headers of its own and lower layers only; the same holds for the
folders of a layer. No files include each other in a circle, where a .c
and its .h are one. No two files of src/ share a name, no source but a generated one is longer than
600 lines, and consumers (examples, bindings) see only the public headers. Prints each fault and
exits 1.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# What each layer may include besides itself.
BELOW = {
    "base": set(),
    "algo": {"base"},
    "format": {"base"},
    "time": {"base"},
    "catalog": {"base", "format", "time"},
    "query": {"base", "format", "time", "catalog"},
    "plan": {"base", "format", "time", "catalog", "query"},
    "calendar": {"base", "format", "time", "catalog", "query", "plan"},
    "playlist": {"base", "algo", "format", "time", "catalog", "query", "plan"},
    "sound": {"base", "algo", "format", "time", "catalog", "query", "plan"},
    "schedule": {"base", "algo", "format", "time", "catalog", "query", "plan", "sound"},
    "span": {"base", "algo", "format", "time", "catalog", "query", "plan", "sound", "schedule"},
    "arrow": {"base", "algo", "format", "time", "catalog", "query", "plan", "sound", "schedule"},
}
# The same for the folders of a layer; "" holds the files outside its folders: what they all use, or
# build.c of the solver, which uses them.
MODEL = {"output"}
PROBLEMS = {"output", "model"}
JOINT = PROBLEMS | {"tasks", "songs", "fill"}
FOLDERS_BELOW = {
    "catalog": {
        "": set(),
        "cells": {""},
        "build": {"", "cells"},
        "saved": {"", "cells", "build"},
        "read": {"", "cells", "build", "saved"},
    },
    "query": {"": set(), "lookup": {""}, "popularity": {"", "lookup"}},
    "plan": {
        "words": set(),
        "": {"words"},
        "json": {"", "words"},
        "text": {"", "json", "words"},
    },
    "schedule": {
        "output": set(),
        "model": MODEL,
        "tasks": PROBLEMS,
        "songs": PROBLEMS,
        "fill": PROBLEMS,
        "joint": JOINT,
        "explain": JOINT | {"joint"},
        "": JOINT | {"joint", "explain"},
    },
}
LONGEST_SOURCE = 600
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def included(path):
    return [(kind, name) for kind, name in INCLUDE.findall(path.read_text(encoding="utf-8"))]


def resolve(path, kind, name):
    """The file of src/ that an include names, or None for a public or a system header. Only names
    in quotes are looked for beside the file: <csv.h> is libcsv's.
    """
    for folder in (path.parent, ROOT / "src") if kind == '"' else (ROOT / "src",):
        candidate = (folder / name).resolve()
        if candidate.is_file() and (ROOT / "src") in candidate.parents:
            return candidate
    return None


def layer_of(path):
    return path.relative_to(ROOT / "src").parts[0]


def folder_of(path):
    """The folder of its layer that a file lies in; None where a layer has none."""
    parts = path.relative_to(ROOT / "src").parts
    if parts[0] not in FOLDERS_BELOW:
        return None
    return parts[1] if len(parts) > 2 else ""


def may_include(path, target):
    layer = layer_of(path)
    if layer_of(target) != layer:
        return layer_of(target) in BELOW[layer]
    here, there = folder_of(path), folder_of(target)
    return here == there or there in FOLDERS_BELOW[layer][here]


def check_layers(sources):
    graph = {}
    for path in sources:
        layer = layer_of(path)
        if layer not in BELOW:
            yield "%s: unknown layer %s" % (path.relative_to(ROOT), layer)
            continue
        if folder_of(path) is not None and folder_of(path) not in FOLDERS_BELOW[layer]:
            yield "%s: unknown folder %s" % (path.relative_to(ROOT), folder_of(path))
            continue
        graph[path] = set()
        for kind, name in included(path):
            target = resolve(path, kind, name)
            if target is None:
                if kind == '"':
                    yield '%s: "%s" is not a file of src/; public headers stand in <>' % (
                        path.relative_to(ROOT),
                        name,
                    )
                continue
            graph[path].add(target)
            if not may_include(path, target):
                yield "%s: %s may not include %s" % (
                    path.relative_to(ROOT),
                    path.parent.relative_to(ROOT),
                    target.relative_to(ROOT),
                )
    yield from find_circles(graph)
    yield from find_circles(modules(graph))


def modules(graph):
    """The same for files, a .c and the .h of its name being one: a circle of these cannot be read
    from the bottom up.
    """

    def module(path):
        return path.with_suffix("")

    merged = {}
    for path, targets in graph.items():
        merged.setdefault(module(path), set()).update(
            module(t) for t in targets if module(t) != module(path)
        )
    return merged


def find_circles(graph):
    done = set()

    def visit(path, trail):
        if path in trail:
            yield "circle: " + " -> ".join(p.name for p in trail[trail.index(path) :] + [path])
            return
        if path not in done:
            for target in sorted(graph.get(path, ())):
                yield from visit(target, trail + [path])
            done.add(path)

    for path in sorted(graph):
        yield from visit(path, [])


def check_sizes_and_names(sources):
    seen = {}
    for path in sources:
        if path.name in seen:
            yield "%s and %s share a name" % (
                seen[path.name].relative_to(ROOT),
                path.relative_to(ROOT),
            )
        seen[path.name] = path
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if (
            path.suffix == ".c"
            and lines > LONGEST_SOURCE
            and not text.startswith("/* Generated by ")
        ):
            yield "%s: %d lines, at most %d" % (path.relative_to(ROOT), lines, LONGEST_SOURCE)


# A file that stands in for one of src/ in the JavaScript package.
STAND_INS = {
    "bindings/javascript/module/fold_table.c",
    "bindings/javascript/module/recurrence.c",
    "bindings/javascript/module/zone_file.c",
}


def check_consumers():
    internal = set()
    for path in (ROOT / "src").rglob("*.h"):
        internal |= {path.name, path.relative_to(ROOT / "src").as_posix()}
    for folder in ("examples", "bindings"):
        for path in sorted((ROOT / folder).rglob("*.[ch]")):
            if path.relative_to(ROOT).as_posix() in STAND_INS:
                continue
            for _, name in included(path):
                own = (path.parent / name).is_file()
                if not own and name in internal and not name.startswith("musicsched/"):
                    yield "%s: includes the internal %s" % (path.relative_to(ROOT), name)


def main():
    sources = sorted(path for path in (ROOT / "src").rglob("*") if path.suffix in (".c", ".h"))
    faults = [*check_layers(sources), *check_sizes_and_names(sources), *check_consumers()]
    print("\n".join(faults) if faults else "%d files keep the layer law" % len(sources))
    return 1 if faults or not sources else 0


sys.exit(main())
