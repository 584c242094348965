"""The coordinators' part of Home: where a program stands, who needs a look, what waits, what is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mentoring.attention import TOGETHER
from mentoring.enrollment import EnrollmentState
from mentoring.nudges.notices import Kind
from mentoring.programs import Program, ProgramState
from messages.actions import Act
from messages.blocks import (
    OPTIONS_LIMIT,
    Block,
    actions,
    button,
    confirm,
    context,
    divider,
    header,
    option,
    section,
    static_select,
)
from messages.closing import close_enrollment_button
from messages.concerns import NeedsALook, breakdown, one_line
from messages.forms.paging import paging
from messages.words import Reader, Words

MOST_ELSEWHERE = 5
"""Other programs named because pairs in them need a look."""
PER_PAGE = 8
"""Pairs of the list shown at once: with two blocks each they leave room for everything else of Home."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many came how far: people up to the match, pairs from there on."""

    invited: int
    joined: int
    matched: int
    pairs: int
    agreed: int
    met: int
    finished: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a coordinator; `places` are free ones that people on the waiting list could have."""

    applications: int = 0
    objections: int = 0
    calls: int = 0
    failed: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """A program as those who run it see it.

    Args:
        programs: All they may see, for the switcher.
        acts: Whether they may act; a viewer sees numbers and no names.
        dates: What comes next: a part of the template, and the day.
        items: This page of the list; `total` is its length.
        reasons: How many pairs of the whole list need a look for which reason.
        elsewhere: Other programs of theirs in which pairs need a look, and how many do.
        sent: Messages said today; `due` are still to be said.
    """

    program: Program
    programs: Sequence[Program]
    acts: bool
    funnel: Funnel
    dates: Sequence[tuple[str, date]] = ()
    items: Sequence[NeedsALook] = ()
    total: int = 0
    reasons: Mapping[Kind, int] = field(default_factory=dict)
    page: int = 0
    waiting: Waiting = Waiting()
    elsewhere: Sequence[tuple[str, int]] = ()
    sent: int = 0
    due: int = 0


def funnel_of(
    counts: Mapping[EnrollmentState, int], pairs: int, agreed: int, met: int, finished: int
) -> Funnel:
    """Read the funnel off the counts: whoever came further also came thus far."""
    state = EnrollmentState
    matched = sum(counts.get(each, 0) for each in (state.MATCHED, state.FINISHED))
    said_yes = (state.APPLIED, state.WAITING, state.JOINED, state.TURNED_DOWN)
    joined = matched + sum(counts.get(each, 0) for each in said_yes)
    return Funnel(sum(counts.values()), joined, matched, pairs, agreed, met, finished)


def desk_blocks(desk: Desk, reader: Reader) -> list[Block]:
    """Build the desk: at most three dozen blocks, however many pairs there are."""
    words = Words("desk", reader)
    blocks = [header(words.plain("title", program=desk.program)), _state(words, desk), _funnel(words, desk)]
    if not desk.acts:
        blocks.append(actions([_report(words, desk)]))
    else:
        blocks += [
            _next_steps(words, desk, reader),
            divider(),
            *_attention(words, desk, reader),
            *_queues(words, desk),
        ]
        blocks.append(context(words.mrkdwn("sends", sent=desk.sent, due=desk.due)))
    return blocks


def _state(words: Words, desk: Desk) -> Block:
    state = words.plain(f"state_{desk.program.state}")
    dates = [words.plain(f"date_{name}", on=day) for name, day in desk.dates]
    text = words.mrkdwn("state", state=state, dates=dates)
    if len(desk.programs) == 1:
        return section(text)
    options = [option(each.name, str(each.id)) for each in desk.programs[:OPTIONS_LIMIT]]
    switch = static_select(
        "desk.switch", options, initial=str(desk.program.id), placeholder=words.plain("switch")
    )
    return section(text, switch)


def _funnel(words: Words, desk: Desk) -> Block:
    return section(words.mrkdwn("funnel", funnel=desk.funnel))


def _next_steps(words: Words, desk: Desk, reader: Reader) -> Block:
    about: dict[str, int | str] = {"program": desk.program.id}
    row = []
    match desk.program.state:
        case ProgramState.DRAFT:
            sure = confirm(
                words.plain("open_title"), words.plain("open_text"), words.plain("yes"), words.plain("no")
            )
            row.append(button(words.plain("open"), Act("program.open", about), style="primary", sure=sure))
        case ProgramState.ENROLLING | ProgramState.MATCHED | ProgramState.RUNNING:
            row.append(button(words.plain("match"), Act("match.want", about)))
            if desk.program.state is ProgramState.ENROLLING and desk.funnel.pairs:
                row.append(close_enrollment_button(desk.program.id, reader))
        case ProgramState.CLOSED:
            pass
    row += [
        button(words.plain("charter"), Act("charter.show", about)),
        button(words.plain("people"), Act("desk.people", about)),
        button(words.plain("pairs"), Act("desk.pairs", about)),
        _report(words, desk),
        button(words.plain("settings"), Act("desk.settings", about)),
    ]
    return actions(row)


def _report(words: Words, desk: Desk) -> Block:
    return button(words.plain("report"), Act("report.pick", {"program": desk.program.id}))


def _attention(words: Words, desk: Desk, reader: Reader) -> list[Block]:
    blocks = [_look(words, desk, reader)]
    for item in desk.items:
        blocks += _item(words, item, reader)
    turning = paging(reader, "desk.earlier", "desk.later", desk.page, desk.total, PER_PAGE)
    return [*blocks, *_of_program(turning, desk.program.id)]


def _look(words: Words, desk: Desk, reader: Reader) -> Block:
    """How many need a look, and why; where several have a reason in common, the way to one act for them."""
    text = words.mrkdwn("look", count=desk.total, pairs=desk.funnel.pairs)
    if desk.total > 1:
        text = f"{text}\n{breakdown(desk.reasons, reader)}"
    if not any(desk.reasons.get(each, 0) > 1 for each in TOGETHER):
        return section(text)
    return section(text, button(words.plain("several"), Act("desk.reasons", {"program": desk.program.id})))


def _of_program(blocks: list[Block], program_id: int) -> list[Block]:
    """Name the program in the acts of a page's buttons: on Home there is no form that would carry it."""
    for block in blocks:
        for element in block["elements"]:
            if element["type"] == "button":
                act = Act.decode(element["action_id"], element["value"])
                element["value"] = Act(act.name, {**act.ids, "program": program_id}).value
    return blocks


