#!/usr/bin/env python3
"""Print seeded requests for schedule_batch: days of every kind, and every option that changes an
answer.

usage: write_requests.py CATALOG.csv COUNT [FIRST_SEED]
"""

import json
import sys

import day

# (to-dos, songs, options) by the remainder of the seed
KINDS = [
    ((1, 20), (0, 20), {}),
    ((1, 20), (0, 20), {"again": 1}),
    ((1, 20), (0, 20), {"work_limit": 20000}),
    ((1, 20), (0, 20), {"no_order": 1, "no_reasons": 1}),
    ((1, 8), (25, 90), {}),
    ((20, 40), (0, 10), {}),
]

tracks = list(day.load_tracks(sys.argv[1]))
first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
for seed in range(first, first + int(sys.argv[2])):
    tasks, songs, options = KINDS[seed % len(KINDS)]
    print(
        json.dumps(
            {
                "plan": day.draw_plan(seed, tracks, tasks, songs, fill=True),
                "options": {"seed": seed, **options},
            }
        )
    )
