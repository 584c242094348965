"""The choice of what to take along."""

from collections.abc import Sequence

from mentoring.programs import Program
from mentoring.reports.exports import What
from messages.actions import Act
from messages.blocks import Block, actions, context, option, section, static_select
from messages.letters.context import Message
from messages.words import Reader, Words


def choice_of_exports(programs: Sequence[Program], reader: Reader) -> Message:
    """Offer a program's tables, all in one spreadsheet or each as CSV."""
    words = Words("replies/exports", reader)
    options = [option(words.plain("all"), "all:xlsx")]
    options += [option(words.plain(f"csv_{each}"), f"{each}:csv") for each in What]
    blocks: list[Block] = []
    for each in programs:
        about = Act("export.send", {"program": each.id})
        menu = static_select("export.send", options, placeholder=words.plain("choose"))
        blocks += [section(words.mrkdwn("pick", program=each)), actions([menu], block_id=about.value)]
    spoken = "\n".join(block["text"]["text"] for block in blocks if block["type"] == "section")
    return Message(spoken, [*blocks, context(words.mrkdwn("holds"))])
