"""What a button says back to us: one type, encoded and decoded in one place.

The `action_id` names the act; the `value` carries ids as JSON. Nothing in it is trusted: the handler looks
the ids up again and asks whether this person may.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from mentoring.errors import NoLongerOpen
from messages.shared_forms import SEEN, written

Code = TypeVar("Code", bound=StrEnum)
VALUE_LIMIT = 2000
"""Slack's limit of a button's value, in code points (docs.slack.dev, Block Kit button)."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person can do by pressing a button or sending a form.

    Args:
        name: `area.verb`, the action_id or callback_id: `meeting.met`.
        ids: Numbers and short codes that say of what: `{"pair": 17}`.
    """

    name: str
    ids: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """The ids as Slack carries them."""
        encoded = json.dumps(dict(self.ids), separators=(",", ":"), sort_keys=True)
        if len(encoded) > VALUE_LIMIT:
            raise ValueError(f"an act's ids are ids, not {len(encoded)} letters")
        return encoded

    @classmethod
    def decode(cls, name: str, value: str | None) -> "Act":
        """Read an act back from a payload.

        Raises:
            NoLongerOpen: For a value that is not one of ours, or no longer.
        """
        try:
            ids = json.loads(value or "{}")
        except ValueError:
            raise NoLongerOpen(OUTDATED) from None
        if not isinstance(ids, dict) or not all(_is_id(each) for each in ids.values()):
            raise NoLongerOpen(OUTDATED)
        return cls(name, ids)

    def within(self, form: "Act") -> "Act":
        """The same act done inside a form, which carries ids of its own."""
        return Act(self.name, {**form.ids, **self.ids})

    def with_marks(self, marks: Mapping[str, str]) -> "Act":
        """The same act with the marks of what its form shows."""
        return Act(self.name, {**self.ids, SEEN: written(marks)})

    def number(self, key: str) -> int:
        """An id this act must carry.

        Raises:
            NoLongerOpen: Where it does not, or carries no number.
        """
        value = self.ids.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise NoLongerOpen(OUTDATED)
        return value

    def one_of(self, key: str, of: type[Code]) -> Code:
        """One of our own codes, which this act must carry.

        Raises:
            NoLongerOpen: Where it carries none of them.
        """
        value = self.ids.get(key)
        if value not in set(of):
            raise NoLongerOpen(OUTDATED)
        return of(str(value))

    def code(self, key: str) -> str:
        """A code this act must carry.

        Raises:
            NoLongerOpen: Where it does not.
        """
        value = self.ids.get(key)
        if not isinstance(value, str):
            raise NoLongerOpen(OUTDATED)
        return value


LARGEST_ID = 2**31 - 1
"""The largest number either database gives a row."""


def _is_id(value: object) -> bool:
    """A code, or a number that a row could have: no database takes any larger one even for a question."""
    return isinstance(value, str) or (isinstance(value, int) and abs(value) <= LARGEST_ID)


OUTDATED = "This is no longer open. Open the app's Home tab to see where things stand."
