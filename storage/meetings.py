"""Meetings, questions asked, and pauses of pairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from mentoring.meetings import Answer, Meeting, MeetingState, Said
from mentoring.nudges.due import OWN_AFFAIRS
from mentoring.nudges.facts import Ask, Pause
from mentoring.nudges.notices import Kind
from mentoring.pairs import Pair
from storage.fast import change, first, insert_new, one_of_ids, rows, word
from storage.prepared import among
from storage.tables import AskRow, MeetingRow, PauseRow
from storage.tables.base import Instant

MEETINGS = select(MeetingRow.__table__).where(one_of_ids(MeetingRow.pair_id)).order_by(MeetingRow.starts_at)
_KINDS = {each.value: each for each in Kind}
"""Looked up rather than made: a look at a pair reads everything it was ever asked."""
_OWN = [word(each) for each in sorted(OWN_AFFAIRS)]
ASKS = (
    select(AskRow.__table__)
    .where(or_(one_of_ids(AskRow.pair_id), and_(AskRow.kind.in_(_OWN), among(AskRow.person_id, "people"))))
    .order_by(AskRow.asked_at, AskRow.id)
)
ONE_MEETING = select(MeetingRow.__table__).where(
    MeetingRow.id == bindparam("meeting"), MeetingRow.pair_id == bindparam("pair")
)
ASK_BY_KEY = select(AskRow.__table__).where(
    AskRow.workspace_id == bindparam("workspace"), AskRow.key == bindparam("asked")
)
CHANGE_MEETING = (
    update(MeetingRow.__table__)  # type: ignore[arg-type] # SQLAlchemy types a mapped table as FromClause
    .where(MeetingRow.id == bindparam("meeting"))
    .values(
        pair_id=bindparam("of_pair"),
        period_key=bindparam("of_period"),
        state=bindparam("now_is"),
        starts_at=bindparam("begins", type_=Instant()),
        minutes=bindparam("lasts"),
        uid=bindparam("entry"),
        sequence=bindparam("edition"),
        planned_by=bindparam("by"),
        planned_at=bindparam("at", type_=Instant()),
        answers=bindparam("said", type_=JSON()),
    )
)
NEW_ASK = insert(AskRow.__table__).inline()  # type: ignore[arg-type] # SQLAlchemy types a mapped table as FromClause
ANSWER = (
    update(AskRow.__table__)  # type: ignore[arg-type] # the same
    .where(AskRow.pair_id == bindparam("of_pair"), among(AskRow.kind, "kinds"), AskRow.answered_at.is_(None))
    .values(
        answered_at=bindparam("now", type_=Instant()), answered_by=bindparam("by"), answer=bindparam("said")
    )
)
ANSWER_ABOUT = ANSWER.where(among(AskRow.subject, "subjects"))
PAUSES = (
    select(PauseRow.__table__)
    .where(or_(one_of_ids(PauseRow.pair_id), among(PauseRow.person_id, "people")))
    .order_by(PauseRow.begins_at)
)


def meetings(session: Session, pair_id: int) -> list[Meeting]:
    """All meetings of a pair, by time."""
    return meetings_of_pairs(session, [pair_id]).get(pair_id, [])


def meetings_of_pairs(session: Session, pair_ids: Iterable[int]) -> dict[int, list[Meeting]]:
    """All meetings of several pairs, in one query."""
    found: dict[int, list[Meeting]] = {}
    for row in rows(session, MEETINGS, pair_ids):
        found.setdefault(row.pair_id, []).append(_meeting(row))
    return found


def meeting(session: Session, pair_id: int, meeting_id: int) -> Meeting | None:
    """One meeting of a pair."""
    row = first(session, ONE_MEETING, meeting=meeting_id, pair=pair_id)
    return _meeting(row) if row else None


def save_meeting(session: Session, workspace_id: int, changed: Meeting) -> Meeting:
    """Store a meeting, new (id 0) or changed.

    Raises:
        NoResultFound: There is no such meeting.
    """
    answers = [_answer_json(each) for each in changed.answers]
    if changed.id:
        values: dict[str, Any] = {
            "meeting": changed.id,
            "of_pair": changed.pair_id,
            "of_period": changed.period_key,
            "now_is": changed.state.value,
            "begins": changed.starts_at,
            "lasts": changed.minutes,
            "entry": changed.uid,
            "edition": changed.sequence,
            "by": changed.planned_by,
            "at": changed.planned_at,
            "said": answers,
        }
        if not change(session, CHANGE_MEETING, values):
            raise NoResultFound(f"no meeting {changed.id}")
        return changed
    row = MeetingRow(
        workspace_id=workspace_id,
        pair_id=changed.pair_id,
        period_key=changed.period_key,
        state=changed.state,
        starts_at=changed.starts_at,
        minutes=changed.minutes,
        uid=changed.uid,
        sequence=changed.sequence,
        planned_by=changed.planned_by,
        planned_at=changed.planned_at,
        answers=answers,
    )
    session.add(row)
    session.flush()
    return replace(changed, id=row.id)


def asks_of_pairs(session: Session, members: Mapping[int, Sequence[int]]) -> dict[int, list[Ask]]:
    """What was asked of several pairs, oldest first, in one query; `members` gives the people of each.

    What is a person's own affair (their pause) is said once, whichever of their pairs it was written for.
    """
    people = {person for each in members.values() for person in each}
    found = rows(session, ASKS, members, people=[*people])
    pairs_of = _pairs_of(members) if found else {}
    asked: dict[int, list[Ask]] = {pair_id: [] for pair_id in members}
    for row in found:
        ask = _ask(row)
        for pair_id in {row.pair_id, *(pairs_of.get(row.person_id, ()) if row.kind in OWN_AFFAIRS else ())}:
            if pair_id in asked:
                asked[pair_id].append(ask)
    return asked


def ask_by_key(session: Session, workspace_id: int, key: str) -> Ask | None:
    """The question behind a letter."""
    row = first(session, ASK_BY_KEY, workspace=workspace_id, asked=key)
    return _ask(row) if row else None


def add_asks(session: Session, asked: Iterable[tuple[Pair, Ask]]) -> None:
    """Remember questions, each with its pair; the same once.

    The end of somebody's break is due for all of their pairs at one instant, and is their own affair.
    """
    values = [_values(pair, ask) for pair, ask in asked]
    if values:
        change(session, insert_new(session, AskRow), values)


def _values(pair: Pair, ask: Ask) -> dict[str, Any]:
    return {
        "workspace_id": pair.workspace_id,
        "pair_id": pair.id,
        "person_id": ask.to[0] if len(ask.to) == 1 else None,
        "kind": str(ask.kind),
        "subject": ask.subject,
        "key": ask.key,
        "heard_by": list(ask.to),
        "period_key": ask.period_key,
        "asked_at": ask.asked_at,
    }


def add_notes(session: Session, noted: Iterable[tuple[Pair, Ask]]) -> None:
    """Put pairs on the coordinators' list in one statement; a matter that stands there changes nothing."""
    values = [_values(pair, ask) for pair, ask in noted]
    if values:
        change(session, insert_new(session, AskRow), values)


