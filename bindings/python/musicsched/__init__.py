"""Schedules to-dos and music to the second, and analyzes what makes songs popular.

>>> import musicsched
>>> catalog = musicsched.Catalog.read_csv("songs.csv")
>>> catalog.top(2)["track_name"].tolist()
['Dancing Monkey', 'Circles and Lines']
>>> plan = musicsched.Plan("2026-11-24").add_event("Work", "09:00", "17:00")
>>> plan = plan.add_song("Dancing Monkey", at="18:00")
>>> print(str(catalog.schedule(plan)).rstrip())
Tuesday 24 November 2026
<BLANKLINE>
  09:00:00-17:00:00     Work
  18:00:00-18:03:20     ♪ Dancing Monkey - The Tones
<BLANKLINE>
1 event, 1 wanted song. No better schedule exists.
"""

from ._arguments import FEATURES
from ._calendar import Calendar, agenda, can_recur
from ._catalog import Catalog, SkippedRow
from ._errors import (
    ArgumentError,
    CancelledError,
    InputError,
    LimitError,
    MusicschedError,
    NotFoundError,
    PlanTextError,
    ReadError,
    text_of as _text_of,
)
from ._history import History
from ._native import lib as _lib
from ._plan import Diagnostic, Plan
from ._playlist import can_read_xml
from ._results import Correlations, Groups, Result
from ._schedule import Bound, Entry, Overload, Schedule, Unplaced, schedule, schedule_many
from ._table import Table

__version__: str = _text_of(_lib.msched_version_string())
MOODS: tuple[str, ...] = tuple(
    _text_of(_lib.msched_mood_name(m)) for m in range(_lib.MSCHED_MOOD_COUNT)
)

__all__ = [
    "FEATURES",
    "MOODS",
    "ArgumentError",
    "Bound",
    "Calendar",
    "CancelledError",
    "Catalog",
    "Correlations",
    "Diagnostic",
    "Entry",
    "Groups",
    "History",
    "InputError",
    "LimitError",
    "MusicschedError",
    "NotFoundError",
    "Overload",
    "Plan",
    "PlanTextError",
    "ReadError",
    "Result",
    "Schedule",
    "SkippedRow",
    "Table",
    "Unplaced",
    "agenda",
    "can_read_xml",
    "can_recur",
    "schedule",
    "schedule_many",
]

# Tracebacks and help() show the names that users know.
for _name in __all__:
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = __name__
del _name
