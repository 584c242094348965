"""What coordinators type to act for people: end, rematch, move, extend, nudge, pause."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers import acting, care, pairing
from handlers.visit import Visit
from handlers.which_pair import choose, meant_by, pairs_meant, person_meant
from handlers.whom import Meant, program_at_hand
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
from messages.actions import Act
from messages.answers import Answer, Tell
from messages.replies import say
from messages.words import Words
from storage.meetings import add_pause
from storage.outbox import audit, write_letter
from storage.pairs import pairs_of_people, wake_pair
from storage.people import staff_roles

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
        pairs = pairs_meant(session, found, meant_by(session, visit, names))
        if len(pairs) > 1:
            until = {} if day is None else {"ends_on": day.isoformat()}
            return _choose(session, visit, pairs, "care.extend", **until)
    there = acting.for_pair(visit, "care.extend", pairs[0].id)
    return acting.open_extend(there) if day is None else acting.extend(there, day)


def nudge_command(visit: Visit) -> Answer:
    """`/mentoring nudge @name`: one of them, or both where both are named."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "desk.pairs")
        meant = meant_by(session, visit, visit.text)
        pairs = pairs_meant(session, found, meant)
        only = {each.id: _only(each, meant) for each in pairs}
        if len(pairs) > 1:
            return choose(
                session, visit, pairs, [Act("care.nudge", {"pair": e.id, **only[e.id]}) for e in pairs]
            )
    about = pairs[0]
    return acting.nudge(acting.for_pair(visit, "care.nudge", about.id, **only[about.id]))


def move_command(visit: Visit) -> Answer:
    """`/mentoring move @mentee [to @mentor]`."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "desk.pairs")
        text = re.sub(r"\bto\b", " and ", visit.text, flags=re.IGNORECASE)
        meant = meant_by(session, visit, text)
        pairs = pairs_meant(session, found, meant[:1])
        # Several may be called like the mentor who is wanted: who of them has a place is known to the form.
        wanted = {"mentor": "+".join(str(each.id) for each in meant[1].people)} if len(meant) > 1 else {}
        if len(pairs) > 1:
            return _choose(session, visit, pairs, "care.move", **wanted)
    return pairing.open_move(acting.for_pair(visit, "care.move", pairs[0].id, **wanted))


def pause_command(visit: Visit) -> Answer:
    """`/mentoring pause [until DAY]` for oneself; with a name, a coordinator holds their reminders."""
    day_said = DAY.search(visit.text)
    with visit.database.read() as session:
        runs = runs_something(staff_roles(session, visit.workspace.id, visit.person.id))
        if not (mentioned(visit.text) or (runs and day_said and day_said.start())):
            return care.pause_command(visit)
        found, visit = program_at_hand(session, visit, "desk.pairs")
        names, day = _with_day(visit)
        meant = meant_by(session, visit, names)
        pairs = pairs_meant(session, found, meant)
        whom = person_meant(session, meant[0], pairs) if day is not None and len(meant) == 1 else None
        if whom is None and len(pairs) > 1:
            return _choose(session, visit, pairs, "care.pause")
    if day is None:
        return acting.open_hold(acting.for_pair(visit, "care.pause", pairs[0].id))
    if whom is None:
        return acting.hold_pair(acting.for_pair(visit, "care.pause", pairs[0].id), day)
    return _hold_person(visit, found, whom, day)


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
        pairs = pairs_meant(session, found, meant_by(session, visit, visit.text))
        if len(pairs) > 1:
            return _choose(session, visit, pairs, act)
    return conversation(acting.for_pair(visit, act, pairs[0].id))


def _choose(session: Session, visit: Visit, pairs: Sequence[Pair], act: str, **ids: str) -> Answer:
    return choose(session, visit, pairs, [Act(act, {**ids, "pair": each.id}) for each in pairs])


def _only(about: Pair, meant: Sequence[Meant]) -> dict[str, int]:
    """The one of a pair whom a single name means; nobody in particular where both are named."""
    inside = [each.id for each in meant[0].people if about.has(each.id)]
    return {"person": inside[0]} if len(meant) == len(inside) == 1 else {}


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
