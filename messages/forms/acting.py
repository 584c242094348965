"""The forms behind what a coordinator does for a pair: short, with who will read what."""

from collections.abc import Sequence
from datetime import date, timedelta

from messages.actions import Act
from messages.blocks import (
    Block,
    context,
    date_picker,
    field,
    modal,
    option,
    radio,
    section,
    text_input,
)
from messages.words import Reader, Words

COMPLETED = "completed"
REASONS = ("quiet", "asked", "fit", "away", "other")
"""Why a coordinator ends a pairing."""
NOTE_LENGTH = 1000
"""Longer than this is a letter, not a word."""
MORE_TIME = timedelta(weeks=4)
"""What an extension suggests."""
BREAK = timedelta(weeks=2)
"""What a pause suggests."""


def message_form(pair_id: int, names: Sequence[str], called: Sequence[str], reader: Reader) -> Block:
    """Ask for the words to both; the beginning that stands there calls them by their first names."""
    words = Words("forms/acting", reader)
    suggested = words.plain("message_text", names=reader.listing(called))
    box = text_input("text", initial=suggested, multiline=True, max_length=NOTE_LENGTH)
    blocks = [
        field("text", words.plain("message_label"), box),
        context(words.mrkdwn("message_who", names=reader.listing(names))),
    ]
    return _form(words, "care.message_submit", {"pair": pair_id}, "message", blocks)


def hold_form(pair_id: int, names: Sequence[str], today: date, reader: Reader) -> Block:
    """Ask until when a pair pauses."""
    words = Words("forms/acting", reader)
    blocks = [
        section(words.mrkdwn("hold_intro", names=reader.listing(names))),
        field("until", words.plain("hold_label"), date_picker("until", initial=(today + BREAK).isoformat())),
    ]
    return _form(words, "care.pause_submit", {"pair": pair_id}, "hold", blocks)


def end_form(pair_id: int, names: Sequence[str], reader: Reader, *, rematch: bool, over: bool) -> Block:
    """Say what an end means, and ask why; the code goes into the log alone.

    Whose time is `over` have completed it: there is no why, and nobody is told.
    """
    words = Words("forms/acting", reader)
    if over:
        blocks = [section(words.mrkdwn("end_over", names=reader.listing(names)))]
        return _form(words, "care.end_submit", {"pair": pair_id, "then": "end"}, "end", blocks)
    part = "rematch" if rematch else "end"
    reasons = REASONS if rematch else (COMPLETED, *REASONS)
    options = [option(words.plain(f"why_{each}"), each) for each in reasons]
    blocks = [
        section(words.mrkdwn(f"{part}_intro", names=reader.listing(names))),
        field("why", words.plain("why"), radio("why", options)),
        context(words.mrkdwn("why_who")),
    ]
    return _form(words, "care.end_submit", {"pair": pair_id, "then": part}, part, blocks)


def extend_form(
    pair_id: int, names: Sequence[str], ends_on: date, reader: Reader, wanted: date | None = None
) -> Block:
    """Ask for the new last day; the one that was typed already stands there."""
    words = Words("forms/acting", reader)
    later = (wanted or ends_on + MORE_TIME).isoformat()
    blocks = [
        section(words.mrkdwn("extend_intro", names=reader.listing(names), ends_on=ends_on)),
        field("ends_on", words.plain("extend_label"), date_picker("ends_on", initial=later)),
    ]
    return _form(words, "care.extend_submit", {"pair": pair_id}, "extend", blocks)


def _form(words: Words, name: str, ids: dict[str, int | str], part: str, blocks: list[Block]) -> Block:
    return modal(
        Act(name, ids),
        words.plain(f"{part}_title"),
        blocks,
        submit=words.plain(f"{part}_submit"),
        close=words.plain("close"),
    )
