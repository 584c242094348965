"""Buttons as a screen reader tells them: which of ten that look alike."""

import pytest

from messages.actions import Act
from messages.blocks import button, section


@pytest.mark.parametrize(
    ("beside", "heard"),
    [
        ("*How things work here* · 3 min\nThe rest is seen.", "Start: How things work here · 3 min"),
        ("*Tom &amp; Mia*: the my_file &lt;b&gt; matter", "Start: Tom & Mia: the my_file <b> matter"),
        ("<@U0PRIYA> _asked_", "Start: asked"),
        ("again and " * 20, "Start: again and again and again and again and again and again and again a…"),
    ],
)
def test_a_button_beside_a_text_is_read_out_with_its_first_line(beside: str, heard: str) -> None:
    shown = section(beside, button("Start", Act("lesson.open")))["accessory"]
    assert shown["text"]["text"] == "Start"
    assert shown["accessibility_label"] == heard


def test_a_button_that_stands_alone_is_read_out_as_it_is() -> None:
    assert (
        "accessibility_label" not in section("<@U0PRIYA>", button("Start", Act("lesson.open")))["accessory"]
    )
