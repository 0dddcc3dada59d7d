#!/usr/bin/env python3
"""Check that the search of the documentation finds its pages.

usage: check_docs_search.py HTML-FOLDER

The folder has the page of the search, the index that it reads lists every page, and words of the
pages lead to them.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# As a reader would type them, in the form of the index: lower case, stemmed.
EXPECTED = {
    "fluidcalendar": "comparison",
    "luarock": "packages",
    "exportifi": "song-files",
    "msc": "saved-catalogs",
}


def main():
    folder = pathlib.Path(sys.argv[1])
    if 'name="q"' not in (folder / "search.html").read_text(encoding="utf-8"):
        sys.exit("search.html has no field to type into")
    text = (folder / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)", text.strip(), re.DOTALL)[1])
    names = index["docnames"]
    written = {page.stem for page in (ROOT / "docs").glob("*.md")}
    if missing := written - set(names):
        sys.exit(f"the search does not know {sorted(missing)}")
    for term, page in EXPECTED.items():
        found = index["terms"].get(term, [])
        found = found if isinstance(found, list) else [found]
        if page not in [names[number] for number in found]:
            sys.exit(f"the search for {term} does not find {page}")
    print(f"search: {len(names)} pages, {len(index['terms'])} terms")


main()
