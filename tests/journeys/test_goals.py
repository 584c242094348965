"""Goals: the mentee's own, seen by the mentor, moved on with one tap from Home."""

from typing import Any

import pytest

from tests.journeys.test_agreement import reverse_town
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, Town

LEAD: dict[str, Any] = {
    "objective": "Lead a matter on my own",
    "measure": "I've run a client call alone",
    "target_on": "2026-06-30",
}


def set_goal(town: Town, slack_id: str = PRIYA, **changed: str) -> dict[str, str]:
    """Set a goal from the list; gives the errors of the form, if any."""
    person = town.person(slack_id)
    person.command("/mentoring", "goals")
    person.press("goal.add")
    for name, value in (LEAD | changed).items():
        person.fill(name, value)
    errors = dict(person.submit().errors)
    person.close(all=True)
    return errors


def home(town: Town, slack_id: str) -> str:
    person = town.person(slack_id)
    person.open_home()
    assert person.home is not None
    return person.home.reading


def test_a_goal_moves_on_with_one_tap_from_home(town: Town) -> None:
    agreed_town(town)
    assert set_goal(town) == {}
    assert "Goal: Lead a matter on my own" in home(town, PRIYA)
    assert "Not begun, by Tuesday, June 30" in home(town, PRIYA)
    priya = town.person(PRIYA)
    for said in ("Under way", "Halfway there", "Nearly there"):
        priya.click_home("goal.step")
        assert priya.home is not None
        assert f"{said}, by Tuesday, June 30" in priya.home.reading, "Home shows it at once"
    assert "You've reached it: Lead a matter on my own" in priya.click_home("goal.step").view.reading  # type: ignore[union-attr] # it is open
    priya.close(all=True)
    assert "Lead a matter" not in home(town, PRIYA), "what is reached asks for nothing more"
    shown = priya.command("/mentoring", "goals").view
    assert shown is not None
    assert "Reached. You'll know by: I've run a client call alone" in shown.reading


def test_the_mentor_sees_the_goals_and_can_change_none(town: Town) -> None:
    agreed_town(town)
    set_goal(town)
    assert "Priya's goal: Lead a matter on my own (not begun)" in home(town, MARCUS)
    shown = town.person(MARCUS).command("/mentoring", "goals").view
    assert shown is not None
    assert "Priya's goals" in shown.reading
    assert not {"Change", "One step on", "Add a goal"} & set(shown.buttons)
    shown = town.person(PRIYA).command("/mentoring", "goals").view
    assert shown is not None
    assert "Marcus sees your goals. Nobody else does." in shown.reading


def test_in_a_reverse_pair_both_learn_and_both_keep_goals(town: Town) -> None:
    reverse_town(town)
    assert set_goal(town, PRIYA) == {}
    assert set_goal(town, MARCUS, objective="Know the new tools") == {}
    assert "Marcus's goal: Know the new tools" in home(town, PRIYA)
    assert "Priya's goal: Lead a matter" in home(town, MARCUS)


def test_a_goal_can_be_reworded_put_back_and_let_go(town: Town) -> None:
    agreed_town(town)
    set_goal(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "goals")
    priya.press("goal.step")
    priya.press("goal.edit")
    priya.fill("objective", "Lead two matters")
    priya.fill("progress", "0")
    priya.submit()
    assert priya.view is not None
    assert "Lead two matters" in priya.view.reading
    assert "Not begun" in priya.view.reading
    priya.press("goal.edit")
    priya.fill("drop", ["yes"])
    priya.submit()
    assert priya.view is not None
    assert "none yet" in priya.view.reading
    assert "Lead two matters" not in home(town, MARCUS)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("target_on", "2026-01-05", "That date has passed. Pick today or later."),
        ("target_on", "2099-01-05", "That's a long way off. Pick a day within five years."),
        ("objective", "   ", "A few words are enough, but it can't be empty."),
        ("measure", "   ", "A few words are enough, but it can't be empty."),
    ],
)
def test_a_goal_that_makes_no_sense_is_refused_in_its_field(
    town: Town, field: str, value: str, sentence: str
) -> None:
    agreed_town(town)
    assert set_goal(town, **{field: value}) == {field: sentence}


def test_six_goals_at_once_are_too_many(town: Town) -> None:
    matched_town(town)
    for number in range(5):
        assert set_goal(town, objective=f"Goal {number}") == {}
    assert set_goal(town, objective="One more") == {
        "objective": "You have 5 goals under way. Reach one or let one go first."
    }


def test_whoever_is_in_no_pair_is_told_how_to_get_there(town: Town) -> None:
    matched_town(town)
    for slack_id in (LEILA, JONAS):
        shown = town.person(slack_id).command("/mentoring", "goals").view
        assert shown is not None
        assert "you aren't in one yet" in shown.reading
