"""Turning the pages of a list that a view cannot hold at once."""

from messages.actions import Act
from messages.blocks import Block, actions, button, context
from messages.words import Reader, Words


def page_of(page: int, items: int, per_page: int) -> int:
    """The page nearest to the one asked for that there is; pages count from 0."""
    return max(0, min(page, (items - 1) // per_page))


def paging(reader: Reader, earlier: str, later: str, page: int, items: int, per_page: int) -> list[Block]:
    """Say where one is, with buttons to the pages before and after; nothing where one page holds all.

    The acts of the two buttons differ, since a view may not have one action twice; pages count from 0.
    """
    if items <= per_page:
        return []
    words = Words("forms/paging", reader)
    first, last = page * per_page + 1, min(items, (page + 1) * per_page)
    buttons = []
    if page > 0:
        buttons.append(button(words.plain("earlier"), Act(earlier, {"page": page - 1})))
    if last < items:
        buttons.append(button(words.plain("later"), Act(later, {"page": page + 1})))
    return [context(words.mrkdwn("page", first=first, last=last, total=items)), actions(buttons)]
