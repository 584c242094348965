"""Letters around joining: the announcement, the invitation, the welcome, the bad news."""

from mentoring.cadence import Cadence, in_words
from messages.actions import Act
from messages.blocks import actions, button, confirm, context, section
from messages.letters.context import Circumstances, Message
from messages.words import Words


def announcement(seen: Circumstances) -> Message:
    """Tell a channel that a program is open, what it asks and how to join."""
    program, words = seen.the_program, Words("letters/announcement", seen.reader)
    about = {"program": program.id}
    text = words.mrkdwn(
        "text", program=program, months=program.months, often=in_words(Cadence.parse(program.cadence))
    )
    buttons = [
        button(words.plain("join"), Act("join.open", about), style="primary"),
        button(words.plain("not_now"), Act("join.not_now", about)),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def invited(seen: Circumstances) -> Message:
    """Ask somebody on a coordinator's list whether they want to take part."""
    program, words = seen.the_program, Words("letters/invited", seen.reader)
    about = {"program": program.id}
    profile = seen.profiles[seen.the_recipient.id]
    role = "both" if profile.is_mentor and profile.is_mentee else "mentor" if profile.is_mentor else "mentee"
    text = words.mrkdwn("text", name=seen.the_recipient.first_name, program=program, role=role)
    buttons = [
        button(words.plain("join"), Act("join.open", about), style="primary"),
        button(words.plain("not_now"), Act("join.not_now", about)),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def joined(seen: Circumstances) -> Message:
    """Confirm, and say what happens next."""
    program, words = seen.the_program, Words("letters/joined", seen.reader)
    text = words.mrkdwn("text", name=seen.the_recipient.first_name, program=program)
    edit = button(words.plain("edit"), Act("join.open", {"program": program.id}))
    return Message(text, [section(text), actions([edit]), context(words.mrkdwn("why"))])


def not_matched(seen: Circumstances) -> Message:
    """Say kindly that there is no match yet, why, and what would help."""
    program, words = seen.the_program, Words("letters/not_matched", seen.reader)
    about = {"program": program.id}
    text = words.mrkdwn("text", name=seen.the_recipient.first_name, role=seen.ids["role"])
    sure = confirm(
        words.plain("leave_title"),
        words.plain("leave_text", program=program),
        words.plain("yes"),
        words.plain("no"),
    )
    buttons = [
        button(words.plain("widen"), Act("join.open", about), style="primary"),
        button(words.plain("leave"), Act("join.leave", about), sure=sure),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])
