"""The improvement plan of a program: what each look back found, who does what by when, and what is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.phases import PhaseName
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, button, context, header, modal, section
from messages.words import Mrkdwn, Reader, Words

MOST_ACTIONS = 40
"""Actions shown at once; with one block each the view stays within Slack's hundred."""


@dataclass(frozen=True, slots=True)
class LookBack:
    """One phase's debrief; `written_at` None while it waits to be written."""

    id: int
    phase: PhaseName
    findings: str
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToDo:
    """An action of the plan."""

    text: str
    owner: Mrkdwn
    due_on: date
    done_at: datetime | None


def improvement_board(
    program: Program, looks: Sequence[LookBack], actions: Sequence[ToDo], today: date, reader: Reader
) -> Block:
    """Build the plan: open actions first, then what each phase taught."""
    words = Words("forms/improvement", reader)
    open_ones = [each for each in actions if each.done_at is None]
    done = [each for each in actions if each.done_at is not None]
    blocks: list[Block] = [context(words.mrkdwn("intro", program=program)), header(words.plain("open_ones"))]
    if open_ones:
        blocks += [section(_line(words, each, today)) for each in open_ones[:MOST_ACTIONS]]
    else:
        blocks.append(context(words.mrkdwn("nothing_open")))
    for each in looks:
        blocks += _look_back(words, program, each)
    if not looks:
        blocks.append(context(words.mrkdwn("no_debrief")))
    if done:
        lines = "\n".join(words.mrkdwn("done", text=each.text, owner=each.owner) for each in done)
        blocks += [header(words.plain("done_ones")), section(lines)]
    return modal(Act("notice"), words.plain("title"), blocks, close=words.plain("close"))


def _line(words: Words, each: ToDo, today: date) -> str:
    facts: Mapping[str, object] = {
        "text": each.text,
        "owner": each.owner,
        "due_on": each.due_on,
        "late": each.due_on < today,
    }
    return words.mrkdwn("todo", **facts)


def _look_back(words: Words, program: Program, each: LookBack) -> list[Block]:
    title = header(words.plain(f"phase_{each.phase}"))
    about = Act("debrief.open", {"program": program.id, "debrief": each.id})
    if each.written_at is None:
        return [title, section(words.mrkdwn("unwritten"), button(words.plain("write"), about))]
    text = words.mrkdwn("findings", findings=each.findings)
    return [title, section(text, button(words.plain("add"), about))]
