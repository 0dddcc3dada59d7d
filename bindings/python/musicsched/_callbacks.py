"""Progress, cancelling and reading: Python callables that the library calls back.

The library calls back on the thread that called it, so what a callback belongs to is the thread's
innermost running call.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from ._errors import check
from ._native import ffi, lib

Progress = bool | Callable[[int, int], object] | None


class _Running(threading.local):
    call: Call | None = None


_running = _Running()


class _Encoded:
    """A text file as one of bytes in UTF-8."""

    def __init__(self, file: io.TextIOBase) -> None:
        self.file = file
        self.name = getattr(file, "name", None)

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes."""
        return self.file.read(max(1, size // 4)).encode("utf-8", "surrogatepass")


class Call:
    """One call into the library: what it may call back, and the exception that stopped it.

    Run the C function inside ``with``, then hand its outcome to :meth:`take`.
    """

    def __init__(self, progress: Progress = None, unit: str = "", reader: Any = None) -> None:
        self.bar: Any = None
        self.progress = self._show_of(progress, unit)
        self.reader = _Encoded(reader) if isinstance(reader, io.TextIOBase) else reader
        self.raised: BaseException | None = None
        self.outer: Call | None = None

    def _show_of(self, progress: Progress, unit: str) -> Callable[[int, int], object] | None:
        """True means a tqdm bar where tqdm is installed."""
        if progress is None or progress is False:
            return None
        if progress is not True:
            if not callable(progress):
                raise TypeError(
                    "progress: True, False or a callable taking done and total, not"
                    f" {type(progress).__name__}"
                )
            return progress
        try:
            from tqdm.auto import tqdm
        except ImportError:
            return None
        self.bar = tqdm(unit=unit, unit_scale=True)
        return self._advance

    def _advance(self, done: int, total: int) -> None:
        self.bar.total = total or None
        self.bar.update(done - self.bar.n)

    @property
    def needs_cancel(self) -> bool:
        """Whether something can stop it: a callback of the caller, or Ctrl-C, which only the main
        thread hears of.
        """
        return (
            self.progress is not None
            or self.reader is not None
            or threading.current_thread() is threading.main_thread()
        )

    def __enter__(self) -> Call:
        self.outer, _running.call = _running.call, self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exception: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _running.call = self.outer
        if self.bar is not None:
            self.bar.close()

    def take(self, result: int, out: Any, err: Any, unref: Any, complete: bool = False) -> Any:
        """The new object of a finished C call; raises the callback's exception, or that of ``err``
        (see ``check``).
        """
        handle = ffi.gc(out[0], unref) if out[0] else None
        if self.raised is not None:
            try:
                raise self.raised
            finally:
                self.raised = None
        check(result, err, complete)
        return handle


def _on_error(kind: type[BaseException], exception: BaseException, trace: TracebackType) -> None:
    call = _running.call
    if call is not None and call.raised is None:
        call.raised = exception


@ffi.def_extern(error=1, onerror=_on_error)  # type: ignore[untyped-decorator]
def msched_py_cancel(ctx: Any) -> int:
    # Python delivers Ctrl-C while this runs; the exception then stops the work.
    call = _running.call
    return 0 if call is None or call.raised is None else 1


@ffi.def_extern(onerror=_on_error)  # type: ignore[untyped-decorator]
def msched_py_progress(ctx: Any, done: int, total: int) -> None:
    call = _running.call
    if call is not None and call.progress is not None and call.raised is None:
        call.progress(done, total)


@ffi.def_extern(error=-1, onerror=_on_error)  # type: ignore[untyped-decorator]
def msched_py_read(ctx: Any, buffer: Any, size: int) -> int:
    call = _running.call
    assert call is not None
    data = call.reader.read(size)
    if data is None:
        raise BlockingIOError("path_or_buffer: read() has no data yet: give a blocking file")
    if isinstance(data, str):
        raise TypeError("path_or_buffer: a file opened in binary mode: open(path, 'rb')")
    taken = memoryview(data)
    if taken.nbytes > size:
        raise ValueError("path_or_buffer: read() returned more bytes than asked for")
    ffi.memmove(buffer, data, taken.nbytes)
    return taken.nbytes


CANCEL = lib.msched_py_cancel
PROGRESS = lib.msched_py_progress
READ = lib.msched_py_read
