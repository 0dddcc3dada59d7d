"""A person's day: to-dos, wanted songs, listening rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ._arguments import Keep, Texts
from ._catalog import Catalog
from ._errors import PlanTextError, check, error_parts, take_text, text_of
from ._native import ffi, lib

Moment = str | time | timedelta | datetime
Length = int | timedelta


class Diagnostic(NamedTuple):
    """One thing to say about a plan text."""

    severity: str
    line: int
    column: int
    code: str
    message: str
    repair: str
    candidates: list[str]


def _moment(name: str, value: Moment) -> str:
    """A time of day as ``HH:MM:SS``; a timedelta counts from midnight and may pass 24 hours."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        if value.microsecond:
            raise ValueError(f"{name}: whole seconds, not {value}")
        return value.strftime("%H:%M:%S")
    if isinstance(value, timedelta):
        seconds = _seconds(name, value)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    raise TypeError(f"{name}: a time, timedelta or 'HH:MM', not {type(value).__name__}")


def _seconds(name: str, value: Length) -> int:
    if isinstance(value, timedelta):
        if value.microseconds or value < timedelta(0):
            raise ValueError(f"{name}: whole seconds from 0 on, not {value}")
        return value.days * 86400 + value.seconds
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name}: a timedelta or whole seconds, not {type(value).__name__}")
    return value


def _text(name: str, value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name}: a str, not {type(value).__name__}")
    return value


def _texts(name: str, values: Texts) -> list[str]:
    return [_text(name, value) for value in ([values] if isinstance(values, str) else values or [])]


def _span(name: str, value: tuple[Moment, Moment]) -> list[str]:
    try:
        start, end = value
    except (TypeError, ValueError):
        raise TypeError(f"{name}: a pair of times") from None
    return [_moment(name, start), _moment(name, end)]


