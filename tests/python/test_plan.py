"""Plans with Python's own dates and times, from text and from JSON."""

import datetime as dt
import json
import pickle
from zoneinfo import ZoneInfo

import musicsched as m
import pytest


def day(**options):
    return m.Plan("2026-11-24", **options)


def test_every_argument_of_every_item_reaches_the_plan():
    plan = m.Plan(
        dt.date(2026, 11, 24),
        start=dt.time(6, 30),
        end=dt.timedelta(hours=26),
        timezone=ZoneInfo("Europe/Berlin"),
        now="08:00",
        breaks=600,
        breaks_after=dt.timedelta(hours=1),
    )
    plan.add_event(
        "Work",
        dt.time(9),
        dt.time(17, 0, 1),
        id="work",
        music=True,
        mood="focus",
        buffer_before=60,
        buffer_after=dt.timedelta(minutes=2),
    )
    plan.add_task(
        "Gym",
        dt.timedelta(hours=1),
        id="gym",
        earliest="17:00",
        latest=dt.timedelta(hours=25),
        priority=2,
        after="work",
        buffer_before=30,
        buffer_after=40,
        split_min=600,
        music=True,
        mood="workout",
    )
    plan.add_task("Call", 600, pin="18:30", after=["work"])
    plan.add_task("Pack", 600, before="gym", late=True)
    plan.add_song("Dance Monkey", between=("10:00", dt.time(12)), must=True, weight=7, times=3)
    plan.add_song(track_id="t1", during="gym")
    plan.add_song("x", at="11:00")
    plan.listening(
        quiet=[("13:00", "14:00")],
        max_total=7200,
        gap=5,
        artist_separation=dt.timedelta(minutes=30),
        repeat=dt.timedelta(hours=3),
    )
    plan.fill(
        1800,
        genres="pop",
        subgenres=["a", "b"],
        artists="X",
        years=(1990, 2000),
        min_popularity=30,
        max_track=360,
        mood="happy",
        between=("18:00", "22:00"),
    )
    data = json.loads(plan.to_json())
    assert (
        data["date"] == "2026-11-24"
        and data["timezone"] == "Europe/Berlin"
        and data["now"] == "08:00"
    )
    assert data["day"] == {
        "start": "06:30",
        "end": "26:00",
        "break_s": 600,
        "break_after_s": 3600,
    }
    work, gym, call, pack = data["todos"]
    assert work == {
        "id": "work",
        "title": "Work",
        "start": "09:00",
        "end": "17:00:01",
        "music": True,
        "mood": "focus",
        "buffer_before_s": 60,
        "buffer_after_s": 120,
    }
    assert gym == {
        "id": "gym",
        "title": "Gym",
        "duration_s": 3600,
        "earliest": "17:00",
        "latest": "25:00",
        "priority": 2,
        "after": ["work"],
        "buffer_before_s": 30,
        "buffer_after_s": 40,
        "split_min_s": 600,
        "music": True,
        "mood": "workout",
    }
    assert call["pin"] == "18:30" and call["after"] == ["work"]
    assert pack["before"] == ["gym"] and pack["late"] is True
    assert data["songs"] == [
        {
            "query": "Dance Monkey",
            "between": ["10:00", "12:00"],
            "must": True,
            "weight": 7,
            "times": 3,
        },
        {"track_id": "t1", "during": "gym"},
        {"query": "x", "at": "11:00"},
    ]
    assert data["listening"] == {
        "quiet": [["13:00", "14:00"]],
        "max_total_s": 7200,
        "gap_s": 5,
        "artist_separation_s": 1800,
        "repeat_s": 10800,
        "fill": {
            "duration_s": 1800,
            "genres": ["pop"],
            "subgenres": ["a", "b"],
            "artists": ["X"],
            "years": [1990, 2000],
            "min_popularity": 30,
            "max_track_s": 360,
            "mood": "happy",
            "between": ["18:00", "22:00"],
        },
    }
    assert m.Plan.from_json(plan.to_json()).to_json() == plan.to_json()
    assert pickle.loads(pickle.dumps(plan)).to_json() == plan.to_json()
    assert (
        plan.date == dt.date(2026, 11, 24)
        and plan.timezone == "Europe/Berlin"
        and len(plan.todos) == 4
        and len(plan.songs) == 3
    )


