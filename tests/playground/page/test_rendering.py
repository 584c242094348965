"""Messages and views as HTML: every block and element, labeled, with ids of its own and what a page needs."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.blocks import initial_state, with_ids
from playground.blocks.layouts import BLOCKS
from playground.page.charts import drawing
from playground.page.render import render_message_html, render_view_html
from tests.playground.blocks import samples as make
from tests.playground.page.html_tree import tree_of

if TYPE_CHECKING:
    from tests.playground.page.html_tree import Tree

NAMES = {"U1": "Priya", "C1": "general"}
VIEWS = Path(__file__).resolve().parents[3] / "../shared/fixtures/slack/views"


def identified(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    numbers = itertools.count()
    return with_ids(blocks, lambda: f"id{next(numbers)}")


def message(*blocks: dict[str, Any]) -> Tree:
    return tree_of(render_message_html(identified(list(blocks)), "Hi", names=NAMES, ids_prefix="m"))


def modal(*blocks: dict[str, Any], **more: Any) -> Tree:
    view = make.modal(*identified(list(blocks)))
    return tree_of(render_view_html(view, names=NAMES, ids_prefix="v", **more))


FIELDS: list[dict[str, Any]] = [
    {"type": "plain_text_input", "multiline": True, "min_length": 2},
    {"type": "plain_text_input", "initial_value": 'a "b" <c>'},
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"},
    {"type": "datepicker", "initial_date": "2026-03-05"},
    {"type": "timepicker", "initial_time": "15:00"},
    {"type": "datetimepicker", "initial_date_time": 1772722800},
    {"type": "static_select", "options": make.options(2)},
    {"type": "multi_static_select", "options": make.options(2), "initial_options": make.options(1)},
    {"type": "external_select", "initial_option": make.option()},
    {"type": "multi_external_select"},
    {"type": "users_select", "initial_user": "U1"},
    {"type": "multi_users_select", "initial_users": ["U1"]},
    {"type": "conversations_select"},
    {"type": "multi_conversations_select"},
    {"type": "channels_select"},
    {"type": "multi_channels_select"},
    {"type": "checkboxes", "options": make.options(2)},
    {"type": "radio_buttons", "options": make.options(2)},
    {"type": "rich_text_input"},
    {"type": "file_input", "filetypes": ["pdf", "png"]},
]

SHOWN: list[dict[str, Any]] = [
    make.actions(
        make.button(confirm=make.confirm(), style="danger", value="7"),
        {"type": "overflow", "options": make.options(2)},
        {"type": "checkboxes", "options": make.options(1)},
    ),
    {"type": "alert", "text": make.mrkdwn("Careful"), "level": "warning"},
    make.card(hero_image=make.image(), icon=make.image(), body=make.plain(), actions=[make.button()]),
    {"type": "carousel", "elements": [make.card(), make.card()]},
    make.container(make.section(), subtitle=make.plain("Sub"), icon=make.image()),
    make.container(is_collapsible=True, default_collapsed=True),
    {"type": "context", "elements": [make.image(), make.mrkdwn()]},
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": make.plain("Good"), "value": "1"},
                "negative_button": {"text": make.plain("Bad"), "value": "0"},
            },
            {
                "type": "icon_button",
                "icon": "trash",
                "text": make.plain("Delete"),
                "accessibility_label": "Bin",
            },
        ],
    },
    make.data_table(rows=[[make.cell("Name"), make.cell("Met")], [make.cell("Priya"), make.rich()]]),
    make.chart(make.pie()),
    make.chart({**make.bars(series=2, points=3, x_label="Week", y_label="Pairs"), "type": "line"}),
    make.chart({**make.bars(), "type": "area"}),
    make.chart(make.bars()),
    {"type": "divider"},
    {"type": "file", "external_id": "F", "source": "remote"},
    {"type": "header", "text": make.plain("Head")},
    make.image(title=make.plain("Cat")),
    make.asking({"type": "plain_text_input"}, hint=make.plain("Hint")),
    {"type": "markdown", "text": "# Hi"},
    {"type": "plan", "title": "Plan", "tasks": [make.task(details=make.rich_list())]},
    make.rich_list(),
    make.section(fields=[make.plain()], accessory=make.image()),
    {"type": "table", "rows": make.grid(2, 2), "column_settings": [{"align": "right", "is_wrapped": True}]},
    make.task(sources=[{"type": "url", "url": "https://e.com", "text": "Source"}]),
    make.video(title_url="https://e.com", description=make.plain("About")),
]


def test_every_block_is_among_the_samples() -> None:
    assert {block["type"] for block in SHOWN} == set(BLOCKS)


@pytest.mark.parametrize("block", SHOWN, ids=lambda block: str(block["type"]))
def test_every_block_is_shown_in_well_formed_html_and_fetches_nothing(block: dict[str, Any]) -> None:
    tree = message(block)
    assert len(tree.tags) > 1
    assert not {"img", "script", "iframe", "video", "style", "link"} & {tag.name for tag in tree.tags}
    assert not [tag for tag in tree.tags if {"src", "srcset", "style"} & set(tag.attributes)]


@pytest.mark.parametrize("element", FIELDS, ids=lambda element: str(element["type"]))
def test_every_field_has_a_label_and_says_which_one_it_is(element: dict[str, Any]) -> None:
    tree = modal(make.asking(element, label=make.plain("What now?")))
    (field,) = [tag for tag in tree.tags if tag.attributes.get("data-kind") == element["type"]]
    assert field.attributes["data-block-id"] == "id0"
    assert field.attributes["data-action-id"] == "id1"
    assert "data-dispatches" not in field.attributes
    assert "What now?" in tree.text
    if field.name == "fieldset":
        assert tree.has("legend")
    else:
        assert tree.has("label", for_=str(field.attributes["id"]))
        assert "required" in field.attributes


@pytest.mark.parametrize("element", FIELDS[5:10] + FIELDS[12:14], ids=lambda element: str(element["type"]))
def test_a_field_beside_text_is_labeled_and_tells_the_app_at_once(element: dict[str, Any]) -> None:
    tree = modal(make.actions(element))
    (field,) = [tag for tag in tree.tags if tag.attributes.get("data-kind") == element["type"]]
    assert field.attributes.get("aria-label") or tree.has("legend")
    assert "data-dispatches" in field.attributes
    assert "required" not in field.attributes


def test_all_ids_on_a_page_differ_and_every_reference_leads_somewhere() -> None:
    tree = modal(*[make.asking(element, hint=make.plain("Hint")) for element in FIELDS], *SHOWN)
    ids = [tag.attributes["id"] for tag in tree.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    assert all(str(id_).startswith("v-") for id_ in ids)
    for key in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        references = [tag.attributes[key] for tag in tree.tags if tag.attributes.get(key)]
        assert {one for some in references for one in str(some).split()} <= set(ids)


def test_a_button_carries_its_ids_its_value_and_its_question() -> None:
    button = message(make.actions(make.button(value="7", confirm=make.confirm(style="danger")))).one("button")
    assert button.attributes["type"] == "button"
    assert button.attributes["data-action-id"] == "join"
    assert button.attributes["data-block-id"] == "id0"
    assert button.attributes["data-value"] == "7"
    asked = {key: value for key, value in button.attributes.items() if key.startswith("data-confirm")}
    assert asked == {
        "data-confirm-title": "Sure?",
        "data-confirm-text": "It ends.",
        "data-confirm-ok": "Yes",
        "data-confirm-deny": "No",
        "data-confirm-style": "danger",
    }


def test_a_link_button_opens_its_address_and_an_unsafe_one_stays_a_button() -> None:
    tree = message(make.actions(make.button(url="https://e.com")))
    assert (
        tree.one("a", href="https://e.com", rel="noopener noreferrer").attributes["data-action-id"] == "join"
    )
    unsafe = message(make.actions(make.button(url="javascript:alert(1)")))
    assert not unsafe.all("a")
    assert unsafe.has("button")


def test_a_menu_of_actions_opens_without_script() -> None:
    tree = message(make.section(accessory={"type": "overflow", "options": make.options(2)}))
    assert tree.has("summary", aria_label="More actions")
    assert [tag.attributes["data-value"] for tag in tree.all("button")] == ["v0", "v1"]


def test_a_lookup_says_where_its_choices_are_and_what_is_chosen() -> None:
    tree = modal(
        make.asking({"type": "external_select", "initial_option": make.option(), "min_query_length": 2}),
        make.asking({"type": "multi_users_select", "initial_users": ["U1"], "max_selected_items": 3}),
    )
    one, several = tree.all("input", role="combobox")
    assert one.attributes["data-source"] == "external"
    assert one.attributes["data-min-query-length"] == "2"
    assert (one.attributes["data-value"], one.attributes["value"]) == ("v0", "Option 0")
    assert several.attributes["data-source"] == "users"
    assert several.attributes["data-max-selected"] == "3"
    assert tree.has("li", class_="chip", data_value="U1")
    assert tree.has("button", aria_label="Remove Priya")


def test_what_a_person_filled_in_and_what_is_wrong_with_it_are_shown_again() -> None:
    blocks = identified([make.asking({"type": "datepicker"}, hint=make.plain("Hint"))])
    view = make.modal(*blocks)
    state = initial_state(view)
    state["id0"]["id1"]["selected_date"] = "2026-03-05"
    html = render_view_html(
        view, names=NAMES, ids_prefix="v", state=state, errors={"id0": "That date has passed."}
    )
    tree = tree_of(html)
    field = tree.one("input", type="date")
    assert field.attributes["value"] == "2026-03-05"
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["aria-describedby"] == "v-0-hint v-0-error"
    assert tree.has("p", role="alert")
    assert "That date has passed." in tree.text


def test_chosen_boxes_options_and_people_are_shown_from_the_state() -> None:
    view = make.modal(
        *identified(
            [
                make.asking(make.BOXES),
                make.asking({"type": "multi_external_select"}),
                make.asking({"type": "multi_users_select"}),
            ]
        )
    )
    state = initial_state(view)
    state["id0"]["id1"]["selected_options"] = [make.option(1)]
    state["id2"]["id3"]["selected_options"] = [make.option(8)]
    state["id4"]["id5"]["selected_users"] = ["U1"]
    tree = tree_of(render_view_html(view, names=NAMES, ids_prefix="v", state=state))
    assert [
        tag.attributes["value"] for tag in tree.all("input", type="checkbox") if "checked" in tag.attributes
    ] == ["v1"]
    assert [tag.attributes["data-value"] for tag in tree.all("li", class_="chip")] == ["v8", "U1"]
    assert "Option 8" in tree.text
    assert "Priya" in tree.text


def test_a_moment_is_shown_in_the_readers_zone() -> None:
    element = {"type": "datetimepicker", "initial_date_time": 1772722800}
    zone = timezone(timedelta(hours=-5), "EST")
    field = modal(make.asking(element), zone=zone).one("input", type="datetime-local")
    assert field.attributes["value"] == "2026-03-05T10:00"
    assert field.attributes["data-zone"] == "EST"


def test_a_data_table_has_a_caption_and_headers_both_ways() -> None:
    rows = [[make.cell("Name"), make.cell("Met")], [make.cell("Priya"), make.cell("yes")]]
    tree = message(make.data_table(rows=rows, row_header_column_index=0))
    assert tree.has("caption")
    assert len(tree.all("th", scope="col")) == 2
    assert len(tree.all("th", scope="row")) == 1


@pytest.mark.parametrize(
    ("chart", "shapes", "numbers"),
    [
        (make.pie(3), 3, ["s0", "1"]),
        (make.bars(series=2, points=3), 6, ["p2", "1.5"]),
        ({**make.bars(series=2, points=3), "type": "line"}, 2, ["n1", "1.5"]),
        ({**make.bars(series=2, points=1), "type": "area"}, 2, ["p0", "1.5"]),
        (make.pie(1), 1, ["100%"]),
    ],
)
def test_a_chart_is_drawn_and_told_in_numbers(chart: dict[str, Any], shapes: int, numbers: list[str]) -> None:
    tree = message(make.chart(chart, title="Meetings"))
    picture = tree.one("svg", role="img")
    assert tree.has("figcaption", id=str(picture.attributes["aria-labelledby"]))
    assert len(tree.all("path")) == shapes
    assert tree.has("caption")
    assert all(number in tree.text for number in numbers)


def test_a_chart_of_negative_and_equal_values_stays_on_the_canvas() -> None:
    chart = make.bars(points=2)
    chart["series"][0]["data"] = [{"label": "p0", "value": -4}, {"label": "p1", "value": 0}]
    for kind in ("bar", "line", "area"):
        for path in message(make.chart({**chart, "type": kind})).all("path"):
            drawn = str(path.attributes["d"])
            assert "nan" not in drawn
            assert "-" not in drawn


def test_a_quarter_of_a_pie_runs_from_the_top_to_the_right() -> None:
    pie = {"type": "pie", "segments": [{"label": "a", "value": 1}, {"label": "b", "value": 3}]}
    quarter, rest = drawing(pie).shapes
    assert quarter.path == "M240 120 L240.00 20.00 A100 100 0 0 1 340.00 120.00 Z"
    assert quarter.title == "a: 1 (25%)"
    assert " 0 1 1 " in rest.path


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(7, "0 2 4 6 8"), (1.5, "0 0.5 1 1.5"), (41, "0 20 40 60"), (0, "0 1"), (1e9, "0 5e+08 1e+09")],
)
def test_an_axis_counts_in_round_steps(highest: float, ticks: str) -> None:
    chart = make.bars(points=1)
    chart["series"][0]["data"] = [{"label": "p0", "value": highest}]
    assert " ".join(tick.label for tick in drawing(chart).across) == ticks


def test_of_many_categories_as_many_are_labeled_as_fit() -> None:
    drawn = drawing(make.bars(points=20))
    assert [tick.label for tick in drawn.along] == [f"p{number}" for number in range(0, 20, 3)]
    assert len(drawn.rows) == 20


def test_a_message_without_blocks_shows_its_text() -> None:
    tree = tree_of(render_message_html(None, "Hi *you* <@U1>", names=NAMES, ids_prefix="m"))
    assert tree.text.strip() == "Hi you @Priya"
    assert tree.has("strong")


def test_a_modal_names_itself_and_offers_the_ways_out() -> None:
    tree = modal(make.section())
    assert tree.has("form", aria_labelledby="v-title")
    assert tree.has("h2", id="v-title")
    assert tree.has("button", type="submit")
    assert len([tag for tag in tree.all("button") if "data-view-close" in tag.attributes]) == 2
    stacked = modal(make.section(), back=True)
    assert [tag for tag in stacked.all("button") if "data-view-back" in tag.attributes]
    assert "Back" in stacked.text
    last = make.modal(*identified([make.section()])) | {"clear_on_close": True}
    cleared = tree_of(render_view_html(last, names=NAMES, ids_prefix="v", back=True))
    assert "Back" not in cleared.text, "it closes what lies beneath, too"


def test_real_views_are_shown() -> None:
    if not VIEWS.is_dir():
        pytest.skip(f"The recorded views are not here ({VIEWS}), so none is rendered.")
    for path in sorted(VIEWS.glob("view_*.json")):
        view = json.loads(path.read_text())
        view["blocks"] = identified(view["blocks"])
        assert tree_of(render_view_html(view, names=NAMES, ids_prefix="v")).tags


def with_words(words: str) -> list[dict[str, Any]]:
    """Blocks with the same words in every place that takes plain text or a value."""
    option = {"text": make.plain(words), "value": words, "description": make.plain(words)}
    picture = make.image(alt_text=words)
    return [
        make.actions(
            make.button(text=make.plain(words), value=words, action_id=words, accessibility_label=words),
            make.button(confirm={key: make.plain(words) for key in ("title", "text", "confirm", "deny")}),
            {"type": "overflow", "action_id": "o", "options": [option]},
            block_id=words,
        ),
        make.asking(
            {"type": "checkboxes", "options": [option], "initial_options": [option]}, label=make.plain(words)
        ),
        make.asking({"type": "static_select", "options": [option], "placeholder": make.plain(words)}),
        make.asking({"type": "plain_text_input", "initial_value": words, "placeholder": make.plain(words)}),
        make.asking(
            {"type": "plain_text_input", "multiline": True, "initial_value": words}, hint=make.plain(words)
        ),
        make.asking({"type": "multi_users_select", "initial_users": [words]}),
        make.asking({"type": "external_select", "initial_option": option}),
        {"type": "context", "elements": [picture, make.plain(words)]},
        make.image(alt_text=words, title=make.plain(words)),
        make.card(hero_image=picture, title=make.plain(words)),
        make.data_table(caption=words, rows=[[make.cell(words)], [make.cell(words)]]),
        make.chart(
            {"type": "pie", "segments": [{"label": words, "value": 1}, {"label": "b", "value": 2}]},
            title=words,
        ),
        make.task(title=words, sources=[{"type": "url", "url": words, "text": words}]),
        make.video(title=make.plain(words), author_name=words),
        make.container(title=make.plain(words)),
    ]


@settings(deadline=None)  # a busy machine makes single examples slow
@given(st.text(alphabet="<>&\"'`=/ \\abcx{}%-", min_size=1, max_size=30) | st.text(min_size=1, max_size=30))
def test_no_words_change_the_shape_of_the_page(words: str) -> None:
    view = make.modal(*identified(with_words(words)), title=make.plain(words))
    errors = {block["block_id"]: words for block in view["blocks"]}
    harmless = make.modal(*identified(with_words("x")), title=make.plain("x"))
    same = {block["block_id"]: "x" for block in harmless["blocks"]}
    tree = tree_of(render_view_html(view, names={}, ids_prefix="v", errors=errors))
    expected = tree_of(render_view_html(harmless, names={}, ids_prefix="v", errors=same))
    assert tree.shape == expected.shape
