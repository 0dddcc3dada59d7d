#!/usr/bin/env python3
"""The server keeps what its /openapi.json promises: schemathesis asks it thousands of right and
wrong things.

usage: test_server_schema.py [EXAMPLES]     exit status 77 (skipped) where schemathesis is not
installed
"""

import pathlib
import shutil
import subprocess
import sys

from server_testing import Server

SEED = "1"


def main():
    program = shutil.which(
        "schemathesis", path=str(pathlib.Path(sys.executable).parent)
    ) or shutil.which("schemathesis")
    if not program:
        print("schemathesis is not installed: pip install -r tests/requirements.txt")
        return 77
    examples = sys.argv[1] if len(sys.argv) > 1 else "15"
    with Server("--log", "off") as server:
        return subprocess.run(
            [
                program,
                "--config-file",
                str(pathlib.Path(__file__).with_name("schemathesis.toml")),
                "run",
                "http://127.0.0.1:%d/openapi.json" % server.port,
                "--checks",
                "all",
                "--max-examples",
                examples,
                "--seed",
                SEED,
            ],
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
