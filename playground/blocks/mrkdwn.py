"""Slack's mrkdwn, taken apart once: what a person reads and what the page shows come from the same pieces.

Source: docs.slack.dev/messaging/formatting-message-text, read 2026-08.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
_PIECES: Final = re.compile(
    r"```\n?(?P<preformatted>.+?)\n?```"
    r"|(?P<quote>(?:^(?:>|&gt;) ?[^\n]*(?:\n|$))+)"
    r"|`(?P<code>[^`\n]+)`"
    r"|<(?P<entity>[^<>\n]+)>"
    rf"|(?<![\w*])\*(?P<bold>(?=[^\s*]){_ATOM}*?(?<=[^\s*]))\*(?![\w*])"
    rf"|(?<![\w_])_(?P<italic>(?=[^\s_]){_ATOM}*?(?<=[^\s_]))_(?![\w_])"
    rf"|(?<![\w~])~(?P<strike>(?=[^\s~]){_ATOM}*?(?<=[^\s~]))~(?![\w~])",
    re.DOTALL | re.MULTILINE,
)
_QUOTE_SIGN: Final = re.compile(r"^(?:>|&gt;) ?", re.MULTILINE)
_STYLES: Final[tuple[Style, ...]] = ("bold", "italic", "strike")


def unescape(text: str) -> str:
    """The three characters Slack asks to be escaped, as they were; no other entity is one in mrkdwn."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def called(names: Names, id_: str) -> str:
    """What someone or something is called; its id where nobody knows."""
    return names(id_) if callable(names) else names.get(id_, id_)


def pieces(text: str, names: Names) -> tuple[Piece, ...]:
    """The pieces of a mrkdwn text, in order."""
    return tuple(_pieces(text, names))


def _pieces(text: str, names: Names) -> Iterator[Piece]:
    done = 0
    for match in _PIECES.finditer(text):
        if match.start() > done:
            yield Words(unescape(text[done : match.start()]))
        yield _piece(match, names)
        done = match.end()
    if done < len(text):
        yield Words(unescape(text[done:]))


def _piece(match: re.Match[str], names: Names) -> Piece:
    for style in _STYLES:
        if match[style] is not None:
            return Styled(style, pieces(match[style], names))
    if match["preformatted"] is not None:
        return Styled("preformatted", (Words(_entities_as_text(match["preformatted"], names)),))
    if match["code"] is not None:
        return Styled("code", (Words(_entities_as_text(match["code"], names)),))
    if match["quote"] is not None:
        return Styled("quote", pieces(_QUOTE_SIGN.sub("", match["quote"]).rstrip("\n"), names))
    return _entity(match["entity"], names)


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
