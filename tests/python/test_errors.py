"""What goes wrong says where, what and how to mend it, in one hierarchy of exceptions."""

import array
import copy
import datetime as dt
import errno
import io
import pickle
import re
import zoneinfo

import musicsched as m
import pytest
from conftest import HEADER, ROOT, ROWS, csv_bytes


def test_a_bad_row_has_its_place(tmp_path):
    path = tmp_path / "songs.csv"
    path.write_bytes(csv_bytes([*ROWS, "t9,Nine,Bob,101,,p1,Hits,pop,x,,1000"]))
    with pytest.raises(m.InputError) as caught:
        m.Catalog.read_csv(path, strict=True)
    error = caught.value
    assert isinstance(error, (m.MusicschedError, ValueError))
    assert (error.code, error.line, error.column) == ("MSCHED_ERROR_VALUE", 7, 4)
    assert str(error).endswith(
        '/songs.csv:7:4: track_popularity: "101" is not a whole number 0..100'
    )


def test_rows_that_cannot_be_read_are_left_out():
    catalog = m.Catalog.read_csv(b"title,artist\nSun,Ana\nRain\nSnow,Ben\n")
    assert repr(catalog) == "<Catalog: 2 entries, 2 tracks, 2 recordings, 1 row left out>"
    assert [(row.line, row.code) for row in catalog.skipped] == [(3, "MSCHED_ERROR_SYNTAX")]
    assert [row["line"] for row in catalog.report()["files"][0]["left_out"]] == [3]
    broken = b"title,artist\nSun,Ana\nRain\nSnow\n"
    with pytest.raises(m.InputError, match="set skip_bad_rows=True to load the rest") as caught:
        m.Catalog.read_csv(broken)
    assert caught.value.line == 3
    assert m.Catalog.read_csv(broken, skip_bad_rows=True).info["rows_skipped"] == 2


def test_bad_rows_can_be_left_out():
    catalog = m.Catalog.read_csv(
        csv_bytes(["t1,A,B,50,,p,P,g,s,,0", *ROWS[2:], "short"]), skip_bad_rows=True, strict=True
    )
    assert len(catalog) == 3 and catalog.info["rows_skipped"] == 2
    assert [(row.line, row.code) for row in catalog.skipped] == [
        (2, "MSCHED_ERROR_VALUE"),
        (6, "MSCHED_ERROR_SYNTAX"),
    ]


@pytest.mark.parametrize(
    "data, kind, code",
    [
        (b"", m.InputError, "MSCHED_ERROR_HEADER"),
        (b"a,b\n1,2\n", m.InputError, "MSCHED_ERROR_HEADER"),
        (csv_bytes() + b"\xff", m.InputError, "MSCHED_ERROR_ENCODING"),
        (HEADER.encode() + b'\nx,"y\n', m.InputError, "MSCHED_ERROR_SYNTAX"),
        (
            csv_bytes(["t,A,B,1,,p,P,g,s,,1000", "t,A,B,2,,p,P,g,s,,1000"]),
            m.InputError,
            "MSCHED_ERROR_CONFLICT",
        ),
    ],
)
def test_bad_input(data, kind, code):
    with pytest.raises(kind) as caught:
        m.Catalog.read_csv(data, strict=True)
    assert caught.value.code == code


def test_other_classes(tmp_path, small):
    with pytest.raises(m.ReadError) as caught:
        m.Catalog.read_csv(tmp_path / "missing.csv")
    assert isinstance(caught.value, OSError) and "missing.csv" in str(caught.value)
    with pytest.raises(m.LimitError):
        m.Catalog.read_csv(csv_bytes(), max_rows=2)
    for limit in ("max_bytes", "max_row_bytes", "max_field_bytes"):
        with pytest.raises(m.LimitError, match=f"raise {limit}"):
            m.Catalog.read_csv(
                csv_bytes(["t," + "A" * 300 + ",B,1,,p,P,g,s,,1000"]), **{limit: 200}
            )
    long = "A" * 70_000
    loaded = m.Catalog.read_csv(csv_bytes([f"t,{long},B,1,,p,P,g,s,,1000"]), max_field_bytes=80_000)
    assert loaded.track("t")["title"] == long
    with pytest.raises(m.ArgumentError):
        m.Catalog.read_csv(csv_bytes(), delimiter='"')
    with pytest.raises(m.NotFoundError) as caught:
        m.Plan("2026-11-24").add_task("x", 60, after="nothing").to_json()
    assert isinstance(caught.value, LookupError) and "nothing" in str(caught.value)
    with pytest.raises(m.NotFoundError, match="t99"):
        small.track("t99")
    for kind in (
        m.InputError,
        m.ArgumentError,
        m.NotFoundError,
        m.LimitError,
        m.ReadError,
        m.CancelledError,
        m.PlanTextError,
    ):
        assert issubclass(kind, m.MusicschedError)


