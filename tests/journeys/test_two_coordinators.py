"""Two coordinators with the same form open: nothing one of them wrote is lost without a word."""

import pytest

from mentoring.charter import charter_of
from mentoring.health import read_thresholds
from mentoring.own_words import own_words
from playground import Outcome, Person
from tests.support.town import LEILA, ROBIN, Town


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


@pytest.mark.parametrize(
    ("line", "presses", "field", "first", "second"),
    [
        ("charter", "charter.edit_1", "purpose", "To keep people", "To grow partners"),
        ("charter", "charter.edit_2", "hours", 3, 4),
        ("charter", "charter.edit_4", "funding", "The firm pays", "Nobody pays"),
        ("settings", "match.settings", "objective", "most-matched", "fairest"),
        ("settings", "asked.settings", "minimum_group", 6, 7),
        ("phases", "", "middle", "2026-03-20", "2026-03-25"),
    ],
)
def test_every_form_of_a_program_tells_the_second(
    both: tuple[Person, Person], line: str, presses: str, field: str, first: str | int, second: str | int
) -> None:
    robin, leila = both
    for each in both:
        each.command("/mentoring", line)
        if presses:
            each.press(presses)
    robin.fill(field, first)
    robin.submit()
    leila.fill(field, second)
    assert "Robin changed this while you had it open." in reading(leila.submit())


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
