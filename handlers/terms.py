"""Typing ahead: the program's vocabulary, the words others used, and one's own."""

from functools import cache

from handlers.visit import Visit
from mentoring.enrollment import MAX_TERM_LENGTH, clean_term
from mentoring.matching.vocabulary import SYNONYMS
from messages.answers import Answer, Offer
from messages.blocks import OPTIONS_LIMIT
from messages.forms.join import term_option
from messages.words import Words
from storage.programs import program, terms_of_program


def suggest(visit: Visit) -> Answer:
    """Offer skills for what was typed: first what begins so, then what contains it, and one's own."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        used = terms_of_program(session, about.id)
    typed = clean_term(visit.text)[:MAX_TERM_LENGTH]
    known = dict.fromkeys([*used, *vocabulary()])
    begins = [term for term in known if term.startswith(typed)]
    contains = [term for term in known if typed in term and not term.startswith(typed)]
    found = [term_option(term) for term in [*begins, *contains]]
    if typed and typed not in known:
        words = Words("forms/join", visit.reader)
        # One's own word comes first where little matches, or a long list would hide it.
        found.insert(0 if not begins else 1, term_option(typed, words.plain("own_term", term=typed)))
    return Offer(found[:OPTIONS_LIMIT])


@cache
def vocabulary() -> tuple[str, ...]:
    """The shipped words for skills: the first of each ring stands for the others."""
    return tuple(sorted(ring[0] for ring in SYNONYMS))
