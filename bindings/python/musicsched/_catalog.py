"""Songs: loading them, and asking what is popular."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

from ._arrow import stream_of
from ._callbacks import CANCEL, PROGRESS, READ, Call
from ._errors import check, text_of
from ._native import ffi, lib
from ._table import Table

if TYPE_CHECKING:
    from ._plan import Plan
    from ._schedule import Schedule

Count = Literal["entries", "tracks", "recordings"]
By = Literal["all", "genre", "subgenre", "artist", "playlist", "year", "decade", "month", "year_month"]
Texts = str | Iterable[str] | None
Range = tuple[float | None, float | None]

_COUNTS = {"entries": 0, "tracks": 1, "recordings": 2}
_BY = {"all": 0, "genre": 1, "subgenre": 2, "artist": 3, "playlist": 4, "year": 5, "decade": 6, "month": 7, "year_month": 8}
_ORDERS = {"default": 0, "key": 1, "mean": 2, "n": 3}
FEATURES: tuple[str, ...] = tuple(text_of(lib.msched_feature_name(f)) for f in range(lib.MSCHED_FEATURE_COUNT))


def _choice(name: str, value: str, choices: Mapping[str, int]) -> int:
    try:
        return choices[value]
    except (KeyError, TypeError):
        raise ValueError(f"{name}: {value!r} is not one of {', '.join(choices)}") from None


def _whole(name: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name}: a whole number, not {type(value).__name__}")
    number = int(value)
    if not low <= number <= high:
        raise ValueError(f"{name}: {number} is not in {low}..{high}")
    return number


class _Keep:
    """C memory that must outlive a call."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def text(self, name: str, value: str) -> Any:
        if not isinstance(value, str):
            raise TypeError(f"{name}: a str, not {type(value).__name__}")
        if "\0" in value:
            raise ValueError(f"{name}: holds a NUL character")
        self.items.append(ffi.new("char[]", value.encode("utf-8", "surrogatepass")))
        return self.items[-1]

    def texts(self, name: str, values: Texts) -> tuple[Any, int]:
        if values is None:
            return ffi.NULL, 0
        listed = [values] if isinstance(values, str) else list(values)
        if not listed:
            raise ValueError(f"{name}: an empty list lets nothing through; leave it out to let everything through")
        array = ffi.new("const char *[]", [self.text(name, value) for value in listed])
        self.items.append(array)
        return array, len(listed)


