"""Sending a survey now, to a part of the program's people: count first, then send; and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.survey_desk import opened
from handlers.visit import Visit
from mentoring.agreements import read_day
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.hours import zone_of
from mentoring.notices import Notice, ToPerson
from mentoring.programs import ProgramState
from mentoring.surveys.instruments import Audience, Instrument
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.segment import (
    OPEN_FOR,
    Candidate,
    Segment,
    Whom,
    check_size,
    choices_for,
    closing,
    receivers,
)
from mentoring.surveys.sent import minimum_group
from mentoring.surveys.timing import when_to_ask_alone
from messages.actions import OUTDATED
from messages.answers import Answer, Show, Tell
from messages.forms.survey_desk import Opened
from messages.forms.survey_sending import Count, confirm_form, send_form
from messages.replies import say
from messages.words import Words
from storage.facts import listeners
from storage.meetings import pauses_of_people
from storage.outbox import audit, write_letters_of
from storage.pairs import wake_pairs
from storage.programs import wake_program
from storage.sendings import Sending, add_sending, candidates, have_it_open, take_back
from storage.supervisors import supervisor_candidates
from storage.surveys import Wanted, ask_surveys, keys_asked

SENT_BEFORE = "This is no longer open: the survey has been sent."
ALIVE = (ProgramState.ENROLLING, ProgramState.MATCHED, ProgramState.RUNNING)


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom a survey would go to now.

    Args:
        people: Those who get it.
        open_already: How many have it open, and get nothing new.
    """

    segment: Segment
    closes_at: datetime
    people: Sequence[Candidate]
    open_already: int


def open_form(visit: Visit) -> Answer:
    """“Send it now”: to whom, and until when."""
    with visit.database.read() as session:
        found = _alive(session, visit)
        known = _candidates(session, found, visit.now)
    departments = sorted({each.department for each in known if each.department})
    zone = zone_of(visit.person.time_zone)
    closes_on = (visit.now + OPEN_FOR).astimezone(zone).date()
    return Show(
        send_form(found, choices_for(_instrument(found).audience), departments, closes_on, visit.reader)
    )


def count(visit: Visit) -> Answer:
    """The form came back: say how many it would go to, before anything is sent."""
    day = read_day(visit.typed("closes_on"), "closes_on")
    segment = Segment(visit.pick("whom", Whom), frozenset(visit.chosen("departments")))
    closes_at = closing(day, zone_of(visit.person.time_zone), visit.now)
    with visit.database.read() as session:
        found = _alive(session, visit)
        plan = _plan(session, found, segment, closes_at, visit.now)
    minimum = minimum_group(found.program)
    check_size(_instrument(found), len(plan.people), minimum)
    counted = Count(segment, closes_at, len(plan.people), plan.open_already, minimum, visit.now)
    return Show(confirm_form(found, counted, visit.reader))


def send(visit: Visit) -> Answer:
    """It was confirmed: ask everybody in their own hours; a second press asks nobody twice."""
    act = visit.act
    segment = Segment(
        act.one_of("whom", Whom), frozenset(each for each in act.code("departments").split("\n") if each)
    )
    closes_at = _instant(act.code("closes_at"))
    with visit.database.write() as session:
        found = _alive(session, visit)
        plan = _plan(session, found, segment, closes_at, visit.now)
        check_size(_instrument(found), len(plan.people), minimum_group(found.program))
        asked = _ask_all(session, visit, found, plan)
    words = Words("forms/survey_sending", visit.reader)
    return Tell(say(words.mrkdwn("sent", title=_instrument(found).title, asked=asked, closes_at=closes_at)))


def _ask_all(session: Session, visit: Visit, found: Opened, plan: Plan) -> int:
    about, instrument = found.program, _instrument(found)
    stamp = visit.act.code("counted")
    keys = {each.person_id: _key(about.id, instrument.id, stamp, each) for each in plan.people}
    if keys_asked(session, [visit.workspace.id], keys.values()):
        raise NoLongerOpen(SENT_BEFORE)
    segment = {"whom": plan.segment.whom.value, "departments": sorted(plan.segment.departments)}
    sending = Sending(0, about.id, instrument.id, segment, visit.now, plan.closes_at, None)
    number = add_sending(session, visit.workspace.id, sending, instrument.version, visit.person.id)
    people = listeners(session, keys, visit.now)
    pauses = pauses_of_people(session, keys)
    sent = []
    for each in plan.people:
        at = when_to_ask_alone(people[each.person_id], pauses.get(each.person_id, []), visit.now)
        if at < plan.closes_at:
            sent.append(_Sent(each, number, keys[each.person_id], at, plan.closes_at))
    asked = _ask(session, visit, found, sent)
    wake_program(session, about.id, visit.now)
    ids: dict[str, int | str] = {"program": about.id, "instrument": instrument.id, "sending": number}
    audit(session, visit.workspace.id, visit.person.id, "survey.sent", ids, visit.now, program_id=about.id)
    return asked


