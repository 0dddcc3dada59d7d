#!/usr/bin/env python3
"""Write the small TZif files under tests/schedule/zoneinfo: a few zones by their rule of today (RFC
8536, version 2).
"""

import pathlib
import struct

ZONES = {
    "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
    "Europe/Berlin": "CET-1CEST,M3.5.0,M10.5.0/3",
    "Europe/Dublin": "IST-1GMT0,M10.5.0,M3.5.0/1",
    "Australia/Lord_Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "Asia/Kolkata": "IST-5:30",
}


def tzif(rule):
    def block():
        return (
            struct.pack(">4sc15x6I", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
            + struct.pack(">iBB", 0, 0, 0)
            + b"LMT\0"
        )

    return block() + block() + b"\n" + rule.encode() + b"\n"


def main():
    root = pathlib.Path(__file__).with_name("zoneinfo")
    for name, rule in ZONES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tzif(rule))


main()
