"""`mentoring match` reads spreadsheets, writes proposals, and names file, line and column of faults."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.match_command import register

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harbor-law-60.csv"
ROSTER = "user_id,name,role,offers,wants,mentee_capacity\n"
SMALL = (
    ROSTER
    + "U1,Ana Example,mentor,negotiation,,1\nU2,Bo Example,mentee,,negotiation,\nU3,Cy Example,mentee,,tax,\n"
)


def run(*words: str | Path) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, [str(word) for word in words])


def refused(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(SMALL, encoding="utf-8")
    return path


def written(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", ["traditional", "reverse", "peer", "buddy", "group"])
@pytest.mark.parametrize("objective", ["best-total", "most-matched", "fairest"])
def test_the_sample_roster_is_matched_in_every_kind(kind: str, objective: str, tmp_path: Path) -> None:
    out = tmp_path / "proposal.json"
    done = run(
        "--roster",
        SAMPLE,
        "--program",
        kind,
        "--objective",
        objective,
        "--seed",
        "3",
        "--out",
        out,
        "--explain",
    )
    assert done.exit_code == 0, done.stderr
    proposal = written(out)
    assert proposal["summary"]["objective"] == objective
    assert proposal["summary"]["seed"] == 3
    assert proposal["summary"]["matched"] == (60 if kind == "peer" else 37)
    assert all(pair["explanation"]["coordinator"] for pair in proposal["pairs"])


def test_a_proposal_can_be_printed(roster: Path) -> None:
    done = run("--roster", roster, "--out", "json")
    assert [pair["mentee"] for pair in json.loads(done.stdout)["pairs"]] == ["U2"]
    assert "1 matched" in done.stderr


def test_a_spreadsheet_lists_matches_and_the_unmatched_with_names_and_reasons(roster: Path) -> None:
    done = run("--roster", roster, "--out", "csv", "--explain")
    matched, unmatched = list(csv.DictReader(io.StringIO(done.stdout)))
    assert (matched["mentor_name"], matched["mentee_name"]) == ("Ana Example", "Bo Example")
    assert matched["for_mentee"].startswith("Ana offers negotiation, your one wish")
    assert unmatched["mentee"] == "U3"
    assert unmatched["change"] == "One more place with Ana, kept for Cy, would do."


def test_a_name_that_looks_like_a_formula_stays_text_in_the_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(SMALL.replace("Bo Example", "=HYPERLINK(1)"), encoding="utf-8")
    done = run("--roster", path, "--out", "csv")
    assert next(csv.DictReader(io.StringIO(done.stdout)))["mentee_name"] == "'=HYPERLINK(1)"


def test_the_last_proposal_serves_as_history(roster: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.csv"
    assert run("--roster", roster, "--out", before).exit_code == 0
    after = run("--roster", roster, "--history", before, "--out", "json")
    assert [pair["mentee"] for pair in json.loads(after.stdout)["pairs"]] == ["U3"]
    later = run("--roster", roster, "--history", before, "--cycles", "0", "--out", "json")
    assert [pair["mentee"] for pair in json.loads(later.stdout)["pairs"]] == ["U2"]


@pytest.mark.parametrize(
    ("name", "text"), [("w.json", '{"wishes": 0, "goals": 9}'), ("w.yaml", "wishes: 0\ngoals: 9\n")]
)
def test_weights_are_laid_over_those_of_the_kind(name: str, text: str, roster: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = run("--roster", roster, "--weights", path, "--out", "json")
    weights = json.loads(done.stdout)["summary"]["weights"]
    assert weights["goals"] == 9
    assert "wishes" not in weights
    assert weights["seniority"] == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wishes: 5\ngoals: 11\n", "line 2, column goals: “11” is no weight. Write a number from 0 to 10."),
        ('{\n  "wishes": "much"\n}', "line 2, column wishes: “much” is no weight."),
        ("wishes: .nan\n", "line 1, column wishes"),
        ("wishes: true\n", "line 1, column wishes"),
        ("wishes: [1\n", "neither JSON nor YAML"),
        ("", "Write one criterion a line"),
        ("charm: 5\n", "“charm” is not a criterion"),
    ],
)
def test_weights_that_are_none_are_refused(text: str, words: str, roster: Path, tmp_path: Path) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(text, encoding="utf-8")
    assert words in refused("--roster", roster, "--weights", path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from,to\nU1,U2\n", "line 1: Earlier pairs need the columns “mentor” and “mentee”"),
        ("mentor,mentee\nU1,U2\nU1,\n", "line 3, column mentee: The user id is missing."),
        ("mentor,mentee,cycles_ago\nU1,U2,last\n", "line 2, column cycles_ago: “last”"),
        ("mentor,mentee,cycles_ago\nU1,U2,0\n", "line 2, column cycles_ago: “0”"),
        ('mentor,mentee\nU1,"U2\n', "quotation mark"),
    ],
)
def test_a_history_that_is_none_is_refused(text: str, words: str, roster: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(text, encoding="utf-8")
    assert words in refused("--roster", roster, "--history", path)


def test_a_roster_with_faults_names_each_with_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER + "U1,Ana,boss,,,1\nU2,Bo,mentee,,,many\n", encoding="utf-8")
    told = refused("--roster", path).splitlines()
    assert told[0].startswith(f"{path}, line 2, column role: “boss” is not a role.")
    assert told[1].startswith(f"{path}, line 3, column mentee_capacity: “many”")


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    assert "There is no such file." in refused("--roster", tmp_path / "nowhere.csv")
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"user_id,name,role\nU1,\xff\xfe,mentor\n")
    assert "line 2: This is not UTF-8 text." in refused("--roster", odd)
    assert "cannot be read" in refused("--roster", tmp_path)


def test_people_who_make_no_round_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path, out = tmp_path / "roster.csv", tmp_path / "out.json"
    path.write_text(ROSTER + "U1,Ana,mentor,,,0\nU2,Bo,mentee,,,\n", encoding="utf-8")
    assert "every capacity is 0" in refused("--roster", path, "--out", out)
    assert not out.exists()


@pytest.mark.parametrize(
    ("out", "words"), [("proposal.xlsx", "ends in .csv or .json"), ("no/such/a.csv", "written")]
)
def test_a_place_that_cannot_be_written_is_refused(
    out: str, words: str, roster: Path, tmp_path: Path
) -> None:
    assert words in refused("--roster", roster, "--out", tmp_path / out)
