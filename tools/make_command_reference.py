#!/usr/bin/env python3
"""Write the manual page musicsched(1), or a page for the documentation, from the program's --help;
or write the manual page musicsched-plan(5) from the documentation of plan text.

usage: make_command_reference.py man|markdown PROGRAM OUTPUT
       make_command_reference.py plan docs/plan-text.md OUTPUT
"""

import os
import pathlib
import re
import subprocess
import sys


def say(program, *arguments):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MUSICSCHED_CONFIG": ""}
    return subprocess.run(
        [program, *arguments], check=True, capture_output=True, text=True, env=environment
    ).stdout


def commands(program):
    """(name, help) of each command, in the program's order."""
    listed = re.search(r"^Commands:\n((?:  .*\n)+)", say(program, "--help"), re.MULTILINE)[1]
    names = [line.split()[0] for line in listed.splitlines()]
    return [(name, say(program, name, "--help")) for name in names]


def roff(text):
    """Text as troff prints it: backslashes and leading dots or quotes are not commands."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"[^\0-\x7f]", lambda found: r"\[u%04X]" % ord(found[0]), text)
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def without_empty(lines):
    """The lines without paragraphs that have no text, of which mandoc warns."""
    kept = []
    for line in lines:
        if line == ".PP" and (not kept or kept[-1].startswith((".SH", ".SS", ".PP"))):
            continue
        if line.startswith((".SH", ".SS", ".TP", ".IP")) and kept and kept[-1] == ".PP":
            kept.pop()
        kept.append(line)
    return "\n".join(kept) + "\n"


def man_command(name, text):
    usage, *parts = text.split("\n\n")
    out = [".SS %s" % roff(name), ".B %s" % roff(usage.removeprefix("usage: "))]
    for part in parts:
        title, _, rest = part.partition("\n")
        if title == "Options:":
            for line in rest.splitlines():
                left, right = re.match(r"\s+(-.*?)(?:  +|$)(.*)", line).groups()
                out += [".TP", ".B %s" % roff(left), roff(right)]
        elif title == "Examples:":
            out += [".PP", "Examples:", ".PP", ".nf", ".RS", roff(rest.rstrip()), ".RE", ".fi"]
        else:
            out += [".PP", ".nf", roff(part.rstrip()), ".fi"]
    return out


def man(program):
    version = say(program, "--version").split()[1]
    out = [
        '.TH MUSICSCHED 1 "" "musicsched %s" "User Commands"' % version,
        ".SH NAME",
        (
            r"musicsched \- schedule to-dos and music to the second, and analyze what makes songs"
            r" popular"
        ),
        ".SH SYNOPSIS",
        ".B musicsched",
        r"\fICOMMAND\fR [\fIOPTION\fR]...",
        ".SH DESCRIPTION",
        (
            "From a catalog of songs and a plan with to\\-dos, events and wanted songs, musicsched"
            " schedules each item to the second, and explains why an item was left out."
        ),
        "It also analyzes which songs of a catalog are popular.",
        ".SH COMMANDS",
    ]
    for name, text in commands(program):
        out += man_command(name, text)
    out += [
        ".SH EXIT STATUS",
        ".TP",
        "0",
        "Success. Unscheduled items are a result, not a failure.",
        ".TP",
        "1",
        "The input could not be read, or could be read only in part.",
        ".TP",
        "2",
        "The command line was wrong.",
        ".SH ENVIRONMENT",
        ".TP",
        ".B MUSICSCHED_CATALOG",
        r"The catalog, if \-\-catalog does not name one.",
        ".TP",
        ".B MUSICSCHED_CONFIG",
        "The configuration file; if empty, no file is read.",
        ".TP",
        ".B MUSICSCHED_PAGER",
        "The pager for output that is longer than the screen; if empty, there is no pager.",
        "Default: the command in",
        ".BR PAGER ,",
        "otherwise",
        ".BR less .",
        ".TP",
        ".B NO_COLOR",
        "If set, the output has no colors.",
        ".SH FILES",
        ".TP",
        ".I ~/.config/musicsched/config.toml",
        (
            "The settings catalog, calendar and music_calendar (a string or an array of strings),"
            " timezone and plan (a string)."
        ),
        "Relative paths start at the folder of the file.",
        ".SH SEE ALSO",
        r".BR musicsched\-plan (5)",
    ]
    return without_empty(out)


def markdown(program):
    out = ["# Commands and options\n"]
    for name, text in commands(program):
        out.append("## %s\n\n```\n%s```\n" % (name, text))
    return "\n".join(out)


def inline(text):
    """Markdown within a paragraph as troff: code is bold, links are their text."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", roff(text))
    return re.sub(r"`([^`]*)`", r"\\fB\1\\fR", text)


def table_row(line):
    """The cells of a row; a bar in code is not a border."""
    return [cell.strip() for cell in re.findall(r"((?:`[^`]*`|[^|`])*)\|", line[1:])]


def plan(source):
    """Headings, paragraphs, lists, tables and code blocks of a Markdown file as a manual page."""
    out = [
        '.TH MUSICSCHED\\-PLAN 5 "" "musicsched" "File Formats"',
        ".SH NAME",
        r"musicsched\-plan \- the plan of a day as plain text",
        ".SH DESCRIPTION",
    ]
    in_code = False
    for line in pathlib.Path(source).read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("```"):
            in_code = not in_code
            out += [".PP", ".nf", ".RS"] if in_code else [".RE", ".fi"]
        elif in_code:
            out.append(roff(line))
        elif line.startswith("###"):
            out.append(".SS %s" % inline(line.lstrip("# ")))
        elif line.startswith("#"):
            out.append(".SH %s" % inline(line.lstrip("# ")).upper())
        elif re.match(r"\|[ -|]*\|$", line) and set(line) <= set("|- "):
            del out[-2:]  # the row above was the table's head
        elif line.startswith("|"):
            first, *rest = table_row(line)
            out += [".TP\n%s" % inline(first), inline("; ".join(rest))]
        elif not line.strip():
            out.append(".PP")
        elif line.startswith("- "):
            out += [r".IP \(bu 2", inline(line[2:])]
        else:
            out.append(inline(line.strip()))
    return without_empty([*out, ".SH SEE ALSO", ".BR musicsched (1)"])


def main():
    form, source, output = sys.argv[1:]
    text = {"man": man, "markdown": markdown, "plan": plan}[form](source)
    pathlib.Path(output).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
