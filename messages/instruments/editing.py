"""Changing a survey question by question, on its plain form; the loader judges what comes of it."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from mentoring.errors import NoLongerOpen, Refusal
from mentoring.surveys.instruments import QuestionKind, Visibility
from messages.instruments.yaml_lines import FALLBACK

Plain = dict[str, Any]
"""An instrument as `messages.instruments.loader.to_plain` gives it."""

GONE = "This is no longer open: somebody has taken that question out meanwhile."
NEEDED = "Another question is asked only after an answer to this one. Take that one out, or move it, first."
LONGEST_STEM = 40
"""Characters of an id made from a question's words; enough to be recognized in a file."""


@dataclass(frozen=True)
class Edited:
    """What a form says of one question.

    Args:
        texts: The question by language; English is always there.
        kind: The form of the answer; it never changes once the question is there.
        visibility: Who sees the answer.
        required: Whether the form insists.
        options: What can be picked, in order, in English.
        low: What the lowest number means, in English.
        high: What the highest number means, in English.
    """

    texts: Mapping[str, str]
    kind: QuestionKind
    visibility: Visibility
    required: bool = False
    options: Sequence[str] = ()
    low: str = ""
    high: str = ""


def with_heading(plain: Plain, title: Mapping[str, str], purpose: Mapping[str, str]) -> Plain:
    """Change title and purpose."""
    changed = deepcopy(plain)
    changed["title"], changed["purpose"] = _said(title), _said(purpose)
    return changed


def with_question(plain: Plain, question_id: str, edited: Edited) -> Plain:
    """Change a question; its id stays, since old answers are kept under it.

    Raises:
        NoLongerOpen: There is no such question.
    """
    changed = deepcopy(plain)
    question = changed["questions"][_place(changed, question_id)]
    _write(question, edited)
    return changed


def with_new_question(plain: Plain, edited: Edited, taken: Collection[str]) -> Plain:
    """Add a question at the end.

    Args:
        plain: The survey.
        edited: The new question.
        taken: Ids that any version of the survey has used; none of them is used for another question.
    """
    changed = deepcopy(plain)
    known = {*taken, *(each["id"] for each in changed["questions"])}
    question: Plain = {"id": new_id(edited.texts[FALLBACK], known), "kind": str(edited.kind)}
    _write(question, edited)
    changed["questions"].append(question)
    return changed


def moved(plain: Plain, question_id: str, step: int) -> Plain:
    """Move a question up (-1) or down (1); at the end of the list it stays where it is.

    Raises:
        NoLongerOpen: There is no such question.
        Refusal: It would come before the question it depends on.
    """
    changed = deepcopy(plain)
    questions = changed["questions"]
    place = _place(changed, question_id)
    there = min(max(place + step, 0), len(questions) - 1)
    questions.insert(there, questions.pop(place))
    seen: set[str] = set()
    for each in questions:
        if each.get("shown_if", {}).get("question", each["id"]) not in seen | {each["id"]}:
            raise Refusal("A question that depends on an answer comes after it. Move the other one first.")
        seen.add(each["id"])
    return changed


def without(plain: Plain, question_id: str) -> Plain:
    """Take a question out.

    Raises:
        NoLongerOpen: There is no such question.
        Refusal: It is the last one, or another depends on it.
    """
    changed = deepcopy(plain)
    changed["questions"].pop(_place(changed, question_id))
    if not changed["questions"]:
        raise Refusal("A survey needs at least one question. Add another one first.")
    if any(each.get("shown_if", {}).get("question") == question_id for each in changed["questions"]):
        raise Refusal(NEEDED)
    return changed


def new_id(text: str, taken: Collection[str]) -> str:
    """Make an id from words: small letters, digits and `_`, used by nobody yet."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", ascii_text.lower()).strip("_")[:LONGEST_STEM].strip("_")
    stem = stem if stem[:1].isalpha() else f"q_{stem}".strip("_")
    number, found = 2, stem
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found


def _place(plain: Plain, question_id: str) -> int:
    for place, each in enumerate(plain["questions"]):
        if each["id"] == question_id:
            return place
    raise NoLongerOpen(GONE)


def _write(question: Plain, edited: Edited) -> None:
    question["visibility"] = str(edited.visibility)
    question["text"] = _said(edited.texts)
    question.pop("required", None)
    if edited.required:
        question["required"] = True
    if edited.kind in (QuestionKind.RATING, QuestionKind.NPS):
        for end, text in (("low", edited.low), ("high", edited.high)):
            _write_end(question, end, text)
    if edited.kind.has_options:
        question["options"] = _options(question.get("options", []), edited.options)


def _write_end(question: Plain, end: str, text: str) -> None:
    """A meaning that was changed in English loses its translation, which would be wrong now."""
    if not text:
        question.pop(end, None)
    elif question.get(end, {}).get(FALLBACK) != text:
        question[end] = {FALLBACK: text}


def _options(before: Sequence[Plain], texts: Sequence[str]) -> list[Plain]:
    """An option that reads as before is the same; any other is a new one with an id of its own."""
    known = {each["text"][FALLBACK]: each for each in before}
    taken = {each["id"] for each in before}
    options = []
    for text in texts:
        option = known.get(text) or {"id": new_id(text, taken), "text": {FALLBACK: text}}
        taken.add(option["id"])
        options.append(option)
    return options


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}
