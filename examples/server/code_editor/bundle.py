#!/usr/bin/env python3
"""Bundle a module with all that it imports into one, with the licenses of packages at its top.

usage: bundle.py NODE PACKAGES ENTRY.js OUTPUT.js [APART.js..]

PACKAGES is a folder node_modules; the modules APART are beside the page and stay there.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile


def owner(path):
    """The package that a file of node_modules belongs to."""
    parts = path.rsplit("node_modules/", 1)[1].split("/")
    return "/".join(parts[: 2 if parts[0].startswith("@") else 1])


def notice(packages, names):
    """The copyright of each package, and the one license that all of them have."""
    rights, texts = [], set()
    for name in sorted(names):
        about = json.loads((packages / name / "package.json").read_text(encoding="utf-8"))
        if about["license"] != "MIT":
            sys.exit("bundle.py: %s is under %s, not MIT" % (name, about["license"]))
        text = (packages / name / "LICENSE").read_text(encoding="utf-8")
        lines = text.strip().splitlines()
        held = [line for line in lines if line.startswith("Copyright")]
        rights.append("%s %s: %s" % (name, about["version"], "; ".join(held)))
        texts.add("\n".join(lines[lines.index(held[-1]) + 1 :]).strip())
    if len(texts) != 1:
        sys.exit("bundle.py: the packages have %d texts of the MIT license" % len(texts))
    return "/*!\n%s\n\n%s\n*/\n" % ("\n".join(rights), texts.pop())


def main():
    node, packages, entry, output, *apart = sys.argv[1:]
    packages = pathlib.Path(packages).resolve()
    with tempfile.TemporaryDirectory() as folder:
        made, facts = pathlib.Path(folder, "made.js"), pathlib.Path(folder, "facts.json")
        run = [node, packages / "esbuild/bin/esbuild", entry, "--bundle", "--format=esm"]
        run += ["--minify", "--target=es2022", "--legal-comments=none", "--log-level=warning"]
        run += ["--charset=utf8", "--metafile=%s" % facts, "--outfile=%s" % made]
        run += ["--external:./" + name for name in apart]
        environment = {**os.environ, "NODE_PATH": str(packages)}
        if subprocess.run(run, env=environment, check=False).returncode != 0:
            sys.exit(1)
        inputs = json.loads(facts.read_text(encoding="utf-8"))["inputs"]
        names = {owner(path) for path in inputs if "node_modules/" in path}
        text = (notice(packages, names) if names else "") + made.read_text(encoding="utf-8")
    pathlib.Path(output).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
