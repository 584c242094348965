"""What stands above a form that somebody else has changed since it was opened."""

from collections.abc import Sequence

from messages.blocks import Block, cut, divider, section
from messages.shared_forms import in_words
from messages.words import Reader, Words

LONGEST = 150
"""Letters shown of what a field holds now: enough to know it again."""


def changed_meanwhile(who: str, theirs: Sequence[Block], reader: Reader) -> list[Block]:
    """Say who changed it, and what stands in each field now.

    Args:
        who: Their first name; empty where it is not known, or was the reader.
        theirs: The fields as the other left them.
        reader: Whose entries stand below.
    """
    words = Words("forms/meanwhile", reader)
    lines = [
        words.mrkdwn("field", label=each["label"]["text"], value=cut(in_words(each), LONGEST))
        for each in theirs
    ]
    return [section("\n".join([words.mrkdwn("changed", name=who), *lines, words.mrkdwn("yours")])), divider()]
