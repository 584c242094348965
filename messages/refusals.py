"""What a rule refuses with, in its reader's language.

Rules raise whole English sentences (`mentoring.errors`). English readers get what the rule said; so does
everybody where the phrasebook `refusals.yaml` has nothing.
"""

from messages.phrasebook import phrasebook
from messages.reasons import reasons_in
from messages.words import FALLBACK, Reader


def in_language(sentence: str, reader: Reader) -> str:
    """A refusal as its reader reads it; some are the matcher's reasons."""
    if reader.language == FALLBACK:
        return sentence
    return phrasebook(reader.language, "refusals").find(sentence) or reasons_in(sentence, reader)
