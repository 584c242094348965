"""Computes the proposals coordinators asked for, outside any transaction, and says when one is ready."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from itertools import combinations

from sqlalchemy.orm import Session

from bot.lesson_gate import IN, with_lessons_to_do
from mentoring.errors import Refusal
from mentoring.kinds import ProgramKind, Role
from mentoring.matching.enrolled import candidate
from mentoring.matching.record import RoundInputs, inputs_to_json, run_again
from mentoring.matching.result import to_json
from mentoring.matching.settings import PreviousPair
from mentoring.notices import Notice, ToPerson
from mentoring.pairs import takes_places
from mentoring.programs import Program, earlier_cycles, first_instant
from mentoring.recruiting import match_settings
from mentoring.review import steered
from mentoring.walls import groups_of
from storage.database import Database
from storage.match_runs import MatchRun, keep_proposal, refuse_run, wanted_runs
from storage.meetings import away_at
from storage.outbox import write_letter
from storage.pairs import pairs_of_program, pairs_of_programs
from storage.participants import participants
from storage.people import people
from storage.programs import program, programs
from storage.walls import walls_of_program


def run_wanted_matches(database: Database, now: datetime) -> int:
    """Compute every proposal somebody waits for; returns how many."""
    with database.glance() as session:
        wanted = wanted_runs(session)
    for run in wanted:
        with database.read() as session:
            this = _round(session, run, now)
        try:
            result = run_again(this)
        except Refusal as refusal:
            with database.write() as session:
                refuse_run(session, run.id, refusal.sentence)
                _tell(session, run, "match_refused", now)
        else:
            with database.write() as session:
                keep_proposal(session, run.id, inputs_to_json(this), to_json(result))
                _tell(session, run, "match_ready", now)
    return len(wanted)


def _round(session: Session, run: MatchRun, now: datetime) -> RoundInputs:
    """Everybody who joined, with the places that their pairs leave them, and who was paired before."""
    about = program(session, run.workspace_id, run.program_id)
    mentees, mentored = Counter[int](), set[int]()
    paired: set[int] = set()
    for pair in pairs_of_program(session, about.id):
        if not takes_places(pair, about.time_zone, now):
            continue
        mentors = [each.person_id for each in pair.in_role(Role.MENTOR)]
        learners = [each.person_id for each in pair.in_role(Role.MENTEE)]
        mentees.update({each: len(learners) for each in mentors})
        mentored.update(learners)
        paired.update(each.person_id for each in pair.members)
    found, managers = [], {}
    everybody = participants(session, about.id)
    walls = walls_of_program(session, about.id)
    groups = groups_of(walls)
    away = away_at(session, [each.person.id for each in everybody], max(now, first_instant(about)))
    waiting = with_lessons_to_do(session, about, everybody)
    for each in everybody:
        profile = each.enrollment.profile
        if profile.reports_to:
            managers[each.person.slack_id] = profile.reports_to
        if each.enrollment.state not in IN or not (each.person.active and each.person.member):
            continue
        if each.person.id in waiting:
            continue
        if about.kind is ProgramKind.PEER and each.person.id in paired:
            continue
        one = candidate(
            each.person, profile, mentees=mentees[each.person.id], has_mentor=each.person.id in mentored
        )
        if one is not None:
            found.append(
                replace(
                    one,
                    preferences=profile.preferences,
                    groups=groups.get(each.person.id, frozenset()),
                    away_at_start=each.person.id in away,
                )
            )
    settings = replace(
        steered(match_settings(about, run.seed), run.review), walls=tuple(each.separates for each in walls)
    )
    return RoundInputs(found, settings, _earlier_pairs(session, about, now), managers)


def _earlier_pairs(session: Session, about: Program, now: datetime) -> list[PreviousPair]:
    """Who was paired before: in this program and not any more, or in earlier ones of its kind, by cycles ago.

    People who parted in this program, had their time, were called off or go on casually are no cycle ago, so
    that no setting brings them together again.
    """
    before = earlier_cycles(about, programs(session, about.workspace_id))
    cycles = {about.id: 0} | {each.id: ago for ago, each in enumerate(before, 1)}
    pairs = [
        each
        for each in pairs_of_programs(session, cycles)
        if each.program_id != about.id or not takes_places(each, about.time_zone, now)
    ]
    everybody = {member.person_id for each in pairs for member in each.members}
    known = people(session, about.workspace_id, everybody)
    return [
        PreviousPair(
            frozenset({known[one.person_id].slack_id, known[other.person_id].slack_id}),
            cycles[pair.program_id],
        )
        for pair in pairs
        for one, other in combinations(pair.members, 2)
        if {one.person_id, other.person_id} <= known.keys()
    ]


def _tell(session: Session, run: MatchRun, kind: str, now: datetime) -> None:
    notice = Notice(
        kind=kind,
        to=ToPerson(run.created_by),
        key=f"{kind}:run {run.id}",
        not_before=now,
        why="they asked for a proposal",
        ids={"run": run.id},
    )
    write_letter(session, run.workspace_id, notice, now, program_id=run.program_id)
