"""What supervisors do: hear once, answer once if they like, or hear no more."""

from handlers.visit import Visit
from messages.answers import Answer, Replace
from messages.replies import say
from messages.words import Words
from storage.supervisors import decline


def decline_for_good(visit: Visit) -> Answer:
    """“Not for me”: nothing more comes about this program, and nobody is told."""
    with visit.database.write() as session:
        decline(session, visit.act.number("program"), visit.person.id, visit.now)
    return Replace(say(Words("replies/surveys", visit.reader).mrkdwn("declined")))
