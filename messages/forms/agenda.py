"""The agenda of a pair: what is on it, and a line to add to it."""

from collections.abc import Mapping, Sequence

from mentoring.agenda import LONGEST_TOPIC, Topic
from messages.actions import Act
from messages.blocks import Block, button, context, divider, field, modal, section, text_input
from messages.words import Reader, Words

MOST_EARLIER = 5
"""Topics of earlier meetings shown: enough to take one up again."""


def agenda_form(
    pair_id: int,
    listed: Sequence[Topic],
    earlier: Sequence[Topic],
    names: Mapping[int, str],
    others: Sequence[str],
    reader: Reader,
) -> Block:
    """Build the list with its one field.

    Args:
        pair_id: Whose agenda.
        listed: What is still to be talked about.
        earlier: What was on the list of earlier meetings, the newest last.
        names: First names of everybody who wrote a topic, by our number.
        others: First names of the others of the pair.
        reader: Who looks at it.
    """
    words = Words("forms/agenda", reader)
    blocks = [section(words.mrkdwn("intro" if listed else "empty", others=others))]
    for each in listed:
        off = button(words.plain("take_off"), Act("agenda.remove", {"pair": pair_id, "topic": each.id}))
        blocks.append(section(words.mrkdwn("topic", name=names.get(each.by, ""), text=each.text), off))
    # A field keeps what was typed as long as its name stays; with each topic added it gets another.
    name = f"topic.{len(listed) + len(earlier)}"
    blocks.append(
        field(
            name,
            words.plain("label"),
            text_input(name, placeholder=words.plain("placeholder"), max_length=LONGEST_TOPIC),
        )
    )
    if earlier:
        blocks += [divider(), section(words.mrkdwn("earlier"))]
    for each in list(reversed(earlier))[:MOST_EARLIER]:
        again = button(words.plain("again"), Act("agenda.again", {"pair": pair_id, "topic": each.id}))
        blocks.append(section(words.mrkdwn("topic", name=names.get(each.by, ""), text=each.text), again))
    blocks.append(context(words.mrkdwn("privacy")))
    act = Act("agenda.add", {"pair": pair_id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))
