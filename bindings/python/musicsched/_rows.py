"""Tables of Python's own making as CSV text: columns by name, rows by name, and frames whose
columns hold objects."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset)) or (
        hasattr(value, "tolist") and getattr(value, "ndim", 0) == 1
    )


def _name(value: Any) -> str:
    """An artist as Spotify describes one, or a text."""
    return _cell(value.get("name") if isinstance(value, Mapping) else value)


def _cell(value: Any) -> str:
    """A value as the CSV reader takes it; unknown ones are empty."""
    if isinstance(value, str):
        return value
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "1" if value else "0"
    if isinstance(value, timedelta):
        return str(round(value.total_seconds() * 1000))
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "surrogateescape")
    return str(value)


def _field(value: Any) -> str:
    if _is_list(value):
        return json.dumps([_name(item) for item in value], ensure_ascii=False)
    return _name(value) if isinstance(value, Mapping) else _cell(value)


def _columns_of(table: Any) -> tuple[list[str], Iterable[Sequence[Any]]] | None:
    """Names and rows; None where the table is neither of columns nor of rows by name."""
    if isinstance(table, Mapping):
        columns = [list(column) for column in table.values()]
        if len({len(column) for column in columns}) > 1:
            sizes = ", ".join(f"{name} {len(column)}" for name, column in zip(table, columns))
            raise ValueError(f"table: its columns differ in length: {sizes}")
        return [str(name) for name in table], zip(*columns)
    if isinstance(table, (list, tuple)) and all(isinstance(row, Mapping) for row in table):
        names = list(dict.fromkeys(name for row in table for name in row))
        return [str(name) for name in names], ([row.get(name) for name in names] for row in table)
    return None


def csv_of(table: Any) -> bytes | None:
    """The CSV of a mapping of columns or a list of mappings, None for anything else."""
    found = _columns_of(table)
    if found is None or not found[0]:
        return None
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(found[0])
    writer.writerows([_field(value) for value in row] for row in found[1])
    return out.getvalue().encode("utf-8", "surrogateescape")


def csv_of_frame(frame: Any) -> bytes | None:
    """The CSV of a pandas frame, None for anything else."""
    if not type(frame).__module__.startswith("pandas") or not hasattr(frame, "to_dict"):
        return None
    if not frame.columns.is_unique:
        name = frame.columns[frame.columns.duplicated()][0]
        raise ValueError(f"table: two columns are called {name!r}: rename one, or leave it out")
    return csv_of({name: frame[name].tolist() for name in frame.columns})
