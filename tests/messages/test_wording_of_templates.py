"""Slips of wording that a machine can find: a plural after one, a computer's date, Spain's “vosotros”.

They look at the templates themselves, since no sample shows every number.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from messages.phrasebook import phrasebook
from messages.words import TEMPLATES

LANGUAGES = ("en", "es")
HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
DATE = re.compile(r"\{\{ ?([\w.]*(?:(?<!depends)_on|_at|until|since|opens)) ?\}\}")
TEXT = re.compile(r"""(["'])(.*?)\1""")
ONE_OR_MORE = re.compile(
    r"""(\w*)\{\{\s*['"](\w*)[^'"]*['"] if [\w.|]+ == (?:1|"1") else ['"](\w*)[^'"]*['"]\s*\}\}"""
)
"""`pair{{ "" if n == 1 else "s" }}`, `{{ "persona espera" if n == 1 else "personas esperan" }}`"""

MORE_THAN_ONE = {
    "applications.jinja": {"count"},  # accepts all, or looks at the first of many
    "announcing.jinja": {"total"},  # is sent where there are many
    "broadcast.jinja": {"pairs"},  # stands where a group is large enough to be shown
    "desk_lists.jinja": {"count"},  # opens somebody's pairs, where it is more than one
    "exporting.jinja": {"total"},
    "learning.jinja": {"people"},
    "lesson.jinja": {"minutes"},
    "place_free.jinja": {"places"},
    "satisfaction.jinja": {"count"},
    "together.jinja": {"count"},
    "update_due.jinja": {"stories"},
}
"""What is never one where it is said, by the file; of these holes a plural may follow at once."""
NEVER_ONE = {"limit", "minimum", "minutes", "weight", "name", "names"}


def templates(language: str) -> Iterator[Path]:
    yield from sorted((TEMPLATES / language).rglob("*.jinja"))


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def plurals(language: str) -> set[str]:
    """The words that some template writes in the singular and in the plural."""
    found = set()
    for path in templates(language):
        for stem, one, more in ONE_OR_MORE.findall(text_of(path)):
            if one != more:
                found.add(stem + more)
    return {each for each in found if len(each) > len("es")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_is_not_followed_by_a_plural(language: str) -> None:
    """Write `{{ n }} {{ "pareja" if n == 1 else "parejas" }}`, or add where it is never one."""
    counted = plurals(language)
    assert {"en": {"pairs", "people"}, "es": {"parejas", "personas", "lugares"}}[language] <= counted
    wrong = []
    for path in templates(language):
        for number, word in re.findall(r"\{\{ ?([\w.]+) ?\}\} (\w+)\b(?!\{\{)", text_of(path)):
            name = number.split(".")[-1]
            if word in counted and name not in NEVER_ONE | MORE_THAN_ONE.get(path.name, set()):
                wrong.append(f"{path.relative_to(TEMPLATES)}: {number} {word}")
    assert wrong == []


def test_spanish_does_not_say_some_before_one() -> None:
    """“unas 1 hora”: write “alrededor de {{ n }} hora”."""
    wrong = [
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in templates("es")
        for name in re.findall(r"\bun[oa]s \{\{ ?([\w.]+)", text_of(path))
        if name not in NEVER_ONE | {"n"}  # counts of a report, in fives
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_said_as_people_say_it(language: str) -> None:
    """Write `day(…)` or `moment(…)`; reports and certificates get theirs as texts."""
    wrong = [
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in templates(language)
        if path.parent.name not in ("reports", "papers")
        for name in DATE.findall(text_of(path))
    ]
    assert wrong == []


def said(path: Path) -> str:
    """A template's own words: without code, and of a hole only the texts it chooses from."""
    text = re.sub(r"\{%.*?%\}|\{#.*?#\}|`[^`]*`", " ", text_of(path), flags=re.DOTALL)
    return HOLE.sub(lambda hole: ". ".join(each[1] for each in TEXT.findall(hole[1])), text)


def spanish() -> dict[str, str]:
    """All that we say in Spanish, by where it stands."""
    told = {path.relative_to(TEMPLATES).as_posix(): said(path) for path in templates("es")}
    for name in ("refusals", "reasons", "faults", "letters", "suggestions"):
        book = phrasebook("es", name)
        entries = [*book.sentences.values(), *(each.said for each in book.patterns), *book.words.values()]
        told[f"es/{name}.yaml"] = "\n".join(
            re.sub(r"`[^`]*`|\{\w+(?::\w+)?\}", " ", each) for each in entries
        )
    return told


@pytest.mark.parametrize(
    ("slip", "instead"),
    [
        (r"\b(?:os|vosotr[oa]s|vuestr[oa]s?)\b|\w(?:áis|éis)\b", "“ustedes”, as Latin America says"),
        (r"[“”]", "«…»"),
        (r"\b(?:the|you|your|and|with|this|who|from)\b", "Spanish"),
        (r"\b(?:añad|puls)\w+", "“agregar” and “tocar”"),
        (r"\b(?:app|apps|despacho|rol)\b", "“aplicación”, “firma”, “papel”"),
        (r"\b(?:fase|fases|consulta|consultas)\b", "“etapa” and “encuesta breve”"),
        (r"\b(?:supervisor|superior)(?:es|a|as)?\b", "“responsable directo”"),
        (r"\bcoordinador(?:es|a|as)?\b", "“la coordinación”"),
        (r"\bpestaña de inicio\b", "“la pestaña Inicio”"),
    ],
)
def test_spanish_has_one_word_for_one_thing(slip: str, instead: str) -> None:
    wrong = [
        f"{where}: “{found[0]}”, say {instead}"
        for where, text in spanish().items()
        for found in re.finditer(slip, text, re.IGNORECASE)
    ]
    assert wrong == []


LONGEST = 32
"""Words in a sentence, the longest lists included; a phone shows about eight a line."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_can_be_read_on_a_phone(language: str) -> None:
    wrong = [
        f"{path.relative_to(TEMPLATES)}: {sentence}"
        for path in templates(language)
        for sentence in re.split(r"[.?!…]\s|\n|·", said(path))
        if len(sentence.split()) > LONGEST
    ]
    assert wrong == []
