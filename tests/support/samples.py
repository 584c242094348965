"""A part of the sample roster, as a firm of its own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handlers.roster_import import read_or_refuse
from mentoring.roster import Roster, RosterRow

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbor-law-60.csv"


def sample_rows() -> Sequence[RosterRow]:
    """All sixty people of the sample."""
    return read_or_refuse(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name).rows


def only(kept: Sequence[RosterRow]) -> Roster:
    """These people alone; whom they name outside of them is left out."""
    known = {row.user_id for row in kept}
    return Roster(
        tuple(
            replace(
                row,
                do_not_pair_with=row.do_not_pair_with & known,
                reports_to=row.reports_to if row.reports_to in known else None,
            )
            for row in kept
        ),
        (),
    )
