"""The form to give a meeting its time."""

from datetime import date

from messages.actions import Act
from messages.blocks import Block, context, date_picker, field, modal, time_picker
from messages.words import Reader, Words


def meeting_form(
    act: Act, reader: Reader, zone: str, day: date, shared: tuple[str, str] | None, at: str
) -> Block:
    """Build the form; `shared` are the hours both have in common, as the reader's clock shows them."""
    words = Words("forms/meeting", reader)
    blocks = [
        field("starts_at", words.plain("day"), date_picker("starts_at", initial=day.isoformat())),
        field(
            "time",
            words.plain("time"),
            time_picker("time", initial=at),
            hint=words.plain("time_hint", zone=zone),
        ),
    ]
    if shared:
        blocks.append(context(words.mrkdwn("shared", first=shared[0], last=shared[1])))
    moved = act.name == "meeting.moved_submit"
    title = words.plain("title_moved" if moved else "title")
    return modal(act, title, blocks, submit=words.plain("submit"), close=words.plain("close"))
