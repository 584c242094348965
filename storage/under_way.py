"""Whether a program is under way: what its pairs bring along is done for it."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mentoring.pairs import PairState
from mentoring.programs import Program, ProgramState
from storage.tables import PairRow


def is_under_way(session: Session, program: Program) -> bool:
    """Whether supervisors are told, phases looked back on, and coordinators shown how its pairs are.

    From the approval of a proposal on; and with the first pair made by hand, though enrollment stays open.
    Whoever pairs everybody by hand never approves a proposal, and their program wants all of this as any
    other does. One couple paired early is no reason to turn away those who would still join: so the state
    stays, and only a coordinator ends enrollment.
    """
    if program.state is not ProgramState.ENROLLING:
        return program.state in (ProgramState.MATCHED, ProgramState.RUNNING)
    paired = select(PairRow.id).where(
        PairRow.program_id == program.id,
        or_(PairRow.state != PairState.ENDED, PairRow.announced_at.is_not(None)),
    )
    return session.scalar(paired.limit(1)) is not None
