"""Playlists: files and lists of songs as the wanted songs of a day."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from ._arguments import Keep, read_file, whole
from ._errors import check, take_text
from ._native import ffi, lib

Songs = str | os.PathLike[str] | bytes | Iterable[str | Mapping[str, Any]]


def _bytes_of(songs: Songs) -> bytes:
    """The bytes of a file, bytes as they are, or a list of songs as JSON."""
    if isinstance(songs, (bytes, bytearray)):
        return bytes(songs)
    if isinstance(songs, (str, os.PathLike)):
        return read_file("songs", songs)
    if not isinstance(songs, Iterable):
        raise TypeError(f"songs: a path, bytes or a list of songs, not {type(songs).__name__}")
    items = [song if isinstance(song, str) else dict(song) for song in songs]
    return json.dumps(items).encode()


class Match:
    """The songs of a catalog that match a playlist."""

    def __init__(self, catalog: Any, songs: Songs, only: str | None) -> None:
        raw, keep = _bytes_of(songs), Keep()
        options = ffi.new("msched_playlist_options *")
        lib.msched_playlist_options_init(options, ffi.sizeof("msched_playlist_options"))
        if only is not None:
            options.only = keep.text("only", only)
        playlist, err = ffi.new("msched_playlist **"), ffi.new("msched_error *")
        check(lib.msched_playlist_read(playlist, raw, len(raw), options, err), err)
        owned = ffi.gc(playlist[0], lib.msched_playlist_unref)
        match = ffi.new("msched_playlist_match **")
        check(lib.msched_playlist_match_make(match, owned, catalog, err), err)
        self._handle = ffi.gc(match[0], lib.msched_playlist_match_unref)

    def values(self) -> dict[str, Any]:
        """As in JSON."""
        out, err = ffi.new("msched_text **"), ffi.new("msched_error *")
        check(lib.msched_playlist_match_to_json(self._handle, out, err), err)
        values: dict[str, Any] = json.loads(take_text(out[0]))
        return values

    def add_to(self, plan: Any, must: bool, weight: int, limit: int | None) -> Any:
        """The C plan with the songs."""
        use = ffi.new("msched_playlist_use *")
        lib.msched_playlist_use_init(use, ffi.sizeof("msched_playlist_use"))
        use.must, use.weight = bool(must), whole("weight", weight, 0, 1000)
        use.limit = 0 if limit is None else whole("limit", limit, 1, lib.MSCHED_PLAN_MAX_SONGS)
        out, err = ffi.new("msched_plan **"), ffi.new("msched_error *")
        check(lib.msched_plan_add_playlist(out, plan, self._handle, use, ffi.NULL, err), err)
        return ffi.gc(out[0], lib.msched_plan_unref)


def can_read_xml() -> bool:
    """Whether XSPF and iTunes playlists can be read, which needs a library built with expat."""
    return bool(lib.msched_playlist_can_read_xml())
