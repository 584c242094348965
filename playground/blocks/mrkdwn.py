"""Slack's mrkdwn, taken apart once: what a person reads and what the page shows come from the same pieces.

Source: docs.slack.dev/messaging/formatting-message-text, read 2026-08.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias

Names: TypeAlias = Callable[[str], str] | Mapping[str, str]
"""What the id of a person, channel or user group is called: a function, or a mapping, else the id itself."""

Style: TypeAlias = Literal["bold", "italic", "strike", "code", "preformatted", "quote"]


@dataclass(frozen=True)
class Words:
    """Text as a person reads it: `&amp;` and its like are characters again."""

    text: str


@dataclass(frozen=True)
class Link:
    """An address and what stands for it."""

    url: str
    label: str


@dataclass(frozen=True)
class Mention:
    """A person, a channel, a user group or a broadcast, by its name with its sign: "@Priya", "#general"."""

    id: str
    shown: str


@dataclass(frozen=True)
class Styled:
    """Pieces in a style."""

    style: Style
    pieces: tuple[Piece, ...]


Piece: TypeAlias = Words | Link | Mention | Styled

_ATOM: Final = r"(?:<[^<>\n]*>|[^<\n])"
_SIGNS: Final[Mapping[Style, str]] = {"bold": r"\*", "italic": "_", "strike": "~"}
_VERBATIM: Final[tuple[Style, ...]] = ("preformatted", "code")
_BLOCKS: Final = r"```\n?(?P<preformatted>.+?)\n?```|(?P<quote>(?:^(?:>|&gt;) ?[^\n]*(?:\n|$))+)"
_INLINE: Final = r"`(?P<code>[^`\n]+)`|<(?P<entity>[^<>\n]+)>"
_QUOTE_SIGN: Final = re.compile(r"^(?:>|&gt;) ?", re.MULTILINE)


def unescape(text: str) -> str:
    """The three characters Slack asks to be escaped, as they were; no other entity is one in mrkdwn."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def called(names: Names, id_: str) -> str:
    """What someone or something is called; its id where nobody knows."""
    return names(id_) if callable(names) else names.get(id_, id_)


def pieces(text: str, names: Names) -> tuple[Piece, ...]:
    """The pieces of a mrkdwn text, in order."""
    return tuple(_pieces(text, names, frozenset()))


@cache
def _grammar(within: frozenset[Style]) -> re.Pattern[str]:
    """What may come next inside these styles. No style holds itself, so that nesting stays shallow."""
    styles = [
        rf"(?<![\w{sign}]){sign}(?P<{style}>(?=[^\s{sign}]){_ATOM}*?(?<=[^\s{sign}])){sign}(?![\w{sign}])"
        for style, sign in _SIGNS.items()
        if style not in within
    ]
    blocks = [] if within else [_BLOCKS]
    return re.compile("|".join([*blocks, _INLINE, *styles]), re.DOTALL | re.MULTILINE)


def _pieces(text: str, names: Names, within: frozenset[Style]) -> Iterator[Piece]:
    done = 0
    for match in _grammar(within).finditer(text):
        if match.start() > done:
            yield Words(unescape(text[done : match.start()]))
        yield _piece(match, names, within)
        done = match.end()
    if done < len(text):
        yield Words(unescape(text[done:]))


def _piece(match: re.Match[str], names: Names, within: frozenset[Style]) -> Piece:
    found = match.lastgroup
    inside = match[found or 0]
    for style in _VERBATIM:
        if found == style:
            return Styled(style, (Words(_entities_as_text(inside, names)),))
    for style in _SIGNS:
        if found == style:
            return Styled(style, tuple(_pieces(inside, names, within | {style})))
    if found == "quote":
        quoted = _QUOTE_SIGN.sub("", inside).rstrip("\n")
        return Styled("quote", tuple(_pieces(quoted, names, frozenset({"quote"}))))
    return _entity(inside, names)


def _entities_as_text(text: str, names: Names) -> str:
    """In code there are no styles, but an address or a mention is still read by its label."""
    found = re.sub(r"<([^<>\n]+)>", lambda match: _escape(_said(_entity(match[1], names))), text)
    return unescape(found)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _entity(inside: str, names: Names) -> Piece:
    """What stands between < and >: a mention, a date, a broadcast or a link."""
    target, _, label = (part.strip() for part in inside.partition("|"))
    label = unescape(label)
    if target.startswith("@"):
        return Mention(target[1:], f"@{_known(names, target[1:], label)}")
    if target.startswith("#"):
        return Mention(target[1:], f"#{label.removeprefix('#') or called(names, target[1:])}")
    if target.startswith("!subteam^"):
        id_ = target.removeprefix("!subteam^")
        return Mention(id_, f"@{_known(names, id_, label)}")
    if target.startswith("!date^"):
        return Words(label or target)
    if target.startswith("!"):
        return Mention("", label or f"@{target[1:]}")
    return Link(unescape(target), label or unescape(target).removeprefix("mailto:"))


def _known(names: Names, id_: str, label: str) -> str:
    name = called(names, id_)
    return label.removeprefix("@") if name == id_ and label else name


def _said(piece: Piece) -> str:
    if isinstance(piece, Words):
        return piece.text
    if isinstance(piece, Link):
        return piece.label
    if isinstance(piece, Mention):
        return piece.shown
    inner = "".join(_said(one) for one in piece.pieces)
    return f"{inner}\n" if piece.style == "quote" else inner


def mrkdwn_reading(text: str, names: Names) -> str:
    """What a person reads of a mrkdwn text: names for mentions, labels for links, no signs of style."""
    return "".join(_said(piece) for piece in pieces(text, names)).rstrip("\n")
