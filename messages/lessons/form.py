"""The form a lesson is read in: its text, one question, and the feedback once it is answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentoring.errors import Refusal
from mentoring.lessons import Lesson
from messages.blocks import (
    SECTION_LIMIT,
    TITLE_LIMIT,
    Block,
    context,
    divider,
    field,
    option,
    plain,
    radio,
    section,
)
from messages.instruments.yaml_lines import language_of
from messages.words import escape

CALLBACK_ID = "lesson_answer"
"""The form's callback id while its question is open."""
DONE_CALLBACK_ID = "lesson_done"
"""The form's callback id once the feedback is shown; there is nothing left to store."""
CHOICE_BLOCK_ID, CHOICE_ACTION_ID = "lesson.choice", "lesson_choice"


@dataclass(frozen=True)
class _Wording:
    minutes: str
    private: str
    answer: str
    done: str
    close: str
    right: str
    another: str
    pick: str


_WORDING = {
    "en": _Wording(
        minutes="About {minutes} minutes",
        private="The program team sees that you did this lesson, not what you picked.",
        answer="Answer",
        done="Done",
        close="Later",
        right="*Yes.*",
        another="*Another way to see it.*",
        pick="Pick the answer you like best.",
    ),
    "es": _Wording(
        minutes="Unos {minutes} minutos",
        private="El equipo del programa ve que hiciste la lección, no lo que elegiste.",
        answer="Responder",
        done="Listo",
        close="Más tarde",
        right="*Sí.*",
        another="*Otra forma de verlo.*",
        pick="Elige la respuesta que más te guste.",
    ),
}


def lesson_view(lesson: Lesson, *, lesson_ref: str, locale: str, picked: str | None = None) -> dict[str, Any]:
    """Build the modal for a lesson.

    Args:
        lesson: In the person's language.
        lesson_ref: Comes back as private_metadata; opaque to this form.
        locale: For the words around the lesson.
        picked: The answer given; then its feedback stands below, and the form only closes.

    Raises:
        Refusal: `picked` is none of the choices.
    """
    wording = _WORDING[language_of(locale)]
    blocks = [context(f"{wording.minutes.format(minutes=lesson.minutes)} · {wording.private}")]
    blocks += [section(text) for text in paragraphs(lesson.body)]
    blocks.append(divider())
    if picked is None:
        blocks.append(_question(lesson))
    else:
        choice = lesson.question.picked(picked)
        verdict = wording.right if choice.right else wording.another
        blocks.append(section(f"*{escape(lesson.question.text)}*\n{escape(choice.text)}"))
        blocks.append(section(f"{verdict} {escape(choice.feedback)}"))
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID if picked is None else DONE_CALLBACK_ID,
        "private_metadata": lesson_ref,
        "title": plain(lesson.title, TITLE_LIMIT),
        "submit": plain(wording.answer if picked is None else wording.done, TITLE_LIMIT),
        "close": plain(wording.close, TITLE_LIMIT),
        "blocks": blocks,
    }


def _question(lesson: Lesson) -> Block:
    choices = [option(choice.text, choice.id) for choice in lesson.question.choices]
    return field(CHOICE_BLOCK_ID, lesson.question.text, radio(CHOICE_ACTION_ID, choices))


def read_choice(view_state: Mapping[str, Any], locale: str) -> str:
    """Read which answer was picked.

    Raises:
        Refusal: None was.
    """
    element = view_state.get("values", {}).get(CHOICE_BLOCK_ID, {}).get(CHOICE_ACTION_ID, {})
    picked = element.get("selected_option")
    if not picked:
        raise Refusal(_WORDING[language_of(locale)].pick, field=CHOICE_BLOCK_ID)
    return str(picked["value"])


def paragraphs(body: str) -> list[str]:
    """Turn a lesson's Markdown into texts in Slack's markup, none longer than a section takes.

    Bold, italics, headings and lists are translated; everything else stays text, and what Slack would take
    for a mention or a link is escaped.
    """
    texts: list[str] = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        text = _mrkdwn(paragraph)
        if texts and len(texts[-1]) + len(text) + 2 <= SECTION_LIMIT:
            texts[-1] = f"{texts[-1]}\n\n{text}"
        else:
            texts.append(text)
    return texts


def _mrkdwn(paragraph: str) -> str:
    """Translate one paragraph; wrapped lines become one, since Slack would show every line break."""
    text = re.sub(r"\n(?!\s*(?:[-*]|\d+\.) )\s*", " ", escape(paragraph))
    text = re.sub(r"^#+ +(.+)$", r"**\1**", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*[-*] +", "• ", text, flags=re.MULTILINE)
    # Italics first, on single stars only; then what is left in pairs is bold.
    text = re.sub(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)", r"_\1_", text)
    return re.sub(r"\*\*([^*\n]+)\*\*", r"*\1*", text)
