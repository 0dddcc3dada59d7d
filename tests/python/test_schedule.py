"""Schedules: what is in them, how they are written, and that many at once equal one by one."""

import datetime as dt
import json
import subprocess
from zoneinfo import ZoneInfo

import musicsched as m
import pytest
from conftest import BUILD, ROOT


@pytest.fixture(scope="module")
def plan():
    return (
        m.Plan("2026-11-24", timezone="Europe/Berlin")
        .add_event("Work", "09:00", "17:00", id="work")
        .add_task("Gym", 3600, earliest="17:00", music=True, mood="workout")
        .add_song("no such song at all xyz")
        .fill(1800)
    )


@pytest.fixture(scope="module")
def made(sample, plan):
    return sample.schedule(plan)


def test_entries(made):
    work = made.entries[0]
    zone = ZoneInfo("Europe/Berlin")
    assert (work.kind, work.title, work.id, work.fixed) == ("todo", "Work", "work", True)
    assert work.start == dt.datetime(2026, 11, 24, 9, tzinfo=zone) and work.end == dt.datetime(
        2026, 11, 24, 17, tzinfo=zone
    )
    assert len(made) == len(made.entries) == len(list(made)) == len(made.table())
    assert made.songs and all(
        song.artist and song.popularity is not None and song.start < song.end for song in made.songs
    )
    assert made[0] == made.entries[0] and made[-2:] == made.entries[-2:]
    assert all((row["popularity"] is None) == (row["kind"] == "todo") for row in made.table())
    assert made.date == dt.date(2026, 11, 24) and made.timezone == "Europe/Berlin"
    assert (made.status, made.stop) == ("optimal", "none")
    assert made.objective["fill_s"] >= 1700 and made.objective["proved_levels"] == 7


def test_unplaced(made):
    song = made.unplaced[0]
    assert (song.kind, song.code, song.wanted) == ("song", "unknown_song", 0) and song.reason
    assert len(made.unplaced_table()) == len(made.unplaced)


def test_overloads(sample):
    plan = (
        m.Plan("2026-11-24", start="09:00", end="10:00")
        .add_task("A", 2400, id="a")
        .add_task("B", 2400, id="b")
    )
    made = sample.schedule(plan)
    assert made.overloads[0].capacity == dt.timedelta(hours=1) and made.overloads[0].members == [
        "a",
        "b",
    ]
    assert made.unplaced[0].code == "overbooked" and made.unplaced[0].needed == dt.timedelta(
        minutes=40
    )
    lazy = sample.schedule(plan, lazy_reasons=True)
    assert lazy.unplaced == made.unplaced and lazy.unplaced[0].fix
    rows = [row["text"] for row in lazy.fixes_table()]
    assert rows == [lazy.unplaced[0].fix, *lazy.unplaced[0].alternatives] and len(rows) > 1
    assert sample.schedule(plan, reasons=False, lazy_reasons=True).unplaced[0].fix == ""


def test_floating_time_is_naive(sample):
    made = sample.schedule(m.Plan("2026-11-24").add_event("Late", "23:00", "25:30"))
    assert made.entries[0].end == dt.datetime(2026, 11, 25, 1, 30) and made.timezone == ""


def test_written_forms(made):
    data = json.loads(made.to_json())
    assert data["date"] == "2026-11-24" and len(data["entries"]) == len(made)
    assert "Work" in str(made) and str(made) == made.to_text()
    assert made.to_ics().startswith("BEGIN:VCALENDAR\r\n")
    assert made.to_ics(items="todos").count("BEGIN:VEVENT") == 2
    assert made.to_ics(items="songs").count("BEGIN:VEVENT") == len(made.songs)
    told = made.to_ics(calendar_name="Mine", alarm=dt.timedelta(minutes=5), cancelled=True)
    assert "X-WR-CALNAME:Mine\r\n" in told and told.count("TRIGGER:-PT5M") == 2
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in made.to_ics(refresh=dt.timedelta(hours=1))
    assert "\r\nSEQUENCE:70\r\n" in made.to_ics(sequence=70)
    with pytest.raises(ValueError, match="sequence"):
        made.to_ics(sequence=-1)
    with pytest.raises(TypeError, match="alarm"):
        made.to_ics(alarm=5)
    stamped = made.to_ics(timestamp=dt.datetime(2026, 1, 2, 3, tzinfo=dt.timezone.utc))
    assert "DTSTAMP:20260102T030000Z" in stamped
    with pytest.raises(ValueError, match="items: "):
        made.to_ics(items="both")
    assert ">Work</td>" in made._repr_html_() and "Unscheduled" in made._repr_html_()
    assert repr(made).startswith("<Schedule 2026-11-24:")


