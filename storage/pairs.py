"""Pairs: rows to values, and the steps of their life."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role
from mentoring.pairs import Ending, Member, Pair, PairState, pair_key
from storage.fast import by_the_way, change, every, one_of_ids, rows, word
from storage.living import wanted
from storage.prepared import Asked
from storage.tables import MemberRow, PairRow, PastMemberRow, PersonRow, ProgramRow
from storage.tables.base import Instant

GONE = "This is no longer open: the pairing it belongs to is not there any more."

_MINE = aliased(MemberRow)
WITH_MEMBERS = (
    select(
        PairRow.id,
        PairRow.workspace_id,
        PairRow.program_id,
        PairRow.state,
        PairRow.channel_id,
        PairRow.announced_at,
        PairRow.ends_on,
        PairRow.why,
        PairRow.casual_since,
        PairRow.casual_opted_in,
        PairRow.ending,
        MemberRow.person_id,
        MemberRow.enrollment_id,
        MemberRow.role,
    )
    .join(MemberRow, MemberRow.pair_id == PairRow.id)
    .order_by(PairRow.id, MemberRow.person_id)
)
WAKE = (
    update(PairRow.__table__)  # type: ignore[arg-type] # SQLAlchemy types a mapped table as FromClause
    .where(PairRow.id == bindparam("pair"))
    .values(next_look_at=bindparam("at"))
)
LOOKED = WAKE.values(
    # The first look of a week moves the score on: the older one is what the trend is held against.
    health_was=case((PairRow.health_on == bindparam("week"), PairRow.health_was), else_=PairRow.health),
    health=bindparam("score"),
    health_on=bindparam("week"),
)
"""Once for both: a row that changes is written anew, with an entry in each index."""
ANNOUNCED = (
    update(PairRow.__table__)  # type: ignore[arg-type] # as above
    .where(PairRow.id == bindparam("pair"), PairRow.state == word(PairState.APPROVED))
    .values(state=word(PairState.ANNOUNCED), announced_at=bindparam("now"), next_look_at=bindparam("now"))
)
NEWS = (
    update(ProgramRow.__table__)  # type: ignore[arg-type] # as above
    .where(
        ProgramRow.id == select(PairRow.program_id).where(PairRow.id == bindparam("pair")).scalar_subquery(),
        ProgramRow.next_look_at > bindparam("soon", type_=Instant()),
    )
    .values(next_look_at=bindparam("soon"))
)
NEWS_SETTLES = timedelta(hours=1)
"""A program is looked at so long after one of its pairs was introduced: hundreds may be at once, and one look
finds all whose supervisors are to hear of it, on the same working day or the next."""
TO_LOOK_AT = (
    select(PairRow.id)
    .where(PairRow.next_look_at <= bindparam("now", type_=Instant()), wanted(PairRow.workspace_id))
    .order_by(PairRow.next_look_at, PairRow.id)
    .limit(bindparam("most"))
)
PAIRS = WITH_MEMBERS.where(one_of_ids(PairRow.id))
PAIRS_OF_PERSON = WITH_MEMBERS.where(
    PairRow.workspace_id == bindparam("workspace"),
    PairRow.id.in_(select(_MINE.pair_id).where(_MINE.person_id == bindparam("person"))),
    PairRow.state != word(PairState.ENDED),
)


@dataclass(frozen=True, slots=True)
class NewPair:
    """A pair a coordinator approved, before it is stored."""

    members: tuple[Member, ...]
    why: str
    score: float


def add_pairs(
    session: Session,
    workspace_id: int,
    program_id: int,
    new: Sequence[NewPair],
    ends_on: date,
    now: datetime,
    *,
    match_run_id: int | None = None,
) -> list[Pair]:
    """Store approved pairs.

    Raises:
        Refusal: Where two of these people are already a pair in this program.
    """
    stored = []
    for each in new:
        row = PairRow(
            workspace_id=workspace_id,
            program_id=program_id,
            match_run_id=match_run_id,
            people_key=pair_key(frozenset(member.person_id for member in each.members)),
            state=PairState.APPROVED,
            why=each.why,
            score=each.score,
            approved_at=now,
            ends_on=ends_on,
            casual_opted_in=False,
        )
        session.add(row)
        stored.append((row, each.members))
    try:
        session.flush()
    except IntegrityError:
        raise Refusal("Two of these people are a pair already. Run the match again.") from None
    for row, members in stored:
        for member in members:
            session.add(
                MemberRow(
                    pair_id=row.id,
                    person_id=member.person_id,
                    enrollment_id=member.enrollment_id,
                    role=member.role,
                )
            )
    session.flush()
    return [_pair(row, members) for row, members in stored]


def pair(session: Asked, workspace_id: int, pair_id: int) -> Pair:
    """One pair of a workspace.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    found = pairs_by_ids(session, [pair_id])
    if not found or found[0].workspace_id != workspace_id:
        raise NoLongerOpen(GONE)
    return found[0]


