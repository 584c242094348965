"""The letter with everything that is held about somebody, for them alone."""

import json

from messages.blocks import context, section
from messages.letters.context import Attachment, Circumstances, Message
from messages.words import Words


def my_data(seen: Circumstances) -> Message:
    """Bring the file: JSON that a person can read, with a line on top that says what it is."""
    words = Words("letters/my_data", seen.reader)
    whole = {
        "what_this_is": words.plain("about", day_=seen.now),
        "made_at": seen.now.isoformat(),
        "held_about_you": dict(seen.own_data),
    }
    content = json.dumps(whole, ensure_ascii=False, indent=2, default=str).encode()
    text = words.mrkdwn("text")
    file = Attachment(words.plain("file", day_=f"{seen.now:%Y-%m-%d}"), words.plain("title"), content)
    return Message(text, [section(text), context(words.mrkdwn("why"))], file)
