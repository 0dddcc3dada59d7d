#!/usr/bin/env python3
"""tools/install_packages.sh as root, with sudo, and without: what it runs, and what it tells the
user to run.

Every command that it could change the machine with is replaced by one that writes down how it was
called.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REAL = ("bash", "awk", "grep", "dirname", "env", "cat")
LINE = "apt-get update && %sapt-get install -y --no-install-recommends one-dev two"


def write_program(path, text):
    path.write_text("#!/bin/sh\n" + text, encoding="utf-8")
    path.chmod(0o755)


def run(folder, user, sudo, installs=True):
    """Status, standard error and the calls of apt-get, for a user and what sudo does (None: there
    is none).
    """
    programs = folder / "bin"
    shutil.rmtree(programs, ignore_errors=True)
    programs.mkdir()
    calls = folder / "calls"
    calls.write_text("", encoding="utf-8")
    for name in REAL:
        (programs / name).symlink_to(shutil.which(name))
    write_program(programs / "id", "echo %d\n" % user)
    write_program(
        programs / "dpkg-query", 'case "$*" in *present) echo installed;; *) exit 1;; esac\n'
    )
    write_program(
        programs / "apt-get",
        'echo "$*" >>"%s"; case "$*" in *install*) exit %d;; esac\n'
        % (calls, 0 if installs else 100),
    )
    if sudo is not None:
        write_program(
            programs / "sudo",
            sudo + '\n[ "$1" != -n ] || shift\ncase $1 in true) exit 0;; esac\nexec "$@"\n',
        )
    done = subprocess.run(
        [folder / "tools/install_packages.sh", "some", "other"],
        env={"PATH": str(programs)},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    return done.returncode, done.stderr, calls.read_text(encoding="utf-8").splitlines()


def expect(what, holds, seen):
    if not holds:
        sys.exit("%s: %s" % (what, seen))
    print("ok: " + what)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "tools").mkdir()
        shutil.copy(ROOT / "tools/install_packages.sh", folder / "tools")
        (folder / "packages.txt").write_text(
            "# purposes\nsome   one-dev\nsome   present\nother  two\nother  three  env\nfar   "
            " four\n",
            encoding="utf-8",
        )
        installed = ["-qq update", "-qq install -y --no-install-recommends one-dev two"]
        seen = run(folder, 0, None)
        expect("root installs what is missing", (seen[0], seen[2]) == (0, installed), seen)
        seen = run(folder, 1000, "")
        expect(
            "sudo installs without asking where it may", (seen[0], seen[2]) == (0, installed), seen
        )
        seen = run(folder, 1000, None)
        expect(
            "without sudo, the line for su",
            seen[0] == 1 and "  su -c '%s'\n" % (LINE % "") in seen[1] and not seen[2],
            seen,
        )
        seen = run(folder, 1000, "exit 1")
        expect(
            "where sudo refuses, the line for sudo",
            seen[0] == 1 and "  sudo " + LINE % "sudo " + "\n" in seen[1] and not seen[2],
            seen,
        )
        seen = run(folder, 0, None, installs=False)
        expect(
            "a failed installation names the packages",
            seen[0] == 1 and "  " + LINE % "" + "\n" in seen[1],
            seen,
        )


main()
