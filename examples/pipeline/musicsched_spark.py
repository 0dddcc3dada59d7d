"""What the executors do: libmusicsched on the rows of one partition.

No Spark in here, so it is tested without one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from urllib.parse import unquote

import musicsched
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

_TEXTS = (
    "track_id",
    "track_name",
    "track_artist",
    "track_album_id",
    "track_album_name",
    "track_album_release_date",
    "playlist_name",
    "playlist_id",
    "playlist_genre",
    "playlist_subgenre",
)
#: Columns of the CSV that a catalog reads, as Arrow types.
CSV_FIELDS = [pa.field(name, pa.string()) for name in _TEXTS]
CSV_FIELDS += [pa.field("track_popularity", pa.int32()), pa.field("duration_ms", pa.int64())]
CSV_FIELDS += [
    pa.field(name, pa.float64()) for name in musicsched.FEATURES if name != "duration_ms"
]
#: Where a row comes from: the file, and its number among the rows of the file that could be read.
ORIGIN_FIELDS = [pa.field("source", pa.string()), pa.field("row", pa.int64())]
ENTRY_SCHEMA = pa.schema([*CSV_FIELDS, *ORIGIN_FIELDS, pa.field("shard", pa.int64())])
#: `line` and `column` are places in a CSV file, `row` as above; what is not known is null.
#: `rows` is how many a reason stands for.
REASON_FIELDS = [
    pa.field("line", pa.int64()),
    pa.field("column", pa.int32()),
    pa.field("code", pa.string()),
    pa.field("message", pa.string()),
    pa.field("rows", pa.int64()),
]
REJECT_SCHEMA = pa.schema([*ORIGIN_FIELDS, *REASON_FIELDS])
#: Good rows (code null) and refused ones in one table, as one pass gives both.
ROW_SCHEMA = pa.schema([*ENTRY_SCHEMA, *REASON_FIELDS])
STATE_SCHEMA = pa.schema([("question", pa.string()), ("state", pa.string())])
PLAN_SCHEMA = pa.schema([("plan_id", pa.int64()), ("plan", pa.string())])
SCHEDULE_SCHEMA = pa.schema(
    [
        ("plan_id", pa.int64()),
        ("status", pa.string()),
        ("entries", pa.int32()),
        ("unplaced", pa.int32()),
        ("schedule", pa.string()),
        ("error", pa.string()),
    ]
)

#: The questions that the popularity job answers: name -> (by, count).
QUESTIONS = {
    f"{by}/{count}": (by, count)
    for by in (
        "all",
        "genre",
        "subgenre",
        "artist",
        "playlist",
        "year",
        "decade",
        "month",
        "year_month",
    )
    for count in ("entries", "tracks", "recordings")
}
CORRELATIONS = {f"correlations/{count}": count for count in ("entries", "tracks", "recordings")}
SHARDS = 1024
#: So many reasons are kept of one file or partition; further refused rows are counted.
MAX_REASONS = 1_000_000


def shard_of(name: str | None, artist: str | None) -> int:
    """Which shard a recording belongs to: all rows of one recording, and so of one track, have the
    same. None: the title or artist is not known.

    The library compares titles and artists by full case folding of Unicode 14. Python's folding is
    of that version or a later one, which only adds pairs of letters that are new, so what the
    library takes for equal is equal here.
    """
    key = f"{(name or '').casefold()}\x1f{(artist or '').casefold()}".encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") % SHARDS


def _good(catalog: musicsched.Catalog, source: pa.Array, row: pa.Array) -> pa.Table:
    """The entries of a catalog as accepted rows."""
    table = pa.table(catalog.entries())
    columns = {field.name: table[field.name].cast(field.type) for field in CSV_FIELDS}
    names, artists = columns["track_name"].to_pylist(), columns["track_artist"].to_pylist()
    columns |= {
        "source": source,
        "row": row,
        "shard": pa.array(map(shard_of, names, artists), pa.int64()),
    }
    columns |= {field.name: pa.nulls(table.num_rows, field.type) for field in REASON_FIELDS}
    return pa.Table.from_pydict(columns, schema=ROW_SCHEMA)


def _refused(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=ROW_SCHEMA)


def _unlisted(
    source: str | None, catalog: musicsched.Catalog, listed: int
) -> list[dict[str, object]]:
    more = catalog.info["rows_skipped"] - listed
    return (
        [
            {
                "source": source,
                "code": "MORE",
                "message": f"{more} more rows were refused",
                "rows": more,
            }
        ]
        if more
        else []
    )


def extract(source: str, content: bytes) -> pa.Table:
    """Good rows and refused rows of one CSV file.

    A file that is no CSV of songs at all is refused as a whole: one row, code FILE.
    """
    try:
        catalog = musicsched.Catalog.read_csv(
            content, strict=True, skip_bad_rows=True, max_reasons=MAX_REASONS
        )
    except musicsched.MusicschedError as error:
        return _refused(
            [
                {
                    "source": source,
                    "line": error.line,
                    "column": error.column,
                    "code": "FILE",
                    "rows": 0,
                    "message": str(error).replace("<memory>", source),
                }
            ]
        )
    skipped = catalog.skipped
    rows = [
        {
            "source": source,
            "line": reason.line,
            "column": reason.column,
            "code": reason.code,
            "rows": 1,
            "message": reason.message.replace("<memory>", source, 1),
        }
        for reason in skipped
    ]
    count = len(catalog)
    good = _good(
        catalog, pa.array([source] * count, pa.string()), pa.array(range(1, count + 1), pa.int64())
    )
    return pa.concat_tables([good, _refused(rows + _unlisted(source, catalog, len(skipped)))])


def extract_files(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """As extract, of files that come as rows of path and content."""
    for batch in batches:
        for path, content in zip(
            batch.column("path").to_pylist(), batch.column("content").to_pylist()
        ):
            yield from extract(unquote(path.rsplit("/", 1)[-1]), content).to_batches(
                max_chunksize=20000
            )


def _in_order(batches: Iterator[pa.RecordBatch]) -> pa.Table | None:
    """All rows of a partition in order of the files' names and the rows in them; the order in which
    Spark brings them is not fixed.
    """
    kept = [batch for batch in batches if batch.num_rows]
    return (
        pa.Table.from_batches(kept).sort_by([("source", "ascending"), ("row", "ascending")])
        if kept
        else None
    )


def resolve(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Check rows that come with their origin. All rows of one track id must be here.

    Where rows of one track contradict each other, the first row of the first file, by name, is
    right, and those that differ are refused.
    """
    table = _in_order(batches)
    if table is None:
        return
    if "code" in table.column_names:
        earlier = table.filter(pa.compute.is_valid(table["code"]))
        yield from earlier.select(ROW_SCHEMA.names).cast(ROW_SCHEMA).to_batches()
        table = table.filter(pa.compute.is_null(table["code"]))
    if table.num_rows == 0:
        return
    known = [
        name
        for name in table.column_names
        if name in ENTRY_SCHEMA.names and name not in ("source", "row", "shard")
    ]
    catalog = musicsched.Catalog.from_arrow(
        table.select(known), strict=True, skip_bad_rows=True, max_reasons=table.num_rows
    )
    source, row = table["source"].to_pylist(), table["row"].to_pylist()

    def place(number: int) -> str:
        return f"{source[number - 1]}, row {row[number - 1]}"

    rows, bad = [], set()
    for reason in catalog.skipped:
        bad.add(reason.line - 1)
        text = re.sub(r"^<\w+>:\d+(:\d+)?: ", "", reason.message)
        text = re.sub(
            r" in line (\d+) for the same track_id ",
            lambda found: f" in {place(int(found[1]))} for the same track_id ",
            text,
            count=1,
        )
        rows.append(
            {
                "source": source[reason.line - 1],
                "row": row[reason.line - 1],
                "code": reason.code,
                "rows": 1,
                "message": f"{place(reason.line)}: {text}",
            }
        )
    keep = pa.array([i not in bad for i in range(table.num_rows)])
    good = _good(catalog, table["source"].filter(keep), table["row"].filter(keep))
    yield from pa.concat_tables([good, _refused(rows)]).to_batches()


