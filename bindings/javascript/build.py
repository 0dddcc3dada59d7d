#!/usr/bin/env python3
"""Compile the library to WebAssembly.

usage: build.py JANSSON FOLDER

JANSSON is the unpacked source of Jansson (tools/get_source.sh); musicsched.wasm goes to
FOLDER, with the objects beside it. Needs emcc (Debian: emscripten, node-acorn).
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

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
    "-DHAVE_CONFIG_H",
    "-fvisibility=hidden",
]
# What csv.c and zone_file.c of this folder stand in for.
REPLACED = {"src/time/zone_file.c"}
CONFIG = """#define JSON_INLINE inline
#define JSON_INTEGER_IS_LONG_LONG 1
#define JSON_HAVE_LOCALECONV 0
#define JSON_HAVE_ATOMIC_BUILTINS 1
#define JSON_HAVE_SYNC_BUILTINS 1
#define JSON_PARSER_MAX_DEPTH 2048
"""
PRIVATE_CONFIG = """#define HAVE_STDINT_H 1
#define INITIAL_HASHTABLE_ORDER 3
"""


def run(*command):
    environment = {"NODE_PATH": "/usr/share/nodejs", **os.environ}
    subprocess.run([str(part) for part in command], check=True, env=environment)


def sources(jansson):
    own = [
        path for path in (ROOT / "src").rglob("*.c") if str(path.relative_to(ROOT)) not in REPLACED
    ]
    return sorted([*own, *HERE.glob("csv/*.c"), *HERE.glob("module/*.c"), *jansson.glob("src/*.c")])


def exports():
    """The functions that a file of module/ marks with EXPORT."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("module/*.c")))
    return re.findall(r"^EXPORT [^;(]*?(\w+)\(", text, re.MULTILINE)


def is_fresh(made, source, newest_header):
    return made.exists() and made.stat().st_mtime > max(source.stat().st_mtime, newest_header)


def main():
    jansson, out = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    objects = out / "objects"
    objects.mkdir(parents=True, exist_ok=True)
    for name, text in (("jansson_config.h", CONFIG), ("jansson_private_config.h", PRIVATE_CONFIG)):
        if not (objects / name).exists():
            (objects / name).write_text(text, encoding="utf-8")
    folders = [ROOT / "include", ROOT / "src", HERE / "csv", objects, jansson / "src"]
    headers = [p.stat().st_mtime for folder in folders[:3] for p in folder.rglob("*.h")]
    newest = max(headers)

    def compile_one(source):
        made = objects / (re.sub(r"\W", "_", str(source.relative_to(source.parents[1]))) + ".o")
        if not is_fresh(made, source, newest):
            run(
                "emcc", "-c", *COMPILE, *["-I%s" % folder for folder in folders], source, "-o", made
            )
        return made

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(compile_one, sources(jansson)))
    run(
        "emcc", *COMPILE, *made, "-o", out / "musicsched.wasm",
        "--no-entry", "-s", "STANDALONE_WASM=1", "-s", "ALLOW_MEMORY_GROWTH=1",
        "-s", "ERROR_ON_UNDEFINED_SYMBOLS=0", "-s", "TOTAL_STACK=%d" % STACK_BYTES,
        "-s", "EXPORTED_FUNCTIONS=%s" % ",".join("_" + name for name in exports()),
    )  # fmt: skip


if __name__ == "__main__":
    main()
