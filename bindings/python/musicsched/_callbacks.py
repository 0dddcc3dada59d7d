"""Progress, cancelling and reading: Python callables that the library calls back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ._native import ffi, lib


class Call:
    """What one call into the library may call back, and the exception that stopped it."""

    def __init__(self, progress: Callable[[int, int], object] | None = None, reader: Any = None) -> None:
        self.progress = progress
        self.reader = reader
        self.raised: BaseException | None = None

    @contextmanager
    def running(self) -> Iterator[Any]:
        """Yield the ``ctx`` pointer for the C call; afterwards raise what a callback raised."""
        handle = ffi.new_handle(self)
        yield handle
        if self.raised is not None:
            raise self.raised


def _remember(ctx: Any, exception: BaseException) -> None:
    call: Call = ffi.from_handle(ctx)
    if call.raised is None:
        call.raised = exception


def _on_error(exception_type: type[BaseException], exception: BaseException, traceback: Any) -> None:
    frame = traceback.tb_frame
    _remember(frame.f_locals["ctx"], exception)


@ffi.def_extern(error=1, onerror=_on_error)
def msched_py_cancel(ctx: Any) -> int:
    # Python delivers Ctrl-C while this runs; the exception then stops the work.
    return 1 if ffi.from_handle(ctx).raised is not None else 0


@ffi.def_extern(onerror=_on_error)
def msched_py_progress(ctx: Any, done: int, total: int) -> None:
    progress = ffi.from_handle(ctx).progress
    if progress is not None:
        progress(done, total)


@ffi.def_extern(error=-1, onerror=_on_error)
def msched_py_read(ctx: Any, buffer: Any, size: int) -> int:
    data = ffi.from_handle(ctx).reader.read(size)
    if isinstance(data, str):
        raise TypeError("the file must be opened in binary mode: open(path, 'rb')")
    if len(data) > size:
        raise ValueError("read() returned more bytes than asked for")
    ffi.memmove(buffer, data, len(data))
    return len(data)


CANCEL = lib.msched_py_cancel
PROGRESS = lib.msched_py_progress
READ = lib.msched_py_read
