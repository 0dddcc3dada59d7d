"""Running the command line program in tests."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
SAMPLE = pathlib.Path(sys.argv[2]).resolve()


def real_catalog():
    """The real data set, or None where it is not there."""
    named = os.environ.get("MUSICSCHED_CSV")
    places = (
        [pathlib.Path(named)]
        if named
        else [ROOT / "../shared/data/spotify_songs.csv", ROOT / "data/spotify_songs.csv"]
    )
    return next((path.resolve() for path in places if path.is_file()), None)


class CliTest(unittest.TestCase):
    maxDiff = None

    def run_cli(self, *arguments, stdin=None, environment=None, cwd=None):
        """stdout, stderr and exit status; a crash fails the test."""
        variables = {k: v for k, v in os.environ.items() if k != "MUSICSCHED_CATALOG"}
        result = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            input=(stdin or "").encode("utf-8"),
            capture_output=True,
            check=False,
            timeout=120,
            cwd=cwd,
            env={**variables, "LC_ALL": "C.UTF-8", "MUSICSCHED_CONFIG": "", **(environment or {})},
        )
        # Decoded here, because the text mode of subprocess would hide the line ends.
        result.stdout, result.stderr = result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
        self.assertIn(result.returncode, (0, 1, 2), result.stderr)
        return result

    def good(self, *arguments, **options):
        result = self.run_cli(*arguments, **options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def good_json(self, *arguments, **options):
        return json.loads(self.good(*arguments, "--json", **options))

    def bad(self, status, *arguments, **options):
        """Standard error of a run that has to fail, with nothing on standard output."""
        result = self.run_cli(*arguments, **options)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertNotEqual(result.stderr, "")
        return result.stderr


def main():
    # unittest wants its own arguments only.
    unittest.main(module="__main__", argv=[sys.argv[0], *sys.argv[3:]])
