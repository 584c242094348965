"""What nearly every answer needs, read before the first of them.

Our own lessons, questions and templates are read once and kept. Whoever comes first would wait for it, and
everybody with them: a third of a second for the first Home tab, in which no other thread answers.
"""

from messages.instruments.loader import shipped
from messages.lessons.loader import shipped_lessons
from messages.phrasebook import phrasebook
from messages.tasks.loader import shipped_tasks
from messages.words import TEMPLATES, compile_ahead

SHOWN_OFTEN = ("*.jinja", "replies/*.jinja")
"""The Home tab, its parts and what is answered to commands. Forms and letters are many, each is read in a
hundredth of a second when it is first wanted, and nobody waits for a letter."""


def read_ahead() -> None:
    """Read it, in every language there is; about a second."""
    shipped()
    for folder in TEMPLATES.iterdir():
        language = folder.name
        shipped_lessons(language)
        shipped_tasks(language)
        for each in folder.glob("*.yaml"):
            phrasebook(language, each.stem)
        for pattern in SHOWN_OFTEN:
            compile_ahead(language, pattern)
