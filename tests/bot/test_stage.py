"""Who stands on the stage of a rehearsal before it begins."""

from datetime import date

import pytest

from bot.playground_command import SAMPLE
from bot.rehearsal.stage import COORDINATOR, MANIFEST, UNHURRIED_S, people_of
from bot.rehearsal.timeline import dawn
from handlers.roster_import import read_or_refuse
from playground import Playground, StillClock

FIRST_DAY = date(2026, 1, 5)
HEAD = "user_id,name,role,offers,wants,time_zone\n"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        (SAMPLE.read_text("utf-8"), "America/Chicago"),
        (HEAD + "U1,Ada,mentor,a,,Asia/Singapore\n", "Asia/Singapore"),
        (
            HEAD
            + "U1,Ada,mentor,a,,Asia/Singapore\n"
            + "U2,Bo,mentee,,a,Europe/London\nU3,Cy,mentee,,a,Europe/Paris\n",
            "Europe/Paris",
        ),
    ],
)
def test_who_coordinates_works_when_most_people_do(text: str, zone: str) -> None:
    with Playground(MANIFEST, clock=StillClock(dawn(FIRST_DAY)), patience=UNHURRIED_S) as playground:
        people_of(playground, read_or_refuse(text, "roster"), FIRST_DAY)
        assert playground.person(COORDINATOR).tz == zone
