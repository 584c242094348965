"""Why a pair needs a look, in words: on the desk, in a pair's card and in the Monday message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentoring.attention import Concern
from mentoring.health import Level, Measured, Trend
from mentoring.nudges.notices import Kind
from messages.words import Mrkdwn, Reader, Words


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the name of whoever asked to be called."""

    concern: Concern
    who: str = ""


@dataclass(frozen=True, slots=True)
class NeedsALook:
    """A pair on the list.

    Args:
        names: Full names of everybody in it: among many pairs first names repeat.
        reasons: Most urgent first.
        score: Its health, if there is one, with its level and trend.
        weak: What pulls its health down, where that is a reason.
    """

    pair_id: int
    names: tuple[str, ...]
    reasons: tuple[Reason, ...]
    score: int | None = None
    level: Level = Level.UNKNOWN
    trend: Trend = Trend.UNKNOWN
    weak: tuple[Measured, ...] = ()


def one_line(item: NeedsALook, reader: Reader, most: int | None = None) -> str:
    """Names and reasons, as mrkdwn; at most so many of the reasons."""
    words = Words("concerns", reader)
    return words.mrkdwn("item", names=item.names, reasons=reasons_of(item.reasons[:most], reader, item.weak))


def reasons_of(reasons: Sequence[Reason], reader: Reader, weak: Sequence[Measured] = ()) -> list[Mrkdwn]:
    """Each reason as a clause, with all days on which it arose."""
    words = Words("concerns", reader)
    named = [words.plain(f"weak_{each.part}", n=each.numbers) for each in weak]
    days: dict[tuple[str, str], dict[str, Concern]] = {}
    for each in reasons:
        found = days.setdefault((each.concern.kind.value, each.who), {})
        found.setdefault(reader.day(each.concern.since), each.concern)
    clauses = (
        words.mrkdwn(kind, who=who, since=first.since, again=[each.since for each in again], weak=named)
        for (kind, who), found in days.items()
        for first, *again in [[*found.values()]]
    )
    return [*map(Mrkdwn, clauses)]


def in_short(reason: Kind, reader: Reader) -> Mrkdwn:
    """What so many pairs have in common, to follow their number."""
    return Mrkdwn(Words("concerns", reader).mrkdwn(f"short_{reason.value}"))


def breakdown(counts: Mapping[Kind, int], reader: Reader) -> str:
    """How many pairs need a look for which reason, on one line, as mrkdwn."""
    words = Words("concerns", reader)
    lines = [
        words.mrkdwn("count", count=count, reason=in_short(reason, reader))
        for reason, count in counts.items()
    ]
    return " · ".join(lines)
