"""One's pairs on Home: where each stands, what is next, what was asked last, who is away."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.asked_at_home import asked_of
from handlers.visit import Visit
from mentoring.agreements import Agreement, in_force, waiting
from mentoring.meetings import Meeting, MeetingState
from mentoring.nudges.facts import Pause
from mentoring.pairs import Pair, waits_to_close
from mentoring.people import Person
from mentoring.programs import Program
from messages.blocks import Block
from messages.home import MyPair
from storage.agreements import versions_of_pairs
from storage.meetings import meetings_of_pairs, pauses_of_pairs


class OwnPairs(NamedTuple):
    """What one person's Home shows of their pairs.

    Args:
        pairs: Each of them.
        asked: The questions about meetings that nobody has answered.
        paused_until: When a break of their own is over (UTC), if they take one.
    """

    pairs: list[MyPair]
    asked: list[Block]
    paused_until: datetime | None


class _Circle(NamedTuple):
    """Who sees the pairs, and everybody in them: by number, and as they are told apart."""

    visit: Visit
    everybody: Mapping[int, Person]
    names: Mapping[int, str]


def own_pairs(
    session: Session,
    visit: Visit,
    known: Mapping[int, Program],
    announced: Sequence[Pair],
    everybody: Mapping[int, Person],
    names: Mapping[int, str],
) -> OwnPairs:
    """Gather it in a fixed number of queries; `names` are those of everybody as Home tells them apart."""
    ids = [each.id for each in announced]
    meetings, agreements = meetings_of_pairs(session, ids), versions_of_pairs(session, ids)
    breaks = _breaks(session, announced, visit.now)
    own = [each.ends_at for found in breaks.values() for each in found if each.person_id == visit.person.id]
    # During a break nothing is asked; who wants to answer before it is over has the question in a message.
    in_touch = [each for each in announced if not breaks[each.id]]
    asked = asked_of(session, visit, in_touch, meetings, everybody, names)
    seen = _Circle(visit, everybody, names)
    found = [
        _pair(
            seen,
            each,
            known[each.program_id],
            meetings.get(each.id, []),
            agreements.get(each.id, []),
            breaks[each.id],
            asked=each.id in asked.pairs,
        )
        for each in announced
    ]
    return OwnPairs(found, asked.blocks, max(own, default=None))


def _pair(
    seen: _Circle,
    pair: Pair,
    program: Program,
    meetings: Sequence[Meeting],
    versions: Sequence[Agreement],
    breaks: Sequence[Pause],
    *,
    asked: bool,
) -> MyPair:
    me, now = seen.visit.person.id, seen.visit.now
    parties = [each.person_id for each in pair.members]
    open_one = waiting(versions, parties)
    missing = open_one.waits_for(parties) if open_one else ()
    upcoming = next((each for each in meetings if each.is_ahead and each.starts_at > now), None)
    return MyPair(
        pair_id=pair.id,
        program=program,
        names=tuple(seen.names[each.person_id] for each in pair.others(me)),
        agreed=in_force(versions, parties) is not None,
        waits_for=tuple(seen.names[each] for each in missing),
        waits_for_me=me in missing,
        next_meeting=upcoming.starts_at if upcoming else None,
        next_meeting_id=upcoming.id if upcoming else None,
        held=sum(each.state is MeetingState.HELD for each in meetings),
        over=waits_to_close(pair, program.time_zone, now),
        casual=pair.casual_since is not None,
        asked=asked,
        away=_away(seen, pair, breaks),
        rests_until=_rests_until(seen, pair, breaks),
    )


def _breaks(session: Session, pairs: Sequence[Pair], now: datetime) -> dict[int, list[Pause]]:
    """What holds each of these pairs now: a break of its own, or of one of its people."""
    members = {each.id: [one.person_id for one in each.members] for each in pairs}
    found = pauses_of_pairs(session, members)
    return {
        number: [one for one in each if one.begins_at <= now < one.ends_at] for number, each in found.items()
    }


def _away(seen: _Circle, pair: Pair, breaks: Sequence[Pause]) -> list[tuple[str, date]]:
    """Which of the others are away until when: what they were told as the break began, and nothing else.

    Of a break that began before they were introduced nobody was told.
    """
    told = {
        each.person_id: each
        for each in breaks
        if pair.announced_at is not None and each.begins_at >= pair.announced_at
    }
    return [
        (seen.names[each.person_id], _day_back(told[each.person_id], seen.everybody[each.person_id]))
        for each in pair.others(seen.visit.person.id)
        if each.person_id in told
    ]


def _rests_until(seen: _Circle, pair: Pair, breaks: Sequence[Pause]) -> date | None:
    """The day on which a break of the pair itself is over, on the clock that its messages go by."""
    first = seen.everybody[pair.members[0].person_id]
    return max((_day_back(each, first) for each in breaks if each.person_id is None), default=None)


def _day_back(taken: Pause, whose: Person) -> date:
    """The day that was said: farther west it is still the day before when theirs begins."""
    return taken.ends_at.astimezone(ZoneInfo(whose.time_zone)).date()
