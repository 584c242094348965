"""Every report and the function that writes it: the whole table on one page."""

from collections.abc import Callable

from mentoring.reports.book import Book
from messages.reports.activity import activity_report
from messages.reports.answers import learning_report, responses_report, satisfaction_report
from messages.reports.document import Document
from messages.reports.fairness import fairness_report
from messages.reports.hours import hours_report
from messages.reports.matching import matching_report
from messages.reports.outcomes import benchmark_report, evaluation_report, targets_report
from messages.reports.phases import phases_report
from messages.reports.summary import summary_report
from messages.words import Reader

REPORTS: dict[str, Callable[[Book, Reader], Document]] = {
    "summary": summary_report,
    "activity": activity_report,
    "matching": matching_report,
    "phases": phases_report,
    "hours": hours_report,
    "learning": learning_report,
    "satisfaction": satisfaction_report,
    "responses": responses_report,
    "evaluation": evaluation_report,
    "targets": targets_report,
    "benchmark": benchmark_report,
    "fairness": fairness_report,
}
"""By code, in the order people pick from."""

COMPARING = frozenset({"evaluation", "benchmark"})
"""Reports that need the books of earlier programs too."""

BY_PROFILE = frozenset({"matching"})
"""Reports that count what people offer and want."""

GROUPING = frozenset({"fairness"})
"""Reports that need how people described themselves; nothing else reads it."""

TELLING = frozenset({"summary"})
"""Reports that pass on what people told, with their yes to the words and to the place."""

SHAPES = ("chat", "pdf", "xlsx")
"""What a report comes as: a message, pages to print, or a spreadsheet."""


def write_report(code: str, book: Book, reader: Reader) -> Document:
    """Write a report for one reader."""
    return REPORTS[code](book, reader)
