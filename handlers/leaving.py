"""Thanks and papers for somebody who has come to the end in a group that goes on without them."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.graduation import KEEPS, graduates_at, thanks
from mentoring.pairs import Ending, Pair, as_left
from mentoring.programs import Program
from mentoring.surveys.timing import when_to_ask_alone
from storage.facts import listeners
from storage.graduating import standings
from storage.meetings import pauses_of_people
from storage.outbox import write_letter
from storage.past_members import past_members


def thank_who_completed(session: Session, left: Pair, about: Program, person_id: int, now: datetime) -> None:
    """Let them graduate as the clock lets those do whose pair has ended, unless something of theirs goes on.

    Whoever has another pair, or is in line for one, graduates with that. The clock looks at those who are in
    a group, and does not see them any more.
    """
    past = past_members(session, [left.id]).get(left.id, [])
    standing = standings(session, [person_id]).get(about.id, {}).get(person_id)
    if as_left(left, past, person_id).ending is not Ending.COMPLETED or standing is None or standing.in_line:
        return
    since = graduates_at(None, standing, about, now)
    if since is None:
        return
    pauses = pauses_of_people(session, [person_id]).get(person_id, [])
    at = when_to_ask_alone(listeners(session, [person_id], now)[person_id], pauses, since)
    if at < since + KEEPS:
        write_letter(session, left.workspace_id, thanks(left, person_id, at), now, program_id=about.id)
