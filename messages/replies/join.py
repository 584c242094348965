"""What `/mentoring join` answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentoring.enrollment import EnrollmentState
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import button, section
from messages.letters.context import Message
from messages.letters.enrollment import leave_button
from messages.words import Reader, Words


def invitation(programs: Sequence[Program], inside: Mapping[int, EnrollmentState], reader: Reader) -> Message:
    """Say what each open program takes, with a button to its form.

    Args:
        programs: Those that are open to the reader.
        inside: How they stand in those they are in, by number.
        reader: Who reads it.
    """
    words = Words("replies/join", reader)
    blocks = []
    for program in programs:
        stands = inside.get(program.id)
        label = words.plain("edit" if stands else "join")
        style = None if stands else "primary"
        press = button(label, Act("join.open", {"program": program.id}), style=style)
        blocks.append(section(words.mrkdwn("offer", program=program, stands=stands), press))
    return Message("\n".join(block["text"]["text"] for block in blocks), blocks)


@dataclass(frozen=True, slots=True)
class OnList:
    """A program in whose line somebody is, and how they stand there."""

    program: Program
    state: EnrollmentState


def what_to_leave(lists: Sequence[OnList], pairs: Mapping[int, Sequence[str]], reader: Reader) -> Message:
    """Offer whoever is in line the way out of each list, and of each pair they have besides.

    Args:
        lists: Where they are in line.
        pairs: First names of the others in each pair, by its number.
        reader: Who reads it.
    """
    words = Words("replies/join", reader)
    choices = [
        (words.mrkdwn("on_list", program=each.program, stands=each.state), leave_button(each.program, reader))
        for each in lists
    ]
    choices += [
        (words.mrkdwn("in_pair", others=names), button(words.plain("part"), Act("pair.part", {"pair": pair})))
        for pair, names in pairs.items()
    ]
    text = words.mrkdwn("which") if len(choices) > 1 else choices[0][0]
    asked = [section(text)] if len(choices) > 1 else []
    return Message(text, [*asked, *(section(each, press) for each, press in choices)])
