"""Who may type what: every command there is, typed by everybody there can be, about every program there is.

What is refused is refused with a sentence, names nobody, and leaves the database as it was.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from handlers.afterwards import AtOnce
from handlers.commands import COMMANDS, command
from handlers.door import Door
from handlers.home import home
from mentoring.rights import REFUSALS
from playground import StillClock
from playground.blocks import reading
from storage.database import Database
from storage.desk import DeskView, keep_desk_view
from tests.support.firms import ABROAD, ELSEWHERE, HERE, NOW, OTHERS, PEOPLE, World, populated, slack_id
from tests.support.queries import queries

MEMBERS = {who for who in PEOPLE if who not in ("guest", "deactivated", "other workspace")}
COORDINATORS = {HERE: {"coordinator", "owner"}, ELSEWHERE: {"coordinator elsewhere", "owner"}}
READERS = {HERE: COORDINATORS[HERE] | {"viewer"}, ELSEWHERE: COORDINATORS[ELSEWHERE]}
ANY = COORDINATORS[HERE] | COORDINATORS[ELSEWHERE]
"""Who may, said by hand: by program."""

EVERYBODY = (
    "join", "profile", "pair", "pairs", "book", "agreement", "agenda", "goals", "tasks", "portfolio",
    "checkin", "lessons", "resources", "resume", "exit", "story", "hours", "about", "privacy", "help",
    "places", "met", "pause", "pause until next friday", "coordinators", "help pause",
)  # fmt: skip
"""What anybody of the firm may type; it shows them what is theirs."""
RUNNING_IT = (
    "charter", "applications", "match", "match new", "match settings", "match rules", "match walls",
    "broadcast", "survey", "phases", "words", "surveys", "debrief", "people", "people {mentor}", "settings",
    "pairs {mentee}", "end {mentor} {mentee}", "rematch {mentor} {mentee}", "move {mentee} to {mentor}",
    "extend {mentor} {mentee} to June 3", "extend {mentor} {mentee}", "nudge {mentee}", "import",
    "export", "export people csv", "export all", "audit", "audit export", "privacy settings",
    "pause {mentee} until next friday", "profile {mentee}", "places {mentor}", "places {mentor} 3",
)  # fmt: skip
"""What is for those who run the program it names."""
READING_IT = ("report", "report activity", "report summary", "report fairness")
RUNNING_ANYTHING = ("program", "program new", "daily")
OWNING = (
    "coordinators add {mentee}",
    "coordinators add {mentee} as viewer",
    "coordinators add {mentee} as owner",
    "coordinators remove {mentee}",
)
SHOW_ONES_OWN = {"pairs {mentee}", "privacy settings"}
"""Lines that show whoever runs nothing what is their own, and take no notice of the rest."""
INVITING = ("invite", "invite {mentee} as mentor")
"""Asking somebody in, also after the match."""

WHO = ("mentor", "mentee")
PAIRS = {HERE: ("partner", "participant"), ELSEWHERE: OTHERS[ELSEWHERE], ABROAD: OTHERS[ABROAD]}


@dataclass
class Slack:
    """The end of the line to Slack: keeps what a listener shows."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""

    def ack(self, text: str = "", blocks: Any = ()) -> None:
        self.text += text
        self.blocks += blocks

    def __call__(self, text: str, blocks: Any, **_: Any) -> Any:
        """What Bolt calls `respond`: a message to the address that came with the command."""
        self.ack(text, blocks)
        return self

    response_url = "https://hooks.slack.com/commands/1"
    body = "ok"

    def views_open(self, *, view: dict[str, Any], **_: Any) -> None:
        self.ack(view["title"]["text"], view["blocks"])

    @property
    def said(self) -> str:
        return f"{self.text}\n{reading(self.blocks, names=lambda id_: id_)}"


@pytest.fixture(scope="module")
def firm(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, World]]:
    path = tmp_path_factory.mktemp("commands") / "mentoring.db"
    shutil.copy(migrated, path)
    found = Database(f"sqlite:///{path}")
    yield found, populated(found)
    found.close()


def typed(database: Database, who: str, line: str) -> tuple[str, list[str]]:
    """What somebody is shown for a line, and every statement that changed something meanwhile."""
    slack = Slack()
    listen = Door(database, StillClock(NOW), home, AtOnce()).command(command)
    body = {
        "team_id": "TTHERE" if who == "other workspace" else "THERE",
        "user_id": slack_id(who),
        "user_name": who,
        "channel_id": "C1",
        "trigger_id": "1.2",
        "text": line,
    }
    with queries(database) as asked:
        listen(body=body, ack=slack.ack, client=slack, respond=slack)
    return slack.said, [each for each in asked if not each.lstrip().startswith("SELECT")]


def is_refused(said: str) -> bool:
    """Whether a right was lacking; anything else that cannot be is a matter of facts."""
    return any(sentence in said for sentence in REFUSALS.values())


def line_about(line: str, about: str, pair: tuple[str, str] | None = None) -> str:
    """The line with the pair's mentions, and the program's name at its end."""
    names = dict(zip(WHO, (f"<@{slack_id(each)}>" for each in pair or PAIRS[about]), strict=True))
    return f"{line.format(**names)} of {about}"


def who_may(database: Database, line: str, about: str) -> set[str]:
    """Everybody who is not refused; whoever is, is told so, and nothing happens."""
    may = set()
    for who in PEOPLE:
        said, changed = typed(database, who, line_about(line, about) if about else line)
        assert "it's on us" not in said, f"{who}: {line}: {said}"
        assert said.strip(), f"{who}: {line}"
        unknown = "I don't know a program called" in said
        if not is_refused(said) and not unknown:
            may.add(who)
        else:
            assert changed == [], f"{who} changed something: {line}"
            assert len(said) < 400, f"{who} is shown too much: {line}: {said}"
    return may


