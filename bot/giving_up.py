"""What becomes of a letter that could not be delivered: whoever coordinates hears of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.notices import Notice, ToPerson
from mentoring.rights import may_run
from storage.outbox import Letter, write_letter
from storage.people import staff


def tell_coordinators(session: Session, letter: Letter, reason: str, now: datetime) -> None:
    """Write to everybody who runs the program the letter is of, or mentoring here where it is of none."""
    whom = {"person": letter.to.person_id} if isinstance(letter.to, ToPerson) else {}
    everybody = staff(session, letter.workspace_id)
    about = letter.program_id or 0
    for each in everybody:
        if not may_run([(each.role, each.program_id)], about):
            continue
        notice = Notice(
            kind="letter_given_up",
            to=ToPerson(each.person.id),
            key=f"letter_given_up:{letter.mark}:person {each.person.id}",
            not_before=now,
            why="a letter could not be delivered",
            ids={"kind": letter.kind, "reason": reason, **whom},
        )
        write_letter(session, letter.workspace_id, notice, now, program_id=letter.program_id)
