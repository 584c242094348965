"""Which blocks and elements stand in a message, a modal, a Home tab."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from tests.playground.blocks import samples as make
from tests.playground.blocks.samples import in_home, in_message, in_modal

VIEWS = Path(__file__).resolve().parents[3] / "../shared/fixtures/slack/views"


EVERYWHERE: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "actions": (make.actions(make.button()), "message modal home"),
    "alert": ({"type": "alert", "text": make.plain()}, "modal"),
    "card": (make.card(), "message modal home"),
    "carousel": ({"type": "carousel", "elements": [make.card()]}, "message home"),
    "container": (make.container(), "message"),
    "context": ({"type": "context", "elements": [make.mrkdwn()]}, "message modal home"),
    "data_table": (make.data_table(), "message"),
    "data_visualization": (make.chart(make.pie()), "message"),
    "file": ({"type": "file", "external_id": "F", "source": "remote"}, "message"),
    "image": (make.image(), "message modal home"),
    "input": (make.asking({"type": "plain_text_input"}), "message modal home"),
    "markdown": ({"type": "markdown", "text": "# Hi"}, "message"),
    "rich_text": (make.rich(), "message modal home"),
    "table": ({"type": "table", "rows": make.grid(1)}, "message"),
    "task_card": (make.task(), "message"),
    "video": (make.video(), "message modal home"),
    "datetimepicker": (make.actions({"type": "datetimepicker"}), "message modal"),
    "email": (make.asking({"type": "email_text_input"}), "modal"),
    "file_input": (make.asking({"type": "file_input"}), "modal"),
    "number": (make.asking({"type": "number_input", "is_decimal_allowed": True}), "modal"),
    "rich_text_input": (make.asking({"type": "rich_text_input"}), "modal home"),
    "url": (make.asking({"type": "url_text_input"}), "modal"),
    "users_select": (make.section(accessory={"type": "users_select"}), "message modal home"),
}


@pytest.mark.parametrize("what", EVERYWHERE)
def test_a_block_stands_only_on_the_surfaces_it_is_made_for(what: str) -> None:
    block, surfaces = EVERYWHERE[what]
    made = {"message": in_message(block), "modal": in_modal(block), "home": in_home(block)}
    assert {surface for surface, problems in made.items() if not problems} == set(surfaces.split())


def test_a_problem_on_the_wrong_surface_names_block_and_surface() -> None:
    (problem,) = in_home({"type": "table", "rows": make.grid(1)})
    assert str(problem) == "blocks[0] is of type table, which cannot stand in a Home tab"
