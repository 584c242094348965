"""What the letter with a report draws on: the report, written for its reader at the moment of sending."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.report_book import report_book
from messages.letters.context import Circumstances
from messages.reports.kinds import write_report
from storage.outbox import Letter
from storage.people import people


def report_facts_of(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """Write the report, and know who sent it."""
    code = str(letter.ids["report"])
    book = report_book(session, seen.the_program, seen.now, seen.reader.locale, code)
    sender = people(session, letter.workspace_id, [int(letter.ids["by"])])
    return replace(seen, report=write_report(code, book, seen.reader), people=sender)
