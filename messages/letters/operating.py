"""Letters about the bot itself, to the owners of a workspace's programs."""

from datetime import datetime

from messages.blocks import context, section
from messages.letters.context import Circumstances, Message
from messages.words import Words


def standstill(seen: Circumstances) -> Message:
    """Nothing was sent for a while, and either it is made up for or it still stands still."""
    words = Words("letters/standstill", seen.reader)
    since, until = datetime.fromisoformat(str(seen.ids["since"])), str(seen.ids["until"])
    if until:
        text = words.mrkdwn("over", since=since, until=datetime.fromisoformat(until))
    else:
        text = words.mrkdwn("going_on", since=since)
    return Message(text, [section(text), context(words.mrkdwn("why"))])
