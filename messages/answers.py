"""What a conversation gives back to the person who just did something; the door shows it in Slack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from messages.blocks import Block
from messages.letters.context import Message


@dataclass(frozen=True, slots=True)
class Show:
    """Open a form (or, from inside a form, replace what it shows)."""

    view: Block


@dataclass(frozen=True, slots=True)
class Push:
    """Put the next step of a form on top of this one; Slack's arrow leads back to what was filled in."""

    view: Block


@dataclass(frozen=True, slots=True)
class Tell:
    """Say something to this person alone, where they are."""

    message: Message


@dataclass(frozen=True, slots=True)
class Replace:
    """Put this in the place of the message whose button was pressed."""

    message: Message


@dataclass(frozen=True, slots=True)
class Faults:
    """Keep the form open and say what is wrong, at the field."""

    sentences: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """Close the form with all its steps; there is nothing more to say here."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a select offers for what was typed into it."""

    options: Sequence[Block]


Answer = Show | Push | Tell | Replace | Faults | Done | Offer
