"""Which listener a payload is for, by its type, before Bolt asks each of them.

Bolt works out forty arguments for every listener that it asks whether a payload is theirs. An opening of the
Home tab is the sixth kind we listen to, and asking was a quarter of what its answer computes.
"""

from collections.abc import Sequence
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener_matcher import ListenerMatcher


class OfType(ListenerMatcher):
    """Lets payloads of one type pass, for Bolt's own matcher to look at.

    Args:
        name: The type, as `type_of` says it.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def matches(self, req: BoltRequest, resp: BoltResponse) -> bool:  # noqa: ARG002 - Bolt's signature
        """Whether it is of this type, or of none that can be told: then Bolt says what is wrong with it."""
        found = type_of(req.body)
        return found is None or found == self._name


def type_of(body: Any) -> str | None:
    """What Slack calls a payload, an event by its own name; None where that cannot be told.

    A command has no type (docs.slack.dev, slash commands).
    """
    if not isinstance(body, dict):
        return None
    found = "command" if "command" in body else body.get("type")
    if found == "event_callback":
        event = body.get("event")
        found = event.get("type") if isinstance(event, dict) else None
    return found if isinstance(found, str) else None


def ask_by_type(app: App, types: Sequence[str]) -> None:
    """Let each of an app's listeners be asked about payloads of its type alone.

    Args:
        app: With a listener for each type.
        types: The listeners' types, in their order.
    """
    for listener, name in zip(app._listeners, types, strict=True):  # noqa: SLF001 - Bolt shows them to nobody
        listener.matchers = [OfType(name), *listener.matchers]
