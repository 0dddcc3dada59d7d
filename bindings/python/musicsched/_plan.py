"""A person's day: to-dos, wanted songs, listening rules."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date as Date
from datetime import datetime, time, timedelta
from typing import Any, Literal, NamedTuple, Unpack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ._arguments import (
    STATES,
    Keep,
    State,
    Texts,
    choice,
    milliseconds,
    pair,
    text,
    whole,
    zone_of,
)
from ._calendar import Calendar, add_to_plan
from ._catalog import Catalog
from ._dates import Occurrences, On, Stamp, Times, dates, occurrences_of, repeats, stamp, times_of
from ._edit import Changes, edited, index_of
from ._errors import MusicschedError, PlanTextError, check, error_parts, take_text, text_of
from ._history import History, avoid_in
from ._native import ffi, lib
from ._playlist import Match, Songs

Moment = str | time | timedelta | datetime
Length = int | timedelta

_PLACE = re.compile(
    r"^line \d+, column \d+: (?:/(?:(?:todos|songs)/\d+/|listening/(?:fill/|fills/\d+/)?|day/)?)?"
)
SECOND = 1 << 24  # MSCHED_TIME_SECOND: the second of two moments at which clocks show a time
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?( \(second\))?", re.ASCII)


class Edit(NamedTuple):
    """Texts that may replace columns ``[column, end_column)`` of a line, best first.

    Columns count characters from 1.
    """

    line: int
    column: int
    end_column: int
    texts: list[str]


class Diagnostic(NamedTuple):
    """One thing to say about a plan text. Every error and warning of a line has an ``edit``."""

    severity: str
    line: int
    column: int
    code: str
    message: str
    repair: str
    candidates: list[str]
    edit: Edit | None


def _whole_seconds(name: str, value: timedelta) -> int:
    if value.microseconds:
        raise ValueError(f"{name}: whole seconds, not {value}")
    return value.days * 86400 + value.seconds


def _length(name: str, value: Length) -> int:
    """A length in seconds."""
    seconds = _whole_seconds(name, value) if isinstance(value, timedelta) else value
    if isinstance(seconds, bool) or not hasattr(seconds, "__index__"):
        raise TypeError(f"{name}: a timedelta or whole seconds, not {type(value).__name__}")
    return whole(name, seconds, 0, 129600)


def _zone_name(value: Any) -> str:
    if isinstance(value, ZoneInfo):
        if not value.key:
            raise ValueError("timezone: this ZoneInfo has no IANA name")
        return value.key
    if not isinstance(value, str):
        raise TypeError(
            f"timezone: an IANA name or a zoneinfo.ZoneInfo, not {type(value).__name__}"
        )
    try:
        return zone_of(text("timezone", value)).key if value else ""
    except (ZoneInfoNotFoundError, OSError):  # no LookupError: that names the missing database
        raise ValueError(
            f"timezone: {value!r} is not known: write an IANA name such as 'Europe/Berlin'"
        ) from None


def _texts(name: str, values: Texts) -> list[str]:
    if values is not None and not isinstance(values, Iterable):
        raise TypeError(f"{name}: a str or several, not {type(values).__name__}")
    return [text(name, value) for value in ([values] if isinstance(values, str) else values or [])]


def _given(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None}


class Plan:
    """A day to schedule.

    Times of day are ``datetime.time``, ``"HH:MM"``, a ``timedelta`` from midnight (up to 36 hours,
    because a day may run past midnight) or a ``datetime``, which is converted to the plan's time
    zone. If clocks show a time twice, it is the first one; for the second one, use ``fold=1`` or
    ``"02:30 (second)"``. Lengths are ``timedelta`` or whole seconds. ``timezone`` is an IANA name
    or a ``zoneinfo.ZoneInfo``. Every ``add_...`` method checks its arguments; relations between
    items (ids, ``after``, ``during``) are checked when the plan is scheduled or written.

    >>> from datetime import date, time, timedelta
    >>> plan = Plan(date(2026, 11, 24), timezone="Europe/Berlin")
    >>> plan.add_event("Work", time(9), time(17)).add_task("Gym", timedelta(hours=1))
    <Plan 2026-11-24: 2 to-dos, 0 wanted songs>

    ``breaks`` is the length of a break after at most ``breaks_after`` of to-dos (90 minutes if it
    is 0), where that costs nothing else.

    With ``days`` (2 to 31), the plan covers this many dates, starting at ``date``. Times of day
    then apply to each date of an item; ``on`` lists its dates: weekdays (``"mon"``) and dates.
    ``max_tasks`` limits the time for tasks on each date.

    >>> week = Plan("2026-11-23", days=7, max_tasks=timedelta(hours=6)).hours("sun", off=True)
    >>> week.add_event("Stand-up", "9:00", "9:15", on=["mon", "wed"])
    <Plan 2026-11-23: 1 to-dos, 0 wanted songs>
    >>> week.add_task("Gym", 3600, times=3, apart_days=2)
    <Plan 2026-11-23: 2 to-dos, 0 wanted songs>
    >>> week.add_task("Report", 6 * 3600, split_min=2700, due="2026-11-27T17:00")
    <Plan 2026-11-23: 3 to-dos, 0 wanted songs>
    """

    def __init__(
        self,
        date: Date | str,
        *,
        start: Moment = "07:00",
        end: Moment = "23:00",
        timezone: str | ZoneInfo | None = None,
        now: Moment | None = None,
        assume_done: bool = False,
        calendar_id: str | None = None,
        days: int = 1,
        max_tasks: Length | None = None,
        breaks: Length = 0,
        breaks_after: Length = 0,
    ) -> None:
        if not isinstance(date, (Date, str)):
            raise TypeError(f"date: a date or 'YYYY-MM-DD', not {type(date).__name__}")
        day = (
            date
            if isinstance(date, str)
            else (date.date() if isinstance(date, datetime) else date).isoformat()
        )
        self.diagnostics: list[Diagnostic] = []
        self._handle: Any = None
        self._contents: dict[str, Any] | None = {"version": 1, "date": day}
        if timezone is not None:
            self._contents["timezone"] = _zone_name(timezone)
        if whole("days", days, 1, 31) > 1:
            self._contents["days"] = days
        self._check({})
        rest: dict[str, Any] = {
            "day": {"start": self._moment("start", start), "end": self._moment("end", end)}
        }
        if max_tasks is not None:
            rest["day"]["max_tasks_s"] = _length("max_tasks", max_tasks)
        if break_s := _length("breaks", breaks):
            rest["day"]["break_s"] = break_s
        if break_after_s := _length("breaks_after", breaks_after):
            rest["day"]["break_after_s"] = break_after_s
        if now is not None:
            rest["now"] = self._now(now)
        if assume_done:
            rest["assume_done"] = True
        if calendar_id is not None:
            rest["calendar_id"] = text("calendar_id", calendar_id)
        self._check(rest)
        self._contents |= {**rest, "todos": [], "songs": []}

    @classmethod
    def _wrap(cls, handle: Any, diagnostics: list[Diagnostic]) -> Plan:
        plan = cls.__new__(cls)
        plan._handle = ffi.gc(handle, lib.msched_plan_unref)
        plan._contents = None
        plan.diagnostics = diagnostics
        return plan

    @property
    def _data(self) -> dict[str, Any]:
        """The plan as in JSON; made when it is first asked for."""
        if self._contents is None:
            self._contents = {"todos": [], "songs": [], **json.loads(self.to_json())}
        return self._contents

    def _clock_seconds(self, name: str, value: Moment) -> int:
        """A time of day in seconds from the plan's midnight, and SECOND where it is the second of
        two.
        """
        if isinstance(value, str):
            found = _CLOCK.fullmatch(value)
            if found is None:
                raise ValueError(
                    f"{name}: {value!r} is not a time: write HH:MM or HH:MM:SS, up to 36:00"
                )
            hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
            return hours * 3600 + minutes * 60 + seconds + (SECOND if found[4] else 0)
        if isinstance(value, timedelta):
            return _whole_seconds(name, value)
        if isinstance(value, time):
            if value.tzinfo is not None:
                raise ValueError(f"{name}: a time on the plan's own clock, without tzinfo")
            return (
                _whole_seconds(name, datetime.combine(Date.min, value) - datetime.min)
                + SECOND * value.fold
            )
        if not isinstance(value, datetime):
            raise TypeError(
                f"{name}: a time, timedelta, datetime or 'HH:MM', not {type(value).__name__}"
            )
        if value.tzinfo is not None:
            if not self._data.get("timezone"):
                raise ValueError(f"{name}: {value} has a time zone, and the plan has none")
            value = value.astimezone(zone_of(self._data["timezone"])).replace(tzinfo=None)
        return (
            _whole_seconds(name, value - datetime.combine(self.date, time())) + SECOND * value.fold
        )

    def _moment(self, name: str, value: Moment) -> str:
        """A time of day as ``HH:MM:SS``."""
        second, seconds = divmod(self._clock_seconds(name, value), SECOND)
        if not 0 <= seconds <= 129600:
            raise ValueError(f"{name}: {value} is not within 00:00 to 36:00 of the plan's day")
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return clock + " (second)" if second else clock

    def _clock(self, name: str, value: Moment) -> int:
        """:meth:`_clock_seconds`, within the plan's day."""
        self._moment(name, value)
        return self._clock_seconds(name, value)

    @property
    def _days(self) -> int:
        return int(self._data.get("days", 1))

    def _happened(self, name: str, id: str, value: Moment) -> int:
        """:meth:`_clock`; in a plan of several days, a datetime counts from the date in the id of
        an occurrence, otherwise from the first date.
        """
        if self._days == 1 or not isinstance(value, datetime):
            return self._clock(name, value)
        seconds = self._clock_seconds(name, value)
        try:
            named = Date.fromisoformat(id.rpartition("@")[2])
        except ValueError:
            return seconds
        return seconds - (named - self.date).days * 86400

    def _now_seconds(self, value: Moment) -> int:
        """:meth:`_clock`; in a plan of several days, counted on from the first date."""
        days = self._days
        if days > 1 and isinstance(value, str) and _CLOCK.fullmatch(value) is None:
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                raise ValueError(
                    f"now: {value!r} is not a date and time: write YYYY-MM-DDTHH:MM"
                ) from None
        if days > 1 and isinstance(value, datetime):
            seconds = self._clock_seconds("now", value)
            if not 0 <= seconds % SECOND <= days * 86400 + 43200:
                raise ValueError(f"now: {value} is not within the dates of the plan")
            return seconds
        return self._clock("now", value)

    def _now(self, value: Moment) -> str:
        """As in JSON: of several days, a datetime is a moment on one of its dates."""
        if self._days > 1 and not isinstance(value, (time, timedelta)):
            if not (isinstance(value, str) and _CLOCK.fullmatch(value)):
                return self._stamp("now", value) or ""
        return self._moment("now", value)

    def _stamp(self, name: str, value: Stamp | None) -> str | None:
        return stamp(name, value, self._data.get("timezone", ""))

    def _optional_moment(self, name: str, value: Moment | None) -> str | None:
        return None if value is None else self._moment(name, value)

    def _span(self, name: str, value: tuple[Moment, Moment]) -> list[str]:
        start, end = pair(name, value)
        return [self._moment(name, start), self._moment(name, end)]

    def _check(self, change: dict[str, Any]) -> None:
        """Let the library check a change by itself, without the other items."""
        data = self._data
        _parse(
            {
                key: data[key]
                for key in ("version", "date", "days", "timezone", "day", "now")
                if key in data
            }
            | change
        )

    @classmethod
    def from_json(cls, data: str | bytes) -> Plan:
        """Read the interchange JSON."""
        raw = data.encode() if isinstance(data, str) else data
        if not isinstance(raw, (bytes, bytearray)):
            raise TypeError(f"data: str or bytes, not {type(data).__name__}")
        out, err = ffi.new("msched_plan **"), ffi.new("msched_error *")
        check(lib.msched_plan_parse_json(out, bytes(raw), len(raw), ffi.NULL, err), err)
        return cls._wrap(out[0], [])

    @classmethod
    def from_text(
        cls,
        text: str,
        catalog: Catalog | None = None,
        *,
        date: Date | str | None = None,
        timezone: str | ZoneInfo | None = None,
        lenient: bool = False,
        days: int | None = None,
        time_limit: timedelta | float | None = None,
    ) -> Plan:
        """Read plan text, with one item on each line. ``date`` applies if the text has no ``date:``
        line; the default is today. ``days`` (1 to 31) applies if the text does not set the number
        of days. ``time_limit`` (seconds) limits the search for misspelled songs.

        Songs are matched against ``catalog``. Raises :class:`PlanTextError` with all errors at
        once; warnings and notes are in :attr:`diagnostics`. With ``lenient``, lines with errors are
        left out instead, and :attr:`diagnostics` includes the errors.

        >>> Plan.from_text("9-17 Work #focus\\nGym 1h after 17:00 !1", date="2026-11-24")
        <Plan 2026-11-24: 2 to-dos, 0 wanted songs>
        >>> try:
        ...     Plan.from_text("9-17 Work !9", date="2026-11-24")
        ... except PlanTextError as error:
        ...     print(error.line, error.column, error.diagnostics[0].repair)
        1 11 write !1 (essential) to !4, or quote the title
        """
        limits = (whole("days", 0 if days is None else days, 0, 31), time_limit)
        _, out, err, found = _parse_text(text, catalog, date, timezone, lenient, limits)
        diagnostics = _read_diagnostics(found)
        if out == ffi.NULL and any(d.severity == "error" for d in diagnostics):
            raise PlanTextError(*error_parts(err), diagnostics)
        check(err.code, err)
        return cls._wrap(out, diagnostics)

    @staticmethod
    def fix_text(
        text: str,
        catalog: Catalog | None = None,
        *,
        date: Date | str | None = None,
        timezone: str | ZoneInfo | None = None,
    ) -> str:
        """The text with all unambiguous corrections of its errors and warnings.

        >>> Plan.fix_text("Walk noon 20m\\nGym 1h 2h", date="2026-11-24")
        '"Walk noon" 20m\\nGym 1h'
        """
        raw, out, err, found = _parse_text(text, catalog, date, timezone, True)
        lib.msched_plan_unref(out)
        fixed, failure = ffi.new("msched_text **"), ffi.new("msched_error *")
        if found == ffi.NULL:
            check(lib.MSCHED_ERROR_MEMORY if err.code == 0 else err.code, err)
        check(lib.msched_plan_text_fix(fixed, raw, len(raw), found, failure), failure)
        return take_text(fixed[0])

    # --- adding ---

    def _add(self, where: str, item: dict[str, Any]) -> Plan:
        item = _given(item)
        others = ("after", "before", "during")  # name items that may be added later
        self._check({where: [{key: value for key, value in item.items() if key not in others}]})
        self._data[where].append(item)
        self._handle = None
        return self

    def add_event(
        self,
        title: str,
        start: Moment,
        end: Moment,
        *,
        id: str | None = None,
        music: bool = False,
        mood: str | None = None,
        buffer_before: Length = 0,
        buffer_after: Length = 0,
        labels: Texts = None,
        description: str | None = None,
        on: On = None,
        rrule: str | None = None,
        rrule_from: str | Date | None = None,
        occurrences: Occurrences = None,
    ) -> Plan:
        """Add a fixed to-do. No other to-do runs in its buffers. Returns the plan.

        In a plan of several days, the event is on each of the dates ``on``, or on the dates of a
        recurrence rule such as ``"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"``, which starts at
        ``rrule_from``. ``occurrences`` lists what happened on single dates, such as
        ``{"date": "tue", "state": "done", "ended": "9:40"}``.
        """
        return self._add(
            "todos",
            {
                "id": None if id is None else text("id", id),
                "title": text("title", title),
                "start": self._moment("start", start),
                "end": self._moment("end", end),
                "music": bool(music),
                "mood": None if mood is None else text("mood", mood),
                "buffer_before_s": _length("buffer_before", buffer_before) or None,
                "buffer_after_s": _length("buffer_after", buffer_after) or None,
                "labels": _texts("labels", labels) or None,
                "description": None if description is None else text("description", description),
                **repeats(on, rrule, rrule_from),
                "occurrences": occurrences_of("occurrences", occurrences),
            },
        )

    def add_task(
        self,
        title: str,
        duration: Length,
        *,
        id: str | None = None,
        earliest: Moment | None = None,
        latest: Moment | None = None,
        priority: int = 1,
        after: Texts = None,
        before: Texts = None,
        late: bool = False,
        buffer_before: Length = 0,
        buffer_after: Length = 0,
        split_min: Length = 0,
        music: bool = False,
        mood: str | None = None,
        pin: Moment | None = None,
        labels: Texts = None,
        description: str | None = None,
        on: On = None,
        times: Times | None = None,
        apart_days: int = 1,
        release: Stamp | None = None,
        due: Stamp | None = None,
        max_per_day: Length | None = None,
        rrule: str | None = None,
        rrule_from: str | Date | None = None,
        occurrences: Occurrences = None,
    ) -> Plan:
        """Add a flexible to-do.

        The task starts at ``earliest`` or later and ends at ``latest`` or before, or starts exactly
        at ``pin``. ``priority`` is 1 (essential) to 4. ``after`` lists the ids of to-dos that must
        end first, and ``before`` those of to-dos that must start after its end. ``late`` schedules
        the task as late as possible. ``split_min`` allows pieces of at least this length. Returns
        the plan.

        In a plan of several days, the task is on one of the dates ``on`` (default: any date). With
        ``times``, it is on so many different dates, at least ``apart_days`` apart, or on ``"each"``
        of them. It begins at ``release`` or later and ends by ``due``, which are dates with a time.
        Pieces may be on several dates, with at most ``max_per_day`` on each. A recurrence rule
        (``rrule``, which starts at ``rrule_from``) replaces ``on``; the task is then on each of its
        dates. ``occurrences`` lists what happened on single dates, such as
        ``{"date": "tue", "state": "done", "ended": "18:30"}``.
        """
        return self._add(
            "todos",
            {
                "id": None if id is None else text("id", id),
                "title": text("title", title),
                "duration_s": _length("duration", duration),
                "earliest": self._optional_moment("earliest", earliest),
                "latest": self._optional_moment("latest", latest),
                "priority": whole("priority", priority, 1, 4),
                "after": _texts("after", after) or None,
                "before": _texts("before", before) or None,
                "late": True if late else None,
                "buffer_before_s": _length("buffer_before", buffer_before) or None,
                "buffer_after_s": _length("buffer_after", buffer_after) or None,
                "split_min_s": _length("split_min", split_min) or None,
                "music": bool(music),
                "mood": None if mood is None else text("mood", mood),
                "pin": self._optional_moment("pin", pin),
                "labels": _texts("labels", labels) or None,
                "description": None if description is None else text("description", description),
                **repeats(on, rrule, rrule_from),
                "times": times_of("times", times, 31),
                "apart_days": None if apart_days == 1 else whole("apart_days", apart_days, 1, 31),
                "release": self._stamp("release", release),
                "due": self._stamp("due", due),
                "max_per_day_s": (
                    None if max_per_day is None else _length("max_per_day", max_per_day)
                ),
                "occurrences": occurrences_of("occurrences", occurrences),
            },
        )

    def add_song(
        self,
        query: str | Mapping[str, Any] | None = None,
        *,
        track_id: str | None = None,
        between: tuple[Moment, Moment] | None = None,
        during: str | None = None,
        must: bool = False,
        weight: int | None = None,
        times: Times = 1,
        at: Moment | None = None,
        on: On = None,
    ) -> Plan:
        """Add a wanted song: a text, a track id, or a row of a catalog's table.

        The song plays ``between`` two times, ``during`` the to-do with that id, or exactly ``at``.
        ``must`` gives it precedence over tasks of priority 2 to 4. ``weight`` (1 to 1000) ranks it
        among the other songs; the default is its popularity. In a plan of several days, it plays on
        one of the dates ``on`` (default: any date) or, with ``times="each"``, on each of them.
        Returns the plan.

        >>> plan = Plan("2026-11-24")
        >>> plan.add_song("Dancing Monkey - The Tones", between=("18:00", "20:00"), must=True).songs
        [{'query': 'Dancing Monkey - The Tones', 'between': ['18:00:00', '20:00:00'], 'must': True}]
        >>> Plan("2026-11-24").add_song(catalog.top(1)[0]).songs
        [{'track_id': 't1'}]
        """
        if isinstance(query, Mapping):
            found = query.get("track_id")
            if track_id is not None or not isinstance(found, str):
                raise TypeError("query: a row with a track_id, such as catalog.top(1)[0]")
            query, track_id = None, found
        if (query is None) == (track_id is None):
            raise TypeError("add_song: give either query or track_id")
        return self._add(
            "songs",
            {
                "query": None if query is None else text("query", query),
                "track_id": None if track_id is None else text("track_id", track_id),
                "between": None if between is None else self._span("between", between),
                "during": None if during is None else text("during", during),
                "must": True if must else None,
                "weight": None if weight is None else whole("weight", weight, 1, 1000),
                "times": times_of("times", times, 100),
                "at": self._optional_moment("at", at),
                "on": dates("on", on),
            },
        )

    def mark(
        self,
        id: str,
        state: State,
        *,
        started: Moment | None = None,
        ended: Moment | None = None,
        left: Length | None = None,
    ) -> Plan:
        """Set the state of the to-do with this id: ``"done"``, ``"started"``, ``"paused"`` with
        ``left`` still to do, ``"not_started"``, ``"skipped"`` or ``"open"``. Missing times come
        from the previous schedule. In a plan of several days, ``"gym@2026-11-24"`` is the
        occurrence on that date, and the times are times of its clocks. Returns the plan.

        >>> plan = Plan("2026-11-24").add_task("Gym", 3600)
        >>> plan.mark("gym", "done", ended="9:40").todos[0]["ended"]
        '09:40'
        >>> week = Plan("2026-11-23", days=7).add_task("Gym", 3600, times=3)
        >>> week.mark("gym@2026-11-24", "done", ended="18:30").todos[0]["occurrences"]
        [{'date': '2026-11-24', 'state': 'done', 'ended': '18:30'}]
        """
        keep, mark = Keep(), ffi.new("msched_todo *")
        lib.msched_todo_init(mark, ffi.sizeof("msched_todo"))
        mark.id = keep.text("id", id)
        mark.state = choice("state", state, STATES)
        if started is not None:
            mark.started_s = self._happened("started", id, started)
        if ended is not None:
            mark.ended_s = self._happened("ended", id, ended)
        if left is not None:
            mark.left_s = _length("left", left)
        return self._changed(lib.msched_plan_mark_todo, mark)

    def move(self, id: str, start: Moment | None) -> Plan:
        """Give the to-do with this id another start, as if you dragged its block.

        A task starts exactly at this time, even outside its time window. To lock a task, pass its
        start in the schedule; ``None`` unlocks it. An event keeps its length. Returns the plan.

        >>> Plan("2026-11-24").add_task("Gym", 3600).move("gym", "18:30").todos[0]["pin"]
        '18:30'
        """
        at = lib.MSCHED_UNSET if start is None else self._clock("start", start)
        return self._changed(lib.msched_plan_move_todo, Keep().text("id", id), at)

    def mark_song(self, wanted: int, state: Literal["done", "skipped", "open"]) -> Plan:
        """Set the state of a wanted song: ``"done"`` (heard), ``"skipped"`` or ``"open"``.

        ``wanted`` is its index in :attr:`songs`, as in :attr:`Entry.wanted`. Returns the plan.

        >>> Plan("2026-11-24").add_song("Dancing Monkey").mark_song(0, "skipped").songs[0]["state"]
        'skipped'
        """
        index = whole("wanted", wanted, 0, 2**32 - 1)
        return self._changed(lib.msched_plan_mark_song, index, choice("state", state, STATES))

    # --- changing ---

    def _replace(self, data: dict[str, Any]) -> Plan:
        """This plan with other contents, as far as the library takes them."""
        self._handle, self._contents = _parse(data), None
        return self

    def edit(self, id: str, **changes: Unpack[Changes]) -> Plan:
        """Change the to-do with this id. The arguments are those of :meth:`add_task` and
        :meth:`add_event`; ``None`` removes a value. Returns the plan.

        >>> plan = Plan("2026-11-24").add_task("Gym", 3600, latest="20:00")
        >>> plan.edit("gym", duration=5400, latest=None).todos
        [{'id': 'gym', 'title': 'Gym', 'duration_s': 5400}]
        """
        data = json.loads(self.to_json())
        at = index_of(data.get("todos", []), id)
        data["todos"][at] = edited(data["todos"][at], changes, (self._moment, _length, self._stamp))
        return self._replace(data)

    def remove(self, id: str) -> Plan:
        """Remove the to-do with this id. No other to-do or song may refer to it. Returns the plan.

        >>> Plan("2026-11-24").add_task("Gym", 3600).remove("gym")
        <Plan 2026-11-24: 0 to-dos, 0 wanted songs>
        """
        data = json.loads(self.to_json())
        del data["todos"][index_of(data.get("todos", []), id)]
        return self._replace(data)

    def remove_song(self, wanted: int) -> Plan:
        """Remove a wanted song; ``wanted`` is its index in :attr:`songs`. Returns the plan."""
        data = json.loads(self.to_json())
        songs = data.get("songs", [])
        if not songs:
            raise ValueError("wanted: the plan has no wanted songs")
        del songs[whole("wanted", wanted, 0, len(songs) - 1)]
        return self._replace(data)

    def _changed(self, function: Any, *change: Any) -> Plan:
        """This plan, as a C function makes it of what it was."""
        out, err = ffi.new("msched_plan **"), ffi.new("msched_error *")
        check(function(out, self._built(), *change, err), err)
        self._handle, self._contents = ffi.gc(out[0], lib.msched_plan_unref), None
        return self

    def _set_listening(self, rules: dict[str, Any]) -> Plan:
        others = {key: value for key, value in rules.items() if key not in ("fill", "fills")}
        self._check({"listening": others})
        self._data["listening"] = rules
        self._handle = None
        return self

    def hours(
        self,
        on: On,
        start: Moment | None = None,
        end: Moment | None = None,
        *,
        off: bool = False,
    ) -> Plan:
        """Set the time window of dates in a plan of several days. Returns the plan.

        With ``off``, no task, song or fill is scheduled on them.

        >>> plan = Plan("2026-11-23", days=7).hours(["sat", "sun"], "9:00", "24:00")
        >>> plan.hours("2026-11-26", off=True)
        <Plan 2026-11-23: 0 to-dos, 0 wanted songs>
        """
        exception = _given(
            {
                "on": dates("on", on) or [],
                "start": self._optional_moment("start", start),
                "end": self._optional_moment("end", end),
                "off": True if off else None,
            }
        )
        day = dict(self._data.get("day", {}))
        day["exceptions"] = [*day.get("exceptions", []), exception]
        self._check({"day": day})
        self._data["day"] = day
        self._handle = None
        return self

    def listening(
        self,
        *,
        quiet: Iterable[tuple[Moment, Moment]] = (),
        max_total: Length | None = None,
        gap: Length = 0,
        artist_separation: Length = 0,
        avoid_days: int = 0,
        avoid_files: Iterable[str] = (),
        repeat: Length = 0,
    ) -> Plan:
        """Set the rules for all listening; the fill does not change. Returns the plan.

        ``avoid_days`` is the default number of days of :meth:`avoid`. ``avoid_files`` names earlier
        schedules or listening histories, which the command line reads; here, pass them to
        :meth:`avoid`. ``repeat`` is the time that should be between two plays of one song, where
        that costs nothing else.
        """
        return self._set_listening(
            _given(
                {
                    "quiet": [self._span("quiet", span) for span in quiet] or None,
                    "max_total_s": None if max_total is None else _length("max_total", max_total),
                    "gap_s": _length("gap", gap) or None,
                    "artist_separation_s": _length("artist_separation", artist_separation) or None,
                    "repeat_s": _length("repeat", repeat) or None,
                    "avoid_days": avoid_days or None,
                    "avoid_files": [str(name) for name in avoid_files] or None,
                    "fill": self._data.get("listening", {}).get("fill"),
                    "fills": self._data.get("listening", {}).get("fills"),
                }
            )
        )

    def fill(
        self,
        duration: Length | None = None,
        *,
        genres: Texts = None,
        subgenres: Texts = None,
        artists: Texts = None,
        years: tuple[int, int] | None = None,
        min_popularity: int = 0,
        max_track: Length = 0,
        mood: str | None = None,
        between: tuple[Moment, Moment] | None = None,
        during: str | None = None,
        avoid: Texts = None,
        also: bool = False,
        on: On = None,
    ) -> Plan:
        """Fill listening time with popular songs.

        ``max_track`` limits the length of the songs. ``avoid`` lists ids of tracks; this fill and
        later ones leave out their recordings, also under other ids. With ``during``, they play in
        the to-do with this id and, without a duration, fill it. With ``also``, this fill is added
        to the fills of the plan, up to 16; otherwise, it replaces them. In a plan of several days,
        it is on each of the dates ``on`` (default: all dates). Returns the plan.

        >>> plan = Plan("2026-11-24").fill(600, genres="pop", between=("18:00", "20:00"))
        >>> day = catalog.schedule(plan)
        >>> [song.title for song in day.songs]
        ['Dancing Monkey', 'Circles and Lines', 'Quiet Window']
        """
        fill = _given(
            {
                "duration_s": None if duration is None else _length("duration", duration),
                "genres": _texts("genres", genres) or None,
                "subgenres": _texts("subgenres", subgenres) or None,
                "artists": _texts("artists", artists) or None,
                "years": (
                    None
                    if years is None
                    else [whole("years", year, 1, 9999) for year in pair("years", years)]
                ),
                "min_popularity": whole("min_popularity", min_popularity, 0, 100) or None,
                "max_track_s": _length("max_track", max_track) or None,
                "mood": None if mood is None else text("mood", mood),
                "between": None if between is None else self._span("between", between),
                "on": dates("on", on),
            }
        )
        if duration is None and during is None:
            raise TypeError("fill needs a duration, or the id of the to-do that it fills")
        rules = dict(self._data.get("listening", {}))
        before = rules.pop("fills", [])
        if "fill" in rules:
            before = [rules.pop("fill")]
        avoided = [*(before[-1].get("avoid", []) if before else []), *_texts("avoid", avoid)]
        if avoided:
            fill["avoid"] = list(dict.fromkeys(avoided))
        # whether there is such a to-do is known when the plan is built
        self._check({"listening": {**rules, "fill": {"duration_s": 0, **fill}}})
        if during is not None:
            fill["during"] = text("during", during)
        fills = [*before, fill] if also else [fill]
        self._data["listening"] = rules | (
            {"fill": fills[0]} if len(fills) == 1 else {"fills": fills}
        )
        self._handle = None
        return self

    def add_calendar(
        self,
        *calendars: Calendar | str | os.PathLike[str],
        music: bool = False,
        block_all_day: bool = False,
        tasks: bool = True,
        timezone: str | ZoneInfo | None = None,
    ) -> Plan:
        """Add the events and to-dos of calendars on the plan's dates. Returns the plan.

        Each calendar is a :class:`Calendar` or the path of an ``.ics`` file. ``music``: music may
        play during their events; ``block_all_day``: all-day events are busy, too; ``tasks``: to-dos
        become tasks. ``timezone`` applies to a plan without one. :attr:`agenda` lists what was
        added and what was left out.
        """
        found = [each if isinstance(each, Calendar) else Calendar.read(each) for each in calendars]
        zone = "" if timezone is None else _zone_name(timezone)
        self._handle, self.agenda = add_to_plan(
            self._built(), found, music, block_all_day, tasks, zone
        )
        self._contents = None
        return self

    def add_songs(
        self,
        songs: Songs,
        catalog: Catalog,
        *,
        only: str | None = None,
        must: bool = False,
        weight: int = 0,
        limit: int | None = None,
    ) -> Plan:
        """Add the songs of a playlist that are in ``catalog`` as wanted songs. Returns the plan.

        ``songs`` is the path of a playlist (M3U, XSPF, JSPF, iTunes XML, Spotify's JSON, CSV, a
        plain list), its bytes, or a list of texts such as ``"Title - Artist"`` or links, or
        mappings with keys such as ``title``, ``artist`` and ``id``. ``only`` names one playlist of
        a file that has several; ``limit`` adds only the first songs. A song that is already in the
        plan is not added again. :attr:`match` lists which songs were found, with candidates for the
        others.

        >>> wanted = ["Dancing Monkey - The Tones", "Dancing Money"]
        >>> plan = Plan("2026-11-24").add_songs(wanted, catalog)
        >>> [(song["title"], song["found"]) for song in plan.match["songs"]]
        [('Dancing Monkey - The Tones', 'exact'), ('Dancing Money', 'none')]
        """
        match = Match(catalog._handle, songs, only)
        handle = match.add_to(self._built(), must, weight, limit)
        self._handle, self.match, self._contents = handle, match.values(), None
        return self

    def avoid(self, history: History, catalog: Catalog, *, days: int | None = None) -> Plan:
        """Keep songs out of the fill that ``history`` played on the plan's date or in the ``days``
        days before it: by default as the plan says, else 7. Returns the plan.

        Songs are looked up in ``catalog`` by id or, without an id, by title and artist. A wanted
        song that was played recently stays wanted, with a warning in the schedule.
        """
        self._handle, self._contents = avoid_in(self._built(), history, catalog, days), None
        return self

    # --- reading ---

    match: dict[str, Any] | None = None
    """What the last :meth:`add_songs` found, as in JSON; ``None`` before."""

    agenda: dict[str, Any] | None = None
    """What the last :meth:`add_calendar` found, as in JSON; ``None`` before."""

    def _built(self) -> Any:
        """The checked C plan."""
        if self._handle is None:
            self._handle = _parse(self._data)
        return self._handle

    def to_json(self) -> str:
        """The interchange JSON."""
        out, err = ffi.new("msched_text **"), ffi.new("msched_error *")
        check(lib.msched_plan_to_json(self._built(), out, err), err)
        return take_text(out[0])

    def to_text(self, catalog: Catalog | None = None) -> str:
        """The plan as plan text, without its ``now``.

        Reading the text again gives the same plan; this is checked. With the ``catalog`` that you
        will read it with, songs are written as titles; without it, as track ids, with the titles in
        comments. Raises :class:`MusicschedError` if plan text cannot express something, such as the
        weight of a song.

        >>> plan = Plan("2026-11-24").add_event("Work", "09:00", "17:00", music=True)
        >>> print(plan.add_task("Gym", 3600, after="work", priority=2).to_text())
        date: 2026-11-24
        <BLANKLINE>
        09:00-17:00 Work #music
        Gym 1h !2 after:work
        <BLANKLINE>
        """
        if catalog is not None and not isinstance(catalog, Catalog):
            raise TypeError(f"catalog: a Catalog, not {type(catalog).__name__}")
        handle = ffi.NULL if catalog is None else catalog._handle
        out, err = ffi.new("msched_text **"), ffi.new("msched_error *")
        check(lib.msched_plan_to_text(self._built(), handle, out, err), err)
        return take_text(out[0])

    @property
    def todos(self) -> list[dict[str, Any]]:
        """The to-dos as in JSON."""
        return [dict(todo) for todo in self._data["todos"]]

    @property
    def songs(self) -> list[dict[str, Any]]:
        """The wanted songs as in JSON."""
        return [dict(song) for song in self._data["songs"]]

    @property
    def date(self) -> Date:
        """The day."""
        return Date.fromisoformat(self._data["date"])

    @property
    def timezone(self) -> str:
        """IANA name of the time zone, ``""`` for floating time."""
        return str(self._data.get("timezone", ""))

    def at(self, now: Moment | None) -> Plan:
        """The same plan with another current time, to replan the rest of a day or of several days;
        ``None``: no current time.

        For a plan of several days, ``now`` names its date: a ``datetime``, or
        ``"YYYY-MM-DDTHH:MM"``.
        """
        seconds = -1 if now is None else self._now_seconds(now)
        out, err = ffi.new("msched_plan **"), ffi.new("msched_error *")
        check(lib.msched_plan_with_now(out, self._built(), seconds, err), err)
        return self._wrap(out[0], self.diagnostics)

    with_now = at
    """:meth:`at`, by the name that the other languages have."""

    def __eq__(self, other: object) -> bool:
        """Whether both plans say the same, however they were made."""
        if not isinstance(other, Plan):
            return NotImplemented
        return self is other or self.to_json() == other.to_json()

    __hash__ = None  # type: ignore[assignment]  # a plan can be changed

    def __reduce__(self) -> tuple[Any, ...]:
        return Plan.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        return (
            f"<Plan {self._data['date']}: {len(self._data['todos'])} to-dos,"
            f" {len(self._data['songs'])} wanted songs>"
        )


