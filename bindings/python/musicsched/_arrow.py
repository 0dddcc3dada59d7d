"""Arrow C structs: capsules in both directions, and columns as NumPy arrays or Python lists."""

from __future__ import annotations

import ctypes
import datetime
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

# NumPy's dtype and the C type of each fixed-width Arrow format.
_NUMPY = {
    "c": "i1",
    "C": "u1",
    "s": "i2",
    "S": "u2",
    "i": "i4",
    "I": "u4",
    "l": "i8",
    "L": "u8",
    "f": "f4",
    "g": "f8",
    "tdD": "i4",
}
_C = {
    letter: ffi.typeof(name + " *")
    for letter, name in {
        "c": "int8_t",
        "C": "uint8_t",
        "s": "int16_t",
        "S": "uint16_t",
        "i": "int32_t",
        "I": "uint32_t",
        "l": "int64_t",
        "L": "uint64_t",
        "f": "float",
        "g": "double",
        "tdD": "int32_t",
    }.items()
}
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_CHARS, _BYTES, _OFFSETS = ffi.typeof("char *"), _C["C"], _C["i"]

# Capsules keep only the address of their names.
_STREAM, _SCHEMA = b"arrow_array_stream", b"arrow_schema"

Export = Callable[[Any, Any], int]
# Format, length, number of nulls, buffers, and dictionary or items of a column.
Packed = tuple[str, int, int, list[bytes | None], "Packed | None"]


def _capsule(name: bytes, pointer: Any, destructor: int) -> object:
    return _new_capsule(int(ffi.cast("uintptr_t", pointer)), name, destructor)


def stream_capsule(export: Export) -> object:
    """A PyCapsule "arrow_array_stream" filled by ``export(stream, err)``."""
    stream = ffi.cast("struct ArrowArrayStream *", lib.msched_py_new_stream())
    if not stream:
        raise MemoryError
    capsule = _capsule(_STREAM, stream, lib.msched_py_stream_capsule_destructor())
    err = ffi.new("msched_error *")
    check(export(stream, err), err)
    return capsule


def schema_capsule(export: Export) -> object:
    """A PyCapsule "arrow_schema" of what ``export(stream, err)`` gives."""
    schema = ffi.cast("struct ArrowSchema *", lib.msched_py_new_schema())
    if not schema:
        raise MemoryError
    capsule = _capsule(_SCHEMA, schema, lib.msched_py_schema_capsule_destructor())
    stream, err = ffi.new("struct ArrowArrayStream *"), ffi.new("msched_error *")
    check(export(stream, err), err)
    try:
        if stream.get_schema(stream, schema) != 0:
            raise MemoryError
    finally:
        stream.release(stream)
    return capsule


def stream_of(table: Any) -> tuple[Any, object]:
    """The ``struct ArrowArrayStream *`` of an object with ``__arrow_c_stream__``, and the capsule
    that keeps it alive.
    """
    method = getattr(table, "__arrow_c_stream__", None)
    if method is None:
        raise TypeError(
            f"table: {type(table).__name__} has no __arrow_c_stream__; pass a pandas, Polars,"
            " pyarrow or DuckDB table, a mapping of columns, or a list of mappings"
        )
    capsule = method()
    return ffi.cast("struct ArrowArrayStream *", _capsule_pointer(capsule, _STREAM)), capsule


