"""All settings of a program in one place: buttons to their forms, and the health levels."""

from mentoring.health import BEST, read_thresholds
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, context, field, modal, number_input, section
from messages.words import Reader, Words

ELSEWHERE = ("match.settings", "asked.settings")
"""Settings that have forms of their own."""


def settings_form(program: Program, reader: Reader) -> Block:
    """Build the form."""
    words, levels = Words("forms/desk_settings", reader), read_thresholds(program.settings)
    row = [button(words.plain(name.split(".")[0]), Act(name)) for name in ELSEWHERE]
    blocks = [
        section(words.mrkdwn("intro", program=program)),
        actions(row),
        field("look", words.plain("look"), number_input("look", initial=levels.look, low=1, high=BEST - 1)),
        field("fine", words.plain("fine"), number_input("fine", initial=levels.fine, low=1, high=BEST)),
        context(words.mrkdwn("health")),
    ]
    act = Act("desk.settings_submit", {"program": program.id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))
