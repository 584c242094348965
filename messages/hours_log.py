"""Who met whom for how long, and the log of it as CSV."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from mentoring.cells import safe_cell
from mentoring.meetings import Meeting
from mentoring.own_words import hours_code
from mentoring.programs import Program
from messages.words import Reader, Words

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Participation:
    """What a certificate and a log of hours say; nothing of what was talked about.

    Args:
        name: Who took part.
        others: With whom.
        held: The meetings that took place, earliest first.
        left_on: The day they left, on the program's clock, if they did before its end.
    """

    program: Program
    name: str
    others: tuple[str, ...]
    held: tuple[Meeting, ...]
    left_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which they took part."""
        return min(self.program.ends_on, self.left_on or self.program.ends_on)

    @property
    def minutes(self) -> int:
        """How long all meetings took."""
        return sum(each.minutes for each in self.held)


def in_hours(minutes: int) -> str:
    """Minutes as people say them: `1.5`, in quarters of an hour."""
    return f"{round(minutes / MINUTES_AN_HOUR * 4) / 4:g}"


def hours_csv(about: Participation, reader: Reader) -> bytes:
    """Make the log of hours: one meeting a line, with the program's code for it (non-billable, CLE).

    The days are in the reader's zone; the file starts with a byte order mark, since spreadsheets need it to
    read names right.
    """
    words = Words("papers/hours", reader)
    columns = ("date", "with", "hours", "what", "code")
    file = StringIO()
    table = csv.writer(file)
    table.writerow([words.plain(each) for each in columns])
    others, code = safe_cell(", ".join(about.others)), safe_cell(hours_code(about.program))
    for meeting in about.held:
        day = meeting.starts_at.astimezone(reader.zone).date()
        table.writerow(
            [
                day.isoformat(),
                others,
                f"{meeting.minutes / MINUTES_AN_HOUR:.2f}",
                words.plain("meeting"),
                code,
            ]
        )
    table.writerow([words.plain("total"), "", f"{about.minutes / MINUTES_AN_HOUR:.2f}", "", ""])
    return file.getvalue().encode("utf-8-sig")
