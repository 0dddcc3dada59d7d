#!/usr/bin/env python3
"""Join a module of the page and the modules that it imports into one, without other tools.

usage: join_modules.py ENTRY.js OUTPUT.js [APART.js..]

The modules APART are beside the page and stay there. It reads what the page's modules are written
in, and refuses what it does not know: each import is of a module beside it and names what it takes,
each export is of a function, a class or a constant, and no module imports itself in a circle.
"""

import pathlib
import re
import sys

IMPORT = re.compile(r"^import (?:\{([^}]*)\}|\* as (\w+)) from '\./([\w.]+)';\n", re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function|class|const) ([\w$]+)", re.MULTILINE)
COMMENT = re.compile(r"^ */\*.*?\*/\n", re.MULTILINE | re.DOTALL)


class Joined:
    def __init__(self, folder, apart):
        self.folder, self.apart = folder, apart
        self.open, self.parts = [], {}

    def add(self, name):
        """Put in a module, after those that it imports."""
        if name in self.parts:
            return
        if name in self.open:
            sys.exit("join_modules.py: %s imports itself: %s" % (name, " > ".join(self.open)))
        self.open.append(name)
        text = (self.folder / name).read_text(encoding="utf-8")
        takes = []
        for names, all_names, imported in IMPORT.findall(text):
            takes.append(self.take(imported, names, all_names))
        body = COMMENT.sub("", IMPORT.sub("", text))
        gives = [found[1] for found in EXPORT.findall(body)]
        body = EXPORT.sub(r"\1 \2", body)
        odd = re.search(r"^(?:import|export)\b.*", body, re.MULTILINE)
        if odd:
            sys.exit("join_modules.py: %s: cannot read %r" % (name, odd[0]))
        self.open.pop()
        self.parts[name] = "const %s = (() => {\n%s%s\nreturn { %s };\n})();\n" % (
            variable(name),
            "".join(takes),
            body.strip("\n"),
            ", ".join(gives),
        )

    def take(self, name, names, all_names):
        if name in self.apart:
            self.parts.setdefault(name, "import * as %s from './%s';\n" % (variable(name), name))
        else:
            self.add(name)
        wanted = all_names or "{ %s }" % ", ".join(
            " ".join(one.split()).replace(" as ", ": ") for one in names.split(",") if one.strip()
        )
        return "const %s = %s;\n" % (wanted, variable(name))


def variable(name):
    return "$" + name.removesuffix(".js")


def main():
    entry, output, *apart = sys.argv[1:]
    entry = pathlib.Path(entry)
    joined = Joined(entry.parent, apart)
    joined.add(entry.name)
    pathlib.Path(output).write_text("".join(joined.parts.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
