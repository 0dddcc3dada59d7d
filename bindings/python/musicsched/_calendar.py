"""Calendars in: iCalendar files as the events and tasks of a day."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date as Date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ._arguments import Keep, read_file, whole
from ._errors import check, take_text, text_of
from ._native import ffi, lib


class Calendar:
    """An iCalendar file (``.ics``, RFC 5545). Immutable.

    >>> lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Stand-up",
    ...          "DTSTART;TZID=Europe/Berlin:20261124T090000", "DURATION:PT15M", "END:VEVENT",
    ...          "END:VCALENDAR"]
    >>> work = Calendar.parse("\\n".join(lines), name="work")
    >>> day = agenda(work, "2026-11-24", timezone="Europe/Berlin")
    >>> [(event["start"], event["title"]) for event in day["events"]]
    [('09:00:00', 'Stand-up')]
    """

    def __init__(self) -> None:
        raise TypeError("use Calendar.read or Calendar.parse")

    @classmethod
    def read(cls, path: str | os.PathLike[str], *, name: str | None = None) -> Calendar:
        """Read a file. ``name`` is shown with its events; the default is the name of the file."""
        raw = read_file("path", path)
        return cls.parse(raw, name=Path(os.fsdecode(path)).name if name is None else name)

    @classmethod
    def parse(cls, data: str | bytes, *, name: str | None = None) -> Calendar:
        """Read iCalendar text."""
        raw = data.encode() if isinstance(data, str) else data
        if not isinstance(raw, (bytes, bytearray)):
            raise TypeError(f"data: str or bytes, not {type(data).__name__}")
        keep, options = Keep(), ffi.new("msched_calendar_options *")
        lib.msched_calendar_options_init(options, ffi.sizeof("msched_calendar_options"))
        if name is not None:
            options.name = keep.text("name", name)
        out, err = ffi.new("msched_calendar **"), ffi.new("msched_error *")
        check(lib.msched_calendar_read(out, bytes(raw), len(raw), options, err), err)
        calendar = cls.__new__(cls)
        calendar._handle = ffi.gc(out[0], lib.msched_calendar_unref)
        return calendar

    _handle: Any

    @property
    def name(self) -> str:
        """The name that is shown with its events."""
        return text_of(lib.msched_calendar_name(self._handle))

    def __repr__(self) -> str:
        return f"<Calendar {self.name!r}>"


def can_recur() -> bool:
    """Whether recurring events can be expanded, which needs a library built with libical."""
    return bool(lib.msched_calendar_can_recur())


def _several(calendars: Calendar | Iterable[Calendar]) -> list[Calendar]:
    found = [calendars] if isinstance(calendars, Calendar) else list(calendars)
    for calendar in found:
        if not isinstance(calendar, Calendar):
            raise TypeError(f"calendars: Calendar objects, not {type(calendar).__name__}")
    return found


def agenda(
    calendars: Calendar | Iterable[Calendar],
    date: Date | str,
    *,
    days: int = 1,
    timezone: str | ZoneInfo | None = None,
) -> dict[str, Any]:
    """The items of calendars on ``days`` dates, starting at ``date``, as in JSON: ``events``,
    ``tasks`` and ``left_out``.

    Times are in ``timezone`` or, without it, in the time zone of each calendar.
    """
    found, keep = _several(calendars), Keep()
    options = ffi.new("msched_agenda_options *")
    lib.msched_agenda_options_init(options, ffi.sizeof("msched_agenda_options"))
    options.days = whole("days", days, 1, lib.MSCHED_AGENDA_MAX_DAYS)
    options.date = keep.text("date", date if isinstance(date, str) else date.isoformat()[:10])
    if timezone is not None:
        options.timezone = keep.text(
            "timezone", timezone.key if isinstance(timezone, ZoneInfo) else timezone
        )
    handles = ffi.new("msched_calendar *[]", [calendar._handle for calendar in found])
    out, err = ffi.new("msched_agenda **"), ffi.new("msched_error *")
    check(lib.msched_agenda_make(out, handles, len(found), options, err), err)
    return read_agenda(out[0])


def read_agenda(handle: Any) -> dict[str, Any]:
    """The values of an agenda, which is dropped."""
    owned = ffi.gc(handle, lib.msched_agenda_unref)
    json_text, err = ffi.new("msched_text **"), ffi.new("msched_error *")
    check(lib.msched_agenda_to_json(owned, json_text, err), err)
    values: dict[str, Any] = json.loads(take_text(json_text[0]))
    return values


def add_to_plan(
    plan: Any,
    calendars: Calendar | Iterable[Calendar],
    music: bool,
    block_all_day: bool,
    tasks: bool,
    timezone: str,
) -> tuple[Any, dict[str, Any]]:
    """The C plan with what calendars hold for its date, and the agenda of that."""
    found, keep = _several(calendars), Keep()
    uses = ffi.new("msched_calendar_use[]", max(len(found), 1))
    for index in range(len(found)):
        lib.msched_calendar_use_init(uses + index, ffi.sizeof("msched_calendar_use"))
        uses[index].music, uses[index].block_all_day, uses[index].no_tasks = (
            bool(music),
            bool(block_all_day),
            not tasks,
        )
    handles = ffi.new("msched_calendar *[]", [calendar._handle for calendar in found])
    out, made, err = (
        ffi.new("msched_plan **"),
        ffi.new("msched_agenda **"),
        ffi.new("msched_error *"),
    )
    check(
        lib.msched_plan_add_calendars(
            out, plan, handles, len(found), uses, keep.text("timezone", timezone), made, err
        ),
        err,
    )
    return ffi.gc(out[0], lib.msched_plan_unref), read_agenda(made[0])
