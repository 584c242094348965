from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.surveys.requests import (
    RequestState,
    SurveyRequest,
    answered,
    check_may_answer,
    check_minimum_group,
    reminded,
    reminder_due_at,
    withdrawn,
)

NEW_YORK = ZoneInfo("America/New_York")
OPENS = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)  # a Thursday, 10:00 AM in New York
CLOSES = OPENS + timedelta(days=14)
ASKED = SurveyRequest(1, "check_in_start_mentee", 1, 7, 17, OPENS, CLOSES)
LATER = OPENS + timedelta(days=2)


def on_weekdays(day: date) -> bool:
    return day.weekday() < 5


def test_the_person_asked_may_answer_until_the_last_moment() -> None:
    last = CLOSES - timedelta(microseconds=1)
    assert answered(ASKED, person_id=7, now=last, anonymous=False).answered_at == last


def test_late_answers_are_welcome_after_the_reminder() -> None:
    check_may_answer(reminded(ASKED, now=LATER), person_id=7, now=CLOSES - timedelta(hours=1))


@pytest.mark.parametrize(
    ("request_", "person_id", "now", "kind", "words"),
    [
        (ASKED, 8, LATER, NotAllowed, "sent to someone else"),
        (ASKED, 7, CLOSES, NoLongerOpen, "has closed"),
        (ASKED, 7, OPENS - timedelta(seconds=1), Refusal, "not open yet"),
        (replace(ASKED, withdrawn_at=OPENS), 7, LATER, NoLongerOpen, "taken back"),
        (replace(ASKED, answered_at=OPENS), 7, LATER, NoLongerOpen, "already answered"),
    ],
)
def test_an_answer_out_of_turn_is_refused_with_a_sentence(
    request_: SurveyRequest, person_id: int, now: datetime, kind: type[Refusal], words: str
) -> None:
    with pytest.raises(kind, match=words):
        answered(request_, person_id=person_id, now=now, anonymous=False)


def test_an_anonymous_answer_leaves_only_the_day_behind() -> None:
    marked = answered(ASKED, person_id=7, now=LATER + timedelta(minutes=7, seconds=3), anonymous=True)
    assert marked.answered_at == datetime(2026, 3, 7, tzinfo=UTC)
    assert marked.state(LATER) is RequestState.ANSWERED


def test_withdrawing_spares_what_was_answered() -> None:
    done = answered(ASKED, person_id=7, now=LATER, anonymous=False)
    assert withdrawn(done, now=LATER) is done
    assert withdrawn(ASKED, now=LATER).state(LATER) is RequestState.WITHDRAWN


def test_the_reminder_waits_three_working_days_and_comes_in_the_morning() -> None:
    due = reminder_due_at(ASKED, zone=NEW_YORK, is_working_day=on_weekdays)
    assert due is not None
    # Thursday, then Friday, Monday, Tuesday; clocks in New York have gone forward in between.
    assert due.astimezone(NEW_YORK).isoformat() == "2026-03-10T10:00:00-04:00"


def test_there_is_one_reminder_and_none_once_it_is_answered_or_withdrawn() -> None:
    for settled in (
        reminded(ASKED, now=LATER),
        answered(ASKED, person_id=7, now=LATER, anonymous=True),
        withdrawn(ASKED, now=LATER),
    ):
        assert reminder_due_at(settled, zone=NEW_YORK, is_working_day=on_weekdays) is None
        with pytest.raises(NoLongerOpen):
            reminded(settled, now=LATER)


def test_nobody_is_reminded_in_the_last_hours_or_when_never_at_work() -> None:
    short = replace(ASKED, closes_at=OPENS + timedelta(days=5, hours=1))
    assert reminder_due_at(short, zone=NEW_YORK, is_working_day=on_weekdays) is None
    assert reminder_due_at(ASKED, zone=NEW_YORK, is_working_day=lambda _: False) is None


def test_a_program_may_not_show_groups_below_three() -> None:
    assert check_minimum_group(3) == 3
    with pytest.raises(Refusal, match="at least 3 answers"):
        check_minimum_group(2)
