"""The form to end a pairing: why (optional, confidential), and whether to be matched again."""

from collections.abc import Sequence

from mentoring.recruiting import EnrollmentRules
from messages.actions import Act
from messages.blocks import Block, context, field, modal, option, radio, section
from messages.words import Reader, Words

REACHED = "reached"
REASONS = (REACHED, "time", "fit", "work", "other")
"""Why people part; the first one counts as completed."""
YES, NO = "yes", "no"


def parting_form(
    act: Act,
    reader: Reader,
    others: Sequence[str],
    *,
    group: bool,
    another: EnrollmentRules | None,
    over: bool = False,
    casual: bool = False,
) -> Block:
    """Build the form; a group goes on without whoever leaves it.

    Args:
        act: What sending it does.
        reader: Who parts.
        others: First names of those they part from.
        group: Whether the others go on.
        another: How the program takes people, if another match may come.
        over: Whether they have had their time: then there is no why, and nobody is told.
        casual: Whether they go on casually: then there is no why either.
    """
    words = Words("forms/parting", reader)
    reasons = [option(words.plain(f"reason_{each}"), each) for each in REASONS]
    yes = "yes_ask" if another and another.by_application else "yes"
    again = [option(words.plain(yes), YES), option(words.plain("no"), NO)]
    why = field(
        "reason", words.plain("reason"), radio("reason", reasons), hint=words.plain("hint"), optional=True
    )
    intro = "intro_over" if over else "intro_group" if group else "intro_casual" if casual else "intro"
    blocks = [
        section(words.mrkdwn(intro, others=others)),
        *([] if over or casual else [why]),
        *([field("again", words.plain("again"), radio("again", again, initial=NO))] if another else []),
        *([] if over else [context(words.mrkdwn("privacy", others=others))]),
    ]
    submit = words.plain("submit_group" if group else "submit_casual" if casual else "submit")
    return modal(act, words.plain("title"), blocks, submit=submit, close=words.plain("close"))
