"""For how many mentees a mentor has places: one number to pick, and what it means for those they have."""

from dataclasses import dataclass

from mentoring.enrollment import MAX_CAPACITY
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, field, modal, option, section, static_select
from messages.words import Reader, Words


@dataclass(frozen=True, slots=True)
class Places:
    """A mentor's places in a program.

    Args:
        capacity: How many mentees they can carry.
        carried: How many they have now.
        name: Whose they are, where the reader is a coordinator; empty where they are the reader's own.
    """

    program: Program
    capacity: int
    carried: int
    name: str = ""

    @property
    def room(self) -> int:
        """How many more can come."""
        return max(0, self.capacity - self.carried)


def places_form(places: Places, person_id: int, reader: Reader) -> Block:
    """Build the form."""
    words, act = Words("forms/places", reader), Act("places.submit", {"program": places.program.id})
    if places.name:
        act = Act("places.set", {"program": places.program.id, "person": person_id})
    options = [option(str(each), str(each)) for each in range(1, MAX_CAPACITY + 1)]
    kept = min(max(places.capacity, 1), MAX_CAPACITY)
    blocks = [
        section(words.mrkdwn("intro", places=places)),
        field("capacity", words.plain("capacity"), static_select("capacity", options, initial=str(kept))),
    ]
    title, submit, close = words.plain("title"), words.plain("submit"), words.plain("close")
    return modal(act, title, blocks, submit=submit, close=close)
