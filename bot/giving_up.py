"""What becomes of a letter that could not be delivered: whoever coordinates hears of it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mentoring.notices import Notice, ToPerson
from mentoring.rights import may_run
from storage.outbox import Letter, write_letter
from storage.people import staff
from storage.undelivered import letters_since

GIVEN_UP = "letter_given_up"
A_DAY = timedelta(days=1)
MOST_TOLD = 10
"""Letters of a day of which a coordinator hears one by one: where Slack turns all away, it is hundreds."""


def tell_coordinators(session: Session, letter: Letter, reason: str, now: datetime) -> None:
    """Write to everybody who runs the program the letter is of, or mentoring here where it is of none.

    Of many in a row each hears of the first few: the last of those says that Home has the others.
    """
    whom = {"person": letter.to.person_id} if isinstance(letter.to, ToPerson) else {}
    everybody = staff(session, letter.workspace_id)
    about = letter.program_id or 0
    for each in everybody:
        if not may_run([(each.role, each.program_id)], about):
            continue
        before = letters_since(session, each.person.id, GIVEN_UP, letter.program_id, now - A_DAY)
        if before >= MOST_TOLD:
            continue
        last = {"last": 1} if before + 1 == MOST_TOLD else {}
        notice = Notice(
            kind=GIVEN_UP,
            to=ToPerson(each.person.id),
            key=f"{GIVEN_UP}:{letter.mark}:person {each.person.id}",
            not_before=now,
            why="a letter could not be delivered",
            ids={"kind": letter.kind, "reason": reason, **whom, **last},
        )
        write_letter(session, letter.workspace_id, notice, now, program_id=letter.program_id)
