"""The log of what coordinators did: on a page in words, in the file with the codes beside them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, context, modal, sections
from messages.forms.paging import paging
from messages.words import Reader, Words

PER_PAGE = 20
TURNS = ("earlier", "later", "export")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act: by whom (by name where they are still known), what, to what, when.

    Args:
        did: The same in the reader's words, following the name: “opened enrollment”.
    """

    who: str
    action: str
    subject: str
    at: datetime
    did: str


def audit_form(
    program: Program | None,
    lines: Sequence[Line],
    page: int,
    total: int,
    actor: int,
    reader: Reader,
    *,
    left_out: bool = False,
) -> Block:
    """Show one page of a program's log, or of what belongs to none.

    From a program's there is a way to the other; where a reader's own pairs are left out, that is said.
    """
    words = Words("forms/audit", reader)
    days = ["\n".join(_day(words, group)) for _, group in groupby(lines, lambda line: reader.day(line.at))]
    text = "\n\n".join(days) or words.mrkdwn("empty")
    of = "audit" if program else "audit.workspace"
    earlier, later, whole = (f"{of}_{each}" if program is None else f"{of}.{each}" for each in TURNS)
    blocks = [*sections(text), *paging(reader, earlier, later, page, total, PER_PAGE)]
    row = [button(words.plain("export"), Act(whole))] if total else []
    if program is not None:
        row.append(button(words.plain("workspace"), Act("audit.workspace", {"page": 0})))
    blocks += [actions(row)] if row else []
    said = words.mrkdwn("who", program=program) if program else words.mrkdwn("who_workspace")
    blocks.append(context(said, *([words.mrkdwn("own")] if left_out else [])))
    act = Act(later, {**({"program": program.id} if program else {}), "actor": actor})
    return modal(act, words.plain("title"), blocks, close=words.plain("close"))


def _day(words: Words, lines: Iterable[Line]) -> Iterator[str]:
    """A day, and below it what was done: on a phone a date before each line would hide the sentence."""
    for number, each in enumerate(lines):
        if number == 0:
            yield words.mrkdwn("on", at=each.at)
        yield words.mrkdwn("line", line=each)


def as_csv(lines: Sequence[Line]) -> bytes:
    """The log as a file for spreadsheets: UTF-8 with a mark Excel wants, instants in ISO 8601 (UTC).

    Codes stay, since an auditor filters by them and they are the same for every reader; the words come last,
    so that whatever reads the file by position goes on.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["at_utc", "who", "action", "subject", "in_words"])
    for each in lines:
        cells = [each.at.isoformat(), each.who, each.action, each.subject, each.did]
        writer.writerow([_harmless(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
