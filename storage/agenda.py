"""The agendas of pairs. Nothing but their own conversations reads them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from mentoring.agenda import Topic
from mentoring.errors import NoLongerOpen
from storage.fast import one_of_ids, rows
from storage.tables import TopicRow

TOPICS = (
    select(TopicRow.__table__).where(one_of_ids(TopicRow.pair_id)).order_by(TopicRow.added_at, TopicRow.id)
)
GONE = "This is no longer open: that topic is off the list."


def topics(session: Session, pair_id: int) -> list[Topic]:
    """Everything a pair ever put on its list, oldest first."""
    return topics_of_pairs(session, [pair_id]).get(pair_id, [])


def topics_of_pairs(session: Session, pair_ids: Iterable[int]) -> dict[int, list[Topic]]:
    """The same for several pairs, in one query."""
    found: dict[int, list[Topic]] = {}
    for row in rows(session, TOPICS, pair_ids):
        found.setdefault(row.pair_id, []).append(_topic(row))
    return found


def add_topic(
    session: Session, workspace_id: int, pair_id: int, person_id: int, text: str, now: datetime
) -> Topic:
    """Put a topic on a pair's list."""
    row = TopicRow(workspace_id=workspace_id, pair_id=pair_id, person_id=person_id, text=text, added_at=now)
    session.add(row)
    session.flush()
    return _topic(row)


def put_back(session: Session, pair_id: int, topic_id: int, now: datetime) -> None:
    """Talk about it once more.

    Raises:
        NoLongerOpen: It is not of this pair, or was taken off.
    """
    _row(session, pair_id, topic_id).added_at = now


def remove_topic(session: Session, pair_id: int, topic_id: int) -> None:
    """Take a topic off the list for good.

    Raises:
        NoLongerOpen: It is not of this pair, or was taken off.
    """
    session.delete(_row(session, pair_id, topic_id))


def _row(session: Session, pair_id: int, topic_id: int) -> TopicRow:
    row = session.get(TopicRow, topic_id)
    if row is None or row.pair_id != pair_id:
        raise NoLongerOpen(GONE)
    return row


def _topic(row: TopicRow | Row[Any]) -> Topic:
    return Topic(row.id, row.pair_id, row.person_id, row.text, row.added_at)