def test_listening_and_fill_keep_each_other():
    plan = day().fill(60).listening(gap=5)
    assert json.loads(plan.to_json())["listening"]["fill"]["duration_s"] == 60
    plan = day().listening(gap=5).fill(60)
    assert json.loads(plan.to_json())["listening"]["gap_s"] == 5


def test_fills_are_added_or_replaced():
    plan = day().add_task("Run", 1800, id="run", music=True)
    plan.fill(60).fill(during="run", mood="workout", also=True).fill(90, max_track=200, also=True)
    plan.listening(gap=5)
    rules = json.loads(plan.to_json())["listening"]
    assert [fill["duration_s"] for fill in rules["fills"]] == [60, 1800, 90]
    assert rules["fills"][1]["during"] == "run" and "fill" not in rules
    assert json.loads(plan.fill(30).to_json())["listening"]["fill"]["duration_s"] == 30
    with pytest.raises(TypeError, match="needs a duration"):
        plan.fill()
    with pytest.raises(m.MusicschedError, match="no to-do has this id"):
        day().fill(during="swim").to_json()


def test_a_datetime_is_put_on_the_plan_s_clock():
    berlin = day(timezone="Europe/Berlin")
    berlin.add_task("x", 60, earliest=dt.datetime(2026, 11, 24, 9, tzinfo=dt.timezone.utc))
    assert berlin.todos[0]["earliest"] == "10:00:00"
    assert (
        day().add_task("x", 60, latest=dt.datetime(2026, 11, 25, 3)).todos[0]["latest"]
        == "27:00:00"
    )
    with pytest.raises(ValueError, match="earliest: .* the plan has none"):
        day().add_task("x", 60, earliest=dt.datetime(2026, 11, 24, 9, tzinfo=dt.timezone.utc))
    with pytest.raises(ValueError, match="earliest: .* not within"):
        day().add_task("x", 60, earliest=dt.datetime(2026, 11, 23, 9))


@pytest.mark.parametrize(
    "make, kind, start",
    [
        (lambda: m.Plan(3), TypeError, "date: "),
        (lambda: m.Plan("2026-13-24"), ValueError, "date: "),
        (lambda: day(timezone="Mars/Base"), ValueError, "timezone: "),
        (lambda: day(timezone=3), TypeError, "timezone: "),
        (lambda: day(start=7), TypeError, "start: "),
        (lambda: day(start="10:00", end="09:00"), ValueError, "day: "),
        (lambda: day(now="37:00"), ValueError, "now: "),
        (lambda: day().add_event("x", "9", "10"), ValueError, "start: "),
        (lambda: day().add_event("x", "09:00", "08:00"), ValueError, "end: "),
        (lambda: day().add_event("", "09:00", "10:00"), ValueError, "title: "),
        (lambda: day().add_event(3, "09:00", "10:00"), TypeError, "title: "),
        (lambda: day().add_event("a\0b", "09:00", "10:00"), ValueError, "title: "),
        (lambda: day().add_event("x", dt.time(9, microsecond=1), "10:00"), ValueError, "start: "),
        (
            lambda: day().add_event("x", dt.time(9, tzinfo=dt.timezone.utc), "10:00"),
            ValueError,
            "start: ",
        ),
        (lambda: day().add_task("x", 0), ValueError, "duration: "),
        (lambda: day().add_task("x", 1.5), TypeError, "duration: "),
        (lambda: day().add_task("x", dt.timedelta(seconds=-1)), ValueError, "duration: "),
        (lambda: day().add_task("x", 60, priority=5), ValueError, "priority: "),
        (lambda: day().add_task("x", 60, mood="sadness"), ValueError, "mood: "),
        (lambda: day().add_task("x", 60, mood=3), TypeError, "mood: "),
        (lambda: day().add_task("x", 60, split_min=90), ValueError, "split_min: "),
        (lambda: day().add_task("x", 60, after=3), TypeError, "after: "),
        (lambda: day().add_task("x", 60, id=3), TypeError, "id: "),
        (lambda: day().add_song(), TypeError, "add_song: "),
        (lambda: day().add_song("x", track_id="y"), TypeError, "add_song: "),
        (lambda: day().add_song(""), ValueError, "query: "),
        (lambda: day().add_song("x", times=101), ValueError, "times: "),
        (lambda: day().add_song("x", weight=0), ValueError, "weight: "),
        (lambda: day().add_song("x", between="10:00"), TypeError, "between: "),
        (lambda: day().add_song("x", between=("11:00", "10:00")), ValueError, "between"),
        (lambda: day().listening(quiet=[("10:00",)]), ValueError, "quiet: "),
        (lambda: day().fill(60, min_popularity=101), ValueError, "min_popularity: "),
        (lambda: day().fill(60, years=(2000, 1999)), ValueError, "years: "),
    ],
)
def test_bad_values_are_refused_at_once(make, kind, start):
    with pytest.raises(kind) as caught:
        make()
    assert str(caught.value).startswith(start)


