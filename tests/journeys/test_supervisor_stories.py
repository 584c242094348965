"""Supervisors: told what it takes, asked once, never shown what a pair says, and free to hear no more."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from playground import Message
from storage.tables import AnswerRow, RequestRow, SupervisorRow
from tests.journeys.test_survey_desk import seen
from tests.support.town import GUEST, JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

AFTER_THE_START = datetime(2026, 2, 4, tzinfo=UTC)
AFTER_THE_END = datetime(2026, 8, 5, tzinfo=UTC)


def paired(town: Town, supervisor: str = LEILA, **charter: str) -> Town:
    """Priya, whom Leila supervises, learns from Marcus."""
    town.claim()
    town.draft(**charter)
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], supervisor=supervisor)
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    return town


def said_to(town: Town, slack_id: str) -> list[Message]:
    return town.person(slack_id).inbox()


def test_a_supervisor_is_told_once_who_takes_part_and_what_it_takes(town: Town) -> None:
    paired(town)
    town.until(datetime(2026, 2, 1, tzinfo=UTC))
    assert said_to(town, LEILA) == []
    town.until(AFTER_THE_START)
    (told,) = said_to(town, LEILA)
    assert "@Priya Raman takes part in" in told.reading
    assert "about 2 hours a month" in told.reading
    assert told.buttons == ["Not for me"]
    assert "Marcus" not in told.reading
    town.until(datetime(2026, 7, 20, tzinfo=UTC))
    assert len(said_to(town, LEILA)) == 1


def test_it_comes_in_the_supervisors_own_morning(town: Town) -> None:
    paired(town, JONAS)
    town.until(AFTER_THE_START)
    (told,) = said_to(town, JONAS)
    sydney = datetime.fromtimestamp(float(told.ts), UTC).hour
    assert sydney in (23, 0, 1, 2, 3, 4, 5)  # ten to five there


def test_a_supervisor_is_asked_one_thing_at_the_end_anonymously(town: Town) -> None:
    paired(town)
    town.until(AFTER_THE_END)
    asked = said_to(town, LEILA)[-1]
    assert "You see the work: what changed?" in asked.reading
    leila = town.person(LEILA)
    leila.click(asked, "survey.open")
    assert "This survey is anonymous." in seen(leila)
    leila.fill("q.changed", "4")
    leila.submit()
    with town.database.read() as session:
        (answer,) = session.scalars(select(AnswerRow))
        assert (answer.instrument, answer.request_id) == ("final_supervisor", None)
    town.until(datetime(2026, 8, 20, tzinfo=UTC))
    assert said_to(town, LEILA)[-1].ts == asked.ts


def test_a_supervisor_who_does_not_answer_is_reminded_once(town: Town) -> None:
    paired(town)
    town.until(datetime(2026, 8, 20, tzinfo=UTC))
    assert [("Still open" in each.reading) for each in said_to(town, LEILA)] == [False, False, True]


def test_not_for_me_is_the_end_of_it(town: Town) -> None:
    paired(town)
    town.until(AFTER_THE_START)
    told = said_to(town, LEILA)[0]
    town.person(LEILA).click(told, "supervisor.decline")
    assert "You hear nothing more" in said_to(town, LEILA)[0].reading
    town.until(AFTER_THE_END)
    assert len(said_to(town, LEILA)) == 1
    with town.database.read() as session:
        asked = session.scalars(select(RequestRow).where(RequestRow.instrument == "final_supervisor"))
        assert asked.all() == []


@pytest.mark.parametrize("who", [GUEST, PRIYA])
def test_whoever_cannot_be_a_supervisor_is_not_written_to_as_one(town: Town, who: str) -> None:
    paired(town, who)
    town.until(AFTER_THE_START)
    with town.database.read() as session:
        assert session.scalars(select(SupervisorRow)).all() == []


def test_a_program_can_leave_supervisors_out(town: Town) -> None:
    town.claim()
    town.draft()
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.settings")
    robin.fill("supervisors", [])
    robin.submit()
    robin.close(all=True)
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], supervisor=LEILA)
    town.join(MARCUS, "mentor", offers=["negotiation"])
    robin.command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    robin.submit()
    town.until(AFTER_THE_END)
    assert said_to(town, LEILA) == []