def live_pair(session: Session, workspace_id: int, pair_id: int) -> Pair:
    """One pair that has not ended.

    Raises:
        NoLongerOpen: Where there is none.
    """
    found = pair(session, workspace_id, pair_id)
    if found.state is PairState.ENDED:
        raise NoLongerOpen("This is no longer open: this pairing has come to its end.")
    return found


def pairs_of_person(session: Session, workspace_id: int, person_id: int) -> list[Pair]:
    """Every pair somebody is in and that has not ended."""
    return _together(every(session, PAIRS_OF_PERSON, workspace=workspace_id, person=person_id))


def pairs_of_people(session: Session, workspace_id: int, person_ids: Iterable[int]) -> list[Pair]:
    """Every pair that somebody of these is in and that has not ended."""
    theirs = select(MemberRow.pair_id).where(MemberRow.person_id.in_([*person_ids]))
    return _pairs(
        session,
        PairRow.workspace_id == workspace_id,
        PairRow.id.in_(theirs),
        PairRow.state != PairState.ENDED,
    )


def pairs_of_program(
    session: Session, program_id: int, states: Iterable[PairState] = (PairState.APPROVED, PairState.ANNOUNCED)
) -> list[Pair]:
    """Every pair of a program in these states."""
    return _pairs(session, PairRow.program_id == program_id, PairRow.state.in_([*states]))


def pairs_of_programs(session: Session, program_ids: Iterable[int]) -> list[Pair]:
    """Every pair there ever was in these programs."""
    return _pairs(session, PairRow.program_id.in_([*program_ids]))


def introduced_before(session: Session, program_id: int, person_ids: Iterable[int]) -> set[int]:
    """Who of these has had a pair in a program; also of a group that went on without them."""
    people = [*person_ids]
    had, left = (
        select(part.person_id)
        .join(PairRow, PairRow.id == part.pair_id)
        .where(
            by_the_way(PairRow.program_id) == program_id,
            part.person_id.in_(people),
            PairRow.announced_at.is_not(None),
        )
        for part in (MemberRow, PastMemberRow)
    )
    return set(session.scalars(had.union(left)))


def wake_pairs_of_program(session: Session, program_id: int, at: datetime) -> None:
    """Look at every pair of a program anew: something that all of them go by has changed."""
    session.execute(
        update(PairRow)
        .where(PairRow.program_id == program_id, PairRow.state == PairState.ANNOUNCED)
        .values(next_look_at=at)
    )


def pairs_by_ids(session: Asked, pair_ids: Sequence[int]) -> list[Pair]:
    """These pairs, whatever their state, with everybody in them."""
    return _together(rows(session, PAIRS, pair_ids))


def pair_ids_to_look_at(session: Session, now: datetime, limit: int) -> list[int]:
    """Pairs at which something could be due, longest waiting first, of workspaces that still want us."""
    return [row.id for row in every(session, TO_LOOK_AT, now=now, most=limit)]


def wake_pair(session: Session, pair_id: int, at: datetime | None) -> None:
    """Set when the clock must next look at this pair; whatever changes a fact of it sets it to now."""
    session.flush()
    change(session, WAKE, {"pair": pair_id, "at": at})


def wake_pairs(session: Session, looks: Mapping[int, datetime | None]) -> None:
    """Set when the clock must next look at each of these pairs; None for never."""
    session.flush()
    if looks:
        change(session, WAKE, [{"pair": pair_id, "at": at} for pair_id, at in looks.items()])


