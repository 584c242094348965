"""Spanish says everything that English says to people who take part; the Slack locale chooses."""

from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, meta

from messages.words import TEMPLATES, Reader, Words, listing

if TYPE_CHECKING:
    from pathlib import Path

DESK = {
    "desk.jinja",
    "forms/acting.jinja",
    "forms/audit.jinja",
    "forms/charter.jinja",
    "forms/desk_lists.jinja",
    "forms/desk_settings.jinja",
    "forms/pair_card.jinja",
    "forms/pairing.jinja",
    "replies/acting.jinja",
    "forms/applications.jinja",
    "forms/asked.jinja",
    "forms/broadcast.jinja",
    "forms/improvement.jinja",
    "forms/match.jinja",
    "forms/match_settings.jinja",
    "replies/coordinate.jinja",
}
"""The coordinators' desk is in English only; everything that people who take part read is translated."""

ENGLISH = sorted(
    path.relative_to(TEMPLATES / "en").as_posix() for path in (TEMPLATES / "en").rglob("*.jinja")
)
PARSER = Environment(autoescape=False)  # noqa: S701 - parsed for its names, never rendered
PARSER.filters["listing"] = listing


def source(language: str, name: str) -> str:
    path: Path = TEMPLATES / language / name
    assert path.exists(), f"{name} has no translation into {language}"
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", [name for name in ENGLISH if name not in DESK])
def test_every_part_is_translated(name: str) -> None:
    english, spanish = (set(PARSER.from_string(source(each, name)).blocks) for each in ("en", "es"))
    assert english - spanish == set(), f"{name} lacks parts in Spanish"
    assert spanish - english == set(), f"{name} has parts that English does not have"


@pytest.mark.parametrize("name", [name for name in ENGLISH if name not in DESK])
def test_a_translation_needs_no_fact_that_english_does_not_get(name: str) -> None:
    english, spanish = (
        meta.find_undeclared_variables(PARSER.parse(source(each, name))) for each in ("en", "es")
    )
    assert spanish <= english


def test_the_desk_has_no_leftovers() -> None:
    assert set(ENGLISH) >= DESK


@pytest.mark.parametrize(
    ("locale", "label"),
    [("es-MX", "Participar"), ("es-ES", "Participar"), ("en-GB", "Join"), ("de-DE", "Join")],
)
def test_the_language_follows_the_slack_locale(locale: str, label: str) -> None:
    assert Words("home", Reader.of("UTC", locale)).plain("join") == label


def test_plural_forms_and_dates_are_spanish() -> None:
    words = Words("letters/graduation", Reader.of("UTC", "es-MX"))
    assert words.plain("hours", hours="1") == "1 hora"
    assert words.plain("hours", hours="2.5") == "2.5 horas"
