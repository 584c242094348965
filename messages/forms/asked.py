"""For coordinators: what people are asked, and what came of it in groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.assessment import MOST_OBJECTIVES, OBJECTIVE_LENGTH, Objective
from mentoring.programs import Program
from mentoring.surveys.instruments import Instrument
from mentoring.surveys.requests import LOWEST_MINIMUM_GROUP
from mentoring.surveys.results import QuestionResult, Results
from mentoring.surveys.sent import (
    STEMS,
    chosen_surveys,
    lessons_first,
    minimum_group,
    tells_supervisors,
)
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    modal,
    number_input,
    option,
    section,
    text_input,
)
from messages.forms.paging import page_of, paging
from messages.letters.context import Message
from messages.words import Reader, Words

LARGEST_MINIMUM = 50
MOST_NOTES = 5
"""Shared notes shown beside the numbers of a survey; more stand on pages of their own."""
NOTES_PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Given:
    """One survey of a program.

    Args:
        results: None while it can still be answered.
        notes: What people ticked to share; without their names.
        about: The ids an act on it carries.
    """

    instrument: Instrument
    about: Mapping[str, int | str]
    asked: int
    answered: int
    open_until: datetime | None
    results: Results | None
    notes: Sequence[str]


def choice_of_views(program: Program, reader: Reader) -> Message:
    """Offer what there is to see and to set about a program's questions."""
    words = Words("forms/asked", reader)
    about, text = {"program": program.id}, words.mrkdwn("choose", program=program)
    buttons = [
        button(words.plain("open_results"), Act("asked.results", about), style="primary"),
        button(words.plain("open_settings"), Act("asked.settings", about)),
        button(words.plain("open_surveys"), Act("survey.list", about)),
        button(words.plain("open_lessons"), Act("library.list", about)),
        button(words.plain("open_phases"), Act("phases.open", about)),
    ]
    return Message(text, [section(text), actions(buttons)])


def settings_form(program: Program, objectives: Sequence[Objective], reader: Reader) -> Block:
    """Build the form: which surveys go out, the smallest group, the gate, the objectives."""
    words = Words("forms/asked", reader)
    surveys = [option(words.plain(f"survey_{stem}"), stem) for stem in STEMS]
    gate = [option(words.plain("lessons_first"), "yes")]
    blocks = [
        field(
            "surveys",
            words.plain("surveys"),
            checkboxes("surveys", surveys, initial=chosen_surveys(program)),
            hint=words.plain("surveys_hint"),
            optional=True,
        ),
        field(
            "minimum_group",
            words.plain("minimum"),
            number_input(
                "minimum_group",
                initial=minimum_group(program),
                low=LOWEST_MINIMUM_GROUP,
                high=LARGEST_MINIMUM,
            ),
            hint=words.plain("minimum_hint"),
        ),
        field(
            "lessons",
            words.plain("lessons"),
            checkboxes("lessons", gate, initial=["yes"] if lessons_first(program) else []),
            optional=True,
        ),
        field(
            "supervisors",
            words.plain("supervisors"),
            checkboxes(
                "supervisors",
                [option(words.plain("tell_supervisors"), "yes")],
                initial=["yes"] if tells_supervisors(program) else [],
            ),
            hint=words.plain("supervisors_hint"),
            optional=True,
        ),
        field(
            "objectives",
            words.plain("objectives"),
            text_input(
                "objectives",
                initial="\n".join(each.text for each in objectives),
                multiline=True,
                max_length=MOST_OBJECTIVES * (OBJECTIVE_LENGTH + 1),
            ),
            hint=words.plain("objectives_hint"),
            optional=True,
        ),
    ]
    return modal(
        Act("asked.submit", {"program": program.id}),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def results_form(
    surveys: Sequence[Given],
    minimum: int,
    lessons: tuple[int, int],
    reader: Reader,
    *,
    unasked: bool = False,
) -> Block:
    """Build the view of the answers, in groups only.

    Args:
        surveys: Everything that was asked.
        minimum: The smallest group that is shown.
        lessons: How many people have done all their lessons, of how many.
        reader: The coordinator.
        unasked: Whether the supervisors were too few to be asked at the end.
    """
    words = Words("forms/asked", reader)
    done, everybody = lessons
    blocks = [
        context(words.mrkdwn("promise", minimum=minimum)),
        section(words.mrkdwn("progress", done=done, people=everybody)),
    ]
    for each in surveys:
        more = len(each.notes) > MOST_NOTES
        label = words.plain("all_notes", count=len(each.notes))
        blocks.append(
            section(_survey(words, each), button(label, Act("asked.notes", each.about)) if more else None)
        )
    if unasked:
        blocks.append(section(words.mrkdwn("too_few_supervisors", minimum=minimum)))
    if not surveys:
        blocks.append(section(words.mrkdwn("nothing")))
    return modal(Act("notice"), words.plain("title_results"), blocks, close=words.plain("close"))


def notes_form(given: Given, page: int, reader: Reader) -> Block:
    """List what people ticked to share in one survey, a page at a time."""
    words = Words("forms/asked", reader)
    page = page_of(page, len(given.notes), NOTES_PER_PAGE)
    shown = given.notes[page * NOTES_PER_PAGE : (page + 1) * NOTES_PER_PAGE]
    blocks = [
        section(words.mrkdwn("notes_of", title=_titled(words, given), count=len(given.notes))),
        *(section(words.mrkdwn("note", note=each)) for each in shown),
        *paging(reader, "asked.notes_earlier", "asked.notes_later", page, len(given.notes), NOTES_PER_PAGE),
        actions([button(words.plain("back"), Act("asked.results"))]),
    ]
    return modal(
        Act("asked.notes", given.about), words.plain("title_notes"), blocks, close=words.plain("close")
    )


def _titled(words: Words, given: Given) -> str:
    """The title with who was asked: mentors and mentees have a survey each of the same name."""
    return f"{given.instrument.title} ({words.plain(f'who_{given.instrument.audience}')})"


def _survey(words: Words, given: Given) -> str:
    lines = [
        words.mrkdwn(
            "survey",
            title=_titled(words, given),
            asked=given.asked,
            answered=given.answered,
            still_open=given.open_until,
        )
    ]
    if given.results is not None:
        lines += [_question(words, each) for each in given.results.questions]
    lines += [words.mrkdwn("shared", note=note) for note in given.notes[:MOST_NOTES]]
    return "\n".join(lines)


def _question(words: Words, result: QuestionResult) -> str:
    text, total = result.question.text.replace("{other}", "…"), result.total
    if total is None:
        return words.mrkdwn("too_few", text=text)
    if total.nps is not None:
        return words.mrkdwn("nps", text=text, nps=total.nps, count=total.count)
    if total.mean is not None:
        return words.mrkdwn("mean", text=text, mean=f"{total.mean:.1f}", count=total.count)
    labels: Mapping[int | str, str] = {each.id: each.text for each in result.question.options}
    counts = [f"{labels.get(key, str(key))}: {n}" for key, n in total.counts.items()]
    return words.mrkdwn("counts", text=text, counts=counts)
