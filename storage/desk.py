"""What the coordinators' desk shows, each thing in one query, however many pairs there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from mentoring.attention import CALLS, Concern
from mentoring.hours import ONE_DAY
from mentoring.meetings import MeetingState
from mentoring.nudges.notices import FOR_COORDINATORS, Kind
from mentoring.pairs import Ending, PairState
from storage.agreements import IN_FORCE
from storage.fast import change, first, word
from storage.outbox import LetterState
from storage.tables import (
    AgreementRow,
    AskRow,
    DeskRow,
    LetterRow,
    MatchCheckRow,
    MeetingRow,
    MemberRow,
    PairRow,
)
from storage.tables.base import Instant

SHOWN = select(DeskRow.program_id, DeskRow.page, DeskRow.own_page).where(
    DeskRow.person_id == bindparam("person")
)
GONE = (
    update(AskRow.__table__)  # type: ignore[arg-type] # SQLAlchemy types a mapped table as FromClause
    .where(
        AskRow.pair_id == bindparam("of_pair"),
        AskRow.kind == bindparam("of_kind"),
        AskRow.answered_at.is_(None),
    )
    .values(answered_at=bindparam("now", type_=Instant()), answer=word("gone"))
)


@dataclass(frozen=True, slots=True)
class DeskView:
    """Where somebody was on their Home: which program, and which pages."""

    program_id: int | None = None
    page: int = 0
    own_page: int = 0


@dataclass(frozen=True, slots=True)
class PairCounts:
    """The pairs of a program: how many there ever were, and how far they came."""

    made: int = 0
    agreed: int = 0
    met: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True)
class Sends:
    """A day's messages of a program: said, and still to be said."""

    sent: int
    due: int


def desk_view(session: Session, person_id: int) -> DeskView:
    """Where somebody was."""
    row = first(session, SHOWN, person=person_id)
    return DeskView(row.program_id, row.page, row.own_page) if row else DeskView()


def keep_desk_view(session: Session, person_id: int, view: DeskView) -> None:
    """Remember where somebody is."""
    row = session.get(DeskRow, person_id) or DeskRow(person_id=person_id)
    row.program_id, row.page, row.own_page = view.program_id, view.page, view.own_page
    session.add(row)
    session.flush()


def attention_counts(
    session: Session, program_ids: Sequence[int], now: datetime, reader_id: int | None = None
) -> dict[int, int]:
    """How many living pairs of each program need a coordinator's look, by what had arisen at an instant.

    Args:
        session: The transaction.
        program_ids: The programs; one in which no pair needs a look is left out.
        now: The instant (aware).
        reader_id: Who is told, if it is one coordinator: their own pairs do not count.
    """
    query = (
        select(PairRow.program_id, func.count(PairRow.id.distinct()))
        .join(AskRow, AskRow.pair_id == PairRow.id)
        .where(PairRow.program_id.in_(program_ids), AskRow.asked_at <= now, *open_now(now))
        .group_by(PairRow.program_id)
    )
    if reader_id is not None:
        query = query.where(PairRow.id.not_in(_own(reader_id)))
    return dict(session.execute(query).all())


def open_concerns(session: Session, program_id: int, now: datetime, reader_id: int) -> list[Concern]:
    """Every open reason for this coordinator to look at a living pair of a program, whoever raised it.

    Of a pair they are in themselves they see none: whoever knows what they answered knows who rated it low.
    """
    query = (
        select(AskRow.pair_id, AskRow.kind, AskRow.asked_at, AskRow.person_id)
        .join(PairRow, PairRow.id == AskRow.pair_id)
        .where(PairRow.program_id == program_id, PairRow.id.not_in(_own(reader_id)), *open_now(now))
    )
    return [Concern(pair_id, Kind(kind), at, who) for pair_id, kind, at, who in session.execute(query)]


def _own(person_id: int) -> Select[int]:
    return select(MemberRow.pair_id).where(MemberRow.person_id == person_id)