def note_for_coordinators(
    session: Session,
    workspace_id: int,
    pair_id: int,
    kind: Kind,
    subject: str,
    now: datetime,
    *,
    person_id: int | None = None,
) -> None:
    """Put a pair on the coordinators' list; the same matter stands there once.

    Args:
        session: The transaction.
        workspace_id: Where.
        pair_id: Which pair.
        kind: What for.
        subject: The occasion; nothing of what was said.
        now: When.
        person_id: Whoever asked to be called; None for what names nobody.
    """
    key = f"{kind}:{subject}"
    if ask_by_key(session, workspace_id, key) is not None:
        return
    values: dict[str, Any] = {
        "workspace_id": workspace_id,
        "pair_id": pair_id,
        "person_id": person_id,
        "kind": kind.value,
        "subject": subject,
        "key": key,
        "heard_by": [],
        "period_key": None,
        "asked_at": now,
    }
    change(session, NEW_ASK, values)


def answer_asks(
    session: Session,
    pair_id: int,
    person_id: int,
    answer: str,
    now: datetime,
    *,
    kinds: Iterable[Kind],
    subjects: Iterable[str] | None = None,
) -> None:
    """Settle open questions of these kinds (about these subjects): somebody of the pair has answered."""
    values: dict[str, Any] = {
        "of_pair": pair_id, "kinds": [*kinds], "now": now, "by": person_id, "said": answer,
    }  # fmt: skip
    if subjects is None:
        change(session, ANSWER, values)
    else:
        change(session, ANSWER_ABOUT, {**values, "subjects": [*subjects]})


