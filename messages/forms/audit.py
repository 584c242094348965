"""The log of what coordinators did: who, what, when, why; ids and codes, no words."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, context, modal, section
from messages.forms.paging import paging
from messages.words import Reader, Words

PER_PAGE = 20
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act: by whom (by name where they are still known), what, to what, when."""

    who: str
    action: str
    subject: str
    at: datetime


def audit_form(
    program: Program, lines: Sequence[Line], page: int, total: int, actor: int, reader: Reader
) -> Block:
    """Show one page of the log."""
    words = Words("forms/audit", reader)
    text = "\n".join(words.mrkdwn("line", line=each) for each in lines) or words.mrkdwn("empty")
    blocks = [section(text), *paging(reader, "audit.earlier", "audit.later", page, total, PER_PAGE)]
    if total:
        blocks.append(actions([button(words.plain("export"), Act("audit.export"))]))
    blocks.append(context(words.mrkdwn("who", program=program)))
    act = Act("audit.later", {"program": program.id, "actor": actor})
    return modal(act, words.plain("title"), blocks, close=words.plain("close"))


def as_csv(lines: Sequence[Line]) -> bytes:
    """The log as a file for spreadsheets: UTF-8 with a mark Excel wants, instants in ISO 8601 (UTC)."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["at_utc", "who", "action", "subject"])
    for each in lines:
        cells = [each.at.isoformat(), each.who, each.action, each.subject]
        writer.writerow([_harmless(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
