"""Wanting no more updates of a program, or wanting them again."""

from handlers.visit import Visit
from messages.actions import Act
from messages.answers import Answer, Replace, Tell
from messages.blocks import actions, button, section
from messages.letters.context import Message
from messages.replies import say
from messages.words import Words
from storage.broadcasts import mute, unmute
from storage.programs import program


def no_more(visit: Visit) -> Answer:
    """“No more updates” of a program."""
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        mute(session, about.id, visit.person.id, visit.now)
    words = Words("letters/broadcast", visit.reader)
    again = button(words.plain("again"), Act("broadcast.unmute", {"program": about.id}))
    text = words.mrkdwn("muted", program=about)
    return Tell(Message(text, [section(text), actions([again])]))


def more_again(visit: Visit) -> Answer:
    """“Get them again”."""
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        unmute(session, about.id, visit.person.id)
    return Replace(say(Words("letters/broadcast", visit.reader).mrkdwn("unmuted", program=about)))
