"""Who may be matched at all: rules and ethical walls a coordinator sets, and that nobody else learns of."""

import copy
import json
from dataclasses import replace
from datetime import date

import pytest

from handlers.matching import decide
from handlers.visit import Visit
from mentoring.people import Person, StaffRole
from mentoring.programs import ProgramState
from messages.actions import Act
from messages.answers import Show
from storage.people import add_staff, person_by_slack_id
from storage.programs import program, save_program
from tests.handlers.test_matching_review import proposed_town, shown
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

MATTER = "Falcon against Eagle"


def build_a_wall(town: Town, one: list[str], other: list[str], name: str = MATTER) -> None:
    """Robin puts up a wall from the command line of Slack."""
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match walls")
    robin.press("Add a wall…")
    robin.fill("name", name)
    robin.fill("one", one)
    if other:
        robin.fill("other", other)
    robin.submit()


def match_again(town: Town) -> None:
    """Robin asks for a proposal and opens it."""
    robin = town.person(ROBIN)
    if robin.view is not None:
        robin.close(all=True)
    robin.command("/mentoring", "match new")
    town.beat()
    town.press(ROBIN, "match.review")


def everything_heard(town: Town) -> str:
    """Every word in every conversation, and what the coordinator's form shows."""
    rooms = [
        message.reading
        for who in (ROBIN, PRIYA, MARCUS, LEILA, JONAS)
        for message in [
            *town.person(who).inbox(),
            *(m for room in town.person(who).group_dms() for m in town.person(who).messages(room.id)),
        ]
    ]
    return "\n".join(rooms)


def test_a_wall_keeps_its_two_sides_apart_and_is_never_named(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    assert "Marcus O'Neill and Priya Raman" in shown(town)
    town.person(ROBIN).close(all=True)
    build_a_wall(town, [PRIYA], [MARCUS])
    assert f"*{MATTER}*" in shown(town)
    match_again(town)
    assert "Leila Petrov and Priya Raman" in shown(town)
    assert "Marcus O'Neill and Priya Raman" not in shown(town)
    assert "Falcon" not in shown(town)
    town.person(ROBIN).submit()
    town.later(days=1)
    assert "Falcon" not in everything_heard(town)


def test_a_wall_of_one_side_keeps_its_people_from_each_other(town: Town) -> None:
    proposed_town(town)
    build_a_wall(town, [PRIYA, MARCUS, LEILA], [])
    assert "none with another" in shown(town)
    match_again(town)
    assert "Priya Raman*: The program’s rules on who may meet leave no mentor for Priya." in shown(town)


def test_a_wall_is_changed_and_taken_down(town: Town) -> None:
    proposed_town(town)
    build_a_wall(town, [PRIYA], [MARCUS])
    robin = town.person(ROBIN)
    robin.press("Change…")
    robin.fill("other", [LEILA])
    robin.submit()
    assert "Priya Raman and Leila Petrov" in shown(town)
    robin.press("Change…")
    robin.press("Take it down")
    assert "No wall so far" in shown(town)
    match_again(town)
    assert "Marcus O'Neill and Priya Raman" in shown(town)


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ([PRIYA], [PRIYA, MARCUS], "Somebody stands on both sides."),
        ([PRIYA], [], "A wall needs two people at least."),
    ],
)
def test_a_wall_that_cannot_stand_is_refused_at_its_field(
    town: Town, one: list[str], other: list[str], sentence: str
) -> None:
    proposed_town(town)
    build_a_wall(town, one, other)
    view = town.person(ROBIN).view
    assert view is not None
    assert sentence in str(view.errors)


def test_another_programs_coordinator_gets_at_no_wall_of_this_one(town: Town) -> None:
    proposed_town(town)
    build_a_wall(town, [PRIYA], [MARCUS])
    robin = town.person(ROBIN)
    robin.close(all=True)
    town.draft(name="Another program")
    town.open()
    robin.command("/mentoring", "match walls")
    assert "Another program" in shown(town)
    assert MATTER not in shown(town)


