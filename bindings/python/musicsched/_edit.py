"""Changes of a plan's to-dos, by the names of the arguments that added them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Date
from typing import TYPE_CHECKING, Any, TypedDict

from ._arguments import Texts, text, whole
from ._dates import Occurrences, On, Stamp, Times, date_name, dates, occurrences_of, times_of
from ._errors import NotFoundError

if TYPE_CHECKING:
    from ._plan import Length, Moment


class Changes(TypedDict, total=False):
    """What :meth:`Plan.edit` changes; ``None`` takes a value away."""

    title: str
    start: Moment
    end: Moment
    duration: Length
    earliest: Moment | None
    latest: Moment | None
    pin: Moment | None
    priority: int
    after: Texts
    before: Texts
    late: bool
    buffer_before: Length
    buffer_after: Length
    split_min: Length
    music: bool
    mood: str | None
    labels: Texts
    description: str | None
    on: On
    times: Times | None
    apart_days: int | None
    release: Stamp | None
    due: Stamp | None
    max_per_day: Length | None
    rrule: str | None
    rrule_from: str | Date | None
    occurrences: Occurrences


_MOMENTS = ("start", "end", "earliest", "latest", "pin")
_LENGTHS = ("duration", "buffer_before", "buffer_after", "split_min", "max_per_day")
_STAMPS = ("release", "due")
_LISTS = ("after", "before", "labels")
_FLAGS = ("late", "music")


def edited(
    todo: dict[str, Any],
    changes: Mapping[str, Any],
    readers: tuple[
        Callable[[str, Any], str], Callable[[str, Any], int], Callable[[str, Any], str | None]
    ],
) -> dict[str, Any]:
    """A to-do of the JSON with its changes. A ``pin`` beside an earliest or latest time stays.

    ``readers`` are those of times of day, of lengths and of moments.
    """
    moment, length, stamp = readers
    values = dict(todo)
    for name, value in changes.items():
        if name not in Changes.__annotations__:
            raise TypeError(
                f"{name}: no such argument; there are {', '.join(Changes.__annotations__)}"
            )
        key = f"{name}_s" if name in _LENGTHS else name
        if value is None:
            values.pop(key, None)
        elif name in _MOMENTS:
            values[key] = moment(name, value)
        elif name in _LENGTHS:
            values[key] = length(name, value)
        elif name in _LISTS:
            values[key] = [
                text(name, one) for one in ([value] if isinstance(value, str) else value)
            ]
        elif name in _STAMPS:
            values[key] = stamp(name, value)
        elif name == "on":
            values[key] = dates(name, value)
        elif name == "times":
            values[key] = times_of(name, value, 31) or 1
        elif name == "occurrences":
            values[key] = occurrences_of(name, value)
        elif name == "apart_days":
            values[key] = whole(name, value, 1, 31)
        elif name == "rrule_from":
            values[key] = date_name(name, value)
        elif name in _FLAGS:
            values[key] = bool(value)
        elif name == "priority":
            values[key] = whole(name, value, 1, 4)
        else:
            values[key] = text(name, value)
    return values


def index_of(todos: list[dict[str, Any]], id: str) -> int:
    """The index of the to-do of this id."""
    for index, todo in enumerate(todos):
        if todo.get("id") == id:
            return index
    ids = ", ".join(str(todo.get("id")) for todo in todos) or "none"
    raise NotFoundError(
        f"id: no to-do has the id {id!r}; there are: {ids}", "MSCHED_ERROR_NOT_FOUND"
    )
