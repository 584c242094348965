from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.errors import Refusal
from mentoring.kinds import Role
from mentoring.phase_askings import askings_for_pair
from mentoring.phases import phase_plan
from mentoring.surveys.instruments import Audience, QuestionKind, Visibility
from messages.instruments.loader import (
    FOLDER,
    Translated,
    parse_instrument,
    revised_copy,
    shipped,
    shipped_instrument,
    to_yaml,
)
from messages.instruments.wording import ENGLISH, SPANISH, Wording
from messages.instruments.yaml_lines import BadFileError
from tests.support.examples import examples

PAIRED = datetime(2026, 3, 1, tzinfo=UTC)
GOOD = """\
id: visit
version: 1
audience: mentee
anonymous: false
title: {en: A visit, es: Una visita}
purpose: So we can do better.
questions:
  - id: useful
    kind: rating
    visibility: grouped
    text: {en: "Was it useful?", es: "¿Sirvió?"}
  - id: why
    kind: long
    visibility: team_if_shared
    text: What was missing?
    shown_if: {question: useful, at_most: 2}
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(BadFileError) as refused:
        parse_instrument(text, "visit.yaml")
    return list(refused.value.problems)


def test_a_good_file_becomes_an_instrument_in_each_language() -> None:
    parsed = parse_instrument(GOOD, "visit.yaml")
    english, spanish = parsed.in_locale("en-US"), parsed.in_locale("es-MX")
    assert (english.title, spanish.title) == ("A visit", "Una visita")
    assert spanish.questions[0].text == "¿Sirvió?"
    assert (english.audience, english.questions[0].kind) == (Audience.MENTEE, QuestionKind.RATING)


def test_a_missing_language_falls_back_to_english() -> None:
    parsed = parse_instrument(GOOD, "visit.yaml")
    assert parsed.in_locale("es-ES").questions[1].text == "What was missing?"
    assert parsed.in_locale("fr-FR") == parsed.in_locale("en-GB")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "anonymous: false",
            "anonymous: false\ncolor: red",
            "5: a survey has no `color`; it takes id, version,",
        ),
        ("version: 1", "version: 1.5", "2: `version` must be a whole number"),
        ("version: 1", "version: 0", "2: `version` counts up from 1"),
        ("version: 1\n", "", "1: a survey lacks `version`"),
        ("id: visit", "id: visit\nid: again", "2: `id` stands twice in a survey"),
        ("id: visit", "id: A visit", "1: `A visit` is no id: small letters, digits and _"),
        ("id: visit", "id: yes", "1: `id` must be a text; put it in quotes"),
        ("audience: mentee", "audience: everyone", "3: `audience` must be one of mentee, mentor, both,"),
        ("anonymous: false", "anonymous: maybe", "4: `anonymous` must be true or false"),
        ("A visit", "A title far too long for a form", "5: `title` is 31 characters long and 24 fit"),
        ("{en: A visit, es:", "{de: Besuch, es:", "5: `title` has no `de`; it takes en, es"),
        ("id: why", "id: useful", "12: the id `useful` is used by an earlier question"),
        ("kind: rating", "kind: stars", "9: `kind` must be one of rating, nps, choice,"),
        (
            "question: useful",
            "question: nobody",
            "16: the branch leads nowhere: no earlier question has the id `nobody`",
        ),
        (
            "question: useful",
            "question: why",
            "16: the branch leads nowhere: no earlier question has the id `why`",
        ),
        ("at_most: 2", "any_of: [low]", "16: a branch on a number needs `at_least` or `at_most`"),
        ("at_most: 2", "at_most: few", "16: `at_most` must be a number"),
        ("at_most: 2", "at_most: .nan", "16: `at_most` must be a number"),
        ("visibility: team_if_shared", "visibility: grouped", "14: free text cannot be grouped"),
        ("kind: rating", "kind: choice", "8: a choice question lacks `options`"),
        (
            "kind: rating",
            "kind: rating\n    options: [{id: a, text: A}]",
            "10: a rating question takes no `options`",
        ),
        (
            "visibility: grouped",
            "visibility: team\n    required: often",
            "11: `required` must be true or false",
        ),
        ("    text: What was missing?\n", "", "12: a question lacks `text`"),
        ("text: What was missing?", 'text: ""', "15: `text` must be a text"),
        ("text: What was missing?", "text: [a]", "15: `text` must be a set of `key: value` lines"),
        ("purpose:", "purpose: [", "7: this is not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_file_line_and_what_to_do(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    found = problems_of(GOOD.replace(old, new, 1))
    assert any(f"visit.yaml:{problem}" in one for one in found), found


def test_all_mistakes_of_a_file_are_named_at_once_in_order() -> None:
    bad = GOOD.replace("version: 1", "version: one").replace("kind: rating", "kind: stars")
    bad = bad.replace("id: why", "id: useful")
    assert [one.split(":")[1] for one in problems_of(bad)] == ["2", "9", "12"]


def test_an_anonymous_survey_cannot_ask_by_name() -> None:
    bad = GOOD.replace("anonymous: false", "anonymous: true").replace("team_if_shared", "coordinator")
    assert problems_of(bad) == [
        "visit.yaml:12: an anonymous survey cannot have a question only seen by name (`coordinator`)"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1: this file is empty"),
        ("[" * 3000, "nested too deeply"),
        ("- " * 1500, "nested too deeply"),
        ("id: \x07", "not YAML"),
        ("just words", "must be a set of `key: value` lines"),
        ("- a\n- b", "must be a set of `key: value` lines"),
        ("questions: []", "a survey needs at least one question"),
        ("a: &a [*a]", "has no `a`"),
        ("a: 1\n---\nb: 2", "not YAML"),
    ],
)
def test_what_is_no_survey_at_all_is_refused_too(text: str, words: str) -> None:
    assert any(words in one for one in problems_of(text))


LINES = GOOD.splitlines()


@settings(max_examples=examples(40), deadline=None)
@given(line=st.integers(0, len(LINES) - 1), junk=st.text(max_size=30))
def test_a_damaged_file_is_read_or_refused_with_lines_and_nothing_else(line: int, junk: str) -> None:
    damaged = "\n".join([*LINES[:line], junk, *LINES[line + 1 :]])
    try:
        found: tuple[str, ...] = ()
        parse_instrument(damaged, "visit.yaml")
    except BadFileError as refused:
        found = refused.problems
    assert all(one.startswith("visit.yaml:") and one.split(":")[1].isdigit() for one in found)


def test_a_programs_own_copy_reads_back_as_it_was() -> None:
    for translated in (*shipped().values(), parse_instrument(GOOD, "visit.yaml")):
        assert parse_instrument(to_yaml(translated), "copy.yaml") == translated


def test_a_copy_changed_in_one_language_is_a_new_version_in_all() -> None:
    current = shipped()["match_quality"]
    spanish = current.in_locale("es")
    draft = Translated({**current.by_language, "es": replace(spanish, purpose="Otra razón.")})
    changed = revised_copy(current, draft)
    assert {one.version for one in changed.by_language.values()} == {2}
    assert revised_copy(current, current) == current
    with pytest.raises(Refusal):
        revised_copy(current, shipped()["exit"])


def texts_in(node: Any) -> Iterator[Any]:
    """Every text a person reads in a file: whatever stands under a key that holds words."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("title", "purpose", "text", "low", "high"):
                yield value
            else:
                yield from texts_in(value)
    elif isinstance(node, list):
        for one in node:
            yield from texts_in(one)


FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_that_ships_is_there_in_english_and_in_spanish(path: Path) -> None:
    texts = list(texts_in(yaml.safe_load(path.read_text("utf-8"))))
    assert len(texts) > 5
    assert all(isinstance(text, dict) and text.keys() == {"en", "es"} for text in texts)


def test_the_words_around_the_form_differ_in_both_languages() -> None:
    def words(wording: Wording) -> list[str]:
        plain = [value for value in vars(wording).values() if isinstance(value, str)]
        return [*plain, *wording.visible_to.values(), *wording.visible_to_anonymous.values()]

    assert not set(words(ENGLISH)) & set(words(SPANISH))
    assert set(ENGLISH.visible_to) == set(SPANISH.visible_to) == set(Visibility)


def test_everything_a_pair_is_asked_in_its_life_ships() -> None:
    plan = phase_plan(PAIRED.date(), PAIRED.date().replace(month=8))
    for asking in askings_for_pair(plan, PAIRED):
        audience = shipped_instrument(asking.instrument_id).audience
        assert audience in (Audience.BOTH, Audience(asking.role)), asking
    assert shipped().keys() >= {"orientation_feedback", "final_supervisor", "exit", "resource_rating"}


@pytest.mark.parametrize("role", Role)
def test_a_final_survey_asks_five_questions_and_a_first_check_in_two_ratings_and_a_note(role: Role) -> None:
    assert len(shipped_instrument(f"final_{role}").questions) == 5
    check_in = shipped_instrument(f"check_in_start_{role}")
    kinds = [q.kind for q in check_in.questions if q.visibility is not Visibility.COORDINATOR]
    assert kinds == [QuestionKind.RATING, QuestionKind.RATING, QuestionKind.LONG]


def test_both_of_a_pair_rate_the_same_things_so_that_a_mismatch_can_show() -> None:
    for phase in ("start", "middle", "end"):
        mentee, mentor = (shipped_instrument(f"check_in_{phase}_{role}").questions for role in Role)
        assert [question.id for question in mentee] == [question.id for question in mentor]


def test_the_self_rating_asks_the_same_before_and_after() -> None:
    before, after = shipped_instrument("competency_before"), shipped_instrument("competency_after")
    assert before.questions == after.questions


def test_nobody_has_to_answer_in_words() -> None:
    questions = [q for translated in shipped().values() for q in translated.in_locale("en").questions]
    assert not [q.id for q in questions if q.kind.is_text and q.required]
