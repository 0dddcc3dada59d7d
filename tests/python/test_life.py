"""The life of objects: nothing leaks, Ctrl-C stops long work, threads run beside each other."""

import gc
import os
import pathlib
import resource
import signal
import subprocess
import sys
import threading
import time

import musicsched as m
import pytest
from conftest import csv_bytes


def resident_kib():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() // 1024


def failing_read(small):
    class File:
        def read(self, size):
            raise OSError("no")

    try:
        m.Catalog.read_csv(File())
    except OSError:
        pass


def take_capsule(small):
    import pyarrow as pa

    return pa.table(small.top())


ACTIONS = {
    "catalogs": lambda small: m.Catalog.read_csv(csv_bytes()),
    "failing reads": failing_read,
    "stream capsules": lambda small: small.top().__arrow_c_stream__(),
    "schema capsules": lambda small: small.top().__arrow_c_schema__(),
    "capsules taken over": take_capsule,
    "catalogs from tables": lambda small: m.Catalog.from_arrow(small),
    "groups": lambda small: small.group_by("genre").to_dict(),
    "columns": lambda small: small.tracks()["energy"],
    "states": lambda small: m.Groups.merge(
        [m.Groups.from_state(small.group_by("genre").to_state())]
    ),
    "searches": lambda small: small.find("one"),
    "plans": lambda small: m.Plan("2026-11-24").add_task("x", 60).at("12:00"),
    "schedules": lambda small: small.schedule(m.Plan("2026-11-24").add_task("x", 60)).to_json(),
    "many schedules": lambda small: small.schedule_many([m.Plan("2026-11-24")] * 3, threads=1),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_nothing_is_left_of_dropped_objects(small, name):
    """100,000 objects in all; what one left behind would show as megabytes."""
    act = ACTIONS[name]
    for _ in range(300):
        act(small)
    gc.collect()
    before = resident_kib()
    for _ in range(100_000 // len(ACTIONS) + 1):
        act(small)
    gc.collect()
    assert resident_kib() - before < 1500


def test_the_memory_of_100_000_objects_is_used_again(small):
    def peak():
        held = [(small.top(1), small.top(1).__arrow_c_stream__()) for _ in range(50_000)]
        assert len(held) == 50_000
        return resident_kib()

    first = peak()
    gc.collect()
    assert peak() < 1.2 * first


LONG_LOAD = """
import musicsched, sys
class Endless:
    left = b"track_id,track_name,track_artist,track_popularity,duration_ms\\n"
    count = 0
    def read(self, size):
        if self.count == 0:
            print("ready", flush=True)
        while len(self.left) < size:
            self.count += 1
            self.left += b"t%d,N,A,1,1000\\n" % self.count
        part, self.left = self.left[:size], self.left[size:]
        return part
try:
    musicsched.Catalog.read_csv(Endless())
except KeyboardInterrupt:
    print("stopped")
"""
LONG_FILE = """
import musicsched, sys
print("ready", flush=True)
try:
    while True:
        musicsched.Catalog.read_csv(sys.argv[1])
except KeyboardInterrupt:
    print("stopped")
"""
HARD_PLAN = """
plan = musicsched.Plan("2026-11-24", start="08:00", end="20:00")
for i in range(200):
    plan.add_task(f"t{i}", 60 * (7 + i * 37 % 101), earliest=f"{8 + i % 9:02}:{i * 7 % 60:02}",
                  latest=f"{11 + i % 9:02}:{i * 11 % 60:02}", priority=1 + i % 4)
"""
LONG_SOLVE = (
    """
import musicsched, sys
catalog = musicsched.Catalog.read_csv(sys.argv[1])
"""
    + HARD_PLAN
    + """
print("ready", flush=True)
try:
    if sys.argv[2] == "one":
        while True:
            catalog.schedule(plan, work_limit=2**62)
    catalog.schedule_many([plan] * 100_000, threads=2, work_limit=2**62)
except KeyboardInterrupt:
    print("stopped")
"""
)


@pytest.mark.parametrize(
    "script, arguments",
    [(LONG_LOAD, []), (LONG_FILE, []), (LONG_SOLVE, ["one"]), (LONG_SOLVE, ["many"])],
    ids=["load from a file object", "load from a path", "solve", "solve many"],
)
def test_ctrl_c_stops(script, arguments, sample_path, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", script, sample_path, *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60)[0] == "stopped\n"
        assert process.returncode == 0
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    "first",
    sorted(p.stem for p in pathlib.Path(m.__file__).parent.glob("_*.py") if p.stem != "__init__"),
)
def test_modules_can_be_imported_in_any_order(first):
    """No module needs another one imported before it: the package's __init__ is left out."""
    script = (
        "import importlib, sys, types\n"
        "package = types.ModuleType('musicsched')\n"
        f"package.__path__ = [{str(pathlib.Path(m.__file__).parent)!r}]\n"
        "sys.modules['musicsched'] = package\n"
        f"importlib.import_module('musicsched.{first}')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_other_threads_run_during_a_load():
    """Reading from a pipe would block for ever if the interpreter were held."""
    read_end, write_end = os.pipe()
    loaded = []
    loader = threading.Thread(
        target=lambda: loaded.append(m.Catalog.read_csv(f"/dev/fd/{read_end}"))
    )
    loader.start()
    os.write(write_end, csv_bytes())
    os.close(write_end)
    loader.join(60)
    os.close(read_end)
    assert loaded and len(loaded[0]) == 5


def test_other_threads_run_during_a_solve(small):
    """A second of search would go by without a tick if the interpreter were held."""
    names = {}
    exec(HARD_PLAN, {"musicsched": m}, names)
    ticks, begin = [], time.monotonic()
    solver = threading.Thread(
        target=lambda: small.schedule(names["plan"], work_limit=2**62, time_limit=1)
    )
    solver.start()
    while solver.is_alive():
        ticks.append(1)
        time.sleep(0.01)
    assert len(ticks) > 2 or time.monotonic() - begin < 0.1


def test_a_saved_catalog_is_opened(small, tmp_path):
    path = tmp_path / "songs.msc"
    small.save(path)
    for opened in (m.Catalog.open(path, verify=True), m.Catalog.read_csv(str(path))):
        assert repr(opened) == repr(small)
        assert opened.top().to_json() == small.top().to_json()
    path.write_bytes(path.read_bytes()[:-64])
    with pytest.raises(m.InputError, match="damaged: save it again"):
        m.Catalog.open(path)
    other = tmp_path / "notes.txt"
    other.write_text("important")
    with pytest.raises(m.ArgumentError, match="is not replaced"):
        small.save(other)
    assert other.read_text() == "important"
