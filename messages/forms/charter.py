"""The charter as a walk of four short steps, and as one page with what is still open."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mentoring.cadence import Cadence, all_cadences
from mentoring.charter import BLOCKING, MAX_LENGTH, PLANNING, STEPS, Charter, Point, charter_of
from mentoring.kinds import ProgramKind
from mentoring.phases import PLANS
from mentoring.programs import TEMPLATES, Program, ProgramState
from mentoring.reports.benchmark import Measure
from mentoring.reports.targets import targets_of
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    context,
    date_picker,
    divider,
    field,
    modal,
    number_input,
    option,
    people_select,
    section,
    static_select,
    text_input,
)
from messages.rhythm import choice
from messages.rhythm import often as in_a_sentence
from messages.words import Reader, Words

LEAD = timedelta(days=28)
"""Four weeks from charter to start: two to enroll, one to match, one for calendars."""
NAME_LENGTH = 80
SPONSOR_LENGTH = 500
MOST_PEOPLE = 1000
TARGETS = (Measure.MATCHED, Measure.MET, Measure.COMPLETED, Measure.MEETINGS, Measure.SATISFACTION)
"""Targets a charter asks for; every one is counted by the reports."""
EDIT = ("charter.edit_1", "charter.edit_2", "charter.edit_3", "charter.edit_4")
"""The acts that open a step again; a view may not have one action twice."""
ABOUT_STEP = {
    Point.PURPOSE: 1, Point.DATES: 1, Point.PHASES: 2, Point.AUDIENCE: 2, Point.NEED: 3, Point.GOALS: 3,
    Point.TARGETS: 3, Point.SPONSOR: 3, Point.FUNDING: 4, Point.SUPPORT: 4, Point.LOGISTICS: 4,
    Point.ANSWERS: 4, Point.CARRIED: 4,
}  # fmt: skip
"""Where each open point is closed."""
MAKING = "making"
"""What the steps of a new program carry: they belong to its making."""


def first_step(reader: Reader, today: date, before: Program | None = None, *, copied: bool = False) -> Block:
    """What it is: name, kind, purpose, dates. Filled in from what is known, or from a template.

    Args:
        reader: Who fills it in.
        today: Their day.
        before: The program to change, or the next cycle as it would be.
        copied: Whether it is the next cycle, under the id of the one it is copied from.
    """
    words = Words("forms/charter", reader)
    kind = before.kind if before else ProgramKind.TRADITIONAL
    starts_on = before.starts_on if before else next_monday(today + LEAD)
    ends_on = before.ends_on if before else starts_on + timedelta(weeks=TEMPLATES[kind].weeks)
    purpose = charter_of(before).purpose if before else words.plain("purpose_suggestion")
    name = text_input(
        "name", initial=before.name if before else None, placeholder=words.plain("name_example"),
        max_length=NAME_LENGTH,
    )  # fmt: skip
    blocks = [_intro(words, 1), field("name", words.plain("name"), name)]
    if before is None or copied or before.state is ProgramState.DRAFT:
        kinds = [option(words.plain(f"kind_{each}"), each) for each in ProgramKind]
        blocks += [
            field("kind", words.plain("kind"), static_select("kind", kinds, initial=kind)),
            field(
                "starts_on", words.plain("starts_on"), date_picker("starts_on", initial=starts_on.isoformat())
            ),
            field("ends_on", words.plain("ends_on"), date_picker("ends_on", initial=ends_on.isoformat())),
        ]
    blocks.append(_words(words, "purpose", purpose))
    about: dict[str, int | str] = {}
    if before is not None and before.id:
        about = {"from" if copied else "program": before.id}
    return _step(words, "program.submit" if not about.get("program") else "charter.first", about, blocks, 1)


def step(number: int, program: Program, reader: Reader, *, making: bool = False) -> Block:
    """One of the steps after the first, of a program that is there or of one in the making."""
    words, charter = Words("forms/charter", reader), charter_of(program)
    build = {2: _people, 3: _success, 4: _support}[number]
    blocks = [_intro(words, number), *build(words, program, charter)]
    act = {2: "charter.people", 3: "charter.success", 4: "charter.support"}[number]
    about: dict[str, int | str] = {"program": program.id, **({MAKING: 1} if making else {})}
    return _step(words, act, about, blocks, number)


def _people(words: Words, program: Program, charter: Charter) -> list[Block]:
    """For whom, and what it takes."""
    cadences = [option(choice(each, words.reader), each.code) for each in all_cadences()]
    code = Cadence.parse(program.cadence).code
    plans = [option(words.plain(f"phases_{each}"), each) for each in PLANS]
    return [
        _words(words, "audience", charter.audience, multiline=False),
        field(
            "capacity",
            words.plain("capacity"),
            number_input("capacity", initial=charter.capacity or None, low=1, high=MOST_PEOPLE),
            optional=True,
        ),
        field(
            "hours",
            words.plain("hours"),
            number_input("hours", initial=program.hours_per_month, low=1, high=40),
        ),
        field("cadence", words.plain("cadence"), static_select("cadence", cadences, initial=code)),
        field("phases", words.plain("phases"), static_select("phases", plans, initial=charter.phases)),
    ]


def _success(words: Words, program: Program, charter: Charter) -> list[Block]:
    """What it is to bring, and who stands behind it."""
    kept = {each.measure: each.least for each in targets_of(program)}
    targets = [_target(words, measure, kept.get(measure)) for measure in TARGETS]
    return [
        _words(words, "need", charter.need),
        _words(words, "goals", "\n".join(charter.goals)),
        *targets,
        _words(words, "sponsor_name", program.sponsor_name, multiline=False, most=NAME_LENGTH),
        _words(words, "sponsor_words", program.sponsor_words, most=SPONSOR_LENGTH),
    ]


def _target(words: Words, measure: Measure, least: float | None) -> Block:
    """A number to reach; shares are asked in percent."""
    initial = None if least is None else round(least * 100) if measure.is_share else round(least)
    high = 100 if measure.is_share else 5 if measure is Measure.SATISFACTION else MOST_PEOPLE
    name = f"target_{measure}"
    return field(
        name, words.plain(name), number_input(name, initial=initial, low=1, high=high), optional=True
    )


def _support(words: Words, _program: Program, charter: Charter) -> list[Block]:
    """What carries it, and who else is asked about that."""
    return [
        *(_words(words, name, str(getattr(charter, name))) for name in ("funding", "support", "logistics")),
        field("ask", words.plain("ask"), people_select("ask"), hint=words.plain("ask_hint"), optional=True),
    ]


def charter_page(
    program: Program,
    points: Sequence[Point],
    answers: Sequence[tuple[str, Mapping[str, str]]],
    reader: Reader,
) -> Block:
    """The whole charter with what is open, and the ways on.

    Args:
        program: Whose.
        points: What is open, blocking points first.
        answers: What stakeholders answered, by name.
        reader: Who reads it.
    """
    words = Words("forms/charter", reader)
    blocks: list[Block] = [section(text) for _, text in charter_parts(program, answers, reader)]
    blocks += [divider(), section(words.mrkdwn("points", points=_points(words, program, points)))]
    about: dict[str, int | str] = {"program": program.id}
    edit = [button(words.plain(f"edit_{number}"), Act(name, about)) for number, name in enumerate(EDIT, 1)]
    rest = [
        button(words.plain("markdown"), Act("charter.markdown", about)),
        button(words.plain("pdf"), Act("charter.pdf", about)),
        button(words.plain("next"), Act("charter.next", about)),
    ]
    # What a closed program was to be stands; the next cycle starts from a copy.
    blocks += [actions(rest)] if program.state is ProgramState.CLOSED else [actions(edit), actions(rest)]
    if program.state is ProgramState.DRAFT:
        blocks.append(context(words.mrkdwn("then")))
    return modal(Act("charter.show", about), words.plain("title"), blocks, close=words.plain("close"))


def charter_parts(
    program: Program, answers: Sequence[tuple[str, Mapping[str, str]]], reader: Reader
) -> list[tuple[str, str]]:
    """The charter part by part: a plain heading, and the text as mrkdwn."""
    words, charter = Words("forms/charter", reader), charter_of(program)
    often = in_a_sentence(Cadence.parse(program.cadence), None, words.reader)
    kind, phases = words.plain(f"kind_{program.kind}"), words.plain(f"phases_{charter.phases}")
    targets = target_lines(program, words)
    lines = [
        (name, [(words.plain(part), said[part]) for part in PLANNING if said.get(part)])
        for name, said in answers
    ]
    facts = {"program": program, "charter": charter, "targets": targets, "answers": lines}
    parts = ["what", "people", "success", "support"]
    parts += ["carried"] if charter.carried else []
    parts += ["answers"] if answers else []
    return [
        (
            words.plain(f"head_{part}"),
            words.mrkdwn(f"page_{part}", kind=kind, often=often, phases=phases, **facts),
        )
        for part in parts
    ]


def target_lines(program: Program, words: Words) -> list[str]:
    """The targets in words."""
    found = []
    for each in targets_of(program):
        least = f"{round(each.least * 100)}%" if each.measure.is_share else f"{each.least:g}"
        name = f"target_{each.measure}"
        label = words.plain(name) if words.has(name) else each.measure.value
        found.append(f"{label}: {least}")
    return found


def planning_form(program: Program, reader: Reader) -> Block:
    """The planning questions, for a stakeholder; all optional."""
    words = Words("forms/planning", reader)
    blocks: list[Block] = [section(words.mrkdwn("intro", program=program))]
    blocks += [
        field(
            name,
            words.plain(name),
            text_input(name, multiline=True, max_length=MAX_LENGTH),
            optional=True,
        )
        for name in PLANNING
    ]
    blocks.append(context(words.mrkdwn("who", program=program)))
    act = Act("charter.answer_submit", {"program": program.id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))


def next_monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _points(words: Words, program: Program, points: Sequence[Point]) -> list[tuple[bool, str]]:
    draft = program.state is ProgramState.DRAFT
    return [
        (draft and point in BLOCKING, words.plain(f"point_{point}", step=ABOUT_STEP[point]))
        for point in points
    ]


def _intro(words: Words, number: int) -> Block:
    return context(words.mrkdwn("step", number=number, of=STEPS, about=words.plain(f"step_{number}")))


def _words(words: Words, name: str, initial: str, *, multiline: bool = True, most: int = MAX_LENGTH) -> Block:
    hint = words.plain(f"{name}_hint") if words.has(f"{name}_hint") else None
    box = text_input(name, initial=initial or None, multiline=multiline, max_length=most)
    return field(name, words.plain(name), box, hint=hint, optional=True)


def _step(words: Words, name: str, about: dict[str, int | str], blocks: list[Block], number: int) -> Block:
    return modal(
        Act(name, about),
        words.plain("title"),
        blocks,
        submit=words.plain("submit" if number < STEPS else "done"),
        close=words.plain("close"),
    )
