"""What follows once somebody is in line, who joined by the form or asked for another match."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.matching.result import result_from_json
from mentoring.programs import Program, ProgramState
from mentoring.recruiting import Late, rules_of
from mentoring.review import again
from storage.match_runs import open_proposal, want_match
from storage.people import coordinators_of
from storage.programs import counts_of_programs, wake_program


def stood_in_line(session: Session, found: Program, state: EnrollmentState, now: datetime) -> None:
    """Somebody is in line now: the clock looks for a place, or a proposal with them is made."""
    if state is EnrollmentState.WAITING:
        wake_program(session, found.id, now)
    elif state is EnrollmentState.JOINED and found.state is not ProgramState.ENROLLING:
        _match_late(session, found, now)


def more_places(session: Session, found: Program, now: datetime) -> None:
    """A mentor has room for more: a proposal is made for those in line, as if they had come just now."""
    counts = counts_of_programs(session, [found.id])
    if counts.get((found.id, EnrollmentState.JOINED)):
        stood_in_line(session, found, EnrollmentState.JOINED, now)


def _match_late(session: Session, found: Program, now: datetime) -> None:
    """Where the program allows it, make a proposal with them at once; a coordinator still looks at it."""
    if rules_of(found).late is not Late.MATCH:
        return
    runs_it = coordinators_of(session, found.workspace_id, found.id)
    if runs_it:
        by = runs_it[0].id
        waiting = open_proposal(session, found.id)
        if waiting is None:
            want_match(session, found.workspace_id, found.id, by, now)
            return
        # What was decided about the proposal under review holds in the one with them in it.
        decided = again(waiting.review, result_from_json(waiting.result), waiting.id)
        want_match(session, found.workspace_id, found.id, by, now, review=decided, seed=waiting.seed)
