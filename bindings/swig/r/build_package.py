#!/usr/bin/env python3
"""Install the R package into a library folder.

usage: build_package.py R VERSION LIBRARY MODULE SOURCE NOTICE...

The module is built already, so it goes along as a file instead of as sources that R would compile.
The NOTICEs are installed with the package.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent

r_program, version, library, module, source, *notices = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    package = pathlib.Path(folder, "musicsched")
    shutil.copytree(pathlib.Path(source, "R"), package / "R")
    shutil.copytree(pathlib.Path(source, "man"), package / "man")
    shutil.copy(pathlib.Path(source, "NAMESPACE"), package)
    text = pathlib.Path(source, "DESCRIPTION").read_text(encoding="utf-8")
    # Without its vignette, which R builds from a source package alone.
    text = text.replace("VignetteBuilder: knitr\n", "")
    (package / "DESCRIPTION").write_text(text.replace("@version@", version), encoding="utf-8")
    (package / "inst/libs").mkdir(parents=True)
    (package / "inst/extdata").mkdir()
    songs = [package / "inst/extdata/songs.csv", "--tracks", "200"]
    subprocess.run([sys.executable, ROOT / "tools/make_sample_catalog.py", *songs], check=True)
    shutil.copy(module, package / "inst/libs/musicsched.so")
    for notice in notices:
        shutil.copy(notice, package / "inst")
    command = [
        r_program,
        "CMD",
        "INSTALL",
        "--no-test-load",
        "--no-lock",
        "--library=" + library,
        str(package),
    ]
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if result.returncode != 0:
        sys.exit(result.stdout)
