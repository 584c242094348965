"""Long answers in pages, with a cursor to go on by."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final, TypeVar

from playground.strict import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.records import Json
    from playground.strict import Call

T = TypeVar("T")

LIMIT_MAX: Final = 1_000
"""The most items on one page (source: docs.slack.dev/apis/web-api/pagination, read 2026-08)."""


def page(call: Call, items: Sequence[T], *, default: int) -> tuple[Sequence[T], Json]:
    """The page asked for by `limit` and `cursor`, and the part of the answer that names the next one.

    Raises:
        Refusal: `invalid_limit` or `invalid_cursor`.
    """
    limit = call.number("limit", default=default, error="invalid_limit") or default
    if limit > LIMIT_MAX:
        raise Refusal("invalid_limit")
    start = _opened(call.text("cursor"))
    following = start + limit
    cursor = _sealed(following) if following < len(items) else ""
    return items[start:following], {"response_metadata": {"next_cursor": cursor}}


def _sealed(place: int) -> str:
    return base64.b64encode(f"next:{place}".encode()).decode()


def _opened(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        name, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refusal("invalid_cursor") from None
    if name != "next" or not place.isdigit():
        raise Refusal("invalid_cursor")
    return int(place)