def test_a_refused_item_leaves_the_plan_as_it_was():
    plan = day().add_task("x", 60)
    before = plan.to_json()
    with pytest.raises(ValueError):
        plan.add_task("y", 60, mood="nothing")
    assert plan.to_json() == before


def test_what_concerns_several_items_is_told_when_it_is_used():
    plan = day().add_task("x", 60, id="a", after="b").add_task("y", 60, id="b", after="a")
    with pytest.raises(m.InputError, match="a.*b") as caught:
        plan.to_json()
    assert caught.value.code == "MSCHED_ERROR_CONFLICT" and caught.value.line is None


def test_json_says_where_it_is_wrong():
    with pytest.raises(m.InputError) as caught:
        m.Plan.from_json('{"version": 1,\n "date": "2026-11-24", "dat": 1}')
    assert (caught.value.line, caught.value.code) == (2, "MSCHED_ERROR_VALUE") and "dat" in str(
        caught.value
    )


def test_text(small):
    plan = m.Plan.from_text(
        "9-17 Work #focus id:work\nGym 1h after 17:00 #workout\n\u266a One, two - Bob\nfill: 20m\n",
        small,
        date=dt.date(2026, 11, 24),
        timezone="Europe/Berlin",
    )
    assert plan.date == dt.date(2026, 11, 24) and plan.timezone == "Europe/Berlin"
    assert [todo["title"] for todo in plan.todos] == ["Work", "Gym"] and plan.songs[0][
        "track_id"
    ] == "t2"
    plan.add_task("More", 600)
    assert len(json.loads(plan.to_json())["todos"]) == 3


def test_a_plan_is_written_as_text(small):
    plan = m.Plan(dt.date(2026, 11, 24), timezone="Europe/Berlin")
    plan.add_event("Work", "09:00", "17:00", music=True).add_task("Tea at 5", 900, after="work")
    plan.add_song("One, two - Bob", during="work")
    text = plan.to_text(small)
    assert text == (
        "date: 2026-11-24 Europe/Berlin\n\n09:00-17:00 Work #music\n"
        '"Tea at 5" 15m after:work\n\u266a One, two - Bob during:work\n'
    )
    again = m.Plan.from_text(text, small)
    assert [todo["id"] for todo in again.todos] == ["work", "tea-at-5"]
    assert m.Plan.from_text(again.to_text()).songs[0]["track_id"] == "t2"
    assert again == m.Plan.from_text(again.to_text(small), small)
    with pytest.raises(m.MusicschedError, match='the song "x": "weight": 7'):
        m.Plan("2026-11-24").add_song("x", weight=7).to_text()
    with pytest.raises(TypeError, match="catalog"):
        plan.to_text("songs.csv")


