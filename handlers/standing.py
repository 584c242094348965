"""Where the people of a pair stand in its program beside it: free, with room for one more, or matched."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from mentoring.enrollment import IN, Enrollment, EnrollmentState
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import ProgramKind, Role
from mentoring.pairs import Pair, room_for_one_more, takes_places
from mentoring.programs import Program
from storage.pairs import pairs_of_people
from storage.people import people
from storage.programs import (
    enrollment,
    finish_enrollments,
    profiles_of,
    program,
    save_enrollment,
    set_enrollment_states,
)


def pairs_beside(session: Session, about: Pair, found: Program, now: datetime) -> list[Pair]:
    """Other pairs of the program that somebody of this one is in, and that take places; in one query."""
    everybody = [each.person_id for each in about.members]
    return [
        each
        for each in pairs_of_people(session, about.workspace_id, everybody)
        if each.program_id == about.program_id
        and each.id != about.id
        and takes_places(each, found.time_zone, now)
    ]


def finish(
    session: Session, ended: Pair, found: Program, now: datetime, only: Collection[int] | None = None
) -> None:
    """Whoever has no other pair in the program has finished with it, and may join again; in two queries.

    Whoever asked for another match since they had their time keeps their place in line.

    Args:
        session: The transaction.
        ended: The pair that is over.
        found: Its program.
        now: The instant of the deed.
        only: Whom of the pair it concerns, if not everybody.
    """
    beside = pairs_beside(session, ended, found, now)
    free = [
        each.enrollment_id
        for each in ended.members
        if (only is None or each.person_id in only) and not any(one.has(each.person_id) for one in beside)
    ]
    finish_enrollments(session, free)


def has_room(session: Session, about: Pair, found: Program, now: datetime, person_id: int) -> bool:
    """Whether somebody can have one more pair, in the part they have or had in this."""
    return person_id not in _without_room(session, about, pairs_beside(session, about, found, now))


def _without_room(session: Session, about: Pair, beside: list[Pair]) -> list[int]:
    """Whoever of a pair has no room for it beside these others, in one query."""
    profiles = profiles_of(session, about.program_id, [each.person_id for each in about.members])
    return [
        each.person_id
        for each in about.members
        if not room_for_one_more(each, beside, profiles[each.person_id].capacity)
    ]


def has_places(found: Program, known: Enrollment) -> bool:
    """Whether somebody has places at all: among peers everybody is in one pair."""
    return found.kind is not ProgramKind.PEER and known.profile.is_mentor and known.state in IN


def mentees_of(session: Session, found: Program, person_id: int, now: datetime) -> int:
    """How many mentees somebody carries in a program now, in pairs that take places."""
    return sum(
        len(each.in_role(Role.MENTEE))
        for each in pairs_of_people(session, found.workspace_id, [person_id])
        if each.program_id == found.id
        and takes_places(each, found.time_zone, now)
        and any(one.person_id == person_id for one in each.in_role(Role.MENTOR))
    )


OVER = "Their time in the program is over. With the thanks each was asked whether they'd like another match."


def check_has_time(session: Session, about: Pair, now: datetime) -> None:
    """Refuse what is for pairs of the program alone: there is nothing to remind of, to hold, or to move from.

    Raises:
        NoLongerOpen: They go on casually, or have had their time.
    """
    found = program(session, about.workspace_id, about.program_id)
    if not takes_places(about, found.time_zone, now):
        raise NoLongerOpen(OVER)


def keep_to(session: Session, about: Pair, found: Program, now: datetime, person_id: int) -> int:
    """A mentor who carries others wants nobody in the place this pair left: as many as they have are enough.

    Returns:
        How many they carry, and offer to carry from now on; 0 where that changes nothing.
    """
    mine = enrollment(session, found.id, person_id)
    mentors = [each for each in about.in_role(Role.MENTOR) if each.person_id == person_id]
    if not mentors or mine is None or mine.state is not EnrollmentState.MATCHED:
        return 0
    beside = pairs_beside(session, about, found, now)
    same = [each for each in beside if any(one.person_id == person_id for one in each.in_role(Role.MENTOR))]
    carried = sum(len(each.in_role(Role.MENTEE)) for each in same)
    if not 0 < carried < mine.profile.capacity:
        return 0
    save_enrollment(session, found, person_id, mine.state, replace(mine.profile, capacity=carried), now)
    return carried


def match_again(session: Session, about: Pair, found: Program, ends_on: date, now: datetime) -> None:
    """A pair gets another last day: who had had their time in it is matched again, whatever they asked for.

    Args:
        session: The transaction.
        about: The pair as it was.
        found: Its program.
        ends_on: The new last day.
        now: The instant of the deed.

    Raises:
        Refusal: Somebody of it has another match by now, and no room for both.
    """
    goes_on = takes_places(about._replace(ends_on=ends_on), found.time_zone, now)
    if takes_places(about, found.time_zone, now) or not goes_on:
        return
    beside = pairs_beside(session, about, found, now)
    taken = _without_room(session, about, beside)
    if taken:
        known = people(session, about.workspace_id, taken)
        name = known[taken[0]].first_name
        raise Refusal(f"{name} has another match by now, and no place left. End that one first.", "ends_on")
    set_enrollment_states(session, [each.enrollment_id for each in about.members], EnrollmentState.MATCHED)
