#!/usr/bin/env python3
"""Print what include/musicsched/version.h says, so that the build cannot differ from it.

usage: version.py [--abi]     "major.minor.patch", or with --abi the number in the soname
"""

import pathlib
import re
import sys

HEADER = pathlib.Path(__file__).resolve().parent.parent / "include/musicsched/version.h"


def main():
    defines = dict(
        re.findall(
            r"^#define MSCHED_(\w+) (\d+)$", HEADER.read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    if sys.argv[1:] == ["--abi"]:
        print(defines["ABI_VERSION"])
    else:
        print(".".join(defines["VERSION_" + part] for part in ("MAJOR", "MINOR", "PATCH")))


main()
