#!/usr/bin/env python3
"""The bill of materials names every work of THIRD-PARTY.md with its license, the same tree gives
the same bytes, and the files that name the version of the library name the same one.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LICENSE = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")


def made(folder, name):
    path = pathlib.Path(folder, name)
    subprocess.run(
        [sys.executable, ROOT / "tools/make_sbom.py", path],
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"},
    )
    return path.read_bytes()


def main():
    with tempfile.TemporaryDirectory() as folder:
        first, second = made(folder, "first.json"), made(folder, "second.json")
    if first != second:
        sys.exit("two bills of the same tree differ")
    bill = json.loads(first)
    packages = {package["name"]: package for package in bill["packages"]}
    for name, package in packages.items():
        if not LICENSE.fullmatch(package["licenseDeclared"]):
            sys.exit(f"{name}: {package['licenseDeclared']!r} is no SPDX expression")
    for name in (
        "libmusicsched",
        "libcsv",
        "Jansson",
        "libical",
        "expat",
        "zlib",
        "CivetWeb",
        "libgcrypt",
    ):
        if name not in packages:
            sys.exit(f"the bill does not name {name}")
    related = {relation["relatedSpdxElement"] for relation in bill["relationships"]}
    if related != {package["SPDXID"] for package in packages.values()}:
        sys.exit("a package of the bill is not related to the library")
    version = packages["libmusicsched"]["versionInfo"]
    for file, line in (
        ("CITATION.cff", f"version: {version}"),
        ("debian/changelog", f"({version}-"),
    ):
        if line not in (ROOT / file).read_text(encoding="utf-8"):
            sys.exit(f"{file} does not name version {version}")
    if bill["creationInfo"]["created"] != "2026-09-21T14:13:20Z":
        sys.exit("SOURCE_DATE_EPOCH is not the time of the bill: %s" % bill["creationInfo"])


main()