@pytest.mark.parametrize(
    "ask, kind, name",
    [
        (lambda c: c.top(0), ValueError, "limit"),
        (lambda c: c.top("3"), TypeError, "limit"),
        (lambda c: c.top(True), TypeError, "limit"),
        (lambda c: c.top(count="songs"), ValueError, "count"),
        (lambda c: c.top(genr="pop"), TypeError, "genr"),
        (lambda c: c.top(genre=3), TypeError, "genre"),
        (lambda c: c.top(genre=["pop", 3]), TypeError, "genre"),
        (lambda c: c.top(genre=[]), ValueError, "genre"),
        (lambda c: c.top(artist="a\0b"), ValueError, "artist"),
        (lambda c: c.top(years=2010), TypeError, "years"),
        (lambda c: c.top(years=(2010,)), ValueError, "years"),
        (lambda c: c.top(years=(0, 5)), ValueError, "years"),
        (lambda c: c.top(popularity=(0, 101)), ValueError, "popularity"),
        (lambda c: c.top(features={"loud": (0, 1)}), ValueError, "features"),
        (lambda c: c.top(features={"energy": 1}), TypeError, "features"),
        (lambda c: c.top(features={"energy": ("0.5", None)}), TypeError, "features"),
        (lambda c: c.top(features=[("energy", 0, 1)]), TypeError, "features"),
        (lambda c: c.group_by("genres"), ValueError, "by"),
        (lambda c: c.group_by(["genre"]), ValueError, "by"),
        (lambda c: c.group_by("genre", order="up"), ValueError, "order"),
        (lambda c: c.group_by("genre", min_n=-1), ValueError, "min_n"),
        (lambda c: c.trend("week"), ValueError, "unit"),
        (lambda c: c.trend(order="n"), TypeError, "order"),
        (lambda c: c.summary(by="year"), TypeError, "by"),
        (lambda c: c.histogram(0), ValueError, "bins"),
        (lambda c: c.histogram(102), ValueError, "bins"),
        (lambda c: c.find(None), TypeError, "text"),
        (lambda c: c.track(7), TypeError, "track_id"),
        (lambda c: c.find("x", limit=1001), ValueError, "limit"),
        (lambda c: c.schedule("plan"), TypeError, "plan"),
        (lambda c: c.schedule(m.Plan("2026-11-24"), seed=-1), ValueError, "seed"),
        (lambda c: c.schedule(m.Plan("2026-11-24"), time_limit=0), ValueError, "time_limit"),
        (
            lambda c: c.schedule(m.Plan("2026-11-24"), time_limit=float("nan")),
            ValueError,
            "time_limit",
        ),
        (lambda c: c.schedule(m.Plan("2026-11-24"), time_limit="1"), TypeError, "time_limit"),
        (lambda c: c.schedule(m.Plan("2026-11-24"), previous="x"), TypeError, "previous"),
        (lambda c: c.schedule(m.Plan("2026-11-24"), now="noon"), ValueError, "now"),
        (lambda c: c.schedule_many([m.Plan("2026-11-24")], threads=0), ValueError, "threads"),
        (lambda c: c.schedule_many(["x"]), TypeError, "plan"),
        (lambda c: c.schedule_many(m.Plan("2026-11-24")), TypeError, "plans"),
        (
            lambda c: c.schedule(m.Plan("2026-11-24")).to_ics(timestamp="now"),
            TypeError,
            "timestamp",
        ),
        (lambda c: m.Plan("2026-11-24", timezone=dt.timezone.utc), TypeError, "timezone"),
        (lambda c: m.schedule("catalog", m.Plan("2026-11-24")), TypeError, "catalog"),
        (lambda c: m.Catalog.read_csv(3), TypeError, "path_or_buffer"),
        (lambda c: m.Catalog.read_csv("a\0b"), ValueError, "path_or_buffer"),
        (lambda c: m.Catalog.read_csv(b"", delimiter=";;"), ValueError, "delimiter"),
        (lambda c: m.Catalog.read_csv(b"", delimiter=3), TypeError, "delimiter"),
        (lambda c: m.Catalog.read_csv(b"", max_rows=-1), ValueError, "max_rows"),
        (lambda c: m.Catalog.read_csv(b"", max_field_bytes=2**32), ValueError, "max_field_bytes"),
        (lambda c: m.Catalog.read_csv(b"", progress=3), TypeError, "progress"),
        (lambda c: m.Catalog.from_arrow([1]), TypeError, "table"),
        (lambda c: m.Groups.from_state(3), TypeError, "state"),
        (lambda c: m.Schedule.from_json(3), TypeError, "data"),
        (lambda c: m.Plan.from_json(3), TypeError, "data"),
        (lambda c: m.Plan.from_text(3), TypeError, "text"),
        (lambda c: m.Plan.from_text("", "catalog"), TypeError, "catalog"),
    ],
)
def test_bad_arguments_are_named(small, ask, kind, name):
    with pytest.raises(kind) as caught:
        ask(small)
    assert str(caught.value).startswith(f"{name}: ")


