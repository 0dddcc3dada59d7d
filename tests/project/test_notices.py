#!/usr/bin/env python3
"""Every package has the licenses and notices of what it uses or contains, and no library is used
without a notice.

usage: test_notices.py BUILD-FOLDER

Installs into a temporary folder, and looks into the installed files, the jar and the R package;
tests/python/run.py looks into the wheel, tools/check_container.sh into the container.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NOTICES = ("LICENSE", "LICENSE-libcsv.txt", "THIRD-PARTY.md", "Unicode-3.0.txt")
# Of every system, or of the language that loads the module.
OF_THE_SYSTEM = re.compile(
    r"ld-linux|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|musicsched\w*|R|ruby[-\d.]*|lua[\d.]*)\.so"
)


def needed(file):
    """The shared libraries that an ELF file names, or none for another file."""
    with open(file, "rb") as head:
        if head.read(4) != b"\x7fELF":
            return []
    text = subprocess.run(
        ["readelf", "--dynamic", file], check=True, capture_output=True, text=True
    ).stdout
    return re.findall(r"\(NEEDED\).*\[(.*)\]", text)


def check_libraries(root):
    notices = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    used = {
        library
        for file in root.rglob("*")
        if file.is_file() and not file.is_symlink()
        for library in needed(file)
    }
    for library in sorted(used):
        if not OF_THE_SYSTEM.match(library) and "`%s.so`" % library.split(".so")[0] not in notices:
            sys.exit("THIRD-PARTY.md does not name %s, which an installed file needs" % library)
    if not any(library.startswith("libcsv") for library in used):
        sys.exit("no installed file needs libcsv: %s" % sorted(used))
    print("ok: notices of %s" % ", ".join(sorted(used)))


def check_names(what, names):
    there = {pathlib.PurePath(name).name for name in names}
    missing = [notice for notice in NOTICES if notice not in there]
    if missing:
        sys.exit("%s: %s missing" % (what, ", ".join(missing)))
    print("ok: " + what)


def main(build):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        # By way of ninja, because the build knows which Meson it was set up with.
        subprocess.run(
            ["ninja", "-C", build, "install"],
            check=True,
            env={**os.environ, "DESTDIR": folder},
            stdout=subprocess.DEVNULL,
        )
        check_libraries(root)
        check_names("installed", next(root.rglob("doc/musicsched")).iterdir())
        for jar in root.rglob("musicsched.jar"):
            check_names(jar.name, zipfile.ZipFile(jar).namelist())
        for package in root.rglob("site-library/musicsched"):
            check_names("R package", package.iterdir())


main(pathlib.Path(sys.argv[1]).resolve())
