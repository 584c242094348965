"""What can be refused, as sentences a person can act on."""

from dataclasses import dataclass


class MentoringError(Exception):
    """Base of everything the product raises on purpose."""


@dataclass(eq=False)
class Refusal(MentoringError):
    """A person asked for something that cannot be; `sentence` tells them what to do instead.

    Args:
        sentence: Shown to the person as it stands, so it says what to do.
        field: The name of the form field at fault, when there is one.
    """

    sentence: str
    field: str | None = None

    def __str__(self) -> str:
        return self.sentence


@dataclass(eq=False)
class NoLongerOpen(Refusal):
    """A button or form was pressed after its matter had been settled."""


@dataclass(eq=False)
class NotAllowed(Refusal):
    """The person lacks the role an action needs."""
