"""Reports on what came of it: evaluation on four levels, the charter's targets, cohort beside cohort."""

from collections.abc import Mapping

from mentoring.reports.benchmark import Figures, Measure, figures
from mentoring.reports.book import Book
from mentoring.reports.targets import Held, held_against, targets_of
from mentoring.surveys.evaluation import CohortEvidence, LevelReport, Line, evaluation
from mentoring.surveys.evaluation import Measure as Reading
from mentoring.surveys.instruments import Audience, Level
from messages.reports.document import Cell, Chart, Column, Document, Form, Look, Section, Series, Table, shown
from messages.reports.frame import about, in_general, notes
from messages.words import Reader, Words

READS = {
    Reading.MEAN: Form.MEAN,
    Reading.NPS: Form.COUNT,
    Reading.DIFFERENCE: Form.MOVED,
    Reading.SHARE: Form.SHARE,
}
WHOLE = frozenset({Measure.JOINED, Measure.NPS})


def form_of(measure: Measure) -> Form:
    """How a measure's values read."""
    if measure.is_share:
        return Form.SHARE
    if measure in WHOLE:
        return Form.COUNT
    return Form.MOVED if measure is Measure.LEARNING else Form.MEAN


def evaluation_report(book: Book, reader: Reader) -> Document:
    """Write it: did they like it, did they learn, do they do it, did it matter."""
    words = Words("reports/evaluation", reader)
    levels = evaluation(_evidence(book), [_evidence(each) for each in book.earlier], minimum=book.minimum)
    held = held_against(targets_of(book.facts.program), figures(book))
    sections = [_level(words, each, book, targeted=bool(held)) for each in levels]
    if held:
        sections.append(Section(words.plain("targets"), table=targets_table(held, reader)))
    told = sum(each.gap is None for each in levels) + (bool(held) and levels[-1].gap is not None)
    return Document(
        code="evaluation",
        title=words.plain("title"),
        about=about(book, reader),
        lead=words.plain("lead", told=told),
        sections=tuple(sections),
        notes=(words.plain("note"), *notes(reader, book.minimum)),
    )


def _evidence(book: Book) -> CohortEvidence:
    return CohortEvidence(book.facts.program.name, book.surveys, book.changes)


def _level(words: Words, level: LevelReport, book: Book, *, targeted: bool) -> Section:
    heading, asks = words.plain(f"level_{level.level}"), words.plain(f"asks_{level.level}")
    if level.gap is not None:
        gap = "gap_targets" if targeted and level.level is Level.RESULTS else f"gap_{level.gap}"
        return Section(heading, f"{asks} {words.plain(gap)}")
    earlier = [each.facts.program.name for each in book.earlier]
    columns = [
        Column(words.plain("line")),
        Column(words.plain("now"), Form.FIGURE),
        Column(words.plain("people"), Form.COUNT),
    ]
    columns += [Column(each, Form.FIGURE) for each in earlier]
    asked = {each.instrument: each.audience for each in book.askings}
    rows = [_line(words, each, earlier, asked) for each in level.lines if each.now.value is not None]
    return Section(heading, asks, table=Table(heading, tuple(columns), tuple(rows)))


def _line(words: Words, line: Line, earlier: list[str], asked: Mapping[str, Audience]) -> tuple[Cell, ...]:
    """A line with who was asked: mentors and mentees are asked some things in the same words."""
    before = {each.cohort: each.value for each in line.earlier}
    past = [_read(line.measure, before.get(name), words.reader) for name in earlier]
    text = in_general(line.text, words.reader)
    if line.source in asked:
        who = Words("reports/summary", words.reader).plain(f"who_{asked[line.source]}")
        text = f"{text} ({who})"
    return (text, _read(line.measure, line.now.value, words.reader), line.now.count, *past)


def _read(measure: Reading, value: float | None, reader: Reader) -> str:
    """A figure as it reads beside others of another kind: 15 could be anything, NPS 15 can't."""
    said = shown(value, READS[measure], reader)
    if measure is not Reading.NPS or value is None:
        return said
    return Words("reports/summary", reader).plain("nps", nps=said)


def targets_report(book: Book, reader: Reader) -> Document:
    """Write which of the charter's targets are met."""
    words = Words("reports/targets", reader)
    held = held_against(targets_of(book.facts.program), figures(book))
    met = sum(each.met is True for each in held)
    table = targets_table(held, reader)
    return Document(
        code="targets",
        title=words.plain("title"),
        about=about(book, reader),
        lead=words.plain("lead" if held else "none", met=met, targets=len(held)),
        sections=(Section(words.plain("table"), table=table),) if held else (),
        notes=(words.plain("note"), *notes(reader, book.minimum)),
    )


def targets_table(held: tuple[Held, ...], reader: Reader) -> Table:
    """The targets with what was reached, a line each; the last column says it in a word."""
    words = Words("reports/targets", reader)
    forms = {"target": Form.TEXT, "least": Form.FIGURE, "reached": Form.FIGURE, "outcome": Form.TEXT}
    columns = tuple(Column(words.plain(name), form) for name, form in forms.items())
    rows = []
    for each in held:
        form = form_of(each.target.measure)
        outcome = "open" if each.met is None else "met" if each.met else "not_met"
        rows.append(
            (
                measure_name(each.target.measure, reader),
                shown(each.target.least, form, reader),
                shown(each.reached, form, reader),
                words.plain(outcome),
            )
        )
    return Table(words.plain("table"), columns, tuple(rows))


def measure_name(measure: Measure, reader: Reader) -> str:
    """What a measure is called."""
    return Words("reports/targets", reader).plain(f"measure_{measure}")


def benchmark_report(book: Book, reader: Reader) -> Document:
    """Write this cohort beside the earlier ones of its kind."""
    words = Words("reports/benchmark", reader)
    cohorts = [book, *book.earlier]
    found = [figures(each) for each in cohorts]
    columns = (
        Column(words.plain("measure")),
        *(Column(each.facts.program.name, Form.FIGURE) for each in cohorts),
    )
    rows = [
        (measure_name(each, reader), *(shown(one.values[each], form_of(each), reader) for one in found))
        for each in Measure
    ]
    shares = _shares(words, cohorts, found)
    known = any(value is not None for each in shares.series for value in each.values)
    sections = [
        Section(
            words.plain("table"),
            chart=shares if known else None,
            table=Table(words.plain("table"), columns, tuple(rows)),
        )
    ]
    return Document(
        code="benchmark",
        title=words.plain("title"),
        about=about(book, reader),
        lead=words.plain("lead" if book.earlier else "alone", cohorts=len(book.earlier)),
        sections=tuple(sections) if known or book.earlier else (),
        notes=(words.plain("note"), *notes(reader, book.minimum)),
    )


def _shares(words: Words, cohorts: list[Book], found: list[Figures]) -> Chart:
    """The shares of all cohorts side by side; at most three, since more do not tell apart on paper."""
    shares = [each for each in Measure if each.is_share]
    series = [
        Series(book.facts.program.name, tuple(one.values[each] for each in shares))
        for book, one in zip(cohorts[:3], found[:3], strict=True)
    ]
    labels = tuple(words.plain(f"short_{each}") for each in shares)
    says = "; ".join(
        f"{label}: "
        + ", ".join(f"{each.name} {shown(each.values[place], Form.SHARE, words.reader)}" for each in series)
        for place, label in enumerate(labels)
    )
    return Chart(Look.BARS, words.plain("table"), labels, tuple(series), says, Form.SHARE)
