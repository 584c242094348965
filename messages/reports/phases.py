"""The report on phases: how start, middle and end of the program went."""

from mentoring.reports.book import Book
from mentoring.reports.phases import PhaseCount, phases
from messages.reports.document import Chart, Column, Document, Form, Look, Section, Series, Table, Tile, shown
from messages.reports.frame import about, notes, short_day
from messages.words import Reader, Words


def phases_report(book: Book, reader: Reader) -> Document:
    """Write it."""
    words = Words("reports/phases", reader)
    found = phases(book)
    opened = [each for each in found if each.opened]
    present = opened[-1] if opened else None
    lead = words.plain("not_begun")
    together = [each for each in opened if each.met.of]
    if present is not None and not together:
        lead = words.plain("no_pairs", phase=_name(words, present))
    elif present is not None:
        lead = words.plain("lead", phase=_name(words, present), met=present.met.hits, pairs=present.met.of)
    return Document(
        code="phases",
        title=words.plain("title"),
        about=about(book, reader),
        lead=lead,
        tiles=tuple(
            Tile(
                shown(each.met.value, Form.SHARE, reader),
                words.plain("tile_met", phase=_name(words, each)),
                words.plain("tile_since", day=short_day(each.first, reader)),
            )
            for each in together
        ),
        sections=(
            Section(
                words.plain("met"),
                words.plain("met_text"),
                _chart(words, found) if together else None,
                _table(words, found),
            ),
        ),
        notes=(words.plain("note"), *notes(reader)),
    )


def _name(words: Words, phase: PhaseCount) -> str:
    return words.plain(f"phase_{phase.name}")


def _chart(words: Words, found: tuple[PhaseCount, ...]) -> Chart:
    values = tuple(each.met.value if each.opened else None for each in found)
    labels = tuple(_name(words, each) for each in found)
    says = ", ".join(
        f"{label}: {shown(value, Form.SHARE, words.reader)}"
        for label, value in zip(labels, values, strict=True)
    )
    return Chart(
        Look.ACROSS, words.plain("met"), labels, (Series(words.plain("pairs"), values),), says, Form.SHARE
    )


def _table(words: Words, found: tuple[PhaseCount, ...]) -> Table:
    columns = (
        Column(words.plain("phase")),
        Column(words.plain("from"), Form.DAY),
        Column(words.plain("pairs"), Form.COUNT),
        Column(words.plain("share_met"), Form.SHARE),
        Column(words.plain("held"), Form.COUNT),
        Column(words.plain("answered"), Form.SHARE),
    )
    rows = [
        (_name(words, each), each.first, each.met.of, each.met.value, each.held, each.answered.value)
        if each.opened
        else (_name(words, each), each.first, None, None, None, None)
        for each in found
    ]
    return Table(words.plain("met"), columns, tuple(rows))