def _parse(data: dict[str, Any]) -> Any:
    """The C plan of JSON values.

    Messages name the argument, not a place in JSON that the caller never saw.
    """
    raw = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
    out, err = ffi.new("msched_plan **"), ffi.new("msched_error *")
    result = lib.msched_plan_parse_json(out, raw, len(raw), ffi.NULL, err)
    try:
        check(result, err)
    except MusicschedError as error:
        message = _PLACE.sub("", str(error))
        raise type(error)(re.sub(r"^(\w+)_s\b", r"\1", message), error.code) from None
    return ffi.gc(out[0], lib.msched_plan_unref)


def _parse_text(
    text: str,
    catalog: Catalog | None,
    date: Date | str | None,
    timezone: str | ZoneInfo | None,
    lenient: bool,
    limits: tuple[int, timedelta | float | None] = (0, None),
) -> tuple[bytes, Any, Any, Any]:
    """The text's bytes, the plan or NULL, the error, and the diagnostics, which are freed with
    their last use.
    """
    keep, err = Keep(), ffi.new("msched_error *")
    out, found = ffi.new("msched_plan **"), ffi.new("msched_diagnostics **")
    options = ffi.new("msched_plan_text_options *")
    lib.msched_plan_text_options_init(options, ffi.sizeof("msched_plan_text_options"))
    day = Date.today() if date is None else date
    if not isinstance(day, (Date, str)):
        raise TypeError(f"date: a date or 'YYYY-MM-DD', not {type(day).__name__}")
    options.default_date = keep.text("date", day if isinstance(day, str) else day.isoformat()[:10])
    if timezone is not None:
        options.default_timezone = keep.text("timezone", _zone_name(timezone))
    options.lenient = bool(lenient)
    options.days, options.time_limit_ms = limits[0], milliseconds("time_limit", limits[1])
    if not isinstance(text, str):
        raise TypeError(f"text: a str, not {type(text).__name__}")
    if catalog is not None and not isinstance(catalog, Catalog):
        raise TypeError(f"catalog: a Catalog, not {type(catalog).__name__}")
    raw = text.encode("utf-8", "surrogatepass")
    handle = ffi.NULL if catalog is None else catalog._handle
    err.code = lib.msched_plan_parse_text(out, found, raw, len(raw), handle, options, err)
    return raw, out[0], err, ffi.gc(found[0], lib.msched_diagnostics_unref)


def _read_diagnostics(handle: Any) -> list[Diagnostic]:
    rows = []
    for index in range(lib.msched_diagnostics_count(handle)):
        d = ffi.new("msched_diagnostic *", {"struct_size": ffi.sizeof("msched_diagnostic")})
        lib.msched_diagnostics_get(handle, index, d)
        edit = Edit(
            d.edit_line,
            d.edit_column,
            d.edit_end_column,
            [text_of(d.edits[i]) for i in range(d.edit_count)],
        )
        rows.append(
            Diagnostic(
                ["error", "warning", "note"][d.severity],
                d.line,
                d.column,
                text_of(d.code),
                text_of(d.message),
                text_of(d.repair),
                [text_of(d.candidates[i]) for i in range(d.candidate_count)],
                edit if d.edit_count else None,
            )
        )
    return rows
