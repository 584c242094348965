"""The settings of a rehearsal as a file to keep and pass on: CSV, one setting a line."""

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO

from bot.rehearsal.behavior import Behavior
from mentoring.kinds import ProgramKind

NAMES = ("kind", "starts_on", "weeks", "behavior", "seed")
"""The settings, in the order they are written."""
HEAD = ["setting", "value"]
FEWEST_WEEKS = 8
MOST_WEEKS = 104
"""The same bounds as on the command line."""


def settings_csv(chosen: Mapping[str, str]) -> str:
    """Write the settings down."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEAD)
    table.writerows([name, chosen[name]] for name in NAMES if name in chosen)
    return text.getvalue()


def read_settings(text: str) -> tuple[dict[str, str], list[str]]:
    """Read settings back.

    Returns:
        The values by name, and everything that is wrong, one sentence each.
    """
    rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(text.removeprefix("\ufeff")))]
    if not rows or [cell.lower() for cell in rows[0][:2]] != HEAD:
        return {}, ["The first line of the settings has to be: setting,value"]
    found: dict[str, str] = {}
    faults = []
    for line, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        name, value = row[0], row[1] if len(row) > 1 else ""
        if name not in NAMES:
            faults.append(f"Line {line}: there is no setting “{name}”; there are {', '.join(NAMES)}.")
        elif name in found:
            faults.append(f"Line {line}: {name} stands there twice. Keep one.")
        else:
            found[name] = value
            faults += [f"Line {line}: {fault}" for fault in _FAULTS[name](value)]
    return found, faults


def faults_of(chosen: Mapping[str, str]) -> list[str]:
    """What is wrong with the settings, one sentence each."""
    return [fault for name in NAMES for fault in _FAULTS[name](chosen.get(name, ""))]


def _kind(value: str) -> list[str]:
    return [] if value in set(ProgramKind) else ["Choose a kind of program."]


def _behavior(value: str) -> list[str]:
    return [] if value in set(Behavior) else ["Choose how people answer."]


def _starts_on(value: str) -> list[str]:
    try:
        date.fromisoformat(value)
    except ValueError:
        return ["The first day is no date. Pick one."]
    return []


def _weeks(value: str) -> list[str]:
    if value.isdecimal() and FEWEST_WEEKS <= int(value) <= MOST_WEEKS:
        return []
    return [f"The weeks have to be a number from {FEWEST_WEEKS} to {MOST_WEEKS}."]


def _seed(value: str) -> list[str]:
    return [] if value.isdecimal() else ["The seed has to be a whole number."]


_FAULTS = {"kind": _kind, "starts_on": _starts_on, "weeks": _weeks, "behavior": _behavior, "seed": _seed}
