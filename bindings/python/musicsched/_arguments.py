"""Arguments of Python calls, checked and turned into C."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Literal, Self, TypedDict, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from ._errors import ReadError, name_file, text_of
from ._native import ffi, lib

Count = Literal["entries", "tracks", "recordings"]
By = Literal[
    "all", "genre", "subgenre", "artist", "playlist", "year", "decade", "month", "year_month"
]
Order = Literal["default", "key", "mean", "n"]
State = Literal["open", "not_started", "started", "paused", "done", "skipped"]
Texts = str | Iterable[str] | None
Bounds = tuple[int | None, int | None]

COUNTS = {"entries": 0, "tracks": 1, "recordings": 2}
BY = {
    "all": 0,
    "genre": 1,
    "subgenre": 2,
    "artist": 3,
    "playlist": 4,
    "year": 5,
    "decade": 6,
    "month": 7,
    "year_month": 8,
}
ORDERS = {"default": 0, "key": 1, "mean": 2, "n": 3}
STATES = {text_of(lib.msched_state_name(s)): s for s in range(lib.MSCHED_STATE_COUNT)}
FEATURES: tuple[str, ...] = tuple(
    text_of(lib.msched_feature_name(f)) for f in range(lib.MSCHED_FEATURE_COUNT)
)


class Where(TypedDict, total=False):
    """The songs that a query covers; a condition that is left out excludes nothing."""

    genre: Texts
    subgenre: Texts
    artist: Texts
    playlist: Texts
    years: Bounds | None
    popularity: Bounds | None
    features: Mapping[str, tuple[float | None, float | None]] | None
    exclude_zero: bool
    exclude_january_first: bool
    allow_unknown: bool


Method = TypeVar("Method", bound=Callable[..., Any])


def filtered(method: Method) -> Method:
    """Show the conditions of ``**where`` by name, for help() and completion."""
    signature = inspect.signature(method)
    named = [each for each in signature.parameters.values() if each.kind != each.VAR_KEYWORD]
    conditions = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if str(kind).find("bool") >= 0 else None,
            annotation=getattr(kind, "__forward_arg__", kind),
        )
        for name, kind in Where.__annotations__.items()
    ]
    shown = signature.replace(parameters=[*named, *conditions])
    method.__signature__ = shown  # type: ignore[attr-defined]
    return method


def zone_of(name: str) -> ZoneInfo:
    """The time zone of an IANA name; says how to get a zone database where Python finds none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        if not available_timezones():
            raise LookupError(
                "timezone: Python finds no time zone database: "
                "install the package tzdata (pip install tzdata)"
            ) from None
        raise


def choice(name: str, value: str, choices: Mapping[str, int]) -> int:
    """The number of one of a few words."""
    try:
        return choices[value]
    except (KeyError, TypeError):
        raise ValueError(f"{name}: {value!r} is not one of {', '.join(choices)}") from None


def milliseconds(name: str, limit: timedelta | float | None) -> int:
    """A time limit in seconds; 0: none."""
    if limit is None:
        return 0
    seconds = limit.total_seconds() if isinstance(limit, timedelta) else limit
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{name}: a timedelta or seconds, not {type(limit).__name__}")
    if not seconds > 0:
        raise ValueError(f"{name}: {limit} is not above 0")
    return max(1, int(min(seconds, 4e6) * 1000))


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number within bounds; NumPy's count too."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name}: a whole number, not {type(value).__name__}")
    number = int(value)
    if not low <= number <= high:
        raise ValueError(f"{name}: {number} is not in {low}..{high}")
    return number


def real(name: str, value: Any) -> float:
    """A number; NumPy's too."""
    if isinstance(value, (bool, str, bytes)) or not (
        hasattr(value, "__float__") or hasattr(value, "__index__")
    ):
        raise TypeError(f"{name}: a number, not {type(value).__name__}")
    return float(value)


def text(name: str, value: Any) -> str:
    """A ``str`` that C can take."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: a str, not {type(value).__name__}")
    if "\0" in value:
        raise ValueError(f"{name}: holds a NUL character")
    return value


def path_bytes(name: str, value: Any) -> bytes:
    """A path that C can take; ``~`` is the user's folder."""
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(f"{name}: a path, not {type(value).__name__}")
    raw = os.fsencode(os.path.expanduser(value))
    if b"\0" in raw:
        raise ValueError(f"{name}: holds a NUL character")
    return raw


