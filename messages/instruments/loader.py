"""From a YAML file to instruments, one per language, or to a list of everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mentoring.surveys.instruments import (
    NAMED,
    Audience,
    Branch,
    Instrument,
    Level,
    Option,
    Question,
    QuestionKind,
    Visibility,
    revised,
)
from messages.instruments.wording import wording_for
from messages.instruments.yaml_lines import FALLBACK, LANGUAGES, Cursor, id_at, language_of, parse_yaml

FOLDER = Path(__file__).parent
"""Where the shipped instruments lie."""
FORMER = FOLDER / "former"
"""Where their earlier versions lie: to change a question, raise the version and keep the old file here."""

TITLE_LIMIT, PURPOSE_LIMIT, QUESTION_LIMIT, OPTION_LIMIT, SCALE_LIMIT = 24, 300, 300, 75, 60
"""Characters; title and option are Slack's limits, the others what people read on a phone."""
QUESTIONS_LIMIT = 30
"""Three blocks a question and a few around them stay under Slack's hundred."""
OPTIONS_LIMIT = 100
"""Slack's limit for a list to pick from."""

_INSTRUMENT_KEYS = ("id", "version", "title", "audience", "anonymous", "purpose", "questions")
_QUESTION_REQUIRED = ("id", "text", "kind", "visibility")
_QUESTION_KEYS = (
    *_QUESTION_REQUIRED, "required", "low", "high", "options", "minimum", "maximum", "shown_if", "level",
)  # fmt: skip
_BRANCH_KEYS = ("question", "at_least", "at_most", "any_of")
_NUMERIC = (QuestionKind.RATING, QuestionKind.NPS, QuestionKind.NUMBER)


@dataclass(frozen=True)
class Translated:
    """One version of an instrument, in each language it has been written in; English is always there."""

    by_language: Mapping[str, Instrument]

    def in_locale(self, locale: str) -> Instrument:
        """Give the instrument for a locale such as `es-MX`; English where nothing closer exists."""
        return self.by_language.get(language_of(locale), self.by_language[FALLBACK])


@dataclass(frozen=True)
class _Draft:
    """A question with its texts still in all languages; its kind is None where a complaint was made of it."""

    texts: Mapping[str, Mapping[str, str]]
    options: tuple[tuple[str, Mapping[str, str]], ...]
    kind: QuestionKind | None
    visibility: Visibility
    id: str
    required: bool
    shown_if: Branch | None
    minimum: float | None
    maximum: float | None
    level: Level | None

    def in_language(self, language: str, *, anonymous: bool) -> Question:
        low, high = (
            _pick(self.texts[end], language) if end in self.texts else None for end in ("low", "high")
        )
        return Question(
            id=self.id,
            text=_pick(self.texts["text"], language),
            kind=self.kind or QuestionKind.SHORT,
            visibility=self.visibility,
            who_sees=wording_for(language).who_sees(self.visibility, anonymous=anonymous),
            options=tuple(Option(id_, _pick(text, language)) for id_, text in self.options),
            required=self.required,
            shown_if=self.shown_if,
            low=low,
            high=high,
            minimum=self.minimum,
            maximum=self.maximum,
            level=self.level,
        )


