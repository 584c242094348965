"""A coordinator sends a survey now: counted first, in people's own hours, once, and it can be taken back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from playground import Outcome, Person
from storage.tables import LetterRow, PersonRow, RequestRow, SendingRow
from tests.journeys.test_main_job import agreed_town
from tests.journeys.test_survey_desk import opened, seen
from tests.support.town import MARCUS, PRIYA, ROBIN, Town

MONDAY_NOON = datetime(2026, 2, 9, 17, tzinfo=UTC)


@pytest.fixture
def running(town: Town) -> Town:
    """Priya and Marcus are a pair; nothing has been asked yet."""
    agreed_town(town)
    town.until(MONDAY_NOON)
    return town


def asked(town: Town) -> set[str]:
    """Whom a survey that was sent by hand has reached."""
    with town.database.read() as session:
        query = (
            select(PersonRow.slack_id)
            .join(LetterRow, LetterRow.person_id == PersonRow.id)
            .where(LetterRow.why == "a coordinator sent it", LetterRow.state == "sent")
        )
        return set(session.scalars(query))


def start(town: Town, slack_id: str) -> Person:
    """Open the survey on the match from its message."""
    person = town.person(slack_id)
    message = next(each for each in person.inbox() if "Is the match right?" in each.reading)
    person.click(message, "survey.open")
    return person


def prepared(town: Town, title: str, **fields: str) -> tuple[Person, Outcome]:
    robin = opened(town, title)
    robin.press("survey.send")
    for name, value in fields.items():
        robin.fill(name, value)
    return robin, robin.submit()


def test_how_many_get_it_is_said_before_anything_is_sent(running: Town) -> None:
    robin, _ = prepared(running, "Is the match right?", whom="everybody")
    assert "goes to 2 people: everybody" in seen(robin)
    assert "you will see no numbers here" in seen(robin)
    assert asked(running) == set()
    robin.submit()
    assert "on its way to 2 people" in seen(robin)
    running.later(days=3)
    assert asked(running) == {PRIYA, MARCUS}


def test_it_comes_in_each_persons_own_hours(running: Town) -> None:
    robin, _ = prepared(running, "Is the match right?", whom="mentors")
    running.clock.move_to(datetime(2026, 2, 9, 22, tzinfo=UTC))
    robin.submit()
    running.beat()
    assert asked(running) == set()
    running.later(days=3)
    assert asked(running) == {MARCUS}
    with running.database.read() as session:
        (letter,) = session.scalars(select(LetterRow).where(LetterRow.why == "a coordinator sent it"))
    assert letter.not_before.hour >= 9  # London


def test_a_second_press_sends_nothing(running: Town) -> None:
    robin, _ = prepared(running, "Is the match right?", whom="everybody")
    assert robin.view is not None
    form = robin.view
    robin.submit()
    robin.close(all=True)
    with running.database.read() as session:
        before = len(session.scalars(select(RequestRow)).all())
    assert form.callback_id == "survey.send_submit"
    robin, _ = prepared(running, "Is the match right?", whom="everybody")
    assert robin.view is not None
    with running.database.read() as session:
        assert len(session.scalars(select(RequestRow)).all()) == before
        assert len(session.scalars(select(SendingRow)).all()) == 1


def test_whoever_has_it_open_gets_nothing_new(running: Town) -> None:
    robin, _ = prepared(running, "Is the match right?", whom="mentees")
    robin.submit()
    robin.close(all=True)
    robin, _ = prepared(running, "Is the match right?", whom="everybody")
    assert "goes to 1 person" in seen(robin)
    assert "1 more has it open already" in seen(robin)


@pytest.mark.parametrize(
    ("title", "fields", "where", "said"),
    [
        ("Halfway survey", {"whom": "everybody"}, "whom", "An anonymous survey needs 5"),
        ("Is the match right?", {"whom": "unmatched"}, "whom", "Nobody is in this group"),
        ("Is the match right?", {"closes_on": "2026-02-09"}, "closes_on", "two days at least"),
        ("Is the match right?", {"closes_on": "2027-02-09"}, "closes_on", "within the next 60 days"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field(
    running: Town, title: str, fields: dict[str, str], where: str, said: str
) -> None:
    _, outcome = prepared(running, title, **fields)
    assert said in outcome.errors[where]
    assert asked(running) == set()


def test_a_program_that_nobody_can_join_yet_sends_nothing(town: Town) -> None:
    town.claim()
    town.draft()
    robin = opened(town, "Is the match right?")
    robin.press("survey.send")
    assert "once the program is open" in seen(robin)


def test_what_was_taken_back_cannot_be_answered_and_what_came_in_stays(running: Town) -> None:
    robin, _ = prepared(running, "Is the match right?", whom="everybody")
    robin.submit()
    robin.close(all=True)
    running.later(days=3)
    priya = start(running, PRIYA)
    priya.fill("q.fit", "4")
    priya.submit()
    marcus = start(running, MARCUS)
    marcus.fill("q.fit", "5")
    opened(running, "Is the match right?").press("survey.take_back")
    marcus.submit()
    assert "was taken back" in seen(marcus)
    with running.database.read() as session:
        rows = session.scalars(select(RequestRow).where(RequestRow.sending_id.is_not(None))).all()
    assert sorted(bool(row.answered_at) for row in rows) == [False, True]
    opened(running, "Is the match right?")
    assert "1 of 2 answered. You took it back." in seen(running.person(ROBIN))


def test_it_is_reminded_of_once(running: Town) -> None:
    robin, _ = prepared(running, "Is the match right?", whom="mentees")
    robin.submit()
    running.until(datetime(2026, 2, 22, tzinfo=UTC))
    mine = [each for each in running.person(PRIYA).inbox() if "Is the match right?" in each.reading]
    assert len([each for each in mine if "I remind once" in each.reading]) == 1
