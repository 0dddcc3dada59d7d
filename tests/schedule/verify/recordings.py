"""Which tracks of a catalog are one recording: written from docs/scheduling-model.md alone."""

import collections
import csv
import functools
import re

FEATURED = r"(?:feat\.?|ft\.?|featuring|with) "
VERSION = (
    "remaster|official|lyric|music video|album version|single version|radio edit|mono|stereo|"
    "explicit|bonus track"
)
ADDITION = re.compile(
    rf" [(\[](?:{FEATURED}[^)\]]*|[^)\]]*(?:{VERSION})[^)\]]*)[)\]]"
    rf"| - (?:{FEATURED}.*|(?:(?! - ).)*(?:{VERSION})(?:(?! - ).)*)"
)
SEPARATOR = re.compile(r"; |;|, | & | feat\.? | ft\. | with | x | / | vs\. | and ")


def plain(title):
    """A title as it is compared."""
    return ADDITION.sub("", title.casefold()).strip() or title.casefold()


def artists(title, artist):
    """All who are named with a track."""
    names = SEPARATOR.split(artist.casefold())
    featured = re.search(rf" (?:[(\[]|- ){FEATURED}([^)\]]*)", title.casefold())
    return set(names + (SEPARATOR.split(featured.group(1)) if featured else []))


def recordings(tracks):
    """{id: recording} of {id: (title, artist, milliseconds)}."""
    root = {i: i for i in tracks}

    def find(i):
        while root[i] != i:
            i = root[i]
        return i

    exact, by_title = {}, collections.defaultdict(list)
    for i, (title, artist, _) in tracks.items():
        root[find(i)] = find(exact.setdefault((title.casefold(), artist.casefold()), i))
        by_title[plain(title)].append(i)
    for same in by_title.values():
        for a in same:
            for b in same:
                (x, by_x, long_x), (y, by_y, long_y) = tracks[a], tracks[b]
                if a < b and abs(long_x - long_y) <= 2000 and artists(x, by_x) & artists(y, by_y):
                    root[find(b)] = find(a)
    return {i: find(i) for i in tracks}


@functools.cache
def of_file(path):
    """{id: recording} of a CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as f:
        return recordings(
            {
                row["track_id"]: (
                    row["track_name"],
                    row["track_artist"],
                    int(float(row["duration_ms"])),
                )
                for row in csv.DictReader(f)
            }
        )
