"""Small tables: what questions to a catalog and schedules answer with."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, overload

from ._arrow import Batch, Export, stream_capsule


class Table:
    """Rows and columns that every data library can take.

    ``len(table)`` counts rows, ``for row in table`` gives dicts, ``table[3]`` one row, ``table["mean"]`` a column: a
    read-only NumPy array where NumPy is installed, else a list. ``pandas.DataFrame.from_arrow``, ``polars.DataFrame``,
    ``pyarrow.table`` and ``duckdb`` take it as it is, by ``__arrow_c_stream__``.
    """

    def __init__(self, export: Export) -> None:
        self._export = export
        self._batch: Batch | None = None

    def _columns(self) -> dict[str, Any]:
        if self._batch is None:
            self._batch = Batch(self._export)
        return self._batch.columns

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._columns())

    def __len__(self) -> int:
        self._columns()
        assert self._batch is not None
        return self._batch.length

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = self.columns
        for values in zip(*(self._columns()[name].to_list() for name in names)):
            yield dict(zip(names, values))

    @overload
    def __getitem__(self, key: str) -> Any: ...
    @overload
    def __getitem__(self, key: int) -> dict[str, Any]: ...
    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, str):
            try:
                column = self._columns()[key]
            except KeyError:
                raise KeyError(f"no column {key!r}; there are {', '.join(self.columns)}") from None
            try:
                return column.to_numpy()
            except ImportError:
                return column.to_list()
        if not isinstance(key, int):
            raise TypeError(f"key: a column's name or a row's number, not {type(key).__name__}")
        if not -len(self) <= key < len(self):
            raise IndexError(f"row {key} of {len(self)}")
        return {name: column.to_list()[key] for name, column in self._columns().items()}

    def to_dict(self) -> dict[str, list[Any]]:
        """Columns as lists of Python values."""
        return {name: column.to_list() for name, column in self._columns().items()}

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``; pyarrow is not needed."""
        import pandas as pd

        return pd.DataFrame({name: column.to_pandas() for name, column in self._columns().items()}, copy=False)

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

    def _cells(self, rows: int) -> list[list[str]]:
        def show(value: Any) -> str:
            return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)

        columns = [column.to_list()[:rows] for column in self._columns().values()]
        return [[show(value) for value in row] for row in zip(*columns)]

    def __repr__(self) -> str:
        names, cells = self.columns, self._cells(20)
        widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(names)]
        lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in [names, *cells]]
        if len(self) > len(cells):
            lines.append(f"... {len(self) - len(cells)} more rows")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self._cells(50))
        more = f"<p>{len(self) - 50} more rows</p>" if len(self) > 50 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
