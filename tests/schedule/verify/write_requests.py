#!/usr/bin/env python3
"""Print seeded requests for schedule_batch.

usage: write_requests.py CATALOG.csv COUNT [FIRST_SEED]
"""
import json
import sys

import day

tracks = list(day.load_tracks(sys.argv[1]))
first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
for seed in range(first, first + int(sys.argv[2])):
    print(json.dumps({"plan": day.draw_plan(seed, tracks, (1, 20), (0, 20), fill=True), "options": {"seed": seed}}))
