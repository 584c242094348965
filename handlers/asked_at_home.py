"""What somebody's pairs were asked about a meeting and have not answered, for their Home."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.meetings import Meeting, MeetingState
from mentoring.nudges.history import stamp, waits_for_word
from mentoring.nudges.numbers import DID_YOU_MEET_WITHIN
from mentoring.pairs import Pair
from mentoring.people import Person
from messages.blocks import Block
from messages.letters.meetings import asked_at_home
from storage.asked import Asked, asked_last

MOST_ASKED = 3
"""Pairs whose question is shown at once; somebody in more hears of the others in their messages."""


class AskedAtHome(NamedTuple):
    """The questions, and the pairs they are about, by our number."""

    blocks: list[Block]
    pairs: frozenset[int]


def asked_of(
    session: Session,
    visit: Visit,
    pairs: Sequence[Pair],
    meetings: Mapping[int, Sequence[Meeting]],
    everybody: Mapping[int, Person],
    names: Mapping[int, str],
) -> AskedAtHome:
    """The newest question of each of these pairs that still waits, the oldest first.

    `names` are those of everybody as Home tells them apart.
    """
    by_id = {each.id: each for each in pairs}
    last = asked_last(session, by_id, visit.now - DID_YOU_MEET_WITHIN)
    blocks: list[Block] = []
    shown: list[int] = []
    for pair_id, asked in sorted(last.items(), key=lambda each: each[1].ask.asked_at):
        known = meetings.get(pair_id, ())
        if len(shown) < MOST_ASKED and waits_for_word(asked.ask, known, visit.now):
            blocks += _question(visit, by_id[pair_id], asked, known, everybody, names)
            shown.append(pair_id)
    return AskedAtHome(blocks, frozenset(shown))


def _question(
    visit: Visit,
    pair: Pair,
    asked: Asked,
    meetings: Sequence[Meeting],
    everybody: Mapping[int, Person],
    names: Mapping[int, str],
) -> list[Block]:
    ask = asked.ask
    about: dict[str, int | str] = {"pair": pair.id, "subject": ask.subject}
    meeting = None
    if ask.subject == ask.period_key:
        about |= {each: str(asked.ids.get(f"{each}_day", ask.subject)) for each in ("first", "last")}
    else:
        then = [each for each in meetings if stamp(each.starts_at) == ask.subject]
        # Of two at the same minute the letter says which.
        meeting = next((each for each in then if each.id == asked.ids.get("meeting_id")), then[0])
        about["meeting"] = meeting.id
    # Of two on a day the hour tells which.
    zone = visit.reader.zone
    days = [
        each.starts_at.astimezone(zone).date() for each in meetings if each.state is not MeetingState.SKIPPED
    ]
    two = meeting is not None and days.count(meeting.starts_at.astimezone(zone).date()) > 1
    hours_of = [everybody[each.person_id] for each in pair.members] if two else []
    others = [names[each.person_id] for each in pair.others(visit.person.id)]
    return asked_at_home(ask.kind, about, meeting, hours_of, others, visit.reader)
