"""Breaks, and a quiet word: what a person asks for in private."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.visit import Visit
from mentoring.agreements import check_end, read_day
from mentoring.hours import to_instant
from mentoring.nudges.notices import Kind
from mentoring.pairs import PairState
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.pause import pause_form
from messages.replies import say
from messages.words import Words
from storage.meetings import add_pause, answer_asks, end_pause
from storage.outbox import audit
from storage.pairs import live_pair, pairs_of_person, wake_pair
from storage.people import people


def pause_command(visit: Visit) -> Answer:
    """`/mentoring pause [until DATE]`."""
    words = visit.text.lower().removeprefix("until").split()
    if words:
        return _pause(visit, words[0])
    return open_pause(visit)


def open_pause(visit: Visit) -> Answer:
    """Ask until when."""
    return Show(pause_form(visit.reader, _today(visit).date()))


def submit_pause(visit: Visit) -> Answer:
    """The day came back."""
    return _pause(visit, visit.typed("until"))


def _pause(visit: Visit, typed: str) -> Answer:
    until = read_day(typed, "until")
    check_end(until, _today(visit).date() + timedelta(days=1), "until")
    ends_at = to_instant(until, time(0), visit.person.time_zone)
    with visit.database.write() as session:
        add_pause(session, visit.workspace.id, visit.person.id, visit.now, ends_at)
        for pair in pairs_of_person(session, visit.workspace.id, visit.person.id):
            if pair.state is PairState.ANNOUNCED:
                wake_pair(session, pair.id, visit.now)
    return Tell(say(Words("replies/coordinate", visit.reader).mrkdwn("paused", until=until)))


def resume(visit: Visit) -> Answer:
    """`/mentoring resume`."""
    with visit.database.write() as session:
        ended = end_pause(session, visit.person.id, visit.now)
        for pair in pairs_of_person(session, visit.workspace.id, visit.person.id):
            if pair.state is PairState.ANNOUNCED:
                wake_pair(session, pair.id, visit.now)
    words = Words("replies/coordinate", visit.reader)
    return Tell(say(words.mrkdwn("resumed" if ended else "not_paused")))


def fine(visit: Visit) -> Answer:
    """“We're fine”: leave them to it."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        kinds = [Kind.QUIET_CHECK, Kind.CATCH_UP]
        answer_asks(session, pair.id, visit.person.id, "fine", visit.now, kinds=kinds)
        wake_pair(session, pair.id, visit.now)
    return Replace(say(Words("replies/meetings", visit.reader).mrkdwn("fine")))


def ask_for_help(visit: Visit) -> Answer:
    """“Talk to the coordinator”: a coordinator sees that they asked; nobody in the pair does."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        answer_asks(session, pair.id, visit.person.id, "help", visit.now, kinds=[Kind.QUIET_CHECK])
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "pair.help",
            {"pair": pair.id},
            visit.now,
            program_id=pair.program_id,
        )
        others = [each.person_id for each in pair.others(visit.person.id)]
        names = [each.first_name for each in people(session, visit.workspace.id, others).values()]
        wake_pair(session, pair.id, visit.now)
    return Replace(say(Words("replies/meetings", visit.reader).mrkdwn("help", others=names)))


def _today(visit: Visit) -> datetime:
    return visit.now.astimezone(ZoneInfo(visit.person.time_zone))
