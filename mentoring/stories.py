"""Stories: what somebody tells of their mentoring, passed on only in words they said yes to."""

from dataclasses import dataclass
from enum import StrEnum

from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role

STORY_LENGTH = 600
"""Letters of a story: a minute of reading."""


class Place(StrEnum):
    """Where a story may be told."""

    PROGRAM = "program"
    """To the people of the program, in an update."""
    CHANNEL = "channel"
    """In the program's channel, where all its members read."""
    PUBLIC = "public"
    """Outside, in a summary for a web site."""


class StoryState(StrEnum):
    """Where a story stands."""

    TOLD = "told"
    """Coordinators can read it, and ask to pass it on."""
    ASKED = "asked"
    """Its teller was shown the words and asked for a yes."""
    AGREED = "agreed"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Story:
    """What somebody told.

    Args:
        named: Whether their first name may stand below it; otherwise "a mentor" or "a mentee" does.
        places: Where it may be told.
    """

    id: int
    program_id: int
    person_id: int
    text: str
    named: bool
    places: frozenset[Place]
    state: StoryState


@dataclass(frozen=True, slots=True)
class Tale:
    """A story as it is passed on.

    Args:
        name: The teller's first name; empty where they would rather not be named.
        role: What they are instead; None where they are both, or neither.
    """

    text: str
    name: str
    role: Role | None


def check_story(text: str, places: frozenset[Place]) -> str:
    """Take a story.

    Raises:
        Refusal: For nothing, too much, or nowhere to tell it, at the field.
    """
    text = text.strip()
    if not text:
        raise Refusal("Tell it in a sentence or two.", "story")
    if len(text) > STORY_LENGTH:
        raise Refusal(f"That is {len(text)} letters; keep it to {STORY_LENGTH}.", "story")
    if not places:
        raise Refusal("Tick at least one place where it may be told.", "places")
    return text


def check_tellable(story: Story, place: Place) -> None:
    """Let a story be passed on only where its teller allows it.

    Raises:
        NoLongerOpen: Where it was taken back.
        Refusal: For a place they did not tick, at the field.
    """
    if story.state is StoryState.TAKEN_BACK:
        raise NoLongerOpen("This is no longer open: the story was taken back.")
    if place not in story.places:
        raise Refusal("Whoever told this story would rather not have it told there.", "audience")
