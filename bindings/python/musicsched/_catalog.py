"""Songs: loading them and querying their popularity."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple, Self, Unpack

from ._arguments import (
    BY,
    COUNTS,
    ORDERS,
    By,
    Count,
    Keep,
    Order,
    Unpicklable,
    Where,
    choice,
    filter_of,
    filtered,
    path_bytes,
    text,
    whole,
)
from ._arrow import stream_of
from ._callbacks import CANCEL, PROGRESS, READ, Call, Progress
from ._errors import ArgumentError, InputError, ReadError, check, name_file, take_text, text_of
from ._native import ffi, lib
from ._playlist import Match, Songs
from ._results import Correlations, Groups, Question, Result
from ._rows import csv_of, csv_of_frame
from ._table import Table

if TYPE_CHECKING:
    from datetime import timedelta

    from ._plan import Moment, Plan
    from ._schedule import Schedule

_TOP, _GROUPS, _HISTOGRAM, _CORRELATIONS = (
    Question(kind) for kind in ("top", "groups", "histogram", "correlations")
)


class SkippedRow(NamedTuple):
    """Why a row of the input was left out."""

    line: int
    column: int
    code: str
    message: str


def _paths(source: Any) -> list[Any] | None:
    """One path or several as a list; None for anything else."""
    if isinstance(source, (str, os.PathLike)):
        return [source]
    if isinstance(source, (list, tuple)):
        return list(source)
    return None


def _bytes_of(source: Any) -> memoryview:
    """The memory of bytes, an array or a memory map."""
    try:
        view = memoryview(source)
    except TypeError:
        raise TypeError(
            f"path_or_buffer: a path, bytes or a file, not {type(source).__name__}"
        ) from None
    if not view.c_contiguous:
        raise ValueError("path_or_buffer: memory with gaps: pass bytes(...) of it")
    return view


class Catalog(Unpicklable):
    """Songs, immutable and usable from many threads at once.

    Create a catalog with :meth:`read_csv` or :meth:`from_arrow`. Every query accepts the same
    filter as keyword arguments: ``genre``, ``subgenre``, ``artist``, ``playlist`` (a text or
    several), ``years`` and ``popularity`` (pairs, ``None`` for no bound), ``features``
    (``{"energy": (0.5, None)}``), ``exclude_zero`` and ``exclude_january_first``; ``count`` sets
    the unit of counting: ``"entries"`` (rows of the input), ``"tracks"`` or ``"recordings"``.
    Without it, :meth:`top` counts recordings, and other queries count tracks. Names may differ in
    case if only one name of the catalog matches. A genre, subgenre, artist or playlist that is not
    in the catalog raises a :class:`NotFoundError` that names similar ones. With
    ``allow_unknown=True`` only equal names match, and unknown ones match nothing, for a catalog
    that is a part of the data.
    """

    def __init__(self, handle: Any) -> None:
        if not isinstance(handle, ffi.CData):
            raise TypeError("make a catalog with Catalog.read_csv or Catalog.from_arrow")
        self._own: Any = handle

    @property
    def _handle(self) -> Any:
        """The C catalog. A call holds it to its end, also if :meth:`close` comes meanwhile."""
        handle = self._own
        if handle is None:
            raise ArgumentError("the catalog is closed", "MSCHED_ERROR_ARGUMENT")
        return handle

    def close(self) -> None:
        """Free the memory once no call and no table uses it; later use is an error. ``with`` calls
        this at the end of its block.
        """
        self._own = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @staticmethod
    def _options(
        call: Call,
        keep: Keep,
        skip_bad_rows: bool,
        delimiter: str | None,
        columns: Mapping[str, str] | None,
        limits: dict[str, int],
        name: object,
        max_reasons: int,
        strict: bool,
        default_duration_ms: int,
        encoding: str | None = None,
    ) -> Any:
        options = ffi.new("msched_catalog_options *")
        lib.msched_catalog_options_init(options, ffi.sizeof("msched_catalog_options"))
        options.skip_bad_rows = bool(skip_bad_rows)
        if delimiter is not None:
            if not isinstance(delimiter, str):
                raise TypeError(f"delimiter: a str, not {type(delimiter).__name__}")
            if len(delimiter) != 1 or not delimiter.isascii():
                raise ValueError(f"delimiter: {delimiter!r} is not one ASCII character")
            options.delimiter = ord(delimiter)
        if columns:
            if not isinstance(columns, Mapping):
                raise TypeError(f"columns: a mapping of names, not {type(columns).__name__}")
            pairs = [f"{column}={text('columns', header)}" for column, header in columns.items()]
            options.columns, options.column_count = keep.texts("columns", pairs)
        options.strict = bool(strict)
        if encoding is not None:
            options.encoding = keep.text("encoding", encoding)
        options.default_duration_ms = whole(
            "default_duration_ms", default_duration_ms, 0, 86_400_000
        )
        options.max_skip_reasons = whole("max_reasons", max_reasons, 1, 2**32 - 1)
        for limit, value in limits.items():
            setattr(
                options,
                limit,
                whole(
                    limit, value, 0, 2**63 - 1 if limit in ("max_rows", "max_bytes") else 2**32 - 1
                ),
            )
        if isinstance(name, str):
            options.source_name = keep.text("name", name)
        if call.needs_cancel:
            options.cancel = CANCEL
        if call.progress is not None:
            options.progress = PROGRESS
        return options

    def save(self, path: str | os.PathLike[str]) -> None:
        """Save the catalog, with every index, as one file that :meth:`open` opens at once.

        The file is written whole or not at all, and replaces only an older saved catalog.

        >>> Catalog.read_csv("songs.csv").save("songs.msc")
        >>> Catalog.open("songs.msc")
        <Catalog: 6 entries, 5 tracks, 5 recordings>
        """
        err, name = ffi.new("msched_error *"), ffi.new("char[]", path_bytes("path", path))
        check(lib.msched_catalog_save(self._handle, name, err), err)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, verify: bool = False) -> Catalog:
        """Open a saved catalog. Its file is mapped, so processes share the memory.

        ``verify`` first compares the whole file with its checksums. Without it, the library still
        checks every value that it uses to access memory. :meth:`read_csv` opens saved catalogs,
        too.
        """
        err, out = ffi.new("msched_error *"), ffi.new("msched_catalog **")
        options = ffi.new("msched_catalog_options *")
        name = ffi.new("char[]", path_bytes("path", path))
        lib.msched_catalog_options_init(options, ffi.sizeof("msched_catalog_options"))
        options.saved_check = 1 if verify else 0
        check(lib.msched_catalog_open(out, name, options, err), err)
        return cls(ffi.gc(out[0], lib.msched_catalog_unref))

    @classmethod
    def read_csv(
        cls,
        path_or_buffer: (
            str
            | os.PathLike[str]
            | Sequence[str | os.PathLike[str]]
            | bytes
            | bytearray
            | memoryview
            | IO[bytes]
            | IO[str]
        ),
        *,
        skip_bad_rows: bool = False,
        delimiter: str | None = None,
        columns: Mapping[str, str] | None = None,
        strict: bool = False,
        default_duration_ms: int = 0,
        encoding: str | None = None,
        progress: Progress = None,
        max_rows: int = 0,
        max_bytes: int = 0,
        max_row_bytes: int = 0,
        max_field_bytes: int = 0,
        max_reasons: int = 100,
    ) -> Catalog:
        """Load a song file, several files as one catalog, bytes, or an open file.

        Playlist files add songs without popularity. The plays in listening histories set the
        popularity of the songs of the other files or, without other files, of their own songs.

        The loader recognizes the column names of public files, in any order. Cells that cannot be
        read are unknown. :meth:`report` shows how each column was read and every assumption;
        ``strict`` refuses files that need assumptions. ``default_duration_ms`` is the length of
        songs of unknown length; without it, they cannot be scheduled. ``encoding`` names the
        encoding of text that is not UTF-8, for example "GB18030" or "CP1251"; by default, it is
        detected.

        Rows that cannot be read are left out; :attr:`skipped` lists the first ``max_reasons`` of
        them with the reasons. If more than half of the rows cannot be read, the file is refused,
        unless ``skip_bad_rows`` is set. ``strict`` alone refuses the first bad row. ``columns``
        maps columns to other headers: ``{"track_artist": "artists"}``. ``progress`` is a callable
        that takes the bytes read and the total (0: unknown), or ``True`` for a tqdm bar. The limits
        of the input are ``max_rows`` (0: 100,000,000), ``max_bytes`` (0: 4 GiB), ``max_row_bytes``
        (0: 1 MiB, which also stops at a missing quote) and ``max_field_bytes`` (0: 64 KiB). Ctrl-C
        stops the load.

        >>> Catalog.read_csv("songs.csv")
        <Catalog: 6 entries, 5 tracks, 5 recordings>
        >>> header = b"track_id,track_name,track_artist,track_popularity,duration_ms\\n"
        >>> Catalog.read_csv(header + b"id1,A,B,101,1000\\n", strict=True)
        Traceback (most recent call last):
        musicsched.InputError: <memory>:2:4: track_popularity: "101" is not a whole number 0..100
        """
        source = path_or_buffer
        is_file = hasattr(source, "read")
        paths = _paths(source)
        if paths is None and not is_file:
            source = _bytes_of(source)
        limits = {
            "max_rows": max_rows,
            "max_bytes": max_bytes,
            "max_row_bytes": max_row_bytes,
            "max_field_bytes": max_field_bytes,
        }
        err, out, keep = ffi.new("msched_error *"), ffi.new("msched_catalog **"), Keep()
        with Call(progress, "B", source if is_file else None) as call:
            name = getattr(source, "name", None) if call.reader else None
            options = cls._options(
                call,
                keep,
                skip_bad_rows,
                delimiter,
                columns,
                limits,
                name,
                max_reasons,
                strict,
                default_duration_ms,
                encoding,
            )
            if paths is not None:
                names = [ffi.new("char[]", path_bytes("path_or_buffer", path)) for path in paths]
                result = lib.msched_catalog_read_files(
                    out, ffi.new("char *[]", names), len(names), options, err
                )
            elif is_file:
                result = lib.msched_catalog_load_callback(out, READ, ffi.NULL, options, err)
            else:
                with ffi.from_buffer(source) as data:
                    result = lib.msched_catalog_load_memory(out, data, len(data), options, err)
        try:
            return cls(call.take(result, out, err, lib.msched_catalog_unref, complete=True))
        except ReadError as error:
            if type(error) is not ReadError or paths is None:
                raise
            raise name_file(error, paths) from None

    read = read_csv

    @classmethod
    def from_arrow(
        cls,
        table: Any,
        *,
        skip_bad_rows: bool = False,
        columns: Mapping[str, str] | None = None,
        strict: bool = False,
        default_duration_ms: int = 0,
        progress: Progress = None,
        max_reasons: int = 100,
    ) -> Catalog:
        """Create a catalog from any table with ``__arrow_c_stream__`` (pandas, Polars, pyarrow,
        DuckDB), a mapping of columns, or a list of mappings. The column names are those of the CSV,
        or those in ``columns``.

        Artists and genres may be lists, and artists may be objects with a ``name``. If Arrow cannot
        convert the columns of a frame, the frame is read like its CSV.

        ``progress`` is called with the number of rows read and 0. Ctrl-C stops the load.

        >>> frame = catalog.to_pandas()
        >>> Catalog.from_arrow(frame[frame["track_popularity"] > 50])
        <Catalog: 4 entries, 3 tracks, 3 recordings>
        """
        data = None if hasattr(table, "__arrow_c_stream__") else csv_of(table)
        if data is None:
            try:
                stream, capsule = stream_of(table)
            except Exception:  # of pandas or pyarrow: a column of mixed objects
                data = csv_of_frame(table)
                if data is None:
                    raise
        if data is not None:
            return cls.read_csv(
                data,
                skip_bad_rows=skip_bad_rows,
                delimiter=",",
                columns=columns,
                strict=strict,
                default_duration_ms=default_duration_ms,
                progress=progress,
                max_reasons=max_reasons,
            )
        err, out, keep = ffi.new("msched_error *"), ffi.new("msched_catalog **"), Keep()
        with Call(progress, "rows") as call:
            options = cls._options(
                call,
                keep,
                skip_bad_rows,
                None,
                columns,
                {},
                None,
                max_reasons,
                strict,
                default_duration_ms,
            )
            result = lib.msched_catalog_import_arrow(out, stream, options, err)
        del capsule
        try:
            return cls(call.take(result, out, err, lib.msched_catalog_unref, complete=True))
        except InputError as error:
            if "is empty" in str(error) and type(table).__module__.startswith("pandas"):
                error.add_note(
                    'pandas.read_csv takes the text "NA" for a missing value; with'
                    " keep_default_na=False it keeps it"
                )
            raise

    # --- what is in it ---

    @property
    def info(self) -> dict[str, int]:
        """Counts: entries, tracks, recordings, artists, albums, playlists, genres, subgenres,
        rows_skipped, memory_bytes.
        """
        info = ffi.new("msched_catalog_info *", {"struct_size": ffi.sizeof("msched_catalog_info")})
        check(lib.msched_catalog_get_info(self._handle, info), ffi.NULL)
        names = [
            "entries",
            "tracks",
            "recordings",
            "artists",
            "albums",
            "playlists",
            "genres",
            "subgenres",
            "rows_skipped",
            "memory_bytes",
        ]
        return {name: int(getattr(info, name)) for name in names}

    def __len__(self) -> int:
        """Number of entries (accepted rows)."""
        return int(lib.msched_catalog_entry_count(self._handle))

    @property
    def skipped(self) -> list[SkippedRow]:
        """The first ``max_reasons`` rows that were left out, with the reasons."""
        rows = []
        for index in range(lib.msched_catalog_skipped_count(self._handle)):
            err = ffi.new("msched_error *")
            lib.msched_catalog_skipped_get(self._handle, index, err)
            rows.append(
                SkippedRow(
                    err.line,
                    err.column,
                    text_of(lib.msched_result_name(err.code)),
                    text_of(err.message),
                )
            )
        return rows

    def __repr__(self) -> str:
        if self._own is None:
            return "<Catalog: closed>"
        info = self.info
        left_out = info["rows_skipped"]
        rows = "row" if left_out == 1 else "rows"
        more = f", {left_out:,} {rows} left out" if left_out else ""
        return (
            f"<Catalog: {info['entries']:,} entries, {info['tracks']:,} tracks,"
            f" {info['recordings']:,} recordings"
            f"{more}>"
        )

    def report(self) -> dict[str, Any]:
        """How the catalog was read: for each file, the header of each column, the number of unknown
        and unreadable cells, the ignored columns, and the assumptions.

        >>> catalog.report()["files"][0]["columns"][0]["header"]
        'track_id'
        """
        err, out = ffi.new("msched_error *"), ffi.new("msched_text **")
        check(lib.msched_catalog_report_to_json(self._handle, out, err), err)
        found: dict[str, Any] = json.loads(take_text(out[0]))
        return found

    def report_text(self) -> str:
        """:meth:`report` as text for people."""
        err, out = ffi.new("msched_error *"), ffi.new("msched_text **")
        check(lib.msched_catalog_report_to_text(self._handle, out, err), err)
        return take_text(out[0])

    def entries(self) -> Table:
        """All rows of the input with the columns of the CSV."""
        handle = self._handle
        return Table(lambda stream, err: lib.msched_catalog_export_entries(handle, stream, err))

    def tracks(self) -> Table:
        """All tracks, one row each."""
        handle = self._handle
        return Table(lambda stream, err: lib.msched_catalog_export_tracks(handle, stream, err))

    def numbers(self) -> Table:
        """The numbers of all tracks, one row each: a column is an array over the memory of the
        catalog, or over the file of a saved one, and keeps the catalog alive.

        Rows are in the order of :meth:`tracks`. A column with unknown values is copied, and has
        NaN there. An audio feature is copied if it has at most 65,535 different values, and at
        most three quarters as many as there are tracks; the catalog keeps each of them once.

        >>> catalog.numbers()["track_popularity"].max().item(), catalog.numbers().columns[:2]
        (90, ['track_popularity', 'release_year'])
        """
        handle = self._handle
        return Table(lambda stream, err: lib.msched_catalog_export_numbers(handle, stream, err))

    def head(self, rows: int = 5) -> Table:
        """The first rows of :meth:`entries`."""
        return self.entries().head(rows)

    def genres(self) -> list[str]:
        """The names of the genres, in alphabetical order.

        >>> catalog.genres()
        ['pop', 'rock']
        """
        return [row["key"] for row in self.group_by("genre", order="key")]

    def track(self, track_id: str) -> dict[str, Any]:
        """One track with its audio features and playlists. Raises :class:`NotFoundError` if no
        track has this id.

        >>> catalog.track("t4")["title"]
        'Stone Garden'
        """
        keep, err, index, out = (
            Keep(),
            ffi.new("msched_error *"),
            ffi.new("uint32_t *"),
            ffi.new("msched_text **"),
        )
        check(
            lib.msched_catalog_find_id(self._handle, keep.text("track_id", track_id), index, err),
            err,
        )
        check(lib.msched_track_to_json(self._handle, index[0], out, err), err)
        found: dict[str, Any] = json.loads(take_text(out[0]))
        return found

    def to_pandas(self) -> Any:
        """All entries as a ``pandas.DataFrame``. Columns of repeated strings are categories;
        integers have 64 bits.
        """
        return self.entries().to_pandas()

    def to_polars(self) -> Any:
        """All entries as a ``polars.DataFrame``."""
        return self.entries().to_polars()

    def to_arrow(self) -> Any:
        """All entries as a ``pyarrow.Table``."""
        return self.entries().to_arrow()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """All entries, by the Arrow PyCapsule protocol."""
        return self.entries().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Names and types of the columns of :meth:`entries`."""
        return self.entries().__arrow_c_schema__()

    # --- popularity ---

    def _ask(self, question: Question, count: str | None, where: Where, **options: int) -> Any:
        """The C result of a question."""
        keep, err, out = Keep(), ffi.new("msched_error *"), ffi.new(question.out)
        asked = ffi.new(question.options)
        question.init(asked, question.size)
        if count is not None:
            asked.count = choice("count", count, COUNTS)
        asked.filter = filter_of(keep, where)
        for name, value in options.items():
            setattr(asked, name, value)
        check(question.compute(out, self._handle, asked, err), err)
        return ffi.gc(out[0], question.unref)

    @filtered
    def top(self, limit: int = 10, *, count: Count | None = None, **where: Unpack[Where]) -> Result:
        """The most popular songs, highest first; ties are in the order of the input.

        >>> for song in catalog.top(2, genre="rock", years=(1970, None)):
        ...     print(song["rank"], song["track_name"], song["track_popularity"])
        1 Dancing Monkey 90
        2 Stone Garden 40
        """
        handle = self._ask(_TOP, count, where, limit=whole("limit", limit, 1, 2**32 - 1))
        return Result(handle, _TOP.export, _TOP.to_json, self._handle)

    @filtered
    def group_by(
        self,
        by: By,
        *,
        count: Count | None = None,
        order: Order = "default",
        min_n: int = 0,
        limit: int = 0,
        **where: Unpack[Where],
    ) -> Groups:
        """Statistics of popularity by group: n, mean, sd, 95 % interval of the mean, quartiles,
        share of zeros.

        ``by`` is genre, subgenre, artist, playlist, year, decade, month, year_month or all. You can
        save the result and merge it with the results of other songs; see :class:`Groups`.

        >>> genres = catalog.group_by("genre", count="tracks")
        >>> [(row["key"], row["n"], row["mean"]) for row in genres]
        [('pop', 3, 75.0), ('rock', 3, 43.333333333333336)]
        """
        return Groups(
            self._ask(
                _GROUPS,
                count,
                where,
                by=choice("by", by, BY),
                order=choice("order", order, ORDERS),
                min_n=whole("min_n", min_n, 0, 2**31 - 1),
                limit=whole("limit", limit, 0, 2**31 - 1),
            )
        )

    @filtered
    def summary(self, *, count: Count | None = None, **where: Unpack[Where]) -> dict[str, Any]:
        """Statistics of all songs that match the filter.

        >>> catalog.summary(count="tracks", exclude_zero=True)["median"]
        67.5
        """
        if "by" in where:
            raise TypeError("by: a summary has no groups; use group_by")
        return self.group_by("all", count=count, **where)[0]

    @filtered
    def trend(
        self,
        unit: Literal["month", "year_month", "year", "decade"] = "year",
        *,
        count: Count | None = None,
        **where: Unpack[Where],
    ) -> Groups:
        """Statistics by release time, in chronological order. ``"month"`` is the month of the year,
        which includes only dates that have a month.

        >>> catalog.trend("month").to_dict()["key"]
        ['01', '06', '08', '11']
        >>> catalog.trend("month", exclude_january_first=True).to_dict()["key"]
        ['06', '08', '11']
        """
        if "by" in where:
            raise TypeError('by: the argument of trend is unit; write trend(unit="month")')
        if "order" in where:
            raise TypeError("order: a trend is in chronological order; use group_by for another")
        choice("unit", unit, {"month": 0, "year_month": 0, "year": 0, "decade": 0})
        return self.group_by(unit, count=count, order="key", **where)

    @filtered
    def histogram(
        self, bins: int = 20, *, count: Count | None = None, **where: Unpack[Where]
    ) -> Result:
        """Counts of popularity 0..100 in bins of equal width; ``zeros`` is the number of songs in a
        bin that have popularity 0.

        >>> catalog.histogram(bins=4)
        low  high  n  zeros
          0    25  1      1
         25    50  1      0
         50    75  2      0
         75   100  1      0
        """
        handle = self._ask(_HISTOGRAM, count, where, bins=whole("bins", bins, 1, 101))
        return Result(handle, _HISTOGRAM.export, _HISTOGRAM.to_json)

    @filtered
    def correlations(self, *, count: Count | None = None, **where: Unpack[Where]) -> Correlations:
        """Pearson correlation of popularity with each audio feature, with its 95 % interval and
        slope.

        >>> energy = catalog.correlations()[1]
        >>> energy["feature"], energy["n"], round(energy["r"], 3)
        ('energy', 5, 0.905)
        """
        return Correlations(self._ask(_CORRELATIONS, count, where))

    # --- lookup ---

    def _search(self, function: Any, text: str, limit: int, typos: bool) -> Result:
        keep, err, out = Keep(), ffi.new("msched_error *"), ffi.new("msched_hits **")
        options = ffi.new("msched_find_options *")
        lib.msched_find_options_init(options, ffi.sizeof("msched_find_options"))
        options.limit, options.no_typos = whole("limit", limit, 1, 1000), not typos
        check(function(out, self._handle, keep.text("text", text), options, err), err)
        return Result(
            ffi.gc(out[0], lib.msched_hits_unref),
            lib.msched_hits_export,
            lib.msched_hits_to_json,
            self._handle,
        )

    def find(self, text: str, limit: int = 10, *, typos: bool = True) -> Result:
        """Find songs by title, artist or both, in any order and despite typing mistakes. Returns
        one hit per recording, the best first.

        >>> catalog.find("dancing monky")[0]["track_name"]
        'Dancing Monkey'
        """
        return self._search(lib.msched_find, text, limit, typos)

    def suggest(self, text: str, limit: int = 10) -> Result:
        """Completions of a partly typed title or artist, the most popular first.

        >>> catalog.suggest("ci")["track_name"].tolist()
        ['Circles and Lines']
        """
        return self._search(lib.msched_suggest, text, limit, True)

    def match(self, songs: Songs, *, only: str | None = None) -> dict[str, Any]:
        """Find the songs of a playlist in the catalog. Returns the values of the JSON: ``songs``
        with ``found``, ``track`` and ``candidates``.

        ``songs`` and ``only`` are as for :meth:`Plan.add_songs`.

        >>> catalog.match(["Circles and Lines"])["songs"][0]["track"]["artist"]
        'Ana'
        """
        return Match(self._handle, songs, only).values()

    def prepare(self) -> None:
        """Build the indexes that the first lookup and the first schedule would otherwise build."""
        err = ffi.new("msched_error *")
        check(lib.msched_catalog_prepare(self._handle, err), err)

    # --- scheduling ---

    def schedule(
        self,
        plan: Plan,
        *,
        seed: int = 0,
        now: Moment | None = None,
        previous: Schedule | None = None,
        work_limit: int = 0,
        time_limit: timedelta | float | None = None,
        order: bool = True,
        reasons: bool = True,
        assume_done: bool = False,
        lazy_reasons: bool = False,
    ) -> Schedule:
        """Schedule one plan; see :func:`musicsched.schedule`."""
        from . import _schedule  # that module imports this one

        return _schedule.schedule(
            self,
            plan,
            seed=seed,
            now=now,
            previous=previous,
            work_limit=work_limit,
            time_limit=time_limit,
            order=order,
            reasons=reasons,
            assume_done=assume_done,
            lazy_reasons=lazy_reasons,
        )

    def schedule_many(
        self,
        plans: Iterable[Plan],
        *,
        threads: int | None = None,
        seed: int = 0,
        work_limit: int = 0,
        order: bool = True,
        reasons: bool = True,
        progress: Progress = None,
    ) -> list[Schedule]:
        """Schedule many plans on several threads; see :func:`musicsched.schedule_many`."""
        from . import _schedule

        return _schedule.schedule_many(
            self,
            plans,
            threads=threads,
            seed=seed,
            work_limit=work_limit,
            order=order,
            reasons=reasons,
            progress=progress,
        )
