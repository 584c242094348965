"""A program's lessons: ours, in the coordinator's own words, left out, or new; a fault names its line."""

import pytest

from playground import Person
from playground.blocks import controls
from tests.journeys.test_survey_desk import as_text, seen
from tests.support.town import MARCUS, PRIYA, ROBIN, Town


@pytest.fixture
def joined(town: Town) -> Town:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    return town


def library(town: Town) -> Person:
    robin = town.person(ROBIN)
    if robin.view is not None:
        robin.close(all=True)
    robin.click(robin.command("/mentoring", "surveys").shown[0], "library.list")
    return robin


def opened(town: Town, title: str) -> Person:
    robin = library(town)
    assert robin.view is not None
    block = next(each for each in robin.view.blocks if f"*{title}*" in each.get("text", {}).get("text", ""))
    robin.press((block["block_id"], "library.open"))
    return robin


def taught(town: Town) -> str:
    priya = town.person(PRIYA)
    priya.command("/mentoring", "lessons")
    text = seen(priya)
    priya.close(all=True)
    return text


def test_a_lesson_in_the_programs_own_words_is_what_people_read(joined: Town) -> None:
    robin = opened(joined, "Who does what")
    robin.fill("part0", as_text(robin).replace("title: Who does what", "title: Who does what here"))
    robin.submit()
    assert "In your words" in seen(robin)
    assert "Who does what here" in taught(joined)
    opened(joined, "Who does what here").press("library.ours")
    assert "Who does what here" not in taught(joined)


def test_a_lesson_that_is_left_out_is_not_offered(joined: Town) -> None:
    robin = opened(joined, "Who does what")
    robin.fill("left_out", ["yes"])
    robin.submit()
    assert "Left out" in seen(robin)
    assert "Who does what" not in taught(joined)


def test_a_new_lesson_is_offered_read_and_counted(joined: Town) -> None:
    robin = library(joined)
    assert robin.view is not None
    last = [each for each in controls(robin.view.blocks) if each.action_id == "library.open"][-1]
    robin.press((last.block_id, "library.open"))
    robin.submit()
    assert "How we do it here" in seen(robin)
    assert "Your own" in seen(robin)
    assert "How we do it here" in taught(joined)
    priya = joined.person(PRIYA)
    priya.command("/mentoring", "lessons")
    assert priya.view is not None
    new = [each for each in controls(priya.view.blocks) if each.action_id == "lesson.open"][-1]
    priya.press((new.block_id, "lesson.open"))
    priya.fill("lesson.choice", "ask")
    priya.submit()
    assert "One question saves an hour" in seen(priya)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 3", "minutes: 99", "Line 7: `minutes` goes from 1 to 15"),
        ("roles: [mentee]", "roles: [boss]", "Line 4: an entry of `roles` must be one of mentor, mentee"),
        ("    right: true\n", "", "exactly one choice must have `right: true`"),
        ("id: mentee_roles", "id: something_else", "Keep the id `mentee_roles`"),
        ("---\n", "", "a lesson starts with `---`"),
    ],
)
def test_a_lesson_with_a_fault_is_not_kept_and_the_line_is_named(
    joined: Town, old: str, new: str, said: str
) -> None:
    robin = opened(joined, "Who does what")
    text = as_text(robin)
    assert old in text
    robin.fill("part0", text.replace(old, new, 1))
    outcome = robin.submit()
    assert said in outcome.errors["part0"]
    assert "In your words" not in seen(library(joined))


def do_all(town: Town, slack_id: str) -> None:
    """Go through every lesson, with the first answer each."""
    person = town.person(slack_id)
    town.press(slack_id, "lesson.list")
    assert person.view is not None
    for number in range(sum(each.action_id == "lesson.open" for each in controls(person.view.blocks))):
        there = [each for each in controls(person.view.blocks) if each.action_id == "lesson.open"]
        person.press((there[number].block_id, "lesson.open"))
        choice = next(each for each in controls(person.view.blocks) if each.options)
        person.fill("lesson.choice", choice.options[0].value)
        person.submit()
        person.submit()
    person.close(all=True)


def test_where_the_lessons_come_first_it_is_said_at_once_and_nobody_is_matched_before(town: Town) -> None:
    town.claim()
    town.draft()
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.settings")
    robin.fill("lessons", ["yes"])
    robin.submit()
    robin.close(all=True)
    town.open()
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.join(PRIYA, "mentee", wants=["negotiation"])
    assert "First there are 4 short lessons, about 13 minutes in all" in town.newest(PRIYA).reading
    do_all(town, PRIYA)
    robin.command("/mentoring", "match")
    town.beat()
    assert "1 person has lessons to do first." in town.newest(ROBIN).reading
    do_all(town, MARCUS)
    robin.command("/mentoring", "match")
    town.beat()
    assert "is ready: 1 pair. Nobody has been told." in town.newest(ROBIN).reading
