#!/usr/bin/env python3
"""Build the Python package, install the wheel into empty environments, and run pytest there.

usage: run.py build BUILD_FOLDER
       run.py variants BUILD_FOLDER
       run.py pytest BUILD_FOLDER ENVIRONMENT [PYTEST-ARGUMENT...]
       run.py python BUILD_FOLDER ENVIRONMENT [PYTHON-ARGUMENT...]   (builds first where nothing is
       built)

Works offline once .venv-python and the others exist (make test makes them; without the one it
needs: exit 77, skipped). `build` makes the wheel and the sdist in BUILD_FOLDER/python/dist, and
environments that hold the wheel:
  empty    the wheel and cffi, nothing else
  full     beside it, by a .pth file, what .venv-python holds
  pandas2  beside it, by a .pth file, what .venv-pandas2 holds
  spark    beside it, by a .pth file, what .venv-pipeline holds
`variants` builds and tries the other ways in, after `build`: the abi3 wheel, made of the sdist, and
an editable install.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
TOOLS = {
    "full": SOURCE / ".venv-python",
    "pandas2": SOURCE / ".venv-pandas2",
    "spark": SOURCE / ".venv-pipeline",
}
SKIP = 77
# The variants differ in how they are built and installed, not in their machine code. The option
# -Doptimization would do the same, but before version 23.1, pip keeps only the last setup-args.
QUICK = {"CFLAGS": "-O0"}


def run(*command, **options):
    print("+", *command, flush=True)
    subprocess.run([str(part) for part in command], check=True, **options)


def is_made(tools):
    return (tools / "requirements.stamp").exists()


def one(folder, pattern):
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        sys.exit(f"{folder}: {len(found)} files {pattern}, not one")
    return found[0]


def site_packages(environment):
    return one(environment / "lib", "python3.*/site-packages")


def build_package(dist):
    """The wheel of this tree and its sdist, without a network and without build isolation."""
    python = TOOLS["full"] / "bin/python"
    env = os.environ | {"PATH": f"{python.parent}:{os.environ['PATH']}"}
    shutil.rmtree(dist, ignore_errors=True)
    run(
        python,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        dist,
        SOURCE,
        env=env,
    )
    if (SOURCE / ".git").exists():
        run(
            python,
            "-c",
            "import mesonpy, sys; mesonpy.build_sdist(sys.argv[1])",
            dist,
            env=env,
            cwd=SOURCE,
        )
        check_sdist(one(dist, "musicsched-*.tar.gz"), env)


def check_sdist(sdist, env):
    """All that the build reads is in the sdist: it configures, and the tests are there."""
    folder = sdist.parent.parent / "sdist"
    shutil.rmtree(folder, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        # Debian 12's Python 3.11.2 has no filters.
        archive.extractall(
            folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {})
        )
    root = one(folder, "musicsched-*")
    for name in (
        "LICENSE",
        "LICENSE-libcsv.txt",
        "THIRD-PARTY.md",
        "PKG-INFO",
        "include/musicsched/arrow.h",
        "tests/python/run.py",
        "bindings/python/make_ffi.py",
    ):
        if not (root / name).exists():
            sys.exit(f"{name} is not in the sdist")
    run(
        "meson",
        "setup",
        "build",
        "-Dauto_features=disabled",
        "-Dpython=enabled",
        "-Ddefault_library=static",
        env=env,
        cwd=root,
        stdout=subprocess.DEVNULL,
    )


def make_environment(folder, wheel, tools):
    """An environment without pip that holds the wheel and, for `tools`, sees what is installed
    there.
    """
    shutil.rmtree(folder, ignore_errors=True)
    run(TOOLS["full"] / "bin/python", "-m", "venv", "--without-pip", folder)
    pip = [
        TOOLS["full"] / "bin/python",
        "-m",
        "pip",
        "--python",
        folder / "bin/python",
        "--disable-pip-version-check",
    ]
    if tools is not None:
        run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel)
        (site_packages(folder) / "tools.pth").write_text(
            f"{site_packages(tools)}\n", encoding="utf-8"
        )
        return
    cache = TOOLS["full"] / "wheels"
    if not list(cache.glob("cffi-*")):
        run(
            TOOLS["full"] / "bin/python",
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "-d",
            cache,
            "cffi",
        )
    run(*pip, "install", "--quiet", "--no-index", "--find-links", cache, wheel)


def check_notices(environment):
    """What the wheel contains comes with its license."""
    licenses = one(site_packages(environment), "musicsched-*.dist-info") / "licenses"
    for name in ("LICENSE", "LICENSE-libcsv.txt", "THIRD-PARTY.md", "LICENSES/Unicode-3.0.txt"):
        if not (licenses / name).exists():
            sys.exit(f"{name} is not in the wheel")


def build_all(folder, sample):
    shutil.rmtree(folder, ignore_errors=True)
    build_package(folder / "dist")
    wheel = one(folder / "dist", "musicsched-*.whl")
    for name, tools in {"empty": None, **TOOLS}.items():
        if tools is None or is_made(tools):
            make_environment(folder / name, wheel, tools)
    check_notices(folder / "empty")
    run(folder / "empty/bin/python", SOURCE / "tests/python/smoke.py", sample, cwd=folder)


def build_variants(folder, sample):
    """The abi3 wheel, built of what is in the sdist, and an editable install that imports from the
    checkout.
    """
    python, smoke = TOOLS["full"] / "bin/python", SOURCE / "tests/python/smoke.py"
    env = os.environ | {"PATH": f"{python.parent}:{os.environ['PATH']}"} | QUICK
    unpacked = sorted((folder / "sdist").glob("musicsched-*"))
    shutil.rmtree(folder / "abi3", ignore_errors=True)
    run(
        python,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        folder / "abi3",
        "--config-settings=setup-args=-Dpython.allow_limited_api=true",
        *(unpacked or [SOURCE]),
        env=env,
    )
    # meson-python names the Python that built it; the module needs no later one than the limited
    # API that it was built for.
    run(
        python,
        "-m",
        "wheel",
        "tags",
        "--python-tag",
        "cp311",
        "--remove",
        one(folder / "abi3", "musicsched-*-abi3-*.whl"),
    )
    make_environment(
        folder / "abi3/environment", one(folder / "abi3", "musicsched-*-cp311-abi3-*.whl"), None
    )
    run(folder / "abi3/environment/bin/python", smoke, sample, cwd=folder)

    editable = folder / "editable"
    shutil.rmtree(editable, ignore_errors=True)
    run(python, "-m", "venv", "--without-pip", editable)
    (site_packages(editable) / "tools.pth").write_text(
        f"{site_packages(TOOLS['full'])}\n", encoding="utf-8"
    )
    run(
        python,
        "-m",
        "pip",
        "--python",
        editable / "bin/python",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        f"--config-settings=build-dir={folder / 'editable-build'}",
        "--editable",
        SOURCE,
        env=env,
    )
    run(
        editable / "bin/python",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "test_plan.py",
        cwd=SOURCE / "tests/python",
        env=env | {"MUSICSCHED_BUILD": str(folder.parent)},
    )
    run(
        editable / "bin/python",
        "-c",
        "import musicsched._plan as p; assert p.__file__.startswith(%r), p.__file__"
        % str(SOURCE / "bindings/python"),
        cwd=folder,
        env=env,
    )


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    command, build = sys.argv[1], Path(sys.argv[2]).resolve()
    folder = build / "python"
    environment = "full" if command in ("build", "variants") else sys.argv[3]
    for tools in (TOOLS["full"], TOOLS.get(environment, TOOLS["full"])):
        if not is_made(tools):
            print(f"{tools} is not there: make test makes it")
            return SKIP
    if command == "build":
        build_all(folder, build / "sample_songs.csv")
        return 0
    if command == "variants":
        build_variants(folder, build / "sample_songs.csv")
        return 0
    python = folder / environment / "bin/python"
    if command == "python":
        if not python.exists():
            build_all(folder, build / "sample_songs.csv")
        return subprocess.run([python, *sys.argv[4:]], check=False).returncode
    if not python.exists():
        sys.exit(f'{python} is not there: the test "python build" makes it')
    env = os.environ | {"MUSICSCHED_BUILD": str(build), "MPLBACKEND": "agg"}
    return subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *sys.argv[4:]],
        env=env,
        check=False,
        cwd=SOURCE / "tests/python",
    ).returncode


sys.exit(main())
