"""`/mentoring audit` as coordinators read it: in words, in their language, without what is not for them."""

import csv
import io

from tests.journeys.test_main_job import agreed_town, matched_town
from tests.journeys.test_pair_life import part
from tests.support.desk import on_the_list, pressed, send, typed
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town


def file_of(town: Town, who: str, line: str = "audit export") -> list[list[str]]:
    """The rows of the file they get."""
    typed(town, line, who)
    town.beat()
    person = town.person(who)
    file = next(each for message in reversed(person.inbox()) for each in message.files)
    return list(csv.reader(io.StringIO(person.download(file["id"]).decode("utf-8-sig"))))


def test_a_coordinator_reads_what_was_done_a_day_at_a_time(town: Town) -> None:
    agreed_town(town)
    part(town, PRIYA, reason="fit")
    log = typed(town, "audit")
    for sentence in (
        "Priya Raman ended the pairing of Marcus O'Neill and Priya Raman early",
        "Robin Ellery approved 1 pair",
        "Robin Ellery opened enrollment",
        "Robin Ellery started this program",
    ):
        assert sentence in log
    assert log.count("Monday, January 5") == 1
    assert "fit" not in log
    town.person(ROBIN).change(locale="es-MX")
    log = typed(town, "audit")
    assert "Priya Raman terminó antes de tiempo la pareja de Marcus O'Neill y Priya Raman" in log
    assert "Robin Ellery abrió la inscripción" in log
    rows = file_of(town, ROBIN)
    assert rows[0] == ["at_utc", "who", "action", "subject", "in_words"]
    assert ["program.open", "abrió la inscripción"] in [[row[2], row[4]] for row in rows]


def test_making_a_program_is_one_line_and_a_change_of_it_one_more_however_many_steps_are_looked_at(
    town: Town,
) -> None:
    town.claim()
    town.draft()
    log = typed(town, "audit")
    assert log.count("Robin Ellery started this program") == 1
    assert "changed the charter" not in log
    robin = town.person(ROBIN)
    typed(town, "charter")
    robin.press("charter.edit_2")
    robin.fill("hours", "3")
    for _ in range(3):
        robin.submit()
    log = typed(town, "audit")
    assert log.count("changed the charter") == 1
    assert "changed the charter: for whom it is, and what it takes" in log
    typed(town, "charter")
    robin.press("charter.edit_1")
    for _ in range(4):
        robin.submit()
    assert typed(town, "audit").count("changed the charter") == 1, "nothing was changed"


def test_whom_a_new_program_asks_for_their_view_is_a_line_of_its_own(town: Town) -> None:
    town.claim()
    town.draft(ask=[PRIYA])
    log = typed(town, "audit")
    assert "asked 1 person for their view" in log
    assert log.count("changed the charter") == 1


def test_what_belongs_to_no_program_has_a_page_and_a_file_of_its_own_for_whoever_coordinates(
    town: Town,
) -> None:
    agreed_town(town)
    typed(town, "coordinators add <@U0LEILA> of Mentoring at Harbor Law")
    typed(town, "coordinators add <@U0MARCUS>")
    typed(town, "pause until 2026-01-20", PRIYA)
    typed(town, "pause until 2026-01-20", JONAS)
    robin = town.person(ROBIN)
    of_program = robin.command("/mentoring", "audit").view
    assert of_program is not None
    assert "Robin Ellery made Leila Petrov a coordinator" in of_program.reading
    assert "Priya Raman took a break" in of_program.reading, "a break is told in the program it concerns"
    assert "made Marcus" not in of_program.reading
    page = robin.press("audit.workspace").view
    assert page is not None
    assert "Robin Ellery made Marcus O'Neill a coordinator" in page.reading
    assert "What belongs to no program" in page.reading
    for elsewhere in ("Leila", "approved", "Jonas"):
        assert elsewhere not in page.reading
    assert typed(town, "audit workspace", LEILA) == page.reading
    assert "Robin Ellery" not in typed(town, "audit workspace <@U0MARCUS>")
    town.person(LEILA).change(locale="es-MX")
    assert "Lo que no es de un programa" in typed(town, "audit espacio", LEILA)
    rows = file_of(town, ROBIN, "audit workspace export")
    assert {row[2] for row in rows[1:]} == {"staff.claim", "staff.add", "audit.export"}
    assert "Here is the log of what belongs to no program" in town.newest(ROBIN).reading
    assert "Only a coordinator can do that" in typed(town, "audit workspace", PRIYA)


def test_the_log_of_the_workspace_is_there_before_any_program(town: Town) -> None:
    town.claim()
    assert "Robin Ellery" in typed(town, "audit workspace")


def test_a_coordinator_is_not_shown_what_others_did_about_a_pair_of_their_own(town: Town) -> None:
    """Whoever asks for a word with a coordinator is told that nobody in the pair hears of it."""
    agreed_town(town)
    typed(town, "coordinators add <@U0MARCUS>")
    part(town, PRIYA, reason="fit")
    for log in (typed(town, "audit", MARCUS), str(file_of(town, MARCUS))):
        assert "approved 1 pair" in log
        assert "the pairing of" not in log
        assert "fit" not in log
    assert "about pairings of your own is left out" in typed(town, "audit", MARCUS)
    log = typed(town, "audit")
    assert "ended the pairing of" in log
    assert "left out" not in log
    assert "reason fit" in str(file_of(town, ROBIN)), "who coordinates and is not in the pair may know"


def test_the_log_is_read_searched_and_exported_with_ids_and_no_words(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    pressed(town, "care.message")
    send(town, text="Quite private words")
    log = typed(town, "audit")
    assert "Robin Ellery" in log
    assert "Robin Ellery wrote to Marcus O'Neill and Priya Raman" in log
    assert "private words" not in log
    assert "Robin Ellery wrote to" in typed(town, "audit <@U0ROBIN>")
    assert "wrote to" not in typed(town, "audit Priya")
    typed(town, "audit export")
    town.beat()
    file = next(each for message in reversed(town.person(ROBIN).inbox()) for each in message.files)
    rows = list(csv.reader(io.StringIO(town.person(ROBIN).download(file["id"]).decode("utf-8-sig"))))
    assert rows[0] == ["at_utc", "who", "action", "subject", "in_words"]
    assert ("care.message", "wrote to Marcus O'Neill and Priya Raman") in {(row[2], row[4]) for row in rows}


def test_the_log_names_whom_a_nudge_was_for(town: Town) -> None:
    matched_town(town)
    typed(town, "nudge Priya")
    log = typed(town, "audit")
    town.person(ROBIN).close(all=True)
    assert "Robin Ellery sent Priya Raman a nudge" in log
