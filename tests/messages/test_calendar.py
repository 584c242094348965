"""Calendar files: the UID stays, SEQUENCE grows, a meeting that is off goes away."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from mentoring.meetings import Meeting, move, plan, skip
from messages.calendar import links, single

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TITLE = "Mentoring: Priya & Marcus <b>"


@pytest.fixture
def planned() -> Meeting:
    return plan(7, "2026-03-02", NOW + timedelta(days=3), 45, "abc@mentoring", 1, NOW)


def entry(content: bytes) -> tuple[str, Event]:
    calendar = Calendar.from_ical(content)
    events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    assert len(events) == 1
    return str(calendar["METHOD"]), events[0]


def test_a_meeting_becomes_one_entry_of_its_length(planned: Meeting) -> None:
    method, event = entry(single(planned, TITLE, NOW).content)
    assert method == "PUBLISH"
    assert str(event["UID"]) == "abc@mentoring"
    assert event["SUMMARY"] == TITLE
    assert event.start == planned.starts_at
    assert event.end - event.start == timedelta(minutes=45)


def test_a_move_and_a_cancellation_keep_the_uid_and_raise_the_sequence(planned: Meeting) -> None:
    moved = move(planned, planned.starts_at + timedelta(days=1), 1, NOW)
    off = skip(moved, NOW)
    told = [entry(single(each, TITLE, NOW).content) for each in (planned, moved, off)]
    assert {str(event["UID"]) for _, event in told} == {"abc@mentoring"}
    assert [event.sequence for _, event in told] == [0, 1, 2]
    assert told[1][1].start == moved.starts_at
    assert (told[2][0], told[2][1]["STATUS"]) == ("CANCEL", "CANCELLED")


def test_links_name_the_time_in_utc_and_carry_no_markup(planned: Meeting) -> None:
    text = str(links(planned, TITLE))
    assert "dates=20260305T150000Z%2F20260305T154500Z" in text
    assert text.count("<") == text.count(">") == 2
