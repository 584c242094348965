"""In real time Slack has its answer as soon as the facts are stored; what is shown comes after it."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.pace import Pace
from bot.process import Bot
from bot.rehearsal.stage import connection_to
from handlers.afterwards import PATIENCE_S, Meanwhile
from playground import Message, Person
from tests.support.direct import DirectLine
from tests.support.town import PRIYA, ROBIN, Town
from tests.support.waiting import until

HELD_S = 0.5
"""Real seconds for which Slack holds an answer back."""


@pytest.fixture
def town(town: Town) -> Iterator[Town]:
    """The firm with a bot that works in real time."""
    bot = Bot(town.database, connection_to(town.playground), town.clock, Pace())
    town.playground.deliver_to(DirectLine(bot.app))
    town.bot = bot
    yield town
    town.playground.faults.clear()
    bot.stop_sending()
    bot.close()


def told(town: Town, slack_id: str, command: str) -> Message:
    person = town.person(slack_id)
    before = len(person.inbox())
    assert person.command("/mentoring", command).acked
    return until(lambda: person.inbox()[before:])[-1]


def opened_home(town: Town, slack_id: str) -> None:
    assert town.person(slack_id).open_home().acked
    until(lambda: town.person(slack_id).home)


def start_a_program(town: Town, name: str) -> Person:
    robin = town.person(ROBIN)
    robin.click(told(town, ROBIN, "coordinators"), "staff.claim")
    robin.command("/mentoring", "program new")
    until(lambda: robin.view)
    robin.fill("name", name)
    return robin


def test_a_form_is_acknowledged_while_slack_does_not_take_the_home_tab(town: Town) -> None:
    opened_home(town, ROBIN)
    robin = start_a_program(town, "Spring at Harbor Law")
    town.playground.faults.inject("views.publish", "hang", seconds=HELD_S)
    assert robin.submit().acked
    assert town.program().name == "Spring at Harbor Law"


def test_a_command_is_acknowledged_while_slack_does_not_open_the_form(town: Town) -> None:
    robin = town.person(ROBIN)
    robin.click(told(town, ROBIN, "coordinators"), "staff.claim")
    town.playground.faults.inject("views.open", "hang", seconds=HELD_S)
    with capture_logs() as logged:
        assert robin.command("/mentoring", "program new").acked
        assert logged == [], "Slack has let go of it already"
        until(lambda: [each for each in logged if each["event"] == "not shown"])
    assert robin.command("/mentoring", "program new").acked
    assert until(lambda: robin.view)


def test_the_home_tab_shows_what_was_done_last(town: Town) -> None:
    opened_home(town, ROBIN)
    robin = start_a_program(town, "Spring at Harbor Law")
    assert robin.submit().acked
    until(lambda: robin.home and "Spring at Harbor Law" in str(robin.home.blocks))


def test_an_opening_is_remembered_before_it_is_acknowledged(town: Town) -> None:
    town.playground.faults.inject("views.publish", "hang", seconds=HELD_S)
    assert town.person(PRIYA).open_home().acked
    with town.database.read() as session:
        from_facts = session.connection().exec_driver_sql("SELECT count(*) FROM person WHERE opened_home")
        assert from_facts.scalar() == 1


def test_a_home_tab_that_breaks_is_logged_and_the_next_one_is_drawn(town: Town) -> None:
    with town.database.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE enrollment RENAME TO enrollment_away")
    with capture_logs() as logged:
        assert town.person(PRIYA).open_home().acked
        failed: list[Any] = until(lambda: [each for each in logged if each["event"] == "failed"])
    assert [each["act"] for each in failed] == ["home"]
    with town.database.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE enrollment_away RENAME TO enrollment")
    opened_home(town, PRIYA)


def test_of_many_clicks_the_home_tab_is_drawn_once() -> None:
    drawn: list[int] = []
    later = Meanwhile()
    later.answering()
    for number in range(20):
        later.redraw("priya", partial(drawn.append, number))
    assert drawn == []
    later.answered()
    later.close()
    assert drawn == [19]


def test_a_home_tab_waits_for_answers_but_not_for_ever() -> None:
    later, drawn = Meanwhile(), threading.Event()
    later.answering()
    later.redraw("priya", drawn.set)
    assert drawn.wait(PATIENCE_S * 20)
    later.close()


def test_what_was_taken_is_shown_before_the_end() -> None:
    shown: list[int] = []
    later = Meanwhile()
    for number in range(10):
        later.redraw(f"person {number}", partial(shown.append, number))
        later.show(partial(shown.append, -number - 1))
    later.close()
    assert sorted(shown) == list(range(-10, 10))


def test_a_home_tab_in_the_making_lets_answers_go_first() -> None:
    later, began, drawn = Meanwhile(patience=60), threading.Event(), threading.Event()

    def draw() -> None:
        began.set()
        waiting.wait()
        later.give_way()
        drawn.set()

    waiting = threading.Event()
    later.redraw("priya", draw)
    assert began.wait(20)
    later.answering()
    waiting.set()
    assert not drawn.wait(0.1)
    later.answered()
    assert drawn.wait(20)
    later.close()
