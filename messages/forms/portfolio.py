"""The portfolio's preview, and the form to add a piece."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.assessment import NOTE_LIMIT, Objective, Task
from mentoring.portfolio import NO_OBJECTIVE, ItemKind, PortfolioItem, by_objective
from mentoring.portfolio import Reader as MayRead
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    divider,
    field,
    modal,
    option,
    overflow,
    section,
    static_select,
    text_input,
)
from messages.forms.task import objective_field
from messages.words import Reader, Words

HEADING_LENGTH = 80
MOST_SHOWN = 60
MOST_TOGETHER = 6
"""Pairs whose papers are offered, the newest: with sixty pieces the form stays within Slack's hundred."""
OWN_NOTE = "note"


@dataclass(frozen=True, slots=True)
class Together:
    """Time somebody had with others in a pair, or in a group, that met.

    Args:
        others: First names.
        held: How often they met.
        over: Whether that time is over for them: a certificate says how long it was.
    """

    pair_id: int
    others: Sequence[str]
    held: int
    over: bool


def portfolio_form(
    program_id: int,
    objectives: Sequence[Objective],
    items: Sequence[PortfolioItem],
    reader: Reader,
    together: Sequence[Together] = (),
) -> Block:
    """Build the preview: by objective, what is picked and who may see it; then papers of time together."""
    words = Words("forms/portfolio", reader)
    texts = {each.id: each.text for each in objectives} | {NO_OBJECTIVE: words.plain("no_objective")}
    blocks = [section(words.mrkdwn("intro"))]
    for objective_id, pieces in by_objective([each.id for each in objectives], items[:MOST_SHOWN]):
        blocks += [divider(), section(words.mrkdwn("objective", objective=texts[objective_id]))]
        if not pieces:
            blocks.append(section(words.mrkdwn("empty")))
        blocks += [_item(words, each) for each in pieces]
    about = {"program": program_id}
    buttons = [button(words.plain("add"), Act("portfolio.add", about), style="primary")]
    if items:
        buttons.append(button(words.plain("send"), Act("portfolio.send", about)))
        buttons.append(button(words.plain("share"), Act("portfolio.share", about)))
    blocks.append(actions(buttons))
    for each in together[-MOST_TOGETHER:]:
        blocks += [
            section(words.mrkdwn("together", others=each.others, held=each.held)),
            _papers(words, each),
        ]
    return modal(Act("notice", about), words.plain("title"), blocks, close=words.plain("close"))


def _papers(words: Words, together: Together) -> Block:
    papers = ("hours", "certificate") if together.over else ("hours",)
    about = {"pair": together.pair_id}
    return actions([button(words.plain(f"paper_{each}"), Act(f"paper.{each}", about)) for each in papers])


def _item(words: Words, item: PortfolioItem) -> Block:
    readers = [reader_name(words, each) for each in sorted(item.readers)]
    text = words.mrkdwn("item", title=item.title, text=item.text, readers=readers)
    more = [
        option(words.plain("see"), f"see {item.id}"),
        option(words.plain("remove"), f"out {item.id}"),
    ]
    return section(text, overflow("portfolio.menu", more))


def add_form(
    program_id: int, objectives: Sequence[Objective], finished: Sequence[Task], reader: Reader
) -> Block:
    """Build the form to add a finished task, its feedback, or words of one's own."""
    words = Words("forms/portfolio", reader)
    sources = [option(words.plain("source_note"), OWN_NOTE)]
    for task in finished:
        sources.append(option(words.plain("source_task", title=task.title), f"{ItemKind.TASK}:{task.id}"))
        if task.feedback is not None:
            label = words.plain("source_feedback", title=task.title)
            sources.append(option(label, f"{ItemKind.FEEDBACK}:{task.id}"))
    readers = [option(reader_name(words, each), each.name) for each in MayRead]
    warned = [option(words.plain("warned"), "yes")]
    blocks = [
        field("source", words.plain("source"), static_select("source", sources, initial=OWN_NOTE)),
        objective_field(words.plain("for_objective"), objectives),
        field(
            "heading",
            words.plain("heading"),
            text_input("heading", max_length=HEADING_LENGTH),
            hint=words.plain("heading_hint"),
            optional=True,
        ),
        field(
            "text",
            words.plain("text"),
            text_input("text", multiline=True, max_length=NOTE_LIMIT),
            hint=words.plain("text_hint"),
            optional=True,
        ),
        field("readers", words.plain("readers"), checkboxes("readers", readers), optional=True),
        field(
            "warned",
            words.plain("warning"),
            checkboxes("warned", warned),
            hint=words.plain("warning_hint"),
            optional=True,
        ),
    ]
    return modal(
        Act("portfolio.add_submit", {"program": program_id}),
        words.plain("title_add"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def reader_name(words: Words, reader: MayRead) -> str:
    """A kind of reader as the owner thinks of them."""
    return words.plain(f"reader_{reader.value.replace(' ', '_')}")
