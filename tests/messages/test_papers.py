"""Papers people take away: what stands in them, and nothing private."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from mentoring.assessment import Objective, ObjectiveRating, Rater, summative
from mentoring.portfolio import ItemKind, PortfolioItem
from messages.hours_log import Participation, hours_csv
from messages.papers import Sheet, certificate, portfolio_pdf
from messages.samples import CASES, MEETING, NOW, ZONE, program_of
from messages.words import Reader

READER = Reader.of(ZONE, "en-US")
OBJECTIVES = (Objective(1, "Speak up"), Objective(2, "Know the firm"))


@pytest.mark.parametrize("case", CASES)
def test_a_certificate_can_be_printed_for_anybody(case: str) -> None:
    names = CASES[case].names
    made = certificate(Participation(program_of(CASES[case]), names[-1], names[:-1], (MEETING,)), READER, NOW)
    assert made.startswith(b"%PDF")


def test_the_same_facts_give_the_same_certificate() -> None:
    about = Participation(program_of(CASES["one"]), "Zoë Ćosić", ("Ἀλέξανδρος Юрьев",), (MEETING,))
    assert certificate(about, READER, NOW) == certificate(about, READER, NOW)


@pytest.mark.parametrize("case", CASES)
def test_a_portfolio_can_be_printed_whatever_stands_in_it(case: str) -> None:
    text = CASES[case].words
    items = [PortfolioItem(2, 1, ItemKind.NOTE, text[:80], text)]
    judged = summative([1, 2], [ObjectiveRating(1, Rater.SELF, 4, text)])
    made = portfolio_pdf(program_of(CASES[case]), "Priya", OBJECTIVES, items, judged, READER, NOW)
    assert made.startswith(b"%PDF")


def test_the_log_of_hours_adds_up_and_leaves_a_column_for_the_code() -> None:
    about = Participation(program_of(CASES["one"]), "Priya", ("Marcus",), (MEETING, MEETING))
    rows = list(csv.reader(StringIO(hours_csv(about, READER).decode("utf-8-sig"))))
    assert rows[0] == ["Date", "With", "Hours", "What", "Code"]
    assert rows[1] == ["2026-03-05", "Marcus", "0.75", "Mentoring meeting", ""]
    assert rows[-1][2] == "1.50"


def test_the_programs_code_stands_on_every_line_of_the_log() -> None:
    program = replace(program_of(CASES["one"]), settings={"hours_code": "CLE 4711"})
    about = Participation(program, "Priya", ("Marcus",), (MEETING, MEETING))
    rows = list(csv.reader(StringIO(hours_csv(about, READER).decode("utf-8-sig"))))
    assert [row[4] for row in rows] == ["Code", "CLE 4711", "CLE 4711", ""]


def test_no_name_is_run_as_a_formula() -> None:
    about = Participation(program_of(CASES["one"]), "Priya", ("=HYPERLINK(1)",), (MEETING,))
    rows = list(csv.reader(StringIO(hours_csv(about, READER).decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_a_certificate_is_one_page_however_long_the_names_are() -> None:
    case = CASES["very long"]
    program = replace(
        program_of(case), name="Mentoring across generations, offices and practice groups, 2026"
    )
    names = (" ".join(each[:40] for each in case.names),)
    made = certificate(Participation(program, case.names[0], names, (MEETING,)), READER, NOW)
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") == 1


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Zoë Ćosić", "Zoë Ćosić"),
        ("Ὀλυμπία", "Ολυμπία"),
        ("Wei Xu (徐伟)", "Wei Xu (??)"),
        ("Well done 🎉", "Well done "),
    ],
)
def test_a_letter_the_typeface_lacks_is_seen_to_be_missing(name: str, printed: str) -> None:
    sheet = Sheet(NOW, "portrait")
    assert sheet.drawable(name) == printed
    sheet.put_away()
