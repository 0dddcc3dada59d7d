#!/usr/bin/env python3
"""Write a synthetic songs catalog in the schema of the real data set.

usage: make_sample_catalog.py OUTPUT.csv [--tracks 3000] [--seed 1]

No name, id or figure in it is anyone's: artists are called "Synthetic ...", ids and playlists begin
with "sample". What it shares with real data is what a program can trip over: tracks in several
playlists, one recording under several track ids, popularity 0, dates of a year or a month only, 1
January placeholders, " - " in titles, titles that look like times, quotes, commas and accents. Same
arguments: same bytes, whatever the Python version.
"""

import argparse
import csv
import random

COLUMNS = (
    "track_id track_name track_artist track_popularity track_album_id track_album_name"
    " track_album_release_date playlist_name playlist_id playlist_genre playlist_subgenre"
    " danceability energy key loudness mode speechiness acousticness instrumentalness liveness"
    " valence tempo duration_ms"
).split()

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

FIRST = (
    "Amber Blue Broken Busy Café Copper Crystal Distant Early Electric Empty Fading First Frozen"
    " Gentle Golden Hidden Hollow Late Little Lonely Lost Lucky Midnight Naïve Neon Northern Open"
    " Paper Quiet Restless Rolling Salt Sécret Second Silver Simple Sleepless Slow Southern Spare"
    " Tangled Velvet Wild Winter Yellow"
).split()
SECOND = (
    "Afternoon Avenue Balcony Bridge Candle Canyon Carousel Corner Daylight Echo Engine Ferry Field"
    " Garden Harbor Highway Horizon Island Kitchen Ladder Lantern Letter Lighthouse Market Meadow"
    " Mirror Morning Ocean Orchard Parade Pavement Picture Postcard Radio Railway River Satellite"
    " Shadow Shelter Signal Station Summer Telephone Tide Valley Window"
).split()
ACTS = (
    "Otters Kestrels Lanterns Harbor Foxes Tramways Pigeons Antennas Meadows Orchestra Ferries"
    " Postmen Weather Twins Gardeners Cartographers Bakers Radios Anoraks Librarians"
).split()
SUFFIXES = ("Remix", "Acoustic", "Live at Sample Hall", "Radio Edit", "2012 Remaster")

# genre: mean popularity, energy, danceability, acousticness, instrumentalness, speechiness, tempo,
# subgenres
GENRES = {
    "pop": (
        48,
        0.70,
        0.64,
        0.17,
        0.06,
        0.07,
        121,
        ("dance pop", "electropop", "indie poptimism", "post-teen pop"),
    ),
    "latin": (
        47,
        0.71,
        0.71,
        0.21,
        0.04,
        0.10,
        119,
        ("latin hip hop", "latin pop", "reggaeton", "tropical"),
    ),
    "rap": (
        43,
        0.65,
        0.72,
        0.19,
        0.08,
        0.20,
        121,
        ("gangster rap", "hip hop", "southern hip hop", "trap"),
    ),
    "rock": (
        41,
        0.73,
        0.52,
        0.14,
        0.06,
        0.06,
        125,
        ("album rock", "classic rock", "hard rock", "permanent wave"),
    ),
    "r&b": (
        41,
        0.59,
        0.67,
        0.26,
        0.03,
        0.12,
        114,
        ("hip pop", "neo soul", "new jack swing", "urban contemporary"),
    ),
    "edm": (
        35,
        0.80,
        0.66,
        0.08,
        0.22,
        0.09,
        126,
        ("big room", "electro house", "pop edm", "progressive electro house"),
    ),
}
# Songs that the sample day of examples/plans asks for, and names that try a parser.
NAMED = (
    ("Dancing Monkey", "Synthetic Otters", "pop", 99),
    ("Blinding Headlights", "The Synthetic Kestrels", "pop", 97),
    ("Piano for an Empty Kitchen", "Synthetic Weather", "r&b", 71),
    ("Run the Long Hill", "Synthetic Tramways", "edm", 83),
    ("Slow Train Home - Acoustic", "Synthetic Lanterns", "rock", 78),
    ("12:51 at the Station", "Synthetic Antennas", "rock", 74),
    ('Café, "Closed"', "Synthetic Pigeons", "latin", 69),
    ("9-5", "Synthetic Bakers", "rap", 66),
    ("4AM", "Synthetic Twins", "edm", 65),
    ("By Noon", "Synthetic Gardeners", "r&b", 64),
)


