"""Acting with care: what a coordinator does for a pair. Those concerned are told; the log knows who did it.

Nothing is ever answered on a person's behalf: a pause is offered or agreed on, a new match is asked for, a
meeting stays as the two said it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.care import zone_of_room
from handlers.endings import close_pair
from handlers.standing import OVER, check_has_time, match_again
from handlers.visit import Visit
from mentoring.agreements import check_end, read_day
from mentoring.attention import SNOOZE
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.hours import to_instant
from mentoring.notices import Notice, Recipient, ToPair, ToPerson
from mentoring.nudges.notices import FOR_COORDINATORS
from mentoring.nudges.numbers import WEEK
from mentoring.pairs import Ending, Pair, PairState, waits_to_close
from mentoring.people import Person
from messages.answers import Answer, Done, Show, Tell
from messages.forms.acting import COMPLETED, end_form, extend_form, hold_form, message_form
from messages.replies import say
from messages.words import Words
from storage.care import add_care_note, extend_pair
from storage.desk import settle_concerns, snooze_concerns
from storage.housekeeping import NOTES_SAID_WITHIN
from storage.meetings import add_pause
from storage.namesakes import names_of_people
from storage.outbox import audit, write_letter
from storage.pairs import live_pair, wake_pair
from storage.people import people
from storage.phases import letters_written
from storage.programs import program

WHY = frozenset({"quiet", "asked", "fit", "away", "other"})
"""Why a coordinator acts, as the log keeps it: a code, and never a word."""
LONGEST_EXTENSION = timedelta(days=366)
"""A pair is extended by a year at most; beyond that it is another cycle, or a casual pair."""


def open_message(visit: Visit) -> Answer:
    """“Message both”: the words are the coordinator's own; a kind beginning stands there."""
    with visit.database.read() as session:
        about = _announced(session, visit)
        names = names_of(session, about)
        called = [each.first_name for each in members_of(session, about)]
    return Show(message_form(about.id, names, called, visit.reader))


def send_message(visit: Visit) -> Answer:
    """The words came back: each reads them in private, and answers the coordinator directly."""
    text = visit.typed("text")
    if not text:
        raise Refusal("Write a few words, or close this.", "text")
    with visit.database.write() as session:
        about = _announced(session, visit)
        note = add_care_note(session, about, visit.person.id, text, visit.now)
        for each in about.members:
            if each.person_id != visit.person.id:
                to, expires_at = ToPerson(each.person_id), visit.now + NOTES_SAID_WITHIN
                _tell(session, visit, about, "care_note", to, str(note), {"note": note}, expires_at)
        _noted(session, visit, about, "care.message")
        names = names_of(session, about)
    return Tell(say(Words("replies/acting", visit.reader).mrkdwn("messaged", names=names)))


def offer_pause(visit: Visit) -> Answer:
    """“Offer a pause”: each is asked in private; either may take it, or say that all is well."""
    with visit.database.write() as session:
        about = _announced(session, visit)
        check_has_time(session, about, visit.now)
        day = visit.now.date().isoformat()
        told = [
            _tell(session, visit, about, "pause_offered", ToPerson(each.person_id), day, {})
            for each in about.members
        ]
        if not any(told):
            raise NoLongerOpen("They were offered a pause today already.")
        _noted(session, visit, about, "care.offer_pause")
        names = names_of(session, about)
    return Tell(say(Words("replies/acting", visit.reader).mrkdwn("pause_offered", names=names)))


def open_hold(visit: Visit) -> Answer:
    """“Pause for them”: until when, as agreed with them."""
    with visit.database.read() as session:
        about = _announced(session, visit)
        check_has_time(session, about, visit.now)
        names = names_of(session, about)
    return Show(hold_form(about.id, names, _today(visit), visit.reader))


def send_hold(visit: Visit) -> Answer:
    """The day came back."""
    return hold_pair(visit, read_day(visit.typed("until"), "until"))


