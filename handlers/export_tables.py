"""Gathering what a coordinator takes along: people, pairs, meetings, and answers they may read."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.report_book import worded_by
from mentoring.enrollment import EnrollmentState, Profile, as_shown
from mentoring.hours import zone_of
from mentoring.kinds import Role
from mentoring.pairs import over_for
from mentoring.people import SOMEONE, Person
from mentoring.privacy import ProfileReader, visible_profile
from mentoring.programs import Program
from mentoring.reports.activity import periods_kept
from mentoring.reports.exports import Cell, ExportTable, What, listed
from mentoring.reports.facts import Facts, PairFacts
from mentoring.surveys.answers import check_answers
from mentoring.surveys.instruments import Value
from mentoring.surveys.sent import promised_minimum
from mentoring.surveys.visible import AnswerReader, visible_answers, visible_notes
from storage.exports import Listed, answers_with_people, notes_given, people_to_export
from storage.people import people
from storage.reports import report_facts
from storage.surveys import asked_in_program


def export_tables(
    session: Session, program: Program, wanted: Iterable[What], now: datetime, reader: AnswerReader
) -> tuple[ExportTable, ...]:
    """These tables, as this reader may see them, in a fixed number of queries."""
    facts = report_facts(session, program, now)
    return tuple(ExportTable(what, GATHER[what](session, facts, reader)) for what in wanted)


Row = tuple[Cell, ...]


def _people(session: Session, facts: Facts, _reader: AnswerReader) -> list[Row]:
    pairs, held = Counter[int](), Counter[int]()
    for pair in facts.lived:
        met = len(facts.held_of(pair))
        for person, _ in pair.members:
            pairs[person] += 1
            held[person] += met
    lasting = [
        [person for person, _ in pair.members]
        for pair in facts.pairs
        if pair.takes_places(facts.program, facts.now)
    ]
    over = over_for(facts.program, [each.id for each in facts.people], lasting, facts.now)
    return [
        (
            *_as_in_a_roster(each, visible_profile(each.profile, ProfileReader.COORDINATOR)),
            as_shown(EnrollmentState(each.state), over=each.person_id in over).value,
            facts.day_of(each.joined_at) if each.joined_at else None,
            pairs[each.person_id],
            held[each.person_id],
        )
        for each in people_to_export(session, facts.program.id)
    ]


def _as_in_a_roster(person: Listed, profile: Profile) -> Row:
    role = "both" if profile.is_mentor and profile.is_mentee else "mentor" if profile.is_mentor else "mentee"
    return (
        person.slack_id,
        _name(person.name),
        person.email or "",
        role if profile.roles else "",
        profile.title,
        profile.level or None,
        profile.department,
        profile.office,
        person.time_zone,
        listed(profile.languages),
        listed(profile.offers),
        listed(profile.wants),
        profile.capacity if profile.is_mentor else None,
        profile.hours_per_month,
        profile.format.value,
        profile.goal,
        profile.bio,
    )


def _pairs(session: Session, facts: Facts, _reader: AnswerReader) -> list[Row]:
    program = facts.program
    known = people(session, program.workspace_id, {one for pair in facts.pairs for one, _ in pair.members})
    met: dict[int, list[datetime]] = {}
    for meeting in facts.held:
        met.setdefault(meeting.pair_id, []).append(meeting.starts_at)
    return [_pair(facts, each, known, sorted(met.get(each.id, ()))) for each in facts.pairs]


def _name(name: str) -> str:
    """A file is the same for every reader: whoever is forgotten has no name in it."""
    return "" if name == SOMEONE else name


def _pair(facts: Facts, pair: PairFacts, known: Mapping[int, Person], met: list[datetime]) -> Row:
    # Peers have no roles: the first is named as the one, everybody else as the other.
    first = [person for person, role in pair.members if role is Role.MENTOR] or [pair.members[0][0]]
    others = [person for person, _ in pair.members if person not in first]
    zone = zone_of(pair.rhythm.zone)
    kept = periods_kept(facts, pair, [at.astimezone(zone).date() for at in met])
    state = "ended" if pair.ended_at else "introduced" if pair.announced_at else "approved"
    return (
        pair.id,
        listed([known[each].slack_id for each in first]),
        listed([_name(known[each].name) for each in first]),
        listed([known[each].slack_id for each in others]),
        listed([_name(known[each].name) for each in others]),
        state,
        facts.day_of(pair.announced_at) if pair.announced_at else None,
        pair.ends_on,
        facts.day_of(pair.ended_at) if pair.ended_at else None,
        pair.ending.value if pair.ending else "",
        "yes" if pair.agreed else "no",
        pair.rhythm.cadence.code,
        len(met),
        facts.day_of(met[-1]) if met else None,
        None if kept.value is None else round(kept.value, 2),
        round(pair.score, 2) if pair.from_matcher else None,
    )


def _meetings(_session: Session, facts: Facts, _reader: AnswerReader) -> list[Row]:
    return [
        (
            each.pair_id,
            facts.day_of(each.starts_at),
            each.starts_at.isoformat(),
            each.minutes,
            each.state.value,
        )
        for each in sorted(facts.meetings, key=lambda each: (each.pair_id, each.starts_at))
    ]


def _answers(session: Session, facts: Facts, reader: AnswerReader) -> list[Row]:
    """Answers the reader may see with a name, then shared notes of anonymous surveys that are closed."""
    program, now = facts.program, facts.now
    worded = worded_by(session, program.id, "en-US")
    rows: list[Row] = []
    for one in answers_with_people(session, program.id):
        instrument = worded(one.instrument, one.version)
        given = visible_answers(instrument, check_answers(instrument, one.answers, one.shared), reader)
        rows += [
            (one.instrument, one.version, key, one.slack_id, _text(value)) for key, value in given.items()
        ]
    notes = notes_given(session, program.id)
    for each in asked_in_program(session, program.id, now):
        instrument = worded(each.instrument, each.version)
        if not instrument.anonymous or each.open_until is not None:
            continue
        told = [
            check_answers(instrument, answers, shared)
            for answers, shared in notes.get((each.instrument, each.version), ())
        ]
        minimum = promised_minimum(program, each.minimum_group)
        rows += [
            (each.instrument, each.version, key, "", text)
            for key, text in visible_notes(instrument, told, reader, minimum)
        ]
    return rows


def _text(value: Value) -> Cell:
    if isinstance(value, tuple):
        return listed([str(each) for each in value])
    return value


GATHER: Mapping[What, Callable[[Session, Facts, AnswerReader], list[Row]]] = {
    What.PEOPLE: _people,
    What.PAIRS: _pairs,
    What.MEETINGS: _meetings,
    What.ANSWERS: _answers,
}
"""How each table is gathered."""
