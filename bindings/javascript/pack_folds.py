#!/usr/bin/env python3
"""Pack the tables of src/base/fold_table.c for the package for JavaScript.

usage: pack_folds.py FOLD_TABLE.c FOLD_PACKED.h

Most code points that change are in runs: each one, or every second one, becomes the same text
except for its last code point, which rises by a constant. A run consists of:

- the gap since the code point after the last run;
- a head byte: the number of code points of the text, plus 64 if the run has several members, plus
  128 if they are every second code point;
- the code points of the text, each as the difference to that of the last run at the same place;
- if the run has several members, their number and the rise.

Numbers have seven bits per byte, and differences have their sign in the lowest bit. Each kind of
value has a stream of its own, because similar bytes compress better together.
"""

import pathlib
import re
import sys

BLOCK = 32


def arrays(text):
    for name, values in re.findall(r"(\w+)\[\d+\] = \{(.*?)\};", text, re.DOTALL):
        yield name, [int(value) for value in values.split(",") if value.strip()]


def mapping(read, name):
    """What each code point becomes, as lists of code points."""
    blocks, values = read["msched__fold_%s_blocks" % name], read["msched__fold_%s_values" % name]
    texts = bytes(read["msched__fold_texts"])
    becomes = {}
    for code in range(BLOCK * len(blocks)):
        place = values[BLOCK * blocks[code // BLOCK] + code % BLOCK]
        if place:
            text = texts[place + 1 : place + 1 + texts[place]]
            becomes[code] = [ord(c) for c in text.decode()]
    return becomes


def number(value):
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return out


def signed(value):
    return number(value << 1 if value >= 0 else ~value << 1 | 1)


def run_length(becomes, code, step, rise):
    text, times = becomes[code], 1
    while becomes.get(code + times * step) == text[:-1] + [
        last + rise * times for last in text[-1:]
    ]:
        times += 1
    return times


def streams(becomes):
    gaps, heads, codes, counts = (bytearray() for _ in range(4))
    after, last, runs = 0, {}, 0
    left = dict(sorted(becomes.items()))
    while left:
        code = next(iter(left))
        text = becomes[code]
        options = [(run_length(left, code, step, rise), step, rise)
                   for step in (1, 2) for rise in (0, 1, 2)]  # fmt: skip
        times, step, rise = max(options, key=lambda one: one[0])
        # a run of every second code point ends before a change between two of its members
        while step == 2 and any(code + 2 * i + 1 in left for i in range(times - 1)):
            times -= 1
        step = step if times > 1 else 1
        gaps += number(code - after)
        heads.append(len(text) | 64 * (times > 1) | 128 * (step == 2))
        for place, point in enumerate(text):
            codes += signed(point - last.get(place, 0))
            last[place] = point
        if times > 1:
            counts += number(times) + bytes([rise])
        for i in range(times):
            del left[code + i * step]
        after = code + (times - 1) * step + 1
        runs += 1
    return runs, (gaps, heads, codes, counts)


def pack_folds(table, header):
    read = dict(arrays(table.read_text(encoding="utf-8")))
    both = {name: mapping(read, name) for name in ("case", "search")}
    assert both["case"].keys() <= both["search"].keys()
    own = {k: v for k, v in both["search"].items() if both["case"].get(k) != v}
    most = max(len(text) for text in both["search"].values())
    assert most < 32
    size = 1
    for packed in (both["case"], both["case"], own):
        size += sum(1 + len("".join(map(chr, text)).encode()) for text in packed.values())
    assert size < 65536
    out = ["/* Written by pack_folds.py. */", "#include <stdint.h>", ""]
    out += ["#define FOLD_TEXT_BYTES %d" % size, "#define FOLD_MOST_CODES %d" % most]
    for name, becomes, packed in (("case", both["case"], both["case"]),
                                  ("search", both["search"], own)):  # fmt: skip
        upper = name.upper()
        used = 1 + len({code // BLOCK for code in becomes})
        out.append(
            "#define FOLD_%s_BLOCKS %d" % (upper, len(read["msched__fold_%s_blocks" % name]))
        )
        out.append("#define FOLD_%s_USED %d" % (upper, used))
        runs, parts = streams(packed)
        names = ["fold_%s_%s" % (name, part) for part in ("gaps", "heads", "codes", "counts")]
        for one, data in zip(names, parts, strict=True):
            out.append("static const unsigned char %s[] = {%s};" % (one, ",".join(map(str, data))))
        out.append("#define FOLD_%s_STREAMS %s, %d" % (upper, ", ".join(names), runs))
    text = "\n".join(out) + "\n"
    if not header.exists() or header.read_text(encoding="utf-8") != text:
        header.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    pack_folds(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
