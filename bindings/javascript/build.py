#!/usr/bin/env python3
"""Compile the library to WebAssembly.

usage: build.py FOLDER

musicsched.wasm goes to FOLDER, with the objects beside it. Needs emcc (Debian: emscripten,
node-acorn).
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

from pack_folds import pack_folds

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# A call of the library may use this much stack: fill_solve.c has the deepest frames.
STACK_BYTES = 8388608
COMPILE = [
    "-Oz",
    "-flto",
    "-std=c11",
    "-DNDEBUG",
    "-D_POSIX_C_SOURCE=200809L",
    "-fvisibility=hidden",
]
# Files of this folder stand in for these, or no function of module/ needs them.
LEFT_OUT = {
    "src/base/fold_table.c",
    "src/format/recurrence.c",
    "src/format/recurrence_walk.c",
    "src/query/popularity/correlations_state.c",
    "src/query/popularity/groups_state.c",
    "src/query/popularity/state_json.c",
    "src/time/zone_file.c",
}


def run(*command):
    environment = {"NODE_PATH": "/usr/share/nodejs", **os.environ}
    subprocess.run([str(part) for part in command], check=True, env=environment)


def sources():
    own = [
        path for path in (ROOT / "src").rglob("*.c") if str(path.relative_to(ROOT)) not in LEFT_OUT
    ]
    return sorted([*own, *HERE.glob("csv/*.c"), *HERE.glob("module/*.c")])


def exports():
    """The functions that a file of module/ marks with EXPORT."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("module/*.c")))
    return re.findall(r"^EXPORT [^;(]*?(\w+)\(", text, re.MULTILINE)


def is_fresh(made, source, newest_header):
    return made.exists() and made.stat().st_mtime > max(source.stat().st_mtime, newest_header)


def main():
    out = pathlib.Path(sys.argv[1]).resolve()
    objects = out / "objects"
    objects.mkdir(parents=True, exist_ok=True)
    pack_folds(ROOT / "src/base/fold_table.c", objects / "fold_packed.h")
    folders = [ROOT / "include", ROOT / "src", HERE / "csv", objects]
    headers = [p.stat().st_mtime for folder in folders for p in folder.rglob("*.h")]
    newest = max(headers)

    def compile_one(source):
        made = objects / (re.sub(r"\W", "_", str(source.relative_to(source.parents[1]))) + ".o")
        if not is_fresh(made, source, newest):
            run(
                "emcc", "-c", *COMPILE, *["-I%s" % folder for folder in folders], source, "-o", made
            )
        return made

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(compile_one, sources()))
    run(
        "emcc", *COMPILE, *made, "-o", out / "musicsched.wasm",
        "--no-entry", "-s", "STANDALONE_WASM=1", "-s", "ALLOW_MEMORY_GROWTH=1",
        "-s", "ERROR_ON_UNDEFINED_SYMBOLS=0", "-s", "MALLOC=emmalloc",
        "-s", "TOTAL_STACK=%d" % STACK_BYTES,
        "-s", "EXPORTED_FUNCTIONS=%s" % ",".join("_" + name for name in exports()),
    )  # fmt: skip


if __name__ == "__main__":
    main()
