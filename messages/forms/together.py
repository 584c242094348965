"""The forms behind “Several at once”: reasons with their numbers, and the same words to many pairs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from mentoring.attention import TOGETHER
from mentoring.nudges.notices import FROM_CHECK_INS, Kind
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    confirm,
    context,
    field,
    modal,
    section,
    sections,
    text_input,
)
from messages.concerns import in_short
from messages.forms.acting import NOTE_LENGTH
from messages.words import Reader, Words


def reasons_form(
    program: Program, counts: Mapping[Kind, int], now: datetime, reader: Reader, *, seen: int = 0
) -> Block:
    """Say how many pairs need a look for which reason; what several share can be dealt with in one act.

    Args:
        program: Of which program.
        counts: How many pairs, by reason; a pair may have several.
        now: When this was so: what arises later is not part of the act.
        reader: Who reads it.
        seen: How many were taken off the list just now.
    """
    words = Words("forms/together", reader)
    blocks = [context(words.mrkdwn("seen_done", count=seen))] if seen else []
    blocks.append(section(words.mrkdwn("intro" if counts else "nothing", program=program)))
    for reason, count in counts.items():
        said = words.mrkdwn("reason", count=count, reason=in_short(reason, reader))
        blocks.append(section(said))
        if reason in TOGETHER and count > 1:
            blocks.append(actions(_acts(words, reason, count, now)))
    if any(reason not in TOGETHER for reason in counts):
        blocks.append(context(words.mrkdwn("alone")))
    return modal(
        Act("desk.reasons", {"program": program.id}), words.plain("title"), blocks, close=words.plain("close")
    )


def _acts(words: Words, reason: Kind, count: int, now: datetime) -> list[Block]:
    about = {"reason": reason.value, "at": now.isoformat()}
    sure = confirm(
        words.plain("seen_title", count=count),
        words.plain("seen_text", count=count),
        words.plain("seen_yes", count=count),
        words.plain("close"),
    )
    return [
        button(words.plain("write", count=count), Act("care.message_many", about)),
        button(words.plain("seen", count=count), Act("desk.seen_many", about), sure=sure),
    ]


def message_form(
    program_id: int, reason: Kind, now: datetime, names: Sequence[Sequence[str]], reader: Reader
) -> Block:
    """Ask for the words to all of these pairs, each of which is named below.

    Args:
        program_id: Of which program.
        reason: Why they need a look.
        now: When they did.
        names: Everybody of each pair.
        reader: Who reads it.
    """
    words, count = Words("forms/together", reader), len(names)
    box = text_input("text", initial=words.plain("text"), multiline=True, max_length=NOTE_LENGTH)
    listed = [words.mrkdwn("pair", names=list(each)) for each in names]
    heading = words.mrkdwn("reason", count=count, reason=in_short(reason, reader))
    ids = {"program": program_id, "reason": reason.value, "at": now.isoformat(), "count": count}
    blocks = [
        field("text", words.plain("label"), box),
        context(words.mrkdwn("who", count=count, careful=reason in FROM_CHECK_INS)),
        *sections("\n".join([heading, *listed])),
    ]
    return modal(
        Act("care.message_many_submit", ids),
        words.plain("message_title"),
        blocks,
        submit=words.plain("submit", count=count),
        close=words.plain("close"),
    )
