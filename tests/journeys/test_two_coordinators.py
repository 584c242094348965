"""Two coordinators with the same form open: nothing one of them wrote is lost without a word."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from mentoring.charter import charter_of
from mentoring.health import read_thresholds
from mentoring.own_words import own_words
from messages.shared_forms import SHARED, shown_value
from playground import Outcome, Person
from playground.blocks import controls
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town


@pytest.fixture
def both(town: Town) -> tuple[Person, Person]:
    """Robin and Leila run a program together."""
    town.claim()
    town.draft()
    robin, leila = town.person(ROBIN), town.person(LEILA)
    robin.command("/mentoring", "coordinators add @Leila Petrov")
    return robin, leila


def test_the_second_to_save_hears_who_changed_what_and_keeps_every_entry(
    town: Town, both: tuple[Person, Person]
) -> None:
    robin, leila = both
    for each in both:
        each.command("/mentoring", "settings")
    robin.fill("look", 30)
    robin.submit()
    leila.fill("look", 45)
    leila.fill("fine", 80)
    leila.submit()
    assert leila.view is not None
    assert "Robin changed this while you had it open." in leila.view.reading
    assert "below a health of → “30”" in leila.view.reading
    assert read_thresholds(town.program().settings).look == 30
    leila.submit()
    now = read_thresholds(town.program().settings)
    assert (now.look, now.fine) == (45, 80)


def test_what_only_one_of_them_touched_is_kept_from_both(town: Town, both: tuple[Person, Person]) -> None:
    robin, leila = both
    for each in both:
        each.command("/mentoring", "charter")
        each.press("charter.edit_3")
    robin.fill("goals", "Two mentors in every office")
    robin.submit()
    leila.fill("need", "People leave in their third year.")
    leila.submit()
    assert charter_of(town.program()).goals == ("Two mentors in every office",)
    assert charter_of(town.program()).need == "People leave in their third year."


def test_the_same_change_by_both_is_no_quarrel(both: tuple[Person, Person]) -> None:
    for each in both:
        each.command("/mentoring", "words")
        each.fill("greeting", "Good to have you here")
    for each in both:
        outcome = each.submit()
        assert "while you had it open" not in reading(outcome)


def test_a_third_change_is_told_again(town: Town, both: tuple[Person, Person]) -> None:
    robin, leila = both
    for each in both:
        each.command("/mentoring", "words")
    robin.fill("greeting", "Hello")
    robin.submit()
    leila.fill("greeting", "Welcome")
    leila.submit()
    robin.close(all=True)
    robin.command("/mentoring", "words")
    robin.fill("greeting", "Good day")
    robin.submit()
    assert "“Good day”" in reading(leila.submit())
    leila.submit()
    assert own_words(town.program()).greeting == "Welcome"


def typed(line: str, *presses: str) -> Callable[[Person], None]:
    """A way to a form: a line, and the buttons from there on."""

    def go(person: Person) -> None:
        person.command("/mentoring", line)
        for each in presses:
            person.press(each)

    return go


def pressed_beside(words: str, action_id: str) -> Callable[[Person], None]:
    """The button in the block that says this."""

    def press(person: Person) -> None:
        assert person.view is not None
        block = next(each for each in person.view.blocks if words in str(each) and action_id in str(each))
        person.press((block["block_id"], action_id))

    return press


def to_a_lesson(person: Person) -> None:
    person.click(person.command("/mentoring", "surveys").shown[0], "library.list")
    pressed_beside("*Who does what", "library.open")(person)


def to_a_survey(person: Person) -> None:
    person.command("/mentoring", "survey")
    pressed_beside("*First check-in*", "survey.edit")(person)


def to_a_question(person: Person) -> None:
    to_a_survey(person)
    assert person.view is not None
    menu = next(
        each
        for each in controls(person.view.blocks)
        if each.action_id == "survey.menu" and "edit clear" in [one.value for one in each.options]
    )
    person.press((menu.block_id, "survey.menu"), "edit clear")


def to_a_heading(person: Person) -> None:
    to_a_survey(person)
    person.press("survey.heading")


def to_a_resource(person: Person) -> None:
    """The first who comes by puts it there."""
    typed("resources", "Keep the library…")(person)
    assert person.view is not None
    if "Negotiating" not in person.view.reading:
        person.press("Add one…")
        person.fill("title", "Negotiating for beginners")
        person.fill("url", "https://library.example/negotiating")
        person.submit()
    person.press("Change…")


def to_a_wall(person: Person) -> None:
    """The same."""
    person.command("/mentoring", "match walls")
    assert person.view is not None
    if "Falcon" not in person.view.reading:
        person.press("Add a wall…")
        person.fill("name", "Falcon")
        person.fill("one", [PRIYA])
        person.fill("other", [MARCUS])
        person.submit()
    person.press("Change…")


class Story(NamedTuple):
    """Two change the same field of a form."""

    go: Callable[[Person], None]
    field: str
    first: Any
    second: Any


EVERY_FORM: Mapping[str, Story] = {
    "asked.submit": Story(typed("settings", "asked.settings"), "minimum_group", 6, 7),
    "charter.first": Story(typed("charter", "charter.edit_1"), "purpose", "To keep people", "To grow"),
    "charter.people": Story(typed("charter", "charter.edit_2"), "hours", 3, 4),
    "charter.success": Story(typed("charter", "charter.edit_3"), "goals", "Two in each office", "Three"),
    "charter.support": Story(typed("charter", "charter.edit_4"), "funding", "The firm", "Nobody"),
    "desk.settings_submit": Story(typed("settings"), "look", 30, 45),
    "library.submit": Story(to_a_lesson, "part0", "Who does what here", "Who does what by now"),
    "match.rules_submit": Story(typed("match rules"), "must_office", "same", "different"),
    "match.settings_submit": Story(
        typed("settings", "match.settings"), "objective", "most-matched", "fairest"
    ),
    "match.wall_submit": Story(to_a_wall, "name", "Falcon against Eagle", "Falcon against Hawk"),
    "phases.submit": Story(typed("phases"), "middle", "2026-03-20", "2026-03-25"),
    "resource.save": Story(to_a_resource, "title", "Negotiating well", "Negotiating better"),
    "survey.heading_submit": Story(to_a_heading, "purpose", "To hear how it is.", "To help."),
    "survey.question_submit": Story(to_a_question, "text", "Is it clear?", "Is it clear by now?"),
    "words.submit": Story(typed("words"), "greeting", "Hello", "Welcome"),
}


IN_AN_OPEN_PROGRAM = {"match.rules_submit", "match.wall_submit"}


def test_every_shared_form_has_its_story() -> None:
    assert EVERY_FORM.keys() == SHARED


@pytest.mark.parametrize("form", sorted(SHARED))
def test_whoever_sends_a_form_second_reads_who_changed_what_and_can_put_theirs_in_its_place(
    town: Town, both: tuple[Person, Person], form: str
) -> None:
    story, (robin, leila) = EVERY_FORM[form], both
    if form in IN_AN_OPEN_PROGRAM:
        town.open()
    for each in both:
        story.go(each)
        assert each.view is not None
        assert each.view.callback_id == form
    fill(robin, story.field, story.first)
    assert not robin.submit().errors
    fill(leila, story.field, story.second)
    said = reading(leila.submit())
    assert "Robin changed this while you had it open." in said
    assert "→" in said
    assert "while you had it open" not in reading(leila.submit())
    if robin.view is not None:
        robin.close(all=True)
    story.go(robin)
    assert robin.view is not None
    there = next(each for each in robin.view.blocks if each.get("block_id") == story.field)
    assert str(story.second) in str(shown_value(there))


def fill(person: Person, field: str, value: Any) -> None:
    """Fill a field in; of a lesson, which is a whole text, change the title."""
    if field == "part0":
        assert person.view is not None
        block = next(each for each in person.view.blocks if each.get("block_id") == field)
        text = str(block["element"]["initial_value"])
        value = re.sub(r"^title: .*$", f"title: {value}", text, flags=re.MULTILINE)
    person.fill(field, value)


def test_a_form_with_marks_of_somebodys_making_is_taken_as_it_is(
    town: Town, both: tuple[Person, Person]
) -> None:
    robin, _ = both
    robin.command("/mentoring", "settings")
    assert robin.view is not None
    robin.view.source["private_metadata"] = robin.view.source["private_metadata"].replace("look:", "luck:")
    robin.fill("look", 31)
    robin.submit()
    assert read_thresholds(town.program().settings).look == 31


def reading(outcome: Outcome) -> str:
    return outcome.view.reading if outcome.view is not None else ""
