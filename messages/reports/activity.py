"""The activity report: whether people meet, week by week, and whether they keep the rhythm they agreed on."""

from collections.abc import Sequence

from mentoring.reports.activity import Activity, Funnel, Week, activity, funnel, joined_up, weeks_over
from mentoring.reports.book import Book
from messages.reports.document import Chart, Column, Document, Form, Look, Section, Series, Table, Tile, shown
from messages.reports.frame import about, notes, short_day, tile
from messages.words import Reader, Words

MOST_WEEKS = 20
"""Points of Slack's own chart; more weeks are joined."""


def activity_report(book: Book, reader: Reader) -> Document:
    """Write it."""
    words = Words("reports/activity", reader)
    found = activity(book.facts)
    over = weeks_over(found.weeks, book.facts.today)
    weeks = joined_up(over, MOST_WEEKS)
    sections = [
        Section(words.plain("weeks"), chart=meetings_chart(weeks, reader)),
        Section(words.plain("table"), words.plain("table_text"), table=_table(words, over)),
    ]
    return Document(
        code="activity",
        title=words.plain("title"),
        about=about(book, reader),
        lead=activity_lead(found, reader),
        tiles=activity_tiles(found, reader),
        sections=tuple(sections) if found.pairs else (),
        notes=(words.plain("note"), *notes(reader)),
    )


def activity_lead(found: Activity, reader: Reader) -> str:
    """What it comes to, in a sentence or two."""
    words = Words("reports/activity", reader)
    if not found.pairs:
        return words.plain("no_pairs")
    kept = shown(found.kept.value, Form.SHARE, reader) if found.kept.of else ""
    return words.plain("lead", met=found.met.hits, pairs=found.pairs, held=found.held, kept=kept)


def activity_tiles(found: Activity, reader: Reader) -> tuple[Tile, ...]:
    """The four figures everybody asks for."""
    words = Words("reports/activity", reader)
    hours, kept = round(found.minutes / 60), found.kept
    return (
        tile(words, "pairs", found.live, words.plain("tile_of", n=found.pairs)),
        tile(words, "held", found.held, words.plain("tile_of", n=found.planned)),
        tile(words, "kept", kept.value, words.plain("tile_periods", n=kept.of), Form.SHARE),
        tile(words, "hours", hours, words.plain("tile_hours_note")),
    )


def meetings_chart(weeks: tuple[Week, ...], reader: Reader) -> Chart:
    """Planned and held, by week or by a few weeks together."""
    words = Words("reports/activity", reader)
    planned, held = sum(each.planned for each in weeks), sum(each.held for each in weeks)
    busiest = max(weeks, key=lambda each: each.held, default=None)
    says = words.plain("chart_none")
    if busiest is not None and planned:
        says = words.plain(
            "chart_says", planned=planned, held=held, most=busiest.held, week=short_day(busiest.first, reader)
        )
    return Chart(
        Look.WITHIN,
        words.plain("chart"),
        tuple(short_day(each.first, reader) for each in weeks),
        (
            Series(words.plain("planned"), tuple(each.planned for each in weeks)),
            Series(words.plain("held"), tuple(each.held for each in weeks)),
        )
        if planned
        else (
            Series(words.plain("planned"), (None,) * len(weeks)),
            Series(words.plain("held"), (None,) * len(weeks)),
        ),
        says,
    )


def funnel_chart(found: Funnel, reader: Reader) -> Chart:
    """How far people came."""
    words = Words("reports/activity", reader)
    steps = ("invited", "joined", "matched", "agreed", "met", "finished")
    values = [getattr(found, step) for step in steps]
    labels = [words.plain(f"step_{step}") for step in steps]
    says = ", ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
    return Chart(
        Look.ACROSS,
        words.plain("funnel"),
        tuple(labels),
        (Series(words.plain("people"), tuple(values)),),
        says,
    )


def funnel_section(book: Book, reader: Reader) -> Section:
    """The funnel under its heading, once somebody has been asked."""
    words, found = Words("reports/activity", reader), funnel(book.facts)
    if not found.invited:
        return Section(words.plain("funnel"), words.plain("funnel_none"))
    return Section(words.plain("funnel"), words.plain("funnel_text"), chart=funnel_chart(found, reader))


def _table(words: Words, weeks: Sequence[Week]) -> Table:
    columns = (
        Column(words.plain("week")),
        Column(words.plain("planned"), Form.COUNT),
        Column(words.plain("held"), Form.COUNT),
        Column(words.plain("share"), Form.SHARE),
    )
    rows = [
        (
            short_day(each.first, words.reader),
            each.planned,
            each.held,
            each.held / each.planned if each.planned else None,
        )
        for each in reversed(weeks)
    ]
    return Table(words.plain("weeks"), columns, tuple(rows))
