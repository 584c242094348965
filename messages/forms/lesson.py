"""The list of a person's lessons, with what is done and what is left."""

from collections.abc import Collection, Sequence

from mentoring.lessons import Lesson
from messages.actions import Act
from messages.blocks import Block, button, context, modal, section
from messages.words import Reader, Words


def lessons_form(
    mine: Sequence[Lesson],
    done: Collection[str],
    refresher: Lesson | None,
    reader: Reader,
    *,
    gate: bool,
) -> Block:
    """Build the list; the first lesson left is the primary one.

    Args:
        mine: The person's lessons in order.
        done: Ids of those they have done.
        refresher: One done long ago, to offer.
        reader: Who reads.
        gate: Whether a program asks for them before a match.
    """
    words = Words("forms/lesson", reader)
    left = [each for each in mine if each.id not in done]
    intro = words.mrkdwn("none")
    if mine:
        minutes = sum(each.minutes for each in left)
        intro = words.mrkdwn("intro", left=len(left), minutes=minutes, gate=gate)
    blocks = [section(intro)]
    for each in mine:
        label = words.plain("again" if each.id in done else "open")
        style = "primary" if left and each is left[0] else None
        press = button(label, Act("lesson.open", {"lesson": each.id}), style=style)
        text = words.mrkdwn("lesson", title=each.title, minutes=each.minutes, done=each.id in done)
        blocks.append(section(text, press))
    if refresher is not None:
        blocks.append(context(words.mrkdwn("refresh", title=refresher.title)))
    return modal(Act("notice"), words.plain("title"), blocks, close=words.plain("close"))