def _item(words: Words, item: NeedsALook, reader: Reader) -> list[Block]:
    about: dict[str, int | str] = {"pair": item.pair_id}
    text = one_line(item, reader)
    if item.score is not None:
        trend = words.plain(f"trend_{item.trend}")
        text = f"{text}\n{words.mrkdwn('health', score=item.score, trend=trend)}"
    several = len(item.names) > 2  # noqa: PLR2004 - both are two
    return [
        section(text),
        # Beside the text on a wide screen, a button of the section stands on a line of its own on a phone.
        actions(
            [
                button(words.plain("open_pair"), Act("desk.pair", about)),
                button(words.plain("message_all" if several else "message"), Act("care.message", about)),
                button(words.plain("offer_pause"), Act("care.offer_pause", about)),
                button(words.plain("rematch"), Act("care.rematch", about)),
                button(words.plain("extend"), Act("care.extend", about)),
                button(words.plain("snooze"), Act("desk.snooze", about)),
            ]
        ),
    ]


def _queues(words: Words, desk: Desk) -> list[Block]:
    about: dict[str, int | str] = {"program": desk.program.id}
    waiting = desk.waiting
    row = []
    if waiting.applications:
        row.append(button(words.plain("applications", count=waiting.applications), Act("apply.queue", about)))
    if waiting.places:
        row.append(
            button(words.plain("places", count=waiting.places), Act("apply.queue", about | {"page": 0}))
        )
    if waiting.objections:
        row.append(button(words.plain("objections", count=waiting.objections), Act("desk.objections", about)))
    if waiting.failed:
        row.append(button(words.plain("failed", count=waiting.failed), Act("desk.failed", about)))
    # “Nothing else” is said of everything they run: Home shows one program, and another may wait as well.
    silent = not row and bool(desk.elsewhere)
    said = words.mrkdwn("waiting", waiting=waiting, anything=bool(row), elsewhere=silent)
    blocks: list[Block] = [section(said)] if said else []
    if row:
        blocks.append(actions(row))
    shown = desk.elsewhere[:MOST_ELSEWHERE]
    if shown:
        lines = [words.mrkdwn("elsewhere", name=name, count=count) for name, count in shown]
        blocks.append(section("\n".join(lines)))
    return blocks
