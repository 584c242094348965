"""Supervisors: told what it takes, asked once, never shown what a pair says, and free to hear no more."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from playground import Message
from storage.tables import AnswerRow, RequestRow, SkipRow, SupervisorRow
from tests.journeys.test_survey_desk import seen
from tests.support.beginnings import beginning
from tests.support.town import GUEST, JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

AFTER_THE_START = datetime(2026, 2, 4, tzinfo=UTC)
AMARA, BOSS, CHIEF = "U0AMARA", "U0BOSS", "U0CHIEF"
AFTER_THE_END = datetime(2026, 8, 5, tzinfo=UTC)


@beginning
def paired(town: Town, supervisor: str = LEILA, **charter: str) -> Town:
    """Priya, whom Leila supervises, learns from Marcus."""
    town.claim()
    town.draft(**charter)
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], supervisor=supervisor)
    town.join(MARCUS, "mentor", offers=["negotiation"])
    match(town)
    return town


@beginning
def with_three_supervisors(town: Town) -> Town:
    """Leila's is one of three answers: as few as a program may show."""
    for slack_id, name in ((AMARA, "Amara Okafor"), (BOSS, "Bea Stone"), (CHIEF, "Cal Moss")):
        town.playground.add_person(slack_id, name, email=f"{slack_id}@firm.example", tz="America/New_York")
        town.person(slack_id).command("/mentoring", "help")
    town.claim()
    town.draft()
    ask_of(town, minimum_group="3")
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], supervisor=LEILA)
    town.join(AMARA, "mentee", wants=["negotiation"], supervisor=BOSS)
    town.join(MARCUS, "mentor", offers=["negotiation"], capacity="2", supervisor=CHIEF)
    match(town)
    return town


def match(town: Town) -> None:
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.person(ROBIN).close(all=True)


def ask_of(town: Town, **settings: str | list[str]) -> None:
    """Robin changes what the program asks."""
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.settings")
    for name, value in settings.items():
        robin.fill(name, value)
    robin.submit()
    robin.close(all=True)


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
    with_three_supervisors(town)
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


def test_supervisors_so_few_that_nothing_would_be_shown_are_not_asked_and_the_coordinator_reads_why(
    town: Town,
) -> None:
    paired(town)
    town.until(AFTER_THE_END)
    assert len(said_to(town, LEILA)) == 1, "told of the program, and asked nothing"
    with town.database.read() as session:
        skipped = session.scalars(select(SkipRow).where(SkipRow.reason == "too_few")).all()
    assert [(each.rung, each.pair_id) for each in skipped] == [("survey", None)]
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.results")
    assert "Supervisors were not asked what changed" in seen(robin)
    assert "results appear from 5 answers upward" in seen(robin)


def test_a_supervisor_who_does_not_answer_is_reminded_once(town: Town) -> None:
    with_three_supervisors(town)
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
    ask_of(town, supervisors=[])
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], supervisor=LEILA)
    town.join(MARCUS, "mentor", offers=["negotiation"])
    match(town)
    town.until(AFTER_THE_END)
    assert said_to(town, LEILA) == []