class Dice:
    """Random numbers from random.random() alone, the one generator whose sequence Python promises
    to keep.
    """

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def pick(self, items):
        return items[self.below(len(items))]

    def bell(self, mean, spread):
        return mean + spread * (sum(self.random() for _ in range(6)) - 3.0)

    def unit(self, mean, spread):
        return "%.3g" % min(0.99, max(0.01, self.bell(mean, spread)))

    def id(self, prefix):
        return prefix + "".join(self.pick(BASE62) for _ in range(22 - len(prefix)))


def release_date(dice):
    year = 2019 - dice.below(9 if dice.random() < 0.8 else 55)
    kind = dice.random()
    if kind < 0.06:
        return str(year)
    month = 1 + dice.below(12)
    if kind < 0.08:
        return "%04d-%02d" % (year, month)
    if kind < 0.16:
        return "%04d-01-01" % year
    return "%04d-%02d-%02d" % (year, month, 1 + dice.below(28))


def features(dice, genre):
    _, energy, dance, acoustic, instrumental, speech, tempo, _ = GENRES[genre]
    level = dice.bell(energy, 0.17)
    return {
        "danceability": dice.unit(dance, 0.14),
        "energy": "%.3g" % min(0.99, max(0.01, level)),
        "key": dice.below(12),
        "loudness": "%.3f" % min(0.5, dice.bell(-12.0 + 8.0 * level, 1.5)),
        "mode": int(dice.random() < 0.57),
        "speechiness": dice.unit(speech, 0.05),
        "acousticness": dice.unit(acoustic, 0.2),
        "instrumentalness": (
            "%.3g" % (dice.random() * 1e-5) if dice.random() < 0.7 else dice.unit(instrumental, 0.2)
        ),
        "liveness": dice.unit(0.18, 0.1),
        "valence": dice.unit(0.5, 0.22),
        "tempo": "%.3f" % max(60.0, dice.bell(tempo, 24.0)),
        "duration_ms": int(max(61_000, dice.bell(222_000, 45_000))),
    }


def make_track(dice, name, artist, genre, popularity):
    album = (
        name.split(" - ")[0] if dice.random() < 0.6 else "Sample Sessions %d" % (1 + dice.below(40))
    )
    track = {
        "track_id": dice.id("sample"),
        "track_name": name,
        "track_artist": artist,
        "track_popularity": popularity,
        "track_album_id": dice.id("sampleAlbum"),
        "track_album_name": album,
        "track_album_release_date": release_date(dice),
    }
    track.update(features(dice, genre))
    return track, genre


def make_tracks(dice, count):
    tracks = [make_track(dice, *named) for named in NAMED]
    artists = ["Synthetic %s" % act for act in ACTS] + [
        "Synthetic %s %s" % (a, b) for a in FIRST[:24] for b in ACTS
    ]
    while len(tracks) < count:
        genre = dice.pick(tuple(GENRES))
        if tracks and dice.random() < 0.06:  # the same recording under one more id, rated apart
            old, genre = dice.pick(tracks[len(NAMED) :] or tracks)
            name, artist = old["track_name"], old["track_artist"]
        else:
            name, artist = "%s %s" % (dice.pick(FIRST), dice.pick(SECOND)), dice.pick(artists)
            if dice.random() < 0.15:
                name += " - " + dice.pick(SUFFIXES)
        popularity = (
            0 if dice.random() < 0.09 else int(min(95, max(1, dice.bell(GENRES[genre][0], 22.0))))
        )
        tracks.append(make_track(dice, name, artist, genre, popularity))
    return tracks


def make_playlists(dice):
    return {
        genre: [
            {
                "playlist_name": "Sample %s %d" % (subgenre.title(), number),
                "playlist_id": dice.id("samplePlaylist"),
                "playlist_genre": genre,
                "playlist_subgenre": subgenre,
            }
            for subgenre in GENRES[genre][-1]
            for number in (1, 2, 3)
        ]
        for genre in GENRES
    }


def make_rows(dice, count):
    playlists = make_playlists(dice)
    for track, genre in make_tracks(dice, count):
        places = 1 if dice.random() < 0.85 else 2 + dice.below(4)
        chosen = []
        while len(chosen) < places:
            shelf = genre if not chosen or dice.random() < 0.6 else dice.pick(tuple(GENRES))
            playlist = dice.pick(playlists[shelf])
            if playlist not in chosen:
                chosen.append(playlist)
                yield {**track, **playlist}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output")
    parser.add_argument("--tracks", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with open(arguments.output, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(make_rows(Dice(arguments.seed), arguments.tracks))


main()
