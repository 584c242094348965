"""A coordinator words the program's surveys: changed questions are new versions, old answers keep theirs."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from playground import Person
from playground.blocks import controls, reading
from storage.tables import AnswerRow, OwnSurveyRow, RequestRow
from tests.journeys.test_main_job import agreed_town
from tests.support.town import MARCUS, PRIYA, ROBIN, Town

FIRST_CHECK_IN = datetime(2026, 3, 20, tzinfo=UTC)
NAME = "check_in_start_mentee"


def seen(person: Person) -> str:
    assert person.view is not None
    return reading(person.view.blocks, names=lambda id_: id_)


def opened(town: Town, title: str = "First check-in", who: str = ROBIN) -> Person:
    """Robin opens the first survey of this title from the list."""
    robin = town.person(who)
    robin.command("/mentoring", "survey")
    assert robin.view is not None
    place = next(
        number
        for number, block in enumerate(robin.view.blocks)
        if f"*{title}*" in block.get("text", {}).get("text", "") and "accessory" in block
    )
    robin.press((robin.view.blocks[place]["block_id"], "survey.edit"))
    return robin


def menu(person: Person, what: str, question: str) -> None:
    assert person.view is not None
    found = next(
        each
        for each in controls(person.view.blocks)
        if each.action_id == "survey.menu" and f"{what} {question}" in [one.value for one in each.options]
    )
    person.press((found.block_id, "survey.menu"), f"{what} {question}")


def as_text(person: Person) -> str:
    assert person.view is not None
    (text,) = (
        block["element"]["initial_value"] for block in person.view.blocks if block.get("block_id") == "part0"
    )
    return str(text)


def kept(town: Town, name: str = NAME) -> list[int]:
    with town.database.read() as session:
        query = select(OwnSurveyRow.version).where(OwnSurveyRow.instrument == name)
        return list(session.scalars(query.order_by(OwnSurveyRow.version)))


@pytest.fixture
def running(town: Town) -> Town:
    """Robin's program has a draft's freedom: nobody has been asked anything."""
    town.claim()
    town.draft()
    return town


def test_the_list_says_what_goes_out_by_itself_and_what_waits(running: Town) -> None:
    robin = running.person(ROBIN)
    robin.command("/mentoring", "survey")
    by_itself, waiting = seen(robin).split("These wait until you send them")
    assert "First check-in" in by_itself
    assert "Halfway survey" in waiting
    assert "anonymous" in by_itself


def test_a_changed_question_is_a_version_of_the_programs_own(running: Town) -> None:
    robin = opened(running)
    menu(robin, "edit", "clear")
    robin.fill("text", "How clear are your goals?")
    robin.submit()
    assert "How clear are your goals?" in seen(robin)
    assert "your version 2" in seen(robin)
    assert kept(running) == [2]


def test_a_version_nobody_was_asked_is_written_anew(running: Town) -> None:
    robin = opened(running)
    for text in ("How clear are your goals?", "How clear is your way?"):
        menu(robin, "edit", "clear")
        robin.fill("text", text)
        robin.submit()
    assert kept(running) == [2]


def test_saving_without_a_change_makes_no_version(running: Town) -> None:
    robin = opened(running)
    menu(robin, "edit", "clear")
    robin.submit()
    assert kept(running) == []
    assert "as it ships" in seen(robin)


def test_a_question_is_added_moved_and_taken_out(running: Town) -> None:
    robin = opened(running)
    robin.press("survey.question")
    robin.fill("text", "What helps you most?")
    robin.fill("kind", "choice")
    robin.fill("options", "Talking\nShadowing\n\nThe firm's library")
    robin.submit()
    assert "Talking · Shadowing · The firm's library" in seen(robin)
    menu(robin, "up", "what_helps_you_most")
    text = seen(robin)
    assert text.index("What helps you most?") < text.index("Would you like a word")
    menu(robin, "out", "what_helps_you_most")
    assert "What helps you most?" not in seen(robin)


def test_an_id_is_never_used_for_another_question(town: Town) -> None:
    agreed_town(town)
    robin = opened(town)
    for _ in range(2):
        robin.press("survey.question")
        robin.fill("text", "What helps?")
        robin.submit()
        town.until(town.clock.now())
    assert "1. How at ease" in seen(robin)
    with town.database.read() as session:
        text = session.scalar(select(OwnSurveyRow.text).order_by(OwnSurveyRow.version.desc()))
    assert text is not None
    assert "id: what_helps_2" in text


def test_a_question_another_depends_on_stays_until_that_one_goes(running: Town) -> None:
    robin = opened(running, "Before you go")
    menu(robin, "out", "again")
    assert "Another question is asked only after" in seen(robin)


@pytest.mark.parametrize(
    ("fields", "where", "said"),
    [
        ({"kind": "choice"}, "options", "Write the choices"),
        ({"kind": "choice", "options": "Yes\nYes"}, "options", "stands there twice"),
        ({"kind": "choice", "options": "x" * 76}, "options", "75 characters fit"),
        ({"kind": "long"}, "visibility", "Words cannot be shown in groups"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    running: Town, fields: dict[str, str], where: str, said: str
) -> None:
    robin = opened(running)
    robin.press("survey.question")
    robin.fill("text", "What helps?")
    for name, value in fields.items():
        robin.fill(name, value)
    outcome = robin.submit()
    assert said in outcome.errors[where]
    assert kept(running) == []


def test_what_people_were_asked_stays_and_their_answers_keep_their_question(town: Town) -> None:
    agreed_town(town)
    town.until(FIRST_CHECK_IN)
    robin = opened(town)
    menu(robin, "edit", "clear")
    robin.fill("text", "Something quite different")
    robin.submit()
    robin.close(all=True)
    town.press(PRIYA, "survey.open")
    priya = town.person(PRIYA)
    assert "How clear is it what you want" in seen(priya)
    priya.fill("q.clear", "4")
    priya.submit()
    with town.database.read() as session:
        (answer,) = session.scalars(select(AnswerRow))
        assert (answer.instrument, answer.version, answer.answers) == (NAME, 1, {"clear": 4})
    robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.results")
    assert "Something quite different" not in seen(robin)


def test_a_pair_asked_later_is_asked_the_new_version(town: Town) -> None:
    agreed_town(town)
    robin = opened(town)
    menu(robin, "edit", "clear")
    robin.fill("text", "How clear are your goals?")
    robin.fill("text_es", "¿Qué tan claras son tus metas?")
    robin.submit()
    robin.close(all=True)
    town.person(PRIYA).change(locale="es-MX")
    town.until(FIRST_CHECK_IN)
    with town.database.read() as session:
        assert session.scalar(select(RequestRow.version).where(RequestRow.instrument == NAME)) == 2
    town.press(PRIYA, "survey.open")
    assert "¿Qué tan claras son tus metas?" in seen(town.person(PRIYA))


def test_a_preview_is_the_very_form_branches_as_people_would_and_keeps_nothing(running: Town) -> None:
    robin = opened(running, "Is the match right?")
    robin.press("survey.preview")
    assert "Preview." in seen(robin)
    assert "What is missing?" not in seen(robin)
    robin.fill("q.fit", "1")
    assert "What is missing?" in seen(robin)
    robin.submit()
    assert "as it ships" in seen(robin)
    with running.database.read() as session:
        assert session.scalar(select(AnswerRow)) is None


def test_a_preview_comes_in_spanish_too(running: Town) -> None:
    robin = opened(running)
    robin.press("survey.preview_es")
    assert "Vista previa" in seen(robin)


def test_a_survey_as_text_is_changed_and_read_back(running: Town) -> None:
    robin = opened(running)
    robin.press("survey.text")
    text = as_text(robin)
    robin.fill("part0", text.replace("How clear is it what you want to get out of this?", "Is it clear?"))
    robin.submit()
    assert "Is it clear?" in seen(robin)
    assert kept(running) == [2]


@pytest.mark.parametrize(
    ("old", "new", "number", "said"),
    [
        ("  visibility: grouped\n", "  visibility: grouped\n  colour: red\n", 15, "has no `colour`"),
        ("- id: clear", "- id: at_ease", 24, "is used by an earlier question"),
        (
            "- id: clear",
            "- id: clear\n  shown_if: {question: nowhere, at_least: 3}",
            0,
            "the branch leads nowhere",
        ),
        ("  kind: rating\n", "  kind: stars\n", 13, "must be one of"),
        ("id: check_in_start_mentee", "id: something_else", 0, "belongs to another survey"),
        ("questions:", "questions: [", 0, "this is not YAML"),
    ],
)
def test_a_text_with_a_fault_names_the_line_and_nothing_is_kept(
    running: Town, old: str, new: str, number: int, said: str
) -> None:
    robin = opened(running)
    robin.press("survey.text")
    text = as_text(robin)
    assert old in text
    changed = text.replace(old, new, 1)
    robin.fill("part0", changed)
    outcome = robin.submit()
    assert said in outcome.errors["part0"]
    if number:
        assert f"Line {number}:" in outcome.errors["part0"]
    assert kept(running) == []
    assert robin.view is not None


def test_a_promise_of_anonymity_cannot_be_taken_back_but_a_copy_can_be_by_name(running: Town) -> None:
    robin = opened(running, "Final survey")
    robin.press("survey.text")
    text = as_text(robin)
    robin.fill("part0", text.replace("anonymous: true", "anonymous: false"))
    assert "promises anonymity" in robin.submit().errors["part0"]


def test_a_copy_is_a_survey_of_the_programs_own(running: Town) -> None:
    robin = opened(running, "Halfway survey")
    robin.press("survey.copy")
    assert "Copy: Halfway survey" in seen(robin)
    assert "Back to ours" not in seen(robin)
    robin.press("survey.list")
    assert "Copy: Halfway survey" in seen(robin)


def test_going_back_to_ours_leaves_the_versions_where_they_are(running: Town) -> None:
    robin = opened(running)
    menu(robin, "edit", "clear")
    robin.fill("text", "Is it clear?")
    robin.submit()
    robin.press("survey.ours")
    assert "as it ships" in seen(robin)
    assert kept(running) == [2]
    menu(robin, "edit", "clear")
    robin.fill("text", "Is it clear by now?")
    robin.submit()
    assert kept(running) == [2, 3]


def test_two_coordinators_do_not_write_over_each_other(running: Town) -> None:
    robin = opened(running)
    marcus = running.person(MARCUS)
    robin.command("/mentoring", f"coordinators add <@{MARCUS}>")
    opened(running, who=MARCUS)
    menu(marcus, "edit", "clear")
    menu(robin, "edit", "clear")
    robin.fill("text", "Robin's words")
    robin.submit()
    marcus.fill("text", "Marcus's words")
    marcus.submit()
    assert "Robin changed this while you had it open." in seen(marcus)
    assert "“Robin's words”" in seen(marcus)
    assert "Robin's words" in seen(opened(running))
    marcus.submit()
    assert "Marcus's words" in seen(opened(running))


def test_two_coordinators_who_change_two_questions_keep_both(running: Town) -> None:
    robin, marcus = opened(running), running.person(MARCUS)
    robin.command("/mentoring", f"coordinators add <@{MARCUS}>")
    opened(running, who=MARCUS)
    menu(marcus, "edit", "clear")
    menu(robin, "edit", "at_ease")
    robin.fill("text", "Robin's words")
    robin.submit()
    marcus.fill("text", "Marcus's words")
    marcus.submit()
    now = seen(opened(running))
    assert "Robin's words" in now
    assert "Marcus's words" in now


def test_who_changed_a_survey_meanwhile_is_said_where_it_is_written_as_text(running: Town) -> None:
    robin, marcus = opened(running), running.person(MARCUS)
    robin.command("/mentoring", f"coordinators add <@{MARCUS}>")
    opened(running, who=MARCUS)
    marcus.press("survey.text")
    menu(robin, "edit", "clear")
    robin.fill("text", "Robin's words")
    robin.submit()
    outcome = marcus.submit()
    assert "Robin has changed this survey while you had it open" in outcome.errors["part0"]
