"""usage: smoke.py CATALOG.csv   What works with the wheel and cffi alone."""

import gzip
import importlib.util
import pathlib
import sys

import musicsched

assert importlib.util.find_spec("numpy") is None, "this environment should be empty"
catalog = musicsched.Catalog.read_csv(sys.argv[1])
# What the machine has the libraries for is in the package, without an option.
packed = musicsched.Catalog.read(gzip.compress(pathlib.Path(sys.argv[1]).read_bytes()))
assert len(packed) == len(catalog)
assert musicsched.can_read_xml()
groups = catalog.group_by("genre", count="entries")
assert sum(groups["n"]) == len(catalog) > 0
assert "genre" in catalog.group_by("genre").to_json() and str(groups) and groups._repr_html_()
plan = musicsched.Plan("2026-11-24").add_event("Work", "09:00", "17:00").fill(1800)
schedule = catalog.schedule(plan)
assert schedule.status == "optimal" and schedule.songs and "BEGIN:VCALENDAR" in schedule.to_ics()
for name in ("to_pandas", "to_polars", "to_arrow"):
    try:
        getattr(groups, name)()
    except ImportError:
        continue
    raise AssertionError(f"{name} should need its library")
print(f"musicsched {musicsched.__version__} works with cffi alone")
