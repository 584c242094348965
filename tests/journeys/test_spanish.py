"""Somebody whose Slack speaks Spanish: whatever the rules refuse is said to them in Spanish."""

import re

from handlers.commands import COMMANDS
from tests.journeys.test_goals import set_goal
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.town import GUEST, MARCUS, PRIYA, ROBIN, Town

ENGLISH = re.compile(r"\b(the|you|your|are|this|with|every|have|each)\b", re.IGNORECASE)
"""Words that stand in nearly every English sentence, and in no Spanish one nor in what our people typed."""


def spanish(town: Town, *slack_ids: str) -> None:
    for slack_id in slack_ids:
        town.person(slack_id).change(locale="es-MX")


def told(town: Town, slack_id: str, line: str) -> str:
    return town.person(slack_id).command("/mentoring", line).shown[-1].reading


def test_a_refusal_is_spanish_in_a_form_and_in_a_reply(town: Town) -> None:
    agreed_town(town)
    spanish(town, PRIYA, GUEST)
    assert set_goal(town, target_on="2025-06-30") == {"target_on": "Esa fecha ya pasó. Elige hoy o después."}
    assert "No conozco el día «pronto»." in told(town, PRIYA, "met pronto")
    assert "Solo la coordinación puede hacer eso." in told(town, PRIYA, "export people")
    assert "Only a coordinator can do that." in told(town, MARCUS, "export people"), "each in their own"
    assert "Con una cuenta de invitado no se puede participar." in told(town, GUEST, "join")


def test_what_is_said_on_home_stands_under_a_spanish_title(town: Town) -> None:
    agreed_town(town)
    spanish(town, PRIYA)
    assert set_goal(town) == {}
    priya = town.person(PRIYA)
    priya.open_home()
    views = [priya.click_home("goal.step").view for _ in range(4)]
    assert views[-1] is not None
    assert "Lo lograste" in views[-1].reading
    assert views[-1].title == "Mentoría"


def test_what_the_program_suggests_is_read_in_spanish_and_kept_once_for_both(town: Town) -> None:
    spanish(town, PRIYA)
    agreed_town(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "agreement")
    second = priya.submit().view
    assert second is not None
    assert "Lo que nos digamos queda entre nosotros." in second.reading
    refused = priya.submit()
    said = refused.view.reading if refused.view else str(refused.errors)
    assert "Esto es lo que ya acordaron." in said, "what came back in Spanish is what is kept in English"


def test_what_several_read_together_is_spanish_if_all_of_them_read_it(town: Town) -> None:
    spanish(town, ROBIN, PRIYA, MARCUS)
    matched_town(town)
    announced = town.person(PRIYA).messages(town.channel)[-1].reading
    assert "Del lunes 2 de febrero al viernes 31 de julio" in announced or "lunes 2 de febrero" in announced
    assert "Marcus ofrece negotiation, uno de los dos deseos de Priya" in town.room(PRIYA, MARCUS)[0].reading


def test_a_pair_of_two_languages_reads_english_together(town: Town) -> None:
    spanish(town, MARCUS)
    matched_town(town)
    assert "Marcus offers negotiation, one of Priya’s two wishes" in town.room(PRIYA, MARCUS)[0].reading
    assert "Ya estás dentro, Marcus" in town.person(MARCUS).inbox()[-1].reading


def test_no_command_shows_a_coordinator_an_english_word(town: Town) -> None:
    """It takes seconds, as every command is typed: words that Python puts together are seen nowhere else."""
    spanish(town, ROBIN, PRIYA, MARCUS)
    agreed_town(town)
    robin = town.person(ROBIN)
    found = {}
    for name in COMMANDS:
        said = robin.command("/mentoring", f"{name} <@{PRIYA}>" if name == "pair" else name)
        shown = [each.reading for each in said.shown] + ([said.view.reading] if said.view else [])
        found[name] = [line for text in shown for line in text.splitlines() if ENGLISH.search(line)]
        if said.view:
            robin.close(all=True)
    robin.open_home()
    assert robin.home is not None
    found["home"] = [line for line in robin.home.reading.splitlines() if ENGLISH.search(line)]
    assert {name: lines for name, lines in found.items() if lines} == {}
