"""The report on match quality: fit, wishes met, places, and what the pool lacks."""

from mentoring.reports.book import Book
from mentoring.reports.matching import Matching, matching
from messages.reports.document import Chart, Column, Document, Form, Look, Section, Series, Table, shown
from messages.reports.frame import about, notes, tile
from messages.words import Reader, Words

MOST_SKILLS = 12


def matching_report(book: Book, reader: Reader) -> Document:
    """Write it."""
    words = Words("reports/matching", reader)
    found = matching(book.facts, book.minimum)
    places = found.places
    sections = []
    if any(found.fits):
        sections.append(Section(words.plain("fit"), words.plain("fit_text"), chart=_fit(words, found)))
    if found.skills:
        sections.append(
            Section(words.plain("skills"), words.plain("skills_text"), table=_skills(words, found))
        )
    wishes = shown(found.wishes.value, Form.SHARE, reader)
    return Document(
        code="matching",
        title=words.plain("title"),
        about=about(book, reader),
        lead=words.plain("lead" if found.pairs else "no_pairs", wishes=wishes, waiting=found.waiting),
        tiles=(
            tile(words, "fit", found.mean, words.plain("tile_fit_note"), Form.SHARE),
            tile(words, "wishes", wishes, words.plain("tile_of", n=found.wishes.of)),
            tile(words, "places", places.value, words.plain("tile_of", n=places.of), Form.SHARE),
            tile(words, "waiting", found.waiting),
        ),
        sections=tuple(sections),
        notes=(
            words.plain("note", by_hand=found.by_hand),
            words.plain("note_skills", minimum=book.minimum),
            *notes(reader),
        ),
    )


def _fit(words: Words, found: Matching) -> Chart:
    labels = tuple(words.plain(f"fit_{number}") for number in range(len(found.fits)))
    says = ", ".join(f"{label}: {value}" for label, value in zip(labels, found.fits, strict=True))
    return Chart(
        Look.BARS, words.plain("fit"), labels, (Series(words.plain("pairs"), tuple(found.fits)),), says
    )


def _skills(words: Words, found: Matching) -> Table:
    columns = (
        Column(words.plain("skill")),
        Column(words.plain("wanted"), Form.COUNT),
        Column(words.plain("offered"), Form.COUNT),
    )
    rows = [(each.name, each.wanted, each.offered or None) for each in found.skills[:MOST_SKILLS]]
    return Table(words.plain("skills"), columns, tuple(rows))
