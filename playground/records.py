"""The facts of the workspace as plain records: people, conversations, messages, views, files, calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from playground.blocks import controls, reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from playground.blocks import Control
    from playground.tables.methods import Kind

Json: TypeAlias = dict[str, Any]
"""A JSON object as Slack sends or receives it."""


@dataclass
class Member:
    """A person or bot of the workspace, with Slack's own flags; `tz` is an IANA zone name."""

    id: str
    name: str
    handle: str
    email: str
    tz: str
    locale: str
    updated: int
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    snoozed_until: int = 0


@dataclass
class Channel:
    """A conversation of any kind: public or private channel, direct message, group direct message."""

    id: str
    name: str
    kind: Kind
    members: list[str]
    creator: str
    created: int


@dataclass(frozen=True)
class Message:
    """A message as it stands now in a conversation.

    Attributes:
        ts: Slack's id of it within its channel, also its time in seconds since 1970.
        user: Who wrote it (the bot's user id for the app's messages).
        metadata: What the app attached, `{"event_type", "event_payload"}`.
        ephemeral_for: The only person who sees it, or nobody in particular.
        posted_at: When it was posted, by the workspace's clock.
        names: What people and channels are called, to read mentions by.
    """

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json]
    posted_at: datetime
    metadata: Json | None = None
    ephemeral_for: str | None = None
    deleted: bool = False
    edited: bool = False
    thread_ts: str | None = None
    files: tuple[Json, ...] = ()
    client_msg_id: str | None = None
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def reading(self) -> str:
        """The message as a person reads it: entities unescaped, mentions by name."""
        body = self.blocks or [{"type": "section", "text": {"type": "mrkdwn", "text": self.text}}]
        said = reading(body, names=self.names) if self.blocks or self.text else ""
        attached = [f"[{file['title']}]" for file in self.files]
        # A file shared with a comment has both its words and its name on the screen.
        return "\n".join([said, *attached] if said else attached)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """What can be pressed or chosen on it; everybody who gets a message looks for that."""
        return tuple(controls(self.blocks))

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons on it."""
        return [control.label for control in self.controls if control.kind == "button"]


@dataclass(frozen=True)
class View:
    """A modal or a Home tab as it stands now for the person who sees it.

    Attributes:
        hash: Changes with every change by the app.
        title: A modal's title; empty for a Home tab.
        state: What is filled in, as Slack reports it: block id, action id, value.
        errors: What the app (or the client) said is wrong, by block id.
        source: The whole view as the app sent it.
        root_id: The view at the bottom of its stack.
        previous_id: The view below it.
    """

    id: str
    hash: str
    type: str
    callback_id: str
    title: str
    blocks: list[Json]
    private_metadata: str
    source: Json
    user: str
    root_id: str
    external_id: str = ""
    previous_id: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def reading(self) -> str:
        """The view as a person reads it: title, blocks, and any errors."""
        parts = [self.title, reading(self.blocks, names=self.names), *self.errors.values()]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons on it, the submit button last."""
        labels = [control.label for control in controls(self.blocks) if control.kind == "button"]
        submit = self.source.get("submit")
        return [*labels, submit["text"]] if submit else labels


@dataclass
class File:
    """A file on its way into the workspace or shared in it."""

    id: str
    name: str
    title: str
    length: int
    made: int
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)
    is_complete: bool = False
    alt_text: str = ""


@dataclass(frozen=True)
class UserGroup:
    """A group of people with a handle of its own."""

    id: str
    handle: str
    name: str
    members: tuple[str, ...]


@dataclass
class Trigger:
    """The right to open one view, for a few real seconds; `born` counts monotonic seconds."""

    user: str
    born: float
    from_view: str | None = None
    is_used: bool = False


@dataclass
class Hook:
    """A response address: what it belongs to, and how often it was used."""

    user: str
    channel: str
    born: datetime
    message_ts: str | None = None
    uses: int = 0


@dataclass(frozen=True)
class ApiCall:
    """One thing the app asked of the workspace, and the answer it got.

    Attributes:
        n: Its place in the order of all calls, from 1.
        at: When, by the workspace's clock.
        method: The Web API method, or "response_url", "upload", or "ack" for an answer in an acknowledgement.
        injected: Whether the trouble was asked for with `faults`.
    """

    n: int
    at: datetime
    method: str
    arguments: Json
    ok: bool
    error: str | None
    injected: bool
    response: Json
