"""What coordinators do for pairs: words to them, more time, and the log of it all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session

from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen
from mentoring.pairs import Pair
from storage.tables import AuditRow, CareNoteRow, MemberRow, PairRow, PastMemberRow

PAUSE: Deed = "pause"
"""A break of somebody in no pair: nobody's business but theirs. Of others their programs' logs tell."""
_PAIR = AuditRow.subject["pair"].as_integer()
"""The pair an entry is about; null where it is about none."""


def add_care_note(session: Session, about: Pair, by: int, text: str, now: datetime) -> int:
    """Keep a coordinator's words until they are said; gives their number."""
    row = CareNoteRow(
        workspace_id=about.workspace_id, pair_id=about.id, written_by=by, text=text, written_at=now
    )
    session.add(row)
    session.flush()
    return row.id


def add_care_notes(
    session: Session, pairs: Iterable[Pair], by: int, text: str, now: datetime
) -> dict[int, int]:
    """Keep the same words for many pairs, in one statement; gives their numbers by pair."""
    what = {"written_by": by, "text": text, "written_at": now}
    values = [{**what, "workspace_id": each.workspace_id, "pair_id": each.id} for each in pairs]
    kept = insert(CareNoteRow).returning(CareNoteRow.pair_id, CareNoteRow.id)
    return dict(session.execute(kept, values).all())


def care_note(session: Session, workspace_id: int, note_id: int) -> str:
    """The words of a note.

    Raises:
        NoLongerOpen: Where there is no such note.
    """
    row = session.get(CareNoteRow, note_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen("This note is not there any more.")
    return row.text


def extend_pair(session: Session, pair_id: int, ends_on: date) -> None:
    """Give a pair until this day."""
    session.get_one(PairRow, pair_id).ends_on = ends_on


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: who did what to whom, in ids and codes; instants in UTC."""

    id: int
    actor_id: int | None
    action: str
    subject: dict[str, int | str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """The log of a program, or of what belongs to none, as one coordinator may read it.

    Args:
        own_pairs: Pairs the reader is in or was in. What others did about these is not for them: nobody in a
            pair is to hear that one of them asked to talk to a coordinator, or why they left.
        actor_id: Only this person's acts, if wanted.
    """

    workspace_id: int
    program_id: int | None
    reader_id: int
    own_pairs: tuple[int, ...] = ()
    actor_id: int | None = None


def log_for(
    session: Session, workspace_id: int, program_id: int | None, reader_id: int, actor_id: int | None = None
) -> Reading:
    """What somebody may read of the log of a program, in one query; or of what belongs to none, in none."""
    if program_id is None:
        return Reading(workspace_id, None, reader_id, actor_id=actor_id)
    members = (
        select(MemberRow.pair_id)
        .join(PairRow, PairRow.id == MemberRow.pair_id)
        .where(PairRow.program_id == program_id, MemberRow.person_id == reader_id)
    )
    # Whoever leaves a group that goes on is no member of it any more.
    left = (
        select(PastMemberRow.pair_id)
        .join(PairRow, PairRow.id == PastMemberRow.pair_id)
        .where(PairRow.program_id == program_id, PastMemberRow.person_id == reader_id)
    )
    own = tuple(session.scalars(members.union(left)))
    return Reading(workspace_id, program_id, reader_id, own, actor_id)


def audit_entries(session: Session, of: Reading, *, limit: int | None = None, offset: int = 0) -> list[Entry]:
    """A log, newest first."""
    query = select(AuditRow).where(*_readable(of)).order_by(AuditRow.id.desc()).offset(offset)
    if limit is not None:
        query = query.limit(limit)
    return [Entry(row.id, row.actor_id, row.action, row.subject, row.at) for row in session.scalars(query)]


def count_audit_entries(session: Session, of: Reading) -> int:
    """How long a log is."""
    return session.scalar(select(func.count()).select_from(AuditRow).where(*_readable(of))) or 0


def _readable(of: Reading) -> list[ColumnElement[bool]]:
    chosen = [AuditRow.workspace_id == of.workspace_id]
    if of.program_id is not None:
        chosen.append(AuditRow.program_id == of.program_id)
    else:
        chosen += [AuditRow.program_id.is_(None), AuditRow.action != PAUSE]
    if of.actor_id is not None:
        chosen.append(AuditRow.actor_id == of.actor_id)
    if of.own_pairs:
        about_others = or_(_PAIR.is_(None), _PAIR.not_in(of.own_pairs))
        chosen.append(or_(AuditRow.actor_id == of.reader_id, about_others))
    return chosen


def last_actor(session: Session, workspace_id: int, program_id: int | None, action: str) -> int | None:
    """Who did something last, of a program or, where none is named, of the workspace."""
    query = (
        select(AuditRow.actor_id)
        .where(
            AuditRow.workspace_id == workspace_id,
            AuditRow.program_id == program_id if program_id else AuditRow.program_id.is_(None),
            AuditRow.action == action,
        )
        .order_by(AuditRow.id.desc())
        .limit(1)
    )
    return session.scalar(query)
