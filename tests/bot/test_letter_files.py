"""A file goes ahead of its letter: it stands there once, whatever becomes of either on the way."""

import itertools
from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from sqlalchemy import event

from bot.rehearsal.stage import UNHURRIED_S, connection_to
from bot.work import Work
from playground import Message
from playground.faults import FaultKind
from storage.outbox import LetterState
from tests.bot.test_courier import letter, write
from tests.faults.crashing import Crash, Fate, MortalClient
from tests.support.town import PRIYA, Town

UPLOAD, SHOW, POST = "upload", "files.completeUploadExternal", "chat.postMessage"
KINDS: tuple[FaultKind, ...] = ("ratelimited", "500", "drop", "drop_after")


@pytest.fixture
def drafted(town: Town) -> Town:
    """A program, for Priya to ask what is held about her."""
    town.claim()
    town.draft()
    return town


def asked(town: Town, number: int) -> tuple[str, int]:
    """Her copy is to be sent; gives its key, and how much was said to her before."""
    return write(town, PRIYA, number, kind="my_data"), len(town.person(PRIYA).inbox())


def always(client: WebClient) -> Callable[[int], WebClient]:
    return lambda _workspace_id: client


def files(said: list[Message]) -> int:
    return sum(len(each.files) for each in said)


def words(said: list[Message]) -> int:
    return sum(bool(each.metadata) for each in said)


def test_after_trouble_the_file_and_its_words_stand_there_once(drafted: Town) -> None:
    for number, (method, kind) in enumerate(itertools.product((UPLOAD, POST, SHOW), KINDS)):
        key, before = asked(drafted, number)
        drafted.playground.faults.inject(method, kind)
        drafted.beat()
        for _ in range(2):
            drafted.later(minutes=2)
        said = drafted.person(PRIYA).inbox()[before:]
        assert letter(drafted, key).state == LetterState.SENT
        assert (files(said), words(said)) == (1, 1), (method, kind)
        assert method == SHOW or not drafted.playground.refused, "a file that is known to be there rests"
    # That it shows the file already is what Slack says to who asks again.
    drafted.playground.world.calls.clear()


def test_wherever_the_courier_dies_the_file_and_its_words_stand_there_once(drafted: Town) -> None:
    connection = connection_to(drafted.playground)
    for place in itertools.count(1):
        fate = Fate.after(place)
        client = MortalClient(
            fate,
            token=connection.bot_token,
            base_url=connection.api_url,
            retry_handlers=[],
            timeout=UNHURRIED_S,
        )
        event.listen(drafted.database.writer, "commit", fate.at_a_place)
        key, before = asked(drafted, place)
        died = False
        try:
            with fate.over():
                Work(drafted.database, drafted.clock, always(client)).deliver()
        except Crash:
            died = True
        event.remove(drafted.database.writer, "commit", fate.at_a_place)
        drafted.later(minutes=2)
        drafted.later(minutes=2)
        said = drafted.person(PRIYA).inbox()[before:]
        assert letter(drafted, key).state == LetterState.SENT
        assert (files(said), words(said)) == (1, 1), place
        if not died:
            break
    assert place > 8, "it dies at every commit and call"
    drafted.playground.world.calls.clear()
