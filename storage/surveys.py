"""Askings and answers; an anonymous answer is kept without any path back to its person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.surveys.answers import Answers
from mentoring.surveys.instruments import Instrument
from mentoring.surveys.requests import SurveyRequest
from storage.fast import change, every, first, insert_new, one_of_ids, rows
from storage.prepared import among
from storage.tables import AnswerRow, RequestRow
from storage.tables.base import Instant
from storage.unordered import add_in_no_order

UNREMINDED = (
    select(RequestRow.__table__)
    .where(
        one_of_ids(RequestRow.pair_id),
        RequestRow.answered_at.is_(None),
        RequestRow.withdrawn_at.is_(None),
        RequestRow.reminded_at.is_(None),
        RequestRow.closes_at > bindparam("now", type_=Instant()),
    )
    .order_by(RequestRow.id)
)
REMINDED = (
    update(RequestRow.__table__)  # type: ignore[arg-type] # SQLAlchemy types a mapped table as FromClause
    .where(RequestRow.id == bindparam("request"))
    .values(reminded_at=bindparam("at", type_=Instant()))
)
ONE_REQUEST = select(RequestRow.__table__).where(
    RequestRow.id == bindparam("request"), RequestRow.workspace_id == bindparam("workspace")
)
ANSWERED = (
    update(RequestRow.__table__)  # type: ignore[arg-type] # a Table
    .where(RequestRow.id == bindparam("request"))
    .values(answered_at=bindparam("at", type_=Instant()))
)
OPEN_REQUESTS = (
    select(RequestRow.__table__)
    .where(
        RequestRow.workspace_id == bindparam("workspace"),
        RequestRow.person_id == bindparam("person"),
        RequestRow.answered_at.is_(None),
        RequestRow.withdrawn_at.is_(None),
        RequestRow.opens_at <= bindparam("now", type_=Instant()),
        RequestRow.closes_at > bindparam("now", type_=Instant()),
    )
    .order_by(RequestRow.opens_at, RequestRow.id)
)
KEYS_ASKED = select(RequestRow.key).where(
    among(RequestRow.workspace_id, "workspaces"), one_of_ids(RequestRow.key)
)
BY_KEYS = (
    select(RequestRow.__table__)
    .where(among(RequestRow.workspace_id, "workspaces"), one_of_ids(RequestRow.key))
    .order_by(RequestRow.id)
)
GONE = "This survey is no longer open. Open the app's Home tab to see where things stand."


def ask_survey(
    session: Session,
    workspace_id: int,
    program_id: int,
    key: str,
    request: SurveyRequest,
    *,
    sending_id: int | None = None,
) -> SurveyRequest | None:
    """Keep an asking (its `id` is ignored); None if this one was made before."""
    return ask_surveys(session, [Wanted(workspace_id, program_id, key, request, sending_id)]).get(key)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An asking that is not kept yet.

    Args:
        key: Its once-only name; it names its pair or program, so workspaces do not mix.
        request: What is asked of whom; its `id` is ignored.
        sending_id: The sending it belongs to, where a coordinator sent it.
    """

    workspace_id: int
    program_id: int
    key: str
    request: SurveyRequest
    sending_id: int | None = None


def ask_surveys(session: Session, wanted: Sequence[Wanted]) -> dict[str, SurveyRequest]:
    """Keep many askings in a fixed number of statements; gives those that are new, by their keys."""
    workspaces, keys = {each.workspace_id for each in wanted}, [each.key for each in wanted]
    known = keys_asked(session, workspaces, keys)
    new = [each for each in wanted if each.key not in known]
    if not new:
        return {}
    for each in new:
        _draw_the_line(session, each)
    change(session, insert_new(session, RequestRow), [_values(each) for each in new])
    kept = rows(session, BY_KEYS, [each.key for each in new], workspaces=[*workspaces])
    return {row.key: request_of(row) for row in kept}


def _values(wanted: Wanted) -> dict[str, Any]:
    request = wanted.request
    return {
        "workspace_id": wanted.workspace_id,
        "program_id": wanted.program_id,
        "person_id": request.person_id,
        "pair_id": request.pair_id,
        "key": wanted.key,
        "instrument": request.instrument_id,
        "version": request.version,
        "opens_at": request.opens_at,
        "closes_at": request.closes_at,
        "minimum_group": request.minimum_group,
        "sending_id": wanted.sending_id,
    }


