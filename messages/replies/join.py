"""What `/mentoring join` answers."""

from collections.abc import Collection, Sequence

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import button, section
from messages.letters.context import Message
from messages.letters.enrollment import leave_button
from messages.words import Reader, Words


def invitation(programs: Sequence[Program], joined: Collection[int], reader: Reader) -> Message:
    """Say what each open program takes, with a button to its form."""
    words = Words("replies/join", reader)
    blocks = []
    for program in programs:
        inside = program.id in joined
        label = words.plain("edit" if inside else "join")
        style = None if inside else "primary"
        press = button(label, Act("join.open", {"program": program.id}), style=style)
        blocks.append(section(words.mrkdwn("offer", program=program, joined=inside), press))
    return Message("\n".join(block["text"]["text"] for block in blocks), blocks)


def leave_lists(programs: Sequence[Program], reader: Reader) -> Message:
    """Offer whoever is in and not matched yet the way out of each list."""
    words = Words("replies/join", reader)
    blocks = [section(words.mrkdwn("on_list", program=each), leave_button(each, reader)) for each in programs]
    return Message("\n".join(block["text"]["text"] for block in blocks), blocks)
