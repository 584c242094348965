"""The form to join a program, in three steps, or to correct one's answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from mentoring.enrollment import (
    MAX_CAPACITY,
    MAX_GOAL_LENGTH,
    MAX_HOURS,
    MAX_LEVEL,
    MAX_TERMS,
    MAX_WORDS_LENGTH,
    STEPS,
    Profile,
    offers_asked,
    wants_asked,
)
from mentoring.kinds import Format, ProgramKind, Role
from mentoring.matching.candidates import Wish
from mentoring.programs import Program
from mentoring.surveys.sent import tells_supervisors
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    external_multi_select,
    field,
    modal,
    multi_select,
    number_input,
    option,
    people_select,
    person_select,
    section,
    static_select,
    text_input,
)
from messages.words import Reader, Words

LANGUAGES = (
    "en",
    "es",
    "fr",
    "de",
    "zh",
    "pt",
    "it",
    "ja",
    "ko",
    "ar",
    "hi",
    "ru",
    "pl",
    "nl",
    "tr",
    "he",
    "vi",
)
"""Languages offered, as ISO 639 codes; one a person has already is offered too, whatever it is."""
PLACE_LENGTH = 60
KEEP = "join.keep"
"""What a field does when it is changed: Slack sends no values when a form is closed, so that what was chosen
has to be told at once to survive."""
SENDS = ("join.first", "join.second", "join.submit")
"""What sending each step does."""
TAKEN = "yes"
ASPECTS = ("practice", "office", "seniority")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form is filled with.

    Args:
        profile: What the person said before, or has typed so far.
        joined: Whether they are in already and correct their answers.
        zone: Their time zone, as Slack tells us.
        full: Whether every place is taken, so that they would go on the waiting list.
    """

    program: Program
    profile: Profile
    joined: bool
    zone: str
    full: bool = False


def join_form(answers: Answers, reader: Reader, step: int) -> Block:
    """Build one of the three steps, 1 to 3."""
    words = Words("forms/join", reader)
    build = (_time, _skills, _company)[step - 1]
    blocks = [
        context(words.mrkdwn("progress", dots="●" * step + "○" * (STEPS - step), step=step, steps=STEPS))
    ]
    blocks += build(words, answers)
    if step > 1:
        blocks.append(actions([button(words.plain("back"), Act("join.back", {"to": step - 1}))]))
    last = words.plain("submit_edit" if answers.joined else "submit")
    view = modal(
        Act(SENDS[step - 1], {"program": answers.program.id, "step": step}),
        words.plain("title_edit" if answers.joined else "title"),
        blocks,
        submit=last if step == STEPS else words.plain("next"),
        close=words.plain("close"),
    )
    return view | {"notify_on_close": True}


def term_option(term: str, label: str = "") -> Block:
    """A skill as a select shows it."""
    return option(label or term, term)


def _time(words: Words, answers: Answers) -> list[Block]:
    program, profile = answers.program, answers.profile
    roles = [option(words.plain(f"role_{role}"), role) for role in (Role.MENTOR, Role.MENTEE)]
    formats = [option(words.plain(f"format_{each.name.lower()}"), each) for each in Format]
    blocks = [section(words.mrkdwn("intro", program=program, city=words.reader.city(answers.zone)))]
    if answers.full:
        blocks.append(section(words.mrkdwn("full")))
    if program.kind is not ProgramKind.PEER:
        blocks.append(
            field(
                "roles",
                words.plain("roles"),
                checkboxes(KEEP, roles, initial=profile.roles),
                told_at_once=True,
            )
        )
    return [
        *blocks,
        field(
            "hours",
            words.plain("hours"),
            number_input(KEEP, initial=profile.hours_per_month, low=1, high=MAX_HOURS),
        ),
        field(
            "format",
            words.plain("format"),
            static_select(KEEP, formats, initial=profile.format),
            told_at_once=True,
        ),
        field(
            "languages",
            words.plain("languages"),
            multi_select(KEEP, _languages(words.reader, profile.languages), initial=profile.languages),
            told_at_once=True,
        ),
    ]


