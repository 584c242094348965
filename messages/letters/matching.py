"""Letters around a match before it is announced: the quiet check, and what coordinators hear of it."""

from datetime import datetime

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.letters.context import Circumstances, Message
from messages.words import Reader, Words


def match_check(seen: Circumstances) -> Message:
    """Ask in private whether there is any reason against a match."""
    words, about = Words("letters/match_check", seen.reader), {"pair": seen.the_pair.id}
    others = [each.name for each in seen.others]
    until = datetime.fromisoformat(str(seen.ids["until"]))
    text = words.mrkdwn("text", others=others, until=until)
    buttons = [
        button(words.plain("fine"), Act("match.fine", about), style="primary"),
        button(words.plain("rather_not"), Act("match.rather_not", about)),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def match_objection(seen: Circumstances) -> Message:
    """Tell a coordinator that a match is off, by whom and why, if they said."""
    words = Words("letters/match_objection", seen.reader)
    by = seen.people.get(int(seen.ids["person"]))
    others = [each.name for each in seen.figures if by is None or each.id != by.id]
    text = words.mrkdwn(
        "text", by=by.name if by else "", others=others, program=seen.the_program, reason=seen.sentence
    )
    again = button(words.plain("again"), Act("match.want", {"program": seen.the_program.id}))
    why = words.mrkdwn("why", program=seen.the_program)
    return Message(text, [section(text), actions([again]), context(why)])


def announcing(seen: Circumstances) -> Message:
    """Show a coordinator how far a large announcement has come."""
    numbers = seen.numbers
    return announcing_message(seen.the_program, numbers.get("sent", 0), numbers.get("total", 0), seen.reader)


def announcing_message(program: Program, sent: int, total: int, reader: Reader) -> Message:
    """The same, from the numbers: what the message says now."""
    words = Words("letters/announcing", reader)
    part = "done" if total and sent >= total else "going"
    text = words.mrkdwn(part, program=program, sent=sent, total=total)
    return Message(text, [section(text), context(words.mrkdwn("why"))])
