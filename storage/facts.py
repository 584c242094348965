"""The facts the ladder looks at: everything about some pairs, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Row, bindparam, select, union_all
from sqlalchemy.orm import Session

from mentoring.agreements import Agreement, Terms, in_force, rhythm_of, suggested_terms, waiting
from mentoring.countries import kept_country
from mentoring.hours import Calendar, WorkingHours
from mentoring.kinds import Role
from mentoring.meetings import Meeting
from mentoring.nudges.facts import Ask, PairFacts, Participant, Pause, Phase
from mentoring.nudges.facts import PairState as LadderState
from mentoring.nudges.notices import FOR_COORDINATORS, SOLICITED, Kind
from mentoring.pairs import Pair, PairState
from mentoring.phases import PhaseName, PhasePlan, phase_at, phases_of, plan_for_pair, plan_until
from mentoring.programs import Program, midnight_after, suggestions
from storage.agreements import versions_of_pairs
from storage.fast import one_of_ids, rows, word
from storage.meetings import asks_of_pairs, meetings_of_pairs, pauses_of_pairs
from storage.outbox import LetterState
from storage.pairs import pairs_by_ids
from storage.phases import shifts_of_pairs
from storage.programs import programs_by_ids
from storage.tables import LetterRow, MemberRow, PersonRow
from storage.tables.base import Instant

BUDGET_WINDOW = timedelta(days=8)
"""Letters this far back count toward a person's budget of unsolicited messages."""

UNSOLICITED = {str(each) for each in Kind if each not in SOLICITED | FOR_COORDINATORS} | {
    "survey",
    "survey_reminder",
    "supervisor_asked",
    "supervisor_told",
    "phase_opens",
    "go_on",
    "graduation",
    "broadcast",
}
"""Kinds of letter that count toward the budget; answers to what people did themselves do not."""

UNSAID = (LetterState.CANCELLED, LetterState.EXPIRED, LetterState.FAILED)

