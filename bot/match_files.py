"""The files of `mentoring match`: weights and earlier pairs in, a proposal out."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.text_files import FileFault, read_text
from mentoring.cells import safe_cell
from mentoring.matching.result import MatchResult, to_json
from mentoring.matching.settings import MAX_WEIGHT, MIN_WEIGHT, PreviousPair
from mentoring.roster import RosterRow

PEOPLE_COLUMNS = (("mentor", "mentee"), ("person_1", "person_2", "person_3"))


def read_weights(path: Path) -> dict[str, float]:
    """Read weights from JSON or YAML: a criterion and a number from 0 to 10 each.

    Raises:
        FileFault: Naming the line where the file is no such list.
    """
    text = read_text(path)
    try:
        found = yaml.safe_load(text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        sentence = "This is neither JSON nor YAML. Write one criterion a line, like “wishes: 10”."
        place = (mark.line + 1, str(mark.column + 1)) if mark else (None, "")
        raise FileFault(path, sentence, *place) from fault
    if not isinstance(found, dict) or not found:
        raise FileFault(path, "Write one criterion a line with its weight, like “wishes: 10”.", 1)
    weights: dict[str, float] = {}
    for name, weight in found.items():
        is_number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not is_number or not MIN_WEIGHT <= weight <= MAX_WEIGHT:
            sentence = f"“{weight}” is no weight. Write a number from {MIN_WEIGHT} to {MAX_WEIGHT}."
            raise FileFault(path, sentence, _line_of(text, str(name)), str(name))
        weights[str(name)] = float(weight)
    return weights


def _line_of(text: str, name: str) -> int:
    """Find the line that sets a name; the first line when it is not written plainly."""
    found = re.search(rf"""^.*?["']?{re.escape(name)}["']?\s*:""", text, re.MULTILINE)
    return text[: found.end()].count("\n") + 1 if found else 1


def read_history(path: Path) -> tuple[PreviousPair, ...]:
    """Read earlier pairs: columns mentor and mentee (or person_1, person_2), and cycles_ago if not all are 1.

    A proposal written by this command can be read as it is.

    Raises:
        FileFault: Naming line and column.
    """
    text = read_text(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = reader.fieldnames or []
        people = next((names for names in PEOPLE_COLUMNS if set(names[:2]) <= set(headings)), None)
        if people is None:
            sentence = "Earlier pairs need the columns “mentor” and “mentee”, with a user id in each."
            raise FileFault(path, sentence, 1)
        return tuple(_previous_pairs(path, reader, people))
    except csv.Error as fault:
        sentence = "A quotation mark is opened here and not closed. Close it, or remove it, and try again."
        raise FileFault(path, sentence, reader.line_num) from fault


def _previous_pairs(
    path: Path, reader: "csv.DictReader[str]", people: tuple[str, ...]
) -> Iterator[PreviousPair]:
    for row in reader:
        if row.get("reason"):  # a line of this command's own output, about somebody without a match
            continue
        ids = [(row.get(name) or "").strip() for name in people]
        for name, user_id in zip(people[:2], ids, strict=False):
            if not user_id:
                raise FileFault(path, "The user id is missing.", reader.line_num, name)
        cycles = (row.get("cycles_ago") or "1").strip()
        if not re.fullmatch("[1-9][0-9]?", cycles):
            sentence = (
                f"“{cycles}” is not a number of cycles. Write 1 for the last one, 2 for the one before."
            )
            raise FileFault(path, sentence, reader.line_num, "cycles_ago")
        yield PreviousPair(frozenset(user_id for user_id in ids if user_id), int(cycles))


def as_json(result: MatchResult) -> str:
    """Write a proposal as JSON, one match a line."""
    content = to_json(result)
    parts = []
    for name in ("pairs", "unmatched"):
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in content[name])
        parts.append(f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []')
    parts.append(f'"summary": {json.dumps(content["summary"], ensure_ascii=False)}')
    return "{" + ",\n".join(parts) + "}\n"


def as_csv(result: MatchResult, rows: Iterable[RosterRow], *, explain: bool) -> str:
    """Write a proposal for a spreadsheet: matches first, then the unmatched with reason and change."""
    names = {row.user_id: row.name for row in rows}
    equals = any("people" in match for match in to_json(result)["pairs"])
    people = PEOPLE_COLUMNS[1] if equals else PEOPLE_COLUMNS[0]
    criteria = sorted({name for match in result.pairs for name in match.criteria})
    words = [f"for_{name}" for name in people] + ["for_coordinator", "alternatives"] if explain else []
    headings = [*people, *(f"{name}_name" for name in people), "score", *criteria, *words, "reason", "change"]
    paper = io.StringIO()
    sheet = csv.DictWriter(paper, headings, restval="", lineterminator="\n")
    sheet.writeheader()
    for match in result.pairs:
        row: dict[str, Any] = {"score": match.score, **match.criteria}
        for name, user_id in zip(people, match.people, strict=False):
            row |= {name: user_id, f"{name}_name": names[user_id]}
            row |= {f"for_{name}": match.words_for(user_id)} if explain else {}
        if explain:
            others = [
                f"{names[other.user_id]} ({other.score:.2f}, costs {other.price:.2f})"
                for other in match.alternatives
            ]
            row |= {"for_coordinator": match.explanation.coordinator, "alternatives": "; ".join(others)}
        sheet.writerow(_plain(row))
    for person in result.unmatched:
        column = person.role.value if person.role and not equals else people[0]
        row = {column: person.user_id, f"{column}_name": names[person.user_id]}
        sheet.writerow(_plain({**row, "reason": person.reason, "change": person.change}))
    return paper.getvalue()


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: safe_cell(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
