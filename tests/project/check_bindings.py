#!/usr/bin/env python3
"""Hold docs/bindings.md against the headers and the bindings.

Every public function stands either in the table, and then the bindings call it and each language
has what its column names, or in the list of what is not bound, and then the bindings do not call
it. What the Python package calls is the table, what the page says it calls besides, and not what
the page leaves out. The table of names that all languages share has names that are there.
"""

import re
import sys

import headers

SWIG = headers.ROOT / "bindings/swig"
ROW = re.compile(r"^\| `(?P<function>msched_\w+)` \| (?P<cells>.*) \|$", re.MULTILINE)
# How a language says that it has a function of this name.
DEFINITION = {
    "R": (["r/R/*.R"], r"^%s(\.\w+)* <- function"),
    "Java": (["java/org/musicsched/*.java"], r"^    public .*\b%s\("),
    "Lua": (["lua/musicsched/*.lua", "language_lua.i"], r"function [\w.:]*\b%s\(|\b%s = |\"%s\""),
    "Ruby": (
        ["ruby/*.rb", "ruby/musicsched/*.rb"],
        r"def (self\.)?%s\b|attr_reader .*:%s\b|alias %s ",
    ),
}


# The table of shared names has these two languages as well.
SHARED = {
    "Python": (
        "python/musicsched",
        "*.py",
        r"^    (def %s\(|%s(:|,$| = ))|^        %s: |^def %s\(",
    ),
    "JavaScript": ("javascript/lib", "index.js", r"^ +(get )?%s\(|\b%s\b"),
}
OPTION = {"Java": r"\b%s\b", "R": r"\b%s\b", "Lua": r"\b%s\b", "Ruby": r"\b%s\b"}
VOCABULARY = re.compile(r"^\| (?!what|---)[^|`]+ \| (?P<cells>`.*) \|$", re.MULTILINE)


def check_vocabulary(page, texts):
    """The names of the table "One vocabulary", each looked up in the sources of its language."""
    part = page.partition("## One vocabulary")[2].partition("\n## ")[0]
    rows = [re.findall(r"`([^`]+)`", row["cells"]) for row in VOCABULARY.finditer(part)]
    shared = {
        language: (
            "\n".join(
                path.read_text(encoding="utf-8")
                for path in sorted((headers.ROOT / "bindings" / folder).glob(files))
            ),
            pattern,
        )
        for language, (folder, files, pattern) in SHARED.items()
    }
    columns = {"Python": shared["Python"], **texts, "JavaScript": shared["JavaScript"]}
    problems = [] if len(rows) >= 9 else ["the table of shared names is not there"]
    if len(rows) != len(re.findall(r"^\| (?!what|---)", part, re.MULTILINE)):
        problems.append("the table of shared names has a row that cannot be checked")
    for cells in rows:
        if len(cells) != len(columns):
            problems.append("%s: %d languages, not %d" % (cells[0], len(cells), len(columns)))
        for (language, (text, pattern)), cell in zip(columns.items(), cells):
            name = re.escape(re.split(r"[.:#]", cell)[-1])
            patterns = [pattern, OPTION.get(language, pattern)] if cell[0].islower() else [pattern]
            if not any(re.search(p.replace("%s", name), text, re.MULTILINE) for p in patterns):
                problems.append("%s has no %s" % (language, cell))
    return problems


WISH = re.compile(
    r"^\| (?P<wish>[^`|]+) \| `[^`]+` \| `(?P<json>\w+)` \| `(?P<c>[\w.]+)` \|"
    r" `(?P<function>\w+)\((?P<argument>\w+)=\)` \|$",
    re.MULTILINE,
)


def check_wishes(page, public):
    """The table "Wishes in every language": the schema has the key, the header the field or the
    function, and the Python plan the argument.
    """
    part = page.partition("## Wishes in every language")[2].partition("\n## ")[0]
    wishes = list(WISH.finditer(part))
    if len(wishes) < 13 or len(wishes) != part.count("\n|") - 2:
        yield "the table of wishes cannot be read"
    schema = (headers.ROOT / "docs/plan.schema.json").read_text(encoding="utf-8")
    header = (headers.ROOT / "include/musicsched/plan.h").read_text(encoding="utf-8")
    plan = (headers.ROOT / "bindings/python/musicsched/_plan.py").read_text(encoding="utf-8")
    for wish in wishes:
        struct, _, field = wish["c"].partition(".")
        body = re.search(r"typedef struct %s \{(.*?)\n\} %s;" % (struct, struct), header, re.DOTALL)
        named = struct in public if not field else body and re.search(r"\b%s;" % field, body[1])
        name = {"Plan": "__init__"}.get(wish["function"], wish["function"])
        found = re.search(r"    def %s\((.*?)\) ->" % name, plan, re.DOTALL)
        if '"%s":' % wish["json"] not in schema:
            yield "%s: docs/plan.schema.json has no %s" % (wish["wish"], wish["json"])
        if not named:
            yield "%s: plan.h has no %s" % (wish["wish"], wish["c"])
        if not found or not re.search(r"\b%s:" % wish["argument"], found[1]):
            yield "%s: Python has no %s(%s)" % (wish["wish"], wish["function"], wish["argument"])


