"""Forms in which coordinators word a program's surveys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.programs import Program
from mentoring.surveys.instruments import Instrument, Question, QuestionKind, Visibility
from mentoring.surveys.sent import chosen_surveys
from messages.actions import Act
from messages.blocks import (
    OPTION_LIMIT,
    Block,
    actions,
    button,
    checkboxes,
    confirm,
    context,
    divider,
    field,
    modal,
    option,
    overflow,
    section,
    static_select,
    text_input,
)
from messages.instruments.loader import (
    PURPOSE_LIMIT,
    QUESTION_LIMIT,
    SCALE_LIMIT,
    TITLE_LIMIT,
    Translated,
    shipped,
)
from messages.words import Reader, Words

TEMPLATE = "forms/survey_desk"
PART_LENGTH, LONGEST_PART, FIELD_LENGTH = 2200, 2800, 3000
"""A survey's text is cut into fields: Slack takes 3,000 characters in one, and some room is left to write."""
MOST_SENDINGS = 3
"""Earlier sendings shown with a survey, newest first."""
LONGEST_OPTIONS = 1500
"""Characters of all choices together: twenty lines of 75."""
IN_ORDER = (
    "competency_before",
    "orientation_feedback",
    "match_quality",
    "check_in_start",
    "mid_term",
    "check_in_middle",
    "check_in_end",
    "competency_after",
    "final",
    "exit",
    "resource_rating",
)
"""The surveys as they come in the life of a program."""
NAMED_ONLY = (Visibility.OWN, Visibility.TEAM, Visibility.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Listed:
    """A survey as the list shows it.

    Args:
        instrument: In the coordinator's language, as it is asked from now on.
        own: Whether the program has changed it.
    """

    instrument: Instrument
    own: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """One time this survey was sent by hand.

    Args:
        state: `open`, `closed` or `taken back`.
    """

    id: int
    whom: str
    departments: Sequence[str]
    sent_at: datetime
    closes_at: datetime
    asked: int
    answered: int
    state: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A survey in a coordinator's hands.

    Args:
        program: Whose it is.
        survey: As it is asked from now on.
        own: Whether the program has changed it.
        seen: A mark of the text, so that two coordinators do not write over each other.
    """

    program: Program
    survey: Translated
    own: bool
    seen: str
    sendings: Sequence[Sent] = ()

    @property
    def has_ours(self) -> bool:
        """Whether there is one that ships with the product to go back to."""
        return self.survey.in_locale("en").id in shipped()

    @property
    def about(self) -> dict[str, int | str]:
        """What every act on it carries."""
        return {
            "program": self.program.id,
            "instrument": self.survey.in_locale("en").id,
            "seen": self.seen,
        }


def list_form(program: Program, surveys: Sequence[Listed], reader: Reader) -> Block:
    """Build the list of a program's surveys, those that go out by themselves first."""
    words = Words(TEMPLATE, reader)
    chosen = chosen_surveys(program)
    surveys = sorted(surveys, key=lambda each: _place(each.instrument.id))
    by_itself = [each for each in surveys if each.instrument.id.startswith(chosen)]
    others = [each for each in surveys if each not in by_itself]
    blocks: list[Block] = [context(words.mrkdwn("intro", program=program))]
    for part, listed in (("sent", by_itself), ("unsent", others)):
        if listed:
            blocks += [divider(), section(words.mrkdwn(part))]
            blocks += [_listed(words, program, each) for each in listed]
    return modal(
        Act("notice", {"program": program.id}), words.plain("title_list"), blocks, close=words.plain("close")
    )


def _listed(words: Words, program: Program, each: Listed) -> Block:
    instrument = each.instrument
    text = words.mrkdwn(
        "listed",
        title=instrument.title,
        audience=words.plain(f"audience_{instrument.audience}"),
        anonymous=instrument.anonymous,
        questions=len(instrument.questions),
        own=each.own,
        version=instrument.version,
        when=_when(words, instrument.id),
    )
    press = Act("survey.edit", {"program": program.id, "instrument": instrument.id})
    return section(text, button(words.plain("open"), press))


def _place(instrument_id: str) -> int:
    """Where a survey stands in a program's life; a program's own ones come last."""
    return next((n for n, stem in enumerate(IN_ORDER) if instrument_id.startswith(stem)), len(IN_ORDER))


def _when(words: Words, instrument_id: str) -> str:
    place = _place(instrument_id)
    return words.plain(f"when_{IN_ORDER[place]}" if place < len(IN_ORDER) else "when_by_hand")


def survey_form(opened: Opened, reader: Reader) -> Block:
    """Build the view of one survey: what it asks, and everything that can be done with it."""
    words, instrument = Words(TEMPLATE, reader), opened.survey.in_locale(reader.locale)
    about = opened.about
    sure = confirm(
        words.plain("ours_title"), words.plain("ours_text"), words.plain("ours"), words.plain("keep")
    )
    first = [
        button(words.plain("preview"), Act("survey.preview", about), style="primary"),
        button(words.plain("preview_es"), Act("survey.preview_es", {**about, "locale": "es-MX"})),
        button(words.plain("send"), Act("survey.send", about)),
    ]
    second = [
        button(words.plain("heading"), Act("survey.heading", about)),
        button(words.plain("as_text"), Act("survey.text", about)),
        button(words.plain("copy"), Act("survey.copy", about)),
    ]
    if opened.own and opened.has_ours:
        second.append(button(words.plain("ours"), Act("survey.ours", about), sure=sure))
    blocks: list[Block] = [
        section(words.mrkdwn("heading_of", title=instrument.title, purpose=instrument.purpose)),
        context(
            words.mrkdwn(
                "facts",
                audience=words.plain(f"audience_{instrument.audience}"),
                anonymous=instrument.anonymous,
                own=opened.own,
                version=instrument.version,
            )
        ),
        actions(first),
        actions(second),
        *(_sent(words, each) for each in opened.sendings[:MOST_SENDINGS]),
        divider(),
        *(
            _question(words, number, each, instrument)
            for number, each in enumerate(instrument.questions, start=1)
        ),
        actions(
            [
                button(words.plain("add"), Act("survey.question", about)),
                button(words.plain("back"), Act("survey.list", {"program": opened.program.id})),
            ]
        ),
    ]
    return modal(Act("notice", about), words.plain("title"), blocks, close=words.plain("close"))


def _sent(words: Words, sent: Sent) -> Block:
    text = words.mrkdwn(
        "sent_before",
        whom=words.plain(f"whom_{sent.whom}"),
        departments=sent.departments,
        sent_at=sent.sent_at,
        closes_at=sent.closes_at,
        asked=sent.asked,
        answered=sent.answered,
        state=sent.state,
    )
    if sent.state != "open":
        return section(text)
    return section(text, button(words.plain("take_back"), Act("survey.take_back", {"sending": sent.id})))


def _question(words: Words, number: int, question: Question, instrument: Instrument) -> Block:
    branch = question.shown_if
    depends_on = instrument.question(branch.question_id) if branch else None
    text = words.mrkdwn(
        "question",
        number=number,
        text=question.text,
        kind=words.plain(f"kind_{question.kind}"),
        options=[each.text for each in question.options],
        low=question.low,
        high=question.high,
        visible=words.plain(f"visible_{question.visibility}"),
        depends_on=depends_on.text if depends_on else "",
        required=question.required,
    )
    menu = [
        option(words.plain("menu_edit"), f"edit {question.id}"),
        option(words.plain("menu_up"), f"up {question.id}"),
        option(words.plain("menu_down"), f"down {question.id}"),
        option(words.plain("menu_out"), f"out {question.id}"),
    ]
    return section(text, overflow("survey.menu", menu))


def question_form(opened: Opened, question_id: str | None, reader: Reader) -> Block:
    """Build the form of one question; without an id, of a new one."""
    words = Words(TEMPLATE, reader)
    english, spanish = (
        opened.survey.in_locale(each).question(question_id) if question_id else None for each in ("en", "es")
    )
    about = {**opened.about, "question": english.id} if english else opened.about
    act = Act("survey.question_submit", about)
    blocks = [
        field(
            "text",
            words.plain("text"),
            text_input("text", initial=english.text if english else None, max_length=QUESTION_LIMIT),
        ),
        field(
            "text_es",
            words.plain("text_es"),
            text_input(
                "text_es",
                initial=spanish.text if spanish and spanish != english else None,
                max_length=QUESTION_LIMIT,
            ),
            hint=words.plain("text_es_hint"),
            optional=True,
        ),
    ]
    if english is None:
        kinds = [option(words.plain(f"kind_{each}"), each.value) for each in QuestionKind]
        picker = static_select("kind", kinds, initial=QuestionKind.RATING.value)
        blocks.append(field("kind", words.plain("kind"), picker, hint=words.plain("kind_hint")))
    if english is None or english.kind in (QuestionKind.RATING, QuestionKind.NPS):
        for end in ("low", "high"):
            initial = getattr(english, end) if english else None
            entry = text_input(end, initial=initial, max_length=SCALE_LIMIT)
            blocks.append(field(end, words.plain(end), entry, optional=True))
    if english is None or english.kind.has_options:
        lines = "\n".join(each.text for each in english.options) if english else None
        entry = text_input("options", initial=lines, multiline=True, max_length=LONGEST_OPTIONS)
        hint = words.plain("options_hint", limit=OPTION_LIMIT)
        blocks.append(field("options", words.plain("options"), entry, hint=hint, optional=True))
    anonymous = opened.survey.in_locale("en").anonymous
    visible = [
        option(words.plain(f"visible_{each}"), each.value)
        for each in Visibility
        if not (anonymous and each in NAMED_ONLY)
    ]
    initial = english.visibility.value if english else Visibility.GROUPED.value
    blocks.append(
        field(
            "visibility",
            words.plain("visibility"),
            static_select("visibility", visible, initial=initial),
            hint=words.plain("visibility_hint"),
        )
    )
    insist = [option(words.plain("required"), "yes")]
    ticked = ["yes"] if english and english.required else []
    blocks.append(
        field(
            "required",
            words.plain("required_label"),
            checkboxes("required", insist, initial=ticked),
            optional=True,
        )
    )
    return modal(
        act, words.plain("title_question"), blocks, submit=words.plain("submit"), close=words.plain("close")
    )


def heading_form(opened: Opened, reader: Reader) -> Block:
    """Build the form of title and purpose."""
    words = Words(TEMPLATE, reader)
    english, spanish = opened.survey.in_locale("en"), opened.survey.in_locale("es")
    blocks = []
    for name, language, one in (("", "en", english), ("_es", "es", spanish)):
        same = language != "en" and one == english
        title, purpose = (None, None) if same else (one.title, one.purpose)
        blocks += [
            field(
                f"title{name}",
                words.plain(f"survey_title{name}"),
                text_input(f"title{name}", initial=title, max_length=TITLE_LIMIT),
                optional=language != "en",
            ),
            field(
                f"purpose{name}",
                words.plain(f"survey_purpose{name}"),
                text_input(f"purpose{name}", initial=purpose, multiline=True, max_length=PURPOSE_LIMIT),
                optional=language != "en",
            ),
        ]
    return modal(
        Act("survey.heading_submit", opened.about),
        words.plain("title_heading"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def parts_of(text: str) -> list[str]:
    """Cut a survey's text at line ends into what fits a field, with room to write."""
    parts: list[list[str]] = [[]]
    length = 0
    for line in text.splitlines():
        length += len(line) + 1
        # At the beginning of a question if possible: what starts a field then starts a line of its own.
        begins = not line.startswith(" ")
        if parts[-1] and length > (PART_LENGTH if begins else LONGEST_PART):
            parts.append([])
            length = len(line) + 1
        parts[-1].append(line)
    return ["\n".join(each) for each in parts]


def text_form(opened: Opened, text: str, reader: Reader) -> Block:
    """Build the form of the whole survey as text, in as many fields as it needs and one more."""
    words = Words(TEMPLATE, reader)
    blocks: list[Block] = [context(words.mrkdwn("text_intro"))]
    first = 1
    for number, part in enumerate([*parts_of(text), ""]):
        last = first + part.count("\n")
        label = words.plain("lines", first=first, last=last) if part else words.plain("more_lines")
        entry = text_input(f"part{number}", initial=part or None, multiline=True, max_length=FIELD_LENGTH)
        blocks.append(field(f"part{number}", label, entry, optional=not part))
        first = last + 1
    return modal(
        Act("survey.text_submit", opened.about),
        words.plain("title_text"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )
