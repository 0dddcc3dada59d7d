#!/usr/bin/env python3
"""Compile each public header alone, as C11 and as C++11, with every compiler that is there, without
a warning.
"""

import shutil
import subprocess
import sys

import headers

FLAGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", str(headers.INCLUDE)]
COMPILERS = [
    ("gcc", "c", "c11"),
    ("clang", "c", "c11"),
    ("g++", "c++", "c++11"),
    ("clang++", "c++", "c++11"),
]


def main():
    done = failed = 0
    for compiler, language, standard in COMPILERS:
        if shutil.which(compiler) is None:
            continue
        for header in headers.public_headers():
            # Twice, so that a missing include guard shows.
            source = '#include "%s"\n' % header * 2
            command = [compiler, "-x", language, "-std=" + standard, *FLAGS, "-"]
            result = subprocess.run(
                command, input=source, text=True, capture_output=True, check=False
            )
            done += 1
            if result.returncode != 0:
                failed += 1
                print("%s %s:\n%s" % (compiler, header.name, result.stderr))
    print("%d compilations, %d failed" % (done, failed))
    return 1 if failed or not done else 0


sys.exit(main())
