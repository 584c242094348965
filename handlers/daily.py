"""The daily line of a program: wanted, or not; and what was not said so far."""

from datetime import UTC, datetime

from handlers.visit import Visit
from handlers.whom import programs_run
from messages.answers import Answer, Replace, Tell
from messages.replies import say
from messages.replies.daily import daily_reply
from messages.words import Words
from storage.daily import tally, want_daily, want_no_daily, wanted_by
from storage.programs import wake_program

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Before any program began."""


def command(visit: Visit) -> Answer:
    """`/mentoring daily`: every program they run, what was not said in it, and a button."""
    with visit.database.read() as session:
        shown = [
            (
                each,
                tally(session, each.id, LONG_AGO, visit.now),
                visit.person.id in wanted_by(session, each.id),
            )
            for each in programs_run(session, visit, "daily.on")
        ]
    return Tell(daily_reply(shown, visit.reader))


def turn_on(visit: Visit) -> Answer:
    """“Send me a line a day”."""
    program_id = visit.act.number("program")
    with visit.database.write() as session:
        want_daily(session, visit.person.id, program_id, visit.now)
        wake_program(session, program_id, visit.now)
    return Replace(say(Words("replies/daily", visit.reader).mrkdwn("is_on")))


def turn_off(visit: Visit) -> Answer:
    """“No more daily lines”."""
    with visit.database.write() as session:
        want_no_daily(session, visit.person.id, visit.act.number("program"))
    return Replace(say(Words("replies/daily", visit.reader).mrkdwn("is_off")))
