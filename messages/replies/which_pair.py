"""Which pair is meant: asked where several fit the names that were typed."""

from collections.abc import Sequence

from messages.actions import Act
from messages.blocks import Block, actions, button, context, section
from messages.letters.context import Message
from messages.words import Reader, Words

MOST_OFFERED = 10
"""Pairs offered at once: more are found faster by typing the other name as well."""


def which_pair(choices: Sequence[tuple[Sequence[str], Act]], total: int, reader: Reader) -> Message:
    """Offer these pairs, each with the button that does what was typed; say how many more fit."""
    words, labels = Words("replies/which_pair", reader), Words("forms/pair_card", reader)
    text = words.mrkdwn("which", total=total)
    blocks: list[Block] = [section(text)]
    for names, act in choices:
        label = labels.plain(act.name.split(".")[1])
        blocks += [section(words.mrkdwn("pair", names=list(names))), actions([button(label, act)])]
    if total > len(choices):
        blocks.append(context(words.mrkdwn("more", more=total - len(choices))))
    return Message(text, blocks)
