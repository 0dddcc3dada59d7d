"""The public headers as the checks read them: comments, prototypes, structs, enums."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INCLUDE = ROOT / "include"

COMMENT_AND_PROTOTYPE = re.compile(
    r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?^MSCHED_API\s+(?P<prototype>[^;]*);",
    re.DOTALL | re.MULTILINE,
)
STRUCT = re.compile(
    r"^typedef struct (?P<name>msched_\w+) \{(?P<body>.*?)^\} (?P=name);", re.DOTALL | re.MULTILINE
)
ENUM = re.compile(r"^enum (?P<name>msched_\w+) \{(?P<body>.*?)\};", re.DOTALL | re.MULTILINE)
CONSTANT = re.compile(r"^#define (MSCHED_[A-Z0-9_]+) (.+)$", re.MULTILINE)


def public_headers():
    return sorted((INCLUDE / "musicsched").glob("*.h"))


def without_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)


class Prototype:
    """One public function: name, what it returns, its parameters' names, its comment, where it
    stands.
    """

    def __init__(self, header, line, comment, text):
        self.header, self.line, self.comment = header, line, comment
        flat = " ".join(without_comments(text).split())
        match = re.fullmatch(r"(?P<returns>.*?)(?P<name>msched_\w+)\((?P<parameters>.*)\)", flat)
        if match is None:
            raise SystemExit("%s:%d: cannot read the prototype: %s" % (header, line, flat))
        self.name = match["name"]
        self.returns = match["returns"].strip()
        self.parameters = [
            re.search(r"(\w+)(?:\[\w*\])?$", parameter).group(1)
            for parameter in match["parameters"].split(",")
            if parameter.strip() != "void"
        ]


def prototypes():
    found = []
    for header in public_headers():
        text = header.read_text(encoding="utf-8")
        for match in COMMENT_AND_PROTOTYPE.finditer(text):
            line = text.count("\n", 0, match.start("prototype")) + 1
            found.append(
                Prototype(header.relative_to(ROOT), line, match["comment"], match["prototype"])
            )
    return found


def member_names(body):
    """Names of a struct's members, function pointers too."""
    names = []
    for declaration in without_comments(body).split(";"):
        pointer = re.search(r"\(\*(\w+)\)", declaration)
        if pointer:
            names.append(pointer.group(1))
        elif declaration.strip():
            names += [
                re.search(r"(\w+)(?:\[[^\]]*\])*\s*$", part).group(1)
                for part in declaration.split(",")
            ]
    return names


def structs():
    return [
        (match["name"], member_names(match["body"]))
        for header in public_headers()
        for match in STRUCT.finditer(header.read_text(encoding="utf-8"))
    ]


def constants():
    """Names of all enum values and numeric macros, but for the version, which changes with every
    release.
    """
    names = []
    for header in public_headers():
        text = without_comments(header.read_text(encoding="utf-8"))
        for match in ENUM.finditer(text):
            names += re.findall(r"\b(MSCHED_\w+)\s*=", match["body"])
        for name, value in CONSTANT.findall(text):
            if re.fullmatch(r"\(?-?\d+\)?", value.strip()) and not name.startswith(
                "MSCHED_VERSION_"
            ):
                names.append(name)
    return names


def exported_symbols(library):
    """Names that a shared library defines for others, with the version that the symbol map gives
    them.
    """
    output = subprocess.run(
        ["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True
    ).stdout
    symbols = [line.split()[-1] for line in output.splitlines()]
    return {
        symbol.split("@")[0]: symbol.rpartition("@")[2]
        for symbol in symbols
        if not symbol.startswith("MUSICSCHED_")
    }
