#!/usr/bin/env python3
"""Run the tutorials: save their C and Python blocks under the names the text gives, run their shell
blocks in order.

usage: check_tutorials.py BUILD-FOLDER PAGE.md... [--python PREFIX-OF-AN-ENVIRONMENT]
       check_tutorials.py --pasted PAGE.md...

The build is installed into a temporary folder. Blocks that prepare the machine (sudo, make, pip)
are left out, and the server of the web tutorial is started here, on a free port, instead of in the
foreground.

With --pasted, every block runs in the checkout, as a reader pastes it into one shell; only
containers are left out, and servers run in the background. This installs packages: use a machine
that you can throw away (make test-tutorials).
"""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PREPARES = re.compile(
    r"^(sudo |make |docker |python3 -m venv |music/bin/(pip |python songs)|build/examples/server/)",
    re.MULTILINE,
)
SERVER = re.compile(r"127\.0\.0\.1:8080")


def blocks(page):
    """(language, text, name given by the line before)."""
    name, position = None, 0
    for block in re.finditer(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        named = re.findall(r"`(\w+\.(?:c|py))`", page[position : block.start()])
        name, position = named[-1] if named else name, block.end()
        yield block.group(1), block.group(2), name


def install(build, folder):
    subprocess.run(
        ["ninja", "-C", build, "install"],
        check=True,
        capture_output=True,
        env={**os.environ, "DESTDIR": str(folder)},
    )
    package = next(folder.rglob("musicsched.pc"))
    return {
        **os.environ,
        "PATH": f"{package.parents[3] / 'bin'}:{os.environ['PATH']}",
        "PKG_CONFIG_SYSROOT_DIR": str(folder),
        "PKG_CONFIG_PATH": str(package.parent),
        "LD_LIBRARY_PATH": str(package.parent.parent),
        "CATALOG": str(next(folder.rglob("sample_songs.csv"))),
    }


def start_server(build, catalog):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = build / "examples/server/musicsched-server"
    server = subprocess.Popen(
        [program, "--catalog", catalog, "--port", str(port)], stdout=subprocess.DEVNULL
    )
    for _ in range(100):
        if subprocess.run([program, "--probe", "--port", str(port)], check=False).returncode == 0:
            return server, port
        time.sleep(0.1)
    server.terminate()
    sys.exit("the server does not start")


def run_page(path, folder, environment, port):
    ran = 0
    for language, text, name in blocks(path.read_text(encoding="utf-8")):
        if language in ("c", "python"):
            folder.joinpath(name).write_text(text, encoding="utf-8")
        elif language == "sh" and not PREPARES.search(text):
            script = SERVER.sub("127.0.0.1:%s" % port, text).replace("curl -sS", "curl -sSf")
            result = subprocess.run(
                ["bash", "-eu", "-o", "pipefail", "-c", script],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if result.returncode != 0:
                sys.exit("%s:\n%s\n%s%s" % (path.name, script, result.stdout, result.stderr))
            ran += 1
    if ran == 0:
        sys.exit("%s: no command was run" % path.name)
    print("ok: %s, %d blocks of commands" % (path.name, ran))


def paste(path):
    """Run a page as one script; yes answers questions such as those of apt."""
    script = ["trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"]
    for language, text, name in blocks(path.read_text(encoding="utf-8")):
        if language in ("c", "python"):
            script.append(f"cat >{name} <<'END OF FILE'\n{text}END OF FILE")
        elif language == "sh" and not text.startswith("docker "):
            text = re.sub(r"^make run$", "make run RUN_ONCE=1", text, flags=re.MULTILINE)
            script.append(
                re.sub(r"^(build/examples/server/.*)$", r"\1 & sleep 3", text, flags=re.MULTILINE)
            )
    print(f"== {path}", flush=True)
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as answers:
        status = subprocess.run(
            ["bash", "-eux", "-c", "\n".join(script)], cwd=ROOT, stdin=answers.stdout, check=False
        ).returncode
        answers.kill()
    if status != 0:
        sys.exit(f"{path}: exit status {status}")


def main(build, *arguments):
    if build == "--pasted":
        for page in arguments:
            paste(pathlib.Path(page))
        return
    build = pathlib.Path(build).resolve()
    pages, python = list(arguments), None
    if "--python" in pages:
        at = pages.index("--python")
        python = pages[at + 1]
        del pages[at : at + 2]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        environment = install(build, folder / "root")
        if python:
            folder.joinpath("music").symlink_to(pathlib.Path(python).resolve())
        for page in map(pathlib.Path, pages):
            server, port = None, None
            if SERVER.search(page.read_text(encoding="utf-8")):
                if (
                    not shutil.which("curl")
                    or not (build / "examples/server/musicsched-server").exists()
                ):
                    print("skipped: %s needs curl and the server" % page.name)
                    continue
                server, port = start_server(build, environment["CATALOG"])
            try:
                run_page(page, folder, environment, port)
            finally:
                if server:
                    server.terminate()
                    server.wait()


if len(sys.argv) < 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
