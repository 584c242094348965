"""`mentoring why`: what is due next for a pair or a person, and why or why not."""

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from sqlalchemy.orm import Session

from bot.clock import RealClock
from bot.opening import open_database
from bot.settings import DatabaseSettings, read_settings
from mentoring.errors import MentoringError, NoLongerOpen
from mentoring.nudges.explain import REASONS, explain
from mentoring.nudges.notices import Reason
from mentoring.pairs import Pair, PairState
from storage.facts import Known, pair_facts
from storage.pairs import pair, pairs_of_person
from storage.people import Workspace, people, people_named, workspaces
from storage.sealing import seal_with
from storage.skips import skips_of_pairs

console = Console(highlight=False)


class NobodyFoundError(MentoringError):
    """No pair and nobody goes by that name; the message says what to type instead."""


def why(
    who: Annotated[str, typer.Argument(help="A pair's number, a Slack id, or a name (or part of one).")],
    at: Annotated[
        str, typer.Option(help="An instant to explain, like 2026-03-05T15:00 (UTC unless it says its zone).")
    ] = "",
) -> None:
    """Say what is due next for a pair or a person, and why, or why not; nothing is changed or sent."""
    settings = read_settings(DatabaseSettings)
    seal_with(settings.keys)
    now = read_instant(at) if at else RealClock().now()
    with open_database(settings.database_url) as database, database.read() as session:
        for line in answer(session, who, now):
            console.print(line)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="why")(why)


def read_instant(text: str) -> datetime:
    """Read an instant; one without a zone is UTC.

    Raises:
        NobodyFoundError: It is none.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NobodyFoundError(f"“{text}” is no instant. Write it like 2026-03-05T15:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def answer(session: Session, who: str, now: datetime) -> list[str]:
    """Answer for every pair that is meant, as lines to print; of people without one, that they have none.

    Raises:
        NobodyFoundError: Nobody is meant.
    """
    found = [(each, one) for each in workspaces(session) for one in _pairs(session, each, who)]
    if not found:
        return _without_a_pair(session, who)
    known = pair_facts(session, [one.id for _, one in found], now)
    lines: list[str] = []
    for workspace, one in found:
        lines += _of_pair(session, workspace, one, known.get(one.id), now)
    return lines


def _without_a_pair(session: Session, who: str) -> list[str]:
    wanted = who.strip()
    named = [each for one in workspaces(session) for each in people_named(session, one.id, wanted)]
    if not named or not wanted:
        raise NobodyFoundError(f"There is no pair of “{who}”. Name a pair's number, a Slack id or a name.")
    return [f"[bold]{escape(each.name)}[/bold] is in no pair, so no pair's message is due." for each in named]


def _pairs(session: Session, workspace: Workspace, who: str) -> list[Pair]:
    if who.isdecimal():
        try:
            return [pair(session, workspace.id, int(who))]
        except NoLongerOpen:
            return []
    named = people_named(session, workspace.id, who) if who.strip() else []
    mine = {one.id: one for each in named for one in pairs_of_person(session, workspace.id, each.id)}
    return list(mine.values())


def _of_pair(
    session: Session, workspace: Workspace, one: Pair, known: Known | None, now: datetime
) -> list[str]:
    names = people(session, workspace.id, [each.person_id for each in one.members]).values()
    title = " and ".join(escape(each.name) for each in names)
    lines = [f"[bold]Pair {one.id}[/bold]: {title}"]
    if known is None:
        state = "is approved and not announced yet" if one.state is PairState.APPROVED else "has ended"
        return [*lines, f"  It {state}, so nothing is due."]
    lines += [f"  {escape(each.sentence)}" for each in explain(known.facts, now)]
    counted = Counter(skips_of_pairs(session, [one.id]))
    if counted:
        said = ", ".join(f"{_in_words(reason)} {count}" for reason, count in counted.most_common())
        lines.append(f"  Not said, or said later, so far: {escape(said)}.")
    return lines


def _in_words(reason: str) -> str:
    return REASONS[Reason(reason)] if reason in {str(each) for each in Reason} else reason.replace("_", " ")
