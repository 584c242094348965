"""Drop a roster."""

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, context, field, file_input, modal, section
from messages.words import Reader, Words


def roster_form(program: Program, reader: Reader) -> Block:
    """Build the form: one CSV file."""
    words = Words("forms/roster", reader)
    return modal(
        Act("roster.submit", {"program": program.id}),
        words.plain("title"),
        [
            section(words.mrkdwn("intro", program=program)),
            field(
                "roster", words.plain("file"), file_input("roster", ["csv"]), hint=words.plain("file_hint")
            ),
            context(words.mrkdwn("promise")),
        ],
        submit=words.plain("submit"),
        close=words.plain("close"),
    )