def popularity_states(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One state for each question over the rows of this partition, to be merged by the driver."""
    table = _in_order(batches)
    if table is None:
        return
    catalog = musicsched.Catalog.from_arrow(table)
    states = [
        {"question": question, "state": catalog.group_by(by, count=count).to_state()}
        for question, (by, count) in QUESTIONS.items()
    ]
    states += [
        {"question": question, "state": catalog.correlations(count=count).to_state()}
        for question, count in CORRELATIONS.items()
    ]
    yield from pa.Table.from_pylist(states, schema=STATE_SCHEMA).to_batches()


def merge_states(
    rows: list[tuple[str, str]],
) -> dict[str, musicsched.Groups | musicsched.Correlations]:
    """The answers over the whole, by question."""
    parts: dict[str, list[str]] = {}
    for question, state in sorted(rows):
        parts.setdefault(question, []).append(state)
    merged = {}
    for question, states in parts.items():
        kind = musicsched.Correlations if question in CORRELATIONS else musicsched.Groups
        merged[question] = kind.merge([kind.from_state(state) for state in states])
    return merged


_catalogs: dict[tuple[str, int], musicsched.Catalog] = {}


def catalog_of(path: str) -> musicsched.Catalog:
    """The catalog of this executor process: a CSV file, or a folder of Parquet as the etl step
    writes it. Loaded once, then shared by all tasks of the process."""
    key = path, os.stat(path).st_mtime_ns
    if key not in _catalogs:
        if os.path.isdir(path) or path.endswith(".parquet"):
            table = pq.read_table(path)
            if "source" in table.column_names:
                table = table.sort_by([("source", "ascending"), ("row", "ascending")])
            catalog = musicsched.Catalog.from_arrow(table)
        else:
            catalog = musicsched.Catalog.read_csv(path, strict=True, skip_bad_rows=True)
        catalog.prepare()
        _catalogs.clear()
        _catalogs[key] = catalog
    return _catalogs[key]


def _schedule_all(
    catalog: musicsched.Catalog, plans: dict[int, musicsched.Plan]
) -> dict[int, musicsched.Schedule | musicsched.MusicschedError]:
    """Schedules of many plans; one after the other where one of them is refused."""
    try:
        return dict(zip(plans, catalog.schedule_many(plans.values(), threads=1, reasons=False)))
    except musicsched.MusicschedError:
        results: dict[int, musicsched.Schedule | musicsched.MusicschedError] = {}
        for place, plan in plans.items():
            try:
                results[place] = catalog.schedule(plan, reasons=False)
            except musicsched.MusicschedError as error:
                results[place] = error
        return results


def schedule_plans(
    batches: Iterator[pa.RecordBatch], catalog_path: str
) -> Iterator[pa.RecordBatch]:
    """Schedules of the plans (JSON) of this partition.

    A plan that is refused keeps its row: status "refused", and the error.
    """
    catalog = catalog_of(catalog_path)
    for batch in batches:
        plans: dict[int, musicsched.Plan] = {}
        results: dict[int, musicsched.Schedule | musicsched.MusicschedError] = {}
        for place, text in enumerate(batch.column("plan").to_pylist()):
            try:
                plans[place] = musicsched.Plan.from_json(text or "")
            except musicsched.MusicschedError as error:
                results[place] = error
        results |= _schedule_all(catalog, plans)
        rows = []
        for place, plan_id in enumerate(batch.column("plan_id").to_pylist()):
            result = results[place]
            if isinstance(result, musicsched.Schedule):
                rows.append(
                    {
                        "plan_id": plan_id,
                        "status": result.status,
                        "entries": len(result),
                        "unplaced": len(result.unplaced),
                        "schedule": result.to_json(),
                    }
                )
            else:
                rows.append(
                    {"plan_id": plan_id, "status": "refused", "error": f"{result.code}: {result}"}
                )
        yield pa.RecordBatch.from_pylist(rows, schema=SCHEDULE_SCHEMA)


def plan_of(number: int, songs: list[str]) -> str:
    """A varied plan, one for each number: three events, five to eight tasks, four songs."""
    bits = int.from_bytes(hashlib.blake2b(str(number).encode(), digest_size=16).digest(), "big")

    def draw(count: int) -> int:
        nonlocal bits
        bits, value = divmod(bits, count)
        return value

    start = 8 * 60 + draw(8) * 15
    times = [
        f"{m // 60:02}:{m % 60:02}"
        for m in (start, start + 180, start + 225, start + 420 + draw(4) * 15)
    ]
    todos = [
        {"title": "Work", "start": times[0], "end": times[1], "music": True},
        {"title": "Lunch", "start": times[1], "end": times[2]},
        {"title": "Work", "start": times[2], "end": times[3], "music": draw(2) == 1},
    ]
    todos += [
        {
            "title": f"Task {i + 1}",
            "duration_s": 600 * (1 + draw(8)),
            "priority": 1 + draw(4),
            "music": draw(2) == 1,
        }
        for i in range(5 + draw(4))
    ]
    wishes = [{"track_id": songs[draw(len(songs))], "must": draw(4) == 0} for _ in range(4)]
    return json.dumps(
        {
            "version": 1,
            "date": f"2026-{1 + draw(12):02}-{1 + draw(28):02}",
            "todos": todos,
            "songs": wishes,
            "listening": {"fill": {"duration_s": 600 * draw(4)}},
        }
    )
