"""The form to give a meeting its time."""

from datetime import date, datetime

from messages.actions import Act
from messages.blocks import Block, date_picker, field, modal, section, time_picker
from messages.words import Reader, Words


def meeting_form(
    act: Act, reader: Reader, zone: str, day: date, planned: datetime | None, at: str, *, over: bool = False
) -> Block:
    """Build the form.

    Args:
        act: What sending it does.
        reader: Who picks.
        zone: On whose clock.
        day: The day suggested.
        planned: The pair's next meeting, where the other may just have picked it.
        at: The time suggested.
        over: Whether the old time has passed: then the new one may have, too.
    """
    words = Words("forms/meeting", reader)
    blocks = [] if planned is None else [section(words.mrkdwn("planned", at=planned))]
    blocks += [
        field(
            "starts_at",
            words.plain("day"),
            date_picker("starts_at", initial=day.isoformat()),
            hint=words.plain("day_hint") if over else None,
        ),
        field(
            "time",
            words.plain("time"),
            time_picker("time", initial=at),
            hint=words.plain("time_hint", city=reader.city(zone)),
        ),
    ]
    moved = act.name == "meeting.moved_submit"
    title = words.plain("title_moved" if moved else "title")
    return modal(act, title, blocks, submit=words.plain("submit"), close=words.plain("close"))
