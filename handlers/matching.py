"""Reviewing and approving what the matcher proposed. Nobody is told before."""

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.enrollment import EnrollmentState
from mentoring.kinds import ProgramKind, Role
from mentoring.matching.result import Match, MatchResult, result_from_json
from mentoring.notices import Notice, ToPair, ToPerson
from mentoring.pairs import Member
from mentoring.programs import Program, ProgramState
from messages.answers import Answer, Show, Tell
from messages.forms.match import Proposal, review_form
from messages.replies import say
from messages.words import Words
from storage.match_runs import approve_run, match_run
from storage.outbox import audit, write_letter
from storage.pairs import NewPair, add_pairs
from storage.people import people_by_slack_id
from storage.programs import (
    Participant,
    participants,
    program,
    save_program,
    set_enrollment_state,
    wake_program,
    with_state,
)


def review(visit: Visit) -> Answer:
    """Show the proposal, or another page of it."""
    with visit.database.read() as session:
        run = match_run(session, visit.workspace.id, visit.act.number("run"))
        found = program(session, visit.workspace.id, run.program_id)
        result = result_from_json(run.result)
        ids = {each for pair in result.pairs for each in pair.people} | {
            each.user_id for each in result.unmatched
        }
        known = people_by_slack_id(session, visit.workspace.id, ids)
    names = {slack_id: person.name for slack_id, person in known.items()}
    page = visit.act.number("page") if "page" in visit.act.ids else 0
    return Show(review_form(Proposal(found, run.id, run.version, result, names), visit.reader, page))


def approve(visit: Visit) -> Answer:
    """Approve what was shown: pairs, introductions and kind words for the rest, in one transaction."""
    with visit.database.write() as session:
        run = match_run(session, visit.workspace.id, visit.act.number("run"))
        approve_run(session, run.id, visit.act.number("version"), visit.person.id, visit.now)
        found = program(session, visit.workspace.id, run.program_id)
        result = result_from_json(run.result)
        people = {each.person.slack_id: each for each in participants(session, found.id)}
        pairs = _store_pairs(session, visit, found, result, people, run.id)
        waiting = _tell_the_unmatched(session, visit, found, result, people, run.id)
        save_program(session, with_state(found, ProgramState.MATCHED))
        wake_program(session, found.id, visit.now)
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "match.approve",
            {"run": run.id},
            visit.now,
            program_id=found.id,
        )
    words = Words("forms/match", visit.reader)
    return Tell(say(words.mrkdwn("approved", pairs=pairs, unmatched=waiting)))


def _store_pairs(
    session: Session,
    visit: Visit,
    found: Program,
    result: MatchResult,
    people: dict[str, Participant],
    run_id: int,
) -> int:
    new = [_new_pair(each, found.kind, people) for each in _together(result, found.kind)]
    pairs = add_pairs(
        session, visit.workspace.id, found.id, new, found.ends_on, visit.now, match_run_id=run_id
    )
    for pair in pairs:
        for member in pair.members:
            set_enrollment_state(session, member.enrollment_id, EnrollmentState.MATCHED)
        introduction = Notice(
            kind="introduction",
            to=ToPair(pair.id),
            key=f"introduction:pair {pair.id}",
            not_before=visit.now,
            why="a coordinator approved the pair",
        )
        write_letter(session, visit.workspace.id, introduction, visit.now, program_id=found.id)
    return len(pairs)


def _together(result: MatchResult, kind: ProgramKind) -> list[tuple[Match, ...]]:
    """In a group program everybody matched with one mentor makes a group; elsewhere a match is a pair."""
    if kind is not ProgramKind.GROUP:
        return [(each,) for each in result.pairs]
    groups: dict[str, list[Match]] = {}
    for each in result.pairs:
        groups.setdefault(each.mentor, []).append(each)
    return [tuple(each) for each in groups.values()]


def _new_pair(matches: tuple[Match, ...], kind: ProgramKind, people: dict[str, Participant]) -> NewPair:
    ids = dict.fromkeys(slack_id for each in matches for slack_id in each.people)
    members = []
    for position, slack_id in enumerate(ids):
        who = people[slack_id]
        role = None if kind is ProgramKind.PEER else Role.MENTOR if position == 0 else Role.MENTEE
        members.append(Member(who.person.id, who.enrollment.id, role))
    why = " ".join(each.explanation.together or each.explanation.coordinator for each in matches)
    return NewPair(tuple(members), why, sum(each.score for each in matches) / len(matches))


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
