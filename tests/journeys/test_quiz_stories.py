"""Tasks of the library: a quiz that scores at once, and an objective for each."""

from datetime import UTC, datetime

import pytest

from playground import Person
from playground.blocks import controls
from tests.journeys.test_main_job import agreed_town
from tests.journeys.test_phase_stories import first, text_of
from tests.support.town import MARCUS, PRIYA, ROBIN, Town


@pytest.fixture
def offered(town: Town) -> Town:
    """Priya, who learns from Marcus, looks at the ideas for the first weeks."""
    agreed_town(town)
    town.until(datetime(2026, 2, 6, tzinfo=UTC))
    town.press(PRIYA, "task.ideas")
    return town


def take(person: Person, idea: str) -> None:
    assert person.view is not None
    for each in controls(person.view.blocks):
        if each.action_id == "task.take" and f'"{idea}"' in (each.value or ""):
            person.press((each.block_id, each.action_id))
            return
    raise AssertionError(f"{idea} is not offered")


def answers(person: Person, **picked: str) -> None:
    for question, choice in picked.items():
        person.fill(question, choice)
    person.submit()


def shown(person: Person) -> str:
    assert person.view is not None
    return person.view.reading


def test_a_quiz_scores_at_once_and_the_mentor_may_say_two_lines(offered: Town) -> None:
    priya, marcus = offered.person(PRIYA), offered.person(MARCUS)
    take(priya, "quiz_private")
    assert "Toward: Know the people and how things work here" in shown(priya)
    priya.press("task.quiz")
    assert "What you pick is not kept." in shown(priya)
    answers(priya, elevator="wait", mentor_told="general", wrong_address="recall")
    assert "2 of 3 right." in shown(priya)
    assert "There may be duties you don't know of." in shown(priya)
    priya.press("task.list")
    assert "done, 2 of 3 right" in shown(priya)
    assert "Answer the quiz" not in shown(priya)
    priya.close(all=True)
    offered.later(days=1)
    told = offered.with_button(marcus.inbox(), "task.feedback")
    assert "Priya answered the quiz What stays in the room?" in text_of(told)
    marcus.click(told, "task.feedback")
    marcus.fill("keep_going", "You waited.")
    marcus.fill("try_next", "Ask who to tell.")
    marcus.submit()
    offered.later(days=3)
    heard = offered.with_button(priya.inbox(), "task.list")
    assert "Ask who to tell." in text_of(heard)


def test_a_quiz_is_answered_once_and_by_the_mentee(offered: Town) -> None:
    priya = offered.person(PRIYA)
    take(priya, "quiz_private")
    priya.press("task.quiz")
    picked = {"elevator": "wait", "mentor_told": "general", "wrong_address": "tell"}
    answers(priya, **picked)
    assert "3 of 3 right." in shown(priya)
    priya.close(all=True)
    offered.press(PRIYA, "task.ideas")
    assert "What stays in the room?" not in shown(priya), "it was offered before"
    priya.close(all=True)
    offered.press(MARCUS, "task.ideas")
    assert "Take it up" not in shown(offered.person(MARCUS))


def test_where_a_program_has_its_own_objectives_the_mentee_says_which_a_task_is_for(offered: Town) -> None:
    robin, priya = offered.person(ROBIN), offered.person(PRIYA)
    robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.settings")
    robin.fill("objectives", "Draft a brief\nSpeak in court")
    robin.submit()
    robin.close(all=True)
    first(priya, "task.take")
    assert "What does it work toward?" in shown(priya)
    priya.fill("objective", "2")
    priya.submit()
    assert "Toward: Speak in court" in shown(priya)


def test_a_piece_stays_in_the_portfolio_when_its_objective_goes(offered: Town) -> None:
    robin, priya = offered.person(ROBIN), offered.person(PRIYA)
    priya.close(all=True)
    priya.command("/mentoring", "portfolio")
    priya.press("portfolio.add")
    priya.fill("objective", "3")
    priya.fill("heading", "My plan")
    priya.fill("text", "Three steps.")
    priya.fill("warned", ["yes"])
    priya.submit()
    priya.close(all=True)
    robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.settings")
    robin.fill("objectives", "Draft a brief")
    robin.submit()
    robin.close(all=True)
    priya.command("/mentoring", "portfolio")
    assert "My plan" in shown(priya)


def test_a_mentor_suggests_a_task_and_the_mentee_takes_it_up_or_leaves_it(offered: Town) -> None:
    priya, marcus = offered.person(PRIYA), offered.person(MARCUS)
    priya.close(all=True)
    offered.press(MARCUS, "task.ideas")
    for name in ("Read a closing set", "Draft the cover letter"):
        marcus.press("task.own")
        marcus.fill("name", name)
        marcus.fill("kind", "PRACTICAL")
        marcus.submit()
        assert "an idea" in shown(marcus)
        marcus.press("task.ideas")
    offered.later(days=1)
    told = priya.inbox()[-1]
    assert "Marcus suggests a task: Draft the cover letter." in text_of(told)
    priya.click(told, "task.accept")
    assert "Draft the cover letter (practical task): under way" in shown(priya)
    first(priya, "task.drop")
    priya.close(all=True)
    again = priya.click(told, "task.accept")
    assert any("This task is dropped by now." in each.reading for each in again.shown)
