"""Whatever is wrong with a roster, a survey or a lesson is said in Spanish too."""

import ast
from pathlib import Path

import pytest

from mentoring.roster import read_roster
from messages.faults import fault_in, placed_fault_in
from messages.instruments.loader import parse_instrument
from messages.instruments.yaml_lines import BadFileError
from messages.phrasebook import HOLE, phrasebook
from messages.words import Reader
from tests.support.sentences import Place, Reading, read_source

SPANISH = Reader.of("UTC", "es-MX")
ROOT = Path(__file__).resolve().parents[2]
SAYING = {"complain": 0, "add": 1, "note": 1, "RosterProblem": 2}
"""What notes a fault, and which of its arguments is the sentence."""
READERS = ("mentoring.roster", "mentoring.roster_cells", "messages.instruments", "messages.lessons")


def said() -> set[str]:
    reading = Reading(read_source(ROOT))
    found = set()
    for dotted, module in reading.modules.items():
        if not dotted.startswith(READERS):
            continue
        for function in (each for each in ast.walk(module.tree) if isinstance(each, ast.FunctionDef)):
            for call in (each for each in ast.walk(function) if isinstance(each, ast.Call)):
                name = (
                    call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                )
                if name in SAYING and len(call.args) > SAYING[name]:
                    found |= {*reading.texts(call.args[SAYING[name]], Place(module, function))}
    return {each for each in found if " " in each.replace("{}", "")}


def test_every_fault_is_translated() -> None:
    book = phrasebook("es", "faults")
    known = {HOLE.sub("{}", each) for each in (*book.sentences, *(one.pattern for one in book.patterns))}
    assert len(known) > 40
    assert said() - known == set()


def test_the_faults_of_a_roster_and_of_a_survey() -> None:
    roster = read_roster("user_id,name\nU1,Ann\n")
    faults = [
        placed_fault_in(f"{each.line} {each.column}: {each.sentence}", SPANISH) for each in roster.problems
    ]
    assert faults[0].startswith("1 role: Falta la columna «role». Agrega una columna «role»;")
    with pytest.raises(BadFileError) as found:
        parse_instrument("id: x\nversion: 1\nquestions: 3\n", "line ")
    faults = [fault_in(each.split(": ", 1)[-1], SPANISH) for each in found.value.problems]
    assert "`questions` debe ser una lista" in faults
    assert "falta `title` en una encuesta" in faults
