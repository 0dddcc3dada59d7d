#!/usr/bin/env python3
"""Run test_pipeline.py with the Python of .venv-pipeline (or $MUSICSCHED_SPARK_PYTHON); exit 77, which means skipped, without one."""

import os
import pathlib
import shutil
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
python = os.environ.get("MUSICSCHED_SPARK_PYTHON") or str(here.parents[1] / ".venv-pipeline/bin/python3")
if not os.access(python, os.X_OK):
    print(f"skipped: {python} is not there; `make test-pipeline` makes it")
    sys.exit(77)
if not shutil.which("java"):
    print("skipped: Spark needs Java 17 or later; `make test-pipeline` installs it on Debian")
    sys.exit(77)
if subprocess.run([python, "-c", "import musicsched, pyarrow, pyspark"], check=False).returncode != 0:
    print(f"skipped: {python} lacks musicsched, pyarrow or pyspark; `make test-pipeline` installs them")
    sys.exit(77)
sys.exit(subprocess.run([python, str(here / "test_pipeline.py")], check=False).returncode)
