"""What a rule refuses with is said in Spanish, with its values in their places.

That every refusal has a translation is checked with the templates, in `test_translations.py`.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from messages.phrasebook import HOLE, phrasebook
from messages.refusals import in_language
from messages.words import Reader
from tests.support.sentences import Reading, read_source

ROOT = Path(__file__).resolve().parents[2]
SPANISH = Reader.of("UTC", "es-MX")
ENGLISH = Reader.of("UTC", "en-US")


@cache
def raised() -> dict[str, str]:
    """What the source refuses with; read once, by whoever runs these tests."""
    return Reading(read_source(ROOT)).raised()


def skeleton(sentence: str) -> str:
    return HOLE.sub("{}", sentence)


def translated() -> dict[str, str]:
    known = phrasebook("es", "refusals")
    return {**known.sentences, **{each.pattern: each.said for each in known.patterns}}


def test_the_source_is_read() -> None:
    assert len(raised()) > 300
    assert "This is no longer open: you've told us that you met." in raised()  # a helper's
    assert "Only the mentee answers the quiz." in raised()  # handed to a helper
    assert "{} is running, so that can't be done in it." in raised()  # from a dictionary


def test_no_translation_is_left_over() -> None:
    assert [each for each in translated() if skeleton(each) not in raised()] == []


def test_a_translation_fills_the_same_holes() -> None:
    for english, spanish in translated().items():
        there = Counter(hole[1] for hole in HOLE.finditer(english))
        assert there == Counter(hole[1] for hole in HOLE.finditer(spanish)), english
        assert max(there.values(), default=1) == 1, f"{english} names a hole twice"


def test_no_two_entries_stand_for_one_sentence() -> None:
    twice = [each for each, count in Counter(skeleton(one) for one in translated()).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("sentence", sorted(translated()))
def test_each_sentence_finds_its_own_translation(sentence: str) -> None:
    """With values that are plain words, no other entry takes it."""
    values = {hole[1]: f"xx{number}" for number, hole in enumerate(HOLE.finditer(sentence))}
    said = HOLE.sub(lambda hole: values[hole[1]], translated()[sentence])
    assert in_language(HOLE.sub(lambda hole: values[hole[1]], sentence), SPANISH) == said


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Write the time like 15:00.", "Escribe la hora así: 15:00."),
        (
            "The middle phase needs at least 7 days. Give it more time.",
            "La etapa central necesita al menos 7 días. Dale más tiempo.",
        ),
        (
            "“Ann” could be Ann Lee or Ann Poe or 2 more. Say who with an @.",
            "«Ann» podría ser Ann Lee o Ann Poe o 2 más. Di quién con una @.",
        ),
        (
            "“O” could be Ann Lee or Omar Poe. Say who with an @.",
            "«O» podría ser Ann Lee u Omar Poe. Di quién con una @.",
        ),
        (
            (
                "Nobody was asked: line 3, “x”, is nobody; line 4, “y”, is several people. "
                "Mend it, or write the member id from their Slack profile."
            ),
            (
                "No se preguntó a nadie: en la línea 3, «x» no es nadie; en la línea 4, «y» son varias "
                "personas. Corrígelo, o escribe el id de miembro de su perfil de Slack."
            ),
        ),
        (
            "Ann and Ben are locked, but they have no language in common. Take off the lock.",
            "La pareja de Ann y Ben está fijada, pero no tienen un idioma en común. Ya no la fijes.",
        ),
        (
            "The channel hears one a week at most. Pick March 5 or later.",
            "El canal recibe una por semana como máximo. Elige el 5 de marzo o después.",
        ),
    ],
)
def test_values_are_put_in(english: str, spanish: str) -> None:
    assert in_language(english, SPANISH) == spanish


def test_english_readers_and_unknown_sentences_are_left_alone() -> None:
    assert in_language("Write the time like 15:00.", ENGLISH) == "Write the time like 15:00."
    assert in_language("No rule says this.", SPANISH) == "No rule says this."


def test_spanish_needs_no_english_quotation_marks() -> None:
    assert [each for each in translated().values() if re.search("[“”]", each)] == []
