from typing import Any

import pytest

from mentoring.errors import Refusal
from messages.lessons.form import lesson_view, paragraphs, read_choice
from messages.lessons.loader import shipped_lessons
from playground.blocks.check import check_view
from playground.blocks.state import initial_state

CULTURE = next(lesson for lesson in shipped_lessons() if lesson.id == "mentee_culture")


def words_of(view: dict[str, Any]) -> str:
    return "\n".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")


@pytest.mark.parametrize("locale", ["en-US", "es-MX"])
def test_slack_takes_every_lesson_before_and_after_the_answer(locale: str) -> None:
    for lesson in shipped_lessons(locale):
        assert check_view(lesson_view(lesson, lesson_ref="l1", locale=locale)) == []
        for choice in lesson.question.choices:
            assert check_view(lesson_view(lesson, lesson_ref="l1", locale=locale, picked=choice.id)) == []


def test_a_lesson_says_how_long_it_takes_and_who_sees_what() -> None:
    (small_print,) = lesson_view(CULTURE, lesson_ref="l1", locale="en-US")["blocks"][0]["elements"]
    assert small_print["text"] == (
        "About 3 minutes · The program team sees that you did this lesson, not what you picked."
    )


def test_an_answer_gets_its_own_feedback_and_the_form_only_closes() -> None:
    asking = lesson_view(CULTURE, lesson_ref="l1", locale="en-US")
    answered = lesson_view(CULTURE, lesson_ref="l1", locale="en-US", picked="ask")
    other = lesson_view(CULTURE, lesson_ref="l1", locale="en-US", picked="ignore")
    assert (asking["callback_id"], answered["callback_id"]) == ("lesson_answer", "lesson_done")
    assert "*Yes.* People rarely explain the unwritten rules" in words_of(answered)
    assert "*Another way to see it.* You can. But a small puzzle" in words_of(other)
    assert not [block for block in answered["blocks"] if block["type"] == "input"]
    assert asking["private_metadata"] == "l1"


def test_the_picked_answer_is_read_and_none_is_refused_on_its_field() -> None:
    view = lesson_view(CULTURE, lesson_ref="l1", locale="es")
    state = initial_state(view)
    with pytest.raises(Refusal) as refused:
        read_choice({"values": state}, "es-MX")
    assert (refused.value.field, refused.value.sentence) == (
        "lesson.choice",
        "Elige la respuesta que más te guste.",
    )
    options = view["blocks"][-1]["element"]["options"]
    state["lesson.choice"]["lesson_choice"]["selected_option"] = options[1]
    assert read_choice({"values": state}, "es-MX") == "ask"


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Plain **bold** and *italic* words", "Plain *bold* and _italic_ words"),
        ("wrapped\nlines", "wrapped lines"),
        ("- one\n- two", "• one\n• two"),
        ("# Heading", "*Heading*"),
        ("Don't tag <!channel> & co", "Don't tag &lt;!channel&gt; &amp; co"),
        ("1. first\n2. second", "1. first\n2. second"),
        ("5 * 3 is 15", "5 * 3 is 15"),
        ("First.\n\n\nSecond.", "First.\n\nSecond."),
    ],
)
def test_markdown_becomes_what_slack_understands(markdown: str, shown: str) -> None:
    assert paragraphs(markdown) == [shown]


def test_a_long_text_is_cut_between_paragraphs() -> None:
    texts = paragraphs("\n\n".join(["word " * 200] * 6))
    assert len(texts) == 3
    assert all(len(text) <= 3000 for text in texts)
