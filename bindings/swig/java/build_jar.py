#!/usr/bin/env python3
"""Compile the Java package into a jar.

usage: build_jar.py JAVAC JAR OUTPUT INTERFACE LIBRARY SOURCES NOTICE... -- SWIG...

LIBRARY is the path that the native library gets when it is installed; the jar remembers it. The
NOTICEs go into META-INF.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

at = sys.argv.index("--")
javac, jar, output, interface, library, sources, *notices = sys.argv[1:at]
swig = sys.argv[at + 1 :]
with tempfile.TemporaryDirectory() as folder:
    generated = pathlib.Path(folder, "generated")
    classes = pathlib.Path(folder, "classes")
    generated.mkdir()
    classes.mkdir()
    subprocess.run(
        [*swig, "-outdir", generated, "-o", generated / "unused.c", interface], check=True
    )
    files = [
        *sorted(pathlib.Path(sources, "org/musicsched").glob("*.java")),
        *sorted(generated.glob("*.java")),
    ]
    subprocess.run(
        [javac, "--release", "17", "-Xlint:all", "-Werror", "-d", classes, *files], check=True
    )
    (classes / "org/musicsched/library.path").write_text(library + "\n", encoding="utf-8")
    (classes / "META-INF").mkdir()
    for notice in notices:
        shutil.copy(notice, classes / "META-INF")
    manifest = pathlib.Path(folder, "manifest")
    manifest.write_text("Automatic-Module-Name: org.musicsched\n", encoding="utf-8")
    subprocess.run(
        [jar, "--create", "--file", output, "--manifest", manifest, "-C", classes, "."], check=True
    )
