"""Letters of a coordinator's care: a word, a pause to take, more time, a new mentor; and their Monday."""

from datetime import date, datetime

from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.charter_file import charter_markdown, charter_pdf
from messages.concerns import one_line
from messages.forms.audit import as_csv
from messages.letters.context import Attachment, Circumstances, Message
from messages.words import Mrkdwn, Words, mention

MOST_ITEMS = 5
"""Pairs named in the Monday message: what fits a phone screen; the desk has them all."""


def care_note(seen: Circumstances) -> Message:
    """A coordinator's own words, with how to answer them."""
    words = Words("letters/care_note", seen.reader)
    others = [*seen.partners] or _others(seen)
    text = words.mrkdwn("text", by=_by(seen), others=others, note=seen.sentence)
    return Message(text, [section(text), context(_why(words, seen))])


def pause_offered(seen: Circumstances) -> Message:
    """A break, offered: to take, or to leave."""
    words, about = Words("letters/pause_offered", seen.reader), {"pair": seen.the_pair.id}
    text = words.mrkdwn("text", by=_by(seen), others=_others(seen))
    row = [
        button(words.plain("pause"), Act("pause.open", about), style="primary"),
        button(words.plain("fine"), Act("pair.fine", about)),
    ]
    return Message(text, [section(text), actions(row), context(words.mrkdwn("why", others=_others(seen)))])


def extended(seen: Circumstances) -> Message:
    """More time, said where both read it."""
    words = Words("letters/extended", seen.reader)
    ends_on = date.fromisoformat(str(seen.ids["ends_on"]))
    text = words.mrkdwn("text", by=_by(seen), ends_on=ends_on)
    return Message(text, [section(text), context(_why(words, seen))])


def nudge(seen: Circumstances) -> Message:
    """One next step, because a coordinator thought of them."""
    words, about = Words("letters/nudge", seen.reader), {"pair": seen.the_pair.id}
    agreed = seen.signed_at is not None
    text = words.mrkdwn("agreed" if agreed else "text", by=_by(seen), others=_others(seen))
    step = Act("meeting.book", about) if agreed else Act("agreement.open", about)
    row = [button(words.plain("book" if agreed else "agree"), step, style="primary")]
    return Message(text, [section(text), actions(row), context(_why(words, seen))])


def closed_by_team(seen: Circumstances) -> Message:
    """The pairing is over, kindly, with the way back."""
    words = Words("letters/closed_by_team", seen.reader)
    part = "completed" if seen.ids.get("ending") == "completed" else "text"
    text = words.mrkdwn(part, others=_others(seen))
    return Message(text, [section(text), context(_why(words, seen))])


def moved(seen: Circumstances) -> Message:
    """To a mentee who goes on with somebody else: first in private, then the introduction follows."""
    words = Words("letters/moved", seen.reader)
    text = words.mrkdwn("text", others=_others(seen), by=_by(seen))
    return Message(text, [section(text), context(_why(words, seen))])


def put_on_hold(seen: Circumstances) -> Message:
    """To somebody whose reminders a coordinator holds, as agreed with them."""
    words = Words("letters/put_on_hold", seen.reader)
    until = datetime.fromisoformat(str(seen.ids["until"]))
    text = words.mrkdwn("text", by=_by(seen), until=until)
    back = button(words.plain("back"), Act("pause.resume"))
    return Message(text, [section(text), actions([back]), context(_why(words, seen))])


def places_changed(seen: Circumstances) -> Message:
    """To a mentor for whom a coordinator wrote down how many mentees they take."""
    words = Words("letters/places_changed", seen.reader)
    text = words.mrkdwn("text", by=_by(seen), places=int(seen.ids["places"]), program=seen.the_program)
    change = button(words.plain("change"), Act("places.own"))
    return Message(text, [section(text), actions([change]), context(_why(words, seen))])


def monday(seen: Circumstances) -> Message:
    """The coordinator's Monday: how the program stands, and who needs a look."""
    words, program = Words("letters/monday", seen.reader), seen.the_program
    lines = [Mrkdwn(one_line(each, seen.reader, most=1)) for each in seen.attention[:MOST_ITEMS]]
    more = max(0, seen.numbers["look"] - len(lines))
    text = words.mrkdwn("text", program=program, numbers=seen.numbers, lines=lines, more=more)
    first = seen.attention[0].pair_id if seen.attention else 0
    row = [button(words.plain("open"), Act("desk.pair", {"pair": first}), style="primary")] if first else []
    blocks = [section(text), *([actions(row)] if row else [])]
    return Message(text, [*blocks, context(words.mrkdwn("why", program=program))])


def audit_export(seen: Circumstances) -> Message:
    """The log, as a file."""
    words = Words("letters/audit_export", seen.reader)
    about = seen.program
    text = words.mrkdwn("text", program=about, lines=len(seen.log))
    file = Attachment("who-did-what.csv", words.plain("title", program=about), as_csv(seen.log))
    return Message(text, [section(text), context(words.mrkdwn("why"))], file)


def planning_questions(seen: Circumstances) -> Message:
    """Ask a stakeholder for their view of a program that is being planned."""
    words = Words("letters/planning_questions", seen.reader)
    text = words.mrkdwn("text", by=_by(seen), program=seen.the_program)
    answer = button(
        words.plain("answer"), Act("charter.answer", {"program": seen.the_program.id}), style="primary"
    )
    return Message(text, [section(text), actions([answer]), context(_why(words, seen))])


def charter_file(seen: Circumstances) -> Message:
    """The charter, as a file."""
    words, program = Words("letters/charter_file", seen.reader), seen.the_program
    text = words.mrkdwn("text", program=program)
    if seen.ids["shape"] == "pdf":
        name, content = "program-charter.pdf", charter_pdf(program, seen.planning, seen.reader, seen.now)
    else:
        name, content = "program-charter.md", charter_markdown(program, seen.planning, seen.reader)
    file = Attachment(name, words.plain("title", program=program), content)
    return Message(text, [section(text), context(_why(words, seen))], file)


def _why(words: Words, seen: Circumstances) -> str:
    return words.mrkdwn("why", program=seen.the_program, by=_by(seen))


def _by(seen: Circumstances) -> Mrkdwn:
    known = seen.people.get(int(seen.ids.get("by", 0)))
    return mention(known.slack_id) if known else Mrkdwn("")


def _others(seen: Circumstances) -> list[str]:
    return [each.first_name for each in seen.others]
