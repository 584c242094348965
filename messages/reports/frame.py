"""What every report shares: of what it is, and the small print."""

from datetime import date

from babel.dates import format_date

from mentoring.reports.book import Book
from messages.reports.document import Cell, Form, Tile, shown
from messages.words import Reader, Words


def about(book: Book, reader: Reader) -> str:
    """The program, its days, and as of when the numbers hold."""
    program = book.facts.program
    words = Words("reports/frame", reader)
    return words.plain(
        "about",
        program=program.name,
        starts_on=long_day(program.starts_on, reader),
        ends_on=long_day(program.ends_on, reader),
        today=long_day(book.facts.today, reader),
    )


def notes(reader: Reader, minimum: int | None = None) -> tuple[str, ...]:
    """The small print: where numbers come from and, with answers among them, the smallest group."""
    words = Words("reports/frame", reader)
    grouped = (words.plain("note_minimum", minimum=minimum),) if minimum is not None else ()
    return (*grouped, words.plain("note_theirs"))


def in_general(question: str, reader: Reader) -> str:
    """A survey's question where nobody is named: its place for the other person is filled in words."""
    return question.replace("{other}", Words("reports/frame", reader).plain("the_other"))


def tile(words: Words, name: str, value: Cell, note: str = "", form: Form = Form.COUNT) -> Tile:
    """A key figure whose label is the part `tile_NAME`, in the singular for one."""
    return Tile(shown(value, form, words.reader), words.plain(f"tile_{name}", n=value), note, value, form)


def short_day(day: date, reader: Reader) -> str:
    """`Mar 2`, for axes and rows."""
    pattern = "MMM d" if reader.language == "en" else "d MMM"
    return str(format_date(day, format=pattern, locale=reader.babel)).replace(".", "")


def long_day(day: date, reader: Reader) -> str:
    """`Mar 2, 2026`."""
    return str(format_date(day, format="medium", locale=reader.babel))
