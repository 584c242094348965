"""`mentoring match`: a proposal from spreadsheets, without Slack."""

from pathlib import Path
from typing import Annotated

import typer

from bot.match_files import as_csv, as_json, read_history, read_weights
from bot.text_files import FileFault, read_text
from mentoring.errors import MentoringError
from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import candidate_from_roster
from mentoring.matching.propose import propose
from mentoring.matching.result import MatchResult
from mentoring.matching.settings import MatchSettings, Objective
from mentoring.roster import Roster, read_roster

FAULTS_TO_SHOW = 20
FAULTY_INPUT = 2
"""The exit status of a command that was given something it cannot use."""

RosterOption = Annotated[
    Path, typer.Option(help="Who takes part: a CSV file like examples/harbor-law-60.csv.", show_default=False)
]
OutOption = Annotated[
    Path,
    typer.Option(help="Where to: a file ending in .csv or .json; the bare words csv and json print it."),
]


def match(
    roster: RosterOption,
    program: Annotated[ProgramKind, typer.Option(help="The kind of program.")] = ProgramKind.TRADITIONAL,
    weights: Annotated[
        Path | None, typer.Option(help="JSON or YAML: criteria with weights from 0 to 10.")
    ] = None,
    objective: Annotated[Objective, typer.Option(help="What is asked of the whole.")] = Objective.BEST_TOTAL,
    history: Annotated[
        Path | None, typer.Option(help="Earlier pairs, a CSV file: mentor, mentee, and cycles_ago.")
    ] = None,
    cycles: Annotated[int, typer.Option(min=0, help="For how many cycles earlier pairs stay apart.")] = 1,
    seed: Annotated[int, typer.Option(help="Decides between equals; the same seed, the same result.")] = 0,
    out: OutOption = Path("json"),
    *,
    trios: Annotated[bool, typer.Option(help="In peer programs let an odd person join a pair.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="In CSV also the reasons in words; JSON always has them.")
    ] = False,
) -> None:
    """Propose who should be matched with whom, from a roster in a spreadsheet.

    Nothing is sent to anybody. The same roster, settings and seed give the same proposal here and in Slack.
    """
    try:
        people = _roster(roster)
        settings = MatchSettings(
            kind=program,
            weights=read_weights(weights) if weights else {},
            objective=objective,
            seed=seed,
            barred_cycles=cycles,
            trios=trios,
        )
        earlier = read_history(history) if history else ()
        result = propose([candidate_from_roster(row) for row in people.rows], settings, earlier)
        _write(result, people, out, explain=explain)
    except MentoringError as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(FAULTY_INPUT) from fault
    typer.echo(_summary(result, out), err=True)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="match")(match)


class RosterFaults(MentoringError):
    """A roster has faults; each is a line of the message."""


def _roster(path: Path) -> Roster:
    found = read_roster(read_text(path))
    if found.problems:
        faults = [str(FileFault(path, each.sentence, each.line, each.column)) for each in found.problems]
        more = len(faults) - FAULTS_TO_SHOW
        rest = [f"… and {more} more like these."] if more > 0 else []
        raise RosterFaults("\n".join([*faults[:FAULTS_TO_SHOW], *rest]))
    return found


def _write(result: MatchResult, people: Roster, out: Path, *, explain: bool) -> None:
    kind = (out.suffix.removeprefix(".") or out.name).lower()
    if kind not in {"csv", "json"}:
        raise FileFault(out, "Give a file name that ends in .csv or .json, or the bare word csv or json.")
    text = as_json(result) if kind == "json" else as_csv(result, people.rows, explain=explain)
    if not out.suffix:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise FileFault(out, f"The file cannot be written ({fault.strerror}).") from fault


def _summary(result: MatchResult, out: Path) -> str:
    outcome = result.summary.outcome
    scores = f"mean score {outcome.mean:.2f}, worst {outcome.worst:.2f}"
    lines = [f"{outcome.matched} matched, {scores}, places left: {result.summary.capacity_left}."]
    lines += [
        f"  {other.objective.value} would give {other.matched} matched, mean {other.mean:.2f}, "
        f"worst {other.worst:.2f}."
        for other in result.summary.others
    ]
    if result.unmatched:
        lines.append(f"{len(result.unmatched)} without a match; each with a reason in the file.")
    return "\n".join([*lines, *([f"Written to {out}."] if out.suffix else [])])
