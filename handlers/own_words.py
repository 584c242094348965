"""`/mentoring words`: greeting, sign-off and the sponsor's words, and a letter as it reads with them."""

from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.enrollment import Profile
from mentoring.kinds import Role
from mentoring.own_words import OwnWords, with_own_words
from messages.answers import Answer, Show
from messages.forms.own_words import words_form, words_preview
from messages.letters.context import Circumstances
from storage.outbox import audit
from storage.programs import program, save_program

SAMPLE = Profile(roles=frozenset({Role.MENTEE}))
"""Whoever joined, in the letter that is shown."""


def command(visit: Visit) -> Answer:
    """`/mentoring words`: of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "words.open")
        return Show(words_form(found, visit.reader))


def open_form(visit: Visit) -> Answer:
    """The button of the same meaning."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
    return Show(words_form(about, visit.reader))


def submit(visit: Visit) -> Answer:
    """The words came back: keep them, and show a letter as it reads now."""
    words = OwnWords(visit.typed("greeting"), visit.typed("sign_off"))
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        about = with_own_words(about, words, visit.typed("sponsor_words"), visit.typed("hours_code"))
        save_program(session, about)
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "program.words",
            {"program": about.id},
            visit.now,
            program_id=about.id,
        )
    seen = Circumstances(
        reader=visit.reader,
        now=visit.now,
        program=about,
        recipient=visit.person,
        profiles={visit.person.id: SAMPLE},
    )
    return Show(words_preview(seen, about, visit.reader))
