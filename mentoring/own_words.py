"""A program's own touch: how its letters begin and end, its sponsor's words, and the code of its hours."""

from dataclasses import dataclass, replace

from mentoring.errors import Refusal
from mentoring.programs import Program

GREETING_LENGTH, SIGN_OFF_LENGTH, SPONSOR_LENGTH, CODE_LENGTH = 120, 120, 500, 40
"""Characters: one line each on a phone, and a short paragraph of the sponsor."""
SETTING, CODE_SETTING = "own_words", "hours_code"
NAME = "{name}"
"""Stands for the first name of whoever reads."""
WARM = frozenset(
    {"decided", "graduation", "introduction", "invited", "joined", "not_matched", "phase_opens", "went_on"}
)
"""Letters at which a greeting is in place; a reminder that greets every time would be tiresome."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """How letters begin and end; empty where the program leaves it to us."""

    greeting: str = ""
    sign_off: str = ""


def own_words(program: Program) -> OwnWords:
    """What a program says at the beginning and end of its letters."""
    stored = program.settings.get(SETTING)
    kept = stored if isinstance(stored, dict) else {}
    return OwnWords(str(kept.get("greeting", "")), str(kept.get("sign_off", "")))


def greets(program: Program) -> bool:
    """Whether the program greets in its own words; the letter's own "hello" would be a second one."""
    return bool(own_words(program).greeting.strip())


def hours_code(program: Program) -> str:
    """The code for every line of a log of hours: non-billable, CLE, or whatever the firm counts by."""
    return str(program.settings.get(CODE_SETTING, ""))


def with_own_words(program: Program, words: OwnWords, sponsor_words: str, code: str) -> Program:
    """The same program with other words.

    Raises:
        Refusal: One of them is too long, with its field.
    """
    for field, text, most in (
        ("greeting", words.greeting, GREETING_LENGTH),
        ("sign_off", words.sign_off, SIGN_OFF_LENGTH),
        ("sponsor_words", sponsor_words, SPONSOR_LENGTH),
        ("hours_code", code, CODE_LENGTH),
    ):
        if len(text) > most:
            raise Refusal(f"That is {len(text)} characters and {most} fit. Please shorten it.", field)
    kept = {"greeting": words.greeting.strip(), "sign_off": words.sign_off.strip()}
    settings = {**program.settings, SETTING: kept, CODE_SETTING: code.strip()}
    return replace(program, sponsor_words=sponsor_words.strip(), settings=settings)


def greeting_for(words: OwnWords, name: str) -> str:
    """The greeting with the reader's name in it; other braces stay as they were typed."""
    return words.greeting.replace(NAME, name).strip()
