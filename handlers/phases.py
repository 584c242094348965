"""Phases in a pair's hands: when the next one opens, and whether to go on casually."""

from datetime import timedelta

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.pairs import Pair
from mentoring.phases import (
    SHIFTS_OFFERED,
    PhaseName,
    next_phase,
    phase_named,
    phases_of,
    plan_of_pair,
    shifted,
)
from mentoring.programs import midnight_after
from messages.actions import Act
from messages.answers import Answer, Replace, Show, Tell
from messages.blocks import button, section
from messages.forms.phase import phase_form
from messages.letters.context import Message
from messages.letters.phases import asked_to_go_on
from messages.replies import say
from messages.words import Words
from storage.pairs import live_pair, wake_pair
from storage.people import people
from storage.phases import (
    GoingOnAnswer,
    go_casual,
    save_going_on,
    save_shifts,
    shifts_of_pairs,
)
from storage.programs import program

BOTH_SAID_YES = "This is no longer open: you have all said yes already."


def open_form(visit: Visit) -> Answer:
    """“Change the dates”: offer to open the next part later or earlier."""
    with visit.database.read() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, pair.program_id)
        shifts = shifts_of_pairs(session, [pair.id]).get(pair.id, {})
    plan = plan_of_pair(about, shifts, pair.ends_on)
    coming = next_phase(plan, visit.now)
    if coming is None:
        raise NoLongerOpen(Words("replies/phases", visit.reader).plain("nothing_to_move"))
    opens = phase_named(plan, coming).starts_at
    offered = [days for days in SHIFTS_OFFERED if opens + timedelta(days=days) > visit.now]
    act = Act("phase.submit", {"pair": pair.id, "phase": coming.value})
    return Show(phase_form(act, visit.reader, opens.date(), pair.ends_on, offered))


def submit(visit: Visit) -> Answer:
    """The pair chose: the phase moves, and what follows moves along."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, pair.program_id)
        shifts = shifts_of_pairs(session, [pair.id]).get(pair.id, {})
        phase = visit.act.one_of("phase", PhaseName)
        days = _days(visit)
        moved = shifted(phases_of(about), shifts, phase, days, visit.now)
        ends_on = pair.ends_on + timedelta(days=days)
        save_shifts(session, pair.id, moved, ends_on)
        wake_pair(session, pair.id, visit.now)
        others = _others(session, visit, pair)
    opens = phase_named(plan_of_pair(about, moved, ends_on), phase).starts_at
    words = Words("replies/phases", visit.reader)
    return Tell(say(words.mrkdwn("moved", opens=opens.date(), ends_on=ends_on, others=others)))


def _days(visit: Visit) -> int:
    try:
        days = int(visit.typed("days"))
    except ValueError:
        days = 0
    if days not in SHIFTS_OFFERED:
        raise Refusal("Pick one of the choices.", "days")
    return days


def go_on(visit: Visit) -> Answer:
    """“Yes, without reminders”."""
    return _answered(visit, yes=True, hello=False)


def go_on_hello(visit: Visit) -> Answer:
    """“Yes, with a hello every quarter”."""
    return _answered(visit, yes=True, hello=True)


def close(visit: Visit) -> Answer:
    """“No, let's close it”: nobody is told."""
    return _answered(visit, yes=False, hello=False)


def _answered(visit: Visit, *, yes: bool, hello: bool) -> Answer:
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        if pair.casual_since:
            raise NoLongerOpen(BOTH_SAID_YES)
        save_going_on(session, pair.id, GoingOnAnswer(visit.person.id, yes, hello), visit.now)
        # The heartbeat connects them once the program is over and everybody has said yes.
        wake_pair(session, pair.id, visit.now)
        about, others = program(session, visit.workspace.id, pair.program_id), _others(session, visit, pair)
    words = Words("replies/phases", visit.reader)
    over = visit.now >= midnight_after(pair.ends_on, about.time_zone)
    text = words.mrkdwn("noted_yes" if yes else "noted_no", others=others, ends_on=pair.ends_on, over=over)
    # A thumb slips, and a “no” by mistake would end it without a word.
    change = button(words.plain("change"), Act("phase.ask_again", {"pair": pair.id}))
    return Replace(Message(text, [section(text, change)]))


def ask_again(visit: Visit) -> Answer:
    """“Change this”: the question is there once more, and the later answer counts."""
    with visit.database.read() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        if pair.casual_since:
            raise NoLongerOpen(BOTH_SAID_YES)
        others = _others(session, visit, pair)
    return Replace(asked_to_go_on(pair, others, visit.reader))


def no_hellos(visit: Visit) -> Answer:
    """“Stop the hellos”: either of them can."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        if pair.casual_since is None:
            raise NoLongerOpen("This is no longer open: you have not gone on casually.")
        go_casual(session, pair.id, pair.casual_since, hello=False)
        wake_pair(session, pair.id, visit.now)
    return Replace(say(Words("replies/phases", visit.reader).mrkdwn("hellos_off")))


def _others(session: Session, visit: Visit, pair: Pair) -> list[str]:
    others = [each.person_id for each in pair.others(visit.person.id)]
    return [each.first_name for each in people(session, visit.workspace.id, others).values()]
