"""The report on time: hours promised, hours given."""

from babel.dates import format_date

from mentoring.reports.book import Book
from mentoring.reports.hours import Hours, hours
from messages.reports.document import Chart, Document, Form, Look, Section, Series, Table, shown
from messages.reports.frame import about, notes, tile
from messages.words import Reader, Words


def hours_report(book: Book, reader: Reader) -> Document:
    """Write it."""
    words = Words("reports/hours", reader)
    found = hours(book.facts)
    share = found.given / found.promised if found.promised else None
    texts = {
        "given": shown(round(found.given), Form.COUNT, reader),
        "promised": shown(round(found.promised), Form.COUNT, reader),
        "share": shown(share, Form.SHARE, reader),
    }
    each_one = found.given / found.people if found.people else None
    return Document(
        code="hours",
        title=words.plain("title"),
        about=about(book, reader),
        lead=words.plain("lead" if found.people else "nobody", **texts),
        tiles=(
            tile(words, "given", texts["given"], words.plain("tile_of", n=texts["promised"])),
            tile(words, "each", each_one, words.plain("tile_people", n=found.people), Form.MEAN),
            tile(words, "within", found.within.value, words.plain("tile_within_note"), Form.SHARE),
        ),
        sections=(Section(words.plain("months"), chart=_chart(words, found), table=_table(words, found)),)
        if found.people
        else (),
        notes=(words.plain("note"), *notes(reader)),
    )


def _months(words: Words, found: Hours) -> list[str]:
    return [str(format_date(each.first, format="MMM y", locale=words.reader.babel)) for each in found.months]


def _chart(words: Words, found: Hours) -> Chart:
    promised = tuple(round(each.promised, 1) for each in found.months)
    given = tuple(round(each.given, 1) for each in found.months)
    labels = _months(words, found)
    says = "; ".join(
        words.plain("says", month=label, given=f"{got:.0f}", promised=f"{said:.0f}")
        for label, got, said in zip(labels, given, promised, strict=True)
    )
    series = (Series(words.plain("promised"), promised), Series(words.plain("given"), given))
    return Chart(Look.WITHIN, words.plain("months"), tuple(labels), series, says)


def _table(words: Words, found: Hours) -> Table:
    names = (words.plain("month"), words.plain("promised"), words.plain("given"))
    rows = [
        (label, round(each.promised, 1), round(each.given, 1))
        for label, each in zip(_months(words, found), found.months, strict=True)
    ]
    return Table.of(words.plain("months"), names, Form.MEAN, rows)
