"""`mentoring import`: puts a roster on a program's list."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.clock import RealClock
from bot.opening import open_database
from bot.settings import DatabaseSettings, read_settings
from bot.text_files import read_text
from handlers.coordinate import invite
from handlers.roster_import import check_known, import_roster, planned_changes, read_or_refuse
from mentoring.errors import MentoringError
from mentoring.programs import Program, ProgramState
from mentoring.recruiting import may_join
from mentoring.roster_changes import ChangeKind, RosterChange, counted
from storage.people import Workspace, workspaces
from storage.programs import programs
from storage.sealing import seal_with

LATE = "Nobody is asked by itself: “Not finished” in `/mentoring applications` asks them for the next round."
THEN = {
    ProgramState.DRAFT: "They are asked when a coordinator opens the program.",
    ProgramState.ENROLLING: "The program is open: those who were not asked before are asked now.",
}
"""What happens next to people on a list, by where the program stands."""


class UnclearError(MentoringError):
    """The workspace or program is not there, or is one of several; the message names those there are."""


def import_people(
    roster: Annotated[Path, typer.Argument(help="A CSV file like examples/harbor-law-60.csv.")],
    program: Annotated[str, typer.Option(help="The name of the program, as `/mentoring program` shows it.")],
    workspace: Annotated[
        str | None, typer.Option(help="The workspace, by name or id; needed where there are several.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
) -> None:
    """Put everybody in a spreadsheet on a program's list of people to invite.

    They are asked when the program opens, and say yes themselves. Importing again adds who is new and
    corrects what differs; what people answered themselves stays. If any line has a fault nothing is imported,
    and each fault is listed with its line.
    """
    people = read_or_refuse(read_text(roster), str(roster))
    now = RealClock().now()
    settings = read_settings(DatabaseSettings)
    seal_with(settings.keys)
    with open_database(settings.database_url) as database:
        with database.read() as session:
            where = _workspace(session, workspace)
            about = _program(session, where, program)
            check_known(session, about, people, str(roster))
            planned = planned_changes(session, about, people)
        if dry_run:
            typer.echo("\n".join([*_difference(planned), "Nothing was changed."]))
            return
        with database.of(where.id).write() as session:
            done = import_roster(session, about, people, now)
            if about.state is ProgramState.ENROLLING:
                invite(session, about, now)
    typer.echo(_summary(about, done, now))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="import")(import_people)


def _workspace(session: Session, wanted: str | None) -> Workspace:
    known = workspaces(session)
    if not known:
        raise UnclearError(
            "There is no workspace yet. Start `mentoring run` once, so that the app meets yours."
        )
    fitting = [each for each in known if wanted in (None, each.team_id, each.name)]
    if len(fitting) == 1:
        return fitting[0]
    named = ", ".join(f"{each.name} ({each.team_id})" for each in known)
    if wanted is None:
        raise UnclearError(f"There are several workspaces. Add --workspace with one of: {named}.")
    raise UnclearError(f"There is no workspace “{wanted}”. Those there are: {named}.")


def _program(session: Session, where: Workspace, wanted: str) -> Program:
    known = [each for each in programs(session, where.id) if each.state is not ProgramState.CLOSED]
    fitting = [each for each in known if each.name.casefold() == wanted.strip().casefold()]
    if fitting:
        return fitting[0]
    if not known:
        raise UnclearError("There is no program yet. A coordinator makes one with `/mentoring program new`.")
    named = ", ".join(f"“{each.name}”" for each in known)
    raise UnclearError(f"There is no program “{wanted}” in {where.name}. Those there are: {named}.")


def _difference(changes: Sequence[RosterChange]) -> list[str]:
    """What an import would do: a line for everybody it adds or corrects, then the numbers."""
    lines = []
    for each in changes:
        who = f"{each.row.user_id} {each.row.name}"
        if each.kind is ChangeKind.NEW:
            lines.append(f"+ {who}: would be put on the list")
        elif each.kind is ChangeKind.UPDATED:
            lines.append(f"~ {who}: {', '.join(each.columns)}")
    found = counted(changes)
    new, corrected, same = (found[kind] for kind in (ChangeKind.NEW, ChangeKind.UPDATED, ChangeKind.SAME))
    lines.append(f"{new} new, {corrected} corrected, {same} the same.")
    answered = sum(each.answered for each in changes)
    if answered:
        lines.append(
            f"{answered} have answered themselves: of them only title, level, department, office, reports_to"
            " and supervisor follow the roster."
        )
    return lines


def _summary(about: Program, changes: Sequence[RosterChange], now: datetime) -> str:
    late = LATE if may_join(about, now) else "Its enrollment is over; they can be asked in the next program."
    then = THEN.get(about.state, late)
    corrected = counted(changes)[ChangeKind.UPDATED]
    listed = sum(not each.answered for each in changes)
    lines = [f"{listed} {'person is' if listed == 1 else 'people are'} on the list of {about.name}. {then}"]
    if corrected:
        lines.append(f"{corrected} {'was' if corrected == 1 else 'were'} corrected.")
    answered = len(changes) - listed
    if answered:
        lines.append(f"{answered} had answered before; their answers stay as they are.")
    return "\n".join(lines)
