"""Asking the matcher about a few people: whether they may be a pair, why they fit, who else would."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.errors import Refusal
from mentoring.hours import zone_of
from mentoring.kinds import ProgramKind, Role
from mentoring.late import late
from mentoring.matching.candidates import Candidate
from mentoring.matching.enrolled import candidate
from mentoring.matching.record import RoundInputs, run_again
from mentoring.matching.result import Match
from mentoring.matching.settings import PreviousPair
from mentoring.pairs import Pair, takes_places
from mentoring.programs import Program
from mentoring.recruiting import match_settings
from mentoring.walls import groups_of
from storage.namesakes import names_apart
from storage.pairs import pairs_of_people
from storage.participants import Participant, free_mentors, some_participants
from storage.walls import walls_of_program

if TYPE_CHECKING:
    from mentoring.matching.fitting import mentors_by_fit
else:
    mentors_by_fit = late("mentoring.matching.fitting", "mentors_by_fit")

SAID_YES = frozenset({EnrollmentState.JOINED, EnrollmentState.MATCHED})
MOST_CONSIDERED = 200
"""Mentors with a place who are weighed for a move, the longest waiting first: twice what a menu holds."""


def trial(
    session: Session, found: Program, ids: Sequence[int], now: datetime
) -> tuple[list[Match], dict[str, Participant]]:
    """Ask the matcher about these people alone: it knows every rule, and says why they fit.

    Args:
        session: The transaction.
        found: The program.
        ids: Person ids; of two who could both mentor, the first named does.
        now: The instant of the question; who has had their time in a pair is free for another.

    Raises:
        Refusal: They may not be matched, with the reason as far as a coordinator may know it.
    """
    known = _ready(session, found, ids)
    inputs = _round(session, found, known, None, now)
    inputs = replace(inputs, candidates=_in_roles(inputs.candidates, known, found.kind))
    result = run_again(inputs)
    paired = {slack_id for each in result.pairs for slack_id in each.people}
    if len(paired) < len(known):
        reason = next((each.reason for each in result.unmatched), "")
        raise Refusal(reason or "The program's rules on who may meet rule it out.")
    return list(result.pairs), {each.person.slack_id: each for each in known}


def mentors_for(
    session: Session, found: Program, about: Pair, mentee: int, now: datetime, asked_for: Collection[int] = ()
) -> list[tuple[int, str]]:
    """Who else could mentor somebody, by id and name: a place, and no rule against it; best fit first.

    Whoever is `asked_for` is considered however many have waited longer.
    """
    old = {each.person_id for each in about.others(mentee)}
    today = now.astimezone(zone_of(found.time_zone)).date()
    free = free_mentors(session, found.id, SAID_YES, MOST_CONSIDERED, today)
    if asked_for:
        free += free_mentors(session, found.id, SAID_YES, MOST_CONSIDERED, today, only=asked_for)
    known = [*{each.person.id: each for each in free if each.person.id not in {*old, mentee}}.values()]
    known += some_participants(session, found.id, [mentee])
    by_slack_id = {each.person.slack_id: each.person for each in known}
    inputs = _round(session, found, known, about, now)
    learner = [_as(one, Role.MENTEE) for one in inputs.candidates if by_slack_id[one.user_id].id == mentee]
    teachers = [
        _as(one, Role.MENTOR)
        for one in inputs.candidates
        if Role.MENTOR in one.roles and by_slack_id[one.user_id].id != mentee
    ]
    if not learner or not teachers:
        return []
    fitting = mentors_by_fit(replace(inputs, candidates=[*learner, *teachers]))
    names = {by_slack_id[each].id: by_slack_id[each].name for each in fitting}
    return [*names_apart(session, found.workspace_id, names).items()]


def _ready(session: Session, found: Program, ids: Sequence[int]) -> list[Participant]:
    """Everybody of these, in their order, if all have said yes themselves."""
    known = {each.person.id: each for each in some_participants(session, found.id, ids)}
    for person_id in ids:
        each = known.get(person_id)
        if each is not None and each.enrollment.state is EnrollmentState.FINISHED:
            raise Refusal(
                f"{each.person.first_name} has finished with {found.name}. `/mentoring join` brings them "
                "back, if they would like another match."
            )
        if each is None or each.enrollment.state not in SAID_YES:
            who = each.person.first_name if each else "Somebody you named"
            raise Refusal(
                f"{who} has not said yes to {found.name}. `/mentoring invite @name` asks them: nobody is "
                "enrolled without their own yes."
            )
        if not (each.person.active and each.person.member):
            raise Refusal(f"{each.person.first_name} is no longer a member of this workspace.")
    return [known[person_id] for person_id in ids]


def _in_roles(
    candidates: Sequence[Candidate], people: Sequence[Participant], kind: ProgramKind
) -> list[Candidate]:
    """Settle who mentors: the first named who can. Peers have no roles.

    Raises:
        Refusal: Nobody of them can, or somebody is not free for the other part.
    """
    by_id = {one.user_id: one for one in candidates}
    for each in people:
        if each.person.slack_id not in by_id:
            raise Refusal(f"{each.person.first_name} has no place left, or has a mentor already.")
    if kind is ProgramKind.PEER:
        return list(candidates)
    order = [by_id[each.person.slack_id] for each in people]
    mentor = next((one for one in order if Role.MENTOR in one.roles), None)
    if mentor is None:
        raise Refusal("None of them has signed up to mentor with a place left.")
    learners = [one for one in order if one is not mentor]
    for one in learners:
        if Role.MENTEE not in one.roles:
            raise Refusal(f"{one.name} has not signed up to be mentored, or has a mentor already.")
    return [_as(mentor, Role.MENTOR), *(_as(one, Role.MENTEE) for one in learners)]


def _as(one: Candidate, role: Role) -> Candidate:
    return replace(one, roles=frozenset({role}))


def _round(
    session: Session, found: Program, people: Sequence[Participant], leaving: Pair | None, now: datetime
) -> RoundInputs:
    """A round of these people, with the places their pairs leave them; `leaving` counts as over.

    Those who go on casually, or have had their time, are still a pair, and are not made one again.
    """
    known = {one.person.id: one.person.slack_id for one in people}
    theirs = [
        each
        for each in pairs_of_people(session, found.workspace_id, known)
        if each.program_id == found.id and (leaving is None or each.id != leaving.id)
    ]
    living = [each for each in theirs if takes_places(each, found.time_zone, now)]
    before = [
        PreviousPair(frozenset({known[one.person_id], known[other.person_id]}), 0)
        for each in theirs
        if each not in living
        for one, other in combinations(each.members, 2)
        if {one.person_id, other.person_id} <= known.keys()
    ]
    walls = walls_of_program(session, found.id)
    groups = groups_of(walls)
    candidates, managers = [], {}
    for each in people:
        person, profile = each.person, each.enrollment.profile
        if profile.reports_to:
            managers[person.slack_id] = profile.reports_to
        mentees = sum(len(pair.in_role(Role.MENTEE)) for pair in living if _is(pair, person.id, Role.MENTOR))
        has_mentor = any(_is(pair, person.id, Role.MENTEE) for pair in living)
        one = candidate(person, profile, mentees=mentees, has_mentor=has_mentor)
        if one is not None:
            group = groups.get(person.id, frozenset())
            candidates.append(replace(one, preferences=profile.preferences, groups=group))
    settings = replace(match_settings(found, 0), walls=tuple(each.separates for each in walls))
    return RoundInputs(candidates, settings, before, managers)


def _is(pair: Pair, person_id: int, role: Role) -> bool:
    return any(member.person_id == person_id for member in pair.in_role(role))
