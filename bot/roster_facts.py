"""What the letter about a dropped roster draws on: the difference it would make, as of now."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.roster_import import RosterError, check_known, planned_changes
from mentoring.roster import read_roster
from mentoring.roster_changes import ChangeKind, Difference, counted
from messages.letters.context import Circumstances
from storage.outbox import Letter
from storage.rosters import roster_file


def roster_facts(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """Compare the roster with the program's list."""
    file = roster_file(session, letter.workspace_id, int(letter.ids["roster"]))
    if file.text is None:
        return replace(seen, difference=Difference(refused=file.refused or "unknown"))
    roster = read_roster(file.text)
    if roster.problems:
        faults = tuple(f"{each.line} {each.column}: {each.sentence}" for each in roster.problems)
        return replace(seen, difference=Difference(faults=faults))
    try:
        check_known(session, seen.the_program, roster, "")
    except RosterError as error:
        return replace(seen, difference=Difference(faults=tuple(str(error).splitlines()[1:])))
    changes = planned_changes(session, seen.the_program, roster)
    found = counted(changes)
    lines = [
        f"{'+' if each.kind is ChangeKind.NEW else '~'} {each.row.name}: {', '.join(each.columns)}".rstrip(
            ": "
        )
        for each in changes
        if each.kind is not ChangeKind.SAME
    ]
    return replace(
        seen,
        difference=Difference(
            new=found[ChangeKind.NEW],
            updated=found[ChangeKind.UPDATED],
            same=found[ChangeKind.SAME],
            answered=sum(each.answered for each in changes),
            lines=tuple(lines),
        ),
    )