def _skills(words: Words, answers: Answers) -> list[Block]:
    profile, kind = answers.profile, answers.program.kind
    levels = [option(words.plain("level_one", level=n), str(n)) for n in range(1, MAX_LEVEL + 1)]
    blocks = []
    # Only now it is known who is a mentor: nobody else is asked how many they could carry.
    if profile.is_mentor and kind is not ProgramKind.PEER:
        blocks.append(
            field(
                "capacity",
                words.plain("capacity"),
                number_input(KEEP, initial=profile.capacity or 1, low=1, high=MAX_CAPACITY),
                hint=words.plain("capacity_hint"),
                optional=True,
            )
        )
    if offers_asked(profile, kind):
        blocks.append(_terms(words, "offers", profile.offers))
    if wants_asked(profile, kind):
        blocks.append(_terms(words, "wants", profile.wants))
    level = str(min(profile.level, MAX_LEVEL)) if profile.level else None
    blocks += [
        field("level", words.plain("level"), static_select(KEEP, levels, initial=level), told_at_once=True),
        field(
            "goal",
            words.plain("goal"),
            text_input(KEEP, initial=profile.goal, multiline=True, max_length=MAX_GOAL_LENGTH),
            hint=words.plain("goal_hint"),
            optional=True,
        ),
    ]
    if profile.is_mentor and kind is not ProgramKind.PEER:
        blocks += [
            field(
                name,
                words.plain(name),
                text_input(KEEP, initial=getattr(profile, name), max_length=MAX_WORDS_LENGTH),
                optional=True,
            )
            for name in ("competence", "confidence", "commitment")
        ]
        blocks.append(context(words.mrkdwn("prompts_privacy")))
    return blocks


def _company(words: Words, answers: Answers) -> list[Block]:
    profile, program = answers.profile, answers.program
    wishes = [option(words.plain(f"wish_{each.name.lower()}"), each) for each in Wish]
    places = [
        field(
            name,
            words.plain(name),
            text_input(KEEP, initial=getattr(profile, name), max_length=PLACE_LENGTH),
            optional=True,
        )
        for name in ("department", "office")
    ]
    asked = [
        field(
            f"same_{each}",
            words.plain(f"same_{each}"),
            static_select(KEEP, wishes, initial=getattr(profile.preferences, f"same_{each}")),
            optional=True,
            told_at_once=True,
        )
        for each in ASPECTS
    ]
    confirmation = [option(words.plain("confirm_one", program=program), TAKEN)]
    supervisor = [
        field(
            "supervisor",
            words.plain("supervisor"),
            person_select(KEEP, initial=profile.supervisor or profile.reports_to),
            hint=words.plain("supervisor_hint"),
            optional=True,
            told_at_once=True,
        )
    ]
    return [
        # The one thing that is needed stands where a phone shows it; whoever is in a hurry is done here.
        field(
            "confirm",
            words.plain("confirm"),
            checkboxes(KEEP, confirmation, initial=[TAKEN] if answers.joined else []),
        ),
        context(words.mrkdwn("privacy")),
        *places,
        *(supervisor if tells_supervisors(program) else ()),
        *asked,
        field(
            "hopes",
            words.plain("hopes"),
            text_input(KEEP, initial=profile.hopes, max_length=MAX_WORDS_LENGTH),
            hint=words.plain("hopes_hint"),
            optional=True,
        ),
        field(
            "liked",
            words.plain("liked"),
            people_select(KEEP, initial=profile.preferred),
            hint=words.plain("liked_hint"),
            optional=True,
            told_at_once=True,
        ),
        field(
            "apart",
            words.plain("apart"),
            people_select(KEEP, initial=profile.do_not_pair_with),
            hint=words.plain("apart_hint"),
            optional=True,
            told_at_once=True,
        ),
    ]


def _terms(words: Words, name: str, terms: Sequence[str]) -> Block:
    return field(
        name,
        words.plain(name),
        external_multi_select(
            f"join.{name}",
            [term_option(term) for term in terms],
            most=MAX_TERMS,
            placeholder=words.plain(f"{name}_example"),
        ),
        hint=words.plain("terms_hint"),
        told_at_once=True,
    )


def _languages(reader: Reader, known: Sequence[str]) -> list[Block]:
    return [option(_language(reader, code), code) for code in dict.fromkeys([*LANGUAGES, *known])]


def _language(reader: Reader, code: str) -> str:
    try:
        return Locale.parse(code).get_display_name(reader.babel) or code
    except (ValueError, UnknownLocaleError):
        return code
