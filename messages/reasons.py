"""Why the matcher put people together, or could not, in its reader's language.

The matcher explains in English, once, and a run keeps what it said. A text of its reasons is made of
sentences, a sentence of clauses between semicolons (`mentoring.matching.wording`), and each clause is found
in the phrasebook `reasons.yaml`. What is not found there, such as a coordinator's own words, stays as it is.
"""

import re

from messages.phrasebook import Phrasebook, phrasebook
from messages.words import FALLBACK, Reader

BETWEEN_SENTENCES = re.compile(r"(?<=\.) (?=\S)")
ABOUT = re.compile(r"(With )?([^:;.]+?)(?: and ([^:;.]+?))?: (?=[^ ])")
"""How a sentence about two of a group of three begins: `With Ann: `, `Ann and Ben: `."""
MOST_STOPS = 8
"""Parts that may belong to one sentence: names with more full stops than that stay in English. Trying every
number of them took two seconds for a page of a coordinator's own long words."""


def reasons_in(text: str, reader: Reader) -> str:
    """The matcher's reasons as their reader reads them."""
    if reader.language == FALLBACK:
        return text
    book, said = phrasebook(reader.language, "reasons"), []
    parts = BETWEEN_SENTENCES.split(text)
    while parts:
        # A full stop may stand within a sentence (an office in St. Louis): the next parts may belong to it.
        most = min(len(parts), MOST_STOPS)
        tried = ((count, _sentence(" ".join(parts[:count]), book)) for count in range(1, most + 1))
        count, found = next(((count, found) for count, found in tried if found), (1, parts[0]))
        said.append(found)
        del parts[:count]
    return " ".join(said)


def _sentence(sentence: str, book: Phrasebook) -> str | None:
    """The sentence, if every clause of it is known: half of one language and half of another is neither."""
    whole = sentence.removesuffix(".")
    about = ABOUT.match(whole)
    rest = _clauses(whole[about.end() :], book) if about else None
    # Whom it is about comes first where that is plain: what takes any name would take “Ann and Ben: Ann”.
    if about is None or rest is None or not (about[1] or about[3]):
        said = _clauses(whole, book)
        if said is not None:
            return f"{said}."
    if about is None or rest is None:
        return None
    people = f"{about[2]} {book.joins['and']} {about[3]}" if about[3] else about[2]
    return f"{book.word('With') + ' ' if about[1] else ''}{people}: {rest}."


def _clauses(text: str, book: Phrasebook) -> str | None:
    said = [_clause(each, book) for each in text.split("; ")]
    if None in said:
        return None
    joined = "; ".join(each for each in said if each)
    return f"{joined[:1].upper()}{joined[1:]}"


def _clause(clause: str, book: Phrasebook) -> str | None:
    # The first clause of a sentence begins with a capital; it may be a name's own.
    return book.find(clause) or book.find(f"{clause[:1].lower()}{clause[1:]}")