def answer_calls(session: Session, pair_id: int, caller_id: int, person_id: int, now: datetime) -> None:
    """Somebody who asked for a word has had it, from this person."""
    session.execute(
        update(AskRow)
        .where(
            AskRow.pair_id == pair_id,
            AskRow.kind.in_([Kind.WANTS_A_WORD, Kind.WANTS_HELP]),
            AskRow.person_id == caller_id,
            AskRow.answered_at.is_(None),
        )
        .values(answered_at=now, answered_by=person_id, answer="talked")
    )


def pauses_of_pairs(session: Session, members: Mapping[int, Sequence[int]]) -> dict[int, list[Pause]]:
    """Pauses of several pairs and their people; `members` gives the people of each pair."""
    people = {person for each in members.values() for person in each}
    found = rows(session, PAUSES, members, people=[*people])
    pairs_of = _pairs_of(members) if found else {}
    paused: dict[int, list[Pause]] = {pair_id: [] for pair_id in members}
    for row in found:
        for pair_id in {row.pair_id, *pairs_of.get(row.person_id, ())}:
            if pair_id in paused:
                paused[pair_id].append(Pause(row.begins_at, row.ends_at, row.person_id))
    return paused


def _pairs_of(members: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """The same the other way round: by person, their pairs among these."""
    found: dict[int, list[int]] = {}
    for pair_id, who in members.items():
        for person_id in who:
            found.setdefault(person_id, []).append(pair_id)
    return found


def away_at(session: Session, person_ids: Iterable[int], at: datetime) -> set[int]:
    """Which of these people have paused everything at an instant."""
    query = select(PauseRow.person_id).where(
        PauseRow.person_id.in_([*person_ids]), PauseRow.begins_at <= at, PauseRow.ends_at > at
    )
    return {person_id for person_id in session.scalars(query) if person_id is not None}


def pauses_of_people(session: Session, person_ids: Iterable[int]) -> dict[int, list[Pause]]:
    """The own pauses of several people, in one query."""
    found: dict[int, list[Pause]] = {}
    query = select(PauseRow).where(PauseRow.person_id.in_([*person_ids])).order_by(PauseRow.begins_at)
    for row in session.scalars(query):
        if row.person_id is not None:
            found.setdefault(row.person_id, []).append(Pause(row.begins_at, row.ends_at, row.person_id))
    return found


def add_pause(
    session: Session,
    workspace_id: int,
    person_id: int | None,
    begins_at: datetime,
    ends_at: datetime,
    *,
    pair_id: int | None = None,
) -> None:
    """Pause everything for a person, or one pair, until an instant; a running pause gets the new end."""
    end_pause(session, person_id, begins_at, pair_ids=[pair_id] if pair_id is not None else [])
    session.add(
        PauseRow(
            workspace_id=workspace_id,
            person_id=person_id,
            pair_id=pair_id,
            begins_at=begins_at,
            ends_at=ends_at,
        )
    )
    session.flush()


def end_pause(
    session: Session, person_id: int | None, now: datetime, *, pair_ids: Iterable[int] = ()
) -> bool:
    """End the running pauses of a person and of pairs now; tells whether there were any."""
    owned = or_(PauseRow.person_id == person_id, PauseRow.pair_id.in_([*pair_ids]))
    query = select(PauseRow).where(owned, PauseRow.ends_at > now)
    running = list(session.scalars(query))
    for row in running:
        row.ends_at = max(now, row.begins_at)
    session.flush()
    return bool(running)


def _ask(row: AskRow | Row[Any]) -> Ask:
    return Ask(
        kind=_KINDS[row.kind],
        subject=row.subject,
        key=row.key,
        to=tuple(row.heard_by),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        period_key=row.period_key,
    )


def _meeting(row: MeetingRow | Row[Any]) -> Meeting:
    return Meeting(
        id=row.id,
        pair_id=row.pair_id,
        period_key=row.period_key,
        state=MeetingState(row.state),
        starts_at=row.starts_at,
        minutes=row.minutes,
        uid=row.uid,
        sequence=row.sequence,
        planned_by=row.planned_by,
        planned_at=row.planned_at,
        answers=tuple(
            Answer(each["person"], Said(each["said"]), datetime.fromisoformat(each["at"]))
            for each in row.answers
        ),
    )


def _answer_json(answer: Answer) -> dict[str, Any]:
    return {"person": answer.person_id, "said": answer.said.value, "at": answer.at.isoformat()}
