"""Arrow C structs: capsules in both directions, and columns as NumPy arrays or Python lists."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from typing import Any

from ._errors import check
from ._native import ffi, lib

_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_capsule_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_capsule_pointer.restype = ctypes.c_void_p
_capsule_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]

# NumPy's and memoryview's letter of each fixed-width Arrow format.
_NUMPY = {"c": "i1", "C": "u1", "s": "i2", "S": "u2", "i": "i4", "I": "u4", "l": "i8", "L": "u8", "f": "f4", "g": "f8"}
_MEMORY = {"c": "b", "C": "B", "s": "h", "S": "H", "i": "i", "I": "I", "l": "q", "L": "Q", "f": "f", "g": "d"}

Export = Callable[[Any, Any], int]


def stream_capsule(export: Export) -> object:
    """A PyCapsule "arrow_array_stream" filled by ``export(stream, err)``."""
    stream = ffi.cast("struct ArrowArrayStream *", lib.msched_py_new_stream())
    if stream == ffi.NULL:
        raise MemoryError
    capsule = _new_capsule(int(ffi.cast("uintptr_t", stream)), b"arrow_array_stream", lib.msched_py_stream_capsule_destructor())
    err = ffi.new("msched_error *")
    check(export(stream, err), err)
    return capsule


def stream_of(table: Any) -> tuple[Any, object]:
    """The ``struct ArrowArrayStream *`` of an object with ``__arrow_c_stream__``, and the capsule that keeps it alive."""
    method = getattr(table, "__arrow_c_stream__", None)
    if method is None:
        raise TypeError(f"table: {type(table).__name__} has no __arrow_c_stream__; pass a pandas, Polars, pyarrow or DuckDB table")
    capsule = method()
    return ffi.cast("struct ArrowArrayStream *", _capsule_pointer(capsule, b"arrow_array_stream")), capsule


class Column:
    """One column of a batch: its Arrow array, kept alive by ``owner``."""

    def __init__(self, name: str, schema: Any, array: Any, owner: object) -> None:
        self.name = name
        self._schema, self._array, self._owner = schema, array, owner
        self.format: str = ffi.string(schema.format).decode()
        self.dictionary: Column | None = None
        if schema.dictionary != ffi.NULL:
            self.dictionary = Column(name, schema.dictionary, array.dictionary, owner)

    def __len__(self) -> int:
        return int(self._array.length)

    @property
    def null_count(self) -> int:
        return int(self._array.null_count)

    def _bytes(self, buffer: int, size: int) -> memoryview:
        pointer = self._array.buffers[buffer]
        if size == 0 or pointer == ffi.NULL:
            return memoryview(b"")
        # The buffer keeps the batch alive: ffi.buffer only knows the address.
        view = ffi.buffer(ffi.gc(ffi.cast("char *", pointer), lambda _pointer, owner=self._owner: None), size)
        return memoryview(view).toreadonly()

    def valid(self) -> list[bool] | None:
        """One flag a row, or ``None`` where nothing is null."""
        if self.null_count == 0:
            return None
        bits = self._bytes(0, (len(self) + 7) // 8)
        return [bool(bits[i >> 3] >> (i & 7) & 1) for i in range(len(self))]

    def to_list(self) -> list[Any]:
        """Values as Python objects, ``None`` for null."""
        if self.dictionary is not None:
            values = self.dictionary.to_list()
            codes = self._bytes(1, 4 * len(self)).cast("i")
            return [values[code] if code >= 0 else None for code in codes]
        result: list[Any]
        if self.format == "u":
            offsets = self._bytes(1, 4 * (len(self) + 1)).cast("i")
            data = bytes(self._bytes(2, offsets[len(self)] if len(self) else 0))
            if data.isascii():
                text = data.decode("ascii")
                result = [text[a:b] for a, b in zip(offsets[:-1], offsets[1:])]
            else:
                result = [data[a:b].decode() for a, b in zip(offsets[:-1], offsets[1:])]
        else:
            letter = _MEMORY[self.format]
            result = self._bytes(1, len(self) * struct.calcsize(letter)).cast(letter).tolist()
        valid = self.valid()
        return result if valid is None else [value if ok else None for value, ok in zip(result, valid)]

    def to_numpy(self) -> Any:
        """A read-only NumPy array: numbers without a copy, texts as objects, nulls as NaN or ``None``."""
        import numpy as np

        if self.dictionary is not None:
            values = np.append(self.dictionary.to_numpy(), None)
            result = values[np.frombuffer(self._bytes(1, 4 * len(self)), dtype="i4")]
        elif self.format == "u":
            result = np.empty(len(self), dtype=object)
            result[:] = self.to_list()
        else:
            dtype = np.dtype(_NUMPY[self.format])
            result = np.frombuffer(self._bytes(1, len(self) * dtype.itemsize), dtype=dtype)
            if self.null_count and self.format != "g":
                result = np.where(np.array(self.valid()), result, np.nan)
        result.setflags(write=False)
        return result

    def to_pandas(self) -> Any:
        """A pandas array: dictionaries as Categorical, nulls in whole numbers as a nullable type."""
        import numpy as np
        import pandas as pd

        if self.dictionary is not None:
            codes = np.frombuffer(self._bytes(1, 4 * len(self)), dtype="i4")
            return pd.Categorical.from_codes(codes, categories=self.dictionary.to_pandas())
        if self.format == "u" and int(pd.__version__.split(".")[0]) >= 3:
            return self._to_pandas_str()
        if self.null_count and self.format in "cCsSiIlL":
            mask = ~np.array(self.valid(), dtype=bool)
            data = np.frombuffer(self._bytes(1, len(self) * np.dtype(_NUMPY[self.format]).itemsize), dtype=_NUMPY[self.format])
            return pd.arrays.IntegerArray(np.where(mask, data.dtype.type(0), data), mask)
        return self.to_numpy()

    def _to_pandas_str(self) -> Any:
        """pandas 3's own text type, without making a Python object of every text where pyarrow is installed."""
        import pandas as pd

        try:
            import pyarrow as pa
        except ImportError:
            return pd.array(self.to_numpy(), dtype="str")
        buffers = [None if size == 0 else pa.py_buffer(self._bytes(buffer, size)) for buffer, size in self._sizes()]
        text = pa.StringArray.from_buffers(len(self), buffers[1], buffers[2], buffers[0], self.null_count)
        return pd.array(text, dtype="str")

    def _sizes(self) -> list[tuple[int, int]]:
        """Buffer numbers and sizes in bytes of a text column."""
        offsets = self._bytes(1, 4 * (len(self) + 1)).cast("i")
        return [(0, (len(self) + 7) // 8 if self.null_count else 0), (1, 4 * (len(self) + 1)), (2, offsets[len(self)])]


class Batch:
    """The one record batch of an export, as columns by name."""

    def __init__(self, export: Export) -> None:
        stream = ffi.new("struct ArrowArrayStream *")
        err = ffi.new("msched_error *")
        check(export(stream, err), err)
        self._schema = ffi.gc(ffi.new("struct ArrowSchema *"), lib.msched_py_drop_schema)
        self._array = ffi.gc(ffi.new("struct ArrowArray *"), lib.msched_py_drop_array)
        try:
            if stream.get_schema(stream, self._schema) != 0 or stream.get_next(stream, self._array) != 0:
                raise MemoryError
        finally:
            stream.release(stream)
        self.length = int(self._array.length)
        self.columns: dict[str, Column] = {}
        for i in range(self._schema.n_children):
            name = ffi.string(self._schema.children[i].name).decode()
            self.columns[name] = Column(name, self._schema.children[i], self._array.children[i], self)
