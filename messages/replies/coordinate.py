"""Answers to the coordinator's commands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentoring.enrollment import EnrollmentState
from mentoring.people import Person, StaffRole
from mentoring.programs import Program, ProgramState
from messages.actions import Act
from messages.blocks import Block, actions, button, confirm, context, section
from messages.letters.context import Message
from messages.replies import say
from messages.words import Mrkdwn, Reader, Words, mention

MOST_PROGRAMS = 20
"""Programs listed, the newest: a firm makes a few a year, and Slack takes fifty blocks."""


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody's role; `program` names the one it is for, empty for all."""

    person: Person
    role: StaffRole
    program: str = ""


def staff_list(people: Sequence[StaffLine], reader: Reader, *, can_claim: bool, owner: bool) -> Message:
    """Say who runs mentoring here, or how somebody can start."""
    words = Words("replies/coordinate", reader)
    if not people:
        return nobody_coordinates(reader) if can_claim else say(words.mrkdwn("nobody", can_claim=False))
    each = [
        words.mrkdwn(
            "staff_one",
            mention=mention(one.person.slack_id),
            role=words.plain(f"role_{one.role}"),
            program=one.program,
        )
        for one in people
    ]
    text = words.mrkdwn("staff", people=[Mrkdwn(one) for one in each])
    blocks = [section(text)]
    if owner:
        blocks.append(context(words.mrkdwn("how_to_add")))
    return Message(text, blocks)


def nobody_coordinates(reader: Reader) -> Message:
    """Say to whoever may start that nobody runs mentoring yet, with the button for it."""
    words = Words("replies/coordinate", reader)
    text = words.mrkdwn("nobody", can_claim=True)
    return Message(text, [section(text, button(words.plain("claim"), Act("staff.claim"), style="primary"))])


def no_program(reader: Reader) -> Message:
    """Say to whoever runs mentoring that there is no program yet, with the button for one."""
    words = Words("replies/coordinate", reader)
    text = words.mrkdwn("no_program")
    return Message(text, [section(text), actions([button(words.plain("new_program"), Act("program.new"))])])


def still_reading(reader: Reader) -> Message:
    """Say that nobody is known as an admin yet, with a button to look again."""
    words = Words("replies/coordinate", reader)
    text = words.mrkdwn("still_reading")
    return Message(text, [section(text, button(words.plain("look_again"), Act("staff.look")))])


def program_list(
    programs: Sequence[tuple[Program, Mapping[EnrollmentState, int]]], reader: Reader, channel: str | None
) -> Message:
    """Show every program with its numbers and the next thing to do."""
    words = Words("replies/coordinate", reader)
    if not programs:
        return no_program(reader)
    new = button(words.plain("new_program"), Act("program.new"))
    blocks: list[Block] = []
    for program, counts in programs[:MOST_PROGRAMS]:
        matched = counts.get(EnrollmentState.MATCHED, 0)
        text = words.mrkdwn(
            # Of a program that is over nobody waits for an answer or a match.
            "program_over" if program.state is ProgramState.CLOSED else "program",
            program=program,
            state=words.plain(f"state_{program.state}"),
            joined=counts.get(EnrollmentState.JOINED, 0),
            invited=counts.get(EnrollmentState.INVITED, 0),
            matched=matched,
            took_part=matched + counts.get(EnrollmentState.FINISHED, 0),
        )
        blocks.append(section(text, _next_step(words, program, channel)))
    spoken = "\n".join(block["text"]["text"] for block in blocks)
    if len(programs) > MOST_PROGRAMS:
        blocks.append(context(words.mrkdwn("more_programs", count=len(programs) - MOST_PROGRAMS)))
    return Message(spoken, [*blocks, actions([new])])


def open_proposal_reply(program: Program, run_id: int, pairs: int, reader: Reader) -> Message:
    """Offer the proposal that waits for a decision; any coordinator may take it up."""
    words = Words("replies/coordinate", reader)
    text = words.mrkdwn("open_proposal", program=program, pairs=pairs)
    about: dict[str, int | str] = {"program": program.id}
    buttons = [
        button(words.plain("review"), Act("match.review", about | {"run": run_id}), style="primary"),
        button(words.plain("propose_anew"), Act("match.want", about)),
        button(words.plain("match_settings"), Act("match.settings", about)),
    ]
    return Message(text, [section(text), actions(buttons)])


def _next_step(words: Words, program: Program, channel: str | None) -> Block | None:
    about: dict[str, int | str] = {"program": program.id}
    match program.state:
        case ProgramState.DRAFT:
            sure = confirm(
                words.plain("open_title"),
                words.plain("open_text", channel=channel),
                words.plain("yes"),
                words.plain("no"),
            )
            where: dict[str, int | str] = {"channel": channel} if channel else {}
            return button(
                words.plain("open_program"), Act("program.open", about | where), style="primary", sure=sure
            )
        case ProgramState.CLOSED:
            return None
        case _:
            return button(words.plain("match"), Act("match.want", about))
