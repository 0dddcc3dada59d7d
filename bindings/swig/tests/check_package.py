#!/usr/bin/env python3
"""Build a language's package with the language's own tool, install it into an empty environment,
and plan a day there.

usage: check_package.py [--full] [--keep FOLDER] LANGUAGE BUILD-FOLDER SONGS.csv PLAN.txt

The day must be what `musicsched plan --json` writes, byte for byte. The programs run in an empty
folder with PATH, HOME and LANG alone. --keep copies the package into FOLDER. Skipped where a tool
is missing.

c           cc with the flags of pkg-config, beside the library as installed
java        javac and jar build the jar; with --full `mvn verify`, which downloads its plugins
javascript  npm pack and npm install, into an empty project; tools/build_javascript.sh builds first
lua         luarocks lint and luarocks make, into an empty tree, beside the library as installed
python      pip install of the wheel that the test "python build" made, into an empty environment
r           R CMD build and R CMD INSTALL, into an empty library; with --full also R CMD check
ruby        gem build and gem install, into an empty GEM_HOME, beside the library as installed
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
SKIPPED = 77


class Work:
    """A folder for one package, and what its programs are given."""

    def __init__(self, folder, given):
        self.folder = folder
        self.build = given.build.resolve()
        self.full = given.full
        self.keep_in = given.keep and given.keep.resolve()
        self.songs = given.songs.resolve()
        self.plan = given.plan.resolve()
        self.home = self.make("home")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8"}

    def make(self, name):
        made = self.folder / name
        made.mkdir()
        return made

    def run(self, *command, cwd=None, **environment):
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd or self.home,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            sys.exit(f"{command[0]} failed\n{done.stdout[-5000:]}\n{done.stderr[-5000:]}")
        return done.stdout

    def keep(self, *files):
        if self.keep_in is not None:
            self.keep_in.mkdir(parents=True, exist_ok=True)
            for file in files:
                shutil.copy(file, self.keep_in)

    def stage(self, language, *options):
        """The sources of the package."""
        staged = self.folder / language
        self.run(sys.executable, ROOT / "tools/stage_package.py", *options, language, staged)
        return staged


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def need(*tools):
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        skip(f"{', '.join(missing)} is not installed")


def java(work):
    need("java", "javac", "jar", "swig", *(["mvn"] if work.full else []))
    native = work.build / "bindings/swig/java/libmusicsched_java.so"
    staged = work.stage("java", "--native", native)
    if work.full:
        # Where mvn of this user looks, so that plugins are downloaded once.
        repository = f"-Dmaven.repo.local={pathlib.Path.home() / '.m2/repository'}"
        work.run("mvn", "--quiet", "--batch-mode", repository, "verify", cwd=staged)
        jars = sorted((staged / "target").glob("*.jar"), key=lambda file: file.stem)
        made, *others = jars
        if [file.name for file in others] != [
            f"{made.stem}-{kind}.jar" for kind in ("javadoc", "sources")
        ]:
            sys.exit(f"mvn verify made {jars}")
        pom = shutil.copy(staged / "pom.xml", made.with_suffix(".pom"))
        work.keep(*jars, pom)
    else:
        classes = work.make("classes")
        files = sorted((staged / "src/main/java").rglob("*.java"))
        work.run("javac", "--release", "17", "-d", classes, *files)
        made = work.folder / "made.jar"
        resources = staged / "src/main/resources"
        work.run(
            "jar",
            "--create",
            "--no-compress",
            "--file",
            made,
            "-C",
            classes,
            ".",
            "-C",
            resources,
            ".",
        )
    jar = work.home / "musicsched.jar"
    shutil.move(made, jar)
    shutil.rmtree(staged)
    temporary = work.make("temporary")
    day = work.run(
        "java",
        "-XX:-UsePerfData",
        f"-Djava.io.tmpdir={temporary}",
        *("-cp", jar, HERE / "day/Day.java", work.songs, work.plan),
    )
    if any(temporary.iterdir()):
        sys.exit(f"the jar left {list(temporary.iterdir())} behind")
    return day


def installed_library(work):
    """The library as installed in an empty folder, and what makes a compiler and loader find it."""
    root = work.make("root")
    # By way of ninja, because the build knows which Meson it was set up with; that one may be in
    # this user's own HOME.
    subprocess.run(
        ["ninja", "-C", work.build, "install"],
        check=True,
        env={**os.environ, "DESTDIR": str(root)},
        stdout=subprocess.DEVNULL,
    )
    pkg_config = next(root.rglob("musicsched.pc")).parent
    return {
        "PKG_CONFIG_PATH": str(pkg_config),
        "PKG_CONFIG_SYSROOT_DIR": str(root),
        "LD_LIBRARY_PATH": str(pkg_config.parent),
    }


def ruby(work):
    need("ruby", "gem", "make", "cc", "pkg-config", "swig")
    staged = work.stage("ruby")
    work.run("gem", "build", "musicsched.gemspec", cwd=staged)
    gem = next(staged.glob("*.gem"))
    work.keep(gem)
    environment = {"GEM_HOME": str(work.make("gems")), **installed_library(work)}
    work.run("gem", "install", "--local", "--no-document", gem, **environment)
    shutil.rmtree(staged)
    return work.run("ruby", "-w", HERE / "day/day.rb", work.songs, work.plan, **environment)


def lua(work):
    program = "lua5.4" if shutil.which("lua5.4") else "lua"
    need(program, "luarocks", "cc", "swig")
    staged = work.stage("lua")
    rockspec = next(staged.glob("*.rockspec"))
    archive = work.folder / f"{rockspec.stem}.tar.gz"
    work.run("tar", "--create", "--gzip", "--file", archive, "-C", work.folder, staged.name)
    work.keep(archive, rockspec)
    rocks = ("luarocks", "--lua-version", "5.4")
    work.run(*rocks, "lint", rockspec)
    environment = installed_library(work)
    libraries = pathlib.Path(environment["LD_LIBRARY_PATH"])
    headers = next(pathlib.Path(environment["PKG_CONFIG_SYSROOT_DIR"]).rglob("musicsched.h"))
    tree = work.make("tree")
    work.run(
        *rocks,
        *("--tree", tree, "make", rockspec, f"MUSICSCHED_INCDIR={headers.parent.parent}"),
        f"MUSICSCHED_LIBDIR={libraries}",
        cwd=staged,
    )
    shutil.rmtree(staged)
    environment["LUA_PATH"] = f"{tree}/share/lua/5.4/?.lua;{tree}/share/lua/5.4/?/init.lua"
    environment["LUA_CPATH"] = f"{tree}/lib/lua/5.4/?.so"
    return work.run(program, HERE / "day/day.lua", work.songs, work.plan, **environment)


def c(work):
    need("cc", "pkg-config")
    environment = installed_library(work)
    flags = work.run("pkg-config", "--cflags", "--libs", "musicsched", **environment).split()
    work.run("cc", HERE / "day/day.c", *flags, "-o", work.home / "day", **environment)
    return work.run(work.home / "day", work.songs, work.plan, **environment)


def javascript(work):
    need("node", "npm")
    package = ROOT / "build-javascript/package"
    if not (package / "musicsched.wasm").exists():
        skip("tools/build_javascript.sh has not built the package")
    archive = work.folder / work.run("npm", "pack", "--pack-destination", work.folder, package)
    archive = archive.with_name(archive.name.strip())
    work.keep(archive)
    (work.home / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    work.run("npm", "install", "--offline", "--no-audit", "--no-fund", archive)
    readme = (work.home / "node_modules/musicsched/README.md").read_text(encoding="utf-8")
    example = re.search(r"^```js\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)[1]
    (work.home / "example.mjs").write_text(example, encoding="utf-8")
    shutil.copy(work.songs, work.home / "songs.csv")
    if "Gym" not in work.run("node", "example.mjs"):
        sys.exit("the example of the README does not print the day")
    shutil.copy(HERE / "day/day.mjs", work.home)
    return work.run("node", "day.mjs", work.songs, work.plan)


def python(work):
    wheels = sorted((work.build / "python/dist").glob("*.whl"))
    # With the dependencies of the package, so that pip needs no network.
    others = ROOT / ".venv-python/wheels"
    if not wheels or not others.is_dir():
        skip('the test "python build" has not built the package')
    environment = work.folder / "environment"
    work.run(ROOT / ".venv-python/bin/python", "-m", "venv", environment)
    work.run(*(environment / "bin/pip", "install", "--no-index", "--find-links", others, wheels[0]))
    return work.run(environment / "bin/python", HERE / "day/day.py", work.songs, work.plan)


def has_r_package(name, environment):
    """Whether R finds a package in this environment."""
    return (
        subprocess.run(
            ["Rscript", "-e", f'quit(status = !requireNamespace("{name}", quietly = TRUE))'],
            env=environment,
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )


def r(work):
    """Compiles the whole library, so it takes minutes."""
    need("R", "Rscript", "cc", "swig", "pkg-config")
    work.stage("r").rename(work.folder / "musicsched")
    # Where R of this user looks for what builds a vignette.
    tools = {name: os.environ[name] for name in ("R_LIBS_USER",) if name in os.environ}
    if has_r_package("knitr", {**work.environment, **tools}):
        work.run("R", "CMD", "build", work.folder / "musicsched", **tools)
    elif work.full:
        skip("the package knitr of R is not installed")
    else:
        work.run("R", "CMD", "build", "--no-build-vignettes", work.folder / "musicsched")
    package = next(work.home.glob("*.tar.gz"))
    work.keep(package)
    library = work.make("library")
    environment = {"MAKEFLAGS": "-j2", "R_LIBS": str(library)}
    if work.full:
        need("checkbashisms", "qpdf")
        # What asks CRAN or the time in the network, or needs LaTeX, is left out.
        checked = work.run(
            *("R", "CMD", "check", "--as-cran", "--no-manual", package),
            **environment,
            **tools,
            _R_CHECK_CRAN_INCOMING_="FALSE",
            _R_CHECK_SYSTEM_CLOCK_="FALSE",
        )
        status = checked.rstrip().rpartition("Status: ")[2].splitlines()[0]
        print("R CMD check:", status)
        if "ERROR" in status or "WARNING" in status:
            sys.exit(checked[-5000:])
    work.run("R", "CMD", "INSTALL", f"--library={library}", package, **environment)
    shutil.rmtree(work.folder / "musicsched")
    return work.run(
        "Rscript", "--vanilla", HERE / "day/day.R", work.songs, work.plan, **environment
    )


LANGUAGES = {each.__name__: each for each in (c, java, javascript, lua, python, r, ruby)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("language", choices=sorted(LANGUAGES))
    for name in ("build", "songs", "plan"):
        parser.add_argument(name, type=pathlib.Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Work(pathlib.Path(folder), given)
        program = work.build / "examples/cli/musicsched"
        expected = work.run(program, "plan", work.plan, "--catalog", work.songs, "--json")
        day = LANGUAGES[given.language](work)
    if day != expected:
        sys.exit(f"musicsched plan --json writes a different day from this package:\n{day}")
    print(f"{given.language}: ok")


main()
