"""Spanish says everything that English says; the Slack locale chooses."""

from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from messages.letters.kinds import KINDS
from messages.phrasebook import HOLE, phrasebook
from messages.words import TEMPLATES, Reader, Words, listing
from tests.support.sentences import Reading, read_source

ENGLISH = sorted(
    path.relative_to(TEMPLATES / "en").as_posix() for path in (TEMPLATES / "en").rglob("*.jinja")
)
PARSER = Environment(autoescape=False)  # noqa: S701 - parsed for its names, never rendered
PARSER.filters["listing"] = listing


def source(language: str, name: str) -> str:
    path: Path = TEMPLATES / language / name
    assert path.exists(), f"{name} has no translation into {language}"
    return path.read_text("utf-8")


@cache
def facts(language: str, name: str) -> dict[str, set[str]]:
    """What each part of a template is told."""
    return {
        each.name: meta.find_undeclared_variables(nodes.Template(each.body, lineno=1, environment=PARSER))
        for each in PARSER.parse(source(language, name)).find_all(nodes.Block)
    }


@pytest.mark.parametrize("name", ENGLISH)
def test_every_part_is_translated(name: str) -> None:
    english, spanish = set(facts("en", name)), set(facts("es", name))
    assert english - spanish == set(), f"{name} lacks parts in Spanish"
    assert spanish - english == set(), f"{name} has parts that English does not have"


@pytest.mark.parametrize("name", ENGLISH)
def test_a_translation_needs_no_fact_that_english_does_not_get(name: str) -> None:
    english, spanish = (set().union(*facts(each, name).values()) for each in ("en", "es"))
    assert spanish <= english


@pytest.mark.parametrize("name", ENGLISH)
def test_a_translation_says_every_fact_that_english_says(name: str) -> None:
    """A dropped “every two weeks” leaves “as you agreed” hanging in the air."""
    spanish = facts("es", name)
    dropped = {part: told - spanish[part] for part, told in facts("en", name).items()}
    assert {part: told for part, told in dropped.items() if told} == {}


def test_every_refusal_is_translated() -> None:
    """Add the sentence with its Spanish to `messages/templates/es/refusals.yaml`."""
    book = phrasebook("es", "refusals")
    known = {HOLE.sub("{}", each) for each in (*book.sentences, *(one.pattern for one in book.patterns))}
    raised = Reading(read_source(Path(__file__).resolve().parents[2])).raised()
    assert [f"{where}: {sentence}" for sentence, where in raised.items() if sentence not in known] == []


def test_every_kind_of_letter_has_a_spanish_name() -> None:
    assert set(phrasebook("es", "letters").words) == set(KINDS)


@pytest.mark.parametrize(
    ("locale", "label"),
    [("es-MX", "Participar"), ("es-ES", "Participar"), ("en-GB", "Join"), ("de-DE", "Join")],
)
def test_the_language_follows_the_slack_locale(locale: str, label: str) -> None:
    assert Words("home", Reader.of("UTC", locale)).plain("join") == label


def test_plural_forms_and_dates_are_spanish() -> None:
    words = Words("letters/graduation", Reader.of("UTC", "es-MX"))
    assert words.plain("time_hours", hours="1") == "1 hora"
    assert words.plain("time_hours", hours="2.5") == "2.5 horas"


def test_names_are_joined_as_spanish_joins_them() -> None:
    spanish = Reader.of("UTC", "es-MX")
    assert spanish.listing(["Ana", "Luis"]) == "Ana y Luis"
    assert spanish.listing(["Ana", "Inés"]) == "Ana e Inés"
    assert spanish.listing(["Ana", "Hiato"]) == "Ana y Hiato"
    assert listing(["Ana", "Olga"], "o") == "Ana u Olga"
    assert Reader.of("UTC", "en-US").listing(["Ana", "Inés"]) == "Ana and Inés"