def hold_pair(visit: Visit, until: date) -> Answer:
    """Hold the reminders of a pair until a day; both are told, and either may end it."""
    check_end(until, _today(visit) + timedelta(days=1), "until")
    with visit.database.write() as session:
        about = _announced(session, visit)
        check_has_time(session, about, visit.now)
        ends_at = to_instant(until, time(0), zone_of_room(session, about))
        add_pause(session, visit.workspace.id, None, visit.now, ends_at, pair_id=about.id)
        ids = {"until": ends_at.isoformat()}
        _tell(session, visit, about, "pair_paused", ToPair(about.id), ends_at.isoformat(), ids, ends_at)
        _noted(session, visit, about, "care.pause", {"until": until.isoformat()})
        names = names_of(session, about)
    return Tell(say(Words("replies/acting", visit.reader).mrkdwn("held", names=names, until=until)))


def open_end(visit: Visit) -> Answer:
    """“End”, and “Rematch”: what it means, and why; nobody hears of it before the form is sent."""
    with visit.database.read() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        names = names_of(session, about)
        over = _waits_to_close(session, visit, about)
    rematch = visit.act.name == "care.rematch"
    if over and rematch:
        raise NoLongerOpen(OVER)
    return Show(end_form(about.id, names, visit.reader, rematch=rematch, over=over))


def send_end(visit: Visit) -> Answer:
    """They mean it. Whoever is to be matched again is asked, never put in line."""
    again = visit.act.code("then") == "rematch"
    why = visit.typed("why")
    ending = Ending.COMPLETED if why == COMPLETED else Ending.PARTED
    with visit.database.write() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        over = _waits_to_close(session, visit, about)
        if over and again:
            raise NoLongerOpen(OVER)
        if why not in WHY | {COMPLETED} and not over:
            raise Refusal("Choose what comes closest.", "why")
        names = names_of(session, about)
        settle_concerns(session, about.id, FOR_COORDINATORS, "ended", visit.now, visit.person.id)
        kept = {"why": why or COMPLETED}
        close_pair(session, about, ending, visit.now, by=visit.person.id, about=kept, offer_another=again)
    words = Words("replies/acting", visit.reader)
    return Tell(
        say(
            words.mrkdwn(
                "ended", names=names, again=again, announced=about.announced_at is not None, over=over
            )
        )
    )


def open_extend(visit: Visit) -> Answer:
    """“Extend”: until when."""
    with visit.database.read() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        names = names_of(session, about)
    typed = str(visit.act.ids.get("ends_on", ""))
    wanted = read_day(typed, "ends_on") if typed else None
    return Show(extend_form(about.id, names, about.ends_on, visit.reader, wanted))


def send_extend(visit: Visit) -> Answer:
    """The new last day came back."""
    return extend(visit, read_day(visit.typed("ends_on"), "ends_on"))


def extend(visit: Visit, ends_on: date) -> Answer:
    """Give a pair more time; both read it where they talk."""
    with visit.database.write() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        if about.casual_since is not None:
            raise NoLongerOpen("These two go on casually by now, and have no last day.")
        if ends_on <= about.ends_on:
            raise Refusal("They have until then already. Pick a later day.", "ends_on")
        if ends_on > about.ends_on + LONGEST_EXTENSION:
            raise Refusal("That is more than a year on. Pick an earlier day.", "ends_on")
        check_end(ends_on, _today(visit), "ends_on")
        found = program(session, visit.workspace.id, about.program_id)
        match_again(session, about, found, ends_on, visit.now)
        extend_pair(session, about.id, ends_on)
        if about.state is PairState.ANNOUNCED:
            day = ends_on.isoformat()
            _tell(session, visit, about, "extended", ToPair(about.id), day, {"ends_on": day})
        _noted(session, visit, about, "care.extend", {"ends_on": ends_on.isoformat()}, settled=False)
        names = names_of(session, about)
    return Tell(say(Words("replies/acting", visit.reader).mrkdwn("extended", names=names, ends_on=ends_on)))


def nudge(visit: Visit) -> Answer:
    """“Nudge”: a short word from the coordinator with the pair's next step, once a week at most."""
    only = visit.act.ids.get("person")
    with visit.database.write() as session:
        about = _announced(session, visit)
        check_has_time(session, about, visit.now)
        today = visit.now.date()
        heard = _nudged_lately(session, about, today)
        told = [
            each.person_id
            for each in about.members
            if only in (None, each.person_id)
            and each.person_id not in heard
            and _tell(session, visit, about, "nudge", ToPerson(each.person_id), today.isoformat(), {})
        ]
        if not told:
            raise NoLongerOpen(
                "They had a nudge in the last week. Give them time, or write to them yourself."
            )
        # One alone by name; from a pair's card it is both.
        to_one = {} if only is None else {"person": told[0]}
        _noted(session, visit, about, "care.nudge", to_one, settled=False)
        names = [each.name for each in people(session, visit.workspace.id, told).values()]
    return Tell(say(Words("replies/acting", visit.reader).mrkdwn("nudged", names=names)))


