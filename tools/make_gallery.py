#!/usr/bin/env python3
"""Write the gallery of the documentation: plans with pictures of their schedules.

usage: make_gallery.py PROGRAM SONGS.csv PLAN-FOLDER PAGE.md

PROGRAM is musicsched. The first line of each plan is a comment: a title, a full stop, and the
description. A plan with an error, a warning or an unscheduled item is an error. The pictures go
into the folder gallery beside the page.
"""

import json
import pathlib
import re
import subprocess
import sys

import make_week_svg

INTRODUCTION = """# Gallery

Each plan is a file in `examples/plans/gallery`, and each picture is drawn from its schedule:
events are blue, tasks green and songs orange. The songs are those of the synthetic catalog,
`build/sample_songs.csv`. To try a plan, run `musicsched plan PLAN.txt --catalog SONGS.csv`.
[Plan text](plan-text.md) lists everything that you can write.
"""


def say(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0 or done.stderr:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def section(program, songs, plan, pictures):
    first, text = plan.read_text(encoding="utf-8").split("\n", 1)
    title, description = re.fullmatch(r"// ([^.]+)\. (.+)", first).groups()
    command = (program, "plan", plan, "--catalog", songs)
    schedule = json.loads(say(*command, "--json"))
    if schedule["unplaced"]:
        sys.exit(f"{plan}: {len(schedule['unplaced'])} unscheduled items")
    result = say(*command).rstrip().rpartition("\n")[2]
    picture = pictures / f"{plan.stem}.svg"
    picture.write_text(make_week_svg.draw(schedule), encoding="utf-8")
    return f"""
## {title}

{description}

![{title}: the schedule](gallery/{picture.name})

```text
{text.strip()}
```

The schedule has {result[0].lower() + result[1:]}
"""


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    program, songs, plans, page = map(pathlib.Path, sys.argv[1:])
    pictures = page.parent / "gallery"
    pictures.mkdir(exist_ok=True)
    parts = [section(program, songs, plan, pictures) for plan in sorted(plans.glob("*.txt"))]
    if not parts:
        sys.exit(f"{plans}: no plans")
    page.write_text(INTRODUCTION + "".join(parts), encoding="utf-8")


main()
