"""Drop a roster."""

from typing import NamedTuple

from mentoring.programs import Program, ProgramState
from messages.actions import Act
from messages.blocks import Block, actions, button, context, field, file_input, modal, section
from messages.letters.context import Message
from messages.words import Reader, Words


class Taken(NamedTuple):
    """What came of a roster.

    Args:
        new: Who was put on the list.
        updated: Who was corrected.
        asked: Who is asked now to take part.
        waiting: Who stands on the list and was never asked, from this roster or one before.
    """

    new: int
    updated: int
    asked: int
    waiting: int


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


def roster_taken(program: Program, taken: Taken, reader: Reader, *, late: bool) -> Message:
    """Say what came of it, and what happens next with those on the list; nobody is asked late unless told to.

    Args:
        program: Whose list it is.
        taken: What came of it.
        reader: Whose words.
        late: Whether a program whose matching has begun takes people in.
    """
    words, waiting = Words("forms/roster", reader), taken.waiting
    said = [words.mrkdwn("done", new=taken.new, updated=taken.updated)]
    if taken.asked:
        said.append(words.mrkdwn("then_asked", asked=taken.asked))
    elif waiting and program.state is ProgramState.DRAFT:
        said.append(words.mrkdwn("then_draft", waiting=waiting))
    elif waiting:
        said.append(words.mrkdwn("then_late" if late else "then_closed", waiting=waiting))
    text = " ".join(said)
    if not (waiting and late):
        return Message(text, [section(text)])
    ask = ask_the_rest_button(program.id, waiting, reader)
    return Message(text, [section(text), actions([ask])])


def ask_the_rest_button(program_id: int, waiting: int, reader: Reader) -> Block:
    """Ask everybody on the list whom nobody has asked, with their number on it."""
    label = Words("forms/roster", reader).plain("ask", waiting=waiting)
    return button(label, Act("invite.rest", {"program": program_id}))
