#!/usr/bin/env python3
"""Install into a folder and run the READMEs' examples with what each language finds there on its
own search path.

usage: installed.py BUILD-FOLDER SONGS.csv LANGUAGE=PROGRAM...

The search path is the language's own, below that folder. Skipped where the prefix is none that
Debian's languages search.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SEARCHED = ("/usr", "/usr/local")


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def below(root, paths):
    """Those absolute paths that are there below root; a path may be a pattern of Lua."""
    inside = [f"{root}{path}" for path in paths if path.startswith("/")]
    return [path for path in inside if "?" in path or os.path.isdir(path)]


def r(root, program):
    libraries = said(program, "--vanilla", "-e", "cat(.libPaths(), sep = '\\n')").split()
    return [program, "--vanilla"], {"R_LIBS": ":".join(below(root, libraries))}


def java(root, program):
    jar = root / "usr/share/java/musicsched.jar"
    jar = jar if jar.exists() else root / "usr/local/share/java/musicsched.jar"
    with zipfile.ZipFile(jar) as archive:
        library = archive.read("org/musicsched/library.path").decode().strip()
    return [program, f"-Dmusicsched.library={root}{library}", "-cp", str(jar)], {}


def lua(root, program):
    path, cpath = (
        said(program, "-e", f"io.write(package.{name})").split(";") for name in ("path", "cpath")
    )
    return [program], {
        "LUA_PATH": ";".join(below(root, path)),
        "LUA_CPATH": ";".join(below(root, cpath)),
    }


def ruby(root, program):
    folders = below(root, said(program, "-e", "puts $LOAD_PATH").split())
    return [program, "-w", *(f"-I{folder}" for folder in folders)], {}


def main():
    build, songs = sys.argv[1:3]
    options = json.loads(
        pathlib.Path(build, "meson-info/intro-buildoptions.json").read_text(encoding="utf-8")
    )
    if next(option["value"] for option in options if option["name"] == "prefix") not in SEARCHED:
        return 77
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        # By way of ninja, because the build knows which Meson it was set up with.
        subprocess.run(
            ["ninja", "-C", build, "install"],
            check=True,
            env={**os.environ, "DESTDIR": folder},
            stdout=subprocess.DEVNULL,
        )
        for argument in sys.argv[3:]:
            language, program = argument.split("=", 1)
            command, environment = {"r": r, "java": java, "lua": lua, "ruby": ruby}[language](
                root, program
            )
            print(language, *command, environment)
            subprocess.run(
                [
                    sys.executable,
                    HERE / "readme.py",
                    HERE.parent / language / "README.md",
                    language,
                    songs,
                    *command,
                ],
                check=True,
                env={**os.environ, **environment},
            )
    return 0


sys.exit(main())