def _filter(
    keep: _Keep,
    genre: Texts = None,
    subgenre: Texts = None,
    artist: Texts = None,
    playlist: Texts = None,
    years: tuple[int | None, int | None] | None = None,
    popularity: tuple[int | None, int | None] | None = None,
    features: Mapping[str, Range] | None = None,
    exclude_zero: bool = False,
    exclude_january_first: bool = False,
) -> Any:
    """A ``msched_filter`` of the keyword arguments that every question takes."""
    out = ffi.new("msched_filter *")
    lib.msched_filter_init(out, ffi.sizeof("msched_filter"))
    out.genres, out.genre_count = keep.texts("genre", genre)
    out.subgenres, out.subgenre_count = keep.texts("subgenre", subgenre)
    out.artists, out.artist_count = keep.texts("artist", artist)
    out.playlists, out.playlist_count = keep.texts("playlist", playlist)
    low, high = years or (None, None)
    out.year_min = 0 if low is None else _whole("years", low, 1, 9999)
    out.year_max = 0 if high is None else _whole("years", high, 1, 9999)
    low, high = popularity or (None, None)
    out.popularity_min = 0 if low is None else _whole("popularity", low, 0, 100)
    out.popularity_max = 0 if high is None else _whole("popularity", high, 1, 100)
    for name, (at_least, at_most) in (features or {}).items():
        if name not in FEATURES:
            raise ValueError(f"features: {name!r} is not one of {', '.join(FEATURES)}")
        index = FEATURES.index(name)
        out.feature_mask |= 1 << index
        out.feature_min[index] = -float("inf") if at_least is None else float(at_least)
        out.feature_max[index] = float("inf") if at_most is None else float(at_most)
    out.exclude_zero = bool(exclude_zero)
    out.exclude_january_first = bool(exclude_january_first)
    return out


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
    def _options(call: Call, ctx: Any, keep: _Keep, on_bad_rows: str, delimiter: str, max_rows: int, name: str | None) -> Any:
        options = ffi.new("msched_catalog_options *")
        lib.msched_catalog_options_init(options, ffi.sizeof("msched_catalog_options"))
        options.skip_bad_rows = _choice("on_bad_rows", on_bad_rows, {"error": 0, "skip": 1})
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
        err, out, keep = ffi.new("msched_error *"), ffi.new("msched_catalog **"), _Keep()
        reads = not isinstance(path_or_buffer, (str, os.PathLike, bytes, bytearray, memoryview))
        if reads and not hasattr(path_or_buffer, "read"):
            raise TypeError(f"path_or_buffer: a path, bytes or a binary file, not {type(path_or_buffer).__name__}")
        call = Call(_default_progress(progress, "B"), path_or_buffer if reads else None)
        max_rows = _whole("max_rows", max_rows, 0, 2**63 - 1)
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
        err, out, keep = ffi.new("msched_error *"), ffi.new("msched_catalog **"), _Keep()
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
        return Table(lambda stream, err: lib.msched_catalog_export_entries(self._handle, stream, err), self)

    def tracks(self) -> Table:
        """All tracks, one row each."""
        return Table(lambda stream, err: lib.msched_catalog_export_tracks(self._handle, stream, err), self)

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

    def _ask(self, kind: str, title: str, count: str, where: Mapping[str, Any], export: Callable[[Any], Any], **options: int) -> Table:
        keep, err, out = _Keep(), ffi.new("msched_error *"), ffi.new(f"msched_{kind} **")
        question = ffi.new(f"msched_{kind}_options *")
        getattr(lib, f"msched_{kind}_options_init")(question, ffi.sizeof(f"msched_{kind}_options"))
        question.count = _choice("count", count, _COUNTS)
        question.filter = chosen = _filter(keep, **where)
        for name, value in options.items():
            setattr(question, name, value)
        check(getattr(lib, f"msched_{kind}_compute")(out, self._handle, question, err), err)
        handle = ffi.gc(out[0], getattr(lib, f"msched_{kind}_unref"))
        del chosen
        return Table(export(handle), (self, handle), title)

    def top(self, limit: int = 10, *, count: Count = "tracks", **where: Any) -> Table:
        """The most popular, highest first; ties in order of the input."""
        return self._ask("top", "", count, where,
                         lambda top: lambda stream, err: lib.msched_top_export(top, self._handle, stream, err),
                         limit=_whole("limit", limit, 1, 2**31 - 1))

    def group_by(self, by: By, *, count: Count = "entries", order: str = "default", min_n: int = 0, limit: int = 0, **where: Any) -> Table:
        """Statistics of popularity by group: n, mean, sd, 95 % interval of the mean, quartiles, share of zeros.

        ``by``: genre, subgenre, artist, playlist, year, decade, month, year_month or all.
        """
        return self._ask("groups", "", count, where, lambda groups: lambda stream, err: lib.msched_groups_export(groups, stream, err),
                         by=_choice("by", by, _BY), order=_choice("order", order, _ORDERS),
                         min_n=_whole("min_n", min_n, 0, 2**31 - 1), limit=_whole("limit", limit, 0, 2**31 - 1))

    def summary(self, *, count: Count = "entries", **where: Any) -> dict[str, Any]:
        """Statistics of everything that passes the filter."""
        return self.group_by("all", count=count, **where)[0]

    def trend(self, unit: Literal["month", "year_month", "year", "decade"] = "year", *, count: Count = "tracks", **where: Any) -> Table:
        """Statistics over time, in order of time. ``"month"`` is the month of the year; only dates that have one are counted."""
        _choice("unit", unit, {"month": 0, "year_month": 0, "year": 0, "decade": 0})
        return self.group_by(unit, count=count, order="key", **where)

    def histogram(self, bins: int = 20, *, count: Count = "tracks", **where: Any) -> Table:
        """Counts of popularity 0..100 in equal bins."""
        return self._ask("histogram", "", count, where,
                         lambda histogram: lambda stream, err: lib.msched_histogram_export(histogram, stream, err),
                         bins=_whole("bins", bins, 1, 101))

    def correlations(self, *, count: Count = "tracks", **where: Any) -> Table:
        """Pearson correlation of popularity with each audio feature, with its 95 % interval and slope."""
        return self._ask("correlations", "", count, where,
                         lambda result: lambda stream, err: lib.msched_correlations_export(result, stream, err))

    # --- lookup ---

    def _search(self, function: Any, text: str, limit: int, typos: bool) -> Table:
        keep, err, out = _Keep(), ffi.new("msched_error *"), ffi.new("msched_hits **")
        options = ffi.new("msched_find_options *")
        lib.msched_find_options_init(options, ffi.sizeof("msched_find_options"))
        options.limit, options.no_typos = _whole("limit", limit, 1, 10000), not typos
        check(function(out, self._handle, keep.text("text", text), options, err), err)
        hits = ffi.gc(out[0], lib.msched_hits_unref)
        return Table(lambda stream, err: lib.msched_hits_export(hits, self._handle, stream, err), (self, hits))

    def find(self, text: str, limit: int = 10, *, typos: bool = True) -> Table:
        """Songs by title, artist or both, in any order, with typing mistakes; one hit per recording, best first."""
        return self._search(lib.msched_find, text, limit, typos)

    def suggest(self, text: str, limit: int = 10) -> Table:
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
