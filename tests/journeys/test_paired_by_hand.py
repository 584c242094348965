"""A coordinator who pairs people by hand, with or without a proposal: the program lives as any other."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mentoring.enrollment import EnrollmentState
from mentoring.programs import ProgramState
from storage.tables import PairRow
from tests.journeys.test_pair_life import state_of
from tests.journeys.test_phase_stories import with_words
from tests.support.beginnings import beginning
from tests.support.desk import pressed, send, typed
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

LAST_DAY = "2026-03-13"


def by_hand(town: Town, mentee: str, mentor: str) -> None:
    robin = town.person(ROBIN)
    robin.command("/mentoring", f"pair <@{mentee}> <@{mentor}>")
    robin.submit()
    robin.close(all=True)
    town.later(hours=1)


@pytest.fixture
@beginning
def early(town: Town) -> Town:
    """Priya, whom Leila supervises, is paired with Marcus four weeks before the program starts."""
    town.claim()
    town.draft(ends_on=LAST_DAY)
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], supervisor=LEILA)
    town.join(MARCUS, "mentor", offers=["negotiation"], capacity="2")
    by_hand(town, PRIYA, MARCUS)
    return town


def test_one_pair_made_early_is_introduced_and_closes_no_door(early: Town) -> None:
    assert early.room(PRIYA, MARCUS)
    assert early.program().state is ProgramState.ENROLLING
    early.person(ROBIN).command("/mentoring", f"invite <@{JONAS}>")
    early.later(days=3)
    early.press(JONAS, "join.open")
    early.person(JONAS).close(all=True)
    early.join(JONAS, "mentee", wants=["negotiation"])
    by_hand(early, JONAS, MARCUS)
    assert early.room(JONAS, MARCUS)


def test_a_mentor_is_not_put_in_line_because_a_second_pair_did_not_come_about(early: Town) -> None:
    robin, jonas = early.person(ROBIN), early.person(JONAS)
    robin.command("/mentoring", "match settings")
    robin.fill("rules", ["quiet_check"])
    robin.submit()
    robin.close(all=True)
    early.join(JONAS, "mentee", wants=["negotiation"])
    by_hand(early, JONAS, MARCUS)
    early.later(days=1)
    early.press(JONAS, "match.rather_not")
    jonas.submit()
    assert state_of(early, JONAS) is EnrollmentState.JOINED
    assert state_of(early, MARCUS) is EnrollmentState.MATCHED, "he has Priya"


def test_supervisors_hear_of_it_on_the_first_day(early: Town) -> None:
    early.until(datetime(2026, 2, 1, tzinfo=UTC))
    assert not with_words(early, LEILA, "takes part in")
    early.until(datetime(2026, 2, 3, tzinfo=UTC))
    (told,) = with_words(early, LEILA, "takes part in")
    assert "@Priya Raman" in told.reading


def test_supervisors_of_a_pair_made_after_the_first_day_hear_the_same_or_the_next_working_day(
    early: Town,
) -> None:
    early.join(JONAS, "mentee", wants=["negotiation"], supervisor=LEILA)
    early.until(datetime(2026, 2, 10, 15, tzinfo=UTC))
    (before,) = with_words(early, LEILA, "takes part in")
    by_hand(early, JONAS, MARCUS)
    early.until(datetime(2026, 2, 11, 18, tzinfo=UTC))
    told = with_words(early, LEILA, "takes part in")[-1]
    assert told.ts != before.ts
    assert "@Jonas Ito" in told.reading
    assert "Priya" not in told.reading


def test_coordinators_hear_of_moments_of_pairs_that_need_a_look_and_of_phases_that_close(early: Town) -> None:
    early.until(datetime(2026, 3, 18, tzinfo=UTC))
    for words in ("today it starts", "a look.", "the first part is over", "the last day"):
        assert with_words(early, ROBIN, words), words


def test_on_the_first_day_the_coordinator_can_close_enrollment_and_the_program_runs(early: Town) -> None:
    early.until(datetime(2026, 2, 3, tzinfo=UTC))
    robin = early.person(ROBIN)
    offered = early.with_button(robin.inbox(), "program.close_enrollment")
    assert "today it starts" in offered.reading
    assert "Enrollment is still open" in offered.reading
    said = robin.click(offered, "program.close_enrollment").shown[0].reading
    assert "is closed. You can still pair people" in said
    early.beat()
    assert early.program().state is ProgramState.RUNNING
    assert "closed already" in robin.click(offered, "program.close_enrollment").shown[0].reading


def test_home_offers_to_close_enrollment_once_there_is_a_pair(early: Town) -> None:
    assert "is closed" in pressed(early, "program.close_enrollment")
    early.person(ROBIN).close(all=True)
    assert early.program().state is ProgramState.MATCHED
    early.join(JONAS, "mentee", wants=["negotiation"])
    assert "the next round" in early.newest(JONAS).reading


def test_it_closes_three_weeks_after_its_last_day_as_any_other(early: Town) -> None:
    early.until(datetime(2026, 4, 2, tzinfo=UTC))
    assert early.program().state is ProgramState.ENROLLING
    early.until(datetime(2026, 4, 6, tzinfo=UTC))
    assert early.program().state is ProgramState.CLOSED


def three_joined(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.join(LEILA, "mentor", offers=["negotiation", "mediation"])


def test_two_are_paired_by_hand_with_the_matchers_reason_and_introduced(town: Town) -> None:
    three_joined(town)
    form = typed(town, "pair <@U0PRIYA> <@U0LEILA>")
    assert "Leila Petrov and Priya Raman would be a pair" in form
    assert "negotiation" in form
    assert "are a pair" in send(town)
    town.beat()
    assert "negotiation" in town.room(PRIYA, LEILA)[0].reading
    assert "has a mentor already" in typed(town, "pair <@U0PRIYA> <@U0MARCUS>")


def test_nobody_is_paired_who_has_not_said_yes(town: Town) -> None:
    three_joined(town)
    assert "Somebody you named has not said yes" in typed(town, "pair <@U0JONAS> <@U0MARCUS>")


def test_whom_somebody_would_rather_not_meet_is_never_told_as_the_reason(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], avoid=[MARCUS])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    said = typed(town, "pair <@U0PRIYA> <@U0MARCUS>")
    assert "rather" not in said.lower()
    with town.database.read() as session:
        assert session.scalars(select(PairRow)).all() == [] or "would be a pair" in said