def test_text_tells_all_errors_at_once(small):
    with pytest.raises(m.PlanTextError) as caught:
        m.Plan.from_text(
            "25:00-26:99 Work\nGym 1h after 17:00 after:nobody\n16:00-15:00 Tea\n",
            small,
            date="2026-11-24",
        )
    error = caught.value
    errors = [d for d in error.diagnostics if d.severity == "error"]
    assert len(errors) >= 2 and error.line == errors[0].line and error.column == errors[0].column
    assert all(d.message and d.code for d in error.diagnostics)


def test_text_warns(small):
    plan = m.Plan.from_text("\u266a One, to - Bop\n", small, date="2026-11-24")
    assert any(d.severity != "error" and d.line == 1 for d in plan.diagnostics)


def test_seen_from_another_moment():
    plan = day().add_task("x", 60)
    later = plan.at("12:00")
    assert json.loads(later.to_json())["now"] == "12:00" and "now" not in json.loads(plan.to_json())
    assert "now" not in json.loads(later.at(None).to_json())


def test_plans_that_say_the_same_are_equal():
    made = day().add_task("Gym", 3600, id="gym", earliest="17:00")
    read = m.Plan.from_text("Gym 1h after 17:00\n", date="2026-11-24")
    assert made == m.Plan.from_json(made.to_json()) and made == pickle.loads(pickle.dumps(made))
    assert made == day().add_task("Gym", dt.timedelta(hours=1), id="gym", earliest=dt.time(17))
    assert read == m.Plan.from_json(read.to_json())
    assert made != day().add_task("Gym", 3601, id="gym", earliest="17:00")
    assert made != "Gym" and made != None  # noqa: E711
    with pytest.raises(TypeError, match="unhashable"):
        hash(made)


def test_edit_changes_one_to_do():
    plan = day().add_task("Gym", 3600, id="gym", latest="20:00", priority=2).add_task("Read", 600)
    plan.add_event("Work", "09:00", "17:00", id="work")
    assert plan.edit("gym", title="Swim", duration=1800, earliest=dt.time(18), latest=None) is plan
    gym = {"id": "gym", "title": "Swim", "duration_s": 1800, "earliest": "18:00", "priority": 2}
    assert plan.todos[0] == gym
    plan.edit("gym", after="read", music=True, labels=["sport"]).edit("work", end="16:30")
    assert plan.todos[0] == gym | {"after": ["read"], "music": True, "labels": ["sport"]}
    assert plan.todos[2]["end"] == "16:30"


def test_an_edit_that_is_refused_leaves_the_plan_as_it_was():
    plan = day().add_task("Gym", 3600, id="gym").add_task("Read", 600, after="gym")
    before = plan.to_json()
    with pytest.raises(m.NotFoundError, match="there are: gym, read"):
        plan.edit("yoga", title="x")
    with pytest.raises(TypeError, match="^lenght: no such argument"):
        plan.edit("gym", lenght=5)
    with pytest.raises(ValueError, match="^priority"):
        plan.edit("gym", priority=9)
    with pytest.raises(m.MusicschedError):
        plan.edit("gym", duration=0)
    with pytest.raises(m.MusicschedError, match="gym"):
        plan.remove("gym")
    assert plan.to_json() == before


def test_remove(small):
    plan = day().add_task("Gym", 3600).add_task("Read", 600)
    plan.add_song("Three").add_song(small.top(1)[0], must=True)
    assert plan.songs[1] == {"track_id": "t1", "must": True}
    assert [todo["title"] for todo in plan.remove("gym").todos] == ["Read"]
    assert plan.remove_song(0).songs == [{"track_id": "t1", "must": True}]
    with pytest.raises(ValueError, match="^wanted"):
        plan.remove_song(1)
    with pytest.raises(ValueError, match="no wanted songs"):
        plan.remove_song(0).remove_song(0)
    with pytest.raises(m.NotFoundError, match="there are: read"):
        plan.remove("gym")
    with pytest.raises(TypeError, match="row with a track_id"):
        plan.add_song({"title": "x"})


