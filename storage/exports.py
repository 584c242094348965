"""What only an export reads: named answers with their people, and the notes of anonymous ones without."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.enrollment import Profile
from storage.profiles import profile_of
from storage.tables import AnswerRow, EnrollmentRow, MeetingRow, PairRow, PersonRow, RequestRow


@dataclass(frozen=True, slots=True)
class Listed:
    """One person on a program's list, with what they told it; who may read what is decided elsewhere."""

    person_id: int
    slack_id: str
    name: str
    email: str | None
    time_zone: str
    state: str
    joined_at: datetime | None
    profile: Profile


def people_to_export(session: Session, program_id: int) -> Iterator[Listed]:
    """Everybody on a program's list, in order of arrival; plain rows, since there may be ten thousand."""
    enrolled = EnrollmentRow
    query = (
        select(
            PersonRow.slack_id, PersonRow.name, PersonRow.email, PersonRow.time_zone,
            enrolled.person_id, enrolled.state, enrolled.joined_at, enrolled.profile, enrolled.is_mentor,
            enrolled.is_mentee, enrolled.capacity, enrolled.hours_per_month,
        )
        .join(PersonRow, PersonRow.id == enrolled.person_id)
        .where(enrolled.program_id == program_id)
        .order_by(enrolled.id)
    )  # fmt: skip
    for row in session.execute(query):
        yield Listed(
            row.person_id,
            row.slack_id,
            row.name,
            row.email,
            row.time_zone,
            row.state,
            row.joined_at,
            profile_of(row),
        )


@dataclass(frozen=True, slots=True)
class NamedAnswers:
    """One person's answers to one named survey, unchecked; who may read them is decided elsewhere."""

    slack_id: str
    instrument: str
    version: int
    answers: dict[str, Any]
    shared: list[str]

    def __repr__(self) -> str:
        """Keep the answers out of logs."""
        return f"NamedAnswers({self.instrument})"


def answers_with_people(session: Session, program_id: int) -> Iterator[NamedAnswers]:
    """Every named set of answers in a program, in the order people were asked."""
    query = (
        select(
            PersonRow.slack_id, AnswerRow.instrument, AnswerRow.version, AnswerRow.answers, AnswerRow.shared
        )
        .join(RequestRow, RequestRow.id == AnswerRow.request_id)
        .join(PersonRow, PersonRow.id == RequestRow.person_id)
        .where(AnswerRow.program_id == program_id)
        .order_by(RequestRow.id)
    )
    for row in session.execute(query):
        yield NamedAnswers(*row)


Notes = list[tuple[dict[str, Any], list[str]]]
"""Answers with the questions whose notes were ticked to share."""


def notes_given(session: Session, program_id: int) -> dict[tuple[str, int], Notes]:
    """Answers that belong to nobody, by survey and version, in no order anybody could read something from."""
    found: dict[tuple[str, int], Notes] = {}
    query = (
        select(AnswerRow.instrument, AnswerRow.version, AnswerRow.answers, AnswerRow.shared)
        .where(AnswerRow.program_id == program_id, AnswerRow.request_id.is_(None))
        .order_by(AnswerRow.id)
    )
    for instrument, version, answers, shared in session.execute(query):
        found.setdefault((instrument, version), []).append((answers, shared))
    return found


def lines_to_export(session: Session, program_id: int) -> int:
    """About how many lines a program's people and meetings come to: whether an export takes a while."""
    people = select(func.count()).where(EnrollmentRow.program_id == program_id)
    meetings = (
        select(func.count())
        .select_from(MeetingRow)
        .join(PairRow, PairRow.id == MeetingRow.pair_id)
        .where(PairRow.program_id == program_id)
    )
    return (session.scalar(people) or 0) + (session.scalar(meetings) or 0)
