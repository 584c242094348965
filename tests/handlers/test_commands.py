"""What can be typed, typed: the help, slips, any order and case."""

import pytest
from sqlalchemy import update

from handlers.commands import COMMANDS, WORDS, Audience
from handlers.spanish_commands import SPANISH
from mentoring.grammar import read_line
from messages.phrasebook import phrasebook
from storage.people import SlackProfile, save_profiles
from storage.tables import PersonRow
from tests.support.town import PRIYA, ROBIN, Town


def answer(town: Town, who: str, line: str) -> str:
    return town.person(who).command("/mentoring", line).shown[0].reading


def test_help_shows_people_what_is_theirs_and_coordinators_what_they_run(town: Town) -> None:
    town.claim()
    for name, command in COMMANDS.items():
        line = f"/mentoring {command.usage} "
        assert line in answer(town, ROBIN, "help"), name
        assert (line in answer(town, PRIYA, "help")) is (command.audience is Audience.EVERYBODY), name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_explains_one_command_with_its_examples(town: Town, name: str) -> None:
    if name == "help":
        return
    said = answer(town, PRIYA, f"Help {name.upper()}")
    assert COMMANDS[name].usage in said
    assert all(f"/mentoring {each}" in said for each in COMMANDS[name].examples)
    assert len(said) < 600


def test_a_slip_is_answered_with_what_was_probably_meant_alone(town: Town) -> None:
    said = answer(town, PRIYA, "puase until Friday")
    assert "I don't know “puase”. Did you mean /mentoring pause until Friday?" in said
    assert "/mentoring join" not in said, "the list would push the answer off a phone's screen"


def test_what_was_typed_by_mistake_is_shown_as_text_and_never_obeyed(town: Town) -> None:
    shown = town.person(PRIYA).command("/mentoring", "qqqq <!channel>").shown[0]
    assert "<!channel>" not in shown.text


def test_the_help_is_in_the_language_of_its_reader(town: Town) -> None:
    profile = SlackProfile(
        PRIYA, "Priya Raman", None, "UTC", "es-MX", is_admin=False, active=True, member=True
    )
    with town.database.write() as session:
        save_profiles(session, town.workspace.id, [profile], town.clock.now())
    assert "detiene tus recordatorios" in answer(town, PRIYA, "ayuda")


def test_every_spanish_word_means_a_command_and_takes_no_english_one() -> None:
    assert {*SPANISH.values()} <= {*COMMANDS}
    english = {word for name, each in COMMANDS.items() for word in (name, *each.also)}
    assert {*SPANISH} & english == set()


def test_what_the_help_shows_in_spanish_is_read_as_that_command() -> None:
    known = phrasebook("es", "commands").sentences
    typed = {each for one in COMMANDS.values() for each in (one.usage, *one.examples)}
    assert {*known} <= typed
    for english, spanish in known.items():
        assert read_line(spanish, WORDS).command == read_line(english, WORDS).command


@pytest.mark.parametrize("line", ["pausa hasta el viernes", "pause hasta el 14 de abril"])
def test_a_pause_is_typed_in_spanish(town: Town, line: str) -> None:
    town.person(PRIYA).change(locale="es-MX")
    view = town.person(PRIYA).command("/mentoring", line).shown[0]
    assert "No te pregunto nada hasta el" in view.reading


def test_a_line_is_read_in_spanish(town: Town) -> None:
    town.person(PRIYA).change(locale="es-MX")
    view = town.person(PRIYA).command("/mentoring", "horario").view
    assert view is not None
    assert "Horario de trabajo" in view.reading


def test_the_help_of_a_viewer_is_what_they_can_do_and_no_more(town: Town) -> None:
    town.claim()
    town.draft()
    town.person(ROBIN).command("/mentoring", "coordinators add <@U0PRIYA> as viewer")
    said = answer(town, PRIYA, "help")
    assert "/mentoring report " in said
    assert not [name for name, each in COMMANDS.items() if each.audience is Audience.COORDINATORS
                and f"/mentoring {each.usage} " in said]  # fmt: skip


def test_whoever_runs_several_programs_reads_how_to_name_one(town: Town) -> None:
    town.claim()
    town.draft(name="Spring circle")
    assert "about the program on your Home" not in answer(town, ROBIN, "help")
    town.draft(name="Autumn circle")
    assert "/mentoring report of Spring circle" in answer(town, ROBIN, "help")


def test_an_admin_who_is_quicker_than_the_list_of_people_is_not_sent_to_an_admin(town: Town) -> None:
    with town.database.write() as session:
        session.execute(update(PersonRow).values(seen_at=None, is_admin=False))
    robin = town.person(ROBIN)
    shown = robin.command("/mentoring", "coordinators").shown[0]
    assert "I'm still reading from Slack who is an admin" in shown.reading
    town.bot.refresh_directory()
    robin.click(shown, "staff.look")
    robin.click(robin.inbox()[-1], "staff.claim")
    assert "You're the owner of mentoring here" in robin.inbox()[-1].reading


def test_an_admin_of_a_fresh_workspace_sees_that_nobody_runs_mentoring_and_begins_with_two_presses(
    town: Town,
) -> None:
    robin = town.person(ROBIN)
    assert "Nobody coordinates mentoring here yet. You're an admin" in answer(town, ROBIN, "")
    assert "Nobody coordinates" not in answer(town, PRIYA, "")
    robin.open_home()
    assert robin.home is not None
    assert "Nobody coordinates mentoring here yet. You're an admin" in robin.home.reading
    assert "Nothing is open right now" not in robin.home.reading
    robin.click_home("staff.claim")
    robin.close(all=True)
    assert "There is no program yet." in robin.home.reading
    assert robin.click_home("program.new").view is not None
    robin.close(all=True)
    assert "Nobody coordinates" not in answer(town, ROBIN, "")


def test_who_is_known_and_no_admin_is_told_to_ask_one(town: Town) -> None:
    shown = town.person(PRIYA).command("/mentoring", "coordinators").shown[0]
    assert "Ask an admin of this workspace" in shown.reading


def test_a_break_of_somebody_in_no_pair_names_nobody_who_is_told(town: Town) -> None:
    said = answer(town, PRIYA, "until friday pause")
    assert "I won't ask you anything until Friday" in said
    assert "paired with" not in said
