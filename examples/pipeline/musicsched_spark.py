"""What the executors do: libmusicsched on the rows of one partition. No Spark in here, so it is tested without one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pyarrow as pa

import musicsched

#: Columns of the CSV that a catalog reads, as Arrow types. Executors exchange exactly these.
ENTRY_SCHEMA = pa.schema(
    [pa.field(name, pa.string()) for name in ("track_id", "track_name", "track_artist")]
    + [pa.field("track_popularity", pa.int32())]
    + [pa.field(name, pa.string()) for name in ("track_album_id", "track_album_name", "track_album_release_date", "playlist_name",
                                                "playlist_id", "playlist_genre", "playlist_subgenre")]
    + [pa.field(name, pa.float64()) for name in musicsched.FEATURES if name != "duration_ms"]
    + [pa.field("duration_ms", pa.int64()), pa.field("shard", pa.int64())]
)
REJECT_SCHEMA = pa.schema([("source", pa.string()), ("line", pa.int64()), ("column", pa.int32()), ("code", pa.string()),
                           ("message", pa.string())])
STATE_SCHEMA = pa.schema([("question", pa.string()), ("state", pa.string())])
PLAN_SCHEMA = pa.schema([("plan_id", pa.int64()), ("plan", pa.string())])
SCHEDULE_SCHEMA = pa.schema([("plan_id", pa.int64()), ("status", pa.string()), ("entries", pa.int32()), ("unplaced", pa.int32()),
                             ("schedule", pa.string()), ("error", pa.string())])

#: The questions that the popularity job answers: name -> (by, count).
QUESTIONS = {f"{by}/{count}": (by, count) for by in ("all", "genre", "subgenre", "artist", "year", "month")
             for count in ("entries", "tracks", "recordings")}
SHARDS = 1024


def shard_of(name: str, artist: str) -> int:
    """Which shard a recording belongs to: all rows of one recording, and so of one track, have the same."""
    key = f"{name.casefold()}\x1f{artist.casefold()}".encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") % SHARDS


def extract(source: str, content: bytes) -> tuple[pa.Table, pa.Table]:
    """Good rows and refused rows of one CSV file."""
    catalog = musicsched.Catalog.read_csv(content, on_bad_rows="skip")
    table = pa.table(catalog.entries())
    arrays = [table[field.name].cast(field.type) for field in ENTRY_SCHEMA if field.name != "shard"]
    names, artists = table["track_name"].to_pylist(), table["track_artist"].cast(pa.string()).to_pylist()
    shards = pa.array([shard_of(name, artist) for name, artist in zip(names, artists)], pa.int64())
    rows = [{"source": source, "line": row.line, "column": row.column, "code": row.code, "message": row.message}
            for row in catalog.skipped]
    unlisted = catalog.info["rows_skipped"] - len(rows)
    if unlisted:
        rows.append({"source": source, "line": 0, "column": 0, "code": "more", "message": f"{unlisted} more rows were refused"})
    return pa.Table.from_arrays([*arrays, shards], schema=ENTRY_SCHEMA), pa.Table.from_pylist(rows, schema=REJECT_SCHEMA)


def popularity_states(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One state for each question over the rows of this partition, to be merged by the driver."""
    table = pa.Table.from_batches(list(batches), ENTRY_SCHEMA)
    if table.num_rows == 0:
        return
    catalog = musicsched.Catalog.from_arrow(table)
    states = [{"question": question, "state": catalog.group_by(by, count=count).to_state()} for question, (by, count) in QUESTIONS.items()]
    states.append({"question": "correlations/tracks", "state": catalog.correlations(count="tracks").to_state()})
    yield from pa.Table.from_pylist(states, schema=STATE_SCHEMA).to_batches()


def merge_states(rows: list[tuple[str, str]]) -> dict[str, str]:
    """The states of the whole, by question."""
    parts: dict[str, list[str]] = {}
    for question, state in rows:
        parts.setdefault(question, []).append(state)
    merged = {}
    for question, states in parts.items():
        kind = musicsched.Correlations if question.startswith("correlations") else musicsched.Groups
        merged[question] = kind.merge([kind.from_state(state) for state in states]).to_state()
    return merged


_catalogs: dict[str, musicsched.Catalog] = {}


def _catalog(path: str) -> musicsched.Catalog:
    """The catalog of this executor process: loaded once, then shared by its tasks."""
    if path not in _catalogs:
        catalog = musicsched.Catalog.read_csv(path, on_bad_rows="skip")
        catalog.prepare()
        _catalogs[path] = catalog
    return _catalogs[path]


def schedule_plans(batches: Iterator[pa.RecordBatch], catalog_path: str) -> Iterator[pa.RecordBatch]:
    """Schedules of the plans (JSON) of this partition. A plan that is refused keeps its row, with the error."""
    catalog = _catalog(catalog_path)
    for batch in batches:
        rows = []
        for plan_id, text in zip(batch.column("plan_id").to_pylist(), batch.column("plan").to_pylist()):
            row = {"plan_id": plan_id, "status": None, "entries": None, "unplaced": None, "schedule": None, "error": None}
            try:
                schedule = catalog.schedule(musicsched.Plan.from_json(text), reasons=False)
            except musicsched.MusicschedError as error:
                row["error"] = f"{error.code}: {error}"
            else:
                row |= {"status": schedule.status, "entries": len(schedule), "unplaced": len(schedule.unplaced),
                        "schedule": schedule.to_json()}
            rows.append(row)
        yield pa.RecordBatch.from_pylist(rows, schema=SCHEDULE_SCHEMA)


def plan_of(number: int, songs: list[str]) -> str:
    """A varied plan, the same for the same number: three events, five to eight tasks, four songs."""
    bits = int.from_bytes(hashlib.blake2b(str(number).encode(), digest_size=16).digest(), "big")

    def draw(count: int) -> int:
        nonlocal bits
        bits, value = divmod(bits, count)
        return value

    start = 8 * 60 + draw(8) * 15
    times = [f"{m // 60:02}:{m % 60:02}" for m in (start, start + 180, start + 225, start + 420 + draw(4) * 15)]
    todos = [{"title": "Work", "start": times[0], "end": times[1], "music": True},
             {"title": "Lunch", "start": times[1], "end": times[2]},
             {"title": "Work", "start": times[2], "end": times[3], "music": draw(2) == 1}]
    todos += [{"title": f"Task {i + 1}", "duration_s": 600 * (1 + draw(8)), "priority": 1 + draw(4), "music": draw(2) == 1}
              for i in range(5 + draw(4))]
    wishes = [{"track_id": songs[draw(len(songs))], "must": draw(4) == 0} for _ in range(4)]
    return json.dumps({"version": 1, "date": f"2026-{1 + draw(12):02}-{1 + draw(28):02}", "todos": todos, "songs": wishes,
                       "listening": {"fill": {"duration_s": 600 * draw(4)}}})
