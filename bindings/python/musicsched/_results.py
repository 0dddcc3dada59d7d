"""Results of queries: tables that can also be written as JSON, and states that can be saved and
merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from ._arguments import ORDERS, Order, choice, whole
from ._arrow import Packed, unpack
from ._errors import check, take_text
from ._native import ffi, lib
from ._table import Table


class Question:
    """The C functions and types of one kind of question."""

    def __init__(self, kind: str) -> None:
        self.out = ffi.typeof(f"msched_{kind} **")
        self.options = ffi.typeof(f"msched_{kind}_options *")
        self.size = ffi.sizeof(f"msched_{kind}_options")
        self.init = getattr(lib, f"msched_{kind}_options_init")
        self.compute = getattr(lib, f"msched_{kind}_compute")
        self.unref = getattr(lib, f"msched_{kind}_unref")
        self.export = getattr(lib, f"msched_{kind}_export")
        self.to_json = getattr(lib, f"msched_{kind}_to_json")


class Result(Table):
    """A table that the library also writes as JSON."""

    def __init__(self, handle: Any, export: Any, to_json: Any, *context: Any) -> None:
        """``context`` are the C arguments between the handle and the output: the catalog, where one
        is needed.
        """
        super().__init__(lambda stream, err: export(handle, *context, stream, err))
        self._handle, self._context, self._write_json = handle, context, to_json
        self._json: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _result_of, (*self._pack(), self.to_json())

    def to_json(self) -> str:
        """The JSON of docs/formats.md, as the command line and the web server write it."""
        if self._json is not None:
            return self._json
        out, err = ffi.new("msched_text **"), ffi.new("msched_error *")
        check(self._write_json(self._handle, *self._context, out, err), err)
        return take_text(out[0])


def _result_of(length: int, columns: dict[str, Packed], json: str) -> Result:
    """A result that was pickled."""
    result = Result.__new__(Result)
    Table.__init__(result, unpack(length, columns))
    result._json = json
    return result


class _State(Result):
    """A result that adds up exactly: those of disjoint sets of songs merge into the result of the
    whole.
    """

    _kind: str

    def __init__(self, handle: Any) -> None:
        prefix = f"msched_{self._kind}"
        if not isinstance(handle, ffi.CData):
            raise TypeError(
                f"make {type(self).__name__} with a question to a catalog, from_state or merge"
            )
        super().__init__(
            handle, getattr(lib, prefix + "_export"), getattr(lib, prefix + "_to_json")
        )

    @classmethod
    def _function(cls, name: str) -> Any:
        return getattr(lib, f"msched_{cls._kind}_{name}")

    @classmethod
    def _own(cls, handle: Any) -> Self:
        return cls(ffi.gc(handle, cls._function("unref")))

    @classmethod
    def _parts(cls, parts: Iterable[Self]) -> tuple[list[Self], Any]:
        kept = list(parts)
        for part in kept:
            if not isinstance(part, cls):
                raise TypeError(f"parts: {cls.__name__}, not {type(part).__name__}")
        return kept, ffi.new(f"msched_{cls._kind} *[]", [part._handle for part in kept])

    def to_state(self) -> str:
        """The exact sums as JSON, for :meth:`from_state` in another process.

        Pickling does the same.
        """
        out, err = ffi.new("msched_text **"), ffi.new("msched_error *")
        check(self._function("to_state")(self._handle, out, err), err)
        return take_text(out[0])

    @classmethod
    def from_state(cls, state: str | bytes) -> Self:
        """Read what :meth:`to_state` wrote."""
        raw = state.encode("utf-8", "surrogatepass") if isinstance(state, str) else state
        if not isinstance(raw, bytes):
            raise TypeError(f"state: str or bytes, not {type(state).__name__}")
        out, err = ffi.new(f"msched_{cls._kind} **"), ffi.new("msched_error *")
        check(cls._function("from_state")(out, raw, len(raw), ffi.NULL, err), err)
        return cls._own(out[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_state, (self.to_state(),)


class Groups(_State):
    """Statistics by group, as returned by :meth:`Catalog.group_by`.

    You can count parts of a large data set separately, in other processes or machines, and merge
    the results. The merged result is bit for bit that of the whole data set. No row (or track or
    recording, whichever is counted) may be in two parts.

    >>> decades = [(None, 1999), (2000, None)]
    >>> early, late = (catalog.group_by("genre", years=years) for years in decades)
    >>> both = Groups.merge([early, Groups.from_state(late.to_state())])
    >>> both.to_dict() == catalog.group_by("genre", years=(1, 9999)).to_dict()
    True
    """

    _kind = "groups"

    @classmethod
    def merge(
        cls, parts: Iterable[Groups], *, order: Order = "default", min_n: int = 0, limit: int = 0
    ) -> Groups:
        """Add up parts of the same query."""
        kept, array = cls._parts(parts)
        out, err = ffi.new("msched_groups **"), ffi.new("msched_error *")
        options = ffi.new("msched_groups_options *")
        lib.msched_groups_options_init(options, ffi.sizeof("msched_groups_options"))
        options.order = choice("order", order, ORDERS)
        options.min_n, options.limit = (
            whole("min_n", min_n, 0, 2**31 - 1),
            whole("limit", limit, 0, 2**31 - 1),
        )
        check(lib.msched_groups_merge(out, array, len(kept), options, err), err)
        return cls._own(out[0])

    def test(self) -> dict[str, float]:
        """Whether popularity depends on the group. All groups count, also those not shown.

        ``f``, with ``df_between`` and ``df_within`` degrees of freedom, and its p-value ``p`` are
        of a one-way analysis of variance. ``eta_squared`` is the share of the variance between the
        groups. ``kruskal_h`` and ``kruskal_p`` are of the Kruskal-Wallis test of ranks.
        ``group_count`` and ``n`` count the groups and values with a known popularity. What is not
        defined, as with one group, is None.

        Both tests take songs as independent. Songs of one artist or album are not, so the true
        p-values are larger. With many songs, small differences are significant; ``eta_squared``
        tells whether they are large.

        >>> test = catalog.group_by("genre").test()
        >>> test["group_count"], test["n"], round(test["eta_squared"], 3), round(test["p"], 3)
        (2, 6, 0.254, 0.308)
        """
        table = Table(lambda out, err: lib.msched_groups_test_export(self._handle, out, err))
        return dict(table[0])


class Correlations(_State):
    """Correlations of popularity with the audio features; they merge like :class:`Groups`.

    ``p`` is the two-sided p-value of r = 0, by Student's t with n - 2 degrees of freedom.
    """

    _kind = "correlations"

    @classmethod
    def merge(cls, parts: Iterable[Correlations]) -> Correlations:
        """Add up parts that count the same."""
        kept, array = cls._parts(parts)
        out, err = ffi.new("msched_correlations **"), ffi.new("msched_error *")
        check(lib.msched_correlations_merge(out, array, len(kept), ffi.NULL, err), err)
        return cls._own(out[0])
