"""What is wrong with a file that somebody typed or dropped, in its reader's language."""

from messages.phrasebook import phrasebook
from messages.words import Reader

BOOK = "faults"


def fault_in(sentence: str, reader: Reader) -> str:
    """A fault as its reader reads it; as it stands where the phrasebook does not have it."""
    return phrasebook(reader.language, BOOK).clause(sentence)


def placed_fault_in(fault: str, reader: Reader) -> str:
    """A fault after its place in the file, `3 role: Write mentor or mentee.`; the place stays."""
    place, between, sentence = fault.partition(": ")
    return f"{place}{between}{fault_in(sentence, reader)}"
