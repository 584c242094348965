"""The Web API methods the local workspace answers: verb, scopes, rate tier, required arguments.

Source: docs.slack.dev/reference/methods, read 2026-08. Scopes are those a bot token needs, any one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind: TypeAlias = Literal["channel", "private", "im", "mpim"]
"""What a conversation is: public channel, private channel, direct message, group direct message."""

Token: TypeAlias = Literal["bot", "app", "any", "none"]
"""Whose token a method takes: the bot's (xoxb), the app's (xapp), either, or none at all."""

KINDS: Final[tuple[Kind, ...]] = ("channel", "private", "im", "mpim")

FAMILY: Final[Mapping[Kind, str]] = MappingProxyType(
    {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
)
"""The scope family of each kind: a private channel is still a "group" in scope names."""

CALLS_A_MINUTE: Final[Mapping[str, int]] = MappingProxyType({"t1": 1, "t2": 20, "t3": 50, "t4": 100})
"""What each tier allows a minute, per method, app and workspace; "t5" is special, see the rule's sentence.

Source: docs.slack.dev/apis/web-api/rate-limits, read 2026-08."""


@dataclass(frozen=True)
class MethodRule:
    """One Web API method.

    Attributes:
        verb: The documented HTTP verb; Slack answers both GET and POST.
        scopes: Scopes of a bot token, any one of which is enough; empty where none is asked for.
        tier: "t1" to "t4" (see CALLS_A_MINUTE), or "t5" for a special limit.
        required: Arguments without which the call is refused.
        special: A sentence on the special limit or on what else is particular about the call.
        token: Whose token it takes.
        one_of: At least one of these arguments must be there.
        by_kind: For conversations, which of the scopes serve which kind.
    """

    verb: Literal["GET", "POST"]
    scopes: tuple[str, ...]
    tier: str
    required: tuple[str, ...] = ()
    special: str = ""
    token: Token = "bot"  # noqa: S105 - a kind of token, not one
    one_of: tuple[str, ...] = ()
    by_kind: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)


def _of_family(right: str) -> dict[Kind, tuple[str, ...]]:
    return {kind: (f"{family}:{right}",) for kind, family in FAMILY.items()}


def _conversation(
    verb: Literal["GET", "POST"],
    tier: str,
    by_kind: Mapping[Kind, tuple[str, ...]],
    required: tuple[str, ...] = (),
    one_of: tuple[str, ...] = (),
    special: str = "",
) -> MethodRule:
    scopes = tuple(dict.fromkeys(scope for some in by_kind.values() for scope in some))
    return MethodRule(verb, scopes, tier, required, special, one_of=one_of, by_kind=by_kind)


_MAY_WRITE: Final[Mapping[Kind, tuple[str, ...]]] = {
    "channel": ("channels:manage",),
    "private": ("groups:write",),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}
_MAY_CREATE: Final[Mapping[Kind, tuple[str, ...]]] = {
    **_MAY_WRITE,
    "channel": ("channels:manage", "channels:write"),
}
_MAY_INVITE: Final[Mapping[Kind, tuple[str, ...]]] = {
    **_MAY_WRITE,
    "channel": ("channels:manage", "channels:write.invites"),
    "private": ("groups:write", "groups:write.invites"),
}

METHODS: Final[Mapping[str, MethodRule]] = MappingProxyType(
    {
        "api.test": MethodRule("POST", (), "t4", token="none"),  # noqa: S106 - a kind of token, not one
        "apps.connections.open": MethodRule(
            "POST",
            (),
            "t3",
            special="Takes an app-level token with connections:write.",
            token="app",  # noqa: S106 - a kind of token, not one
        ),
        "auth.revoke": MethodRule("GET", (), "t3"),
        "auth.teams.list": MethodRule("POST", (), "t2"),
        "auth.test": MethodRule(
            "POST",
            (),
            "t5",
            special="Hundreds of calls a minute are fine.",
            token="any",  # noqa: S106 - a kind of token, not one
        ),
        "chat.delete": MethodRule("POST", ("chat:write",), "t3", ("channel", "ts")),
        "chat.getPermalink": MethodRule(
            "GET", (), "t5", ("channel", "message_ts"), "Hundreds of calls a minute are fine."
        ),
        "chat.postEphemeral": MethodRule("POST", ("chat:write",), "t4", ("channel", "user")),
        "chat.postMessage": MethodRule(
            "POST", ("chat:write",), "t5", ("channel",), "About one message a second a channel, short bursts."
        ),
        "chat.update": MethodRule("POST", ("chat:write",), "t3", ("channel", "ts")),
        "conversations.create": _conversation(
            "POST", "t2", _MAY_CREATE, ("name",), special="is_private decides between channel and private."
        ),
        "conversations.history": _conversation("GET", "t3", _of_family("history"), ("channel",)),
        "conversations.info": _conversation("GET", "t3", _of_family("read"), ("channel",)),
        "conversations.invite": _conversation("POST", "t3", _MAY_INVITE, ("channel", "users")),
        "conversations.join": _conversation("POST", "t3", {"channel": ("channels:join",)}, ("channel",)),
        "conversations.list": _conversation(
            "GET", "t2", _of_family("read"), special="Each of the kinds in `types` needs its own scope."
        ),
        "conversations.members": _conversation("GET", "t4", _of_family("read"), ("channel",)),
        "conversations.open": _conversation("POST", "t3", _MAY_WRITE, one_of=("channel", "users")),
        "dnd.info": MethodRule("GET", ("dnd:read",), "t3"),
        "files.completeUploadExternal": MethodRule("POST", ("files:write",), "t4", ("files",)),
        "files.getUploadURLExternal": MethodRule("POST", ("files:write",), "t4", ("filename", "length")),
        "files.info": MethodRule("GET", ("files:read",), "t4", ("file",)),
        "oauth.v2.access": MethodRule(
            "POST",
            (),
            "t5",
            special="Takes client_id and client_secret instead of a token; 600 calls a minute.",
            token="none",  # noqa: S106 - a kind of token, not one
        ),
        "team.info": MethodRule("GET", ("team:read",), "t3"),
        "usergroups.list": MethodRule("GET", ("usergroups:read",), "t2"),
        "usergroups.users.list": MethodRule("GET", ("usergroups:read",), "t2", ("usergroup",)),
        "users.conversations": _conversation(
            "GET", "t3", _of_family("read"), special="Each of the kinds in `types` needs its own scope."
        ),
        "users.info": MethodRule("GET", ("users:read",), "t4", ("user",), "Email needs users:read.email."),
        "users.list": MethodRule("GET", ("users:read",), "t2", (), "Email needs users:read.email."),
        "users.lookupByEmail": MethodRule("GET", ("users:read.email",), "t3", ("email",)),
        "views.open": MethodRule("POST", (), "t4", ("view",), one_of=("trigger_id", "interactivity_pointer")),
        "views.publish": MethodRule("POST", (), "t4", ("user_id", "view")),
        "views.push": MethodRule("POST", (), "t4", ("view",), one_of=("trigger_id", "interactivity_pointer")),
        "views.update": MethodRule("POST", (), "t4", ("view",), one_of=("view_id", "external_id")),
    }
)


def scope_for(method: str, kind: Kind | None = None) -> tuple[str, ...]:
    """The scopes of a bot token, any one of which allows the call; empty where none is needed.

    Args:
        method: A name in METHODS.
        kind: The kind of the conversation the call is about; None takes the scopes of all kinds together.

    Raises:
        KeyError: The method is not in METHODS, or it does not exist for that kind of conversation.
    """
    rule = METHODS[method]
    if kind is None or not rule.by_kind:
        return rule.scopes
    return rule.by_kind[kind]
