"""What Slack refuses before it looks any closer: tokens, scopes, arguments, broken blocks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from playground.blocks import Problem, check_message, check_view
from playground.tables.limits import MESSAGE_BLOCKS_MAX
from playground.tables.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Collection

    from playground.records import Channel, Json, Member, Message
    from playground.tables.methods import Kind
    from playground.world import World

STRUCTURED: Final = frozenset({"blocks", "attachments", "metadata", "view", "files"})
"""Arguments that hold JSON, also when the rest of the call is a form."""

MALFORMED: Final = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
"""What Slack calls an argument that should be JSON and is not; elsewhere it is invalid_arguments."""


class Refusal(Exception):
    """The workspace says no, in Slack's words.

    Args:
        error: Slack's error code.
        extra: Further keys of the answer.
    """

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **extra}


def invalid_arguments(*messages: str) -> Refusal:
    """A refusal that says what is wrong with the arguments."""
    return Refusal(
        "invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}" for message in messages]}
    )


@dataclass(frozen=True)
class Call:
    """One call of a Web API method, with its arguments as the app sent them."""

    world: World
    method: str
    arguments: Json

    def text(self, name: str) -> str:
        """An argument as text; empty where it was not given."""
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """An argument as yes or no."""
        return self.arguments.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, *, default: int, error: str = "invalid_arguments") -> int:
        """An argument as a whole number.

        Raises:
            Refusal: It is none.
        """
        value = self.text(name)
        if not value:
            return default
        if not value.isdigit():
            raise Refusal(error)
        return int(value)

    def listed(self, name: str) -> list[str]:
        """An argument as a list: a JSON list or comma-separated text."""
        value = self.arguments.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def structure(self, name: str) -> Any:
        """An argument that holds JSON, parsed; None where it was not given.

        Raises:
            Refusal: It does not parse.
        """
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refusal(MALFORMED.get(name, "invalid_arguments")) from None

    def member(self, name: str, error: str = "user_not_found") -> Member:
        """The person an argument names.

        Raises:
            Refusal: There is no such person.
        """
        found = self.world.members.get(self.text(name))
        if found is None:
            raise Refusal(error)
        return found

    def channel(self, name: str = "channel") -> Channel:
        """The conversation an argument names, as far as the app can see it.

        Raises:
            Refusal: There is none, or it is private and the app is not in it.
        """
        found = self.world.channels.get(self.text(name))
        if found is None or (found.kind != "channel" and self.world.me.bot_user_id not in found.members):
            raise Refusal("channel_not_found")
        return found

    def message(self, channel: Channel, name: str) -> Message:
        """The message of a conversation an argument names.

        Raises:
            Refusal: There is none that everybody could see.
        """
        found = self.world.messages[channel.id].get(self.text(name))
        if found is None or found.deleted or found.ephemeral_for:
            raise Refusal("message_not_found")
        return found

    def allow(self, kind: Kind) -> None:
        """Makes sure of the scope this method needs for this kind of conversation.

        Raises:
            Refusal: The scope was not granted.
        """
        demand_scopes(self.world, METHODS[self.method].by_kind.get(kind, ()))


def demand_token(world: World, method: str, token: str | None) -> None:
    """Checks that the call carries a token of the kind the method takes.

    Raises:
        Refusal: It carries none, an unknown one, a revoked one or one of the wrong kind.
    """
    wanted = METHODS[method].token
    if wanted == "none":
        return
    if not token:
        raise Refusal("not_authed")
    if token != world.me.app_token and token not in world.bot_tokens:
        raise Refusal("invalid_auth")
    if not world.is_installed:
        raise Refusal("account_inactive")
    expires_at = world.bot_tokens.get(token)
    if expires_at is not None and world.clock.now() >= expires_at:
        raise Refusal("token_expired")
    kind = "app" if token == world.me.app_token else "bot"
    if wanted not in {"any", kind}:
        raise Refusal("not_allowed_token_type")


def demand_scopes(world: World, scopes: tuple[str, ...]) -> None:
    """Checks that any one of the scopes was granted.

    Raises:
        Refusal: None was; it says which are needed and which there are.
    """
    if not world.manifest.may(scopes):
        raise Refusal("missing_scope", needed=",".join(scopes), provided=",".join(world.manifest.bot_scopes))


def demand_arguments(method: str, arguments: Json) -> None:
    """Checks that the arguments a method cannot do without are there.

    Raises:
        Refusal: Some are not.
    """
    rule = METHODS[method]
    missing = [name for name in rule.required if arguments.get(name) in (None, "")]
    if missing:
        raise invalid_arguments(*(f"missing required field: {name}" for name in missing))
    if rule.one_of and not any(arguments.get(name) not in (None, "") for name in rule.one_of):
        raise invalid_arguments(f"one of these fields is required: {', '.join(rule.one_of)}")


def _unknown(blocks: Any, lacks: Collection[str]) -> list[Problem]:
    if not isinstance(blocks, list):
        return []
    kinds = [each.get("type") if isinstance(each, dict) else None for each in blocks]
    return [
        Problem(f"blocks[{place}].type", f"“{kind}” is not a block of this workspace")
        for place, kind in enumerate(kinds)
        if kind in lacks
    ]


def checked_blocks(blocks: Any, text: str | None, lacks: Collection[str] = ()) -> list[Json]:
    """Blocks of a message that Slack takes; `lacks` names kinds this workspace does not have (yet).

    Raises:
        Refusal: `invalid_blocks` with the path of each fault, or `msg_blocks_too_long`.
    """
    if not blocks:
        return []
    problems = [*check_message(blocks, text=text), *_unknown(blocks, lacks)]
    if problems:
        said = [_sentence(problem, "") for problem in problems]
        # The only fault of the message as a whole is its size: every other one stands somewhere in it.
        is_size = (
            isinstance(blocks, list)
            and len(blocks) <= MESSAGE_BLOCKS_MAX
            and all(problem.path == "blocks" for problem in problems)
        )
        raise Refusal(
            "msg_blocks_too_long" if is_size else "invalid_blocks",
            errors=said,
            response_metadata={"messages": [f"[ERROR] {sentence}" for sentence in said]},
        )
    return list(blocks)


def checked_view(view: Any) -> Json:
    """A view that Slack takes.

    Raises:
        Refusal: `invalid_arguments` with the path of each fault.
    """
    if not isinstance(view, dict):
        raise invalid_arguments("must provide an object [json-pointer:/view]")
    problems = check_view(view)
    if problems:
        raise invalid_arguments(*(_sentence(problem, "/view") for problem in problems))
    return view


def _sentence(problem: Problem, root: str) -> str:
    pointer = "".join(f"/{step}" for step in re.findall(r"[^.\[\]]+", problem.path))
    return f"{problem.sentence} [json-pointer:{root}{pointer}]"
