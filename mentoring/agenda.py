"""The agenda a pair keeps: what they want to talk about next. What a pair writes is theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.errors import Refusal
from mentoring.meetings import Meeting, MeetingState

LONGEST_TOPIC = 200
"""Characters: a topic is a line, the rest is for the meeting."""

MOST_TOPICS = 10
"""On the list at once; more than that fills no single meeting."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to talk about.

    Args:
        by: Who put it on the list, by our number.
        added_at: When, or when it was last put back (UTC).
    """

    id: int
    pair_id: int
    by: int
    text: str
    added_at: datetime


def on_the_list(topics: Iterable[Topic], meetings: Iterable[Meeting]) -> tuple[Topic, ...]:
    """What is still to be talked about: everything put there since the last meeting they held."""
    held = [each.starts_at for each in meetings if each.state is MeetingState.HELD]
    since = max(held, default=None)
    return tuple(each for each in topics if since is None or each.added_at > since)


def read_topic(text: str, listed: Sequence[Topic]) -> str:
    """Tidy a topic somebody typed.

    Raises:
        Refusal: It is empty, too long, on the list already, or the list is full.
    """
    topic = " ".join(text.split())
    if not topic:
        raise Refusal("Write what you'd like to talk about.", "topic")
    if len(topic) > LONGEST_TOPIC:
        raise Refusal(f"That's more than {LONGEST_TOPIC} characters. Say it shorter.", "topic")
    if any(each.text.casefold() == topic.casefold() for each in listed):
        raise Refusal("That's on the list already.", "topic")
    check_room(listed)
    return topic


def check_room(listed: Sequence[Topic]) -> None:
    """See that the list takes one more.

    Raises:
        Refusal: It is full.
    """
    if len(listed) >= MOST_TOPICS:
        raise Refusal(f"There are {MOST_TOPICS} topics already. Take one off first.", "topic")
