"""The fairness report: groups side by side, with how sure the numbers are and what they cannot show."""

from collections.abc import Sequence

from mentoring.reports.book import Book
from mentoring.reports.fairness import BY_RECORD, UNSAID, Answer, Comparison, GroupShare, fairness
from messages.reports.document import (
    NOTHING,
    Chart,
    Column,
    Document,
    Form,
    Look,
    Section,
    Series,
    Table,
    shown,
)
from messages.reports.frame import about, notes
from messages.words import Reader, Words


def fairness_report(book: Book, reader: Reader) -> Document:
    """Write it."""
    words = Words("reports/fairness", reader)
    found = fairness(book.facts, book.groups, book.improved, book.minimum)
    told = [each for each in found if any(one.groups for one in each.comparisons)]
    apart = [(each, one) for each in told for one in each.comparisons if one.apart]
    lead = words.plain("nothing")
    if told:
        where = [
            words.plain("where", question=words.plain(f"short_{answer.question}"), by=_by(words, one.by))
            for answer, one in apart
        ]
        lead = words.plain("apart", where=where) if apart else words.plain("alike", questions=len(told))
    return Document(
        code="fairness",
        title=words.plain("title"),
        about=about(book, reader),
        lead=lead,
        sections=tuple(_section(words, each, alone=not told) for each in found),
        notes=(
            words.plain("note_can"),
            words.plain("note_cannot"),
            words.plain("note_rounded"),
            *notes(reader),
        ),
    )


def _section(words: Words, answer: Answer, *, alone: bool) -> Section:
    """One question; `alone` where nothing at all can be compared, which the lead has said for all of them."""
    heading = words.plain(f"question_{answer.question}")
    shown_ones = [each for each in answer.comparisons if each.groups]
    withheld = [_by(words, each.by) for each in answer.comparisons if not each.groups]
    total = None if answer.total is None else shown(answer.total.value, Form.SHARE, words.reader)
    text = words.plain(f"explains_{answer.question}")
    if total is not None:
        text = f"{text} {words.plain('total', share=total)}"
    if not shown_ones:
        return Section(heading, text if alone else f"{text} {words.plain('too_few')}")
    if withheld:
        text = f"{text} {words.plain('withheld', names=withheld)}"
    rows = [(each.by, group) for each in shown_ones for group in each.groups or ()]
    return Section(heading, text, _chart(words, heading, rows), _table(words, heading, shown_ones))


def _chart(words: Words, heading: str, rows: Sequence[tuple[str, GroupShare]]) -> Chart:
    names = tuple(_group(words, by, group) for by, group in rows)
    values = tuple(group.share.value for _, group in rows)
    ranges = [group.share.interval() for _, group in rows]
    says = "; ".join(
        f"{name} {shown(value, Form.SHARE, words.reader)}" for name, value in zip(names, values, strict=True)
    )
    return Chart(
        Look.RANGES,
        heading,
        names,
        (Series(words.plain("share"), values),),
        says,
        Form.SHARE,
        tuple(None if each is None else (each.low, each.high) for each in ranges),
    )


def _table(words: Words, heading: str, found: Sequence[Comparison]) -> Table:
    columns = (
        Column(words.plain("group")),
        Column(words.plain("share"), Form.SHARE),
        Column(words.plain("probably"), Form.FIGURE),
        Column(words.plain("people"), Form.FIGURE),
    )
    rows = [
        (
            _group(words, each.by, one),
            one.share.value,
            _range(words, one),
            words.plain("about", n=one.share.of),
        )
        for each in found
        for one in each.groups or ()
    ]
    return Table(heading, columns, tuple(rows))


def _range(words: Words, group: GroupShare) -> str:
    interval = group.share.interval()
    if interval is None:
        return NOTHING
    low, high = (shown(each, Form.SHARE, words.reader) for each in (interval.low, interval.high))
    return words.plain("range", low=low, high=high)


def _by(words: Words, name: str) -> str:
    return words.plain(f"by_{name}")


def _group(words: Words, by: str, group: GroupShare) -> str:
    """`Gender: woman`; of several merged, all their names."""
    labels = [_label(words, by, each) for each in group.labels]
    return words.plain("of_group", by=_by(words, by), labels=labels)


def _label(words: Words, by: str, label: str) -> str:
    if label == UNSAID:
        return words.plain("unsaid")
    if by in BY_RECORD:
        return label
    return words.plain(f"{by}_{label}") if by == "gender" else words.plain(f"answer_{label}")
