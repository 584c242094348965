"""Every kind of block in Chromium, from samples: shown, usable, and in nobody's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from playground.blocks.layouts import BLOCKS
from tests.browser.barriers import barriers
from tests.browser.gallery import ALERTS, IN_MESSAGES
from tests.playground.kit import button, field, line, modal, option, row

if TYPE_CHECKING:
    from playground import Playground
    from tests.browser.conftest import Open
    from tests.browser.tab import Tab
    from tests.playground.conftest import Bot

Json = dict[str, Any]

CHARTS = {"pie", "bar", "line", "area"}
ELSEWHERE = {"alert", "data_visualization", "file", "input"}
"""Kinds that are not in the gallery by their own name: charts are by theirs, others belong in forms, and a
remote file is only ever shown as its name."""

NARROW = 390


@pytest.fixture(scope="module", autouse=True)
def gallery(workspace: Playground, app: Bot) -> None:
    room = workspace.add_channel("gallery", members=["UROBIN", workspace.bot_user_id])
    for kind, block in IN_MESSAGES.items():
        app.client.chat_postMessage(channel=room, text=kind, blocks=[block])


def test_the_gallery_has_every_kind_of_block() -> None:
    assert set(IN_MESSAGES) - CHARTS | ELSEWHERE == set(BLOCKS)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, NARROW])
def test_every_block_is_shown_and_keeps_nobody_out(open_tab: Open, width: int, *, dark: bool) -> None:
    tab = open_tab(width=width, height=844, dark=dark, touch=width == NARROW)
    _gallery(tab)
    for shown in (
        ".header",
        ".card",
        ".carousel li",
        ".task",
        ".container summary",
        "table caption",
        "blockquote",
    ):
        assert tab.page.locator("#stream").locator(shown).count(), shown
    for kind in CHARTS:
        assert tab.page.locator(f"#stream .chart-{kind} svg path").count(), kind
    assert barriers(tab.page) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_data_table_is_turned_page_by_page_and_sorted(open_tab: Open) -> None:
    tab = open_tab()
    _gallery(tab)
    table = tab.page.locator("[data-data-table]")
    shown = table.locator("tbody tr:visible")
    assert shown.count() == 5
    table.get_by_role("button", name="Next").click()
    table.get_by_text("6 to 10 of 12").wait_for()
    assert shown.first.inner_text().startswith("Pair 6")
    table.get_by_role("button", name="Next").click()
    assert shown.count() == 2
    assert table.get_by_role("button", name="Next").is_disabled()
    table.get_by_role("button", name="Meetings").click()
    assert [int(cell) for cell in shown.locator("td").all_inner_texts()] == [0, 1, 2, 3, 4]
    table.get_by_role("button", name="Meetings").click()
    assert shown.locator("td").first.inner_text() == "10"
    assert table.get_by_role("columnheader", name="Meetings").get_attribute("aria-sort") == "descending"


def test_a_file_is_downloaded_as_it_was_sent(open_tab: Open, app: Bot, workspace: Playground) -> None:
    room = next(one.id for one in workspace.world.channels.values() if one.name == "gallery")
    app.client.files_upload_v2(channel=room, content="pair,met\n", filename="pairs é.csv", title="Pairs")
    tab = open_tab()
    _gallery(tab)
    with tab.page.expect_download() as taken:
        tab.last("Pairs").locator(".attachment").click()
    assert taken.value.suggested_filename == "pairs é.csv"
    assert taken.value.path().read_text("utf-8") == "pair,met\n"


@pytest.mark.parametrize("dark", [False, True])
def test_forms_and_their_alerts_keep_nobody_out(open_tab: Open, app: Bot, *, dark: bool) -> None:
    colors = [option("Red", "r"), option("Green", "g")]
    view = modal(
        "letter",
        *ALERTS,
        field("name", "Name", line("a")),
        field("words", "Words", line("a", multiline=True)),
        field("day", "Day", {"type": "datepicker", "action_id": "a"}),
        field("time", "Time", {"type": "timepicker", "action_id": "a"}),
        field("color", "Color", {"type": "static_select", "action_id": "a", "options": colors}),
        field("several", "Several", {"type": "multi_static_select", "action_id": "a", "options": colors}),
        field("boxes", "Boxes", {"type": "checkboxes", "action_id": "a", "options": colors}),
        field("one", "One", {"type": "radio_buttons", "action_id": "a", "options": colors}),
        field("whom", "Whom", {"type": "external_select", "action_id": "who", "min_query_length": 2}),
        field("people", "People", {"type": "multi_users_select", "action_id": "a"}),
        field("list", "List", {"type": "file_input", "action_id": "a"}),
        row(button("deeper", "Go deeper")),
    )

    def open_it(body: Json) -> None:
        app.client.views_open(trigger_id=body["trigger_id"], view=view)

    app.on("/lantern", open_it)
    tab = open_tab(dark=dark)
    _gallery(tab)
    tab.say("/lantern")
    tab.modal.wait_for()
    assert tab.modal.get_by_role("note").count() == len(ALERTS)
    assert barriers(tab.page) == []
    tab.modal.get_by_role("button", name="Send").click()
    tab.modal.locator(".has-error").first.wait_for()
    assert barriers(tab.page) == []
    tab.page.keyboard.press("Escape")
    tab.modal.wait_for(state="hidden")


def _gallery(tab: Tab) -> None:
    tab.page.goto(tab.page.url.rsplit("/", 1)[0] + "/home")
    tab.settle()
    if tab.page.locator("[data-view-to=menu]").is_visible():
        tab.page.locator("[data-view-to=menu]").click()
    tab.go("gallery")
    tab.messages.first.wait_for()
