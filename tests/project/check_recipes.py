#!/usr/bin/env python3
"""Check the recipes of packaging/ for vcpkg and Homebrew without these tools.

The manifest has the fields, the names and the order that `vcpkg format-manifest` writes. The port
and the formula run with stand-ins for the functions of their tools, and Meson accepts the options
that they pass. Without cmake and ruby, the test is skipped.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PORT = ROOT / "packaging/vcpkg/musicsched"
FORMULA = ROOT / "packaging/homebrew/musicsched.rb"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIELDS = [
    "name",
    "version-semver",
    "description",
    "license",
    "supports",
    "dependencies",
    "default-features",
    "features",
]
FUNCTIONS = """
cmake_minimum_required(VERSION 3.20)
set(CURRENT_PACKAGES_DIR "$ENV{PACKAGES}")
set(PORT musicsched)
foreach(name vcpkg_install_meson vcpkg_fixup_pkgconfig vcpkg_cmake_config_fixup vcpkg_copy_tools)
    cmake_language(EVAL CODE "function(${name})\\nendfunction()")
endforeach()
function(vcpkg_configure_meson)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS")
    message("source: ${arg_SOURCE_PATH}")
    foreach(option IN LISTS arg_OPTIONS)
        message("option: ${option}")
    endforeach()
endfunction()
function(vcpkg_install_copyright)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "FILE_LIST")
    foreach(file IN LISTS arg_FILE_LIST)
        message("file: ${file}")
    endforeach()
endfunction()
"""
# A formula's class with nothing else: what it says of itself is printed.
STANDINS = """
class Formula
  def self.method_missing(name, *values)
    puts "#{name}: #{values.first.is_a?(Hash) ? values.first.keys.first : values.first}"
  end
  def self.respond_to_missing?(*) = true
  def self.test = nil
  def std_meson_args = ["--prefix=/usr"]
  def system(*command) = puts("run: #{command.join("\\t")}")
end
load ARGV[0]
Musicsched.new.install
"""


def fail(problem):
    sys.exit(f"recipes: {problem}")


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        fail(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def said(text, what):
    return re.findall(rf"^{what}: (.*)$", text, re.MULTILINE)


def accepts(folder, arguments):
    """Whether Meson sets the tree up with these arguments."""
    run("meson", "setup", folder, ROOT, *arguments)
    shutil.rmtree(folder)


def check_manifest(version):
    text = (PORT / "vcpkg.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    if text != json.dumps(manifest, indent=2, ensure_ascii=False) + "\n":
        fail("vcpkg.json is not formatted")
    if list(manifest) != FIELDS:
        fail(f"vcpkg.json has the fields {list(manifest)}, not {FIELDS}")
    if manifest["version-semver"] != version:
        fail(f"vcpkg.json is of version {manifest['version-semver']}, not {version}")
    features = manifest["features"]
    wanted = [
        manifest["dependencies"],
        *(each.get("dependencies", []) for each in features.values()),
    ]
    for names in wanted:
        names = [each if isinstance(each, str) else each["name"] for each in names]
        if names != sorted(names) or not all(NAME.fullmatch(name) for name in names):
            fail(f"vcpkg.json: the dependencies {names}")
    if list(features) != sorted(features) or not all(
        each["description"] for each in features.values()
    ):
        fail("vcpkg.json: the features are in order and described")
    if not set(manifest["default-features"]) <= set(features):
        fail("vcpkg.json: a default feature is not there")
    return list(features), manifest["default-features"]


def check_port(folder, features):
    script = folder / "functions.cmake"
    script.write_text(FUNCTIONS + f'include("{PORT}/portfile.cmake")\n', encoding="utf-8")
    listed = f"-DFEATURES={';'.join(['core', *features])}"
    environment = {**os.environ, "PACKAGES": str(folder / "packages")}
    text = run("cmake", listed, "-P", script, env=environment)
    if said(text, "source") != [str(ROOT)]:
        fail(f"the port builds {said(text, 'source')}")
    for file in said(text, "file"):
        if not pathlib.Path(file).is_file():
            fail(f"the port installs {file}, which is not there")
    if not (folder / "packages/share/musicsched/usage").is_file():
        fail("the port does not install its usage")
    accepts(folder / "build", said(text, "option"))


def check_formula(folder):
    run("ruby", "-wc", FORMULA)
    text = run("ruby", "-e", STANDINS, FORMULA)
    if not said(text, "desc") or len(said(text, "desc")[0]) > 80 or not said(text, "head"):
        fail("the formula has a description of up to 80 characters and a source")
    needs = said(text, "depends_on")
    if "libcsv" not in needs or "jansson" not in needs:
        fail(f"the formula depends on {needs}")
    steps = [step.split("\t") for step in said(text, "run")]
    if [step[:2] for step in steps] != [
        ["meson", each] for each in ("setup", "compile", "install")
    ]:
        fail(f"the formula runs {steps}")
    accepts(folder / "build", steps[0][3:])


def main():
    version = run(sys.executable, ROOT / "tools/version.py").strip()
    features, default = check_manifest(version)
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        missing = [name for name in ("cmake", "ruby") if not shutil.which(name)]
        if "cmake" not in missing:
            for chosen in ([], default, features):
                check_port(folder, chosen)
        if "ruby" not in missing:
            check_formula(folder)
    if missing:
        print("skipped: not installed: " + ", ".join(missing))
        sys.exit(77)
    print("recipes: ok")


main()
