#!/usr/bin/env python3
"""Move the notes of news/ into NEWS.md under a heading of this version.

usage: collect_news.py VERSION [ROOT]
"""

import pathlib
import sys

KINDS = ("added", "changed", "fixed", "removed")


def collect(folder):
    """The section's text, and the files it came from."""
    text, used = "", []
    for kind in KINDS:
        notes = sorted(folder.glob("*." + kind))
        if notes:
            text += "\n### %s\n\n" % kind.capitalize()
        for note in notes:
            text += "- %s\n" % " ".join(note.read_text(encoding="utf-8").split())
            used.append(note)
    unknown = [
        path.name for path in folder.iterdir() if path.name != "README.md" and path not in used
    ]
    if unknown:
        sys.exit("news/%s: the name must end in one of .%s" % (unknown[0], ", .".join(KINDS)))
    return text, used


def main(version, root="."):
    news = pathlib.Path(root, "NEWS.md")
    title, _, rest = news.read_text(encoding="utf-8").partition("\n## ")
    text, used = collect(pathlib.Path(root, "news"))
    if rest.startswith(version):
        first, _, older = rest.partition("\n## ")
        body = first.partition("\n")[2].strip()
        section = "%s\n\n%s\n%s" % (version, body, text)
        rest = section + ("\n## " + older if older else "")
    elif not text:
        sys.exit("news/ holds no note and NEWS.md no section of %s" % version)
    else:
        rest = "%s\n%s\n## %s" % (version, text, rest)
    news.write_text("%s\n## %s" % (title, rest), encoding="utf-8")
    for note in used:
        note.unlink()


if len(sys.argv) not in (2, 3):
    sys.exit(__doc__)
main(*sys.argv[1:])