def test_frames(made, sample):
    frame = made.to_pandas()
    assert (
        frame["start"].tolist() == [entry.start for entry in made.entries]
        and str(frame["start"].dt.tz) == "Europe/Berlin"
    )
    assert made.to_polars()["title"].to_list() == [entry.title for entry in made.entries]
    empty = sample.schedule(m.Plan("2026-11-24")).to_pandas()
    assert empty.shape[0] == 0 and str(empty["start"].dtype).startswith("datetime64")


def test_plot(made):
    import matplotlib.pyplot as plt

    ax = made.plot()
    assert len(ax.patches) == len(made)
    assert [text.get_text() for text in ax.get_xticklabels()] == ["to-dos", "music"]
    names = [text.get_text() for text in ax.texts]
    assert all(
        any(entry.title[:20] in name and f"{entry.start:%H:%M}" in name for name in names)
        for entry in made
    )
    _, mine = plt.subplots()
    assert made.plot(mine) is mine
    plt.close("all")


def test_every_name_in_a_plot_can_be_read(sample):
    """30 songs at a stretch, a dollar sign or two, a day without anything."""
    import matplotlib.pyplot as plt

    day = (
        m.Plan("2026-11-24")
        .add_task("$ave and $pend", 60)
        .add_task("Party", 7200, earliest="18:00", music=True)
        .fill(7000)
    )
    day = sample.schedule(day)
    assert len(day.songs) > 25
    for plan in (day, sample.schedule(m.Plan("2026-11-24"))):
        ax = plan.plot()
        ax.figure.draw_without_rendering()
        boxes = sorted(
            (text.get_window_extent() for text in ax.texts),
            key=lambda box: (box.x1 > ax.bbox.x0 + ax.bbox.width / 2, box.y0),
        )
        for below, above in zip(boxes, boxes[1:]):
            assert not below.overlaps(above)
        assert all(ax.bbox.y0 - 8 < box.y0 and box.y1 < ax.bbox.y1 + 8 for box in boxes)
    plt.close("all")


def test_the_same_arguments_give_the_same_bytes(sample, plan):
    assert sample.schedule(plan, seed=3).to_json() == sample.schedule(plan, seed=3).to_json()


def test_the_bytes_are_those_of_the_command_line(sample, sample_path):
    program = BUILD / "examples/cli/musicsched"
    if not program.exists():
        pytest.skip("the command line program is not built")
    day = ROOT / "examples/plans/sample-day.txt"
    made = sample.schedule(m.Plan.from_text(day.read_text(encoding="utf-8"), sample))
    said = subprocess.run(
        [program, "plan", day, "--catalog", sample_path, "--json"], check=True, capture_output=True
    )
    assert made.to_json().encode() == said.stdout


def test_bounds_and_the_names_of_other_languages(sample, plan):
    made = sample.schedule(plan)
    assert made.stop == "none" and made.status == "optimal"
    assert [bound.level for bound in made.bounds] == (
        "tasks_1 must_songs tasks_2 tasks_3 tasks_4 song_weight fill_s".split()
    )
    assert all(isinstance(bound, m.Bound) and bound.value == bound.bound for bound in made.bounds)
    assert made.to_ical() == made.to_ics()
    assert plan.with_now("10:00") == plan.at("10:00")


def test_options_reach_the_solver(sample, plan):
    limited = sample.schedule(plan, work_limit=1)
    assert limited.stop == "work" or limited.status == "optimal"
    assert (
        sample.schedule(plan, time_limit=dt.timedelta(hours=10), order=False, reasons=False).status
        == "optimal"
    )


