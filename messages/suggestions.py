"""What a program suggests for an agreement, in its reader's language.

A suggestion that nobody has changed is kept in English and read by each in their own language, so that a pair
of two languages agrees on one thing. Words that somebody wrote are never touched.
"""

from messages.phrasebook import phrasebook
from messages.words import Reader

BOOK = "suggestions"


def suggestion_in(text: str, reader: Reader) -> str:
    """A term as its reader reads it."""
    return phrasebook(reader.language, BOOK).sentences.get(text, text)


def suggestion_of(text: str, reader: Reader) -> str:
    """The term to keep for what came back from a form in the reader's language."""
    said = phrasebook(reader.language, BOOK).sentences
    return next((kept for kept, shown in said.items() if shown == text), text)