def _draw_the_line(session: Session, wanted: Wanted) -> None:
    """Before a survey that was closed for everybody is asked anew: what could be seen of it is one look.

    A result that later grows by fewer answers than the smallest group would give them away. So the answers
    there were at each such moment are counted together, and only as many at once as that group has.
    """
    program_id, asked = wanted.program_id, wanted.request
    survey = (program_id, asked.instrument_id, asked.version)
    drawn: set[tuple[int, str, int]] = session.info.setdefault("lines_drawn", set())
    if survey in drawn:
        return
    drawn.add(survey)
    of_survey = (
        AnswerRow.program_id == program_id,
        AnswerRow.instrument == asked.instrument_id,
        AnswerRow.version == asked.version,
    )
    still_open = select(RequestRow.id).where(
        RequestRow.program_id == program_id,
        RequestRow.instrument == asked.instrument_id,
        RequestRow.version == asked.version,
        RequestRow.answered_at.is_(None),
        RequestRow.withdrawn_at.is_(None),
        RequestRow.closes_at > asked.opens_at,
    )
    if session.scalar(still_open.limit(1)) is not None:
        return
    looks = session.scalar(select(func.max(AnswerRow.look)).where(*of_survey)) or 0
    session.execute(update(AnswerRow).where(*of_survey, AnswerRow.look.is_(None)).values(look=looks + 1))


