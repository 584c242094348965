"""Forms that several coordinators may have open at once: what each field held when it was shown.

A short mark of every field travels with the form, and comes back with what was filled in: so what one changed
can be told from what another changed meanwhile, field by field.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

Json = dict[str, Any]

SHARED = frozenset({
    "asked.submit", "charter.first", "charter.people", "charter.success", "charter.support",
    "desk.settings_submit", "library.submit", "match.rules_submit", "match.settings_submit",
    "match.wall_submit", "phases.submit", "resource.save", "survey.heading_submit",
    "survey.question_submit", "words.submit",
})  # fmt: skip
"""The forms, by callback_id."""
SEEN = "seen"
"""The name of the marks among a form's ids."""
MARK_LENGTH = 6
"""Hexadecimal digits of a mark: of two values that differ, one in sixteen million pairs has the same."""

COMES_BACK_AS: Mapping[str, str] = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_channel": "selected_channel",
    "initial_channels": "selected_channels",
    "initial_conversation": "selected_conversation",
    "initial_conversations": "selected_conversations",
}
"""What a field is filled in with, and what it comes back with (docs.slack.dev, Block Kit elements)."""


def fields(view: Mapping[str, Any]) -> Iterator[Json]:
    """The inputs of a form."""
    return (block for block in view["blocks"] if block["type"] == "input")


def shown_value(field: Mapping[str, Any]) -> Json:
    """What a field is filled in with, as it would come back untouched."""
    element = field["element"]
    return {state: element[initial] for initial, state in COMES_BACK_AS.items() if element.get(initial)}


def mark(value: Mapping[str, Any]) -> str:
    """A short mark of what a field holds; however it is spaced at its ends, and whatever its labels say."""
    return sha256(repr(_plainly(value)).encode()).hexdigest()[:MARK_LENGTH]


def marks_of(view: Mapping[str, Any]) -> dict[str, str]:
    """The mark of every field as it is shown."""
    return {field["block_id"]: mark(shown_value(field)) for field in fields(view)}


def written(marks: Mapping[str, str]) -> str:
    """Marks as they travel with the form."""
    return " ".join(f"{name}:{each}" for name, each in marks.items())


def read(text: object) -> dict[str, str]:
    """Marks as they came back; whatever else came back marks nothing."""
    pairs = (each.rpartition(":") for each in str(text or "").split())
    return {name: each for name, _, each in pairs if name}


def fill_in(field: Json, value: Mapping[str, Any]) -> None:
    """Fill a field in with what came back for it."""
    element = field["element"]
    for initial, state in COMES_BACK_AS.items():
        element.pop(initial, None)
        if value.get(state):
            element[initial] = value[state]


def in_words(field: Mapping[str, Any]) -> str:
    """What a field is filled in with, for people to read; empty where it is empty, or names people."""
    value = shown_value(field)
    chosen = [value["selected_option"]] if "selected_option" in value else value.get("selected_options", [])
    if chosen:
        return ", ".join(str(each["text"]["text"]) for each in chosen)
    return str(value.get("value") or value.get("selected_date") or value.get("selected_time") or "")


def _plainly(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = []
    for state in COMES_BACK_AS.values():
        held = value.get(state)
        if isinstance(held, str):
            held = " ".join(held.split())
        elif isinstance(held, dict):
            held = held.get("value")
        elif isinstance(held, list):
            held = sorted(str(each.get("value") if isinstance(each, dict) else each) for each in held)
        if held:
            found.append((state, held))
    return found
