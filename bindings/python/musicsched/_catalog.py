"""Songs: loading them, and asking what is popular."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple, Unpack

from ._arguments import BY, COUNTS, ORDERS, By, Count, Keep, Order, Where, choice, filter_of, whole
from ._arrow import stream_of
from ._callbacks import CANCEL, PROGRESS, READ, Call
from ._errors import check, text_of
from ._native import ffi, lib
from ._results import Correlations, Groups, Question, Result
from ._table import Table

if TYPE_CHECKING:
    from ._plan import Plan
    from ._schedule import Schedule

_TOP, _GROUPS, _HISTOGRAM, _CORRELATIONS = (Question(kind) for kind in ("top", "groups", "histogram", "correlations"))


class SkippedRow(NamedTuple):
    """Why a row of the input was left out."""

    line: int
    column: int
    code: str
    message: str


def _default_progress(progress: bool | Callable[[int, int], object] | None, unit: str) -> Callable[[int, int], object] | None:
    """True means a tqdm bar where tqdm is installed."""
    if progress is None or progress is False:
        return None
    if progress is not True:
        if not callable(progress):
            raise TypeError("progress: True, False or a callable taking done and total")
        return progress
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    bar = tqdm(unit=unit, unit_scale=True)

    def show(done: int, total: int) -> None:
        bar.total = total or None
        bar.update(done - bar.n)
        if total and done >= total:
            bar.close()

    return show


class Catalog:
    """Songs, immutable and usable from many threads at once.

    Make one with :meth:`read_csv` or :meth:`from_arrow`. Every question takes the same filter as keyword arguments: ``genre``,
    ``subgenre``, ``artist``, ``playlist`` (a text or several), ``years`` and ``popularity`` (pairs, ``None`` for no bound),
    ``features`` (``{"energy": (0.5, None)}``), ``exclude_zero`` and ``exclude_january_first``; and ``count``, which
    says what is counted: ``"entries"`` (rows of the input), ``"tracks"`` or ``"recordings"``.
    """

    def __init__(self, handle: Any) -> None:
        if not isinstance(handle, ffi.CData):
            raise TypeError("make a catalog with Catalog.read_csv or Catalog.from_arrow")
        self._handle = ffi.gc(handle, lib.msched_catalog_unref)

    @staticmethod
    def _options(call: Call, ctx: Any, keep: Keep, on_bad_rows: str, delimiter: str, max_rows: int, name: str | None) -> Any:
        options = ffi.new("msched_catalog_options *")
        lib.msched_catalog_options_init(options, ffi.sizeof("msched_catalog_options"))
        options.skip_bad_rows = choice("on_bad_rows", on_bad_rows, {"error": 0, "skip": 1})
        if not isinstance(delimiter, str) or len(delimiter) != 1 or not delimiter.isascii():
            raise ValueError(f"delimiter: {delimiter!r} is not one ASCII character")
        options.delimiter = ord(delimiter)
        options.max_rows = max_rows
        if name is not None:
            options.source_name = keep.text("name", name)
        options.cancel, options.cancel_ctx = CANCEL, ctx
        if call.progress is not None:
            options.progress, options.progress_ctx = PROGRESS, ctx
        return options

    @classmethod
    def read_csv(
        cls,
        path_or_buffer: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes],
        *,
        on_bad_rows: Literal["error", "skip"] = "error",
        delimiter: str = ",",
        progress: bool | Callable[[int, int], object] | None = None,
        max_rows: int = 0,
    ) -> Catalog:
        """Load a CSV file, its bytes, or an open binary file.

        ``on_bad_rows="skip"`` leaves bad rows out; :attr:`skipped` says which and why. ``progress`` is a callable taking bytes
        done and in all, or ``True`` for a tqdm bar. Ctrl-C stops the load.
        """
        err, out, keep = ffi.new("msched_error *"), ffi.new("msched_catalog **"), Keep()
        reads = not isinstance(path_or_buffer, (str, os.PathLike, bytes, bytearray, memoryview))
        if reads and not hasattr(path_or_buffer, "read"):
            raise TypeError(f"path_or_buffer: a path, bytes or a binary file, not {type(path_or_buffer).__name__}")
        call = Call(_default_progress(progress, "B"), path_or_buffer if reads else None)
        max_rows = whole("max_rows", max_rows, 0, 2**63 - 1)
        result = lib.MSCHED_OK
        with call.running() as ctx:
            if reads:
                name = getattr(path_or_buffer, "name", None)
                options = cls._options(call, ctx, keep, on_bad_rows, delimiter, max_rows, name if isinstance(name, str) else None)
                result = lib.msched_catalog_load_callback(out, READ, ctx, options, err)
            elif isinstance(path_or_buffer, (str, os.PathLike)):
                path = os.fsencode(path_or_buffer)
                options = cls._options(call, ctx, keep, on_bad_rows, delimiter, max_rows, None)
                result = lib.msched_catalog_load_path(out, path, options, err)
            else:
                options = cls._options(call, ctx, keep, on_bad_rows, delimiter, max_rows, None)
                data = ffi.from_buffer(path_or_buffer)
                result = lib.msched_catalog_load_memory(out, data, len(data), options, err)
        check(result, err)
        return cls(out[0])

    @classmethod
    def from_arrow(
        cls,
        table: Any,
        *,
        on_bad_rows: Literal["error", "skip"] = "error",
        progress: bool | Callable[[int, int], object] | None = None,
    ) -> Catalog:
        """Make a catalog of any table with ``__arrow_c_stream__`` (pandas, Polars, pyarrow, DuckDB) and the CSV's column names."""
        stream, capsule = stream_of(table)
        err, out, keep = ffi.new("msched_error *"), ffi.new("msched_catalog **"), Keep()
        call = Call(_default_progress(progress, "rows"))
        with call.running() as ctx:
            options = cls._options(call, ctx, keep, on_bad_rows, ",", 0, None)
            result = lib.msched_catalog_import_arrow(out, stream, options, err)
        del capsule
        check(result, err)
        return cls(out[0])

    # --- what is in it ---

    @property
    def info(self) -> dict[str, int]:
        """Counts: entries, tracks, recordings, artists, albums, playlists, genres, subgenres, rows_skipped, memory_bytes."""
        info = ffi.new("msched_catalog_info *", {"struct_size": ffi.sizeof("msched_catalog_info")})
        lib.msched_catalog_get_info(self._handle, info)
        names = ["entries", "tracks", "recordings", "artists", "albums", "playlists", "genres", "subgenres", "rows_skipped",
                 "memory_bytes"]
        return {name: int(getattr(info, name)) for name in names}

    def __len__(self) -> int:
        """Number of entries (accepted rows)."""
        return self.info["entries"]

    @property
    def skipped(self) -> list[SkippedRow]:
        """Why rows were left out by ``on_bad_rows="skip"``: the first hundred; ``info["rows_skipped"]`` counts all."""
        rows = []
        for index in range(lib.msched_catalog_skipped_count(self._handle)):
            err = ffi.new("msched_error *")
            lib.msched_catalog_skipped_get(self._handle, index, err)
            rows.append(SkippedRow(err.line, err.column, text_of(lib.msched_result_name(err.code)), text_of(err.message)))
        return rows

    def __repr__(self) -> str:
        info = self.info
        return f"<Catalog: {info['entries']:,} entries, {info['tracks']:,} tracks, {info['recordings']:,} recordings>"

    def entries(self) -> Table:
        """All rows of the input with the columns of the CSV."""
        return Table(lambda stream, err: lib.msched_catalog_export_entries(self._handle, stream, err))

    def tracks(self) -> Table:
        """All tracks, one row each."""
        return Table(lambda stream, err: lib.msched_catalog_export_tracks(self._handle, stream, err))

    def to_pandas(self) -> Any:
        """All entries as a ``pandas.DataFrame``."""
        return self.entries().to_pandas()

    def to_polars(self) -> Any:
        """All entries as a ``polars.DataFrame``."""
        return self.entries().to_polars()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """All entries, by the Arrow PyCapsule protocol."""
        return self.entries().__arrow_c_stream__(requested_schema)

    # --- popularity ---

    def _ask(self, question: Question, count: str, where: Where, **options: int) -> Any:
        """The C result of a question."""
        keep, err, out = Keep(), ffi.new("msched_error *"), ffi.new(question.out)
        asked = ffi.new(question.options)
        question.init(asked, question.size)
        asked.count = choice("count", count, COUNTS)
        asked.filter = filter_of(keep, where)
        for name, value in options.items():
            setattr(asked, name, value)
        check(question.compute(out, self._handle, asked, err), err)
        return ffi.gc(out[0], question.unref)

    def top(self, limit: int = 10, *, count: Count = "tracks", **where: Unpack[Where]) -> Result:
        """The most popular, highest first; ties in order of the input."""
        handle = self._ask(_TOP, count, where, limit=whole("limit", limit, 1, 2**31 - 1))
        return Result(handle, _TOP.export, _TOP.to_json, self._handle)

    def group_by(self, by: By, *, count: Count = "entries", order: Order = "default", min_n: int = 0, limit: int = 0,
                 **where: Unpack[Where]) -> Groups:
        """Statistics of popularity by group: n, mean, sd, 95 % interval of the mean, quartiles, share of zeros.

        ``by``: genre, subgenre, artist, playlist, year, decade, month, year_month or all. The result can be saved and merged
        with those of other songs, see :class:`Groups`.
        """
        return Groups(self._ask(_GROUPS, count, where, by=choice("by", by, BY), order=choice("order", order, ORDERS),
                                min_n=whole("min_n", min_n, 0, 2**31 - 1), limit=whole("limit", limit, 0, 2**31 - 1)))

    def summary(self, *, count: Count = "entries", **where: Unpack[Where]) -> dict[str, Any]:
        """Statistics of everything that passes the filter."""
        return self.group_by("all", count=count, **where)[0]

    def trend(self, unit: Literal["month", "year_month", "year", "decade"] = "year", *, count: Count = "tracks",
              **where: Unpack[Where]) -> Groups:
        """Statistics over time, in order of time. ``"month"`` is the month of the year; only dates that have one are counted."""
        choice("unit", unit, {"month": 0, "year_month": 0, "year": 0, "decade": 0})
        return self.group_by(unit, count=count, order="key", **where)

    def histogram(self, bins: int = 20, *, count: Count = "tracks", **where: Unpack[Where]) -> Result:
        """Counts of popularity 0..100 in equal bins."""
        handle = self._ask(_HISTOGRAM, count, where, bins=whole("bins", bins, 1, 101))
        return Result(handle, _HISTOGRAM.export, _HISTOGRAM.to_json)

    def correlations(self, *, count: Count = "tracks", **where: Unpack[Where]) -> Correlations:
        """Pearson correlation of popularity with each audio feature, with its 95 % interval and slope."""
        return Correlations(self._ask(_CORRELATIONS, count, where))

    # --- lookup ---

    def _search(self, function: Any, text: str, limit: int, typos: bool) -> Result:
        keep, err, out = Keep(), ffi.new("msched_error *"), ffi.new("msched_hits **")
        options = ffi.new("msched_find_options *")
        lib.msched_find_options_init(options, ffi.sizeof("msched_find_options"))
        options.limit, options.no_typos = whole("limit", limit, 1, 1000), not typos
        check(function(out, self._handle, keep.text("text", text), options, err), err)
        return Result(ffi.gc(out[0], lib.msched_hits_unref), lib.msched_hits_export, lib.msched_hits_to_json, self._handle)

    def find(self, text: str, limit: int = 10, *, typos: bool = True) -> Result:
        """Songs by title, artist or both, in any order, with typing mistakes; one hit per recording, best first."""
        return self._search(lib.msched_find, text, limit, typos)

    def suggest(self, text: str, limit: int = 10) -> Result:
        """Completions of what is being typed, most popular first."""
        return self._search(lib.msched_suggest, text, limit, True)

    def prepare(self) -> None:
        """Build now what the first lookup and the first schedule otherwise build."""
        err = ffi.new("msched_error *")
        check(lib.msched_catalog_prepare(self._handle, err), err)

    # --- scheduling ---

    def schedule(self, plan: Plan, **options: Any) -> Schedule:
        """Schedule one plan; see :func:`musicsched.schedule`."""
        from ._schedule import schedule

        return schedule(self, plan, **options)

    def schedule_many(self, plans: Iterable[Plan], **options: Any) -> list[Schedule]:
        """Schedule many plans on several threads; see :func:`musicsched.schedule_many`."""
        from ._schedule import schedule_many

        return schedule_many(self, plans, **options)
