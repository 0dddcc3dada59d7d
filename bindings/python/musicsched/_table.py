"""Small tables: the results of queries and schedules."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Self, overload

from ._arguments import whole
from ._arrow import Batch, Column, Export, Packed, schema_capsule, stream_capsule, unpack

# The text beside each column of lists.
_TEXTS = {
    "artists": "track_artist",
    "genres": "playlist_genre",
    "subgenres": "playlist_subgenre",
}


class Table:
    """Rows and columns that every data library can read.

    ``len(table)`` is the number of rows, ``for row in table`` yields dicts, ``table[3]`` is one
    row, and ``table["mean"]`` is a column: a read-only NumPy array if NumPy is installed, else a
    list. Columns such as ``artists`` have a list in each row; printed tables leave them out.
    ``table[["key", "mean"]]`` is a table of some columns. ``pandas.DataFrame.from_arrow``,
    ``polars.DataFrame``, ``pyarrow.table`` and ``duckdb`` read a table directly, through
    ``__arrow_c_stream__``.

    >>> table = catalog.top(3)
    >>> len(table), table[0]["track_name"], table["track_popularity"].tolist(), "rank" in table
    (3, 'Dancing Monkey', [90, 70, 65], True)
    """

    def __init__(self, export: Export) -> None:
        self._export = export
        self._read: Batch | None = None

    @property
    def _batch(self) -> Batch:
        if self._read is None:
            self._read = Batch(self._export)
        return self._read

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Itself: a table is immutable."""
        return self

    def _pack(self) -> tuple[int, dict[str, Packed]]:
        columns = self._batch.columns
        return len(self), {name: column.pack() for name, column in columns.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        return _table_of, self._pack()

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._batch.columns)

    def keys(self) -> list[str]:
        """Names of the columns, so that ``dict(table)`` works."""
        return self.columns

    def __len__(self) -> int:
        return self._batch.length

    def __eq__(self, other: object) -> bool:
        """Whether both tables have the same columns, in the same order, with the same values.

        >>> catalog.top(2) == catalog.top(3).head(2)
        True
        """
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and self.to_dict() == other.to_dict()

    def __contains__(self, item: object) -> bool:
        """Whether there is a column of this name, as with ``dict``; or such a row."""
        return (
            item in self._batch.columns
            if isinstance(item, str)
            else any(item == row for row in self)
        )

    def _rows(self, start: int, stop: int) -> list[dict[str, Any]]:
        names = self.columns
        lists = [column.to_list(start, stop) for column in self._batch.columns.values()]
        return [dict(zip(names, values)) for values in zip(*lists)]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        step = 1024
        for start in range(0, len(self), step):
            yield from self._rows(start, start + step)

    @overload
    def __getitem__(self, key: str) -> Any: ...
    @overload
    def __getitem__(self, key: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: slice) -> list[dict[str, Any]]: ...
    @overload
    def __getitem__(self, key: list[str]) -> Table: ...
    def __getitem__(self, key: str | int | slice | list[str]) -> Any:
        if isinstance(key, list):
            return self._part(len(self), key)
        if isinstance(key, str):
            if key not in self._batch.columns:
                raise KeyError(f"no column {key!r}; there are {', '.join(self.columns)}")
            column = self._batch.columns[key]
            try:
                return column.to_numpy()
            except ImportError:
                return column.to_list()
        if isinstance(key, slice):
            start, stop, step = key.indices(len(self))
            return (
                self._rows(start, stop)[::step]
                if step > 0
                else [self[row] for row in range(start, stop, step)]
            )
        if not hasattr(key, "__index__"):
            raise TypeError(f"key: a column's name or a row's number, not {type(key).__name__}")
        row = int(key)
        if not -len(self) <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        row %= len(self)
        return self._rows(row, row + 1)[0]

    def _part(self, rows: int, names: list[str]) -> Table:
        """A table of the first rows of some columns, in memory of its own."""
        columns = self._batch.columns
        for name in names:
            if name not in columns:
                raise KeyError(f"no column {name!r}; there are {', '.join(columns)}")
        return Table(unpack(rows, {name: columns[name].pack(rows) for name in names}))

    def head(self, rows: int = 5) -> Table:
        """The first rows as a table.

        >>> catalog.top(3).head(1)[["rank", "track_name"]]
        rank  track_name
           1  Dancing Monkey
        """
        return self._part(min(whole("rows", rows, 0, 2**32 - 1), len(self)), self.columns)

    def to_dict(self) -> dict[str, list[Any]]:
        """Columns as lists of Python values."""
        return {name: column.to_list() for name, column in self._batch.columns.items()}

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``; pyarrow is not needed.

        Integers have 64 bits, so that differences and squares do not overflow. Without pyarrow,
        rows with the same artists or genres share one list: copy a list before you change it.
        """
        import pandas as pd

        return pd.DataFrame(
            {
                name: column.to_pandas(
                    name == "track_id", self._batch.columns.get(_TEXTS.get(name, ""))
                )
                for name, column in self._batch.columns.items()
            },
            copy=False,
        )

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``."""
        import polars as pl

        return pl.DataFrame(self)

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table``."""
        import pyarrow as pa

        return pa.table(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule protocol. ``requested_schema`` is best effort and not followed."""
        return stream_capsule(self._export)

    def __arrow_c_schema__(self) -> object:
        """Names and types of the columns, by the Arrow PyCapsule protocol."""
        return schema_capsule(self._export)

    def _shown(self) -> dict[str, Column]:
        """The columns that a person sees: lists repeat what a text beside them says."""
        return {name: column for name, column in self._batch.columns.items() if not column.items}

    def _cells(self, rows: int) -> list[list[str]]:
        def show(value: Any) -> str:
            return (
                "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
            )

        return [[show(row[name]) for name in self._shown()] for row in self._rows(0, rows)]

    def __repr__(self) -> str:
        names, cells = list(self._shown()), self._cells(20)
        widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(names)]
        texts = [column.is_text for column in self._shown().values()]
        lines = [
            "  ".join(
                cell.ljust(width) if text else cell.rjust(width)
                for cell, width, text in zip(row, widths, texts)
            ).rstrip()
            for row in [names, *cells]
        ]
        if len(self) > len(cells):
            lines.append(f"... {len(self) - len(cells)} more rows")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        sides = ["left" if column.is_text else "right" for column in self._shown().values()]
        head = "".join(
            f'<th style="text-align:{side}">{escape(name)}</th>'
            for name, side in zip(self._shown(), sides)
        )
        body = "".join(
            "<tr>"
            + "".join(
                f'<td style="text-align:{side}">{escape(cell)}</td>'
                for cell, side in zip(row, sides)
            )
            + "</tr>"
            for row in self._cells(50)
        )
        more = f"<p>{len(self) - 50} more rows</p>" if len(self) > 50 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _table_of(length: int, columns: dict[str, Packed]) -> Table:
    """A table that was pickled."""
    return Table(unpack(length, columns))
