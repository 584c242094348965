"""Computes the proposals coordinators asked for, outside any transaction, and says when one is ready."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.errors import Refusal
from mentoring.kinds import ProgramKind, Role
from mentoring.matching.candidates import Candidate
from mentoring.matching.enrolled import candidate
from mentoring.matching.propose import propose
from mentoring.matching.result import to_json
from mentoring.matching.settings import MatchSettings
from mentoring.notices import Notice, ToPerson
from mentoring.recruiting import match_settings
from mentoring.review import steered
from storage.database import Database
from storage.match_runs import MatchRun, keep_proposal, refuse_run, wanted_runs
from storage.outbox import write_letter
from storage.pairs import pairs_of_program
from storage.programs import participants, program

IN = (EnrollmentState.JOINED, EnrollmentState.MATCHED)


@dataclass(frozen=True, slots=True)
class _Round:
    settings: MatchSettings
    candidates: list[Candidate]
    managers: dict[str, str]


def run_wanted_matches(database: Database, now: datetime) -> int:
    """Compute every proposal somebody waits for; returns how many."""
    with database.read() as session:
        wanted = wanted_runs(session)
    for run in wanted:
        with database.read() as session:
            this = _round(session, run)
        try:
            result = propose(this.candidates, this.settings, managers=this.managers)
        except Refusal as refusal:
            with database.write() as session:
                refuse_run(session, run.id, refusal.sentence)
                _tell(session, run, "match_refused", now)
        else:
            with database.write() as session:
                keep_proposal(session, run.id, _inputs(this), to_json(result))
                _tell(session, run, "match_ready", now)
    return len(wanted)


def _round(session: Session, run: MatchRun) -> _Round:
    """Everybody who joined, with the places that living pairs leave them."""
    about = program(session, run.workspace_id, run.program_id)
    mentees, mentored = Counter[int](), set[int]()
    paired: set[int] = set()
    for pair in pairs_of_program(session, about.id):
        mentors = [each.person_id for each in pair.in_role(Role.MENTOR)]
        learners = [each.person_id for each in pair.in_role(Role.MENTEE)]
        mentees.update({each: len(learners) for each in mentors})
        mentored.update(learners)
        paired.update(each.person_id for each in pair.members)
    found, managers = [], {}
    for each in participants(session, about.id):
        profile = each.enrollment.profile
        if profile.reports_to:
            managers[each.person.slack_id] = profile.reports_to
        if each.enrollment.state not in IN or not (each.person.active and each.person.member):
            continue
        if about.kind is ProgramKind.PEER and each.person.id in paired:
            continue
        one = candidate(
            each.person, profile, mentees=mentees[each.person.id], has_mentor=each.person.id in mentored
        )
        if one is not None:
            found.append(replace(one, preferences=profile.preferences))
    return _Round(steered(match_settings(about, run.seed), run.review), found, managers)


def _inputs(this: _Round) -> dict[str, Any]:
    """Who was in the round, with what they had open: enough, with seed and profiles, to explain it later."""
    return {
        "kind": this.settings.kind.value,
        "people": [
            {"user_id": each.user_id, "roles": sorted(each.roles), "capacity": each.capacity}
            for each in this.candidates
        ],
    }


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
