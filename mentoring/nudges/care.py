"""The rungs around the meetings: the agreement, quiet pairs, the coordinator's attention, pauses."""

from collections.abc import Iterator
from datetime import datetime

from mentoring.hours import Calendar, working_day_before, zone_of
from mentoring.notices import ToPerson
from mentoring.nudges.due import Due
from mentoring.nudges.facts import PairFacts, Pause, Phase
from mentoring.nudges.history import (
    closes_missed,
    last_met,
    missed_periods,
    pauses_of,
    person,
    stamp,
    working_days_later,
)
from mentoring.nudges.notices import Kind, Reason, Receiver, ToCoordinators
from mentoring.nudges.numbers import (
    AGREEMENT_GRACE,
    AGREEMENT_REMINDERS,
    AGREEMENT_WITHIN,
    ATTENTION_WITHIN,
    MISSED_BEFORE_ATTENTION,
    MISSED_BEFORE_QUIET_CHECK,
    QUIET_CHECK_WITHIN,
    SHORTEST_ANNOUNCED_PAUSE,
    WELCOME_WITHIN,
)


def lacks_agreement(facts: PairFacts) -> bool:
    """Whether an agreement is expected of them, and not there."""
    return facts.agreement_expected and not facts.agreed and facts.phase is not Phase.CASUAL


_FIRST, _SECOND = AGREEMENT_REMINDERS
_REMINDERS = (
    (_FIRST, _SECOND, f"{_FIRST.days} days", Reason.MERGED),
    (_SECOND, _SECOND + AGREEMENT_WITHIN, f"{_SECOND.days} days", Reason.TOO_LATE),
)


def agreement(facts: PairFacts, _now: datetime) -> Iterator[Due]:
    """No agreement after one and after two weeks: a reminder each, to whoever has to act.

    Whoever has a proposal to sign is given some days with it first.
    """
    if not lacks_agreement(facts):
        return
    to, ids = _who_signs(facts), {"pair_id": facts.pair_id}
    for after, until, subject, cut_by in _REMINDERS:
        yield Due(
            Kind.AGREEMENT,
            subject,
            _once_they_had_time(facts, facts.announced_at + after),
            facts.announced_at + until,
            to,
            "there is no agreement yet",
            None,
            ids,
            None,
            cut_by,
        )


def _once_they_had_time(facts: PairFacts, due_at: datetime) -> datetime:
    """The same instant, or some working days after a proposal that waits for a signature."""
    if facts.proposed_at is None:
        return due_at
    return max(due_at, working_days_later(facts, facts.proposed_at, AGREEMENT_GRACE))


def _who_signs(facts: PairFacts) -> Receiver:
    """The one whose signature a proposal lacks; both while there is none."""
    missing = facts.proposal_waits_for
    return ToPerson(missing[0]) if len(missing) == 1 else facts.together


def no_agreement(facts: PairFacts, _now: datetime) -> Iterator[Due]:
    """After the second reminder and some days of grace, the coordinator sees the pair."""
    if not lacks_agreement(facts):
        return
    reminded_at = facts.announced_at + AGREEMENT_REMINDERS[-1]
    due_at = _once_they_had_time(facts, working_days_later(facts, reminded_at, AGREEMENT_GRACE))
    yield Due(
        Kind.NO_AGREEMENT,
        "no agreement",
        due_at,
        due_at + ATTENTION_WITHIN,
        ToCoordinators(facts.pair_id),
        "two reminders brought no agreement",
        None,
        {"pair_id": facts.pair_id},
    )


def quiet_check(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """Two missed periods: each is asked privately what would help."""
    missed = missed_periods(facts, now) if facts.phase is not Phase.CASUAL else ()
    if len(missed) < MISSED_BEFORE_QUIET_CHECK:
        return
    due_at = closes_missed(facts, missed[MISSED_BEFORE_QUIET_CHECK - 1])
    met = last_met(facts)
    since = {} if met is None else {"last_met_id": met.id}
    for each in facts.participants:
        if due_at + QUIET_CHECK_WITHIN <= now:
            continue
        yield Due(
            Kind.QUIET_CHECK,
            missed[0].key,
            due_at,
            due_at + QUIET_CHECK_WITHIN,
            ToPerson(each.person_id),
            "two periods without a meeting",
            missed[MISSED_BEFORE_QUIET_CHECK - 1].key,
            {"pair_id": facts.pair_id, "person_id": each.person_id, **since},
        )


def attention(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """Three missed periods: the coordinator's attention list."""
    missed = missed_periods(facts, now) if facts.phase is not Phase.CASUAL else ()
    if len(missed) < MISSED_BEFORE_ATTENTION:
        return
    due_at = closes_missed(facts, missed[MISSED_BEFORE_ATTENTION - 1])
    yield Due(
        Kind.ATTENTION,
        missed[0].key,
        due_at,
        due_at + ATTENTION_WITHIN,
        ToCoordinators(facts.pair_id),
        "three periods without a meeting",
        missed[MISSED_BEFORE_ATTENTION - 1].key,
        {"pair_id": facts.pair_id},
    )


def pause_ends(facts: PairFacts, _now: datetime) -> Iterator[Due]:
    """The end of a pause is announced to those who set it, the working day before."""
    for pause in _outermost(facts):
        due_at = working_day_before(pause.ends_at, _calendars(facts, pause))
        if pause.ends_at - pause.begins_at >= SHORTEST_ANNOUNCED_PAUSE and due_at > pause.begins_at:
            yield Due(
                Kind.PAUSE_ENDS,
                _end_day(facts, pause),
                due_at,
                pause.ends_at,
                _whose(facts, pause),
                "a pause is about to end",
                ids={"pair_id": facts.pair_id, "until": stamp(pause.ends_at)},
            )


def welcome_back(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """Whoever comes back is welcomed with what is next."""
    for pause in _outermost(facts):
        if pause.ends_at + WELCOME_WITHIN > now:
            yield Due(
                Kind.WELCOME_BACK,
                _end_day(facts, pause),
                pause.ends_at,
                pause.ends_at + WELCOME_WITHIN,
                _whose(facts, pause),
                "a pause has ended",
                ids={"pair_id": facts.pair_id},
            )


def _outermost(facts: PairFacts) -> Iterator[Pause]:
    """Pauses that no longer pause of the same owner reaches beyond."""
    if not facts.pauses:
        return
    pauses = pauses_of(facts)
    for pause in pauses:
        if not any(
            other.person_id == pause.person_id and other.begins_at <= pause.ends_at < other.ends_at
            for other in pauses
        ):
            yield pause


def _calendars(facts: PairFacts, pause: Pause) -> list[Calendar]:
    owner = None if pause.person_id is None else person(facts, pause.person_id)
    return [owner.calendar] if owner else [each.calendar for each in facts.participants]


def _end_day(facts: PairFacts, pause: Pause) -> str:
    zone = _calendars(facts, pause)[0].zone
    return pause.ends_at.astimezone(zone_of(zone)).date().isoformat()


def _whose(facts: PairFacts, pause: Pause) -> Receiver:
    return facts.together if pause.person_id is None else ToPerson(pause.person_id)
