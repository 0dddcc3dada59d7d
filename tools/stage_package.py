#!/usr/bin/env python3
"""Put the sources of a language's package into an empty folder, as its own tool expects them.

usage: stage_package.py [--native MODULE] LANGUAGE FOLDER

Needs SWIG: the folder has the code that SWIG generates, so the package's users do not need SWIG.
MODULE is the native module of the Java package, which goes into the folder with the shared
libraries that it needs.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SWIG = ROOT / "bindings/swig"
NOTICES = ("LICENSE", "LICENSE-libcsv.txt", "THIRD-PARTY.md", "LICENSES/Unicode-3.0.txt")
# What every Linux has in a version that is old enough; the rest goes along.
OF_THE_SYSTEM = re.compile(r"(ld-linux|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so)")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def version():
    return run(sys.executable, ROOT / "tools/version.py").strip()


def write_versioned(source, target):
    """Copy a text in which @version@ is the version of the library."""
    target.write_text(
        source.read_text(encoding="utf-8").replace("@version@", version()), encoding="utf-8"
    )


def generate(folder, output, *options):
    swig = shutil.which("swig") or shutil.which("swig4.0") or sys.exit("SWIG is not installed")
    run(
        swig, "-Wall", f"-I{SWIG}", *options, "-outdir", folder, "-o", output, SWIG / "musicsched.i"
    )


def copy_notices(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for notice in NOTICES:
        shutil.copy(ROOT / notice, folder)


def libraries_of(module):
    """The shared libraries that a module needs, each after those that it needs itself."""
    paths = dict(re.findall(r"^\s*(\S+) => (\S+)", run("ldd", module), re.MULTILINE))
    ordered = []

    def visit(file):
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "--dynamic", file))
        for name in needed:
            if not OF_THE_SYSTEM.match(name) and name not in ordered:
                visit(paths[name])
                ordered.append(name)

    visit(module)
    return {name: paths[name] for name in ordered}


def stage_java(folder, native):
    java = SWIG / "java"
    sources = folder / "src/main/java/org/musicsched"
    resources = folder / "src/main/resources"
    tests = folder / "src/test/java/org/musicsched"
    for made in (sources, resources, tests):
        made.mkdir(parents=True)
    for file in (java / "org/musicsched").glob("*.java"):
        shutil.copy(file, sources)
    shutil.copy(java / "maven/DayTest.java", tests)
    generate(sources, folder / "java_wrap.c", "-java", "-package", "org.musicsched")
    (folder / "java_wrap.c").unlink()
    write_versioned(java / "maven/pom.xml", folder / "pom.xml")
    copy_notices(resources / "META-INF")
    if native is None:
        return
    bundle = resources / "org/musicsched/native/linux-x86_64"
    bundle.mkdir(parents=True)
    files = {**libraries_of(native), "libmusicsched_java.so": native}
    for name, path in files.items():
        shutil.copy(path, bundle / name)
    (bundle / "files").write_text("\n".join(files) + "\n", encoding="utf-8")


def copy_facade(folder):
    """The C sources that every language has."""
    for file in (*SWIG.glob("*.c"), *SWIG.glob("*.h")):
        shutil.copy(file, folder)


def stage_ruby(folder, _):
    ruby = SWIG / "ruby"
    extension = folder / "ext/musicsched"
    (folder / "lib/musicsched").mkdir(parents=True)
    extension.mkdir(parents=True)
    for file in ("musicsched.rb", *(f"musicsched/{name}.rb" for name in ("plan", "schedule"))):
        shutil.copy(ruby / file, folder / "lib" / file)
    write_versioned(ruby / "musicsched.gemspec", folder / "musicsched.gemspec")
    shutil.copy(ruby / "README.md", folder)
    shutil.copy(ruby / "extconf.rb", extension)
    copy_facade(extension)
    generate(extension, extension / "ruby_wrap.c", "-ruby", "-module", "musicsched::native")
    copy_notices(folder)


def stage_lua(folder, _):
    lua = SWIG / "lua"
    (folder / "musicsched").mkdir()
    (folder / "src").mkdir()
    shutil.copy(lua / "musicsched/init.lua", folder / "musicsched")
    shutil.copy(lua / "README.md", folder)
    copy_facade(folder / "src")
    generate(
        folder / "src",
        folder / "src/lua_wrap.c",
        *("-lua", "-nomoduleglobal", "-module", "musicsched_native"),
    )
    write_versioned(lua / "musicsched.rockspec", folder / f"musicsched-{version()}-1.rockspec")
    copy_notices(folder)


MAKEVARS = """PKG_CPPFLAGS = -D_POSIX_C_SOURCE=200809L -I. -Iinclude -Icore @cflags@
PKG_CFLAGS = $(C_VISIBILITY)
PKG_LIBS = @libs@
OBJECTS = {objects}
"""


def stage_r(folder, _):
    """The package has the whole library: its users need no other file of the project."""
    r = SWIG / "r"
    sources = folder / "src"
    sources.mkdir()
    for part in ("R", "man", "vignettes"):
        shutil.copytree(r / part, folder / part)
    (folder / "inst/extdata").mkdir(parents=True)
    songs = [folder / "inst/extdata/songs.csv", "--tracks", "200"]
    run(sys.executable, ROOT / "tools/make_sample_catalog.py", *songs)
    for file in ("NAMESPACE", "configure", "cleanup", "README.md"):
        shutil.copy(r / file, folder)
    write_versioned(r / "DESCRIPTION", folder / "DESCRIPTION")
    year = re.search(r"Copyright \(c\) (\d+) (.*)", (ROOT / "LICENSE").read_text(encoding="utf-8"))
    (folder / "LICENSE").write_text(f"YEAR: {year[1]}\nCOPYRIGHT HOLDER: {year[2]}\n")
    copy_notices(folder / "inst/notices")
    copy_facade(sources)
    generate(sources, sources / "r_wrap.c", "-r")
    (sources / "musicsched.R").unlink()
    # SWIG registers the functions; R's checker also asks that they are not looked up by name.
    wrapped = (sources / "r_wrap.c").read_text(encoding="utf-8")
    registered = "R_registerRoutines(dll, NULL, CallEntries, NULL, NULL);\n"
    if registered not in wrapped:
        sys.exit("SWIG registers the functions of R in another way than expected")
    (sources / "r_wrap.c").write_text(
        wrapped.replace(registered, registered + "    R_useDynamicSymbols(dll, FALSE);\n"),
        encoding="utf-8",
    )
    shutil.copytree(ROOT / "include", sources / "include")
    (sources / "include/meson.build").unlink()
    shutil.copytree(ROOT / "src", sources / "core", ignore=shutil.ignore_patterns("meson.build"))
    shutil.rmtree(sources / "core/cmake")
    objects = sorted(
        file.relative_to(sources).with_suffix(".o").as_posix() for file in sources.rglob("*.c")
    )
    (sources / "Makevars.in").write_text(
        MAKEVARS.format(objects=" \\\n    ".join(objects)), encoding="utf-8"
    )


STAGES = {"java": stage_java, "lua": stage_lua, "r": stage_r, "ruby": stage_ruby}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--native", type=pathlib.Path)
    parser.add_argument("language", choices=sorted(STAGES))
    parser.add_argument("folder", type=pathlib.Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if any(given.folder.iterdir()):
        sys.exit(f"{given.folder} is not empty")
    STAGES[given.language](given.folder, given.native)


main()