def test_replanning_keeps_what_has_begun(sample, plan):
    first = sample.schedule(plan)
    saved = m.Schedule.from_json(first.to_json())
    gym = next(entry for entry in first if entry.title == "Gym")
    for previous in (first, saved):
        later = sample.schedule(plan, now=gym.start + dt.timedelta(minutes=10), previous=previous)
        assert next(entry for entry in later if entry.title == "Gym").start == gym.start
    assert [entry.id for entry in saved.entries] == [entry.id for entry in first.entries]
    with pytest.raises(m.InputError, match="2026-11-25") as caught:
        sample.schedule(m.Plan("2026-11-25"), previous=saved)
    assert caught.value.code == "MSCHED_ERROR_CONFLICT"


def test_without_a_catalog_every_song_is_unknown():
    made = m.schedule(None, m.Plan("2026-11-24").add_song("x"))
    assert made.unplaced[0].code == "unknown_song"


def plans(count):
    made = []
    for i in range(count):
        plan = (
            m.Plan("2026-11-24")
            .add_event("Work", f"{8 + i % 3:02}:00", "17:00")
            .fill(300 * (1 + i % 5))
        )
        made.append(plan.add_task("Task", 600 * (1 + i % 7), earliest="17:00", music=bool(i % 2)))
    return made


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_many_equal_one_by_one(sample, threads):
    asked, seen = plans(40), []
    made = sample.schedule_many(
        asked, threads=threads, seed=5, progress=lambda done, total: seen.append((done, total))
    )
    assert [s.to_json() for s in made] == [
        sample.schedule(plan, seed=5).to_json() for plan in asked
    ]
    assert seen == sorted(seen) and seen[-1] == (40, 40)


def test_many_of_none(sample):
    assert sample.schedule_many([]) == []
    assert len(sample.schedule_many(plan for plan in plans(3))) == 3


def marked(plan):
    """A plan with what bindings/swig/tests/marks.tsv says has become of it."""
    for line in (ROOT / "bindings/swig/tests/marks.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        kind, name, state, *times = line.split("\t")
        if kind == "song":
            plan.mark_song(int(name), state)
            continue
        started, ended, left = (
            None if time == "-" else dt.timedelta(seconds=int(time)) for time in times
        )
        plan.mark(name, state, started=started, ended=ended, left=left)
    return plan


def said(text, *more):
    """The JSON of the command line."""
    program = BUILD / "examples/cli/musicsched"
    command = [program, "plan", ROOT / text, "--catalog", BUILD / "sample_songs.csv", "--json"]
    return subprocess.run([*command, *more], check=True, capture_output=True, text=True).stdout


def test_replan_after_ticking_off(sample, tmp_path):
    day = "examples/plans/sample-day.txt"
    plan = m.Plan.from_text((ROOT / day).read_text(encoding="utf-8"), sample)
    previous = sample.schedule(plan)
    file = tmp_path / "previous.json"
    file.write_text(previous.to_json(), encoding="utf-8")
    at_six = ["--now", "18:00", "--previous", file]
    assumed = sample.schedule(plan, now="18:00", previous=previous, assume_done=True)
    assert assumed.to_json() == said(day, "--assume-done", *at_six)
    later = sample.schedule(marked(plan), now="18:00", previous=previous)
    assert later.to_json() == said("bindings/swig/tests/ticked-day.txt", *at_six)
    states = {entry.id: entry.state for entry in later}
    assert (states["groceries"], states["gym"]) == ("done", "started")


def test_marks_that_are_refused():
    plan = m.Plan("2026-11-24").add_task("Gym", 3600).add_song("Dancing Monkey")
    with pytest.raises(m.NotFoundError, match='no to-do has the id "yoga"; the ids are gym'):
        plan.mark("yoga", "done")
    with pytest.raises(m.InputError, match="the remaining seconds of the paused to-do"):
        plan.mark("gym", "paused")
    with pytest.raises(ValueError, match="state: 'finished' is not one of open, not_started"):
        plan.mark("gym", "finished")
    with pytest.raises(m.NotFoundError, match="wanted song 1 does not exist"):
        plan.mark_song(1, "done")
    with pytest.raises(m.InputError, match='"open", "done" or "skipped"'):
        plan.mark_song(0, "paused")
    assert plan.mark("gym", "paused", left=600).mark("gym", "open").todos[0].get("left_s") is None