def test_every_command_is_walked() -> None:
    lines = (*EVERYBODY, *RUNNING_IT, *READING_IT, *RUNNING_ANYTHING, *OWNING, *INVITING)
    assert {line.split()[0] for line in lines} == {*COMMANDS}


@pytest.mark.parametrize("line", EVERYBODY)
def test_what_is_everybodys_is_refused_to_guests_and_the_deactivated_alone(
    firm: tuple[Database, World], line: str
) -> None:
    assert who_may(firm[0], line, "") == MEMBERS | {"other workspace"}


@pytest.mark.parametrize("about", [HERE, ELSEWHERE])
@pytest.mark.parametrize("line", RUNNING_IT)
def test_a_coordinators_command_is_for_those_who_run_that_program(
    firm: tuple[Database, World], line: str, about: str
) -> None:
    own = MEMBERS - ANY if line in SHOW_ONES_OWN and line.startswith("pairs") else set()
    assert who_may(firm[0], line, about) == COORDINATORS[about] | own


@pytest.mark.parametrize("about", [HERE, ELSEWHERE])
@pytest.mark.parametrize("line", READING_IT)
def test_reports_are_for_those_who_may_read_about_that_program(
    firm: tuple[Database, World], line: str, about: str
) -> None:
    assert who_may(firm[0], line, about) == READERS[about]


@pytest.mark.parametrize("line", RUNNING_ANYTHING)
def test_what_names_no_program_is_for_whoever_runs_one(firm: tuple[Database, World], line: str) -> None:
    assert who_may(firm[0], line, "") == ANY | {"other workspace"}


@pytest.mark.parametrize("line", INVITING)
@pytest.mark.parametrize("about", [HERE, ELSEWHERE])
def test_people_are_asked_in_by_those_who_run_the_program(
    firm: tuple[Database, World], line: str, about: str
) -> None:
    assert who_may(firm[0], line, about) == COORDINATORS[about]


@pytest.mark.parametrize("about", ["", HERE, ELSEWHERE])
@pytest.mark.parametrize("line", OWNING)
def test_roles_are_given_and_taken_by_owners_alone(
    firm: tuple[Database, World], line: str, about: str
) -> None:
    stranger = ("stranger", "stranger")
    full = line_about(line, about, stranger) if about else line_about(line, HERE, stranger).removesuffix(
        f" of {HERE}"
    )  # fmt: skip
    for who in PEOPLE:
        if who not in ("owner", "other workspace"):
            said, changed = typed(firm[0], who, full)
            assert is_refused(said), f"{who}: {said}"
            assert changed == []
    assert not is_refused(typed(firm[0], "owner", full)[0])
    typed(firm[0], "owner", f"coordinators remove <@{slack_id('stranger')}>")


@pytest.mark.parametrize("line", [*RUNNING_IT, *READING_IT, *INVITING])
def test_a_program_of_another_workspace_is_unknown_to_everybody_here(
    firm: tuple[Database, World], line: str
) -> None:
    for who in MEMBERS:
        for pair in (PAIRS[ABROAD], PAIRS[HERE]):
            said, changed = typed(firm[0], who, line_about(line, ABROAD, pair))
            known = line in SHOW_ONES_OWN and who not in ANY
            assert known or is_refused(said) or "I don't know a program called" in said, f"{who}: {said}"
            assert changed == []
            assert "abroad m" not in said


@pytest.mark.parametrize(
    "line", [each for each in RUNNING_IT if "{" in each and not each.startswith("people")]
)
def test_people_of_another_workspace_and_pairs_of_another_program_are_not_found(
    firm: tuple[Database, World], line: str
) -> None:
    for pair in (PAIRS[ABROAD], PAIRS[ELSEWHERE]):
        said, changed = typed(firm[0], "coordinator", line_about(line, HERE, pair))
        assert changed == [], said
        assert re.search(
            "can't find|know no pair|not in this program|in no pair|no mentor|Nobody|No pair|queue", said
        ), said


@pytest.mark.parametrize("who", ["stranger", "other pair", "coordinator elsewhere", "viewer", "left"])
@pytest.mark.parametrize("line", [*EVERYBODY, *RUNNING_IT, *READING_IT])
def test_nobody_reads_the_names_of_others_pairs(firm: tuple[Database, World], line: str, who: str) -> None:
    said, _ = typed(firm[0], who, line_about(line, HERE))
    for name in PAIRS[HERE]:
        assert not re.search(rf"\b{name}\b(?! in the program)", said.split("\n", 1)[1]), f"{line}: {said}"


# Which program a command means, where a coordinator has several.

NEEDS_A_PROGRAM = [each for each in (*RUNNING_IT, *READING_IT) if "{" not in each]


def on_home(database: Database, world: World, about: Mapping[str, int | str]) -> None:
    with database.write() as session:
        keep_desk_view(session, world.people["owner"].id, DeskView(program_id=int(about["program"])))


@pytest.mark.parametrize("line", NEEDS_A_PROGRAM)
def test_every_command_means_the_program_on_home_unless_it_names_another(
    firm: tuple[Database, World], line: str
) -> None:
    database, world = firm
    for about, name, other in ((world.ids, HERE, ELSEWHERE), (world.elsewhere, ELSEWHERE, HERE)):
        on_home(database, world, about)
        plain, named = typed(database, "owner", line)[0], typed(database, "owner", f"{line} of {other}")[0]
        assert name in plain, plain
        assert other in named, named