def _pick(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get(FALLBACK, "")


def parse_instrument(text: str, name: str) -> Translated:
    """Read one instrument.

    Args:
        text: The YAML.
        name: How the file is called in a complaint.

    Raises:
        BadFile: With every problem and its line.
    """
    top = parse_yaml(text, name, "a survey")
    keys = top.keys(_INSTRUMENT_KEYS, _INSTRUMENT_KEYS)
    anonymous = "anonymous" in keys and keys["anonymous"].boolean()
    drafts = _questions(keys["questions"], anonymous=anonymous) if "questions" in keys else []
    titles = keys["title"].translated(TITLE_LIMIT) if "title" in keys else {}
    purposes = keys["purpose"].translated(PURPOSE_LIMIT) if "purpose" in keys else {}
    audience = (
        keys["audience"].one_of(tuple(Audience), Audience.BOTH) if "audience" in keys else Audience.BOTH
    )
    version = keys["version"].whole(1) if "version" in keys else 1
    if version < 1:
        keys["version"].complain("`version` counts up from 1")
    id_ = id_at(keys["id"]) if "id" in keys else ""
    top.complaints.raise_any()
    return Translated(
        {
            language: Instrument(
                id=id_,
                version=version,
                title=_pick(titles, language),
                audience=Audience(audience),
                anonymous=anonymous,
                purpose=_pick(purposes, language),
                questions=tuple(draft.in_language(language, anonymous=anonymous) for draft in drafts),
            )
            for language in LANGUAGES
        }
    )


def _questions(at: Cursor, *, anonymous: bool) -> list[_Draft]:
    drafts: list[_Draft] = []
    entries = at.items()
    if not entries:
        at.complain("a survey needs at least one question")
    if len(entries) > QUESTIONS_LIMIT:
        at.complain(f"{len(entries)} questions are too many; {QUESTIONS_LIMIT} fit in a form")
    for entry in entries:
        draft = _question(Cursor(entry.node, entry.complaints, "a question"), drafts)
        if draft is None:
            continue
        if anonymous and draft.visibility in NAMED:
            entry.complain(
                f"an anonymous survey cannot have a question only seen by name (`{draft.visibility}`)"
            )
        drafts.append(draft)
    return drafts


def _question(at: Cursor, earlier: list[_Draft]) -> _Draft | None:
    keys = at.keys(_QUESTION_KEYS, _QUESTION_REQUIRED)
    if not keys.keys() >= set(_QUESTION_REQUIRED):
        return None
    id_ = id_at(keys["id"])
    if any(draft.id == id_ for draft in earlier):
        keys["id"].complain(f"the id `{id_}` is used by an earlier question")
    kind_word = keys["kind"].one_of(tuple(QuestionKind), "")
    kind = QuestionKind(kind_word) if kind_word else None
    visibility = Visibility(keys["visibility"].one_of(tuple(Visibility), Visibility.GROUPED))
    if kind and kind.is_text and visibility in (Visibility.GROUPED, Visibility.OWN):
        keys["visibility"].complain("free text cannot be grouped; use team_if_shared, team or coordinator")
    if kind:
        _check_fit(at, keys, kind)
    texts = {"text": keys["text"].translated(QUESTION_LIMIT)}
    texts |= {end: keys[end].translated(SCALE_LIMIT) for end in ("low", "high") if end in keys}
    draft = _Draft(
        texts=texts,
        options=_options(keys["options"]) if "options" in keys else (),
        kind=kind,
        visibility=visibility,
        id=id_,
        required="required" in keys and keys["required"].boolean(),
        shown_if=_branch(keys["shown_if"], earlier) if "shown_if" in keys else None,
        minimum=keys["minimum"].number() if "minimum" in keys else None,
        maximum=keys["maximum"].number() if "maximum" in keys else None,
        level=Level(keys["level"].one_of(tuple(Level), Level.RESULTS)) if "level" in keys else None,
    )
    if draft.minimum is not None and draft.maximum is not None and draft.minimum > draft.maximum:
        keys["minimum"].complain("`minimum` is above `maximum`")
    return draft


def _check_fit(at: Cursor, keys: Mapping[str, Cursor], kind: QuestionKind) -> None:
    """Complain of keys that mean nothing for this kind of question."""
    if kind.has_options and "options" not in keys:
        at.complain(f"a {kind} question lacks `options`")
    wrong = {
        "options": not kind.has_options,
        "low": kind not in (QuestionKind.RATING, QuestionKind.NPS),
        "high": kind not in (QuestionKind.RATING, QuestionKind.NPS),
        "minimum": kind is not QuestionKind.NUMBER,
        "maximum": kind is not QuestionKind.NUMBER,
    }
    for key, misplaced in wrong.items():
        if misplaced and key in keys:
            keys[key].complain(f"a {kind} question takes no `{key}`")


def _options(at: Cursor) -> tuple[tuple[str, Mapping[str, str]], ...]:
    options: dict[str, Mapping[str, str]] = {}
    entries = at.items()
    if not 1 <= len(entries) <= OPTIONS_LIMIT:
        at.complain(f"a question takes 1 to {OPTIONS_LIMIT} options, not {len(entries)}")
    for entry in entries:
        keys = Cursor(entry.node, entry.complaints, "an option").keys(("id", "text"), ("id", "text"))
        if len(keys) < 2:  # noqa: PLR2004 - both keys, or a complaint was made
            continue
        id_ = id_at(keys["id"])
        if id_ in options:
            keys["id"].complain(f"the option `{id_}` stands twice")
        options[id_] = keys["text"].translated(OPTION_LIMIT)
    return tuple(options.items())


def _branch(at: Cursor, earlier: list[_Draft]) -> Branch | None:
    keys = at.keys(_BRANCH_KEYS, ("question",))
    if "question" not in keys:
        return None
    question_id = keys["question"].string()
    source = next((draft for draft in earlier if draft.id == question_id), None)
    if source is None:
        keys["question"].complain(f"the branch leads nowhere: no earlier question has the id `{question_id}`")
        return None
    if source.kind is None:
        return None
    if source.kind in _NUMERIC:
        return _numeric_branch(at, keys, question_id)
    if source.kind.has_options and "any_of" in keys and len(keys) == 2:  # noqa: PLR2004 - question and any_of
        known = tuple(id_ for id_, _ in source.options)
        return Branch(question_id, any_of=tuple(e.one_of(known, "") for e in keys["any_of"].items()))
    at.complain("a branch needs `any_of` for a choice; dates and texts cannot branch")
    return None


def _numeric_branch(at: Cursor, keys: Mapping[str, Cursor], question_id: str) -> Branch:
    if "any_of" in keys or len(keys) == 1:
        at.complain("a branch on a number needs `at_least` or `at_most`")
    low = keys["at_least"].number() if "at_least" in keys else None
    high = keys["at_most"].number() if "at_most" in keys else None
    return Branch(question_id, at_least=low, at_most=high)


def revised_copy(current: Translated, draft: Translated) -> Translated:
    """Give a program's edited copy its version: one more than the current if any language changed.

    Raises:
        Refusal: As `mentoring.surveys.instruments.revised`.
    """
    drafts = {
        language: revised(current.in_locale(language), one) for language, one in draft.by_language.items()
    }
    version = max(one.version for one in drafts.values())
    return Translated({language: replace(one, version=version) for language, one in drafts.items()})


def to_yaml(translated: Translated) -> str:
    """Write an instrument as YAML, such as a program's own copy; `parse_instrument` reads it back."""
    return as_yaml(to_plain(translated))


def as_yaml(plain: Mapping[str, Any]) -> str:
    """Write the plain form of an instrument as YAML."""
    return yaml.safe_dump(dict(plain), allow_unicode=True, sort_keys=False, width=110)


def to_plain(translated: Translated) -> dict[str, Any]:
    """Give an instrument as lists and dictionaries, as its YAML would be read; a copy that can be changed."""
    versions = translated.by_language
    first = versions[FALLBACK]
    return {
        "id": first.id,
        "version": first.version,
        "audience": str(first.audience),
        "anonymous": first.anonymous,
        "title": {language: one.title for language, one in versions.items()},
        "purpose": {language: one.purpose for language, one in versions.items()},
        "questions": [
            _plain_question({language: one.questions[n] for language, one in versions.items()})
            for n in range(len(first.questions))
        ],
    }


def _plain_question(versions: Mapping[str, Question]) -> dict[str, Any]:
    first = versions[FALLBACK]
    plain: dict[str, Any] = {"id": first.id, "kind": str(first.kind), "visibility": str(first.visibility)}
    plain["text"] = {language: one.text for language, one in versions.items()}
    if first.required:
        plain["required"] = True
    for end in ("low", "high"):
        if getattr(first, end):
            plain[end] = {language: getattr(one, end) for language, one in versions.items()}
    for end in ("minimum", "maximum"):
        if getattr(first, end) is not None:
            plain[end] = getattr(first, end)
    if first.level:
        plain["level"] = str(first.level)
    if first.options:
        plain["options"] = [
            {"id": option.id, "text": {language: one.options[n].text for language, one in versions.items()}}
            for n, option in enumerate(first.options)
        ]
    if first.shown_if:
        branch = first.shown_if
        facts = {"question": branch.question_id, "at_least": branch.at_least, "at_most": branch.at_most}
        plain["shown_if"] = {key: fact for key, fact in facts.items() if fact is not None}
        if branch.any_of:
            plain["shown_if"]["any_of"] = list(branch.any_of)
    return plain


@cache
def shipped() -> Mapping[str, Translated]:
    """Read every instrument that ships with the product, by id.

    Raises:
        BadFile: One of our own files is broken.
    """
    parsed = [parse_instrument(path.read_text("utf-8"), path.name) for path in sorted(FOLDER.glob("*.yaml"))]
    return {each.by_language[FALLBACK].id: each for each in parsed}


@cache
def _former() -> Mapping[tuple[str, int], Translated]:
    parsed = [parse_instrument(path.read_text("utf-8"), path.name) for path in FORMER.glob("*.yaml")]
    return {(each.by_language[FALLBACK].id, each.by_language[FALLBACK].version): each for each in parsed}


def shipped_version(instrument_id: str, version: int) -> Translated:
    """Give the version of a shipped instrument that somebody was asked, so that an answer keeps its question.

    Raises:
        KeyError: No instrument has this id, or never had this version.
    """
    current = shipped()[instrument_id]
    if current.by_language[FALLBACK].version == version:
        return current
    return _former()[instrument_id, version]


def shipped_instrument(instrument_id: str, locale: str = FALLBACK) -> Instrument:
    """Give a shipped instrument in a locale's language.

    Raises:
        KeyError: No instrument has this id.
    """
    return shipped()[instrument_id].in_locale(locale)
