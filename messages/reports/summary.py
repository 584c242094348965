"""The sponsor's summary: one page that says whether the program does what it is for."""

from mentoring.reports.activity import activity, joined_up, weeks_over
from mentoring.reports.benchmark import figures
from mentoring.reports.book import Book
from mentoring.reports.targets import held_against, targets_of
from mentoring.surveys.instruments import QuestionKind
from messages.reports.activity import (
    MOST_WEEKS,
    activity_lead,
    activity_tiles,
    funnel_section,
    meetings_chart,
)
from messages.reports.document import Column, Document, Form, Section, Table
from messages.reports.frame import in_general, long_day, notes
from messages.reports.outcomes import targets_table
from messages.words import Reader, Words

MOST_LINES, MOST_TARGETS = 5, 5
"""Questions and targets shown: a page is a page."""
MOST_LETTERS = 250
"""Letters of stories."""
LINES_BESIDE_STORIES, TARGETS_BESIDE_STORIES = 1, 4
"""Questions and targets shown where there are stories, so that all of it fits on the page."""


def summary_report(book: Book, reader: Reader) -> Document:
    """Write it."""
    words, program = Words("reports/summary", reader), book.facts.program
    found, told = activity(book.facts), _told(book, words)
    sections = [funnel_section(book, reader)]
    if found.pairs:
        weeks = meetings_chart(joined_up(weeks_over(found.weeks, book.facts.today), MOST_WEEKS), reader)
        sections.insert(0, Section(words.plain("weeks"), chart=weeks))
    targets = targets_of(program)
    if targets:
        held = held_against(targets, figures(book))
        sections.append(
            Section(
                words.plain("targets"),
                table=targets_table(held[: TARGETS_BESIDE_STORIES if told else MOST_TARGETS], reader),
            )
        )
    said = _said(book, words, LINES_BESIDE_STORIES if told else MOST_LINES)
    if said is not None:
        sections.append(Section(words.plain("said"), words.plain("said_text"), table=said))
    if told:
        sections.append(Section(words.plain("told"), told))
    return Document(
        code="summary",
        title=program.name,
        about=_about(book, reader),
        lead=activity_lead(found, reader),
        tiles=activity_tiles(found, reader),
        sections=tuple(sections),
        notes=notes(reader, book.minimum if said is not None else None),
        one_page=True,
    )


def _about(book: Book, reader: Reader) -> str:
    program = book.facts.program
    return Words("reports/summary", reader).plain(
        "about",
        sponsor=program.sponsor_name,
        starts_on=long_day(program.starts_on, reader),
        ends_on=long_day(program.ends_on, reader),
        today=long_day(book.facts.today, reader),
    )


def _told(book: Book, words: Words) -> str:
    """The newest stories that fit, each whole: their tellers said yes to every word."""
    lines, room = [], MOST_LETTERS
    for each in book.tales:
        if len(each.text) <= room:
            room -= len(each.text)
            teller = each.name or words.plain(f"teller_{each.role or 'somebody'}")
            lines.append(words.plain("story", text=" ".join(each.text.split()), teller=teller))
    return "\n".join(lines)


def _said(book: Book, words: Words, most: int) -> Table | None:
    """What people answered in the surveys that are closed; nothing where too few did."""
    rows = [
        (
            in_general(each.question.text, words.reader),
            words.plain(f"who_{asking.audience}"),
            words.plain("nps", nps=each.total.nps)
            if each.total.nps is not None
            else words.plain("of_five", mean=f"{each.total.mean:.1f}"),
            each.total.count,
        )
        for asking in book.askings
        for each in (asking.results.questions if asking.results else ())
        if each.total is not None
        and each.question.kind in (QuestionKind.RATING, QuestionKind.NPS)
        and each.total.mean is not None
    ]
    if not rows:
        return None
    columns = (
        Column(words.plain("question")),
        Column(words.plain("who")),
        Column(words.plain("answer"), Form.FIGURE),
        Column(words.plain("answers"), Form.COUNT),
    )
    return Table(words.plain("said"), columns, tuple(rows[-MOST_LINES:][:most]))
