"""`mentoring import`: everybody on a roster is put on a program's list, or nobody is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from typer.testing import Result

from mentoring.enrollment import EnrollmentState, Profile
from mentoring.programs import ProgramState
from storage.participants import participants
from storage.people import Workspace, ensure_workspace
from storage.programs import save_program
from storage.tables import LetterRow
from tests.support.command_line import invoke
from tests.support.town import GUEST, JONAS, MARCUS, PRIYA, ROBIN, Town

NAME = "Mentoring at Harbor Law"
GOOD = f"""user_id,name,role,offers,wants
{MARCUS},Marcus O'Neill,mentor,negotiation,
{PRIYA},Priya Raman,mentee,,negotiation
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return write(tmp_path, GOOD)


def write(folder: Path, text: str) -> Path:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return path


def run(town: Town, roster: Path, *more: str, program: str = NAME) -> Result:
    words = ["import", str(roster), "--program", program, *more]
    return invoke(*words, folder=roster.parent, DATABASE_URL=town.database.url)


def on_the_list(town: Town) -> dict[str, EnrollmentState]:
    with town.database.read() as session:
        found = participants(session, town.program().id)
    return {each.person.slack_id: each.enrollment.state for each in found}


def refusal(result: Result) -> str:
    assert result.exit_code != 0
    return str(result.exception)


def test_everybody_on_a_roster_is_invited_and_asked_when_the_program_opens(town: Town, roster: Path) -> None:
    town.claim()
    town.draft()
    said = run(town, roster).output
    assert said.startswith(f"2 people are on the list of {NAME}. They are asked when a coordinator opens")
    assert on_the_list(town) == {MARCUS: EnrollmentState.INVITED, PRIYA: EnrollmentState.INVITED}
    assert town.person(PRIYA).inbox() == []
    town.open()
    town.beat()
    assert len(town.person(PRIYA).inbox()) == 1


def test_a_roster_for_an_open_program_asks_those_it_adds_and_nobody_twice(town: Town, roster: Path) -> None:
    town.claim()
    town.draft()
    town.open()
    run(town, roster)
    run(town, roster)
    with town.database.read() as session:
        asked = session.scalars(select(LetterRow.kind).where(LetterRow.kind == "invited")).all()
    assert len(asked) == 2


def test_answers_people_gave_themselves_stay(town: Town, roster: Path) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    said = run(town, roster).output
    assert "1 had answered before; their answers stay as they are." in said
    assert on_the_list(town)[PRIYA] is EnrollmentState.JOINED


def test_a_dry_run_says_what_would_happen_and_changes_nothing(town: Town, roster: Path) -> None:
    town.claim()
    town.draft()
    said = run(town, roster, "--dry-run").output
    assert f"+ {PRIYA} Priya Raman: would be put on the list" in said
    assert said.endswith("2 new, 0 corrected, 0 the same.\nNothing was changed.\n")
    assert on_the_list(town) == {}


def profile_of(town: Town, slack_id: str) -> Profile:
    with town.database.read() as session:
        found = participants(session, town.program().id)
    return next(each.enrollment.profile for each in found if each.person.slack_id == slack_id)


def test_importing_again_adds_who_is_new_and_corrects_what_differs(town: Town, tmp_path: Path) -> None:
    town.claim()
    town.draft()
    run(town, write(tmp_path, GOOD))
    text = GOOD.replace(",,negotiation\n", ",,mediation\n") + f"{JONAS},Jonas Ito,mentor,drafting,\n"
    again = write(tmp_path, text)
    said = run(town, again, "--dry-run").output
    assert f"~ {PRIYA} Priya Raman: wants" in said
    assert f"+ {JONAS} Jonas Ito" in said
    assert "1 new, 1 corrected, 1 the same." in said
    assert profile_of(town, PRIYA).wants == ("negotiation",)
    assert "1 was corrected." in run(town, again).output
    assert profile_of(town, PRIYA).wants == ("mediation",)
    assert JONAS in on_the_list(town)


def test_of_those_who_have_joined_only_what_the_firm_knows_follows_the_roster(
    town: Town, tmp_path: Path
) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], title="Associate")
    line = f"{PRIYA},Priya Raman,mentor,mediation,Partner,Boston\n"
    roster = write(tmp_path, f"user_id,name,role,wants,title,office\n{line}")
    said = run(town, roster, "--dry-run").output
    assert f"~ {PRIYA} Priya Raman: title, office" in said
    run(town, roster)
    found = profile_of(town, PRIYA)
    assert (found.title, found.office, found.wants) == ("Partner", "Boston", ("negotiation",))
    assert found.is_mentee
    assert not found.is_mentor
    assert on_the_list(town)[PRIYA] is EnrollmentState.JOINED