def keep_looks(
    session: Session,
    looks: Mapping[int, datetime | None],
    scores: Mapping[int, int | None],
    week: date,
) -> None:
    """Set when the clock must next look at each of these pairs, and keep how healthy they are.

    Args:
        session: The transaction.
        looks: When, by pair; None for never.
        scores: Those that were measured; what they were before this week stays beside them.
        week: The Monday of the week.
    """
    wake_pairs(session, {pair_id: at for pair_id, at in looks.items() if pair_id not in scores})
    measured = [
        {"pair": pair_id, "at": looks[pair_id], "score": score, "week": week}
        for pair_id, score in scores.items()
    ]
    if measured:
        change(session, LOOKED, measured)


def mark_announced(asked: Asked, pair_id: int, now: datetime) -> None:
    """The two have been told; from here on the ladder looks after them, and their program is looked at."""
    # The program's row first, as whatever changes a program with its pairs does: none waits for the other.
    change(asked, NEWS, {"pair": pair_id, "soon": now + NEWS_SETTLES})
    change(asked, ANNOUNCED, {"pair": pair_id, "now": now})


def keep_channel(session: Session, pair_id: int, channel_id: str) -> None:
    """Remember the pair's group DM."""
    session.get_one(PairRow, pair_id).channel_id = channel_id


def move_end(session: Session, pair_id: int, ends_on: date) -> None:
    """The two agreed on their last day, in the program's zone."""
    session.get_one(PairRow, pair_id).ends_on = ends_on


def make_smaller(session: Session, about: Pair, person_id: int, now: datetime) -> None:
    """Somebody left a group that goes on; their group message is another one from now on, with the rest."""
    row = session.get_one(PairRow, about.id)
    row.people_key = pair_key(frozenset(each.person_id for each in about.others(person_id)))
    row.channel_id, row.next_look_at = None, now
    session.flush()


def departed_members(session: Session, workspace_id: int) -> list[tuple[int, int]]:
    """Live pairs with somebody whose account is gone: the pair's number and theirs."""
    query = (
        select(PairRow.id, MemberRow.person_id)
        .join(MemberRow, MemberRow.pair_id == PairRow.id)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(
            PairRow.workspace_id == workspace_id,
            PairRow.state != PairState.ENDED,
            PersonRow.active.is_(False),
        )
        .order_by(PairRow.id)
    )
    return [(row.id, row.person_id) for row in session.execute(query)]


def end_pair(session: Session, pair_id: int, now: datetime, ending: Ending = Ending.COMPLETED) -> None:
    """The pairing is over; what was held stays."""
    row = session.get_one(PairRow, pair_id)
    row.state, row.ended_at, row.next_look_at = PairState.ENDED, now, None
    row.ending = ending


def _pairs(session: Session, *where: ColumnElement[bool]) -> list[Pair]:
    return _together(session.execute(WITH_MEMBERS.where(*where)))


_ROLES: dict[str | None, Role | None] = {None: None, "": None, **{each.value: each for each in Role}}
_STATES = {each.value: each for each in PairState}
_ENDINGS: dict[str | None, Ending | None] = {None: None, **{each.value: each for each in Ending}}
"""Looked up rather than made: every look, click and letter reads a pair."""


def _together(found: Iterable[Row[Any]]) -> list[Pair]:
    """Rows of one pair with one member each, as pairs with all their members."""
    together: dict[int, tuple[Row[Any], list[Member]]] = {}
    for row in found:
        _, members = together.setdefault(row.id, (row, []))
        members.append(Member(row.person_id, row.enrollment_id, _ROLES[row.role]))
    return [_pair(row, tuple(members)) for row, members in together.values()]


def _pair(row: PairRow | Row[Any], members: tuple[Member, ...]) -> Pair:
    return Pair(
        id=row.id,
        workspace_id=row.workspace_id,
        program_id=row.program_id,
        state=_STATES[row.state],
        members=members,
        channel_id=row.channel_id,
        announced_at=row.announced_at,
        ends_on=row.ends_on,
        why=row.why,
        casual_since=row.casual_since,
        casual_opted_in=row.casual_opted_in,
        ending=_ENDINGS[row.ending],
    )
