"""The form to take a break."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from messages.actions import Act
from messages.blocks import Block, date_picker, field, modal, option, static_select
from messages.words import Reader, Words

EVERYTHING = "everything"
TWO_WEEKS = timedelta(days=14)


def pause_form(reader: Reader, today: date, pairs: Mapping[int, Sequence[str]], pair_id: int = 0) -> Block:
    """Build the form: a pause always has an end.

    `pairs` are the reader's: our number of each, and the others' first names; `pair_id` is the one the form
    was opened from, if any.
    """
    words = Words("forms/pause", reader)
    until = date_picker("until", initial=(today + TWO_WEEKS).isoformat())
    blocks = [field("until", words.plain("until"), until, hint=words.plain("until_hint"))]
    if pairs:
        choices = [option(words.plain("everything"), EVERYTHING)]
        choices += [
            option(words.plain("one_pair", others=reader.listing(names)), str(number))
            for number, names in pairs.items()
        ]
        chosen = str(pair_id) if pair_id in pairs else EVERYTHING
        blocks.append(field("what", words.plain("what"), static_select("what", choices, initial=chosen)))
    return modal(
        Act("pause.submit"),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )
