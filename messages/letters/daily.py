"""The daily line for coordinators, and the counts of what was not said."""

from collections.abc import Mapping
from datetime import datetime

from mentoring.daily import MOVED, Tally
from mentoring.nudges.notices import Reason
from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.letters.context import Circumstances, Message
from messages.words import Reader, Words


def daily_line(seen: Circumstances) -> Message:
    """Due, sent, moved, failed since the last line; and why something was not said."""
    words = Words("letters/daily_line", seen.reader)
    since = datetime.fromisoformat(str(seen.ids["since"]))
    text = words.mrkdwn(
        "text",
        program=seen.the_program.name,
        since=since,
        tally=seen.tally,
        reasons=reasons_in_words(seen.tally, seen.reader),
    )
    stop = button(words.plain("stop"), Act("daily.off", {"program": seen.the_program.id}))
    return Message(text, [section(text), actions([stop]), context(words.mrkdwn("why"))])


def reasons_in_words(tally: Tally, reader: Reader) -> list[str]:
    """`paused: 41`, the commonest first: what was left out, not what was only moved."""
    return _in_words({reason: n for reason, n in tally.skips.items() if reason not in MOVED}, reader)


def moves_in_words(tally: Tally, reader: Reader) -> list[str]:
    """`outside working hours: 30`, the commonest first: what was said later than it was due."""
    return _in_words({reason: n for reason, n in tally.skips.items() if reason in MOVED}, reader)


def _in_words(counts: Mapping[Reason, int], reader: Reader) -> list[str]:
    words = Words("letters/daily_line", reader)
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [
        words.plain("counted", reason=words.plain(f"reason_{reason}"), count=count)
        for reason, count in ordered
    ]