@dataclass(frozen=True, slots=True)
class _Sent:
    """One person's part of a sending."""

    who: Candidate
    sending: int
    key: str
    at: datetime
    closes_at: datetime

    @property
    def pair_id(self) -> int | None:
        """The one pair it is about; None for somebody in several."""
        return self.who.pairs[0] if len(self.who.pairs) == 1 else None


def _ask(session: Session, visit: Visit, found: Opened, sent: Sequence[_Sent]) -> int:
    """Keep what is asked of everybody, with a letter each; tells how many there are."""
    about = found.program
    wanted = [
        Wanted(about.workspace_id, about.id, each.key, _request(visit, found, each), each.sending)
        for each in sent
    ]
    asked = ask_surveys(session, wanted)
    new = [each for each in sent if each.key in asked]
    letters = [_letter(found, each, asked[each.key].id) for each in new]
    write_letters_of(session, about, letters, visit.now)
    wake_pairs(session, {each.pair_id: visit.now for each in new if each.pair_id})
    return len(new)


def _request(visit: Visit, found: Opened, sent: _Sent) -> SurveyRequest:
    instrument = _instrument(found)
    return SurveyRequest(
        id=0,
        instrument_id=instrument.id,
        version=instrument.version,
        person_id=sent.who.person_id,
        pair_id=sent.pair_id,
        opens_at=visit.now,
        closes_at=sent.closes_at,
        minimum_group=minimum_group(found.program),
    )


def _letter(found: Opened, sent: _Sent, request_id: int) -> Notice:
    pair: dict[str, int | str] = {"pair_id": sent.pair_id} if sent.pair_id else {}
    return Notice(
        kind="survey",
        to=ToPerson(sent.who.person_id),
        key=sent.key,
        not_before=sent.at,
        expires_at=sent.closes_at,
        ids={"request": request_id, "instrument": _instrument(found).id, **pair},
        why="a coordinator sent it",
    )


def _key(program_id: int, instrument_id: str, stamp: str, one: Candidate) -> str:
    """Ends like every asking's key, so that a pair's two answers to one sending are one occasion."""
    pair = f"pair {one.pairs[0]}" if len(one.pairs) == 1 else f"program {program_id}"
    return f"survey:{pair}:{instrument_id} {stamp.replace(':', '.')}:sent:person {one.person_id}"


def take_it_back(visit: Visit) -> Answer:
    """“Take it back”: whoever has not answered cannot any more; answers that came in stay."""
    with visit.database.write() as session:
        found = opened(session, visit)
        take_back(session, found.program.id, visit.act.number("sending"), visit.now)
        ids: dict[str, int | str] = {"sending": visit.act.number("sending")}
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "survey.withdrawn",
            ids,
            visit.now,
            program_id=found.program.id,
        )
    return Tell(say(Words("forms/survey_sending", visit.reader).mrkdwn("taken_back")))


def _plan(session: Session, found: Opened, segment: Segment, closes_at: datetime, now: datetime) -> Plan:
    instrument = _instrument(found)
    meant = receivers(_candidates(session, found, now), segment, instrument.audience)
    ids = [each.person_id for each in meant]
    open_already = have_it_open(session, found.program.id, instrument.id, ids, now)
    people = [each for each in meant if each.person_id not in open_already]
    return Plan(segment, closes_at, people, len(open_already))


def _candidates(session: Session, found: Opened, now: datetime) -> list[Candidate]:
    if _instrument(found).audience is Audience.SUPERVISOR:
        return supervisor_candidates(session, found.program.id)
    return candidates(session, found.program, now)


def _instrument(found: Opened) -> Instrument:
    return found.survey.in_locale("en")


def _alive(session: Session, visit: Visit) -> Opened:
    found = opened(session, visit)
    if found.program.state not in ALIVE:
        raise Refusal("A survey can be sent once the program is open for enrollment, and until it closes.")
    return found


def _instant(code: str) -> datetime:
    try:
        return datetime.fromisoformat(code)
    except ValueError:
        raise NoLongerOpen(OUTDATED) from None
