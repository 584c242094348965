"""The choice of what to take along."""

from mentoring.programs import Program
from mentoring.reports.exports import What
from messages.actions import Act
from messages.blocks import actions, context, option, section, static_select
from messages.letters.context import Message
from messages.words import Reader, Words


def choice_of_exports(program: Program, reader: Reader) -> Message:
    """Offer a program's tables, all in one spreadsheet or each as CSV."""
    words = Words("replies/exports", reader)
    options = [option(words.plain("all"), "all:xlsx")]
    options += [option(words.plain(f"csv_{each}"), f"{each}:csv") for each in What]
    text = words.mrkdwn("pick", program=program)
    about = Act("export.send", {"program": program.id})
    menu = static_select("export.send", options, placeholder=words.plain("choose"))
    blocks = [section(text), actions([menu], block_id=about.value), context(words.mrkdwn("holds"))]
    return Message(text, blocks)
