"""Calendars in."""

import datetime as dt

import musicsched as m
import pytest

WORK = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Stand-up
DTSTART;TZID=Europe/Berlin:20261124T090000
DTEND;TZID=Europe/Berlin:20261124T093000
END:VEVENT
BEGIN:VTODO
UID:2
SUMMARY:Report
DURATION:PT1H
DUE:20261124T160000Z
END:VTODO
END:VCALENDAR
"""


def test_a_day_from_a_file(tmp_path):
    path = tmp_path / "work.ics"
    path.write_text(WORK)
    plan = (
        m.Plan(dt.date(2026, 11, 24), timezone="Europe/Berlin")
        .add_task("Gym", 3600)
        .add_calendar(path, music=True)
    )
    assert [todo["title"] for todo in plan.todos] == ["Gym", "Stand-up", "Report"]
    assert plan.todos[1]["start"] == "09:00" and plan.todos[1]["music"] is True
    assert plan.todos[2]["latest"] == "17:00"
    assert [event["title"] for event in plan.agenda["events"]] == ["Stand-up"] and plan.agenda[
        "events"
    ][0]["calendar"] == "work.ics"
    plan.add_task("Tea", 600)
    day = m.schedule(None, plan)
    assert [entry.title for entry in day.entries if entry.title in ("Stand-up", "Tea")]


def test_a_week_from_a_file(tmp_path, small):
    path = tmp_path / "work.ics"
    path.write_text(WORK)
    text = "date: 2026-11-23 Europe/Berlin\ndays: 3\nGym 1h 2x\nfill: 3m\n"
    plan = m.Plan.from_text(text).add_calendar(path).add_songs(["Three - Bob"], small)
    titles = {todo["title"]: todo for todo in plan.todos}
    assert titles["Stand-up"]["on"] == ["2026-11-24"]
    assert titles["Report"]["due"] == "2026-11-24T17:00"
    week = small.schedule(plan)
    assert {entry.title for entry in week.entries} >= {"Stand-up", "Report", "Gym", "Three"}
    assert plan.agenda["events"][0]["date"] == "2026-11-24"


def test_agenda():
    found = m.agenda(m.Calendar.parse(WORK, name="work"), "2026-11-23", days=3, timezone="UTC")
    assert [(event["date"], event["start"], event["calendar"]) for event in found["events"]] == [
        ("2026-11-24", "08:00:00", "work")
    ]
    assert found["left_out"] == []


def test_refused(tmp_path):
    with pytest.raises(m.InputError, match="BEGIN:VCALENDAR"):
        m.Calendar.parse("9-17 Work")
    with pytest.raises(FileNotFoundError):
        m.Calendar.read(tmp_path / "none.ics")
    with pytest.raises(TypeError):
        m.Plan("2026-11-24").add_calendar(7)
    with pytest.raises(m.InputError):
        m.agenda(m.Calendar.parse(WORK), "2026-13-24")
