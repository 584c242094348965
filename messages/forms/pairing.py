"""The forms to pair people by hand, and to move a mentee to another mentor."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import (
    OPTIONS_LIMIT,
    Block,
    context,
    field,
    modal,
    option,
    section,
    static_select,
    text_input,
)
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


@dataclass(frozen=True, slots=True)
class Move:
    """A mentee who gets another mentor.

    Args:
        pair_id: The pair they leave.
        names: Everybody of it.
        mentee: Who goes on.
        mentors: With whom they can, by number and name, the best fit first.
        wanted: Who of them is chosen already.
        refused: Who was asked for and is not among them.
    """

    pair_id: int
    names: Sequence[str]
    mentee: str
    mentors: Sequence[tuple[int, str]]
    wanted: int | None = None
    refused: Sequence[str] = ()


def move_form(move: Move, reader: Reader) -> Block:
    """Ask to whom: the best fits, as many as a menu holds, and how the others are reached."""
    words = Words("forms/pairing", reader)
    chosen_first = sorted(move.mentors, key=lambda each: each[0] != move.wanted)
    listed = {person_id for person_id, _ in chosen_first[:OPTIONS_LIMIT]}
    options = [option(name, str(person_id)) for person_id, name in move.mentors if person_id in listed]
    names = reader.listing(move.names)
    blocks = [section(words.mrkdwn("move_intro", names=names, mentee=move.mentee))]
    if move.refused:
        blocks.append(context(words.mrkdwn("move_refused", names=list(move.refused))))
    blocks += [
        field(
            "mentor",
            words.plain("mentor"),
            static_select("mentor", options, initial=str(move.wanted or "")),
            hint=words.plain("mentor_hint", more=len(move.mentors) - len(options)),
        ),
        context(words.mrkdwn("move_who")),
    ]
    return modal(
        Act("care.move_submit", {"pair": move.pair_id}),
        words.plain("move_title"),
        blocks,
        submit=words.plain("move_submit"),
        close=words.plain("close"),
    )
