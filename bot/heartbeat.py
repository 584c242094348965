"""The tick: look only at what could be due, ask the rules, write letters, set the next look."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import structlog
from sqlalchemy.orm import Session

from bot.matchmaker import run_wanted_matches
from mentoring.hours import zone_of
from mentoring.kinds import Role
from mentoring.meetings import plan
from mentoring.notices import Notice, ToPair, ToPerson
from mentoring.nudges import notices as ladder
from mentoring.nudges.facts import PairFacts, Participant, recorded
from mentoring.nudges.ladder import look
from mentoring.pairs import Pair
from mentoring.phases import LATE_ANSWERS, Asking, askings_for_pair, phase_plan
from mentoring.programs import next_state_at, state_at
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.timing import when_to_ask
from messages.instruments.loader import shipped_instrument
from storage.database import Database
from storage.due import next_due_at
from storage.facts import Known, pair_facts
from storage.meetings import add_ask, save_meeting
from storage.outbox import note_skips, write_letter
from storage.pairs import end_pair, pair_ids_to_look_at, wake_pair
from storage.programs import programs_to_look_at, save_program, wake_program, with_state
from storage.surveys import ask_survey, keys_asked

log = structlog.get_logger()

BATCH = 100
"""Pairs looked at in one transaction: other writers wait for a fraction of a second at most."""
SENT_BY_ITSELF = ("check_in_", "final_")
"""Surveys every program sends, by the beginning of their names."""
MOST_LOOKS = 5
"""Looks at one pair in one tick; a plan that fills the calendar needs two."""


@dataclass(slots=True)
class _Tick:
    """What one tick has written so far: people in several pairs must not hear twice."""

    now: datetime
    heard: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))


def tick(database: Database, now: datetime) -> int:
    """Do everything that is due; returns how many pairs were looked at. Doing it twice changes nothing."""
    with database.read() as session:
        due = next_due_at(session)
    if due is None or due > now:
        return 0
    run_wanted_matches(database, now)
    _look_at_programs(database, now)
    this, looked, batch = _Tick(now), 0, BATCH
    while batch == BATCH:
        batch = _look_at_some_pairs(database, this)
        looked += batch
    return looked


def _look_at_programs(database: Database, now: datetime) -> None:
    """Move programs along their life."""
    with database.read() as session:
        if not programs_to_look_at(session, now, 1):
            return
    with database.write() as session:
        for each in programs_to_look_at(session, now, BATCH):
            state = state_at(each, now)
            if state is not each.state:
                save_program(session, with_state(each, state))
            wake_program(session, each.id, next_state_at(with_state(each, state), now))


def _look_at_some_pairs(database: Database, this: _Tick) -> int:
    with database.write() as session:
        due = pair_ids_to_look_at(session, this.now, BATCH)
        if not due:
            return 0
        known = pair_facts(session, due, this.now)
        for pair_id in due:
            if pair_id in known:
                _look_at_pair(session, this, known[pair_id])
            else:
                wake_pair(session, pair_id, None)
    return len(due)


def _look_at_pair(session: Session, this: _Tick, known: Known) -> None:
    pair, facts = known.pair, _with_heard(known.facts, this)
    closes_at = facts.ends_at + LATE_ANSWERS if facts.ends_at and not facts.casual_since else None
    if closes_at is not None and this.now >= closes_at:
        # Nobody waits for a missing form: closing has its grace period, and then happens.
        end_pair(session, pair.id, this.now)
        return
    next_look = _climb(session, this, pair, facts)
    next_asking = _ask_surveys(session, this, known, _with_heard(facts, this))
    looks = [at for at in (next_look, next_asking, closes_at) if at is not None and at > this.now]
    wake_pair(session, pair.id, min(looks, default=None))


def _climb(session: Session, this: _Tick, pair: Pair, facts: PairFacts) -> datetime | None:
    """Ask the ladder, store the meetings it plans, write what it says."""
    found = look(facts, this.now)
    for _ in range(MOST_LOOKS):
        if not found.to_plan:
            break
        planned = []
        for slot in found.to_plan:
            uid = f"{uuid5(NAMESPACE_URL, f'pair {pair.id} period {slot.period.key}')}@mentoring"
            meeting = plan(
                pair.id, slot.period.key, slot.starts_at, facts.rhythm.minutes, uid, None, this.now
            )
            planned.append(save_meeting(session, pair.workspace_id, meeting))
        facts = replace(facts, meetings=(*facts.meetings, *planned))
        found = look(facts, this.now)
    for notice in found.notices:
        add_ask(session, pair.workspace_id, pair.id, recorded(notice))
        letter = _letter(notice)
        if letter is not None:
            write_letter(session, pair.workspace_id, letter, this.now, program_id=pair.program_id)
            if notice.kind not in ladder.SOLICITED:
                for person_id in notice.people:
                    this.heard[person_id].append(this.now)
    note_skips(session, pair, found.skipped, this.now)
    return found.next_look_at


def _letter(notice: ladder.Notice) -> Notice | None:
    """What the ladder says, as a letter; what only coordinators see is on their list and not a message."""
    to: ToPair | ToPerson
    match notice.to:
        case ladder.ToPair(pair_id):
            to = ToPair(pair_id)
        case ladder.ToPerson(person_id):
            to = ToPerson(person_id)
        case _:
            return None
    return Notice(
        kind=notice.kind.value,
        to=to,
        key=notice.key,
        not_before=notice.not_before,
        expires_at=notice.expires_at,
        ids={"subject": notice.subject, "period": notice.period_key or "", **notice.ids},
        why=notice.why,
    )


def _ask_surveys(session: Session, this: _Tick, known: Known, facts: PairFacts) -> datetime | None:
    """Send the surveys that are due to each person of the pair; returns when the next one is."""
    pair, program = known.pair, known.program
    phases = phase_plan(program.starts_on, program.ends_on, zone=zone_of(program.time_zone))
    coming = {
        _key(pair, one, asking): (one, asking)
        for asking in askings_for_pair(phases, facts.announced_at)
        for one in facts.participants
        if asking.instrument_id.startswith(SENT_BY_ITSELF)
        and asking.role is (one.role or Role.MENTEE)
        and one.active
        and this.now < asking.closes_at
    }
    waiting = [asking.opens_at for _, asking in coming.values() if asking.opens_at > this.now]
    ripe = {key: each for key, each in coming.items() if each[1].opens_at <= this.now}
    made = keys_asked(session, pair.workspace_id, ripe) if ripe else set()
    for key, (one, asking) in ripe.items():
        if key in made:
            continue
        heard = replace(one, heard_at=(*one.heard_at, *this.heard[one.person_id]))
        at = when_to_ask(facts, heard, this.now)
        if at > this.now:
            waiting.append(at)
        else:
            _ask(session, this, pair, one, asking, key)
    return min(waiting, default=None)


def _ask(session: Session, this: _Tick, pair: Pair, one: Participant, asking: Asking, key: str) -> None:
    instrument = shipped_instrument(asking.instrument_id)
    request = ask_survey(
        session,
        pair.workspace_id,
        pair.program_id,
        key,
        SurveyRequest(
            id=0,
            instrument_id=instrument.id,
            version=instrument.version,
            person_id=one.person_id,
            pair_id=pair.id,
            opens_at=this.now,
            closes_at=asking.closes_at,
        ),
    )
    if request is None:
        return
    letter = Notice(
        kind="survey",
        to=ToPerson(one.person_id),
        key=key,
        not_before=this.now,
        expires_at=asking.closes_at,
        ids={"request": request.id, "instrument": instrument.id, "pair_id": pair.id},
        why=f"{asking.instrument_id} is due",
    )
    write_letter(session, pair.workspace_id, letter, this.now, program_id=pair.program_id)
    this.heard[one.person_id].append(this.now)


def _key(pair: Pair, one: Participant, asking: Asking) -> str:
    return f"survey:pair {pair.id}:{asking.key}:person {one.person_id}"


def _with_heard(facts: PairFacts, this: _Tick) -> PairFacts:
    people = tuple(
        replace(each, heard_at=tuple(sorted({*each.heard_at, *this.heard[each.person_id]})))
        for each in facts.participants
    )
    return replace(facts, participants=people)
