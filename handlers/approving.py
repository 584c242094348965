"""Approving pairs: stored, asked in private where the program wants it, introduced; the rest told kindly."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.enrollment import EnrollmentState
from mentoring.kinds import ProgramKind, Role
from mentoring.matching.result import Match, MatchResult
from mentoring.notices import Notice, ToPair, ToPerson
from mentoring.pairs import Member, Pair
from mentoring.programs import Program, ProgramState, check_goes_on
from mentoring.recruiting import consent_at, rules_of
from mentoring.review import together
from storage.facts import calendars
from storage.match_checks import add_checks
from storage.match_runs import MatchRun, close_run
from storage.outbox import write_letter
from storage.pairs import NewPair, add_pairs
from storage.participants import Participant, participants
from storage.programs import save_program, set_enrollment_states, wake_program, with_state

MANY = 20
"""Pairs from which on a coordinator is shown how far their introductions have come."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval did.

    Args:
        checked_until: When silence is consent, where people are asked in private first.
        told_unmatched: People told that they wait for the next round.
        left: Pairs or groups that still wait for a decision.
    """

    checked_until: datetime | None
    told_unmatched: int
    left: int


def approve_positions(
    session: Session,
    visit: Visit,
    found: Program,
    run: MatchRun,
    result: MatchResult,
    chosen: list[tuple[int, ...]],
) -> Approved:
    """Make pairs of these positions of a run; each inner tuple is a pair, or a group with one mentor."""
    check_goes_on(found, visit.now)
    people = {each.person.slack_id: each for each in participants(session, found.id)}
    new = [new_pair(tuple(result.pairs[each] for each in unit), found.kind, people) for unit in chosen]
    pairs = add_pairs(
        session, visit.workspace.id, found.id, new, found.ends_on, visit.now, match_run_id=run.id
    )
    members = [member.enrollment_id for pair in pairs for member in pair.members]
    set_enrollment_states(session, members, EnrollmentState.MATCHED)
    if len(pairs) >= MANY:
        _show_progress(session, visit, found, run)
    until = introduce(session, found, pairs, visit.now)
    units = together(result, found.kind)
    left = sum(not set(unit) <= run.review.approved for unit in units)
    told = 0
    if not left:
        told = _tell_the_unmatched(session, visit, found, result, people, run.id)
        close_run(session, run.id, visit.person.id, visit.now)
    if found.state is ProgramState.ENROLLING:
        save_program(session, with_state(found, ProgramState.MATCHED))
    wake_program(session, found.id, visit.now)
    return Approved(until, told, left)


def _show_progress(session: Session, visit: Visit, found: Program, run: MatchRun) -> None:
    """One message to whoever approved, which says how far the announcement has come."""
    notice = Notice(
        kind="announcing",
        to=ToPerson(visit.person.id),
        key=f"announcing:run {run.id}",
        not_before=visit.now,
        why="they approved many at once",
        ids={"run": run.id},
    )
    write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)


def new_pair(matches: tuple[Match, ...], kind: ProgramKind, people: dict[str, Participant]) -> NewPair:
    """The pair, or group, that these matches make; the mentor comes first."""
    ids = dict.fromkeys(slack_id for each in matches for slack_id in each.people)
    members = []
    for position, slack_id in enumerate(ids):
        who = people[slack_id]
        role = None if kind is ProgramKind.PEER else Role.MENTOR if position == 0 else Role.MENTEE
        members.append(Member(who.person.id, who.enrollment.id, role))
    why = " ".join(each.explanation.together or each.explanation.coordinator for each in matches)
    return NewPair(tuple(members), why, sum(each.score for each in matches) / len(matches))


def introduction_key(pair_id: int) -> str:
    """The once-only name of a pair's introduction."""
    return f"introduction:pair {pair_id}"


def introduce(session: Session, found: Program, pairs: list[Pair], now: datetime) -> datetime | None:
    """Write the introductions; with a quiet check they wait for consent, and it tells until when."""
    checking = rules_of(found).quiet_check
    when = calendars(session, [each.person_id for pair in pairs for each in pair.members])
    latest = None
    for pair in pairs:
        at = now
        if checking:
            at = consent_at(now, [when[each.person_id] for each in pair.members])
            _check_quietly(session, found, pair, now, at)
            latest = max(latest or at, at)
        notice = Notice(
            kind="introduction",
            to=ToPair(pair.id),
            key=introduction_key(pair.id),
            not_before=at,
            why="silence was consent" if checking else "a coordinator approved the pair",
        )
        write_letter(session, found.workspace_id, notice, now, program_id=found.id)
    return latest


def _check_quietly(session: Session, found: Program, pair: Pair, now: datetime, until: datetime) -> None:
    add_checks(session, pair, now, until)
    for member in pair.members:
        notice = Notice(
            kind="match_check",
            to=ToPerson(member.person_id),
            key=f"match_check:pair {pair.id}:person {member.person_id}",
            not_before=now,
            expires_at=until,
            why="asked in private before the announcement",
            ids={"pair": pair.id, "until": until.isoformat()},
        )
        write_letter(session, found.workspace_id, notice, now, program_id=found.id)


def _tell_the_unmatched(
    session: Session,
    visit: Visit,
    found: Program,
    result: MatchResult,
    people: dict[str, Participant],
    run_id: int,
) -> int:
    """Tell whoever is in no pair at all; somebody with a mentee is not told that they have no mentor yet."""
    paired = {slack_id for each in result.pairs for slack_id in each.people}
    alone = {each.user_id: each.role for each in result.unmatched if each.user_id not in paired}
    waiting = [(people[slack_id], role) for slack_id, role in alone.items() if slack_id in people]
    for each, role in waiting:
        notice = Notice(
            kind="not_matched",
            to=ToPerson(each.person.id),
            key=f"not_matched:run {run_id}:enrollment {each.enrollment.id}",
            not_before=visit.now,
            why="no match in this round",
            ids={"run": run_id, "role": role or Role.MENTEE},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)
    return len(waiting)
