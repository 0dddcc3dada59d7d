#!/usr/bin/env python3
"""Compare the files of delivery with the tree: what they name exists, runs with the rights that it
needs, and agrees.

Development container: its files, and names that its schema knows. Workflows: `run` steps call only
make targets and scripts of the tree; actions are pinned by commit; rights are read-only unless a
job says otherwise. Dockerfiles and install commands of pages: packages come from packages.txt
alone. Pages: a link to a file of the tree leads to one (the documentation site checks headings and
the web).
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Of https://containers.dev/implementors/json_reference/: those that this project uses or is likely
# to.
DEVCONTAINER_NAMES = {
    "name",
    "build",
    "remoteUser",
    "hostRequirements",
    "forwardPorts",
    "portsAttributes",
    "postCreateCommand",
    "postStartCommand",
    "onCreateCommand",
    "updateContentCommand",
    "customizations",
    "containerEnv",
    "remoteEnv",
    "features",
}
ALLOWED_RUN = re.compile(
    r"^(?:[A-Z_]+=(?:\"[^\"]*\"|\S+) )*(make |tools/|\.github/prepare_debian\.sh$|git diff"
    r" --exit-code$|brew install "
    r"|docker build -t musicsched \.$)"
)
failures = []


def fail(path, message):
    failures.append("%s: %s" % (path, message))


def make_targets():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {
        name
        for line in re.findall(r"^([a-z][a-z -]*):", text, re.MULTILINE)
        for name in line.split()
    }


def check_devcontainer():
    path = ROOT / ".devcontainer/devcontainer.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    for name in settings.keys() - DEVCONTAINER_NAMES:
        fail(path.name, "unknown name " + name)
    build = settings["build"]
    if (
        not (path.parent / build["dockerfile"]).is_file()
        or (path.parent / build["context"]).resolve() != ROOT
    ):
        fail(path.name, "build names files that are not there")
    if "useradd --create-home --shell /bin/bash --uid 1000 %s" % settings["remoteUser"] not in (
        path.parent / build["dockerfile"]
    ).read_text(encoding="utf-8"):
        fail(path.name, "remoteUser is not the user that the Dockerfile makes")
    port = re.search(
        r"^PORT \?= (\d+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    ).group(1)
    if settings["forwardPorts"] != [int(port)] or list(settings["portsAttributes"]) != [port]:
        fail(path.name, "the forwarded port is not the one of make run, " + port)
    if settings["postCreateCommand"].removeprefix("make ") not in make_targets():
        fail(path.name, "postCreateCommand is not a make target")


def check_workflow(path):
    text = path.read_text(encoding="utf-8")
    targets = make_targets()
    if not re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE):
        fail(path.name, "the default rights must be contents: read")
    for uses in re.findall(r"uses: (.*)", text):
        if not re.fullmatch(r"\./\S+|[\w./-]+@[0-9a-f]{40} # v[\d.]+", uses):
            fail(path.name, "not pinned by commit with its version: " + uses)
    for command in re.findall(r"run: (.*)", text):
        if not ALLOWED_RUN.match(command):
            fail(path.name, "neither a make target nor a script of the tree: " + command)
        for target in re.findall(r"\bmake ([a-z-]+)", command):
            if target not in targets:
                fail(path.name, "no such make target: " + target)
        for script in re.findall(r"(?:tools|\.github)/\w+\.\w+", command):
            if not (ROOT / script).is_file():
                fail(path.name, "no such script: " + script)


def check_badges():
    """A badge names a workflow that exists."""
    for name in re.findall(
        r"actions/workflows/([\w.]+)", (ROOT / "README.md").read_text(encoding="utf-8")
    ):
        if not (ROOT / ".github/workflows" / name).is_file():
            fail("README.md", "no such workflow: " + name)


def check_packages():
    purposes = {
        line.split()[0]
        for line in (ROOT / "packages.txt").read_text(encoding="utf-8").splitlines()
        if line[:1] != "#"
    }
    for path in [
        ROOT / "Makefile",
        ROOT / "Dockerfile",
        ROOT / ".devcontainer/Dockerfile",
        *sorted((ROOT / "tools").glob("*.sh")),
    ]:
        text = path.read_text(encoding="utf-8")
        for used in re.findall(
            r"install_packages\.sh ([a-z]+(?: [a-z]+)*)(?: \\)?$", text, re.MULTILINE
        ):
            for purpose in set(used.split()) - purposes:
                fail(path.name, "packages.txt has no purpose " + purpose)
        if "apt-get install" in text and path.name != "install_packages.sh":
            fail(path.name, "packages are installed by tools/install_packages.sh")


def check_install_commands():
    """A shell block that installs packages names only those of packages.txt."""
    known = {
        line.split()[1]
        for line in (ROOT / "packages.txt").read_text(encoding="utf-8").splitlines()
        if line and line[0] != "#"
    }
    pages = [ROOT / "README.md", *(ROOT / "bindings").rglob("README.md")]
    for page in [*pages, *(ROOT / "docs").glob("*.md")]:
        text = page.read_text(encoding="utf-8").replace("\\\n", " ")
        for block in re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            for names in re.findall(r"^(?:sudo )?apt install ([^#\n]*)", block, re.MULTILINE):
                for name in set(names.split()) - known:
                    if not name.startswith("./"):
                        fail(page.relative_to(ROOT), "not in packages.txt: " + name)


def check_links():
    folders = [
        path
        for path in ROOT.iterdir()
        if path.is_dir()
        and not path.name.startswith((".venv", "build", "subprojects", "node_modules"))
    ]
    pages = [
        *ROOT.glob("*.md"),
        *(
            page
            for folder in folders
            for page in folder.rglob("*.md")
            if "node_modules" not in page.parts
        ),
    ]
    for page in pages:
        text = re.sub(
            r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
        )
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", text):
            # Badges lead to pages of the repository's host, above the tree.
            if (
                not re.match(r"\w+:|\.\./\.\./actions/", target)
                and not (page.parent / target).exists()
            ):
                fail(page.relative_to(ROOT), "leads nowhere: " + target)


check_devcontainer()
for workflow in sorted((ROOT / ".github/workflows").glob("*.yml")):
    check_workflow(workflow)
check_badges()
check_packages()
check_install_commands()
check_links()
for failure in failures:
    print(failure)
print("%d failures" % len(failures))
sys.exit(1 if failures else 0)