def _nudged_lately(session: Session, about: Pair, today: date) -> set[int]:
    """Who of a pair had a nudge within a week, from whichever coordinator: more would be nagging."""
    days = [(today - timedelta(days=ago)).isoformat() for ago in range(WEEK.days)]
    keys = {
        _key("nudge", about, day, ToPerson(each.person_id)): each.person_id
        for each in about.members
        for day in days
    }
    return {keys[each] for each in letters_written(session, [about.workspace_id], keys)}


def snooze(visit: Visit) -> Answer:
    """“Snooze a week”: off the list until then; a new reason brings the pair back at once."""
    with visit.database.write() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        snooze_concerns(session, about.id, visit.now + SNOOZE)
        _noted(session, visit, about, "desk.snooze", settled=False)
    return Done()


def seen_to(visit: Visit) -> Answer:
    """“Dealt with”: off the list; only what happens from now on brings the pair back."""
    with visit.database.write() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        _noted(session, visit, about, "desk.seen")
        names = names_of(session, about)
    return Tell(say(Words("replies/acting", visit.reader).mrkdwn("seen_to", names=names)))


def for_pair(visit: Visit, act: str, pair_id: int, **ids: int | str) -> Visit:
    """The same visit, doing this for that pair; the caller has checked the right."""
    return replace(visit, act=replace(visit.act, name=act, ids={**ids, "pair": pair_id}))


def _announced(session: Session, visit: Visit) -> Pair:
    about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
    if about.state is not PairState.ANNOUNCED:
        raise NoLongerOpen("These two have not been introduced yet.")
    return about


def _tell(
    session: Session,
    visit: Visit,
    about: Pair,
    kind: str,
    to: Recipient,
    subject: str,
    ids: Mapping[str, int | str],
    expires_at: datetime | None = None,
) -> bool:
    """Write one letter; tells whether it is new, since the same act twice is said once."""
    notice = Notice(
        kind=kind,
        to=to,
        key=_key(kind, about, subject, to),
        not_before=visit.now,
        expires_at=expires_at,
        why="a coordinator acted",
        ids={"pair": about.id, "by": visit.person.id, **ids},
    )
    return write_letter(session, visit.workspace.id, notice, visit.now, program_id=about.program_id)


def _key(kind: str, about: Pair, subject: str, to: Recipient) -> str:
    who = f":person {to.person_id}" if isinstance(to, ToPerson) else ""
    return f"{kind}:pair {about.id}:{subject}{who}"


def _noted(
    session: Session,
    visit: Visit,
    about: Pair,
    action: Deed,
    ids: Mapping[str, int | str] | None = None,
    *,
    settled: bool = True,
) -> None:
    """Keep who did it, take the pair off the list where it was dealt with, and look at it anew."""
    if settled:
        settle_concerns(session, about.id, FOR_COORDINATORS, action, visit.now, visit.person.id)
    audit(
        session,
        visit.workspace.id,
        visit.person.id,
        action,
        {"pair": about.id, **(ids or {})},
        visit.now,
        program_id=about.program_id,
    )
    wake_pair(session, about.id, visit.now)


def _waits_to_close(session: Session, visit: Visit, about: Pair) -> bool:
    found = program(session, visit.workspace.id, about.program_id)
    return waits_to_close(about, found.time_zone, visit.now)


def names_of(session: Session, about: Pair) -> list[str]:
    """Everybody in a pair in full, mentors first, and told apart: a coordinator of many knows five Annas."""
    known = {each.id: each for each in members_of(session, about)}
    return [*names_of_people(session, about.workspace_id, known).values()]


def members_of(session: Session, about: Pair) -> list[Person]:
    """Everybody in a pair, mentors first."""
    known = people(session, about.workspace_id, [each.person_id for each in about.members])
    return [known[each.person_id] for each in about.mentor_first]


def _today(visit: Visit) -> date:
    return visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
