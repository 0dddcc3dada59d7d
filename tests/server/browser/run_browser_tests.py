#!/usr/bin/env python3
"""Run the browser tests against a server of their own.

usage: run_browser_tests.py [FILE..]               the tests of all files, or of those named
       run_browser_tests.py --run FILE ARGUMENT..  a script that takes pictures for the documents

Needs node, Chromium and the packages of package.json, which are installed beside the build where
npm can get them.
playwright-core stays below 1.62 while Debian 12's Node.js 18 is to run it. Exit status 77 (skipped)
where one of them is not to be had. CHROMIUM in the environment names the program; else it is
Chromium's headless shell, which takes less time, or the whole browser. A test waits for the page
half of its time, so that three files run at once.
"""

import contextlib
import functools
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from server_testing import CATALOG, SERVER, Server  # noqa: E402

ROOT = HERE.parent.parent.parent
PACKAGE = ROOT / "build-javascript/package"
BROWSERS = ("chromium-headless-shell", "chromium")
FOLDER = pathlib.Path(SERVER).resolve().parent / "browser-tests"


def packages():
    """The folder with node_modules, None where they cannot be installed."""
    FOLDER.mkdir(exist_ok=True)
    wanted = (HERE / "package.json").read_bytes()
    copy = FOLDER / "package.json"
    if not (FOLDER / "node_modules").is_dir() or not copy.exists() or copy.read_bytes() != wanted:
        copy.write_bytes(wanted)
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        if (
            not shutil.which("npm")
            or subprocess.run(command, cwd=FOLDER, check=False).returncode != 0
        ):
            return None
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, FOLDER)
    return FOLDER


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *unused):
        pass


@contextlib.contextmanager
def static_site():
    """The addresses of the page that plans by itself: in a folder of a static host, and on a
    server; none where the package for JavaScript is not built (make javascript)."""
    if not (PACKAGE / "musicsched.wasm").exists():
        yield {}
        return
    folder = FOLDER / "static"
    folder.mkdir(exist_ok=True)
    make = [sys.executable, ROOT / "tools/make_site.py", PACKAGE, CATALOG, folder / "day"]
    make += sorted(pathlib.Path(SERVER).resolve().parent.glob("*.js"))
    subprocess.run(make, check=True)
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        with Server("--log", "off", "--site", str(folder / "day")) as server:
            yield {
                "SITE": "http://127.0.0.1:%d/day/" % host.server_address[1],
                "SITE_SERVER": "http://127.0.0.1:%d" % server.port,
            }
        host.shutdown()


def failures(report):
    """The failed tests of a TAP report with what is said about each, to be printed last: a log of
    tests keeps the last lines only.
    """
    blocks = re.split(r"^(?=\s*(?:# Subtest|not ok|ok) )", report, flags=re.MULTILINE)
    return [block.rstrip() for block in blocks if re.match(r"\s*not ok", block)]


def main():
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not chromium or not shutil.which("node"):
        print("skipped: chromium or node is not installed")
        return 77
    if packages() is None:
        print("skipped: npm could not install " + str(HERE / "package.json"))
        return 77
    with Server("--log", "off") as server, static_site() as site:
        base = "http://127.0.0.1:%d" % server.port
        env = dict(os.environ, BASE=base, CHROMIUM=chromium, **site)
        run = ["node", "--test", "--test-concurrency=3"]
        command = [*run, *sorted(f.name for f in HERE.glob("*_tests.mjs"))]
        if sys.argv[1:2] == ["--run"]:
            arguments = [str(pathlib.Path(name).resolve()) for name in sys.argv[3:]]
            command = ["node", sys.argv[2], *arguments]
        elif sys.argv[1:]:
            command = [*run, *sys.argv[1:]]
        done = subprocess.run(
            command, cwd=FOLDER, env=env, check=False, stdout=subprocess.PIPE, text=True
        )
        print(done.stdout)
        for failure in failures(done.stdout):
            print(failure)
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
