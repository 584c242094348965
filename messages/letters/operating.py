"""Letters about the bot itself, and to those who run it: what stood still, what somebody may do now."""

from datetime import datetime

from mentoring.people import StaffRole
from messages.blocks import context, section
from messages.letters.context import Circumstances, Message
from messages.words import Words, mention


def standstill(seen: Circumstances) -> Message:
    """Nothing was sent for a while, and either it is made up for or it still stands still."""
    words = Words("letters/standstill", seen.reader)
    since, until = datetime.fromisoformat(str(seen.ids["since"])), str(seen.ids["until"])
    if until:
        text = words.mrkdwn("over", since=since, until=datetime.fromisoformat(until))
    else:
        text = words.mrkdwn("going_on", since=since)
    return Message(text, [section(text), context(words.mrkdwn("why"))])


def role_given(seen: Circumstances) -> Message:
    """To whoever was made an owner, a coordinator or a viewer: what that is, and the first thing to type."""
    words, by = Words("letters/role_given", seen.reader), seen.people.get(int(seen.ids["by"]))
    role = StaffRole(str(seen.ids["staff_role"]))
    text = words.mrkdwn(role, program=seen.program, by=mention(by.slack_id) if by else "")
    return Message(text, [section(text), context(words.mrkdwn("why"))])