def survey_request(session: Session, workspace_id: int, request_id: int) -> SurveyRequest:
    """One asking.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    return request_of(_known(session, workspace_id, request_id))


def program_of_request(session: Session, workspace_id: int, request_id: int) -> int:
    """The program an asking belongs to.

    Raises:
        NoLongerOpen: Where the asking does not exist.
    """
    return int(_known(session, workspace_id, request_id).program_id)


def open_requests(session: Session, workspace_id: int, person_id: int, now: datetime) -> list[SurveyRequest]:
    """What somebody could answer now, oldest first."""
    found = every(session, OPEN_REQUESTS, workspace=workspace_id, person=person_id, now=now)
    return [request_of(row) for row in found]


def keys_asked(session: Session, workspaces: Iterable[int], keys: Iterable[str]) -> set[str]:
    """Which of these askings have been made; a key names its pair, so workspaces do not mix."""
    return {row.key for row in rows(session, KEYS_ASKED, keys, workspaces=[*workspaces])}


def save_answers(
    session: Session, workspace_id: int, request: SurveyRequest, instrument: Instrument, answers: Answers
) -> None:
    """Store an answered request and what was answered; the anonymous apart from the person."""
    row = _known(session, workspace_id, request.id)
    change(session, ANSWERED, {"request": row.id, "at": request.answered_at})
    kept: dict[str, Any] = {
        # Random, so that the order of answering cannot be read off the ids of anonymous answers.
        "id": uuid4().hex,
        "workspace_id": workspace_id,
        "program_id": row.program_id,
        "request_id": None if instrument.anonymous else row.id,
        "instrument": instrument.id,
        "version": instrument.version,
        "answers": answers.to_store(instrument),
        "shared": sorted(answers.shared),
        "sending_id": row.sending_id,
        "look": None,
    }
    if instrument.anonymous:
        add_in_no_order(session, kept)
    else:
        session.add(AnswerRow(**kept))
        session.flush()


def _known(session: Session, workspace_id: int, request_id: int) -> Row[Any]:
    row = first(session, ONE_REQUEST, request=request_id, workspace=workspace_id)
    if row is None:
        raise NoLongerOpen(GONE)
    return row


def request_of(row: RequestRow | Row[Any]) -> SurveyRequest:
    """A row as the domain sees it."""
    return SurveyRequest(
        id=row.id,
        instrument_id=row.instrument,
        version=row.version,
        person_id=row.person_id,
        pair_id=row.pair_id,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        reminded_at=row.reminded_at,
        answered_at=row.answered_at,
        withdrawn_at=row.withdrawn_at,
        minimum_group=row.minimum_group,
    )


def unreminded_of_pairs(
    session: Session, pair_ids: Iterable[int], now: datetime
) -> dict[int, list[SurveyRequest]]:
    """By pair, what its people were asked, can still answer, have not answered and were not reminded of."""
    found: dict[int, list[SurveyRequest]] = {}
    for row in rows(session, UNREMINDED, pair_ids, now=now):
        found.setdefault(row.pair_id, []).append(request_of(row))
    return found


def save_reminded(session: Session, requests: Sequence[SurveyRequest]) -> None:
    """Keep that the one reminder of each of these was written."""
    if requests:
        values = [{"request": each.id, "at": each.reminded_at} for each in requests]
        change(session, REMINDED, values)
    session.flush()


@dataclass(frozen=True, slots=True)
class Asked:
    """One version of an instrument in one program: how many were asked, and until when.

    Args:
        open_until: When the last asking closes; None once all are answered, withdrawn or closed.
        minimum_group: The largest group anybody was promised.
    """

    instrument: str
    version: int
    asked: int
    answered: int
    open_until: datetime | None
    minimum_group: int


def asked_in_program(session: Session, program_id: int, now: datetime) -> list[Asked]:
    """Everything a program has asked, in the order it was first asked."""
    waiting = case(
        (
            RequestRow.answered_at.is_(None) & (RequestRow.closes_at > now),
            RequestRow.closes_at,
        ),
    )
    query = (
        select(
            RequestRow.instrument,
            RequestRow.version,
            func.count(),
            func.count(RequestRow.answered_at),
            func.max(waiting),
            func.max(RequestRow.minimum_group),
        )
        .where(RequestRow.program_id == program_id, RequestRow.withdrawn_at.is_(None))
        .group_by(RequestRow.instrument, RequestRow.version)
        .order_by(func.min(RequestRow.opens_at))
    )
    return [Asked(*row) for row in session.execute(query)]


def answers_given(
    session: Session, program_id: int, instrument: str, version: int
) -> list[tuple[dict[str, object], list[str], int | None]]:
    """What was answered, with the notes that were shared and the look it belongs to; no person is read."""
    # Ordered by the random id: the order of answering would tell who is behind an anonymous answer.
    query = (
        select(AnswerRow.answers, AnswerRow.shared, AnswerRow.look)
        .where(
            AnswerRow.program_id == program_id,
            AnswerRow.instrument == instrument,
            AnswerRow.version == version,
        )
        .order_by(AnswerRow.id)
    )
    return [(answers, shared, look) for answers, shared, look in session.execute(query)]


def own_answers(
    session: Session, program_id: int, person_id: int, instrument: str
) -> tuple[int, dict[str, object]] | None:
    """What somebody themselves answered to a named survey, last, with the version they were asked."""
    query = (
        select(AnswerRow.version, AnswerRow.answers)
        .join(RequestRow, RequestRow.id == AnswerRow.request_id)
        .where(
            RequestRow.program_id == program_id,
            RequestRow.person_id == person_id,
            RequestRow.instrument == instrument,
        )
        .order_by(RequestRow.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return (found.version, found.answers) if found else None


@dataclass(frozen=True, slots=True)
class GivenBy:
    """What one person of a pair answered on one occasion, as stored."""

    person_id: int
    instrument: str
    version: int
    answers: dict[str, object]
    shared: list[str]


def occasion_of(key: str) -> str:
    """What an asking's key has in common for all who are asked at the same time: `survey:pair 17:final`."""
    return key.rsplit(":", 2)[0]


def given_on_occasion(session: Session, workspace_id: int, request_id: int) -> tuple[str, list[GivenBy]]:
    """The occasion of an asking, and what the people of its pair have answered on it, by name.

    Anonymous answers lead back to no request, so they are not among these.
    """
    asked = _known(session, workspace_id, request_id)
    occasion = occasion_of(asked.key)
    query = (
        select(
            RequestRow.person_id,
            RequestRow.instrument,
            RequestRow.version,
            AnswerRow.answers,
            AnswerRow.shared,
        )
        .join(AnswerRow, AnswerRow.request_id == RequestRow.id)
        .where(
            RequestRow.pair_id == asked.pair_id, RequestRow.key.startswith(f"{occasion}:", autoescape=True)
        )
        .order_by(RequestRow.id)
    )
    return occasion, [GivenBy(*row) for row in session.execute(query)]
