"""The form to invite many at once: channels, people, a pasted list."""

from collections.abc import Sequence

from mentoring.kinds import ProgramKind, Role
from mentoring.programs import Program
from mentoring.recruiting import is_late
from messages.actions import Act
from messages.blocks import (
    Block,
    channels_select,
    context,
    field,
    modal,
    option,
    people_select,
    section,
    static_select,
    text_input,
)
from messages.words import Reader, Words

ANYTHING = "anything"
PASTED_LENGTH = 3000
"""What an input of Slack's takes; a longer list is pasted in parts, or imported from a file."""


def invite_form(programs: Sequence[Program], reader: Reader) -> Block:
    """Ask whom to invite; with several programs open also to which, the newest first."""
    words = Words("forms/invite", reader)
    newest, only, late = programs[0], len(programs) == 1, all(map(is_late, programs))
    blocks = [section(words.mrkdwn("intro", program=newest, only=only, late=late))]
    if len(programs) > 1:
        options = [option(each.name, str(each.id)) for each in programs]
        chosen = static_select("program", options, initial=str(newest.id))
        blocks.append(field("program", words.plain("program"), chosen))
    if not late:
        picked, hint = channels_select("channels"), words.plain("channels_hint")
        blocks.append(field("channels", words.plain("channels"), picked, hint=hint, optional=True))
    blocks += [
        field("people", words.plain("people"), people_select("people"), optional=True),
        field(
            "pasted",
            words.plain("pasted"),
            text_input("pasted", multiline=True, max_length=PASTED_LENGTH),
            hint=words.plain("pasted_hint"),
            optional=True,
        ),
    ]
    if any(each.kind is not ProgramKind.PEER for each in programs):
        roles = [option(words.plain(f"role_{each}"), each) for each in (ANYTHING, *Role)]
        blocks.append(field("role", words.plain("role"), static_select("role", roles, initial=ANYTHING)))
    blocks.append(context(words.mrkdwn("groups_hint"), words.mrkdwn("privacy")))
    act = Act("invite.submit", {"program": newest.id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))