class Plan:
    """A day to schedule.

    Times of day are ``datetime.time``, ``"HH:MM"`` or a ``timedelta`` from midnight (up to 36 hours: a day may run past
    midnight); lengths are ``timedelta`` or whole seconds. ``timezone`` is an IANA name or a ``zoneinfo.ZoneInfo``. Every change
    is checked at the latest when the plan is scheduled or written.
    """

    def __init__(self, date: Date | str, *, start: Moment = "07:00", end: Moment = "23:00",
                 timezone: str | ZoneInfo | None = None, now: Moment | None = None) -> None:
        if not isinstance(date, (Date, str)):
            raise TypeError(f"date: a date or 'YYYY-MM-DD', not {type(date).__name__}")
        day = date if isinstance(date, str) else (date.date() if isinstance(date, datetime) else date).isoformat()
        self._data: dict[str, Any] = {"version": 1, "date": day, "day": {"start": _moment("start", start), "end": _moment("end", end)},
                                      "todos": [], "songs": []}
        if timezone is not None:
            key = timezone.key if isinstance(timezone, ZoneInfo) else timezone
            self._data["timezone"] = _text("timezone", key or "")
        if now is not None:
            self._data["now"] = _moment("now", now)
        self._handle: Any = None
        self.diagnostics: list[Diagnostic] = []
        self._built()

    @classmethod
    def _wrap(cls, handle: Any, diagnostics: list[Diagnostic]) -> Plan:
        plan = cls.__new__(cls)
        plan._handle = ffi.gc(handle, lib.msched_plan_unref)
        plan._data = json.loads(plan.to_json())
        plan._data.setdefault("todos", [])
        plan._data.setdefault("songs", [])
        plan.diagnostics = diagnostics
        return plan

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
    def from_text(cls, text: str, catalog: Catalog | None = None, *, date: Date | str | None = None,
                  timezone: str | ZoneInfo | None = None) -> Plan:
        """Read plan text, one line an item. ``date`` holds where the text has no ``date:`` line; without both, today.

        Songs are matched against ``catalog``. Raises :class:`PlanTextError` with all errors at once; warnings and notes are
        in :attr:`diagnostics`.
        """
        keep, err = Keep(), ffi.new("msched_error *")
        out, found = ffi.new("msched_plan **"), ffi.new("msched_diagnostics **")
        options = ffi.new("msched_plan_text_options *")
        lib.msched_plan_text_options_init(options, ffi.sizeof("msched_plan_text_options"))
        day = Date.today() if date is None else date
        options.default_date = keep.text("date", day if isinstance(day, str) else day.isoformat()[:10])
        if timezone is not None:
            options.default_timezone = keep.text("timezone", (timezone.key or "") if isinstance(timezone, ZoneInfo) else timezone)
        raw = _text("text", text).encode("utf-8", "surrogatepass")
        handle = ffi.NULL if catalog is None else catalog._handle
        result = lib.msched_plan_parse_text(out, found, raw, len(raw), handle, options, err)
        owned = ffi.gc(found[0], lib.msched_diagnostics_unref)
        diagnostics = _read_diagnostics(owned)
        if result != lib.MSCHED_OK and any(d.severity == "error" for d in diagnostics):
            raise PlanTextError(*error_parts(err), diagnostics)
        check(result, err)
        return cls._wrap(out[0], diagnostics)

    # --- adding ---

    def _add(self, where: str, item: dict[str, Any]) -> Plan:
        self._data[where].append({key: value for key, value in item.items() if value is not None})
        self._handle = None
        return self

    def add_event(self, title: str, start: Moment, end: Moment, *, id: str | None = None, music: bool = False,
                  mood: str | None = None, buffer_before: Length = 0, buffer_after: Length = 0) -> Plan:
        """Add a fixed to-do. Returns the plan."""
        return self._add("todos", {
            "id": id, "title": _text("title", title), "start": _moment("start", start), "end": _moment("end", end),
            "music": bool(music), "mood": mood, "buffer_before_s": _seconds("buffer_before", buffer_before) or None,
            "buffer_after_s": _seconds("buffer_after", buffer_after) or None})

    def add_task(self, title: str, duration: Length, *, id: str | None = None, earliest: Moment | None = None,
                 latest: Moment | None = None, priority: int = 1, after: Texts = None, buffer_before: Length = 0,
                 buffer_after: Length = 0, split_min: Length = 0, music: bool = False, mood: str | None = None,
                 pin: Moment | None = None) -> Plan:
        """Add a flexible to-do. ``after`` names to-dos that come first; ``split_min`` allows pieces. Returns the plan."""
        return self._add("todos", {
            "id": id, "title": _text("title", title), "duration_s": _seconds("duration", duration),
            "earliest": None if earliest is None else _moment("earliest", earliest),
            "latest": None if latest is None else _moment("latest", latest), "priority": priority,
            "after": _texts("after", after) or None, "buffer_before_s": _seconds("buffer_before", buffer_before) or None,
            "buffer_after_s": _seconds("buffer_after", buffer_after) or None,
            "split_min_s": _seconds("split_min", split_min) or None, "music": bool(music), "mood": mood,
            "pin": None if pin is None else _moment("pin", pin)})

    def add_song(self, query: str | None = None, *, track_id: str | None = None, between: tuple[Moment, Moment] | None = None,
                 during: str | None = None, must: bool = False, weight: int | None = None, times: int = 1,
                 at: Moment | None = None) -> Plan:
        """Wish for a song, by text or by track id. Returns the plan."""
        if (query is None) == (track_id is None):
            raise TypeError("add_song: give either query or track_id")
        return self._add("songs", {
            "query": None if query is None else _text("query", query), "track_id": track_id,
            "between": None if between is None else _span("between", between), "during": during, "must": True if must else None,
            "weight": weight, "times": None if times == 1 else times, "at": None if at is None else _moment("at", at)})

    def listening(self, *, quiet: Iterable[tuple[Moment, Moment]] = (), max_total: Length | None = None, gap: Length = 0,
                  artist_separation: Length = 0) -> Plan:
        """Set the rules for all listening; the fill stays. Returns the plan."""
        fill = self._data.get("listening", {}).get("fill")
        rules: dict[str, Any] = {"quiet": [_span("quiet", q) for q in quiet] or None,
                                 "max_total_s": None if max_total is None else _seconds("max_total", max_total),
                                 "gap_s": _seconds("gap", gap) or None,
                                 "artist_separation_s": _seconds("artist_separation", artist_separation) or None, "fill": fill}
        self._data["listening"] = {key: value for key, value in rules.items() if value is not None}
        self._handle = None
        return self

    def fill(self, duration: Length, *, genres: Texts = None, subgenres: Texts = None, artists: Texts = None,
             years: tuple[int, int] | None = None, min_popularity: int = 0, mood: str | None = None,
             between: tuple[Moment, Moment] | None = None) -> Plan:
        """Ask for further listening, filled with popular songs. Returns the plan."""
        rules: dict[str, Any] = {"duration_s": _seconds("duration", duration), "genres": _texts("genres", genres) or None,
                                 "subgenres": _texts("subgenres", subgenres) or None, "artists": _texts("artists", artists) or None,
                                 "years": None if years is None else list(years), "min_popularity": min_popularity or None,
                                 "mood": mood, "between": None if between is None else _span("between", between)}
        self._data.setdefault("listening", {})["fill"] = {key: value for key, value in rules.items() if value is not None}
        self._handle = None
        return self

    # --- reading ---

    def _built(self) -> Any:
        """The checked C plan."""
        if self._handle is None:
            raw = json.dumps(self._data, ensure_ascii=False).encode("utf-8", "surrogatepass")
            out, err = ffi.new("msched_plan **"), ffi.new("msched_error *")
            check(lib.msched_plan_parse_json(out, raw, len(raw), ffi.NULL, err), err)
            self._handle = ffi.gc(out[0], lib.msched_plan_unref)
        return self._handle

    def to_json(self) -> str:
        """The interchange JSON."""
        out, err = ffi.new("msched_text **"), ffi.new("msched_error *")
        check(lib.msched_plan_to_json(self._built(), out, err), err)
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

    def __repr__(self) -> str:
        return f"<Plan {self._data['date']}: {len(self._data['todos'])} to-dos, {len(self._data['songs'])} wanted songs>"


def _read_diagnostics(handle: Any) -> list[Diagnostic]:
    rows = []
    for index in range(lib.msched_diagnostics_count(handle)):
        d = ffi.new("msched_diagnostic *", {"struct_size": ffi.sizeof("msched_diagnostic")})
        lib.msched_diagnostics_get(handle, index, d)
        rows.append(Diagnostic(["error", "warning", "note"][d.severity], d.line, d.column, text_of(d.code), text_of(d.message),
                               text_of(d.repair), [text_of(d.candidates[i]) for i in range(d.candidate_count)]))
    return rows
