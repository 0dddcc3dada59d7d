#!/usr/bin/env python3
"""Build and run examples/c-minimal and README.md's example against the installed library, and as a
subproject's user.

usage: test_installed.py BUILD-FOLDER CATALOG.csv
"""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MINIMAL = ROOT / "examples" / "c-minimal"


def run(*command, **options):
    result = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )
    if result.returncode != 0:
        sys.exit(
            "%s\nexit %d\n%s%s"
            % (shlex.join(map(str, command)), result.returncode, result.stdout, result.stderr)
        )
    return result.stdout


def expect_day(output, how):
    """What the program has to print whatever the catalog: three songs, then the day."""
    lines = output.splitlines()
    if (
        len(lines) < 5
        or "Work" not in output
        or "Gym" not in output
        or not lines[0][:3].strip().isdigit()
    ):
        sys.exit("%s: the example printed\n%s" % (how, output))
    print("ok: " + how)


def installed_environment(root):
    pc = next(root.rglob("musicsched.pc"))
    return pc.parent.parent, {
        **os.environ,
        "PKG_CONFIG_SYSROOT_DIR": str(root),
        "PKG_CONFIG_PATH": str(pc.parent),
        "LD_LIBRARY_PATH": str(pc.parent.parent),
    }


def readme_example():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.split("```c\n", 1)[1].split("```", 1)[0]


def compile_with_pkg_config(folder, name, environment, *mode, source=MINIMAL / "minimal.c"):
    flags = shlex.split(
        run("pkg-config", *mode, "--cflags", "--libs", "musicsched", env=environment)
    )
    program = folder / name
    run(
        "cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", source, *flags, "-o", program
    )
    return program


def check_cmake(folder, libraries, environment, catalog):
    user = folder / "cmake-user"
    user.mkdir()
    shutil.copy(MINIMAL / "minimal.c", user)
    version = run(ROOT / "tools" / "version.py").strip()
    (user / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.16)\nproject(user C)\n"
        f"find_package(musicsched {version} CONFIG REQUIRED)\nadd_executable(minimal minimal.c)\n"
        "target_link_libraries(minimal PRIVATE musicsched::musicsched)\n",
        encoding="utf-8",
    )
    place = "-Dmusicsched_DIR=%s" % (libraries / "cmake" / "musicsched")
    run("cmake", "-S", user, "-B", user / "build", place)
    run("cmake", "--build", user / "build")
    expect_day(run(user / "build" / "minimal", catalog, env=environment), "a CMake project")
    lists = user / "CMakeLists.txt"
    lists.write_text(lists.read_text(encoding="utf-8").replace(version, "99.0"), encoding="utf-8")
    refused = subprocess.run(
        ["cmake", "-S", user, "-B", user / "build-99", place],
        capture_output=True,
        text=True,
        check=False,
    )
    if refused.returncode == 0 or f"version: {version}" not in refused.stderr:
        sys.exit("CMake should find no version 99.0:\n" + refused.stderr)


def check_installed(build, catalog, folder):
    root = folder / "root"
    # By way of ninja, because the build knows which Meson it was set up with.
    run("ninja", "-C", build, "install", env={**os.environ, "DESTDIR": str(root)})
    libraries, environment = installed_environment(root)

    for program in root.rglob(
        "bin/musicsched"
    ):  # finds the library beside it, wherever both are put
        if not run(program, "--version").startswith("musicsched "):
            sys.exit("the installed program does not run")
        print("ok: the installed program")

    program = compile_with_pkg_config(folder, "shared", environment)
    expect_day(run(program, catalog, env=environment), "pkg-config, shared")

    run("meson", "setup", folder / "minimal-build", MINIMAL, env=environment)
    run("meson", "compile", "-C", folder / "minimal-build", env=environment)
    expect_day(
        run(folder / "minimal-build" / "minimal", catalog, env=environment),
        "a Meson project of its own",
    )

    check_cmake(folder, libraries, environment, catalog)

    source = folder / "readme.c"
    source.write_text(readme_example(), encoding="utf-8")
    program = compile_with_pkg_config(folder, "readme", environment, source=source)
    day = run(program, catalog, env=environment)
    if "Work" not in day or "Gym" not in day:
        sys.exit("the example of README.md printed\n" + day)
    print("ok: the example of README.md")

    for shared in libraries.glob("libmusicsched.so*"):
        shared.unlink()
    program = compile_with_pkg_config(folder, "static", environment, "--static")
    expect_day(run(program, catalog), "pkg-config, static")


def check_subproject(catalog, folder):
    user = folder / "user"
    (user / "subprojects").mkdir(parents=True)
    os.symlink(ROOT, user / "subprojects" / "musicsched")
    shutil.copy(MINIMAL / "minimal.c", user)
    (user / "meson.build").write_text(
        "project('user', 'c')\nexecutable('minimal', 'minimal.c', dependencies:"
        " dependency('musicsched', fallback: 'musicsched'))\n",
        encoding="utf-8",
    )
    run("meson", "setup", user / "build", user, "--force-fallback-for=musicsched")
    run("meson", "compile", "-C", user / "build")
    expect_day(run(user / "build" / "minimal", catalog), "as a subproject")
    if (user / "build" / "subprojects" / "musicsched" / "tests").exists():
        sys.exit("a subproject should not build its tests unasked")


def main():
    build, catalog = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        check_installed(build, catalog, pathlib.Path(folder))
        check_subproject(catalog, pathlib.Path(folder))


main()
