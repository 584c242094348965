"""The form a survey is answered in, and reading it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentoring.surveys.answers import LONG_LIMIT, NUMBER_LIMIT, SHORT_LIMIT
from mentoring.surveys.attention import counts_for_attention
from mentoring.surveys.instruments import (
    NPS_HIGHEST,
    NPS_LOWEST,
    RATING_HIGHEST,
    RATING_LOWEST,
    Instrument,
    Question,
    QuestionKind,
    Value,
    Visibility,
    questions_to_ask,
)
from mentoring.surveys.requests import DEFAULT_MINIMUM_GROUP
from messages.blocks import (
    TITLE_LIMIT,
    Block,
    checkboxes,
    context,
    date_picker,
    field,
    option,
    plain,
    radio,
    section,
    static_select,
    text_input,
)
from messages.instruments.wording import Wording, wording_for
from messages.words import escape

CALLBACK_ID = "survey_answer"
"""The form's callback id."""
BRANCH_ACTION_ID = "survey_branch"
"""Sent at once when an answer decides which questions follow: the handler renders the view again."""
PREVIEW_BRANCH_ACTION_ID = "survey.preview_branch"
"""The same in a preview, which belongs to no asking."""
FIELD_ACTION_ID = "survey_field"
"""Every other element; Slack sends these with the form only."""

PREVIEW_CALLBACK_ID = "survey_preview"
"""Sent when a coordinator closes a preview; nothing is stored."""

_QUESTION, _SHARE = "q.", "share."
_TICKED = "yes"
_RADIO_LIMIT = 10
"""Slack's limit for radio buttons and checkboxes; longer lists are selected from."""


@dataclass(frozen=True)
class Submission:
    """What came back from the form, unchecked.

    Args:
        values: By question id, as Slack sent them; empty answers are left out.
        shared: Ids of the free texts with "share" ticked.
    """

    values: Mapping[str, object]
    shared: frozenset[str]

    def __repr__(self) -> str:
        """Name the questions alone: an answer that stands in a log is not private."""
        return f"Submission({', '.join(self.values)})"


@dataclass(frozen=True)
class _Form:
    instrument: Instrument
    wording: Wording
    answers: Mapping[str, Value]
    shared: frozenset[str]
    minimum_group: int
    other: str
    preview: bool

    def intro(self) -> list[Block]:
        blocks = [context(self.wording.preview)] if self.preview else []
        blocks.append(section(escape(self.instrument.purpose)))
        once = [self._who_sees(self.instrument.questions[0])] if self._says_it_once() else []
        if self.instrument.anonymous:
            return [
                *blocks,
                context(" ".join([self.wording.promise.format(minimum=self.minimum_group), *once])),
            ]
        notes = [*(once or [self.wording.about_names]), self.wording.skip]
        if any(counts_for_attention(question) for question in self.instrument.questions):
            notes.append(self.wording.about_low_scores)
        return [*blocks, context(" ".join(notes))]

    def question(self, question: Question) -> list[Block]:
        branching = question.id in self.instrument.branching
        branch = PREVIEW_BRANCH_ACTION_ID if self.preview else BRANCH_ACTION_ID
        element = self._element(question, branch if branching else FIELD_ACTION_ID)
        block = field(
            f"{_QUESTION}{question.id}",
            question.text.replace("{other}", self.other),
            element,
            hint=None if self._says_it_once() else self._who_sees(question),
            optional=not question.required,
        )
        if branching:
            block["dispatch_action"] = True
        if question.kind.is_text and question.visibility is Visibility.TEAM_IF_SHARED:
            return [block, self._share(question)]
        return [block]

    def _says_it_once(self) -> bool:
        """Whether the same people see every answer: said above, it is read first and fills no screen."""
        return len({question.who_sees for question in self.instrument.questions}) == 1

    def _who_sees(self, question: Question) -> str:
        # Not str.format: a coordinator may write braces into a question, and they stay braces.
        return question.who_sees.replace("{minimum}", str(self.minimum_group))

    def _share(self, question: Question) -> Block:
        note = self.wording.share_note_anonymous if self.instrument.anonymous else self.wording.share_note
        tick = option(self.wording.share, _TICKED) | {"description": plain(note, 75)}
        ticked = [_TICKED] if question.id in self.shared else []
        boxes = checkboxes(FIELD_ACTION_ID, [tick], initial=ticked)
        return field(f"{_SHARE}{question.id}", self.wording.share_label, boxes, optional=True)

    def _element(self, question: Question, action_id: str) -> Block:
        given = self.answers.get(question.id)
        match question.kind:
            case QuestionKind.RATING | QuestionKind.NPS:
                numbers = _numbers(question)
                element = self._single(action_id, numbers, None if given is None else str(given))
            case QuestionKind.CHOICE:
                element = self._single(
                    action_id, _options(question), given if isinstance(given, str) else None
                )
            case QuestionKind.CHOICES:
                element = self._several(
                    action_id, _options(question), given if isinstance(given, tuple) else ()
                )
            case QuestionKind.NUMBER:
                element = _number_input(question, action_id, given)
            case QuestionKind.DATE:
                element = date_picker(action_id, initial=None if given is None else str(given))
            case QuestionKind.SHORT | QuestionKind.LONG:
                long = question.kind is QuestionKind.LONG
                element = text_input(
                    action_id,
                    initial=given if isinstance(given, str) else None,
                    multiline=long,
                    max_length=LONG_LIMIT if long else SHORT_LIMIT,
                )
        return element

    def _single(self, action_id: str, options: list[Block], given: str | None) -> Block:
        if len(options) <= _RADIO_LIMIT:
            return radio(action_id, options, initial=given)
        return static_select(action_id, options, initial=given, placeholder=self.wording.pick)

    def _several(self, action_id: str, options: list[Block], given: tuple[str, ...]) -> Block:
        element = checkboxes(action_id, options, initial=given)
        if len(options) > _RADIO_LIMIT:
            element["type"] = "multi_static_select"
        return element


