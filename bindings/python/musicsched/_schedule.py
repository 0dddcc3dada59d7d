"""Schedules: exact times, and the reason for each unscheduled item."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date as Date
from datetime import datetime, timedelta, timezone
from typing import Any, Literal, NamedTuple, overload

from ._callbacks import CANCEL, Call, Progress
from ._arguments import Keep, Unpicklable, choice, milliseconds, whole, zone_of
from ._catalog import Catalog
from ._errors import check, take_text, text_of
from ._native import ffi, lib
from ._plan import Moment, Plan
from ._table import Table

_NO_UTC = -(1 << 63)
_NONE = 2**32 - 1
_FLAGGED = ffi.addressof(lib, "msched_py_flagged")
_STOPS = ("none", "work", "time", "cancel")
_LEVELS = ("tasks_1", "must_songs", "tasks_2", "tasks_3", "tasks_4", "song_weight", "fill_s")


class Bound(NamedTuple):
    """A level of the objective: the value of the schedule and its upper bound."""

    level: str
    value: int
    bound: int


def _seconds(name: str, length: timedelta) -> int:
    if not isinstance(length, timedelta):
        raise TypeError(f"{name}: a timedelta, not {type(length).__name__}")
    return whole(name, int(length.total_seconds()), 0, 2**31 - 1)


class Entry(NamedTuple):
    """An item with a time. ``start`` and ``end`` are aware if the plan has a time zone.

    ``state`` is ``"done"``, ``"started"`` or ``"paused"`` for items in the past or in progress,
    else ``"open"``.
    """

    kind: str
    start: datetime
    end: datetime
    title: str
    artist: str
    id: str
    during: str
    wanted: int | None
    popularity: int | None
    fixed: bool
    state: str = "open"
    #: time from the end of a to-do's last entry to its due time; None for other entries
    slack: timedelta | None = None


class Unplaced(NamedTuple):
    """An unscheduled item with the reason; ``fix`` is the smallest change that schedules it.

    ``code`` is stable; ``reason`` and ``fix`` are for people. ``needed`` is the length of the
    required slot, and ``available`` that of the longest slot. ``rivals`` are the ids of to-dos in
    its way, ``candidates`` are similar track ids, and ``alternatives`` are up to two more fixes,
    which cost you more.
    """

    kind: str
    id: str
    title: str
    code: str
    reason: str
    fix: str
    needed: timedelta
    available: timedelta
    wanted: int | None
    rivals: list[str]
    candidates: list[str]
    alternatives: list[str]


class Overload(NamedTuple):
    """An interval in which tasks need more time than is available; ``members`` are their ids."""

    start: datetime
    end: datetime
    demand: timedelta
    capacity: timedelta
    members: list[str]


class Schedule(Unpicklable):
    """A schedule. Immutable. Iteration returns its entries in chronological order."""

    def __init__(self, handle: Any) -> None:
        if not isinstance(handle, ffi.CData):
            raise TypeError("make a schedule with catalog.schedule(plan) or Schedule.from_json")
        self._handle = handle

    @classmethod
    def from_json(cls, data: str | bytes) -> Schedule:
        """Read a whole schedule from :meth:`to_json`, to show it or to pass it as ``previous``."""
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        if not isinstance(raw, bytes):
            raise TypeError(f"data: str or bytes, not {type(data).__name__}")
        out, err = ffi.new("msched_schedule **"), ffi.new("msched_error *")
        check(lib.msched_schedule_parse_json(out, raw, len(raw), ffi.NULL, err), err)
        return cls(ffi.gc(out[0], lib.msched_schedule_unref))

    def __reduce__(self) -> tuple[Any, ...]:
        return Schedule.from_json, (self.to_json(),)

    @property
    def date(self) -> Date:
        """The day."""
        return Date.fromisoformat(text_of(lib.msched_schedule_date(self._handle)))

    @property
    def timezone(self) -> str:
        """IANA name of the time zone, ``""`` for floating time."""
        return text_of(lib.msched_schedule_timezone(self._handle))

    def _objective(self) -> Any:
        objective = ffi.new("msched_objective *", {"struct_size": ffi.sizeof("msched_objective")})
        lib.msched_schedule_get_objective(self._handle, objective)
        return objective

    @property
    def status(self) -> str:
        """``"optimal"`` if no schedule is better on levels 1 to 7, else ``"feasible"``;
        ``"unknown"`` if the JSON has no status.
        """
        return text_of(lib.msched_status_name(self._objective().status))

    @property
    def stop(self) -> str:
        """Why the search ended: ``"none"`` (finished), ``"work"``, ``"time"`` or ``"cancel"``."""
        return _STOPS[self._objective().stop]

    @property
    def objective(self) -> dict[str, Any]:
        """The levels and their proved bounds, as in JSON; empty if they are unknown."""
        found: dict[str, Any] = json.loads(self.to_json()).get("objective", {})
        return found

    @property
    def bounds(self) -> list[Bound]:
        """The value and the upper bound of each level of the objective, the most important level
        first. A bound holds for schedules with the same values at the previous levels.
        """
        objective = self._objective()
        return [
            Bound(level, objective.value[i], objective.bound[i]) for i, level in enumerate(_LEVELS)
        ]

    def _datetime(self, seconds: int, day: int = 0) -> datetime:
        """What clocks show at a time of day, counted from local midnight of a date."""
        second, seconds = divmod(seconds, 1 << 24)  # MSCHED_TIME_SECOND
        midnight = datetime(self.date.year, self.date.month, self.date.day)
        moment = midnight + timedelta(day, seconds)
        name = self.timezone
        return moment.replace(tzinfo=zone_of(name), fold=second) if name else moment

    def _moment(self, seconds: int, utc: int, day: int) -> datetime:
        """The moment of an entry; naive without a time zone."""
        if utc == _NO_UTC:
            return self._datetime(seconds, day)
        return datetime.fromtimestamp(utc, zone_of(self.timezone))

    @property
    def entries(self) -> list[Entry]:
        """To-dos and songs in chronological order."""
        rows = []
        for index in range(lib.msched_schedule_entry_count(self._handle)):
            e = ffi.new(
                "msched_schedule_entry *", {"struct_size": ffi.sizeof("msched_schedule_entry")}
            )
            lib.msched_schedule_get_entry(self._handle, index, e)
            song = e.kind == lib.MSCHED_ENTRY_SONG
            rows.append(
                Entry(
                    "song" if song else "todo",
                    self._moment(e.start_s, e.start_utc, e.day),
                    self._moment(e.end_s, e.end_utc, e.day),
                    text_of(e.title),
                    text_of(e.artist),
                    text_of(e.id),
                    text_of(e.during),
                    None if e.wanted == _NONE else e.wanted,
                    e.popularity if song and e.popularity != _NONE else None,
                    bool(e.fixed),
                    text_of(lib.msched_state_name(e.state)),
                    timedelta(seconds=e.slack_s) if e.has_slack else None,
                )
            )
        return rows

    @property
    def songs(self) -> list[Entry]:
        """Only the songs."""
        return [entry for entry in self.entries if entry.kind == "song"]

    @property
    def unplaced(self) -> list[Unplaced]:
        """Unscheduled items with their reasons."""
        rows = []
        for index in range(lib.msched_schedule_unplaced_count(self._handle)):
            u = ffi.new("msched_unplaced *", {"struct_size": ffi.sizeof("msched_unplaced")})
            check(lib.msched_schedule_get_unplaced(self._handle, index, u), None)
            rows.append(
                Unplaced(
                    ["todo", "song", "fill"][u.kind],
                    text_of(u.id),
                    text_of(u.title),
                    text_of(lib.msched_reason_name(u.reason)),
                    text_of(u.text),
                    text_of(u.fix_text),
                    timedelta(seconds=u.needed_s),
                    timedelta(seconds=u.available_s),
                    None if u.wanted == _NONE else u.wanted,
                    [text_of(u.rivals[i]) for i in range(u.rival_count)],
                    [text_of(u.candidates[i]) for i in range(u.candidate_count)],
                    [text_of(u.alternatives[i].text) for i in range(u.alternative_count)],
                )
            )
        return rows

    @property
    def overloads(self) -> list[Overload]:
        """Overbooked intervals, in chronological order."""
        rows = []
        for index in range(lib.msched_schedule_overload_count(self._handle)):
            o = ffi.new("msched_overload *", {"struct_size": ffi.sizeof("msched_overload")})
            lib.msched_schedule_get_overload(self._handle, index, o)
            rows.append(
                Overload(
                    self._datetime(o.start_s, o.day),
                    self._datetime(o.end_s, o.last_day),
                    timedelta(seconds=o.demand_s),
                    timedelta(seconds=o.capacity_s),
                    [text_of(o.members[i]) for i in range(o.member_count)],
                )
            )
        return rows

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Pairs of code and message."""
        rows = []
        for index in range(lib.msched_schedule_warning_count(self._handle)):
            w = ffi.new("msched_warning *", {"struct_size": ffi.sizeof("msched_warning")})
            lib.msched_schedule_get_warning(self._handle, index, w)
            rows.append((text_of(w.code), text_of(w.message)))
        return rows

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return int(lib.msched_schedule_entry_count(self._handle))

    @overload
    def __getitem__(self, key: int) -> Entry: ...
    @overload
    def __getitem__(self, key: slice) -> list[Entry]: ...
    def __getitem__(self, key: int | slice) -> Entry | list[Entry]:
        return self.entries[key]

    def __bool__(self) -> bool:
        """True: an empty day is a schedule too."""
        return True

    # --- out ---

    def table(self) -> Table:
        """Entries as a table, with local times in seconds from midnight, and times in UTC."""
        return Table(
            lambda stream, err: lib.msched_schedule_export_entries(self._handle, stream, err)
        )

    def unplaced_table(self) -> Table:
        """Unscheduled items as a table."""
        return Table(
            lambda stream, err: lib.msched_schedule_export_unplaced(self._handle, stream, err)
        )

    def fixes_table(self) -> Table:
        """Up to three fixes of each unscheduled to-do as a table: ``item`` is its row in
        :meth:`unplaced_table`, and ``rank`` 1 costs you the least.
        """
        return Table(
            lambda stream, err: lib.msched_schedule_export_fixes(self._handle, stream, err)
        )

    def to_pandas(self) -> Any:
        """Entries as a ``pandas.DataFrame`` with ``start`` and ``end`` as timestamps."""
        import pandas as pd

        frame, entries, zone = self.table().to_pandas(), self.entries, self.timezone or None
        frame.insert(1, "start", pd.DatetimeIndex([entry.start for entry in entries], tz=zone))
        frame.insert(2, "end", pd.DatetimeIndex([entry.end for entry in entries], tz=zone))
        return frame.drop(columns=["start_s", "end_s", "start_utc", "end_utc"])

    def to_polars(self) -> Any:
        """Entries as a ``polars.DataFrame``; times in seconds from midnight."""
        return self.table().to_polars()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Entries, by the Arrow PyCapsule protocol; times in seconds from midnight."""
        return self.table().__arrow_c_stream__(requested_schema)

    def _write(self, function: Any, *more: Any) -> str:
        out, err = ffi.new("msched_text **"), ffi.new("msched_error *")
        check(function(self._handle, out, *more, err), err)
        return take_text(out[0])

    def to_json(self) -> str:
        """The interchange JSON."""
        return self._write(lib.msched_schedule_to_json)

    def to_text(self) -> str:
        """Plain text for people."""
        return self._write(lib.msched_schedule_to_text)

    def to_ics(
        self,
        *,
        items: Literal["all", "todos", "songs"] = "all",
        timestamp: datetime | None = None,
        calendar_name: str = "",
        alarm: timedelta | None = None,
        cancelled: bool = False,
        refresh: timedelta | None = None,
        sequence: int = 0,
    ) -> str:
        """iCalendar (RFC 5545) of ``"all"``, ``"todos"`` or ``"songs"``.

        ``timestamp`` is the current time, for DTSTAMP and LAST-MODIFIED; without it, the same
        schedule gives the same bytes. ``alarm`` adds a reminder this long before each open to-do.
        ``cancelled`` includes items that were removed since the previous schedule. ``refresh`` is
        how often a subscribed program should reload the calendar. ``sequence`` is added to the
        SEQUENCE of every event. Without a previous schedule, pass a number that grows with each
        change of the plan.
        """
        keep, options = Keep(), ffi.new("msched_ical_options *")
        lib.msched_ical_options_init(options, ffi.sizeof("msched_ical_options"))
        options.songs = choice("items", items, {"all": 0, "todos": 1, "songs": 2})
        if timestamp is not None:
            if not isinstance(timestamp, datetime):
                raise TypeError(f"timestamp: a datetime, not {type(timestamp).__name__}")
            options.timestamp = keep.text(
                "timestamp", timestamp.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
            )
        if alarm is not None:
            options.alarm, options.alarm_s = 1, _seconds("alarm", alarm)
        if refresh is not None:
            options.refresh_s = _seconds("refresh", refresh)
        if not 0 <= sequence <= 2_000_000_000:
            raise ValueError(f"sequence: {sequence} is not between 0 and 2,000,000,000")
        options.sequence = sequence
        options.calendar_name = keep.text("calendar_name", calendar_name)
        options.cancelled = 1 if cancelled else 0
        return self._write(lib.msched_schedule_to_ical, options)

    to_ical = to_ics
    """:meth:`to_ics`, by the name that the other languages have."""

    def plot(self, ax: Any = None) -> Any:
        """The day as a timeline in matplotlib; returns the axes."""
        from ._plot import plot_day

        return plot_day(self, ax)

    def __repr__(self) -> str:
        status = self.status
        missing = f"{lib.msched_schedule_unplaced_count(self._handle)} unplaced, "
        return (
            f"<Schedule {self.date}: {len(self)} entries,"
            f" {'status ' if status == 'unknown' else missing}{status}>"
        )

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from html import escape

        left = ' style="text-align:left"'
        rows = "".join(
            f"<tr><td>{e.start:%H:%M:%S}</td><td>{e.end:%H:%M:%S}</td>"
            f"<td{left}>{'&#9834; ' if e.kind == 'song' else ''}{escape(e.title)}</td>"
            f"<td{left}>{escape(e.artist)}</td></tr>"
            for e in self.entries
        )
        missing = "".join(
            f"<li>{escape(u.title)}: {escape(u.reason)} {escape(u.fix)}</li>" for u in self.unplaced
        )
        return (
            f"<table><caption>{self.date},"
            f" {self.status}</caption><thead><tr><th>start</th><th>end</th>"
            f"<th{left}>what</th><th{left}>artist</th>"
            f"</tr></thead><tbody>{rows}</tbody></table>"
            + (f"<p>Unscheduled:</p><ul>{missing}</ul>" if missing else "")
        )


def _options(
    seed: int,
    work_limit: int,
    time_limit: timedelta | float | None,
    order: bool,
    reasons: bool,
    previous: Schedule | None,
    assume_done: bool = False,
    lazy_reasons: bool = False,
) -> Any:
    options = ffi.new("msched_schedule_options *")
    lib.msched_schedule_options_init(options, ffi.sizeof("msched_schedule_options"))
    options.seed = whole("seed", seed, 0, 2**64 - 1)
    options.work_limit = whole("work_limit", work_limit, 0, 2**63 - 1)
    options.time_limit_ms = milliseconds("time_limit", time_limit)
    options.no_order, options.no_reasons, options.assume_done = (
        not order,
        not reasons,
        bool(assume_done),
    )
    options.lazy_reasons = bool(lazy_reasons)
    if previous is not None:
        if not isinstance(previous, Schedule):
            raise TypeError(f"previous: a Schedule, not {type(previous).__name__}")
        options.previous = previous._handle
    return options


def _built(plan: Plan) -> Any:
    if not isinstance(plan, Plan):
        raise TypeError(f"plan: a Plan, as Plan.from_text(...) reads it, not {type(plan).__name__}")
    return plan._built()


def _catalog_handle(catalog: Catalog | None) -> Any:
    if catalog is None:
        return ffi.NULL
    if not isinstance(catalog, Catalog):
        raise TypeError(f"catalog: a Catalog, not {type(catalog).__name__}")
    return catalog._handle


def schedule(
    catalog: Catalog | None,
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
    """Build the best schedule of a plan. The same arguments give the same result on every machine,
    unless ``time_limit`` (seconds) stops the search.

    ``now`` and ``previous`` replan a day that has begun. Items in progress at ``now`` continue.
    Items that should have ended but are not marked as done are scheduled again; with
    ``assume_done=True``, they count as done. All other items move as little as possible.
    ``work_limit`` limits the search (0: 60,000 to 200,000 steps, depending on the size of the
    plan). ``order=False`` leaves out level 8, and ``reasons=False`` does not
    search for fixes. ``lazy_reasons=True`` searches for fixes only when you read ``unplaced`` or
    write the schedule. Without a catalog, every song is unknown. Ctrl-C stops the search.

    >>> plan = Plan("2026-11-24").add_event("Work", "09:00", "17:00")
    >>> plan = plan.add_task("Paint the flat", 9 * 3600)
    >>> day = schedule(catalog, plan)
    >>> day[0].title, f"{day[0].start:%H:%M}"
    ('Work', '09:00')
    >>> day.unplaced[0].reason
    'needs 9 h within the day; the longest free slot is 6 h, after Work'
    >>> schedule(catalog, plan, now="10:00", previous=day).status
    'optimal'
    """
    built = _built(plan) if now is None else _built(plan.at(now))
    songs = _catalog_handle(catalog)
    options = _options(
        seed, work_limit, time_limit, order, reasons, previous, assume_done, lazy_reasons
    )
    err, out = ffi.new("msched_error *"), ffi.new("msched_schedule **")
    with Call() as call:
        if call.needs_cancel:
            options.cancel = CANCEL
        result = lib.msched_schedule_build(out, songs, built, options, err)
    return Schedule(call.take(result, out, err, lib.msched_schedule_unref))


def schedule_many(
    catalog: Catalog | None,
    plans: Iterable[Plan],
    *,
    threads: int | None = None,
    seed: int = 0,
    work_limit: int = 0,
    order: bool = True,
    reasons: bool = True,
    progress: Progress = None,
) -> list[Schedule]:
    """Schedule many plans on ``threads`` threads (default: one per core), in order. The results
    equal those of :func:`schedule`.

    ``progress`` is a callable that takes the number of finished plans and of all plans, or ``True``
    for a tqdm bar. Ctrl-C stops the call.

    >>> plans = [Plan(f"2026-11-{day}").add_task("Gym", 3600) for day in (23, 24, 25)]
    >>> [str(day.date) for day in schedule_many(catalog, plans, threads=2)]
    ['2026-11-23', '2026-11-24', '2026-11-25']
    """
    if isinstance(plans, Plan) or not isinstance(plans, Iterable):
        raise TypeError(f"plans: several plans, not {type(plans).__name__}")
    songs, handles = _catalog_handle(catalog), [_built(plan) for plan in plans]
    count = len(handles)
    workers = whole("threads", threads, 1, 1024) if threads is not None else os.cpu_count() or 1
    stop = ffi.new("int32_t *")
    options = _options(seed, work_limit, None, order, reasons, None)
    options.cancel, options.cancel_ctx = _FLAGGED, stop
    inputs, outputs = (
        ffi.new("msched_plan *[]", handles),
        ffi.new("msched_schedule *[]", max(count, 1)),
    )

    made: list[Schedule] = [None] * count  # type: ignore[list-item]
    new, own, unref = Schedule.__new__, ffi.gc, lib.msched_schedule_unref

    def run(first: int, last: int) -> None:
        err = ffi.new("msched_error *")
        done = lib.msched_py_schedule_range(
            outputs + first, songs, inputs + first, last - first, options, err
        )
        # Here other threads schedule meanwhile. A schedule is spared what Schedule(...) checks.
        handles = ffi.unpack(outputs + first, done)
        ffi.memmove(
            outputs + first, bytes(done * ffi.sizeof("void *")), done * ffi.sizeof("void *")
        )
        for place, handle in enumerate(handles, first):
            day = new(Schedule)
            day._handle = own(handle, unref)
            made[place] = day
        if done < last - first:
            check(err.code, err)

    # Small pieces, so that threads end together and progress is seen; large ones, so that Python is
    # seldom asked.
    step = max(1, min(256, -(-count // (4 * workers))))
    starts = range(0, count, step)
    with Call(progress, "plans") as call:
        try:
            with ThreadPoolExecutor(workers) as pool:
                try:
                    for first, _ in zip(
                        starts,
                        pool.map(run, starts, (min(first + step, count) for first in starts)),
                    ):
                        if call.progress is not None:
                            call.progress(min(first + step, count), count)
                except BaseException:
                    stop[0] = 1
                    raise
        except BaseException:
            for i in range(count):
                lib.msched_schedule_unref(outputs[i])
            raise
    return made