def open_now(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Which of what was asked about pairs wants a coordinator's look at this moment."""
    # By the clock of the last place on earth that has the day: a list may be some hours late about that.
    of_the_program = and_(PairRow.casual_since.is_(None), PairRow.ends_on >= (now - ONE_DAY).date())
    return (
        PairRow.state != PairState.ENDED,
        # Who goes on casually, or had their time, is left in peace; a person who asked to be called waits.
        or_(of_the_program, AskRow.kind.in_(sorted(CALLS))),
        AskRow.kind.in_(sorted(FOR_COORDINATORS)),
        AskRow.answered_at.is_(None),
        or_(AskRow.snoozed_until.is_(None), AskRow.snoozed_until <= now),
    )


def settle_concerns(
    session: Session,
    pair_id: int,
    kinds: Iterable[Kind],
    answer: str,
    now: datetime,
    by: int | None = None,
    *,
    before: datetime | None = None,
) -> int:
    """Take a pair off the list for these reasons, if older than `before`; tells how many there were."""
    about = [AskRow.pair_id == pair_id, AskRow.kind.in_([*kinds])]
    if before is not None:
        about.append(AskRow.asked_at < before)
    return _settle(session, about, answer, now, by)


def settle_together(
    session: Session,
    pair_ids: Iterable[int],
    kind: Kind,
    answer: str,
    now: datetime,
    by: int,
    *,
    shown_at: datetime,
) -> int:
    """Take many pairs off the list for one reason that had arisen then; tells how often it was open."""
    about = [AskRow.pair_id.in_([*pair_ids]), AskRow.kind == kind, AskRow.asked_at <= shown_at]
    return _settle(session, about, answer, now, by)


def _settle(
    session: Session, about: Sequence[ColumnElement[bool]], answer: str, now: datetime, by: int | None
) -> int:
    done = session.execute(
        update(AskRow)
        .where(*about, AskRow.answered_at.is_(None))
        .values(answered_at=now, answered_by=by, answer=answer)
    )
    return int(done.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult


def settle_gone(session: Session, gone: Iterable[tuple[int, Kind]], now: datetime) -> None:
    """Take pairs off the list for reasons that no longer hold, by pair and reason."""
    values = [{"of_pair": pair_id, "of_kind": kind.value, "now": now} for pair_id, kind in gone]
    if values:
        change(session, GONE, values)


def snooze_concerns(session: Session, pair_id: int, until: datetime) -> None:
    """Put a pair aside for a while; a new reason brings it back at once."""
    session.execute(
        update(AskRow)
        .where(
            AskRow.pair_id == pair_id,
            AskRow.kind.in_(sorted(FOR_COORDINATORS)),
            AskRow.answered_at.is_(None),
        )
        .values(snoozed_until=until)
    )


def healths(session: Session, pair_ids: Iterable[int]) -> dict[int, tuple[int | None, int | None]]:
    """The scores of these pairs, now and before this week."""
    query = select(PairRow.id, PairRow.health, PairRow.health_was).where(PairRow.id.in_([*pair_ids]))
    return {pair_id: (score, was) for pair_id, score, was in session.execute(query)}


def counts_of_pairs(session: Session, program_id: int) -> PairCounts:
    """How far the pairs of a program came; three counts, none of which reads a pair."""
    of_program = PairRow.program_id == program_id
    told = PairRow.announced_at.is_not(None)
    completed = (PairRow.state == PairState.ENDED) & (PairRow.ending == Ending.COMPLETED)
    made, finished = session.execute(
        select(func.count(), func.count(case((completed, 1)))).where(of_program, told)
    ).one()
    agreed = session.scalar(
        select(func.count(AgreementRow.pair_id.distinct()))
        .join(PairRow, PairRow.id == AgreementRow.pair_id)
        .where(of_program, AgreementRow.state == IN_FORCE)
    )
    met = session.scalar(
        select(func.count()).where(
            of_program,
            told,
            select(MeetingRow.id)
            .where(MeetingRow.pair_id == PairRow.id, MeetingRow.state == MeetingState.HELD)
            .exists(),
        )
    )
    return PairCounts(made, agreed or 0, met or 0, finished)


def objections(session: Session, program_id: int, since: datetime, reader_id: int) -> int:
    """How many matches were called off in the quiet check of late, for a coordinator to read why.

    Those of the reader's own pairs are not among them: one more than the list shows would tell them that
    their partner objected.
    """
    query = (
        select(func.count())
        .select_from(MatchCheckRow)
        .join(PairRow, PairRow.id == MatchCheckRow.pair_id)
        .where(
            PairRow.program_id == program_id,
            PairRow.id.not_in(_own(reader_id)),
            MatchCheckRow.fine.is_(False),
            MatchCheckRow.answered_at >= since,
        )
    )
    return session.scalar(query) or 0


def sends(session: Session, program_id: int, begin: datetime, end: datetime) -> Sends:
    """What was said in a program between two instants, and what is still due before the later one."""
    sent = session.scalar(
        select(func.count()).where(
            LetterRow.program_id == program_id, LetterRow.sent_at >= begin, LetterRow.sent_at < end
        )
    )
    due = session.scalar(
        select(func.count()).where(
            LetterRow.state == LetterState.QUEUED,
            LetterRow.not_before < end,
            LetterRow.program_id == program_id,
        )
    )
    return Sends(sent or 0, due or 0)


@dataclass(frozen=True, slots=True)
class Objected:
    """A match somebody would rather not have; `by` is one of `people`."""

    by: int
    people: tuple[int, ...]
    reason: str
    at: datetime


def objections_said(session: Session, program_id: int, since: datetime) -> list[Objected]:
    """The objections of the quiet check of late, newest first, with everybody of the pair."""
    query = (
        select(MatchCheckRow.person_id, MatchCheckRow.reason, MatchCheckRow.answered_at, MemberRow.person_id)
        .join(PairRow, PairRow.id == MatchCheckRow.pair_id)
        .join(MemberRow, MemberRow.pair_id == PairRow.id)
        .where(
            PairRow.program_id == program_id,
            MatchCheckRow.fine.is_(False),
            MatchCheckRow.answered_at >= since,
        )
        .order_by(MatchCheckRow.answered_at.desc(), MemberRow.person_id)
    )
    found: dict[tuple[int, datetime], tuple[str, list[int]]] = {}
    for by, reason, at, who in session.execute(query):
        if at is not None:
            found.setdefault((by, at), (reason, []))[1].append(who)
    return [Objected(by, tuple(who), reason, at) for (by, at), (reason, who) in found.items()]