class Column:
    """One column of a batch: its Arrow array, kept alive by ``owner``.

    The library's arrays begin at offset 0.
    """

    def __init__(self, schema: Any, array: Any, owner: object) -> None:
        self._array, self._owner = array, owner
        self._length = array.length
        self.null_count: int = array.null_count
        self.format: str = ffi.string(schema.format).decode()
        self.dictionary = (
            Column(schema.dictionary, array.dictionary, owner) if schema.dictionary else None
        )
        self.items: Column | None = (
            Column(schema.children[0], array.children[0], owner) if self.format == "+l" else None
        )

    def pack(self, rows: int | None = None) -> Packed:
        """What pickle takes of the first rows: format, length, nulls, buffers and dictionary."""
        length = int(self._length if rows is None else rows)
        known = (length + 7) // 8 if self._array.buffers[0] else None
        inside = None if self.dictionary is None else self.dictionary.pack()
        sizes: list[int | None]
        if self.format in ("u", "+l"):
            end = self._pointer(1, _OFFSETS)[length]
            sizes = [known, 4 * (length + 1)] + ([end] if self.items is None else [])
            inside = None if self.items is None else self.items.pack(end)
        else:
            sizes = [known, length * ffi.sizeof(_C[self.format].item)]
        nulls = self.null_count
        if nulls and length < self._length:
            nulls = self._known(0, length).count("0")
        return (
            self.format,
            length,
            nulls,
            [
                None if size is None else bytes(self._buffer(i, size))
                for i, size in enumerate(sizes)
            ],
            inside,
        )

    def __len__(self) -> int:
        return int(self._length)

    @property
    def is_text(self) -> bool:
        """Texts, directly or by a dictionary."""
        return (self.dictionary or self).format == "u"

    def _pointer(self, buffer: int, ctype: Any) -> Any:
        return ffi.cast(ctype, self._array.buffers[buffer])

    def _buffer(self, number: int, size: int) -> memoryview:
        """A buffer as read-only memory that keeps the batch alive for as long as it is used."""
        if size == 0:
            return memoryview(b"")
        pointer = ffi.gc(self._pointer(number, _CHARS), lambda _pointer, owner=self._owner: None)
        return memoryview(ffi.buffer(pointer, size)).toreadonly()

    def _known(self, start: int, stop: int) -> str:
        """One character a row, "0" for null."""
        bits = int.from_bytes(
            ffi.buffer(self._pointer(0, _CHARS), (self._length + 7) // 8), "little"
        )
        count = stop - start
        return f"{bits >> start & (1 << count) - 1:0{count}b}"[::-1]

    def to_list(self, start: int = 0, stop: int | None = None) -> list[Any]:
        """Values as Python objects, ``None`` for null."""
        stop = self._length if stop is None else min(stop, self._length)
        if start >= stop:
            return []
        if self.dictionary is not None:
            codes: list[int] = ffi.unpack(self._pointer(1, _OFFSETS) + start, stop - start)
            if stop - start < len(self.dictionary):
                one = self.dictionary
                return [one.to_list(code, code + 1)[0] if code >= 0 else None for code in codes]
            values = self.dictionary.to_list()
            return [values[code] if code >= 0 else None for code in codes]
        if self.items is not None:
            return self._lists(start, stop)
        if self.format == "u":
            result = self._texts(start, stop)
        else:
            result = ffi.unpack(self._pointer(1, _C[self.format]) + start, stop - start)
        if self.format == "tdD":
            result = [datetime.date.fromordinal(_EPOCH + days) for days in result]
        if self.null_count == 0:
            return result
        return [
            None if bit == "0" else value for value, bit in zip(result, self._known(start, stop))
        ]

    def _lists(self, start: int, stop: int) -> list[Any]:
        assert self.items is not None
        offsets = ffi.unpack(self._pointer(1, _OFFSETS) + start, stop - start + 1)
        items = self.items.to_list(offsets[0], offsets[-1])
        return [items[a - offsets[0] : b - offsets[0]] for a, b in zip(offsets, offsets[1:])]

    def _texts(self, start: int, stop: int) -> list[Any]:
        offsets = ffi.unpack(self._pointer(1, _OFFSETS) + start, stop - start + 1)
        first = offsets[0]
        size = offsets[-1] - first
        data: bytes = ffi.unpack(self._pointer(2, _CHARS) + first, size) if size else b""
        if first:
            offsets = [offset - first for offset in offsets]
        if data.isascii():
            text = data.decode("ascii")
            return [text[a:b] for a, b in zip(offsets, offsets[1:])]
        return [data[a:b].decode() for a, b in zip(offsets, offsets[1:])]

    def _values(self, np: Any) -> Any:
        """Numbers or codes as a read-only array over the C memory."""
        dtype = np.dtype(_NUMPY[self.format])
        return np.frombuffer(self._buffer(1, self._length * dtype.itemsize), dtype=dtype)

    def _mask(self, np: Any) -> Any:
        """True where null."""
        bits = np.frombuffer(self._buffer(0, (self._length + 7) // 8), dtype="u1")
        return np.unpackbits(bits, count=self._length, bitorder="little") == 0

    def to_numpy(self) -> Any:
        """A read-only NumPy array: numbers without a copy, dates as datetime64, texts and lists as
        objects, nulls as NaN, NaT or ``None``.
        """
        import numpy as np

        if self.dictionary is not None:
            values: Any = np.empty(
                len(self.dictionary) + 1, dtype=object
            )  # the last one, None, is that of code -1
            values[:-1] = self.dictionary.to_list()
            result = values[self._values(np)]
        elif self.items is not None:
            result = np.empty(self._length, dtype=object)
            items = self.items.to_numpy().tolist()
            ends = ffi.unpack(self._pointer(1, _OFFSETS), self._length + 1)
            for row in range(self._length):
                result[row] = items[ends[row] : ends[row + 1]]
        elif self.format == "u":
            result = np.empty(self._length, dtype=object)
            objects = ffi.cast("void **", result.__array_interface__["data"][0])
            if (
                lib.msched_py_make_texts(
                    objects, self._pointer(2, _CHARS), self._pointer(1, _OFFSETS), self._length
                )
                != 0
            ):
                raise MemoryError
            if self.null_count:
                result[self._mask(np)] = None
        elif self.format == "tdD":
            result = self._values(np).astype("datetime64[D]")
            if self.null_count:
                result[self._mask(np)] = np.datetime64("NaT")
        else:
            result = self._values(np)
            if self.null_count and self.format != "g":
                result = np.where(self._mask(np), np.nan, result)
        result.setflags(write=False)
        return result

    def _shared_lists(self, np: Any, texts: Column) -> Any:
        """The lists of all rows. Rows with the same text beside them share one, because making a
        list for each row takes most of the time.
        """
        assert self.items is not None
        codes = texts._values(np)
        first = np.zeros(codes.max(initial=-1) + 2, dtype="i8")  # the last one is that of code -1
        first[codes[::-1]] = np.arange(self._length - 1, -1, -1)
        starts = np.frombuffer(self._buffer(1, 4 * (self._length + 1)), dtype="i4")
        ends = ffi.unpack(self.items._pointer(1, _OFFSETS), self.items._length + 1)
        data: bytes = ffi.unpack(self.items._pointer(2, _CHARS), ends[-1]) if ends[-1] else b""
        used = np.zeros(len(first), dtype=bool)
        used[codes] = True
        (places,) = used.nonzero()
        rows = first[places]
        lists = np.empty(len(first), dtype=object)
        for place, start, stop in zip(
            places.tolist(), starts[rows].tolist(), starts[rows + 1].tolist()
        ):
            lists[place] = [data[ends[i] : ends[i + 1]].decode() for i in range(start, stop)]
        return lists[codes]

    def to_pandas(self, distinct: bool = False, texts: Column | None = None) -> Any:
        """A pandas array: dictionaries as Categorical, dates as datetime64[s], which has all years
        of the catalog, and whole numbers as int64, nullable where there are nulls. ``distinct``: no
        text is in the dictionary twice. ``texts``: the column of the texts that lists are made
        from.

        The small and unsigned types of the columns would wrap round in arithmetic, as pandas users
        do not expect.
        """
        import numpy as np
        import pandas as pd

        if self.dictionary is not None:
            codes = self._values(np)
            dtype = self.dictionary._categories(distinct)
            if dtype is not None:
                return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)
            categories = pd.Index(self.dictionary.to_pandas())
            if not categories.is_unique:  # "A;B" and "A, B" are two texts, but read the same
                places, categories = pd.factorize(categories)
                codes = np.where(codes < 0, -1, places[codes])
            return pd.Categorical.from_codes(codes, categories=categories)
        if self.format == "u" and int(pd.__version__.split(".")[0]) >= 3:
            return self._to_pandas_str()
        if self.items is not None and int(pd.__version__.split(".")[0]) >= 3:
            return self._to_pandas_lists(texts)
        if self.format == "tdD":
            return pd.array(self.to_numpy().astype("datetime64[s]"))
        if self.format in "cCsSiIlL":
            values = self._values(np).astype("i8")
            if not self.null_count:
                return values
            mask = self._mask(np)
            values[mask] = 0
            return pd.arrays.IntegerArray(values, mask)
        return self.to_numpy()

    def _to_pandas_lists(self, texts: Column | None) -> Any:
        """Lists of texts as pyarrow's array where it is installed, otherwise as objects."""
        import numpy as np
        import pandas as pd

        try:
            import pyarrow as pa
        except ImportError:
            plain = self.items is not None and self.items.format == "u"
            if not plain or self.null_count or texts is None or texts.dictionary is None:
                return self.to_numpy()
            return self._shared_lists(np, texts)
        items = self.items
        if items is None or items.format != "u" or items.null_count or self.null_count:
            return self.to_numpy()
        size = items._pointer(1, _OFFSETS)[items._length]
        texts = pa.StringArray.from_buffers(
            items._length,
            pa.py_buffer(items._buffer(1, 4 * (items._length + 1))),
            pa.py_buffer(items._buffer(2, size)),
        )
        offsets = pa.py_buffer(self._buffer(1, 4 * (self._length + 1)))
        lists = pa.ListArray.from_buffers(
            pa.list_(pa.string()), self._length, [None, offsets], children=[texts]
        )
        return pd.arrays.ArrowExtensionArray(lists)

    def _categories(self, distinct: bool) -> Any:
        """The dtype of a Categorical with these categories, or ``None``.

        pandas makes a Python object of each category to see that none is there twice, which takes
        most of the time. pyarrow sees it sooner; where pandas has no way to be told, it looks
        itself.
        """
        import pandas as pd

        try:
            import pyarrow.compute as pc

            make = pd.CategoricalDtype._from_fastpath
        except (ImportError, AttributeError):
            return None
        if self.format != "u" or int(pd.__version__.split(".")[0]) < 3:
            return None
        texts = self._to_pandas_str()
        array = getattr(texts, "_pa_array", None)
        if array is None or self.null_count:
            return None
        if not distinct and len(pc.unique(array)) != len(texts):
            return None
        return make(pd.Index(texts), ordered=False)

    def _to_pandas_str(self) -> Any:
        """pandas 3's own text type, without making a Python object of every text where pyarrow is
        installed.
        """
        import pandas as pd

        try:
            import pyarrow as pa
        except ImportError:
            return pd.array(self.to_numpy(), dtype="str")
        size = self._pointer(1, _OFFSETS)[self._length]
        valid = pa.py_buffer(self._buffer(0, (self._length + 7) // 8)) if self.null_count else None
        offsets = pa.py_buffer(self._buffer(1, 4 * (self._length + 1)))
        text = pa.StringArray.from_buffers(
            self._length, offsets, pa.py_buffer(self._buffer(2, size)), valid, self.null_count
        )
        return pd.array(text, dtype="str")


class _Owned:
    """A batch in Python's own memory, for tables that were pickled."""

    def __init__(self, length: int, columns: dict[str, Packed]) -> None:
        self._kept: list[Any] = []
        parts = [self._column(name, packed) for name, packed in columns.items()]
        self._schema, self._array = self._node("+s", "", length, 0, [None])
        self._add_children(self._schema, self._array, parts)

    def _add_children(self, schema: Any, array: Any, parts: list[tuple[Any, Any]]) -> None:
        for whole, kind, side in (
            (schema, "struct ArrowSchema *[]", 0),
            (array, "struct ArrowArray *[]", 1),
        ):
            whole.n_children, whole.children = (
                len(parts),
                self._keep(ffi.new(kind, [part[side] for part in parts])),
            )

    def _keep(self, value: Any) -> Any:
        self._kept.append(value)
        return value

    def _node(
        self, form: str, name: str, length: int, nulls: int, buffers: list[bytes | None]
    ) -> tuple[Any, Any]:
        schema = self._keep(ffi.new("struct ArrowSchema *"))
        array = self._keep(ffi.new("struct ArrowArray *"))
        schema.format = self._keep(ffi.new("char[]", form.encode()))
        schema.name = self._keep(ffi.new("char[]", name.encode()))
        schema.flags = 2  # ARROW_FLAG_NULLABLE
        array.length, array.null_count, array.n_buffers = length, nulls, len(buffers)
        array.buffers = self._keep(
            ffi.new(
                "const void *[]",
                [ffi.NULL if b is None else self._keep(ffi.from_buffer(b)) for b in buffers],
            )
        )
        return schema, array

    def _column(self, name: str, packed: Packed) -> tuple[Any, Any]:
        form, length, nulls, buffers, inside = packed
        schema, array = self._node(form, name, length, nulls, buffers)
        if form == "+l" and inside is not None:
            self._add_children(schema, array, [self._column("item", inside)])
        elif inside is not None:
            schema.dictionary, array.dictionary = self._column("", inside)
        return schema, array

    def export(self, stream: Any, _err: Any) -> int:
        """Fill a stream that keeps this batch alive."""
        owner = ffi.cast("void *", id(self))
        return int(lib.msched_py_share_batch(stream, self._schema, self._array, owner))


def unpack(length: int, columns: dict[str, Packed]) -> Export:
    """The export of a table that was pickled."""
    return _Owned(length, columns).export


class Batch:
    """The one record batch of an export, as columns by name."""

    def __init__(self, export: Export) -> None:
        stream = ffi.new("struct ArrowArrayStream *")
        err = ffi.new("msched_error *")
        check(export(stream, err), err)
        schema = ffi.gc(ffi.new("struct ArrowSchema *"), lib.msched_py_drop_schema)
        array = ffi.gc(ffi.new("struct ArrowArray *"), lib.msched_py_drop_array)
        try:
            if stream.get_schema(stream, schema) != 0 or stream.get_next(stream, array) != 0:
                raise MemoryError
        finally:
            stream.release(stream)
        self.length = int(array.length)
        parts, values = schema.children, array.children
        self.columns = {
            ffi.string(parts[i].name).decode(): Column(parts[i], values[i], array)
            for i in range(schema.n_children)
        }