def read_file(name: str, value: Any) -> bytes:
    """The bytes of a file, or an exception like those of the library."""
    file = os.fsdecode(path_bytes(name, value))
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except OSError as problem:
        error = ReadError(f"{file}: cannot be read: {problem.strerror}", "MSCHED_ERROR_IO")
        raise name_file(error, [file]) from None


def pair(name: str, value: Any) -> tuple[Any, Any]:
    """Two limits; ``None`` leaves one side open, or both if given alone."""
    if value is None:
        return None, None
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise TypeError(f"{name}: a pair, not {type(value).__name__}")
    values = tuple(value)
    if len(values) != 2:
        raise ValueError(f"{name}: a pair, not {len(values)} values")
    return values


class Unpicklable:
    """An object of C, immutable: its copies are itself, and it stays in its process."""

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> Any:
        raise TypeError(
            f"a {type(self).__name__} cannot be pickled: make it anew in the other process"
        )


class Keep:
    """C memory that must outlive a call."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def text(self, name: str, value: str) -> Any:
        """A NUL-ended copy."""
        self.items.append(ffi.new("char[]", text(name, value).encode("utf-8", "surrogatepass")))
        return self.items[-1]

    def texts(self, name: str, values: Texts) -> tuple[Any, int]:
        """An array of NUL-ended copies, and how many."""
        if values is None:
            return ffi.NULL, 0
        if not isinstance(values, Iterable):
            raise TypeError(f"{name}: a str or several, not {type(values).__name__}")
        listed = [values] if isinstance(values, str) else list(values)
        if not listed:
            raise ValueError(
                f"{name}: an empty list lets nothing through; leave it out to let everything"
                " through"
            )
        array = ffi.new("const char *[]", [self.text(name, value) for value in listed])
        self.items.append(array)
        return array, len(listed)


def _limits(name: str, value: Bounds | None, least: int, most: int) -> tuple[int, int]:
    """Bounds in which C's 0 means none."""
    low, high = pair(name, value)
    return (
        0 if low is None else whole(name, low, least, most),
        0 if high is None else whole(name, high, max(least, 1), most),
    )


def filter_of(keep: Keep, where: Where) -> Any:
    """A ``msched_filter *`` of the keyword arguments that every question takes; NULL where there
    are none.
    """
    if not where:
        return ffi.NULL
    for name in where:
        if name not in Where.__annotations__:
            raise TypeError(
                f"{name}: no such argument; a filter is one of {', '.join(Where.__annotations__)}"
            )
    out = ffi.new("msched_filter *")
    keep.items.append(out)
    lib.msched_filter_init(out, ffi.sizeof("msched_filter"))
    out.genres, out.genre_count = keep.texts("genre", where.get("genre"))
    out.subgenres, out.subgenre_count = keep.texts("subgenre", where.get("subgenre"))
    out.artists, out.artist_count = keep.texts("artist", where.get("artist"))
    out.playlists, out.playlist_count = keep.texts("playlist", where.get("playlist"))
    out.year_min, out.year_max = _limits("years", where.get("years"), 1, 9999)
    out.popularity_min, out.popularity_max = _limits("popularity", where.get("popularity"), 0, 100)
    features = where.get("features") or {}
    if not isinstance(features, Mapping):
        raise TypeError(f"features: a dict of pairs by name, not {type(features).__name__}")
    for name, bounds in features.items():
        if name not in FEATURES:
            raise ValueError(f"features: {name!r} is not one of {', '.join(FEATURES)}")
        index = FEATURES.index(name)
        low, high = pair("features", bounds)
        out.feature_mask |= 1 << index
        out.feature_min[index] = -float("inf") if low is None else real("features", low)
        out.feature_max[index] = float("inf") if high is None else real("features", high)
    out.exclude_zero = bool(where.get("exclude_zero"))
    out.exclude_january_first = bool(where.get("exclude_january_first"))
    out.allow_unknown = bool(where.get("allow_unknown"))
    return out
