"""The documentation site.

tools/build_docs.sh builds it, with Doxygen's reading of the headers in MUSICSCHED_DOXYGEN.
"""

import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent

project = "libmusicsched"
author = copyright = "the libmusicsched maintainers"
version = ".".join(
    re.findall(
        r"^#define MSCHED_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$",
        (ROOT / "include/musicsched/version.h").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
release = version

extensions = ["myst_parser", "breathe", "sphinx.ext.autodoc", "sphinx.ext.graphviz"]
html_theme = "furo"
html_title = "libmusicsched " + version
graphviz_output_format = "svg"
exclude_patterns = ["requirements.txt", "data"]
# In C a struct's tag and its typedef are two names; Sphinx takes the second for a duplicate. The
# lexers of Lua and of JSON do not know all that the examples hold; they are shown plainly then.
suppress_warnings = ["duplicate_declaration.c", "misc.highlighting_failure"]
nitpicky = False

myst_heading_anchors = 4
breathe_projects = {"musicsched": os.environ.get("MUSICSCHED_DOXYGEN", "")}
breathe_default_project = "musicsched"
breathe_domain_by_extension = {"h": "c"}
# The macro that exports a function is not part of its type.
c_id_attributes = ["MSCHED_API"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
linkcheck_ignore = [r"http://127\.0\.0\.1.*", r"http://localhost.*"]
linkcheck_timeout = 20


def name_files_outside(_app, _document, source):
    """A page of the repository outside docs/ is not on this site: name it instead of linking to
    it.
    """
    source[0] = re.sub(
        r"\[([^\]]+)\]\(\.\./([^)#]+\.md)[^)]*\)",
        lambda link: "%s (`%s`)" % link.groups(),
        source[0],
    )


def setup(app):
    app.connect("source-read", name_files_outside)
