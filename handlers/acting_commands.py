"""What coordinators type to act for people: end, rematch, move, extend, nudge, pause."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers import acting, care, pairing
from handlers.visit import Visit
from handlers.whom import people_meant, program_at_hand
from mentoring.agreements import check_end
from mentoring.days import read_coming_day
from mentoring.errors import Refusal
from mentoring.grammar import mentioned
from mentoring.hours import to_instant
from mentoring.notices import Notice, ToPerson
from mentoring.pairs import Pair
from mentoring.people import Person
from mentoring.programs import Program
from mentoring.rights import runs_something
from messages.answers import Answer, Tell
from messages.replies import say
from messages.words import Words, listing
from storage.meetings import add_pause
from storage.outbox import audit, write_letter
from storage.pairs import pairs_of_people, wake_pair
from storage.people import people, staff_roles

ANYWHERE = re.compile(r"\b(?:until|till|to|by|hasta)\b\s*(?P<rest>.+)$", re.IGNORECASE)
DAY = re.compile(r"\b(?:until|till|to|by|hasta)\b\s*(?P<day>[^<@]+)$", re.IGNORECASE)
"""The day a line ends with: `until next friday`, `hasta el viernes`."""


def end_command(visit: Visit) -> Answer:
    """`/mentoring end @a @b`."""
    return _for_their_pair(visit, "care.end", acting.open_end)


def rematch_command(visit: Visit) -> Answer:
    """`/mentoring rematch @a @b`."""
    return _for_their_pair(visit, "care.rematch", acting.open_end)


def extend_command(visit: Visit) -> Answer:
    """`/mentoring extend @a @b [to DAY]`."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "desk.pairs")
        names, day = _with_day(visit)
        about = _their_pair(session, visit, found, _named(session, visit, names))
    there = acting.for_pair(visit, "care.extend", about.id)
    return acting.open_extend(there) if day is None else acting.extend(there, day)


def nudge_command(visit: Visit) -> Answer:
    """`/mentoring nudge @name`: one of them, or both where both are named."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "desk.pairs")
        named = _named(session, visit, visit.text)
        about = _their_pair(session, visit, found, named)
    only = {"person": named[0].id} if len(named) == 1 else {}
    return acting.nudge(acting.for_pair(visit, "care.nudge", about.id, **only))


def move_command(visit: Visit) -> Answer:
    """`/mentoring move @mentee [to @mentor]`."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "desk.pairs")
        named = _named(session, visit, re.sub(r"\bto\b", " and ", visit.text, flags=re.IGNORECASE))
        about = _their_pair(session, visit, found, named[:1])
    wanted = {"mentor": named[1].id} if len(named) > 1 else {}
    return pairing.open_move(acting.for_pair(visit, "care.move", about.id, **wanted))


def pause_command(visit: Visit) -> Answer:
    """`/mentoring pause [until DAY]` for oneself; with a name, a coordinator holds their reminders."""
    day_said = DAY.search(visit.text)
    with visit.database.read() as session:
        runs = runs_something(staff_roles(session, visit.workspace.id, visit.person.id))
        if not (mentioned(visit.text) or (runs and day_said and day_said.start())):
            return care.pause_command(visit)
        found, visit = program_at_hand(session, visit, "desk.pairs")
        names, day = _with_day(visit)
        named = _named(session, visit, names)
        about = _their_pair(session, visit, found, named)
    if day is None:
        return acting.open_hold(acting.for_pair(visit, "care.pause", about.id))
    if len(named) > 1:
        return acting.hold_pair(acting.for_pair(visit, "care.pause", about.id), day)
    return _hold_person(visit, found, named[0], day)


def _hold_person(visit: Visit, found: Program, whom: Person, until: date) -> Answer:
    """Hold everything of one person, as agreed with them; their partners hear that they are away."""
    today = visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
    check_end(until, today + timedelta(days=1), "until")
    ends_at = to_instant(until, time(0), whom.time_zone)
    with visit.database.write() as session:
        add_pause(session, visit.workspace.id, whom.id, visit.now, ends_at)
        for each in pairs_of_people(session, visit.workspace.id, [whom.id]):
            if each.announced_at is not None:
                care.tell_of_pause(session, visit, each, ends_at, away=whom.id)
            wake_pair(session, each.id, visit.now)
        notice = Notice(
            kind="put_on_hold",
            to=ToPerson(whom.id),
            key=f"put_on_hold:person {whom.id}:{ends_at.isoformat()}",
            not_before=visit.now,
            expires_at=ends_at,
            why="a coordinator acted",
            ids={"by": visit.person.id, "until": ends_at.isoformat()},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)
        subject: dict[str, int | str] = {"person": whom.id, "until": until.isoformat()}
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "care.pause",
            subject,
            visit.now,
            program_id=found.id,
        )
    words = Words("replies/acting", visit.reader)
    return Tell(say(words.mrkdwn("paused_person", name=whom.name, until=until)))


def _for_their_pair(visit: Visit, act: str, conversation: Callable[[Visit], Answer]) -> Answer:
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "desk.pairs")
        about = _their_pair(session, visit, found, _named(session, visit, visit.text))
    return conversation(acting.for_pair(visit, act, about.id))


def _named(session: Session, visit: Visit, text: str) -> list[Person]:
    named = people_meant(session, visit.workspace.id, text)
    if not named:
        raise Refusal("Say who, with an @ or by name.")
    return named


def _their_pair(session: Session, visit: Visit, found: Program, named: list[Person]) -> Pair:
    """The one living pair of the program in which all of these are.

    Raises:
        Refusal: There is none, or there are several.
    """
    ids = [each.id for each in named]
    theirs = [
        each
        for each in pairs_of_people(session, visit.workspace.id, ids)
        if each.program_id == found.id and all(each.has(one) for one in ids)
    ]
    who = listing(each.name for each in named)
    if not theirs:
        raise Refusal(f"I know no pair of {who} in {found.name}. `/mentoring pairs` lists them all.")
    if len(theirs) > 1:
        partners = {m.person_id for each in theirs for m in each.members} - set(ids)
        names = [each.name for each in people(session, visit.workspace.id, partners).values()]
        raise Refusal(f"{who} is in {len(theirs)} pairs, with {listing(names)}. Name both people.")
    return theirs[0]


def _with_day(visit: Visit) -> tuple[str, date | None]:
    """The names of a line, and the day it says, if any; names may stand before it and after it."""
    found = ANYWHERE.search(visit.text)
    if found is None:
        return visit.text, None
    today = visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
    before, words = visit.text[: found.start()], found["rest"].split()
    for length in range(len(words), 0, -1):
        with suppress(Refusal):
            day = read_coming_day(" ".join(words[:length]), today)
            return " ".join([before, *words[length:]]).strip(), day
    return before, read_coming_day(found["rest"].strip(), today)
