"""`mentoring why`: the answer for a pair that has agreed, for nobody, and for another time."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.why_command import NobodyFoundError, answer, read_instant
from storage.sealing import SealedError, new_key, seal_with
from tests.journeys.test_main_job import agreed_town
from tests.support.town import PRIYA, Town


def said(town: Town, who: str, at: datetime | None = None) -> str:
    with town.database.read() as session:
        return "\n".join(answer(session, who, at or town.clock.now()))


def test_a_pair_is_explained_by_number_name_or_slack_id(town: Town) -> None:
    agreed_town(town)
    by_number = said(town, "1")
    assert "Priya Raman and Marcus O'Neill" in by_number
    assert "every two weeks on Tuesday, agreed" in by_number
    assert "meeting_due: " in by_number
    assert by_number == said(town, PRIYA) == said(town, "raman")
    assert "Jonas Ito[/bold] is in no pair" in said(town, "jonas")


@pytest.fixture
def sealing() -> Iterator[None]:
    """Words are sealed with a key of this test's own."""
    seal_with([new_key()])
    yield
    seal_with([])


@pytest.mark.usefixtures("sealing")
def test_a_pair_whose_words_no_key_opens_is_not_said_to_be_missing(town: Town) -> None:
    agreed_town(town)
    seal_with([new_key()])
    with pytest.raises(SealedError):
        said(town, "1")


def test_what_is_held_back_is_said_with_its_reason(town: Town) -> None:
    agreed_town(town)
    town.person(PRIYA).command("/mentoring", "pause until April 14")
    town.later(hours=1)
    assert "Paused until" in said(town, "1")


def test_another_time_can_be_asked_about(town: Town) -> None:
    agreed_town(town)
    assert said(town, "1", read_instant("2026-03-02T15:00")) != said(town, "1")
    assert read_instant("2026-03-02T15:00") == datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize("who", ["99", "nobody at all", " "])
def test_nobody_of_that_name_is_a_sentence(town: Town, who: str) -> None:
    with pytest.raises(NobodyFoundError, match="no pair of"):
        said(town, who)
