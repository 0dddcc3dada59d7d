"""Listening histories in: what was heard, when and for how long."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date as Date
from typing import Any
from zoneinfo import ZoneInfo

from ._arguments import Keep, Unpicklable, path_bytes, whole
from ._catalog import Catalog
from ._errors import ReadError, check, name_file, take_text, text_of
from ._native import ffi, lib

Path = str | os.PathLike[str]


def _date(value: Date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()[:10]


class History(Unpicklable):
    """Plays in order of time. Immutable.

    >>> import json
    >>> play = {"endTime": "2026-11-21 12:00", "artistName": "Ana", "trackName": "Harbor"}
    >>> history = History.parse(json.dumps([{**play, "msPlayed": 90000}]))
    >>> history
    <History: 1 play of 1 song>
    >>> history.summary(timezone="Europe/Berlin")["songs"][0]["title"]
    'Harbor'
    """

    def __init__(self) -> None:
        raise TypeError("use History.read or History.parse")

    _handle: Any

    @classmethod
    def _of(cls, handle: Any) -> History:
        history = cls.__new__(cls)
        history._handle = ffi.gc(handle, lib.msched_history_unref)
        return history

    @classmethod
    def read(cls, paths: Path | Iterable[Path]) -> History:
        """Read files as one history: Spotify's ``StreamingHistory*.json`` and
        ``Streaming_History_Audio_*.json`` (also as CSV), histories of Last.fm, Tidal, YouTube
        Music, ListenBrainz and Apple Music, and schedules as JSON. A folder stands for the
        histories in it. A play that is in two files counts once.
        """
        if isinstance(paths, (str, bytes, os.PathLike)) or not isinstance(paths, Iterable):
            several = [paths]
        else:
            several = list(paths)
        names = [ffi.new("char[]", path_bytes("paths", path)) for path in several]
        out, err = ffi.new("msched_history **"), ffi.new("msched_error *")
        array = ffi.new("const char *[]", names)
        try:
            check(lib.msched_history_load_paths(out, array, len(names), ffi.NULL, err), err)
        except ReadError as error:
            files = [path for path in several if not os.path.isdir(path)]
            raise name_file(error, files) from None
        return cls._of(out[0])

    @classmethod
    def parse(cls, data: str | bytes) -> History:
        """Read the text of one file."""
        raw = data.encode() if isinstance(data, str) else data
        if not isinstance(raw, (bytes, bytearray)):
            raise TypeError(f"data: str or bytes, not {type(data).__name__}")
        out, err = ffi.new("msched_history **"), ffi.new("msched_error *")
        check(
            lib.msched_history_load_memory(out, bytes(raw), len(raw), ffi.NULL, ffi.NULL, err), err
        )
        return cls._of(out[0])

    @property
    def info(self) -> dict[str, int]:
        """How many plays, songs and artists there are, what was left out, and from when to when."""
        info = ffi.new("msched_history_info *")
        info.struct_size = ffi.sizeof("msched_history_info")
        lib.msched_history_get_info(self._handle, info)
        names = ("plays", "songs", "artists", "episodes", "duplicates", "unreadable")
        return {name: getattr(info, name) for name in (*names, "first_utc", "last_utc")}

    @property
    def remarks(self) -> list[str]:
        """What could not be read, at most 100, as ``"FILE:LINE: reason"``."""
        count = lib.msched_history_remark_count(self._handle)
        return [text_of(lib.msched_history_get_remark(self._handle, i)) for i in range(count)]

    def __len__(self) -> int:
        return self.info["plays"]

    def __repr__(self) -> str:
        info = self.info
        plays, songs = info["plays"], info["songs"]
        return f"<History: {plays} play{'s' * (plays != 1)} of {songs} song{'s' * (songs != 1)}>"

    def summary(
        self,
        *,
        timezone: str | ZoneInfo | None = None,
        start: Date | str | None = None,
        end: Date | str | None = None,
        min_played_s: int = 0,
        by_time: bool = False,
        limit: int = 10,
    ) -> dict[str, Any]:
        """What was played most, at which hours, weekdays and months, and streaks, as in JSON.

        Hours and days are on the clocks of ``timezone``, or in UTC. ``start`` and ``end`` are
        dates, both inclusive;
        ``min_played_s`` leaves shorter plays out; ``by_time`` ranks by the time played instead of
        the number of plays.
        """
        keep, options = Keep(), ffi.new("msched_history_summary_options *")
        lib.msched_history_summary_options_init(
            options, ffi.sizeof("msched_history_summary_options")
        )
        if timezone is not None:
            name = timezone.key if isinstance(timezone, ZoneInfo) else timezone
            options.timezone = keep.text("timezone", name)
        if start is not None:
            options.from_date = keep.text("start", _date(start))
        if end is not None:
            options.to_date = keep.text("end", _date(end))
        options.min_played_ms = 1000 * whole("min_played_s", min_played_s, 0, 86400)
        options.by_time = bool(by_time)
        options.limit = whole("limit", limit, 1, 1000000)
        out, err = ffi.new("msched_history_summary **"), ffi.new("msched_error *")
        check(lib.msched_history_summarize(out, self._handle, options, err), err)
        owned = ffi.gc(out[0], lib.msched_history_summary_unref)
        json_text = ffi.new("msched_text **")
        check(lib.msched_history_summary_to_json(owned, json_text, err), err)
        values: dict[str, Any] = json.loads(take_text(json_text[0]))
        return values

    def catalog(self, songs: Catalog | None = None) -> Catalog:
        """A catalog whose popularity is how often a song was played, 0 to 100 on a logarithmic
        scale.

        With ``songs`` it has the songs of that catalog; without, those of the history, of which
        only some have a length.
        """
        out, err = ffi.new("msched_catalog **"), ffi.new("msched_error *")
        given = ffi.NULL if songs is None else songs._handle
        check(lib.msched_history_to_catalog(out, self._handle, given, err), err)
        return Catalog(ffi.gc(out[0], lib.msched_catalog_unref))


def avoid_in(plan: Any, history: History, catalog: Catalog, days: int | None) -> Any:
    """The C plan whose fill avoids what the history has of the last days."""
    out, err = ffi.new("msched_plan **"), ffi.new("msched_error *")
    check(
        lib.msched_plan_avoid_history(
            out,
            plan,
            history._handle,
            catalog._handle,
            0 if days is None else whole("days", days, 1, 36500),
            ffi.NULL,
            err,
        ),
        err,
    )
    return ffi.gc(out[0], lib.msched_plan_unref)
