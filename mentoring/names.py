"""Names as people look for them: no accents, no case. Óscar stands under O, and “oscar” finds him."""

import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "’": "'"}
)
"""Letters that Unicode does not take apart, as they are typed on a keyboard without them; and the curled
apostrophe that phones put in O’Neill."""


def plain_name(name: str) -> str:
    """A name, or a part of one, in the form in which names are compared and put in order."""
    if name.isascii():
        return " ".join(name.casefold().split())
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())
