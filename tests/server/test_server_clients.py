#!/usr/bin/env python3
"""Clients that generators make of /openapi.json work, without a warning, and it names every
parameter that the server takes.

usage: test_server_clients.py python|typescript      exit status 77 (skipped) where the generator is
not to be had
"""

import importlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from server_testing import SERVER, Server

HERE = pathlib.Path(__file__).resolve().parent
ROUTES = HERE.parents[1] / "examples/server"
CONFIG = """
package_name_override: musicsched_client
post_hooks: []
content_type_overrides: {text/plain: application/octet-stream,
  text/calendar: application/octet-stream}
"""


def parameters(document):
    """Names of the query parameters of the API's operations."""
    named = document["components"]["parameters"]
    found = set()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                parameter = (
                    named[parameter["$ref"].rsplit("/", 1)[1]] if "$ref" in parameter else parameter
                )
                if path.startswith("/api/") and parameter["in"] == "query":
                    found.add(parameter["name"])
    return found


def check_names(document):
    """Every parameter that a handler takes is in the document."""
    source = "".join(file.read_text(encoding="utf-8") for file in sorted(ROUTES.glob("routes_*.c")))
    taken = set(
        re.findall(r'(?:request_take_\w+|query_take|take_\w+)\((?:r|&r->query), "(\w+)"', source)
    )
    assert len(taken) > 15, taken
    missing = taken - parameters(document)
    assert not missing, "openapi.json does not name " + ", ".join(sorted(missing))


def keys_of(schema, root):
    """The keys that a schema allows, as paths."""
    while "$ref" in schema:
        found = root
        for part in schema["$ref"].split("/")[1:]:
            found = found[part]
        schema = found
    if "items" in schema and isinstance(schema["items"], dict):
        return keys_of(schema["items"], root)
    found = set()
    for key, value in schema.get("properties", {}).items():
        found.add(key)
        found.update(key + "." + inner for inner in keys_of(value, root))
    return found


def check_plan(document):
    """A plan of the API has the keys of a plan of the command line."""
    schema = json.loads((HERE.parents[1] / "docs/plan.schema.json").read_text(encoding="utf-8"))
    differing = keys_of(schema, schema) ^ keys_of(document["components"]["schemas"]["Plan"], {})
    assert not differing, "keys of a plan that only one schema has: " + ", ".join(sorted(differing))


def use_python(folder, server):
    sys.path.insert(0, str(folder))
    client = importlib.import_module("musicsched_client").Client(
        base_url="http://127.0.0.1:%d" % server.port, raise_on_unexpected_status=True
    )
    models = importlib.import_module("musicsched_client.models")
    types = importlib.import_module("musicsched_client.types")

    def call(name, *arguments, **named):
        return importlib.import_module("musicsched_client.api.default." + name).sync(
            *arguments, client=client, **named
        )

    plan = models.Plan.from_dict(
        {"date": "2026-11-24", "todos": [{"title": "Work", "start": "09:00", "end": "17:00"}]}
    )
    day = call("schedule", body=plan)
    assert isinstance(day, models.Schedule) and len(day.to_dict()["entries"]) == 1, day
    again = models.PlanRequest(
        plan=plan, previous=models.PreviousSchedule.from_dict(day.to_dict()), seed=1
    )
    assert isinstance(call("schedule", body=again), models.Schedule)
    assert isinstance(
        call("schedule", body=models.TextRequest(text="9-17 Work", date="2026-11-24")),
        models.Schedule,
    )
    ics = (HERE / "clients/day.ics").read_bytes()
    calendar = types.File(payload=io.BytesIO(ics), mime_type="text/calendar")
    agenda = call("calendar", body=calendar, date="2026-11-24", days=7)
    assert [event.title for event in agenda.events] == ["Run"], agenda
    with_calendar = models.TextRequest(
        text="9-17 Work",
        date="2026-11-24",
        calendars=[models.CalendarInPlan(ics=ics.decode(), music=True)],
    )
    assert len(call("schedule", body=with_calendar).to_dict()["entries"]) == 2
    top = call("top", limit=3, year_min=1990, energy_min=0.1, exclude_zero=True)
    assert len(top.songs) == 3, top
    song = call("song", top.songs[0].track_id)
    assert song.title == top.songs[0].title, song
    assert call("find_songs", q=song.title, limit=5).songs
    for name in ("groups", "histogram", "trend", "correlations", "catalog", "health", "ready"):
        answer = call(name)
        assert answer is not None and not isinstance(answer, models.Problem), (name, answer)
    assert call("histogram", bins=1000).code == "bad_parameter"


def python_client(document, folder, server):
    program = shutil.which(
        "openapi-python-client", path=str(pathlib.Path(sys.executable).parent)
    ) or shutil.which("openapi-python-client")
    if not program:
        print(
            "skipped: openapi-python-client is not installed: pip install -r tests/requirements.txt"
        )
        return 77
    (folder / "config.yml").write_text(CONFIG, encoding="utf-8")
    command = [
        program,
        "generate",
        "--path",
        document,
        "--config",
        "config.yml",
        "--output-path",
        "client",
        "--fail-on-warning",
    ]
    subprocess.run(command, cwd=folder, check=True)
    use_python(folder / "client", server)
    return 0


def typescript_client(document, folder, server):
    packages = pathlib.Path(SERVER).resolve().parent / "client-tests"
    packages.mkdir(exist_ok=True)
    wanted, copy = (HERE / "clients/package.json").read_bytes(), packages / "package.json"
    if not (packages / "node_modules").is_dir() or not copy.exists() or copy.read_bytes() != wanted:
        copy.write_bytes(wanted)
        install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        if (
            not shutil.which("npm")
            or subprocess.run(install, cwd=packages, check=False).returncode != 0
        ):
            print("skipped: npm could not install " + str(HERE / "clients/package.json"))
            return 77
    tools = packages / "node_modules/.bin"
    shutil.copy(HERE / "clients/client.ts", packages)
    subprocess.run(
        [tools / "openapi-typescript", document, "--output", "api.d.ts"], cwd=packages, check=True
    )
    compile_it = [
        tools / "tsc",
        "--strict",
        "--noUncheckedIndexedAccess",
        "--skipLibCheck",
        "--target",
        "es2022",
    ]
    compile_it += ["--module", "nodenext", "--lib", "es2022,dom", "--outDir", folder, "client.ts"]
    subprocess.run(compile_it, cwd=packages, check=True)
    shutil.move(folder / "client.js", packages / "client.js")
    env = dict(os.environ, BASE="http://127.0.0.1:%d" % server.port)
    return subprocess.run(["node", "client.js"], cwd=packages, env=env, check=False).returncode


def main():
    make = {"python": python_client, "typescript": typescript_client}[sys.argv[1]]
    with tempfile.TemporaryDirectory() as name, Server("--log", "off") as server:
        folder = pathlib.Path(name)
        document = server.get_json("/openapi.json")
        check_names(document)
        check_plan(document)
        path = folder / "openapi.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return make(path, folder, server)


if __name__ == "__main__":
    sys.exit(main())
