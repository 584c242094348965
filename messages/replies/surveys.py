"""Short answers about surveys."""

from collections.abc import Sequence

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, button, section
from messages.letters.context import Message
from messages.replies import say
from messages.words import Reader, Words

MOST_PROGRAMS = 10


def choice_of_programs(programs: Sequence[Program], reader: Reader) -> Message:
    """Offer the surveys of each program somebody runs."""
    words = Words("forms/survey_desk", reader)
    if not programs:
        return say(words.mrkdwn("none"))
    blocks: list[Block] = []
    for each in programs[:MOST_PROGRAMS]:
        press = button(words.plain("questions"), Act("survey.list", {"program": each.id}))
        blocks.append(section(words.mrkdwn("choose", program=each), press))
    return Message("\n".join(block["text"]["text"] for block in blocks), blocks)
