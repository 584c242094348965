"""What the database says about a message or a person, as the page's side panel shows it."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.courier import EVENT_TYPE
from mentoring.nudges.explain import REASONS
from mentoring.nudges.notices import Reason
from playground import Message
from playground.page.direction import Facts
from storage.database import Database
from storage.tables import (
    AgreementRow,
    Base,
    EnrollmentRow,
    LetterRow,
    MeetingRow,
    MemberRow,
    PairRow,
    PersonRow,
    RequestRow,
    SkipRow,
    StaffRow,
)

LATEST = 5
"""Letters, skips and meetings shown of each."""

UNSAID = frozenset({"id", "workspace_id", "person_id", "next_look_at", "people_key"})
"""Columns that only hold tables together."""


def why(database: Database, message: Message) -> tuple[Facts, ...]:
    """Why a message was sent: its letter, and what was deliberately not said around it."""
    metadata = message.metadata or {}
    mark = (metadata.get("event_payload") or {}).get("id")
    if metadata.get("event_type") != EVENT_TYPE or not mark:
        return ()
    with database.read() as session:
        letter = session.scalar(select(LetterRow).where(LetterRow.mark == mark))
        if letter is None:
            return ()
        return (_letter(letter), *_skips(session, letter))


def _letter(letter: LetterRow) -> Facts:
    rows = [
        ("Because", letter.why),
        ("Kind", letter.kind.replace("_", " ")),
        ("Written", _said(letter.written_at)),
        ("Not before", _said(letter.not_before)),
        ("Sent", _said(letter.sent_at)),
        ("Pointless from", _said(letter.expires_at)),
        ("Said once", letter.key),
    ]
    return Facts(
        "Why you see this",
        tuple((name, value) for name, value in rows if value),
        "The letter in the outbox. Its key is unique, so it is never said twice.",
    )


def _skips(session: Session, letter: LetterRow) -> Iterable[Facts]:
    if letter.pair_id is None:
        return
    query = (
        select(SkipRow)
        .where(SkipRow.pair_id == letter.pair_id, SkipRow.at <= (letter.sent_at or letter.written_at))
        .order_by(SkipRow.at.desc(), SkipRow.id.desc())
    )
    skips = session.scalars(query.limit(LATEST)).all()
    if skips:
        rows = [
            (f"{each.at:%b %-d}", f"{each.rung.replace('_', ' ')}: {reason_in_words(each.reason)}")
            for each in skips
        ]
        yield Facts("What was held back before it", tuple(rows), "Each thing not said has its reason.")


def reason_in_words(reason: str) -> str:
    """Why something was held back, as the log of nudges says it."""
    return REASONS[Reason(reason)] if reason in set(Reason) else reason.replace("_", " ")


def about(database: Database, slack_id: str) -> tuple[Facts, ...]:
    """Everything the database holds about a person, table by table."""
    with database.read() as session:
        person = session.scalar(select(PersonRow).where(PersonRow.slack_id == slack_id))
        if person is None:
            return ()
        return (
            _row("Person", person),
            *_rows(session, "Runs programs", StaffRow, StaffRow.person_id == person.id),
            *_rows(session, "Enrollment", EnrollmentRow, EnrollmentRow.person_id == person.id),
            *_pairs(session, person),
            *_rows(session, "Survey", RequestRow, RequestRow.person_id == person.id),
            *_letters(session, person),
        )


def _pairs(session: Session, person: PersonRow) -> Iterable[Facts]:
    mine = select(MemberRow.pair_id).where(MemberRow.person_id == person.id)
    for pair in session.scalars(select(PairRow).where(PairRow.id.in_(mine)).order_by(PairRow.id)):
        others = session.scalars(
            select(PersonRow.name)
            .join(MemberRow, MemberRow.person_id == PersonRow.id)
            .where(MemberRow.pair_id == pair.id, PersonRow.id != person.id)
        )
        meetings = session.scalars(select(MeetingRow.state).where(MeetingRow.pair_id == pair.id))
        counted = ", ".join(f"{number} {state}" for state, number in sorted(Counter(meetings).items()))
        shown = _row(f"Paired with {', '.join(others)}", pair)
        yield Facts(shown.title, (*shown.rows, ("meetings", counted or "none yet")))
        yield from _rows(session, "Agreement", AgreementRow, AgreementRow.pair_id == pair.id)


def _letters(session: Session, person: PersonRow) -> Iterable[Facts]:
    mine = select(MemberRow.pair_id).where(MemberRow.person_id == person.id)
    query = (
        select(LetterRow)
        .where(or_(LetterRow.person_id == person.id, LetterRow.pair_id.in_(mine)))
        .order_by(LetterRow.not_before.desc(), LetterRow.id.desc())
    )
    letters = session.scalars(query.limit(LATEST)).all()
    if letters:
        rows = [
            (f"{each.not_before:%b %-d}", f"{each.kind.replace('_', ' ')}: {each.state}") for each in letters
        ]
        yield Facts("Latest letters", tuple(rows))


def _rows(session: Session, title: str, table: type[Base], where: Any) -> Iterable[Facts]:
    query = select(table).where(where).order_by(table.__table__.c.id)
    for number, row in enumerate(session.scalars(query), start=1):
        yield _row(f"{title} {number}" if number > 1 else title, row)


def _row(title: str, row: Base) -> Facts:
    held = [(column.name, getattr(row, column.key)) for column in row.__table__.columns]
    shown = [(name.replace("_", " "), _said(value)) for name, value in held if name not in UNSAID]
    return Facts(title, tuple((name, value) for name, value in shown if value))


def _said(value: Any) -> str:
    """A value as a person reads it; empty for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%b %-d, %Y, %H:%M} UTC"
    if isinstance(value, date):
        return f"{value:%b %-d, %Y}"
    if isinstance(value, dict):
        return "; ".join(
            f"{name}: {_inside(one)}" for name, one in value.items() if one not in (None, "", [])
        )
    return _inside(value)


def _inside(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_inside(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