_RECENT = (
    LetterRow.written_at >= bindparam("since", type_=Instant()),
    LetterRow.state.not_in([word(each) for each in UNSAID]),
    LetterRow.kind.in_([word(each) for each in sorted(UNSOLICITED)]),
)
HEARD: CompoundSelect[int, datetime] = union_all(
    select(LetterRow.person_id, LetterRow.not_before).where(one_of_ids(LetterRow.person_id), *_RECENT),
    select(MemberRow.person_id, LetterRow.not_before)
    .join(LetterRow, LetterRow.pair_id == MemberRow.pair_id)
    .where(one_of_ids(MemberRow.person_id), *_RECENT),
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all pairs of a program have in common: worked out once for a batch.

    Args:
        phase: The program's own at the instant of the look.
        terms: What it suggests to those who have not agreed yet.
    """

    program: Program
    phases: PhasePlan
    phase: Phase
    terms: Terms


CALENDARS = select(
    PersonRow.id,
    PersonRow.active,
    PersonRow.time_zone,
    PersonRow.country,
    PersonRow.hours,
    PersonRow.dnd_from,
    PersonRow.dnd_until,
).where(one_of_ids(PersonRow.id))
"""When people may be written to, and nothing else about them: a look has two of them for each pair."""


class _About(NamedTuple):
    """What is known of one pair, read but not yet understood."""

    pair: Pair
    frame: _Frame
    participants: tuple[Participant, ...]
    versions: list[Agreement]
    meetings: list[Meeting]
    asks: list[Ask]
    pauses: list[Pause]
    shifts: Mapping[PhaseName, int]


class Known(NamedTuple):
    """A pair with its program, its own phases, and all that the ladder needs to know about it."""

    pair: Pair
    program: Program
    phases: PhasePlan
    facts: PairFacts


def pair_facts(session: Session, pair_ids: Sequence[int], now: datetime) -> dict[int, Known]:
    """Gather what the ladder needs about these pairs; those nobody was told about yet are left out."""
    pairs = [each for each in pairs_by_ids(session, pair_ids) if each.announced_at]
    ids = [each.id for each in pairs]
    programs = programs_by_ids(session, {each.program_id for each in pairs})
    frames = {number: _frame(program, now) for number, program in programs.items()}
    members = {each.id: [member.person_id for member in each.members] for each in pairs}
    people = {person_id for each in members.values() for person_id in each}
    found = {row.id: row for row in rows(session, CALENDARS, people)}
    heard = _heard(session, people, now)
    versions, meetings = versions_of_pairs(session, ids), meetings_of_pairs(session, ids)
    asks, pauses = asks_of_pairs(session, members), pauses_of_pairs(session, members)
    shifts = shifts_of_pairs(session, ids)
    return {
        each.id: _known(
            _About(
                each,
                frames[each.program_id],
                tuple(
                    _participant(found[member.person_id], member.role, heard[member.person_id])
                    for member in each.members
                ),
                versions.get(each.id, []),
                meetings.get(each.id, []),
                asks[each.id],
                pauses[each.id],
                shifts.get(each.id, {}),
            ),
            now,
        )
        for each in pairs
    }


def calendar_of(row: PersonRow | Row[Any]) -> Calendar:
    """When somebody may be written to, on their own clock."""
    own = row.hours
    hours = (own["start"], own["end"], tuple(own["days"])) if own else None
    return _calendar(row.time_zone, row.country, hours, row.dnd_from, row.dnd_until)


@lru_cache(maxsize=4096)
def _calendar(
    zone: str,
    country: str | None,
    own: tuple[str, str, tuple[int, ...]] | None,
    dnd_from: datetime | None,
    dnd_until: datetime | None,
) -> Calendar:
    """One value for all who keep the same hours in the same place, as most people of a firm do."""
    hours = WorkingHours()
    if own:
        start, end, days = own
        hours = WorkingHours(time.fromisoformat(start), time.fromisoformat(end), frozenset(days))
    dnd = ((dnd_from, dnd_until),) if dnd_from and dnd_until else ()
    return Calendar(zone=zone, hours=hours, country=kept_country(country, zone), do_not_disturb=dnd)


def calendars(session: Session, person_ids: Iterable[int]) -> dict[int, Calendar]:
    """When these people may be written to."""
    return {row.id: calendar_of(row) for row in rows(session, CALENDARS, person_ids)}


def listeners(session: Session, person_ids: Iterable[int], now: datetime) -> dict[int, Participant]:
    """People outside of any pair, as a letter's timing sees them: their hours, and what they heard lately."""
    people = set(person_ids)
    heard = _heard(session, people, now)
    found = rows(session, CALENDARS, people)
    return {row.id: _participant(row, None, heard[row.id]) for row in found}


def _frame(program: Program, now: datetime) -> _Frame:
    phases = phases_of(program)
    terms = suggested_terms(suggestions(program), program.time_zone)
    return _Frame(program, phases, _phase(phases, now), terms)


def _known(about: _About, now: datetime) -> Known:
    frame = about.frame
    by_program = plan_for_pair(frame.phases, about.shifts) if about.shifts else frame.phases
    ends_at = midnight_after(about.pair.ends_on, frame.program.time_zone)
    own = plan_until(by_program, ends_at)
    phase = frame.phase if own is frame.phases else _phase(own, now)
    return Known(about.pair, frame.program, own, _facts(about, phase, ends_at, now))


def _facts(about: _About, phase: Phase, ends_at: datetime, now: datetime) -> PairFacts:
    pair, versions = about.pair, about.versions
    announced_at = pair.announced_at or now
    parties = [each.person_id for each in about.participants]
    agreed, proposal = (in_force(versions, parties), waiting(versions, parties)) if versions else (None, None)
    terms = agreed.terms if agreed else about.frame.terms
    return PairFacts(
        pair_id=pair.id,
        state=LadderState.ENDED if pair.state is PairState.ENDED else LadderState.LIVE,
        phase=Phase.CASUAL if pair.casual_since else phase,
        announced_at=announced_at,
        participants=about.participants,
        rhythm=rhythm_of(terms, agreed.signed_at if agreed else announced_at),
        rescheduler=terms.rescheduler,
        agreed=agreed is not None,
        proposal_waits_for=proposal.waits_for(parties) if proposal else (),
        proposed_at=proposal.proposed_at if proposal else None,
        meetings=tuple(about.meetings),
        asks=tuple(about.asks),
        pauses=tuple(about.pauses),
        ends_at=ends_at,
        casual_since=pair.casual_since,
        casual_opted_in=pair.casual_opted_in,
    )


def _phase(plan: PhasePlan, now: datetime) -> Phase:
    found = phase_at(plan, now)
    # A pair past the program's end that nobody asked about going on is still at its end, not casual.
    return Phase.START if found is None else Phase.END if found.ends_at is None else Phase(found.name.value)


def _participant(row: Row[Any], role: Role | None, heard: tuple[datetime, ...]) -> Participant:
    return Participant(row.id, role or Role.MENTEE, calendar_of(row), row.active, heard)


def _heard(session: Session, people: set[int], now: datetime) -> dict[int, tuple[datetime, ...]]:
    """When these people were last written to without having asked, alone or in any pair's room."""
    heard: dict[int, list[datetime]] = {person_id: [] for person_id in people}
    for row in rows(session, HEARD, people, since=now - BUDGET_WINDOW):
        heard[row.person_id].append(row.not_before)
    return {person_id: tuple(sorted(instants)) for person_id, instants in heard.items()}
