"""A Conan 2 recipe for the C library and the command line; what they need comes from Debian.

usage: conan create packaging/conan [-o "musicsched/*:shared=False"]
"""

import io
import pathlib
import shutil
import sys

from conan import ConanFile
from conan.tools.layout import basic_layout
from conan.tools.meson import Meson, MesonToolchain
from conan.tools.scm import Git
from conan.tools.system import package_manager

required_conan_version = ">=2.0"

# Debian's package: the libraries to link
SYSTEM = {
    "libcsv-dev": ["csv"],
    "libjansson-dev": ["jansson"],
    "libical-dev": ["ical"],
    "libicu-dev": ["icui18n", "icuuc", "icudata"],
    "libexpat1-dev": ["expat"],
    "zlib1g-dev": ["z"],
}
OTHER_PARTS = ("tests", "bench", "server", "swig_r", "swig_java", "swig_lua", "swig_ruby")


class Musicsched(ConanFile):
    name = "musicsched"
    description = "Schedules to-dos and music to the second, and analyzes what makes songs popular"
    license = "MIT"
    topics = ("scheduling", "music", "popularity", "calendar")
    settings = "os", "arch", "compiler", "build_type"
    package_type = "library"
    options = {"shared": [True, False], "fPIC": [True, False]}
    default_options = {"shared": True, "fPIC": True}
    implements = ["auto_shared_fpic"]
    languages = "C"

    def _tree(self):
        return pathlib.Path(self.recipe_folder).parents[1]

    def set_version(self):
        version = io.StringIO()
        self.run(f'"{sys.executable}" "{self._tree()}/tools/version.py"', stdout=version)
        self.version = version.getvalue().strip()

    def export_sources(self):
        for name in Git(self, str(self._tree())).included_files():
            target = pathlib.Path(self.export_sources_folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self._tree() / name, target)

    def layout(self):
        basic_layout(self, src_folder=".")

    def system_requirements(self):
        package_manager.Apt(self).install(list(SYSTEM))

    def generate(self):
        toolchain = MesonToolchain(self)
        toolchain.project_options.update(dict.fromkeys(OTHER_PARTS, "disabled"))
        toolchain.generate()

    def build(self):
        meson = Meson(self)
        meson.configure()
        meson.build()

    def package(self):
        Meson(self).install()

    def package_info(self):
        self.cpp_info.libs = ["musicsched"]
        self.cpp_info.set_property("pkg_config_name", "musicsched")
        if not self.options.shared:
            self.cpp_info.system_libs = sum(SYSTEM.values(), []) + ["m", "pthread"]