def _scale(kind: QuestionKind) -> tuple[int, int]:
    return (RATING_LOWEST, RATING_HIGHEST) if kind is QuestionKind.RATING else (NPS_LOWEST, NPS_HIGHEST)


def _numbers(question: Question) -> list[Block]:
    """A scale with its ends in words where they are chosen: a hint below is read last, or not at all."""
    lowest, highest = _scale(question.kind)
    ends = {lowest: question.low, highest: question.high}
    return [
        option(f"{number}: {ends[number]}" if ends.get(number) else str(number), str(number))
        for number in range(lowest, highest + 1)
    ]


def _options(question: Question) -> list[Block]:
    return [option(each.text, each.id) for each in question.options]


def _number_input(question: Question, action_id: str, given: Value | None) -> Block:
    element: Block = {
        "type": "number_input",
        "action_id": action_id,
        "is_decimal_allowed": True,
        "min_value": f"{-NUMBER_LIMIT if question.minimum is None else question.minimum:.10g}",
        "max_value": f"{NUMBER_LIMIT if question.maximum is None else question.maximum:.10g}",
    }
    if given is not None:
        element["initial_value"] = str(given)
    return element


def survey_view(
    instrument: Instrument,
    *,
    request_id: str,
    locale: str,
    answers: Mapping[str, Value] | None = None,
    shared: frozenset[str] = frozenset(),
    minimum_group: int = DEFAULT_MINIMUM_GROUP,
    other: str | None = None,
    preview: bool = False,
) -> dict[str, Any]:
    """Build the modal for a survey.

    Who sees the answers is said once before the first question where it is the same for all, else under each;
    an anonymous survey makes its promise before the first question. When an answer decides what follows,
    Slack sends `survey_branch`: read the view's state, and render again with those answers.

    Args:
        instrument: In the person's language.
        request_id: Comes back as private_metadata; opaque to this form.
        locale: For the words around the questions.
        answers: What is already filled in.
        shared: Ids of the free texts already ticked.
        minimum_group: The smallest group results are shown for, as promised to this person.
        other: The name of the other one of the pair, for `{other}` in a question.
        preview: For a coordinator who looks at the form: it comes back as `survey_preview`.
    """
    wording = wording_for(locale)
    form = _Form(
        instrument, wording, answers or {}, shared, minimum_group, other or wording.the_other, preview
    )
    blocks = form.intro()
    for question in questions_to_ask(instrument, form.answers):
        blocks += form.question(question)
    return {
        "type": "modal",
        "callback_id": PREVIEW_CALLBACK_ID if preview else CALLBACK_ID,
        "private_metadata": request_id,
        "title": plain(instrument.title, TITLE_LIMIT),
        "submit": plain(wording.done if preview else wording.submit, TITLE_LIMIT),
        "close": plain(wording.close, TITLE_LIMIT),
        "blocks": blocks,
    }


def read_submission(view_state: Mapping[str, Any], instrument: Instrument) -> Submission:
    """Read a view's `state` back, without judging it: `check_answers` does.

    Args:
        view_state: The `state` of the view, with its `values`.
        instrument: The version the form was made from.
    """
    values: dict[str, object] = {}
    shared: set[str] = set()
    for block_id, elements in view_state.get("values", {}).items():
        given = next((_read(element) for element in elements.values()), None)
        if block_id.startswith(_QUESTION) and given:
            values[block_id.removeprefix(_QUESTION)] = given
        elif block_id.startswith(_SHARE) and given:
            shared.add(block_id.removeprefix(_SHARE))
    known = {question.id for question in instrument.questions}
    return Submission(values, frozenset(shared & known))


def _read(element: Mapping[str, Any]) -> object:
    for one in ("value", "selected_date"):
        if element.get(one) is not None:
            return element[one]
    if element.get("selected_option"):
        return element["selected_option"]["value"]
    return [each["value"] for each in element.get("selected_options") or []] or None


def field_of(question_id: str) -> str:
    """Name the block a refusal belongs under, for the form's `errors`."""
    return f"{_QUESTION}{question_id}"
