#!/usr/bin/env python3
"""Compare the binary interface with its committed record, tests/project/abi.json.

usage: abi_record.py CC [--update]

The record holds the size of every public struct, the offset and size of every member, the value of
every constant and the names of the functions. Structs and enums may grow only as the header says;
whatever else changes here breaks programs that are already compiled, so a change of the record is a
decision: --update writes it, a review reads it.
"""

import json
import pathlib
import platform
import subprocess
import sys
import tempfile

import headers

RECORD = pathlib.Path(__file__).with_name("abi.json")


def probe_source():
    lines = [
        "#include <musicsched/musicsched.h>",
        "#include <stdio.h>",
        "int main(void)",
        "{",
        '    printf("{\\n");',
    ]
    for name, members in headers.structs():
        lines.append('    printf("\\"struct %s\\": {\\"size\\": %%zu", sizeof(%s));' % (name, name))
        for member in members:
            lines.append(
                '    printf(", \\"%s\\": [%%zu, %%zu]", offsetof(%s, %s), sizeof(((%s *)0)->%s));'
                % (member, name, member, name, member)
            )
        lines.append('    printf("},\\n");')
    for name in headers.constants():
        lines.append('    printf("\\"%s\\": %%ld,\\n", (long)%s);' % (name, name))
    lines += ['    printf("\\"end\\": 0}\\n");', "    return 0;", "}"]
    return "\n".join(lines) + "\n"


def measure(compiler):
    with tempfile.TemporaryDirectory() as folder:
        source, program = pathlib.Path(folder, "probe.c"), pathlib.Path(folder, "probe")
        source.write_text(probe_source(), encoding="utf-8")
        subprocess.run(
            [*compiler, "-std=c11", "-I", headers.INCLUDE, source, "-o", program], check=True
        )
        record = json.loads(
            subprocess.run([program], check=True, capture_output=True, text=True).stdout
        )
    del record["end"]
    record["functions"] = sorted(prototype.name for prototype in headers.prototypes())
    return record


def differences(old, new):
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            if isinstance(old.get(key), dict) and isinstance(new.get(key), dict):
                for part in sorted(old[key].keys() | new[key].keys()):
                    if old[key].get(part) != new[key].get(part):
                        yield "%s.%s: %s in the record, %s now" % (
                            key,
                            part,
                            old[key].get(part),
                            new[key].get(part),
                        )
            elif key == "functions":
                yield "functions gone: %s, new: %s" % (
                    sorted(set(old[key]) - set(new[key])),
                    sorted(set(new[key]) - set(old[key])),
                )
            else:
                yield "%s: %s in the record, %s now" % (key, old.get(key), new.get(key))


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
    if platform.machine() not in ("x86_64", "aarch64") or sys.maxsize < 2**32:
        print("the record is of 64-bit x86 and ARM")
        return 77
    record = measure(arguments or ["cc"])
    if "--update" in sys.argv:
        lines = ["%s: %s" % (json.dumps(key), json.dumps(value)) for key, value in record.items()]
        RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        return 0
    found = list(differences(json.loads(RECORD.read_text(encoding="utf-8")), record))
    if found:
        print("\n".join(found))
        print("If that is meant: tests/project/abi_record.py --update, and say so in NEWS.md.")
    return 1 if found else 0


sys.exit(main())
