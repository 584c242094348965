"""What is one's own on Home, gathered in a fixed number of queries."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.countries import NONE_KEPT
from mentoring.goals import Goal, has_goals, keeps_goals
from mentoring.pairs import Member, Pair
from mentoring.programs import Program
from messages.blocks import Block
from messages.own_part import OwnPart, own_blocks
from storage.goals import goals_of
from storage.own_days import days_of


def own_part(
    session: Session,
    visit: Visit,
    known: Mapping[int, Program],
    pairs: Sequence[Pair],
    names: Mapping[int, str],
) -> list[Block]:
    """Goals and days of whoever opened Home; nothing for somebody who is in no announced pair.

    `names` is how they read everybody of these pairs, by number, themselves among them.
    """
    if not pairs:
        return []
    found = goals_of(session, names, {each.program_id for each in pairs})
    kept_in = [each for each in known.values() if keeps_goals(visit.person.id, each, pairs)]
    own = [each for each in found if each.person_id == visit.person.id]
    calendar, said = days_of(session, visit.person.id)
    part = OwnPart(
        goals=[each for each in own if each.is_open],
        without=[each.id for each in kept_in if not any(goal.program_id == each.id for goal in own)],
        theirs=[
            (names[member.person_id], _open(found, member.person_id, each.program_id))
            for each, member in _others(pairs, visit.person.id)
            if has_goals(member.role, known[each.program_id].kind)
        ],
        asks_country=said is None,
        country=calendar.country or NONE_KEPT,
    )
    return own_blocks(part, visit.reader)


def _others(pairs: Sequence[Pair], person_id: int) -> list[tuple[Pair, Member]]:
    return [(each, member) for each in pairs for member in each.others(person_id)]


def _open(found: list[Goal], person_id: int, program_id: int) -> list[Goal]:
    return [
        each
        for each in found
        if each.is_open and (each.person_id, each.program_id) == (person_id, program_id)
    ]
