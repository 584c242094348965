"""Rich text: sections, lists, quotes, preformatted text and what stands inside them.

Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block, read 2026-08.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from playground.blocks.mrkdwn import Names, called
from playground.blocks.spec import (
    Check,
    array,
    boolean,
    integer,
    may,
    need,
    one_of,
    record,
    string,
    tagged,
    typed,
)
from playground.tables import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{3,8}")
_FLAGS: Final = ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink")
_STYLE: Final = {"style": may(record({flag: may(boolean) for flag in _FLAGS}))}

_PARTS: Final[Mapping[str, Check]] = {
    "text": typed({"text": need(string()), **_STYLE}),
    "link": typed({"url": need(string()), "text": may(string()), "unsafe": may(boolean), **_STYLE}),
    "emoji": typed(
        {
            "name": need(string()),
            "unicode": may(string()),
            "url": may(string()),
            "skin_tone": may(integer(1, 6)),
            **_STYLE,
        }
    ),
    "user": typed({"user_id": need(string()), **_STYLE}),
    "channel": typed({"channel_id": need(string()), **_STYLE}),
    "usergroup": typed({"usergroup_id": need(string()), **_STYLE}),
    "team": typed({"team_id": need(string()), **_STYLE}),
    "broadcast": typed({"range": need(one_of("here", "channel", "everyone")), **_STYLE}),
    "color": typed({"value": need(string(form=_COLOR, says="a color, written #RRGGBB")), **_STYLE}),
    "date": typed(
        {
            "timestamp": need(integer(0)),
            "format": need(string()),
            "url": may(string()),
            "fallback": may(string()),
            **_STYLE,
        }
    ),
}

_INLINE: Final = array(tagged(_PARTS, "rich text"), low=0)
_VERBATIM: Final = array(tagged({kind: _PARTS[kind] for kind in ("text", "link")}, "rich text"), low=0)
_SECTION: Final = typed({"elements": need(_INLINE)})
_BORDER: Final = {"border": may(integer(0, 1))}

_PIECES: Final[Mapping[str, Check]] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": typed({"elements": need(_INLINE), **_BORDER}),
    "rich_text_preformatted": typed(
        {"elements": need(_VERBATIM), "language": may(string()), **_BORDER},
    ),
    "rich_text_list": typed(
        {
            "elements": need(array(tagged({"rich_text_section": _SECTION}, "rich text"))),
            "style": need(one_of("bullet", "ordered")),
            "indent": may(integer(0, limits.RICH_TEXT_INDENT_MAX)),
            "offset": may(integer(0)),
            **_BORDER,
        }
    ),
}

RICH_TEXT: Final = typed(
    {
        "elements": need(array(tagged(_PIECES, "rich text"))),
        "block_id": may(string(limits.BLOCK_ID_MAX)),
    }
)
"""A rich_text block, also as a table's cell, an input's initial value or a task's details."""


_MENTIONS: Final = {
    "user": ("@", "user_id"),
    "channel": ("#", "channel_id"),
    "usergroup": ("@", "usergroup_id"),
    "team": ("@", "team_id"),
}


def rich_text_reading(block: Mapping[str, Any], names: Names) -> str:
    """What a person reads of a rich_text block, a line for each paragraph and list item."""
    return "\n".join(line for piece in block["elements"] for line in _lines(piece, names))


def _lines(piece: Mapping[str, Any], names: Names) -> list[str]:
    if piece["type"] != "rich_text_list":
        return ["".join(part_reading(part, names) for part in piece["elements"]).rstrip("\n")]
    indent = "  " * piece.get("indent", 0)
    first = piece.get("offset", 0) + 1
    marks = [
        f"{first + place}." if piece["style"] == "ordered" else "•" for place in range(len(piece["elements"]))
    ]
    items = ["".join(_lines(item, names)) for item in piece["elements"]]
    return [f"{indent}{mark} {item}" for mark, item in zip(marks, items, strict=True)]


def part_reading(part: Mapping[str, Any], names: Names) -> str:
    """What a person reads of one part of rich text."""
    kind = part["type"]
    if kind in _MENTIONS:
        sign, key = _MENTIONS[kind]
        return f"{sign}{called(names, part[key])}"
    if kind == "broadcast":
        return f"@{part['range']}"
    if kind == "emoji":
        return f":{part['name']}:"
    if kind == "date":
        return str(part.get("fallback") or part["format"])
    return str(part.get("text") or part.get("url") or part.get("value"))
