"""Asking many people at once: reading a pasted list, and knowing whom it names."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentoring.errors import Refusal
from mentoring.kinds import Role
from mentoring.people import Person

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
"""How Slack writes a person in a command's text."""
NAMING = ("user_id", "email", "name")
"""Headings of a spreadsheet that say who somebody is; the first that is filled in counts."""
ROLES: Mapping[str, frozenset[Role]] = {
    "mentor": frozenset({Role.MENTOR}),
    "mentee": frozenset({Role.MENTEE}),
    "both": frozenset(Role),
}
FAULTS_SHOWN = 3
"""Lines named in one refusal: more than three are not mended one by one."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a list names.

    Args:
        line: Where, as an editor counts.
        who: A Slack id, an address or a name, as it was written.
        roles: As what they are asked; none where the list does not say.
    """

    line: int
    who: str
    roles: frozenset[Role] = frozenset()


def read_people(text: str) -> list[Named]:
    """Read a pasted list: a person a line, or the rows of a spreadsheet with its headings.

    Raises:
        Refusal: With `field` pasted, where a row says nothing or a role is none.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return []
    separator = next((each for each in ("\t", ";", ",") if each in lines[0][1]), ",")
    headings = [each.lower() for each in _cells(lines[0][1], separator)]
    if set(headings) & set(NAMING):
        return [_row(number, headings, _cells(line, separator)) for number, line in lines[1:]]
    return [Named(number, who) for number, line in lines for who in _cells(line, separator) if who]


def find_people(named: Iterable[Named], known: Iterable[Person]) -> list[tuple[Person, frozenset[Role]]]:
    """Find who is meant among the people of a workspace, each once.

    Raises:
        Refusal: With `field` pasted, naming the lines that mean nobody, or more than one.
    """
    by_word: defaultdict[str, list[Person]] = defaultdict(list)
    for person in known:
        for word in {person.slack_id, person.email or "", person.name} - {""}:
            by_word[word.casefold()].append(person)
    found, faults = {}, []
    for each in named:
        meant = by_word[_plain(each.who).casefold()]
        if len(meant) == 1:
            found[meant[0].id] = (meant[0], each.roles)
        else:
            faults.append(f"line {each.line}, “{each.who}”, is {'nobody' if not meant else 'several people'}")
    if faults:
        more = len(faults) - FAULTS_SHOWN
        rest = f", and {more} more" if more > 0 else ""
        raise Refusal(
            f"Nobody was asked: {'; '.join(faults[:FAULTS_SHOWN])}{rest}. "
            "Mend it, or write the member id from their Slack profile.",
            "pasted",
        )
    return list(found.values())


def _cells(line: str, separator: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=separator), [])]


def _row(line: int, headings: Sequence[str], cells: Sequence[str]) -> Named:
    row = dict(zip(headings, cells, strict=False))
    who = next((row[name] for name in NAMING if row.get(name)), "")
    if not who:
        raise Refusal(f"Line {line} names nobody. Fill in its {' or '.join(NAMING)}.", "pasted")
    role = row.get("role", "").lower()
    if role and role not in ROLES:
        raise Refusal(f"Line {line}: “{role}” is no role. Write mentor, mentee or both.", "pasted")
    return Named(line, who, ROLES.get(role, frozenset()))


def _plain(who: str) -> str:
    """A mention as its id, a name without the @ it is typed with."""
    mentioned = MENTION.fullmatch(who)
    return mentioned.group(1) if mentioned else who.removeprefix("@")
