"""The section of the README on what people are asked says what the instruments really ask."""

from pathlib import Path

from messages.instruments.loader import shipped

SECTION = Path(__file__).parents[2] / "docs" / "asked.md"


def shown(text: str) -> str:
    """What stands for the values that a form fills in."""
    return text.replace("{minimum}", "five").replace("{other}", "the other one")


def test_every_question_and_who_sees_it_stands_in_the_section() -> None:
    said = SECTION.read_text("utf-8")
    for translated in shipped().values():
        survey = translated.in_locale("en")
        assert f"### {survey.title}" in said, survey.id
        for question in survey.questions:
            assert shown(f"- {question.text} *{question.who_sees}*") in said, f"{survey.id}: {question.id}"


def test_the_section_asks_nothing_that_no_instrument_asks() -> None:
    texts = {shown(q.text) for each in shipped().values() for q in each.in_locale("en").questions}
    listed = [line for line in SECTION.read_text("utf-8").splitlines() if line.startswith("- ")]
    asked = {line.removeprefix("- ").rpartition(" *")[0] for line in listed if line.endswith("*")}
    assert asked == texts