def test_trend_by_names_the_argument(small):
    with pytest.raises(TypeError, match=r'^by: .*write trend\(unit="month"\)$'):
        small.trend(by="year")


@pytest.mark.parametrize("kind", [m.Catalog, m.Schedule, m.Groups, m.Correlations])
def test_objects_are_not_made_by_hand(kind):
    with pytest.raises(TypeError, match="make"):
        kind(None)


def test_memory_of_other_shapes():
    numbers = array.array("i", csv_bytes()[: len(csv_bytes()) // 4 * 4])
    wide = memoryview(
        array.array("I", bytes(csv_bytes().ljust((len(csv_bytes()) + 3) // 4 * 4, b"\n")))
    )
    assert len(m.Catalog.read_csv(wide)) == 5, "bytes count, whatever the items are"
    with pytest.raises(ValueError, match="path_or_buffer"):
        m.Catalog.read_csv(memoryview(csv_bytes())[::2])
    with pytest.raises(m.InputError, match="the header needs"):
        m.Catalog.read_csv(numbers[:3])
    data = bytearray(csv_bytes())
    m.Catalog.read_csv(data)
    data.append(0)  # not locked any more


class Broken(Exception):
    pass


class File:
    def __init__(self, results):
        self.results = iter(results)

    def read(self, size):
        result = next(self.results)
        if isinstance(result, Exception):
            raise result
        return result


@pytest.mark.parametrize(
    "results, kind, text",
    [
        ([csv_bytes()[:40], Broken("the cable")], Broken, "the cable"),
        (["text"], TypeError, "binary mode"),
        ([3], TypeError, "bytes-like"),
        ([None], BlockingIOError, "no data yet"),
        ([b"x" * 10_000_000], ValueError, "more bytes"),
    ],
)
def test_what_read_raises_comes_through(results, kind, text):
    with pytest.raises(kind, match=text):
        m.Catalog.read_csv(File(results))


def test_a_text_file_is_read(tmp_path):
    (tmp_path / "latin.csv").write_bytes(csv_bytes(ROWS[:3]).decode().encode("latin-1"))
    with open(tmp_path / "latin.csv", encoding="latin-1") as file:
        assert m.Catalog.read_csv(file).top(1)[0]["track_name"] == "Été"
    with (
        pytest.raises(m.InputError, match="latin.csv:8:4: track_popularity"),
        open(tmp_path / "latin.csv", "a+", encoding="latin-1") as file,
    ):
        file.write("\n\n\nt9,Nine,Bob,101,,p1,Hits,pop,x,,1000\n")
        file.seek(0)
        m.Catalog.read_csv(file, strict=True)
    text = csv_bytes().decode() + "".join(
        f"u{i},\U0001f3b5,Ana,1,,p1,Hits,pop,x,,1000\n" for i in range(20_000)
    )
    assert len(m.Catalog.read_csv(io.StringIO(text))) == 20_005


def test_pandas_s_reading_of_na_is_told():
    pandas = pytest.importorskip("pandas")
    data = csv_bytes([*ROWS, "t9,NA,NA,1,,p1,Hits,pop,x,,1000"])
    assert (
        len(
            m.Catalog.from_arrow(
                pandas.read_csv(io.BytesIO(data), keep_default_na=False, na_values={"energy": ""})
            )
        )
        == 6
    )
    with pytest.raises(m.InputError, match="track_name") as caught:
        m.Catalog.from_arrow(pandas.read_csv(io.BytesIO(data)), strict=True)
    assert "keep_default_na=False" in caught.value.__notes__[0]


def test_what_is_not_known_is_none_and_told(tmp_path):
    first, second = tmp_path / "Road trip.csv", tmp_path / "Calm.csv"
    first.write_text("title;artist;length;energy\nA;X;201;71\nB;Y;;-\n", encoding="utf-8")
    second.write_text("track_id,name,artists,popularity\nc,C,Z,none\n", encoding="utf-8")
    catalog = m.Catalog.read([first, second])
    assert catalog.tracks()["duration_ms"].tolist() == [
        201000,
        None,
        None,
    ] or catalog.tracks().to_dict()["duration_ms"] == [201000, None, None]
    assert (
        catalog.track("c")["popularity"] is None
        and catalog.track("c")["playlists"][0]["name"] == "Calm"
    )
    files = catalog.report()["files"]
    assert [f["rows"] for f in files] == [2, 1] and any(
        "seconds" in note for note in files[0]["assumed"]
    )
    assert "duration_ms" in catalog.report_text()


def test_what_cannot_be_pickled_says_so(small):
    assert copy.copy(small) is small and copy.deepcopy([small])[0] is small
    with pytest.raises(TypeError, match="a Catalog cannot be pickled"):
        pickle.dumps(small)


def test_values_survive_pickling_and_copying(small):
    day = small.schedule(m.Plan("2026-11-24").add_task("Gym", 3600).add_song("nothing like it"))
    again = pickle.loads(pickle.dumps(day))
    assert again.to_json() == day.to_json() and again.entries == day.entries
    assert copy.deepcopy([day])[0] is day
    for value in (day.entries, day.unplaced, day.overloads, small.skipped, small.info):
        assert pickle.loads(pickle.dumps(value)) == value == copy.deepcopy(value)
    for table in (
        small.top(2),
        small.group_by("genre"),
        small.trend(),
        small.histogram(),
        small.correlations(),
        small.find("three"),
        small.suggest("t"),
        small.tracks(),
        small.entries(),
        day.table(),
        day.unplaced_table(),
        small.top(10, genre="pop", popularity=(100, 100)),
    ):
        copied = pickle.loads(pickle.dumps(table))
        assert type(copied) is type(table) and copied.to_dict() == table.to_dict()
        assert [*copied] == [*table] and repr(copied) == repr(table) and len(copied) == len(table)
        assert copy.deepcopy([table])[0].to_dict() == table.to_dict()
        if isinstance(table, m.Result):
            assert copied.to_json() == table.to_json()
        assert pickle.loads(pickle.dumps(copied)).to_dict() == table.to_dict()
    top = small.top(2)
    assert copy.deepcopy([top])[0] is top and copy.copy(top) is top
    with pytest.raises(m.PlanTextError) as caught:
        m.Plan.from_text("9-17 Work !9", date="2026-11-24")
    error = pickle.loads(pickle.dumps(caught.value))
    assert (type(error), str(error)) == (m.PlanTextError, str(caught.value))
    assert (error.code, error.line, error.diagnostics) == (
        caught.value.code,
        1,
        caught.value.diagnostics,
    )


def test_files_that_cannot_be_read_are_named(tmp_path):
    missing = tmp_path / "missing.csv"
    good = tmp_path / "good.csv"
    good.write_bytes(csv_bytes())
    for paths in (missing, [good, missing]):
        with pytest.raises(FileNotFoundError) as caught:
            m.Catalog.read_csv(paths)
        error = caught.value
        assert isinstance(error, m.ReadError) and error.code == "MSCHED_ERROR_IO"
        assert (error.errno, error.filename) == (errno.ENOENT, str(missing))
        assert "missing.csv" in str(error) and str(error).count("missing.csv") == 1
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), copied.errno, copied.filename) == (
        type(error),
        errno.ENOENT,
        str(missing),
    )
    (tmp_path / "folder").mkdir()
    with pytest.raises(m.InputError, match="folder"):
        m.Catalog.read_csv(tmp_path / "folder")
    with pytest.raises(FileNotFoundError):
        m.Calendar.read(tmp_path / "missing.ics")


def test_every_missing_file_is_an_error_of_the_library(tmp_path, small):
    for call in (
        lambda path: m.Catalog.read_csv(path),
        lambda path: m.Calendar.read(path),
        lambda path: m.History.read(path),
        lambda path: small.match(path),
    ):
        with pytest.raises(FileNotFoundError, match="cannot be read: No such file") as caught:
            call(tmp_path / "missing")
        assert isinstance(caught.value, m.MusicschedError)
        assert caught.value.filename == str(tmp_path / "missing")


def test_the_message_names_the_argument_that_is_no_path(small):
    for name, call in {
        "path": lambda: m.Calendar.read(None),
        "paths": lambda: m.History.read(b"[]"),
        "songs": lambda: small.match(None),
        "path_or_buffer": lambda: m.Catalog.read_csv(None),
    }.items():
        with pytest.raises(TypeError, match=rf"^{name}: a path"):
            call()
    with pytest.raises(TypeError, match="^path: a path, not NoneType$"):
        small.save(None)


def test_a_missing_zone_database_is_named(monkeypatch, small):
    plan = m.Plan("2026-11-24", timezone="Europe/Berlin").add_task("Gym", 3600)
    day = small.schedule(plan)

    def none(name):
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr("musicsched._arguments.ZoneInfo", none)
    with pytest.raises(ValueError, match="write an IANA name such as"):
        m.Plan("2026-11-24", timezone="Europe/Berlin")
    monkeypatch.setattr("musicsched._arguments.available_timezones", set)
    for call in (lambda: m.Plan("2026-11-24", timezone="Europe/Berlin"), lambda: day.entries):
        with pytest.raises(LookupError, match="install the package tzdata"):
            call()


def test_what_progress_raises_comes_through(sample_path, sample):
    def progress(done, total):
        raise Broken("enough")

    with pytest.raises(Broken):
        m.Catalog.read_csv(sample_path, progress=progress)
    with pytest.raises(Broken):
        sample.schedule_many([m.Plan("2026-11-24")] * 10, progress=progress)
    with pytest.raises(Broken):
        m.Catalog.from_arrow(sample, progress=progress)


def test_a_call_within_a_callback_keeps_its_own_failures(sample_path):
    seen = []

    def progress(done, total):
        with pytest.raises(Broken):
            m.Catalog.read_csv(File([Broken("inner")]))
        seen.append(done)

    assert len(m.Catalog.read_csv(sample_path, progress=progress)) > 0
    assert seen


def cases():
    """The bad inputs that the other languages refuse too, but for a plan without a date, which is
    today's here, and arguments.
    """
    for line in (ROOT / "bindings/swig/tests/cases.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, code, row, column, text = line.split("\t")
            if kind == "count" or (kind, row) == ("plan_text", "0"):
                continue
            text = re.sub(
                r"\\(.)", lambda escape: {"n": "\n", "t": "\t", "\\": "\\"}[escape[1]], text
            )
            yield pytest.param(
                kind, code, int(row) or None, int(column) or None, text, id=f"{kind} {text[:30]}"
            )


@pytest.mark.parametrize("kind, code, row, column, text", list(cases()))
def test_the_same_place_as_in_other_languages(kind, code, row, column, text, small):
    read = {
        "csv": lambda: m.Catalog.read_csv(text.encode()),
        "plan_text": lambda: m.Plan.from_text(text),
        "plan_json": lambda: m.Plan.from_json(text),
        "schedule_json": lambda: m.Schedule.from_json(text),
    }[kind]
    with pytest.raises(m.MusicschedError) as caught:
        read()
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, row, column)