def test_every_pair_must_be_of_one_office_where_the_program_says_so(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], office="London")
    town.join(JONAS, "mentee", wants=["negotiation"], office="Sydney")
    town.join(MARCUS, "mentor", offers=["negotiation"], office="london", capacity="2")
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match rules")
    robin.fill("must_office", "same")
    robin.submit()
    match_again(town)
    assert "Marcus O'Neill and Priya Raman" in shown(town)
    assert "Jonas Ito*: No mentor is left for Jonas: the program asks for the same office" in shown(town)


def test_a_range_the_wrong_way_round_is_refused_at_its_field(town: Town) -> None:
    proposed_town(town)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match rules")
    robin.fill("gap_least", "4")
    robin.submit()
    assert robin.view is not None
    assert "This is less than the number before." in robin.view.errors["gap_most"]


def last_years_pairs(town: Town) -> None:
    """Everybody was matched in a program that ran a year before the one that opens now."""
    proposed_town(town)
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.person(ROBIN).close(all=True)
    town.later(days=1)
    with town.database.write() as session:
        old = program(session, town.workspace.id, town.program().id)
        over = replace(
            old, state=ProgramState.CLOSED, starts_on=date(2025, 2, 3), ends_on=date(2025, 7, 31), name="2025"
        )
        save_program(session, over)
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(JONAS, "mentee", wants=["mediation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.join(LEILA, "mentor", offers=["mediation", "negotiation"])


def test_last_cycles_pairs_are_not_paired_again_unless_the_program_allows_it(town: Town) -> None:
    last_years_pairs(town)
    match_again(town)
    assert "Leila Petrov and Priya Raman" in shown(town)
    robin = town.person(ROBIN)
    robin.close(all=True)
    robin.command("/mentoring", "match rules")
    robin.fill("barred_cycles", "0")
    robin.submit()
    match_again(town)
    assert "Marcus O'Neill and Priya Raman" in shown(town)


def test_who_is_away_when_the_program_starts_waits_for_the_next_round(town: Town) -> None:
    proposed_town(town)
    marcus = town.person(MARCUS)
    marcus.command("/mentoring", "pause until 2026-03-02")
    match_again(town)
    assert "Marcus is away when the round starts" in shown(town)


def test_the_right_to_one_program_opens_no_run_of_another(town: Town) -> None:
    proposed_town(town)
    waiting = town.with_button(town.person(ROBIN).inbox(), "match.review")
    about = town.program()
    town.draft(name="Another program")
    with town.database.write() as session:
        leila = person_by_slack_id(session, town.workspace.id, LEILA)
        assert leila is not None
        there = town.program().id
        add_staff(session, town.workspace.id, leila.id, StaffRole.COORDINATOR, there, town.clock.now())
    before = town.newest(LEILA)
    for says, sentence in ((about.id, "Only a coordinator"), (there, "This proposal is no longer open")):
        act = json.dumps({"program": says, "run": 1}, separators=(",", ":"))
        forged = copy.deepcopy(waiting.blocks)
        next(each for each in forged if each["type"] == "actions")["elements"][0]["value"] = act
        town.person(LEILA).click(replace(before, blocks=forged), "match.review", stale=True)
        assert sentence in (town.newest(LEILA).reading + shown_to(town, LEILA))


def shown_to(town: Town, slack_id: str) -> str:
    """What stands on somebody's screen besides their messages."""
    view = town.person(slack_id).view
    return view.reading if view else ""


def test_a_choice_in_a_menu_cannot_name_another_program(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    robin = town.person(ROBIN)
    view = robin.view
    assert view is not None
    visit = Visit(
        database=town.database,
        workspace=town.workspace,
        person=the_person(town, ROBIN),
        now=town.clock.now(),
        act=Act("match.decide", json.loads(view.private_metadata)),
        values={},
        picked=json.dumps({"do": "keep", "n": 0, "page": 0, "program": 999, "run": 999, "version": 1}),
    )
    answer = decide(visit)
    assert isinstance(answer, Show)
    assert json.loads(answer.view["private_metadata"])["run"] == 1


def the_person(town: Town, slack_id: str) -> Person:
    with town.database.read() as session:
        found = person_by_slack_id(session, town.workspace.id, slack_id)
    assert found is not None
    return found
