"""Every report and the function that writes it: the whole table on one page."""

from collections.abc import Callable

from mentoring.reports.book import Book
from messages.reports.activity import activity_report
from messages.reports.document import Document
from messages.reports.summary import summary_report
from messages.words import Reader

REPORTS: dict[str, Callable[[Book, Reader], Document]] = {
    "summary": summary_report,
    "activity": activity_report,
}
"""By code, in the order people pick from."""

SHAPES = ("chat", "pdf", "xlsx")
"""What a report comes as: a message, pages to print, or a spreadsheet."""


def write_report(code: str, book: Book, reader: Reader) -> Document:
    """Write a report for one reader."""
    return REPORTS[code](book, reader)
