"""Which program a line means: said last by name, or the one on the desk."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.at_hand import named_last, on_desk
from mentoring.errors import Refusal
from mentoring.programs import Program, ProgramState
from tests.support.made_up import program_called

SPRING, SUMMER, MAY = (
    replace(program_called(name), id=number)
    for number, name in ((3, "Spring 2026"), (2, "Spring 2025"), (1, "May"))
)
ALL = (SPRING, SUMMER, MAY)


@pytest.mark.parametrize(
    ("line", "program", "rest"),
    [
        ("of Spring 2026", SPRING, ""),
        ("activity of spring 2026.", SPRING, "activity"),
        ("Priya in Spring 2025", SUMMER, "Priya"),
        ("<@U1> <@U2> to June 30 of Spring 2026", SPRING, "<@U1> <@U2> to June 30"),
        ("<@U1> as mentor for 2025", SUMMER, "<@U1> as mentor"),
        ("people csv spring  2026", SPRING, "people csv"),
        ("May", MAY, ""),
        ("of May", MAY, ""),
        ("<@U1> <@U2> to May", None, "<@U1> <@U2> to May"),
        ("here", None, "here"),
        ("activity de Spring 2026", SPRING, "activity"),
        ("Priya de Silva", None, "Priya de Silva"),
        ("Priya in Boston", None, "Priya in Boston"),
        ("OffSpring 2026", None, "OffSpring 2026"),
        ("", None, ""),
    ],
)
def test_a_program_is_named_at_the_end_of_a_line(line: str, program: Program | None, rest: str) -> None:
    assert named_last(line, ALL) == (program, rest)


@pytest.mark.parametrize("line", ["activity of Sprang", "of Spring", "of ay", "Priya for spring"])
def test_what_fits_no_program_or_several_is_refused_rather_than_guessed(line: str) -> None:
    with pytest.raises(Refusal, match=r"don't know a program|could be Spring 2026 or Spring 2025"):
        named_last(line, ALL)


def test_a_role_for_an_unknown_program_is_never_one_for_all() -> None:
    with pytest.raises(Refusal, match="don't know a program called “Sprang”"):
        named_last("<@U1> as viewer for Sprang", ALL, frozenset({"of", "for", "in"}))


STATES = st.lists(st.sampled_from(ProgramState), max_size=6)


@given(STATES, st.none() | st.integers(0, 8))
def test_the_desk_shows_what_was_chosen_else_the_newest_that_has_people(
    states: list[ProgramState], chosen: int | None
) -> None:
    there = [replace(SPRING, id=len(states) - n, state=state) for n, state in enumerate(states)]
    shown = on_desk(there, chosen)
    if not there:
        assert shown is None
        return
    assert shown is not None
    if chosen in {each.id for each in there}:
        assert shown.id == chosen
        return
    orders = ({ProgramState.ENROLLING, ProgramState.MATCHED, ProgramState.RUNNING}, {ProgramState.DRAFT},
              {ProgramState.CLOSED})  # fmt: skip
    best = next(each for each in orders if each & {*states})
    assert shown == next(each for each in there if each.state in best)
