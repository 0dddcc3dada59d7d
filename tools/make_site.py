#!/usr/bin/env python3
"""Write the page with everything that it needs to plan by itself, for any static host.

usage: make_site.py PACKAGE SONGS FOLDER [BUILT.js..]

PACKAGE is the package for JavaScript (make javascript), SONGS a file of songs (CSV, also .gz),
BUILT.js what a build has bundled, in the place of the page's files of these names. The folder may
be served from any path of a host; it is replaced.
"""

import gzip
import pathlib
import shutil
import sys

PAGE = pathlib.Path(__file__).resolve().parent.parent / "examples/server/page"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'"
)
SITE = """/* Written by make_site.py: this page plans by itself. */
export const site = {
  planner: './planner.js',
  songs: './songs.csv.gz',
  recurrence: '%s',
  server: false,
};
"""
RECURRENCE = "musicsched/ical.js"  # expands recurring events, if npm could get it
# What differs where no server names the pages: each text is there, once or more.
CHANGES = {
    "index.html": [
        ('href="popularity"', 'href="popularity.html"'),
        (' <a href="./openapi.json">API</a>', ""),
        (" Without it, send plan text to the API at /api/v1/schedule.", ""),
    ],
    "popularity.html": [
        ('href="popularity"', 'href="popularity.html"'),
        ('for this request. <a href="./openapi.json">API</a>', "in this browser."),
        (" Without it, get the numbers from the API at /api/v1/popularity/.", ""),
    ],
    "sw.js": [("'./popularity'", "'./popularity.html'")],
}


def changed(name, text):
    for old, new in CHANGES.get(name, []):
        if old not in text:
            sys.exit("make_site.py: %s has no %r any more" % (name, old))
        text = text.replace(old, new)
    if name.endswith(".html"):
        head = '<meta charset="utf-8">\n'
        policy = '<meta http-equiv="Content-Security-Policy" content="%s">\n' % POLICY
        text = text.replace(head, head + policy, 1)
    return text


def packed(songs):
    data = songs.read_bytes()
    return data if data[:2] == b"\x1f\x8b" else gzip.compress(data, 9, mtime=0)


def main():
    package, songs, folder, *built = (pathlib.Path(argument) for argument in sys.argv[1:])
    if folder.exists() and not (folder / "site.js").exists():
        sys.exit("make_site.py: %s is another folder than one of this program" % folder)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "musicsched/lib").mkdir(parents=True)
    for file in sorted(PAGE.iterdir()):
        if file.name in ("site.js", "site_with_planner.js"):
            continue
        text = file.read_text(encoding="utf-8")
        (folder / file.name).write_text(changed(file.name, text), encoding="utf-8")
    ical = package / "node_modules/ical.js"
    (folder / "site.js").write_text(
        SITE % ("./" + RECURRENCE if ical.exists() else ""), encoding="utf-8"
    )
    if ical.exists():
        shutil.copyfile(ical / "dist/ical.min.js", folder / RECURRENCE)
        shutil.copyfile(ical / "LICENSE", folder / "musicsched/LICENSE-ical.js.txt")
    for file in built:
        shutil.copyfile(file, folder / file.name)
    for file in sorted(package.glob("lib/*.js")):
        shutil.copyfile(file, folder / "musicsched/lib" / file.name)
    for name in ("musicsched.wasm", "LICENSE", "THIRD-PARTY.md"):
        shutil.copyfile(package / name, folder / "musicsched" / name)
    (folder / "songs.csv.gz").write_bytes(packed(songs))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print("%s: %.1f MB" % (folder, size / 1e6))


if __name__ == "__main__":
    main()
