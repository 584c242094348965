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
    look_for = typed.casefold()
    known = {term.casefold(): term for term in (*vocabulary(), *reversed(used))}
    begins = [term for plain, term in known.items() if plain.startswith(look_for)]
    contains = [term for plain, term in known.items() if look_for in plain and not plain.startswith(look_for)]
    found = [term_option(term) for term in [*begins, *contains]]
    if typed and look_for not in known:
        words = Words("forms/join", visit.reader)
        # One's own word comes second at most, or a long list would hide it.
        found.insert(1 if begins else 0, term_option(typed, words.plain("own_term", term=typed)))
    return Offer(found[:OPTIONS_LIMIT])


@cache
def vocabulary() -> tuple[str, ...]:
    """The shipped words for skills: the first of each ring stands for the others."""
    return tuple(sorted(ring[0] for ring in SYNONYMS))