def test_slack_and_overbooked_dates_of_a_week():
    week = (
        m.Plan("2026-11-23", days=7, start="9:00", end="17:00")
        .add_event("Workshop", "9:00", "12:00", on="wed")
        .add_task("Report", 36000, split_min=3600, on=["wed", "thu"])
        .add_task("Slides", 4 * 3600, on=["wed", "thu"], due="2026-11-26T17:00")
        .add_task("Tax", 3 * 3600, on="wed")
    )
    schedule = m.schedule(None, week)
    slides = next(entry for entry in schedule if entry.title == "Slides")
    assert slides.slack == dt.datetime(2026, 11, 26, 17) - slides.end
    assert all(entry.slack is None for entry in schedule if entry.title != "Slides")
    (overload,) = schedule.overloads
    assert (overload.start, overload.end) == (
        dt.datetime(2026, 11, 25, 9),
        dt.datetime(2026, 11, 26, 17),
    )
    assert overload.demand - overload.capacity == dt.timedelta(hours=4)
    assert schedule.unplaced[0].code == "overbooked"


def test_a_week_from_calls(small):
    week = (
        m.Plan("2026-11-23", days=7, timezone="Europe/Berlin", max_tasks=dt.timedelta(hours=4))
        .hours(["sat", "sun"], "9:00", "24:00")
        .hours(dt.date(2026, 11, 26), off=True)
        .add_event("Stand-up", "9:00", "9:15", on=["mon", "wed"])
        .add_event("Bins", "7:00", "7:10", rrule="FREQ=WEEKLY;BYDAY=TU")
        .add_task("Gym", 3600, times=3, apart_days=2)
        .add_task("Read", 1800, times="each", on=("mon", dt.date(2026, 11, 24)))
        .add_task(
            "Report",
            dt.timedelta(hours=6),
            split_min=2700,
            max_per_day=7200,
            release=dt.date(2026, 11, 24),
            due=dt.datetime(2026, 11, 27, 16, tzinfo=dt.timezone.utc),
        )
        .add_song(track_id="t2", times="each", on=["mon", "fri"])
        .fill(61, on="tue")
    )
    todos = {todo["title"]: todo for todo in json.loads(week.to_json())["todos"]}
    assert todos["Report"]["due"] == "2026-11-27T17:00"
    assert todos["Bins"]["on"] == ["2026-11-24"]
    entries = json.loads(small.schedule(week).to_json())["entries"]
    found = {}
    for entry in entries:
        found.setdefault(entry["title"], []).append(entry["date"][-2:])
    assert found["Stand-up"] == ["23", "25"]
    assert len(found["Gym"]) == 3 and "26" not in found["Gym"]
    assert found["Read"] == ["23", "24"]
    assert set(found["Report"]) <= {"24", "25", "27"}
    assert found["One, two"] == ["23", "27"]
    week.edit("gym", times=2, due="2026-11-25", apart_days=None).edit("bins", rrule=None, on="fri")
    todos = {todo["title"]: todo for todo in week.todos}
    assert (todos["Gym"]["times"], todos["Bins"]["on"]) == (2, ["fri"])
    assert "apart_days" not in todos["Gym"]
    now = m.Plan("2026-11-23", days=2, now=dt.datetime(2026, 11, 24, 8)).add_task("A", 60)
    assert json.loads(small.schedule(now).to_json())["entries"][0]["date"] == "2026-11-24"
    with pytest.raises(m.InputError, match='needs "on"'):
        m.Plan("2026-11-23", days=2).add_event("Work", "9:00", "17:00")
    with pytest.raises(m.InputError, match="days"):
        m.Plan("2026-11-23").add_task("A", 60, times="each")
    with pytest.raises(m.InputError, match="is not a date"):
        m.Plan("2026-11-23", days=2).add_task("A", 60, on="monday")
    with pytest.raises(TypeError, match="on: 'mon' or a date"):
        m.Plan("2026-11-23", days=2).add_task("A", 60, on=[7])
    with pytest.raises(ValueError, match="days"):
        m.Plan("2026-11-23", days=32)


