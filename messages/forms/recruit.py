"""The form to nominate a mentor."""

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, context, field, modal, section
from messages.words import Reader, Words


def nominate_form(program: Program, reader: Reader) -> Block:
    """Ask who would make a good mentor; nothing else, since the rest is theirs to say."""
    words = Words("forms/recruit", reader)
    blocks = [
        section(words.mrkdwn("intro", program=program)),
        field("whom", words.plain("whom"), {"type": "users_select", "action_id": "whom"}),
        context(words.mrkdwn("privacy")),
    ]
    act = Act("nominate.submit", {"program": program.id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))
