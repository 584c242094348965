"""The forms to pair people by hand, and to move a mentee to another mentor."""

from collections.abc import Sequence

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, context, field, modal, option, section, static_select, text_input
from messages.words import Reader, Words

WHY_LENGTH = 600


def by_hand_form(
    program: Program, person_ids: Sequence[int], names: Sequence[str], why: str, reader: Reader
) -> Block:
    """Show the pair with the reason both will read, to change if one likes."""
    words = Words("forms/pairing", reader)
    blocks = [
        section(words.mrkdwn("intro", names=reader.listing(names), program=program)),
        field(
            "why",
            words.plain("why"),
            text_input("why", initial=why, multiline=True, max_length=WHY_LENGTH),
            hint=words.plain("why_hint"),
            optional=True,
        ),
    ]
    people = "+".join(str(each) for each in person_ids)
    act = Act("care.by_hand_submit", {"program": program.id, "people": people})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))


def move_form(
    pair_id: int,
    names: Sequence[str],
    mentors: Sequence[tuple[int, str]],
    reader: Reader,
    wanted: str | None = None,
) -> Block:
    """Ask to whom; `wanted` is chosen already, if they can."""
    words = Words("forms/pairing", reader)
    options = [option(name, str(person_id)) for person_id, name in mentors]
    blocks = [
        section(words.mrkdwn("move_intro", names=reader.listing(names))),
        field(
            "mentor",
            words.plain("mentor"),
            static_select("mentor", options, initial=wanted),
            hint=words.plain("mentor_hint"),
        ),
        context(words.mrkdwn("move_who")),
    ]
    return modal(
        Act("care.move_submit", {"pair": pair_id}),
        words.plain("move_title"),
        blocks,
        submit=words.plain("move_submit"),
        close=words.plain("close"),
    )
