"""Exceptions, and turning the library's errors into them."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable
from typing import Any

from ._native import ffi, lib


class MusicschedError(Exception):
    """An error of the library.

    Attributes: ``code`` (the name of the C result code, such as ``"MSCHED_ERROR_VALUE"``), ``line``
    and ``column`` (1-based, ``None`` if they do not apply).
    """

    def __init__(
        self,
        message: str,
        code: str = "MSCHED_ERROR_VALUE",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return str(self.args[0])

    def _state(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_again, (type(self), self.args, self._state())


def _made_again(
    kind: type[MusicschedError], args: tuple[Any, ...], state: dict[str, Any]
) -> MusicschedError:
    """The copy of an exception, whatever its constructor takes."""
    error = kind.__new__(kind, *args)
    error.args = args
    for name, value in state.items():
        setattr(error, name, value)
    return error


class InputError(MusicschedError, ValueError):
    """The data has invalid syntax, an invalid encoding, values out of range, or contradictions."""


class ArgumentError(MusicschedError, ValueError):
    """An argument is out of range or unknown."""


class NotFoundError(MusicschedError, LookupError):
    """The requested object does not exist."""


class LimitError(MusicschedError, ValueError):
    """The input is larger than allowed."""


class ReadError(MusicschedError, OSError):
    """A file or stream could not be read.

    If you passed a path, ``errno`` and ``filename`` come from the operating system. The exception
    is then also a ``FileNotFoundError``, a ``PermissionError`` or an ``IsADirectoryError``.
    """

    def _state(self) -> dict[str, Any]:
        place = {name: getattr(self, name) for name in ("errno", "strerror", "filename")}
        return super()._state() | place


class MissingFileError(ReadError, FileNotFoundError):
    """The file does not exist."""


class ForbiddenFileError(ReadError, PermissionError):
    """You do not have permission to read the file."""


class FolderError(ReadError, IsADirectoryError):
    """The path is a folder."""


_READ_CLASSES: dict[type[OSError], type[ReadError]] = {
    FileNotFoundError: MissingFileError,
    PermissionError: ForbiddenFileError,
    IsADirectoryError: FolderError,
}


def name_file(error: ReadError, paths: Iterable[Any]) -> ReadError:
    """The error, with what the operating system says of the first path that cannot be read."""
    for path in paths:
        try:
            mode = os.stat(path).st_mode
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
            if stat.S_ISREG(mode):  # a pipe would have to be waited for
                open(path, "rb").close()
        except OSError as problem:
            named = _READ_CLASSES.get(type(problem), ReadError)(
                str(error), error.code, error.line, error.column
            )
            named.errno, named.strerror = problem.errno, problem.strerror
            named.filename = problem.filename
            return named
    return error


class CancelledError(MusicschedError):
    """A callback asked to stop."""


class PlanTextError(InputError):
    """A plan text with errors; ``diagnostics`` has all of them, with warnings and notes."""

    def __init__(
        self, message: str, code: str, line: int | None, column: int | None, diagnostics: list[Any]
    ) -> None:
        super().__init__(message, code, line, column)
        self.diagnostics = diagnostics


_CLASSES: dict[int, type[MusicschedError]] = {
    lib.MSCHED_ERROR_ARGUMENT: ArgumentError,
    lib.MSCHED_ERROR_IO: ReadError,
    lib.MSCHED_ERROR_CANCELLED: CancelledError,
    lib.MSCHED_ERROR_LIMIT: LimitError,
    lib.MSCHED_ERROR_NOT_FOUND: NotFoundError,
}


def text_of(pointer: Any) -> str:
    """A borrowed C string as ``str``."""
    return str(ffi.string(pointer).decode("utf-8", "replace"))


def take_text(handle: Any) -> str:
    """The contents of a ``msched_text``, which is dropped."""
    try:
        return bytes(
            ffi.buffer(lib.msched_text_data(handle), lib.msched_text_size(handle))
        ).decode()
    finally:
        lib.msched_text_unref(handle)


def _in_python(message: str) -> str:
    """What the library calls its options is what they are called here."""
    message = re.sub(
        r'set columns(, for example)? "([^"=]+)=([^"]*)"',
        lambda m: f'set columns{m[1] + " columns" if m[1] else ""}={{"{m[2]}": "{m[3]}"}}',
        message,
    )
    message = message.replace(
        "name the columns, or set skip_bad_rows", "set columns, or skip_bad_rows=True"
    )
    return message.replace("set skip_bad_rows", "set skip_bad_rows=True")


def error_parts(err: Any, complete: bool = False) -> tuple[str, str, int | None, int | None]:
    """Message, code name, line and column of a filled ``msched_error``; the place goes in front of
    a message not ``complete``.
    """
    line, column = err.line or None, err.column or None
    message = _in_python(text_of(err.message))
    if line and not complete:
        message = (
            f"line {line}, column {column}: {message}" if column else f"line {line}: {message}"
        )
    return message, text_of(lib.msched_result_name(err.code)), line, column


def check(result: int, err: Any, complete: bool = False) -> None:
    """Raise the error in ``err`` unless ``result`` is MSCHED_OK."""
    if result == lib.MSCHED_OK:
        return
    if result == lib.MSCHED_ERROR_MEMORY:
        raise MemoryError("musicsched: out of memory")
    raise _CLASSES.get(result, InputError)(*error_parts(err, complete))
