"""What a kind of letter is called, where a coordinator reads that one has not arrived."""

from messages.phrasebook import phrasebook
from messages.words import Reader


def kind_named(kind: str, reader: Reader) -> str:
    """`did_you_meet` as `did you meet`, or by its name in the reader's language."""
    return phrasebook(reader.language, "letters").words.get(kind) or kind.replace("_", " ")
