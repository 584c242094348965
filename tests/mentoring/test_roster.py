"""A roster is read whole or every problem is named with its line, its column and what to do."""

from pathlib import Path

import pytest

from mentoring.kinds import Format, Role
from mentoring.roster import Roster, RosterProblem, read_roster

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harbor-law-60.csv"
HEADINGS = "user_id,name,role,time_zone,level,mentee_capacity,reports_to,do_not_pair_with"


def roster(*lines: str, headings: str = HEADINGS) -> Roster:
    return read_roster("\n".join((headings, *lines)) + "\n")


def only_problem(found: Roster) -> RosterProblem:
    assert len(found.problems) == 1, found.problems
    return found.problems[0]


def test_the_sample_roster_reads_without_a_problem() -> None:
    found = read_roster(SAMPLE.read_text(encoding="utf-8"))
    assert found.problems == ()
    assert len(found.rows) == 60
    tomasz = next(row for row in found.rows if row.user_id == "U07000002")
    assert (tomasz.line, tomasz.name, tomasz.level) == (4, "Tomasz Lindqvist", 4)
    assert tomasz.roles == {Role.MENTOR}
    assert tomasz.languages == ("en", "es")
    assert tomasz.offers == ("work-life balance", "client management")
    assert tomasz.format is Format.IN_PERSON
    assert tomasz.reports_to == "U07000030"


def test_columns_come_in_any_order_with_a_byte_order_mark_and_windows_line_ends() -> None:
    found = read_roster("\ufeffRole,User ID,name,capacity\r\nboth,U1,Ana,3\r\n\r\nmentee,U2,Bo,\r\n")
    assert found.problems == ()
    ana, bo = found.rows
    assert (ana.roles, ana.capacity, ana.line) == (frozenset(Role), 3, 2)
    assert (bo.user_id, bo.capacity, bo.line) == ("U2", 0, 4)


def test_a_quoted_cell_over_several_lines_does_not_shift_the_line_numbers() -> None:
    found = roster('U1,"Ana,\nfrom Porto",mentor', "U2,Bo,boss")
    assert found.rows[0].name == "Ana,\nfrom Porto"
    assert only_problem(found) == RosterProblem(
        4, "role", "“boss” is not a role. Write mentor, mentee or both."
    )


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("U1,Ana,mentor,Europe/Lodnon", "time_zone", "Did you mean Europe/London?"),
        ("U1,Ana,mentor,Europe", "time_zone", "no time zone “Europe”"),
        ("U1,Ana,mentor,../etc/passwd", "time_zone", "no time zone"),
        ("U1,Ana,mentor,,high", "level", "whole number from 0 to 100"),
        ("U1,Ana,mentor,,,-1", "mentee_capacity", "whole number"),
        ("U1,Ana,mentor,,,1.5", "mentee_capacity", "whole number"),
        ("U1,Ana,mentor,," + "9" * 5000, "level", "whole number"),
        ("U1,Ana,mentor,,,²", "mentee_capacity", "whole number"),
        ("U1,Ana,mentor,,,,U9", "reports_to", "Nobody in this roster has the user id U9"),
        ("U1,Ana,mentor,,,,,U8", "do_not_pair_with", "Nobody in this roster has the user id U8"),
        ("U1,Ana,mentor,,,,U1", "reports_to", "circle: Ana → Ana"),
        (",Ana,mentor", "user_id", "“user_id” is empty"),
        ("U1,,mentor", "name", "“name” is empty"),
        ("U1,Ana,mentor,,,,,,Boston, MA", "", "10 cells and the headings name 8"),
        ('U1,"Ana,mentor', "", "quotation mark"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_column(line: str, column: str, words: str) -> None:
    problem = only_problem(roster(line))
    assert (problem.line, problem.column) == (2, column)
    assert words in problem.sentence


def test_a_user_id_used_twice_names_both_lines() -> None:
    problem = only_problem(roster("U1,Ana,mentor", "U2,Bo,mentee", "U1,Ana,mentee"))
    assert (problem.line, problem.column) == (4, "user_id")
    assert "line 2 and on line 4" in problem.sentence


def test_a_circle_in_the_reporting_line_is_told_by_name_and_once() -> None:
    found = roster("U3,Cy,mentor,,,,U1", "U1,Ana,mentor,,,,U2", "U2,Bo,mentee,,,,U3", "U4,Di,mentee,,,,U1")
    problem = only_problem(found)
    assert problem.line == 3
    assert "Ana → Bo → Cy → Ana" in problem.sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\ufeff \n", "empty"),
        ("PK\x03\x04 workbook", "Save as"),
        ("user_id;name;role\nU1;Ana;mentor\n", "semicolons"),
        ("user_id\tname\trole\nU1\tAna\tmentor\n", "tabs"),
        ("user_id,name\nU1,Ana\n", "“role” is missing"),
        ("userid,name,role\nU1,Ana,mentor\n", "Rename “userid” to “user_id”"),
        ("user_id,name,role,Role\nU1,Ana,mentor,mentor\n", "twice"),
        ("user_id,name,role\n", "nobody below the headings"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_the_way_out(text: str, words: str) -> None:
    found = read_roster(text)
    assert found.rows == ()
    assert only_problem(found).line == 1
    assert words in found.problems[0].sentence


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    found = roster("U1,Ana,boss,,,,U9", "U2,Bo,mentee,Mars/Base")
    assert [(problem.line, problem.column) for problem in found.problems] == [
        (2, "role"),
        (2, "reports_to"),
        (3, "time_zone"),
    ]
