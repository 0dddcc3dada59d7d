"""Plans a day: python day.py SONGS.csv PLAN.txt"""

import pathlib
import sys

import musicsched

songs, plan = sys.argv[1:]
catalog = musicsched.Catalog.read_csv(songs)
text = pathlib.Path(plan).read_text(encoding="utf-8")
print(catalog.schedule(musicsched.Plan.from_text(text, catalog=catalog)).to_json(), end="")
