"""What a plan of several days says of dates and repeats, as in the interchange JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Date
from datetime import datetime
from typing import Any, Literal

from ._arguments import text, whole, zone_of

#: Weekdays (``"mon"``) and dates on which something may be.
On = str | Date | Iterable[str | Date] | None
#: A date with a time of day, or the date alone.
Stamp = str | Date | datetime
#: What happened on single dates, with the keys of the JSON: ``{"date": "tue", "state": "done"}``.
Occurrences = Iterable[Mapping[str, Any]] | None
#: How often, or ``"each"``: once on each date.
Times = int | Literal["each"]


def date_name(name: str, value: str | Date) -> str:
    if isinstance(value, datetime) or not isinstance(value, (str, Date)):
        raise TypeError(f"{name}: 'mon' or a date, not {type(value).__name__}")
    return text(name, value) if isinstance(value, str) else value.isoformat()


def dates(name: str, values: On) -> list[str] | None:
    """The names of dates as in JSON."""
    if values is None:
        return None
    one = isinstance(values, (str, Date))
    if not one and not isinstance(values, Iterable):
        raise TypeError(f"{name}: a weekday, a date or several, not {type(values).__name__}")
    return [date_name(name, value) for value in ([values] if one else values)]  # type: ignore


def stamp(name: str, value: Stamp | None, timezone: str) -> str | None:
    """A moment as in JSON, on the clocks of the plan."""
    if value is None:
        return None
    if not isinstance(value, (str, Date)):
        raise TypeError(
            f"{name}: a datetime, a date or 'YYYY-MM-DDTHH:MM', not {type(value).__name__}"
        )
    if isinstance(value, str):
        return text(name, value)
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is not None:
        if not timezone:
            raise ValueError(f"{name}: {value} has a time zone, and the plan has none")
        value = value.astimezone(zone_of(timezone)).replace(tzinfo=None)
    return value.isoformat(timespec="seconds" if value.second else "minutes")


def times_of(name: str, value: Times | None, most: int) -> int | str | None:
    if value is None or value == "each":
        return value
    count = whole(name, value, 1, most)
    return None if count == 1 else count


def occurrences_of(name: str, values: Occurrences) -> list[dict[str, Any]] | None:
    """What happened on single dates, as in JSON."""
    if values is None:
        return None
    if isinstance(values, (str, Mapping)):
        raise TypeError(f"{name}: a list of dicts such as {{'date': 'tue', 'state': 'done'}}")
    found = [dict(value) for value in values]
    for value in found:
        if isinstance(value.get("date"), Date):
            value["date"] = date_name(f"{name}: date", value["date"])
    return found


def repeats(on: On, rrule: str | None, rrule_from: str | Date | None) -> dict[str, Any]:
    """On which dates an item is."""
    return {
        "on": dates("on", on),
        "rrule": None if rrule is None else text("rrule", rrule),
        "rrule_from": None if rrule_from is None else date_name("rrule_from", rrule_from),
    }
