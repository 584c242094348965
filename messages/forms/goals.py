"""Goals: the list of one's own and of those one mentors, and the form of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.goals import LONGEST_GOAL, Goal, Progress
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    date_picker,
    divider,
    field,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from messages.words import Reader, Words

YES = "yes"
MOST_SHOWN = 20
"""Goals of one's own shown in the list; what is reached stays, and a list is read from the top."""


@dataclass(frozen=True, slots=True)
class MyGoals:
    """A program in which somebody keeps goals, and who sees them there."""

    program_id: int
    program: str
    goals: Sequence[Goal]
    seen_by: Sequence[str]


def goals_form(mine: Sequence[MyGoals], theirs: Mapping[str, Sequence[Goal]], reader: Reader) -> Block:
    """Build the list; `theirs` are the goals shared with the reader, by first name."""
    words = Words("forms/goals", reader)
    blocks: list[Block] = []
    for part in mine:
        goals = part.goals[:MOST_SHOWN]
        intro = words.mrkdwn("intro" if goals else "none", program=part.program)
        blocks += [section(intro)]
        for each in goals:
            buttons = [button(words.plain("change"), Act("goal.edit", {"goal": each.id}))]
            if each.is_open:
                buttons.insert(0, button(words.plain("step"), Act("goal.step", {"goal": each.id, "list": 1})))
            blocks += [section(goal_text(each, reader)), actions(buttons)]
        add = button(words.plain("add"), Act("goal.add", {"program": part.program_id}), style="primary")
        blocks += [actions([add]), context(words.mrkdwn("privacy", names=part.seen_by)), divider()]
    for name, goals in theirs.items():
        blocks.append(section(words.mrkdwn("theirs" if goals else "theirs_none", name=name)))
        blocks += [section(goal_text(each, reader)) for each in goals[:MOST_SHOWN]]
    if not blocks:
        blocks.append(section(words.mrkdwn("nobody")))
    return modal(Act("notice"), words.plain("title"), blocks, close=words.plain("close"))


def goal_text(goal: Goal, reader: Reader) -> str:
    """A goal in two lines: what, and how far, by when, known how."""
    words = Words("forms/goals", reader)
    return words.mrkdwn("goal", goal=goal, progress=in_words(goal.progress, reader), reached=not goal.is_open)


def in_words(progress: Progress, reader: Reader) -> str:
    """`halfway there`."""
    return Words("forms/goals", reader).plain(f"progress_{progress.name.lower()}")


def goal_form(act: Act, goal: Goal | None, target_on: date, reader: Reader) -> Block:
    """Build the form of a new goal, or of one to change; `target_on` is the day suggested for a new one."""
    words = Words("forms/goals", reader)
    objective = text_input(
        "objective",
        initial=goal.objective if goal else None,
        placeholder=words.plain("objective_example"),
        max_length=LONGEST_GOAL,
    )
    measure = text_input(
        "measure",
        initial=goal.measure if goal else None,
        placeholder=words.plain("measure_example"),
        max_length=LONGEST_GOAL,
    )
    day = goal.target_on if goal else target_on
    blocks = [
        field("objective", words.plain("objective"), objective),
        field("measure", words.plain("measure"), measure),
        field("target_on", words.plain("target_on"), date_picker("target_on", initial=day.isoformat())),
    ]
    if goal is not None:
        steps = [option(in_words(each, reader), str(each.value)) for each in Progress]
        picked = static_select("progress", steps, initial=str(goal.progress.value))
        drop = checkboxes("drop", [option(words.plain("drop_yes"), YES)])
        blocks.append(field("progress", words.plain("progress"), picked))
        blocks.append(field("drop", words.plain("drop"), drop, optional=True))
    title = words.plain("title_change" if goal else "title_new")
    return modal(act, title, blocks, submit=words.plain("submit"), close=words.plain("cancel"))
