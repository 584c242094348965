"""What the log says was done, in words: from a code, the ids beside it, and the names looked up for them.

A sentence begins with whoever did it, who stands before it: “*Robin Ellery* approved 12 pairs”. It says less
than the log holds: why somebody left is a code in the file, and in no sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import UndefinedError

from mentoring.deeds import DEEDS
from messages.words import Reader, Words

DAYS = ("until", "ends_on")
"""Where an entry keeps a day, as `2026-03-05`."""


@dataclass(frozen=True, slots=True)
class Done:
    """An entry of the log, as it was written: ids and codes."""

    action: str
    actor_id: int | None
    subject: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Names:
    """What ids stand for, looked up for one reading of the log.

    Args:
        people: Full names by number: among many pairs first names repeat.
        pairs: Everybody in a pair by the pair's number, mentors first.
        surveys: Titles by the survey's name, in the reader's language.
        resources: Titles of what the library has, by its number.
    """

    people: Mapping[int, str]
    pairs: Mapping[int, Sequence[str]]
    surveys: Mapping[str, str]
    resources: Mapping[int, str]


def part_of(action: str) -> str:
    """The part of the template that says a code: Jinja takes no dots in names."""
    return action.replace(".", "_")


def in_words(done: Done, names: Names, reader: Reader) -> str:
    """Say what was done, as plain text.

    A code that has no words (any more), or an entry without what its words need, is shown as code: old logs
    are read for years, and a line that fails would hide the page.
    """
    if done.action in DEEDS:
        try:
            return Words("forms/audit_deeds", reader).plain(
                part_of(done.action), **_facts(done, names, reader)
            )
        except (UndefinedError, ValueError):
            pass
    return Words("forms/audit", reader).plain("code", code=done.action, ids=_ids(done, names))


def _facts(done: Done, names: Names, reader: Reader) -> dict[str, object]:
    """What the sentences draw on: the entry itself, with names for ids and days for dates."""
    subject = done.subject
    facts: dict[str, object] = {
        **subject,
        "names": _concerned(done, names, reader),
        "themselves": "person" in subject and subject["person"] == done.actor_id,
        "copied": "from" in subject,
    }
    if "report" in subject:
        reports, part = Words("replies/reports", reader), f"name_{subject['report']}"
        facts["report"] = reports.plain(part) if reports.has(part) else subject["report"]
    if "instrument" in subject:
        facts["survey"] = names.surveys.get(str(subject["instrument"]), subject["instrument"])
    if "resource" in subject:
        # Of what was added, the log once kept no number.
        facts["resource"] = names.resources.get(int(subject["resource"]), "")
    facts.update({name: date.fromisoformat(str(subject[name])) for name in DAYS if name in subject})
    return facts


def _concerned(done: Done, names: Names, reader: Reader) -> list[str]:
    """Whom it was done for: everybody in a pair, or one person; nobody where an entry names neither."""
    somebody = Words("forms/audit", reader).plain("somebody")
    to_one = done.action == "care.nudge" and "person" in done.subject
    if "pair" in done.subject and not to_one:
        return [*names.pairs.get(int(done.subject["pair"]), ())] or [somebody]
    if "person" in done.subject:
        return [names.people.get(int(done.subject["person"]), somebody)]
    return []


def _ids(done: Done, names: Names) -> str:
    """The ids of an entry without words for it; no codes, since one of them may say why somebody left."""
    numbers = {name: value for name, value in done.subject.items() if isinstance(value, int)}
    return ", ".join(
        names.people.get(value, str(value)) if name == "person" else f"{name} {value}"
        for name, value in numbers.items()
    )
