#!/usr/bin/env python3
"""The modules of a page in one: they run as they do apart, and what cannot be joined is refused."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
JOIN = ROOT / "examples/server/join_modules.py"
PAGE = ROOT / "examples/server/page"
NODE = shutil.which("node")

MODULES = {
    "main.js": "import { twice as double } from './numbers.js';\n"
    "import * as words from './words.js';\nimport { apart } from './apart.js';\n"
    "const one = 1;\nconsole.log(double(one), words.greet(), apart, words.Word.name);\n",
    "numbers.js": "/* Numbers. */\nimport {\n  one,\n} from './one.js';\n\n"
    "export const twice = (n) => 2 * n * one;\n",
    "words.js": "import { one } from './one.js';\nexport function greet() {\n"
    "  return `hello ${one}`;\n}\nexport class Word {}\n",
    "one.js": "export const one = 1;\nconsole.log('one');\n",
    "apart.js": "export const apart = 'apart';\n",
}


def join(folder, entry="main.js"):
    command = [sys.executable, JOIN, folder / entry, folder / "joined.js", "apart.js", "site.js"]
    done = subprocess.run([*command, "code_editor.js"], capture_output=True, text=True, check=False)
    return done, folder / "joined.js"


def write(folder, modules):
    for name, text in modules.items():
        (folder / name).write_text(text, encoding="utf-8")


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        write(folder, {**MODULES, "package.json": '{"type": "module"}'})
        done, joined = join(folder)
        assert done.returncode == 0, done.stderr
        assert joined.read_text().count("import ") == 1, "a module that stays apart is imported"
        if NODE:
            said = [
                subprocess.run([NODE, folder / name], capture_output=True, text=True, check=True)
                for name in ("main.js", "joined.js")
            ]
            assert said[0].stdout == said[1].stdout == "one\n2 hello 1 apart Word\n", said
        for text, message in (
            ("import { twice } from './main.js';\n", "imports itself"),
            ("export default 3;\n", "cannot read"),
            ("import one from './one.js';\n", "cannot read"),
        ):
            write(folder, {**MODULES, "numbers.js": text})
            done, joined = join(folder)
            assert done.returncode != 0 and message in done.stderr, (text, done.stderr)
        for page in ("plan_page.js", "popularity_page.js"):
            shutil.copytree(PAGE, folder / page.removesuffix(".js"))
            done, joined = join(folder / page.removesuffix(".js"), page)
            assert done.returncode == 0, done.stderr
            if NODE:
                subprocess.run([NODE, "--check", joined.rename(folder / "p.mjs")], check=True)
    sys.path.insert(0, str(ROOT / "tools"))
    import make_site

    for name in make_site.CHANGES:  # ends with a message where a page has not the text to change
        assert "/api/v1/" not in make_site.changed(name, (PAGE / name).read_text("utf-8")), name
    print("ok: modules of a page are joined")


main()