def test_text_of_several_days(small):
    plan = m.Plan.from_text(
        "Tue 14:00 Dentist 45m\nGym 1h 2x\n", date="2026-11-23", days=3, time_limit=1
    )
    entries = json.loads(small.schedule(plan).to_json())["entries"]
    assert [e["date"] for e in entries if e["title"] == "Dentist"] == ["2026-11-24"]
    assert len({e["date"] for e in entries if e["title"] == "Gym"}) == 2
    week = small.schedule(plan)
    again = small.schedule(
        plan, now="2026-11-24T06:00", previous=m.Schedule.from_json(week.to_json())
    )
    days = [json.loads(made.to_json())["entries"] for made in (week, again)]
    assert [e["date"] for e in days[1] if e["title"] == "Dentist"] == ["2026-11-24"]
    assert {e["id"] for e in days[1]} <= {e["id"] for e in days[0]}
    for wrong in ({"days": 32}, {"days": -1}, {"time_limit": 0}):
        with pytest.raises(ValueError, match="^" + next(iter(wrong))):
            m.Plan.from_text("A 1h", **wrong)


def test_a_fill_leaves_out_songs():
    plan = m.Plan("2026-11-24").fill(600, avoid="a1").fill(300, avoid=["a2", "a1"], also=True)
    fills = json.loads(plan.to_json())["listening"]["fills"]
    assert [fill["avoid"] for fill in fills] == [["a1"], ["a1", "a2"]]
    assert json.loads(plan.fill(60).to_json())["listening"]["fill"]["avoid"] == ["a1", "a2"]


def test_what_happened_in_a_week(small):
    def plan():
        return m.Plan("2026-11-23", days=7).add_task(
            "Gym",
            3600,
            times=3,
            apart_days=2,
            occurrences=[{"date": dt.date(2026, 11, 24), "state": "done", "ended": "18:30"}],
        )

    def times(schedule):
        return [
            (e["date"][-2:], e["start"][:5], e.get("state", "open"))
            for e in json.loads(schedule.to_json())["entries"]
        ]

    found = times(small.schedule(plan(), now=dt.datetime(2026, 11, 25, 9)))
    assert found[0] == ("24", "17:30", "done")
    assert len(found) == 3 and all(day >= "26" for day, _, _ in found[1:])
    for ended in ("18:30", dt.datetime(2026, 11, 24, 18, 30)):
        marked = plan().edit("gym", occurrences=None).mark("gym@2026-11-24", "done", ended=ended)
        assert marked.to_json() == plan().to_json()
    table = list(small.schedule(plan(), now=dt.datetime(2026, 11, 25, 9)).table())
    assert (table[0]["date"], table[0]["start_s"]) == ("2026-11-24", 17 * 3600 + 1800)
    skipped = plan().mark("gym@fri", "skipped")
    assert len(times(small.schedule(skipped))) == 2
    assert skipped.mark("gym@fri", "open").to_json() == plan().to_json()
    report = m.Plan("2026-11-23", days=7).add_task("Report", 7200)
    report.mark("report", "paused", started=dt.datetime(2026, 11, 25, 9), left=1800)
    assert times(small.schedule(report, now=dt.datetime(2026, 11, 25, 12)))[0] == (
        "25",
        "09:00",
        "paused",
    )
    with pytest.raises(m.InputError, match="at which it began"):
        plan().mark("gym@fri", "started")
    with pytest.raises(TypeError, match="occurrences: a list"):
        plan().edit("gym", occurrences={"date": "fri", "state": "done"})