def sources(patterns):
    return "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in patterns
        for path in sorted(SWIG.glob(pattern))
    )


def python_calls():
    """The functions that the Python package calls; it puts some names together of a kind of
    question and what is asked of it.
    """
    folder = headers.ROOT / "bindings/python"
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*folder.glob("musicsched/*.py"), folder / "preamble.c"]
    )
    kinds = re.search(r"Question\(kind\) for kind in \((.*)\)", text)[1]
    asked = re.findall(r'f"msched_\{kind\}_(\w+)"', text)
    states = re.findall(r'_function\("(\w+)"\)', text)
    return (
        set(re.findall(r"\bmsched_\w+", text))
        | {f"msched_{kind}_{verb}" for kind in re.findall(r'"(\w+)"', kinds) for verb in asked}
        | {
            f"msched_{kind}_{verb}"
            for kind in re.findall(r'_kind = "(\w+)"', text)
            for verb in states
        }
    )


def check_python(part, rows, public):
    besides, _, left_out = (
        set(re.findall(r"`(msched_\w+)`", text))
        for text in part.partition("\nIt does not call these functions:\n")
    )
    wanted, called = (set(rows) | besides) - left_out, python_calls() & public
    problems = [
        "%s: docs/bindings.md says that Python calls it, and it does not" % name
        for name in sorted(wanted - called)
    ]
    return problems + [
        "%s: Python calls it, and docs/bindings.md does not say so" % name
        for name in sorted(called - wanted)
    ]


def main():
    page = (headers.ROOT / "docs/bindings.md").read_text(encoding="utf-8")
    page, _, python_part = page.partition("\n## Python\n")
    table, _, unbound_part = page.partition("## Not bound, because")
    rows = {
        match["function"]: re.findall(r"`([^`]+)`", match["cells"]) for match in ROW.finditer(table)
    }
    unbound = set(re.findall(r"`(msched_\w+)`", unbound_part))
    public = {prototype.name for prototype in headers.prototypes()}
    called = set(re.findall(r"\bmsched_\w+", sources(["*.c", "language_*.i"])))
    # The classes' macro in handle.c makes these names of their parts.
    called |= {
        "msched_%s_%s" % (noun, verb)
        for noun in ("catalog", "plan", "schedule", "calendar", "history")
        for verb in ("ref", "unref")
    }
    texts = {
        language: (sources(patterns), pattern)
        for language, (patterns, pattern) in DEFINITION.items()
    }

    problems = [
        "%s is missing from docs/bindings.md" % name
        for name in sorted(public - set(rows) - unbound)
    ]
    problems += [
        "%s is in docs/bindings.md, but in no header" % name
        for name in sorted((set(rows) | unbound) - public)
    ]
    problems += [
        "%s is listed both as bound and as not bound" % name for name in sorted(set(rows) & unbound)
    ]
    problems += [
        "%s is listed as bound, but bindings/swig does not call it" % name
        for name in sorted(set(rows) - called)
    ]
    problems += [
        "%s is listed as not bound, but bindings/swig calls it" % name
        for name in sorted(unbound & called)
    ]
    for function, cells in sorted(rows.items()):
        if len(cells) != len(DEFINITION):
            problems.append("%s: %d languages, not %d" % (function, len(cells), len(DEFINITION)))
            continue
        for (language, (text, pattern)), cell in zip(texts.items(), cells):
            # The name after its class; R's dots belong to names.
            name = cell if language == "R" else re.split(r"[.:#]", cell)[-1]
            if not re.search(
                pattern.replace("%s", re.escape(name.rstrip("?"))), text, re.MULTILINE
            ):
                problems.append("%s: %s has no %s" % (function, language, cell))
    problems += check_wishes(table, public)
    problems += check_vocabulary(page, texts) + check_python(python_part, rows, public)
    for problem in problems:
        print(problem)
    print("%d functions bound, %d not" % (len(rows), len(unbound)))
    return 1 if problems else 0


sys.exit(main())
