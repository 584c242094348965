"""The outbox: notices kept as letters in the transaction of the fact, and the life of a letter.

A letter is `queued`, then `sending` (claimed by a courier, committed before Slack is called), then `sent`,
`cancelled` (its reason is gone), `expired` or `failed`. Its key is unique: writing it again changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from mentoring.deeds import DEEDS, Deed
from mentoring.notices import Notice, Recipient, ToChannel, ToPair, ToPerson
from mentoring.pairs import Pair
from mentoring.programs import Program
from storage.fast import ONE, change, every, first, insert_new, word
from storage.living import wanted
from storage.prepared import Asked, among
from storage.tables import AuditRow, EventRow, LetterRow
from storage.tables.base import Instant


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    FAILED = "failed"


_FRESH = str(LetterState.QUEUED)
MARK_BYTES = 16
"""A letter's mark is chance alone, and so much of it that no two are the same."""

LEASE = timedelta(seconds=15)
"""A letter still "sending" after this was left behind: a call to Slack takes ten seconds at most, so that
none of ours can be under way any more."""

QUIET_HOURS = "quiet_hours"
"""Why a letter waits that came too late for its receivers' working day; it holds up no other."""

QUEUED, SENDING = word(LetterState.QUEUED), word(LetterState.SENDING)
_LETTERS = LetterRow.__table__
_EARLIER = aliased(LetterRow)
_UNSETTLED = (
    _EARLIER.id < LetterRow.id,
    _EARLIER.state.in_([QUEUED, SENDING]),
    or_(_EARLIER.state == SENDING, _EARLIER.reason != word(QUIET_HOURS)),
)
WAITS_FOR_AN_EARLIER = or_(
    # Two questions with an index each: asked as one, every claim read all earlier letters of the workspace.
    exists().where(_EARLIER.person_id == LetterRow.person_id, *_UNSETTLED),
    exists().where(_EARLIER.pair_id == LetterRow.pair_id, *_UNSETTLED),
)
"""An earlier letter to the same person or pair is under way or will be tried again: order is kept. One that
was never tried has no reason yet, and is taken first anyway if it is due."""
WANTED = wanted(LetterRow.workspace_id)
"""Letters of workspaces that still want us; those of the others stay as they are."""
DUE = and_(
    LetterRow.state == QUEUED,
    LetterRow.not_before <= bindparam("now", type_=Instant()),
    WANTED,
)
LEFT_BEHIND = and_(
    LetterRow.state == SENDING,
    LetterRow.claimed_at <= bindparam("lease_over", type_=Instant()),
    WANTED,
)
NEXT = (
    select(_LETTERS)
    .where(DUE, ~WAITS_FOR_AN_EARLIER)
    .order_by(LetterRow.not_before, LetterRow.id)
    .limit(ONE)
    .with_for_update(skip_locked=True)
)
NEXT_ELSEWHERE = NEXT.where(
    ~among(func.coalesce(LetterRow.person_id, 0), "people"),
    ~among(func.coalesce(LetterRow.pair_id, 0), "pairs"),
)
IN_ONE_WORKSPACE = LetterRow.workspace_id == bindparam("workspace")
NEXT_IN_ONE = NEXT.where(IN_ONE_WORKSPACE)
NEXT_ELSEWHERE_IN_ONE = NEXT_ELSEWHERE.where(IN_ONE_WORKSPACE)
WAITING = select(LetterRow.workspace_id).where(or_(DUE, LEFT_BEHIND)).distinct()
STRANDED = select(_LETTERS).where(LEFT_BEHIND).order_by(LetterRow.id)
STRANDED_IN_ONE = STRANDED.where(IN_ONE_WORKSPACE)
SENT_SINCE = select(func.count()).where(
    IN_ONE_WORKSPACE, LetterRow.sent_at >= bindparam("since", type_=Instant())
)
WHERE_SAID = select(LetterRow.sent_channel, LetterRow.ts).where(
    LetterRow.workspace_id == bindparam("workspace"), LetterRow.key == bindparam("said")
)
CHANGE = update(_LETTERS).where(LetterRow.id == bindparam("letter"))  # type: ignore[arg-type] # a Table
CLAIM = CHANGE.values(
    state=SENDING,
    claimed_at=bindparam("now", type_=Instant()),
    attempts=LetterRow.attempts + 1,
)
TAKE_OVER = CHANGE.where(
    LetterRow.state == SENDING,
    LetterRow.claimed_at == bindparam("since", type_=Instant()),
).values(claimed_at=bindparam("until", type_=Instant()))
SENT = CHANGE.values(
    state=word(LetterState.SENT),
    sent_at=bindparam("now", type_=Instant()),
    sent_channel=bindparam("place"),
    ts=bindparam("at"),
)
HAS_FILE = CHANGE.values(file_id=bindparam("file"))
FILE_CAME = CHANGE.values(file_came_at=bindparam("now", type_=Instant()))
UNSENT = CHANGE.values(state=bindparam("now_is"), reason=bindparam("why_not"))
PUT_BACK = CHANGE.values(
    state=QUEUED,
    not_before=bindparam("later", type_=Instant()),
    reason=bindparam("why_not"),
    claimed_at=None,
    attempts=LetterRow.attempts - bindparam("uncounted"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as the courier sees it; instants in UTC."""

    id: int
    workspace_id: int
    mark: str
    kind: str
    key: str
    why: str
    to: Recipient
    program_id: int | None
    ids: dict[str, int | str]
    written_at: datetime
    not_before: datetime
    expires_at: datetime | None
    state: LetterState
    attempts: int
    claimed_at: datetime | None
    file_id: str | None = None
    file_came_at: datetime | None = None


def write_letter(
    session: Session, workspace_id: int, notice: Notice, now: datetime, *, program_id: int | None = None
) -> bool:
    """Keep a notice as a letter; tells whether it is new. Saying it a second time changes nothing."""
    return _insert_once(session, LetterRow, _new_letter(workspace_id, notice, now, program_id))


def write_letters(session: Session, notices: Iterable[tuple[Pair, Notice]], now: datetime) -> None:
    """Keep notices as letters, each with the pair it is about; those that were said before change nothing."""
    _keep(session, [_new_letter(pair.workspace_id, notice, now, pair.program_id) for pair, notice in notices])


def write_letters_of(session: Session, about: Program, notices: Iterable[Notice], now: datetime) -> None:
    """Keep notices of one program as letters; those that were said before change nothing."""
    _keep(session, [_new_letter(about.workspace_id, notice, now, about.id) for notice in notices])


def _keep(session: Session, letters: list[dict[str, Any]]) -> None:
    if letters:
        change(session, insert_new(session, LetterRow), letters)


def _new_letter(workspace_id: int, notice: Notice, now: datetime, program_id: int | None) -> dict[str, Any]:
    to = notice.to
    return {
        "workspace_id": workspace_id,
        "mark": token_hex(MARK_BYTES),
        "kind": notice.kind,
        "key": notice.key,
        "why": notice.why,
        "person_id": to.person_id if isinstance(to, ToPerson) else None,
        "pair_id": to.pair_id if isinstance(to, ToPair) else None,
        "channel": to.channel if isinstance(to, ToChannel) else None,
        "program_id": program_id,
        "ids": dict(notice.ids),
        "written_at": now,
        "not_before": max(notice.not_before, now),
        "expires_at": notice.expires_at,
        "state": _FRESH,
        "attempts": 0,
    }


def _insert_once(session: Session, table: type[LetterRow | EventRow], values: dict[str, Any]) -> bool:
    return change(session, insert_new(session, table), values) == 1


def note_event(session: Session, workspace_id: int, event_id: str, now: datetime) -> bool:
    """Remember a Slack event; False if it was already turned into facts."""
    values = {"workspace_id": workspace_id, "event_id": event_id, "seen_at": now}
    return _insert_once(session, EventRow, values)


def audit(
    session: Session,
    workspace_id: int,
    actor_id: int | None,
    action: Deed,
    subject: dict[str, int | str],
    now: datetime,
    *,
    program_id: int | None = None,
) -> None:
    """Record who did what to whom, in ids.

    Raises:
        ValueError: There are no words for it; see `mentoring.deeds`.
    """
    if action not in DEEDS:
        raise ValueError(f"the log has no words for {action!r}: name it in mentoring.deeds")
    session.add(
        AuditRow(
            workspace_id=workspace_id,
            program_id=program_id,
            actor_id=actor_id,
            action=action,
            subject=subject,
            at=now,
        )
    )


def claim_letter(
    asked: Asked, now: datetime, *, busy: Iterable[Recipient] = (), workspace_id: int | None = None
) -> Letter | None:
    """Take the next letter that is due, oldest first, and mark it `sending`.

    Two couriers never get the same one: SQLite has one writer, PostgreSQL skips locked rows. Places written
    to a moment ago (`busy`) are passed over, and so are workspaces that removed the app.
    """
    places = [*busy]
    values: dict[str, Any] = {"now": now}
    if workspace_id is not None:
        values["workspace"] = workspace_id
    if places:
        values["people"] = [each.person_id for each in places if isinstance(each, ToPerson)]
        values["pairs"] = [each.pair_id for each in places if isinstance(each, ToPair)]
        row = first(asked, NEXT_ELSEWHERE if workspace_id is None else NEXT_ELSEWHERE_IN_ONE, **values)
    else:
        row = first(asked, NEXT if workspace_id is None else NEXT_IN_ONE, **values)
    if row is None:
        return None
    change(asked, CLAIM, {"letter": row.id, "now": now})
    return replace(_letter(row), state=LetterState.SENDING, attempts=row.attempts + 1, claimed_at=now)


def waiting_workspaces(asked: Asked, now: datetime) -> list[int]:
    """The workspaces in which a letter is due, or was left behind."""
    return sorted(row.workspace_id for row in every(asked, WAITING, now=now, lease_over=now - LEASE))


def sent_since(asked: Asked, workspace_id: int, since: datetime) -> int:
    """How many letters were sent in a workspace since then, by whatever process."""
    row = first(asked, SENT_SINCE, workspace=workspace_id, since=since)
    return int(row[0]) if row else 0


def stranded_letters(asked: Asked, now: datetime, workspace_id: int | None = None) -> list[Letter]:
    """Letters whose lease is over and that were never settled: a courier died, or an answer was lost."""
    if workspace_id is None:
        return [_letter(row) for row in every(asked, STRANDED, lease_over=now - LEASE)]
    found = every(asked, STRANDED_IN_ONE, lease_over=now - LEASE, workspace=workspace_id)
    return [_letter(row) for row in found]


def take_over(asked: Asked, letter: Letter, until: datetime) -> bool:
    """Take a letter that is under way upon oneself; False if somebody else did since it was read.

    `until` is when the lease begins anew; now, or later where more time is needed.
    """
    values = {"letter": letter.id, "since": letter.claimed_at, "until": until}
    return change(asked, TAKE_OVER, values) == 1


def settle_sent(asked: Asked, letter_id: int, channel: str, ts: str, now: datetime) -> None:
    """The letter was said; `ts` is its place in Slack."""
    change(asked, SENT, {"letter": letter_id, "now": now, "place": channel, "at": ts})


def keep_file(asked: Asked, letter_id: int, file_id: str) -> None:
    """The letter's file is at Slack, and not shown to anybody yet: whoever tries again shows this one."""
    change(asked, HAS_FILE, {"letter": letter_id, "file": file_id})


def file_came(asked: Asked, letter_id: int, now: datetime) -> None:
    """The letter's file stands where the letter goes; its words are still to be said."""
    change(asked, FILE_CAME, {"letter": letter_id, "now": now})


def settle_unsent(asked: Asked, letter_id: int, state: LetterState, reason: str) -> None:
    """The letter will not be said, and why."""
    change(asked, UNSENT, {"letter": letter_id, "now_is": state.value, "why_not": reason})


def put_back(asked: Asked, letter_id: int, not_before: datetime, reason: str, *, counted: bool) -> None:
    """Queue the letter again for later; an attempt that Slack turned away at the door is not counted."""
    values = {"letter": letter_id, "later": not_before, "why_not": reason, "uncounted": 0 if counted else 1}
    change(asked, PUT_BACK, values)


def hold_letters(session: Session, workspace_id: int, until: datetime) -> None:
    """Slack told a workspace to wait: nothing of it is tried before `until`, in the order it had."""
    session.execute(
        update(LetterRow)
        .where(
            LetterRow.workspace_id == workspace_id,
            LetterRow.state == LetterState.QUEUED,
            LetterRow.not_before < until,
        )
        .values(not_before=until)
    )


def cancel_letters(
    session: Session, workspace_id: int, reason: str, *, pair_id: int | None = None, keys: Iterable[str] = ()
) -> None:
    """Take back letters not yet claimed, because their matter is settled."""
    wanted: list[ColumnElement[bool]] = [LetterRow.key.in_([*keys])]
    if pair_id is not None:
        wanted.append(LetterRow.pair_id == pair_id)
    session.execute(
        update(LetterRow)
        .where(LetterRow.workspace_id == workspace_id, LetterRow.state == LetterState.QUEUED, or_(*wanted))
        .values(state=LetterState.CANCELLED.value, reason=reason)
    )


def where_said(session: Session, workspace_id: int, key: str) -> tuple[str, str] | None:
    """Channel and ts of a letter that was sent, so that it can be updated in place."""
    row = first(session, WHERE_SAID, workspace=workspace_id, said=key)
    return (row.sent_channel, row.ts) if row and row.sent_channel and row.ts else None


def count_letters(session: Session, workspace_id: int) -> dict[LetterState, int]:
    """How many letters stand where."""
    query = (
        select(LetterRow.state, func.count())
        .where(LetterRow.workspace_id == workspace_id)
        .group_by(LetterRow.state)
    )
    return {LetterState(state): count for state, count in session.execute(query)}


def _letter(row: LetterRow | Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        workspace_id=row.workspace_id,
        mark=row.mark,
        kind=row.kind,
        key=row.key,
        why=row.why,
        to=_recipient(row),
        program_id=row.program_id,
        ids=row.ids,
        written_at=row.written_at,
        not_before=row.not_before,
        expires_at=row.expires_at,
        state=LetterState(row.state),
        attempts=row.attempts,
        claimed_at=row.claimed_at,
        file_id=row.file_id,
        file_came_at=row.file_came_at,
    )


def _recipient(row: LetterRow | Row[Any]) -> Recipient:
    if row.person_id is not None:
        return ToPerson(row.person_id)
    if row.pair_id is not None:
        return ToPair(row.pair_id)
    return ToChannel(row.channel or "")
