"""What is one's own on Home: goals to move on in one tap, those one is shown, and one's days."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.goals import Goal
from messages.actions import Act
from messages.blocks import Block, actions, button, context, section
from messages.forms.goals import goal_text, in_words
from messages.forms.hours import country_name
from messages.words import Mrkdwn, Reader, Words

MOST_GOALS = 5
"""Open goals shown at once, over all programs; the list has the others."""
MOST_THEIRS = 5
"""Goals of others shown at once, a line each."""


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What one person keeps.

    Args:
        goals: Their open goals, the nearest target first.
        without: Programs in which they keep goals and have none yet, by our number and by name.
        theirs: How each of those they are paired with is called, and their open goals.
        asks_country: Whether they never said whose public holidays they keep.
        country: The code they said, or our guess; empty where there is none.
    """

    goals: Sequence[Goal]
    without: Sequence[int]
    theirs: Sequence[tuple[str, Sequence[Goal]]]
    asks_country: bool
    country: str


def own_blocks(part: OwnPart, reader: Reader) -> list[Block]:
    """Build the part of Home that is one's own."""
    words = Words("own_part", reader)
    blocks = []
    for each in part.goals[:MOST_GOALS]:
        step = button(words.plain("step"), Act("goal.step", {"goal": each.id}))
        blocks.append(section(words.mrkdwn("goal", said=Mrkdwn(goal_text(each, reader))), step))
    for program_id in part.without[:1]:
        add = button(words.plain("add"), Act("goal.add", {"program": program_id}))
        blocks.append(section(words.mrkdwn("no_goals"), add))
    lines = [
        words.mrkdwn("theirs", name=name, objective=each.objective, progress=in_words(each.progress, reader))
        for name, goals in part.theirs
        for each in goals
    ]
    if lines:
        blocks.append(context("\n".join(lines[:MOST_THEIRS])))
    open_hours = button(Words("forms/hours", reader).plain("open"), Act("hours.open"))
    # Where the first goal is yet to be set, the button above is the way to it.
    has_none = part.without and not part.goals and not lines
    listed = [] if has_none else [button(words.plain("goals"), Act("goal.list"))]
    blocks.append(actions([*listed, open_hours]))
    if part.asks_country:
        blocks += _country(part.country, reader)
    return blocks


def _country(country: str, reader: Reader) -> list[Block]:
    """Asked once: a tap says yes, or opens the form to pick another."""
    words = Words("forms/hours", reader)
    if not country:
        return [section(words.mrkdwn("ask_unknown"), button(words.plain("pick"), Act("hours.open")))]
    buttons = [
        button(words.plain("right"), Act("hours.country_right")),
        button(words.plain("another"), Act("hours.open")),
    ]
    return [section(words.mrkdwn("ask", country=country_name(country, reader))), actions(buttons)]