def test_a_column_that_is_not_there_changes_nothing(town: Town, tmp_path: Path) -> None:
    town.claim()
    town.draft()
    run(town, write(tmp_path, GOOD))
    run(town, write(tmp_path, f"user_id,name,role\n{PRIYA},Priya Raman,mentee\n"))
    assert profile_of(town, PRIYA).wants == ("negotiation",)


def test_what_was_exported_and_corrected_is_imported_again(town: Town, tmp_path: Path) -> None:
    town.claim()
    town.draft()
    run(town, write(tmp_path, GOOD.replace("negotiation,\n", "=1+1;negotiation,\n")))
    robin = town.person(ROBIN)
    robin.command("/mentoring", "export people csv")
    town.beat()
    file = next(each for message in reversed(robin.inbox()) for each in message.files)
    text = robin.download(file["id"]).decode("utf-8-sig")
    assert "'=1+1; negotiation" in text
    assert "0 new, 0 corrected, 2 the same." in run(town, write(tmp_path, text), "--dry-run").output


def test_every_faulty_line_is_named_and_nobody_is_imported(town: Town, tmp_path: Path) -> None:
    town.claim()
    town.draft()
    roster = write(tmp_path, GOOD + f"{JONAS},Jonas Ito,boss,,\n,Nobody,mentee,,\n")
    said = refusal(run(town, roster))
    assert said.startswith("Nothing was imported.")
    assert f"{roster}:4 role: “boss” is not a role." in said
    assert f"{roster}:5 user_id:" in said
    assert on_the_list(town) == {}


def test_people_the_workspace_does_not_know_are_named_with_their_line(town: Town, tmp_path: Path) -> None:
    town.claim()
    town.draft()
    town.person(JONAS).deactivate()
    people = f"U0NOBODY,No Body,mentee,,\n{GUEST},Gus Guest,mentee,,\n{JONAS},Jonas Ito,mentee,,\n"
    roster = write(tmp_path, GOOD + people)
    said = refusal(run(town, roster))
    assert f"{roster}:4 user_id: Nobody in Harbor Law has the id U0NOBODY." in said
    assert f"{roster}:5 user_id: {GUEST} is a guest or an app, and can't take part." in said
    assert f"{roster}:6 user_id: {JONAS} has left Harbor Law." in said
    assert on_the_list(town) == {}


def test_an_unknown_program_is_answered_with_those_there_are(town: Town, roster: Path) -> None:
    town.claim()
    town.draft()
    said = refusal(run(town, roster, program="Autumn"))
    assert said == f"There is no program “Autumn” in Harbor Law. Those there are: “{NAME}”."


def test_a_workspace_without_a_program_is_told_how_to_make_one(town: Town, roster: Path) -> None:
    assert "`/mentoring program new`" in refusal(run(town, roster))


def test_one_of_several_workspaces_has_to_be_named(town: Town, roster: Path) -> None:
    town.claim()
    town.draft()
    with town.database.write() as session:
        other = Workspace(0, "TOTHER", "Elm & Partners", "UBOT", None)
        ensure_workspace(session, other, town.clock.now())
    here = town.workspace
    assert f"Harbor Law ({here.team_id}), Elm & Partners (TOTHER)" in refusal(run(town, roster))
    assert "no workspace “Oak”" in refusal(run(town, roster, "--workspace", "Oak"))
    assert run(town, roster, "--workspace", here.team_id).exit_code == 0


def test_a_database_that_somebody_else_holds_on_to_is_a_sentence(
    town: Town, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.claim()
    town.draft()
    for module in ("database", "postgresql"):
        monkeypatch.setattr(f"storage.{module}.BUSY_TIMEOUT_MS", 10)
    with town.database.of(town.workspace.id).write() as session:
        session.execute(text("UPDATE workspace SET name = name"))
        assert "busy for too long" in refusal(run(town, roster))
    assert on_the_list(town) == {}
    assert run(town, roster).exit_code == 0


def test_a_file_that_is_not_there_is_a_sentence(town: Town, tmp_path: Path) -> None:
    assert "There is no such file" in refusal(run(town, tmp_path / "nowhere.csv"))


def test_a_program_past_its_enrollment_says_so(town: Town, roster: Path) -> None:
    town.claim()
    found = town.draft()
    found = replace(found, state=ProgramState.MATCHED, ends_on=date.max.replace(day=1))
    with town.database.write() as session:
        save_program(session, found)
    assert "Nobody is asked by itself: “Not finished” in" in run(town, roster).output
    with town.database.write() as session:
        save_program(session, replace(found, settings={"late": "closed"}))
    assert "Its enrollment is over" in run(town, roster).output
