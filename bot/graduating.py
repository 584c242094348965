"""Graduation: thanks and papers, once a person and program, when the last of their pairs has ended.

In whatever way the last one ended: whoever came to the end of one pair has made it, though another that was
to last longer was parted. Nobody does who never came to the end of any, nor while they wait for the next.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from mentoring.notices import Notice, ToPerson
from mentoring.pairs import Ending, PairState
from mentoring.programs import Program, last_instant, midnight_after
from storage.facts import Known
from storage.graduating import Standing, standings

GRADUATION = "graduation"
SETTLES = timedelta(days=1)
"""The kind words at a parting have a day of their own."""
KEEPS = timedelta(days=60)
"""Thanks wait for the end of somebody's pause, and come too late after two months."""


class Farewell(NamedTuple):
    """What a pair's people may hear of their graduation now, and when the pair must be looked at for it."""

    notices: Sequence[Notice]
    next_at: datetime | None


def farewells(session: Session, batch: Collection[Known], now: datetime) -> Mapping[int, Farewell]:
    """By pair, who of it graduates; in one query, and none while no pair of the batch has ended."""
    over = [each for each in batch if _is_complete(each, now)]
    people = {one.person_id for each in over for one in each.facts.participants if one.active}
    found = standings(session, people)
    ahead = {each.pair.id: Farewell((), _ends_at(each)) for each in batch if _ends_at(each)}
    return ahead | {each.pair.id: _farewell(each, found, now) for each in over}


def _ends_at(known: Known) -> datetime | None:
    return known.facts.ends_at if known.pair.state is not PairState.ENDED else None


def _is_complete(known: Known, now: datetime) -> bool:
    """Whether a pair has come to its end and not merely to an end."""
    ends_at = _ends_at(known)
    return known.pair.ending is Ending.COMPLETED or (ends_at is not None and now >= ends_at)


def _farewell(known: Known, found: Mapping[tuple[int, int], Standing], now: datetime) -> Farewell:
    notices: list[Notice] = []
    later: list[datetime] = []
    for one in known.facts.participants:
        standing = found.get((known.pair.program_id, one.person_id))
        since = _since(known, standing, now) if standing is not None and one.active else None
        if since is not None and since > now:
            later.append(since)
        elif since is not None and now < since + KEEPS:
            notices.append(_notice(known, one.person_id, since))
    return Farewell(notices, min(later, default=None))


def _since(known: Known, standing: Standing, now: datetime) -> datetime | None:
    """From when somebody of a pair that is over has graduated; None while another pair of theirs goes on."""
    program: Program = known.program
    if standing.last_day is not None and now < midnight_after(standing.last_day, program.time_zone):
        return None
    instants = [_ends_at(known)]
    if standing.last_ended_at is not None:
        instants.append(standing.last_ended_at + SETTLES)
    if standing.in_line:
        # They would like another match, and may get one as long as the program runs.
        instants.append(last_instant(program))
    return max([each for each in instants if each is not None], default=None)


def _notice(known: Known, person_id: int, since: datetime) -> Notice:
    pair = known.pair
    return Notice(
        kind=GRADUATION,
        to=ToPerson(person_id),
        key=f"{GRADUATION}:program {pair.program_id}:person {person_id}",
        not_before=since,
        expires_at=since + KEEPS,
        ids={"pair": pair.id},
        why="the program is over for them",
    )
