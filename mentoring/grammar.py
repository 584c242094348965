"""How a typed line is read: which command, with which words, in whatever order and case.

People type on phones. `pause until friday`, `Until Friday PAUSE` and `@Priya pair` all mean one thing, and a
mistyped word leads to the nearest command rather than to a wall of help.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

NEAR = 0.6
"""How alike two words are, from 0 to 1, for the one to be taken for a slip of the other (difflib's ratio)."""
NEARER = 0.75
"""The same for a word that is not the first: it may as well be a name, and Priya did not mean privacy."""

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
"""How Slack writes a person in a command's text when the command escapes users."""
NOISE = str.maketrans("", "", "/.,;:!?“”\"'")
"""Marks people put around a word they mean as a command."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it was understood.

    Args:
        command: The command it names, by its own name; empty where it names none.
        rest: Everything else, in the order and case in which it was typed.
        nearest: Where no command was named, the one that was probably meant.
        word: Where no command was named, the word that was taken for one.
    """

    command: str
    rest: str
    nearest: str = ""
    word: str = ""


def read_line(text: str, names: Mapping[str, str]) -> Typed:
    """Find the command in a line.

    The first word is preferred; if it is no command, any later word may be: `until friday pause`.

    Args:
        text: What was typed after `/mentoring`.
        names: Every word that means a command, in lower case, with the command's own name.
    """
    words = text.split()
    bare = [word.lower().translate(NOISE) for word in words]
    for place, word in enumerate(bare):
        if word in names:
            return Typed(names[word], _without(words, place))
    near = [
        (place, found)
        for place, word in enumerate(bare)
        if (found := nearest(word, names, NEARER if place else NEAR))
    ]
    if not near:
        return Typed("", text.strip(), word=words[0] if words else "")
    place, found = max(near, key=lambda each: (_alike(bare[each[0]], each[1]), -each[0]))
    return Typed("", _without(words, place), names[found], words[place])


def nearest(word: str, names: Collection[str], cutoff: float = NEAR) -> str:
    """The name that a word was probably meant to be; empty where none is near."""
    # Two letters that changed places are the commonest slip on a phone, and difflib counts it as two.
    swapped = next((name for name in names if sorted(name) == sorted(word)), "")
    # The ratio depends on which word comes first: “health” is near “rematch” one way, and far the other.
    close = (each for each in get_close_matches(word, names, cutoff=cutoff) if _alike(word, each) >= cutoff)
    return swapped or next(close, "")


def mentioned(text: str) -> list[str]:
    """The Slack ids of everybody mentioned, each once, in the order of the line."""
    return list(dict.fromkeys(MENTION.findall(text)))


def without_mentions(text: str) -> str:
    """The line's own words, with the people taken out."""
    return " ".join(MENTION.sub(" ", text).split())


def _alike(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other).ratio()


def _without(words: list[str], place: int) -> str:
    return " ".join([*words[:place], *words[place + 1 :]])
