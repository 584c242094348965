"""Graduation: thanks and papers, once a person and program, when the last of their pairs has ended.

In whatever way the last one ended: whoever came to the end of one pair has made it, though another that was
to last longer was parted. Nobody does who never came to the end of any, nor while they wait for the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from mentoring.notices import Notice, ToPerson
from mentoring.nudges.facts import PairFacts
from mentoring.pairs import Ending, Pair, PairState
from mentoring.programs import Program, last_instant, midnight_after

GRADUATION = "graduation"
SETTLES = timedelta(days=1)
"""The kind words at a parting have a day of their own."""
KEEPS = timedelta(days=60)
"""Thanks wait for the end of somebody's pause, and come too late after two months."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's pairs in one program.

    Args:
        last_day: The last day of those that live and are part of the program, on its clock.
        last_ended_at: When the latest of those that are over was ended (UTC).
        in_line: Whether they wait for another match.
    """

    last_day: date | None
    last_ended_at: datetime | None
    in_line: bool


class Farewell(NamedTuple):
    """What a pair's people may hear of their graduation now, and when the pair must be looked at for it."""

    notices: Sequence[Notice]
    next_at: datetime | None


def own_end(pair: Pair, ends_at: datetime | None) -> datetime | None:
    """When (UTC) a pair's own time is over, if nobody ended it before; None once it was ended.

    Args:
        pair: Which.
        ends_at: When its last day is over (UTC).
    """
    return None if pair.state is PairState.ENDED else ends_at


def is_complete(pair: Pair, ends_at: datetime | None, now: datetime) -> bool:
    """Whether a pair has come to its end and not merely to an end.

    Args:
        pair: Which.
        ends_at: When its last day is over (UTC).
        now: The instant of the question.
    """
    by_time = own_end(pair, ends_at)
    return pair.ending is Ending.COMPLETED or (by_time is not None and now >= by_time)


def graduates_at(
    its_end: datetime | None, standing: Standing, program: Program, now: datetime
) -> datetime | None:
    """From when (UTC) somebody of a complete pair has graduated; None while another pair of theirs goes on.

    Args:
        its_end: The own end of the complete pair, as `own_end`.
        standing: How they stand with all of their pairs in the program.
        program: Its clock says when a last day is over, and its own last day when no match comes any more.
        now: The instant of the question.
    """
    if standing.last_day is not None and now < midnight_after(standing.last_day, program.time_zone):
        return None
    instants = [] if its_end is None else [its_end]
    if standing.last_ended_at is not None:
        instants.append(standing.last_ended_at + SETTLES)
    if standing.in_line:
        # They would like another match, and may get one as long as the program runs.
        instants.append(last_instant(program))
    return max(instants, default=None)


def farewell(
    pair: Pair, program: Program, facts: PairFacts, standings: Mapping[int, Standing], now: datetime
) -> Farewell:
    """What the people of a complete pair may hear of their graduation.

    Args:
        pair: Which.
        program: The pair's.
        facts: Its people, and when its last day is over.
        standings: By person, how they stand; whoever has none does not graduate.
        now: The instant of the look.
    """
    notices: list[Notice] = []
    later: list[datetime] = []
    for one in facts.participants:
        standing = standings.get(one.person_id)
        if standing is None or not one.active:
            continue
        since = graduates_at(own_end(pair, facts.ends_at), standing, program, now)
        if since is not None and since > now:
            later.append(since)
        elif since is not None and now < since + KEEPS:
            notices.append(thanks(pair, one.person_id, since))
    return Farewell(notices, min(later, default=None))


def thanks(pair: Pair, person_id: int, since: datetime) -> Notice:
    """What somebody hears who has graduated since then (UTC); once a program and person."""
    return Notice(
        kind=GRADUATION,
        to=ToPerson(person_id),
        key=f"{GRADUATION}:program {pair.program_id}:person {person_id}",
        not_before=since,
        expires_at=since + KEEPS,
        ids={"pair": pair.id},
        why="the program is over for them",
    )
