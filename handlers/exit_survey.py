"""The survey after an early parting: a day later, in each one's own hours, if the program asks it at all."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mentoring.notices import Notice, ToPerson
from mentoring.pairs import Ending, Pair, PairState
from mentoring.phase_askings import LATE_ANSWERS
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.sent import chosen_surveys, minimum_group, version_in_use
from mentoring.surveys.timing import when_to_ask_alone
from messages.instruments.loader import shipped_instrument
from storage.facts import listeners
from storage.meetings import pauses_of_people
from storage.outbox import write_letter
from storage.programs import program
from storage.surveys import ask_survey

INSTRUMENT = "exit"
SETTLES = timedelta(days=1)
"""The kind words at the parting have a day of their own."""


def ask_about_parting(session: Session, parted: Pair, ending: Ending, now: datetime) -> None:
    """Ask both what led to it, if they were introduced; neither has to say, or learns what the other said."""
    about = program(session, parted.workspace_id, parted.program_id)
    if parted.state is not PairState.ANNOUNCED or ending is not Ending.PARTED:
        return
    if INSTRUMENT not in chosen_surveys(about):
        return
    people = [each.person_id for each in parted.members]
    hours, pauses = listeners(session, people, now), pauses_of_people(session, people)
    version = version_in_use(about, INSTRUMENT) or shipped_instrument(INSTRUMENT).version
    for member in parted.members:
        one = hours[member.person_id]
        at = when_to_ask_alone(one, pauses.get(one.person_id, []), now + SETTLES)
        if not one.active or at >= now + LATE_ANSWERS:
            continue
        key = f"survey:pair {parted.id}:exit:{member.role or 'peer'}:person {one.person_id}"
        wanted = SurveyRequest(
            id=0,
            instrument_id=INSTRUMENT,
            version=version,
            person_id=one.person_id,
            pair_id=parted.id,
            opens_at=now,
            closes_at=at + LATE_ANSWERS,
            minimum_group=minimum_group(about),
        )
        request = ask_survey(session, parted.workspace_id, about.id, key, wanted)
        if request is None:
            continue
        notice = Notice(
            kind="survey",
            to=ToPerson(one.person_id),
            key=key,
            not_before=at,
            expires_at=wanted.closes_at,
            ids={"request": request.id, "instrument": INSTRUMENT, "pair_id": parted.id},
            why="they parted early",
        )
        write_letter(session, parted.workspace_id, notice, now, program_id=about.id)
