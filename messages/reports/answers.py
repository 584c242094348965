"""Reports on what people answered: learning, satisfaction with NPS, and response rates."""

from mentoring.reports.benchmark import learning, promoter_score, satisfaction
from mentoring.reports.book import Asking, Book
from mentoring.surveys.instruments import QuestionKind
from mentoring.surveys.results import DETRACTOR_TO, PROMOTER_FROM, Change, QuestionResult, Summary
from messages.reports.document import (
    Cell,
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
from messages.reports.frame import about, in_general, notes, short_day, tile
from messages.words import Reader, Words


def learning_report(book: Book, reader: Reader) -> Document:
    """Write how people's own ratings moved between before and after."""
    words = Words("reports/learning", reader)
    told = [each for each in book.changes if each.count is not None]
    sections = (
        Section(
            words.plain("change"),
            words.plain("change_text"),
            _change_chart(words, told),
            _change_table(words, told),
        ),
    )
    moved, people = learning(book), max((each.count or 0 for each in told), default=0)
    best = max(told, key=lambda each: each.difference or 0, default=None)
    lead = words.plain("too_few", minimum=book.minimum)
    if moved is not None and best is not None:
        far = shown(moved, Form.MOVED, reader)
        lead = words.plain("lead", moved=far, people=people, best=best.question.text)
    return Document(
        code="learning",
        title=words.plain("title"),
        about=about(book, reader),
        lead=lead,
        tiles=(
            tile(words, "moved", moved, words.plain("tile_scale"), Form.MOVED),
            tile(words, "people", people or None, words.plain("tile_both")),
        )
        if told
        else (),
        sections=sections if told else (),
        notes=(words.plain("note"), *notes(reader, book.minimum)),
    )


def _change_chart(words: Words, told: list[Change]) -> Chart:
    says = "; ".join(
        words.plain("says", text=each.question.text, before=f"{each.before:.1f}", after=f"{each.after:.1f}")
        for each in told
    )
    return Chart(
        Look.CHANGES,
        words.plain("change"),
        tuple(each.question.text for each in told),
        (
            Series(words.plain("before"), tuple(each.before for each in told)),
            Series(words.plain("after"), tuple(each.after for each in told)),
        ),
        says,
        Form.MEAN,
    )


def _change_table(words: Words, told: list[Change]) -> Table:
    names = (
        words.plain("line"),
        words.plain("before"),
        words.plain("after"),
        words.plain("moved"),
        words.plain("people"),
    )
    forms = (Form.TEXT, Form.MEAN, Form.MEAN, Form.MOVED, Form.COUNT)
    rows = [(each.question.text, each.before, each.after, each.difference, each.count) for each in told]
    return Table(words.plain("change"), tuple(map(Column, names, forms)), tuple(rows))


def satisfaction_report(book: Book, reader: Reader) -> Document:
    """Write how happy people are with the program, and whether they would recommend it."""
    words = Words("reports/satisfaction", reader)
    rated = _questions(book, QuestionKind.RATING)
    asked_to_recommend = _questions(book, QuestionKind.NPS)
    score, mean = promoter_score(book), satisfaction(book)
    sections = []
    if asked_to_recommend:
        sections.append(
            Section(
                words.plain("recommend"),
                words.plain("recommend_text"),
                chart=_promoters(words, asked_to_recommend),
            )
        )
    if rated:
        sections.append(
            Section(words.plain("ratings"), words.plain("ratings_text"), table=_ratings(words, rated))
        )
    lead = words.plain("too_few", minimum=book.minimum)
    if rated or asked_to_recommend:
        nps = "" if score is None else shown(score, Form.COUNT, reader)
        lead = words.plain("lead", mean="" if mean is None else shown(mean, Form.MEAN, reader), nps=nps)
    known = mean is not None or score is not None
    return Document(
        code="satisfaction",
        title=words.plain("title"),
        about=about(book, reader),
        lead=lead,
        tiles=(
            tile(words, "mean", mean, words.plain("tile_scale"), Form.MEAN),
            tile(words, "nps", score, words.plain("tile_nps_note")),
        )
        if known
        else (),
        sections=tuple(sections),
        notes=(words.plain("note"), *notes(reader, book.minimum)),
    )


Rated = tuple[Asking, QuestionResult, Summary]


def _questions(book: Book, kind: QuestionKind) -> list[Rated]:
    return [
        (survey, each, each.total)
        for survey in book.askings
        if survey.results is not None
        for each in survey.results.questions
        if each.question.kind is kind and each.total is not None
    ]


def _promoters(words: Words, asked: list[Rated]) -> Chart:
    """Who would recommend it, who is of two minds, and who would not; as shares of each survey's answers."""
    parts: dict[str, list[float]] = {"promoters": [], "passives": [], "detractors": []}
    said = []
    for survey, _, total in asked:
        yes = sum(n for score, n in total.counts.items() if isinstance(score, int) and score >= PROMOTER_FROM)
        no = sum(n for score, n in total.counts.items() if isinstance(score, int) and score <= DETRACTOR_TO)
        for name, count in (("promoters", yes), ("passives", total.count - yes - no), ("detractors", no)):
            parts[name].append(count / total.count)
        said.append(words.plain("says", who=_who(words, survey), nps=total.nps, count=total.count))
    return Chart(
        Look.BARS,
        words.plain("recommend"),
        tuple(_who(words, survey) for survey, _, _ in asked),
        tuple(Series(words.plain(name), tuple(values)) for name, values in parts.items()),
        " ".join(said),
        Form.SHARE,
    )


def _who(words: Words, survey: Asking) -> str:
    return words.plain(f"who_{survey.audience}")


def _ratings(words: Words, rated: list[Rated]) -> Table:
    names = (words.plain("question"), words.plain("survey"), words.plain("mean"), words.plain("answers"))
    forms = (Form.TEXT, Form.TEXT, Form.MEAN, Form.COUNT)
    rows: list[tuple[Cell, ...]] = [
        (
            in_general(each.question.text, words.reader),
            f"{survey.title} ({_who(words, survey)})",
            total.mean,
            total.count,
        )
        for survey, each, total in rated
    ]
    return Table(words.plain("ratings"), tuple(map(Column, names, forms)), tuple(rows))


def responses_report(book: Book, reader: Reader) -> Document:
    """Write how many of those asked have answered."""
    words = Words("reports/responses", reader)
    asked = sum(each.rate.asked for each in book.askings)
    answered = sum(each.rate.answered for each in book.askings)
    share = answered / asked if asked else None
    columns = (
        Column(words.plain("survey")),
        Column(words.plain("asked"), Form.COUNT),
        Column(words.plain("answered"), Form.COUNT),
        Column(words.plain("share"), Form.SHARE),
        Column(words.plain("state")),
    )
    names = [f"{each.title} ({words.plain(f'who_{each.audience}')})" for each in book.askings]
    rows = [
        (
            name,
            each.rate.asked,
            each.rate.answered,
            each.rate.share,
            _state(words, each),
        )
        for name, each in zip(names, book.askings, strict=True)
    ]
    says = ", ".join(f"{row[0]}: {row[2]} / {row[1]}" for row in rows)
    chart = Chart(
        Look.ACROSS,
        words.plain("rates"),
        tuple(names),
        (Series(words.plain("share"), tuple(each.rate.share for each in book.askings)),),
        says,
        Form.SHARE,
    )
    counted = {"asked": asked, "answered": answered, "share": shown(share, Form.SHARE, reader)}
    part = Section(words.plain("rates"), chart=chart, table=Table(words.plain("rates"), columns, tuple(rows)))
    return Document(
        code="responses",
        title=words.plain("title"),
        about=about(book, reader),
        lead=words.plain("lead", **counted) if asked else words.plain("nobody"),
        sections=(part,) if asked else (),
        notes=(words.plain("note"), *notes(reader)),
    )


def _state(words: Words, asking: Asking) -> str:
    if asking.open_until is None:
        return words.plain("closed")
    day = asking.open_until.astimezone(words.reader.zone).date()
    return words.plain("open", day=short_day(day, words.reader))
