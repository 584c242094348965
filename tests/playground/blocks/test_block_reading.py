"""Reading: what a person reads of blocks, the way the client shows them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.blocks import mrkdwn_reading, reading
from tests.playground.blocks import samples as make

NAMES = {"U1": "Priya", "C1": "general", "S1": "mentors"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("Hi <@U1>, see <#C1>", "Hi @Priya, see #general"),
        ("<@U9> and <@U9|sam> and <#C9|old>", "@U9 and @sam and #old"),
        ("<!subteam^S1> <!subteam^S9|@leads> <!here> <!channel>", "@mentors @leads @here @channel"),
        (
            "<https://e.com|our page> <https://e.com> <mailto:a@e.com|a@e.com>",
            "our page https://e.com a@e.com",
        ),
        ("<https://e.com/?a=1&amp;b=2>", "https://e.com/?a=1&b=2"),
        ("<!date^1392734382^{date}|February 18>", "February 18"),
        ("*bold* _it_ ~no~ `code` *a _b_*", "bold it no code a b"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("*<https://e.com/a_b*c|label>*", "label"),
        ("> quoted\n&gt; twice\nplain", "quoted\ntwice\nplain"),
        ("```a *b* &lt;c&gt;```", "a *b* <c>"),
        ("* not bold *", "* not bold *"),
        ("a < b", "a < b"),
        ("&lt;@U1&gt; &lt;!channel&gt;", "<@U1> <!channel>"),
        (":wave: hi", ":wave: hi"),
        ("> > twice", "> twice"),
        ("*> no quote in bold*", "> no quote in bold"),
    ],
)
def test_mrkdwn_is_read_the_way_the_client_shows_it(written: str, read: str) -> None:
    assert mrkdwn_reading(written, NAMES) == read


def test_signs_nested_without_end_are_read_in_time() -> None:
    for signs in ("> " * 1500, "*_~" * 1000, "*a " * 1000, "_a *b " * 500, "```" * 1000, "*<x> " * 600):
        assert len(mrkdwn_reading(signs, NAMES)) <= len(signs)


def test_names_may_come_from_a_function() -> None:
    assert mrkdwn_reading("<@U1>", lambda id_: f"person {id_}") == "@person U1"


@given(st.text())
def test_an_escaped_text_is_read_without_any_mention_or_link(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    read = mrkdwn_reading(escaped, lambda _: "CALLED")
    assert "CALLED" not in read or "CALLED" in text
    for sign in "<&":
        assert read.count(sign) == text.count(sign)


@pytest.mark.parametrize(
    ("block", "read"),
    [
        (make.section("Hi <@U1>", fields=[make.plain("*as is* <@U1>")]), "Hi @Priya\n*as is* <@U1>"),
        ({"type": "header", "text": make.plain("News")}, "News"),
        ({"type": "divider"}, ""),
        ({"type": "context", "elements": [make.image(), make.mrkdwn("*why*")]}, "(image: A cat) why"),
        (make.actions(make.button(), make.button(text=make.plain("Not now"))), "[Join] [Not now]"),
        (
            make.section("Pick", accessory={"type": "overflow", "options": make.options(2)}),
            "Pick\n[… Option 0 / Option 1]",
        ),
        (
            make.asking(
                {"type": "checkboxes", "options": make.options(2), "initial_options": [make.option(1)]},
                optional=True,
                hint=make.plain("Any"),
            ),
            "Label (optional)\n☐ Option 0\n☑ Option 1\nAny",
        ),
        (
            make.asking(
                {"type": "radio_buttons", "options": [make.option(0, description=make.plain("first"))]}
            ),
            "Label\n○ Option 0 (first)",
        ),
        (
            make.asking(
                {"type": "radio_buttons", "options": make.options(2), "initial_option": make.option(1)}
            ),
            "Label\n○ Option 0\n● Option 1",
        ),
        (make.asking({"type": "datepicker", "initial_date": "2026-03-05"}), "Label\n[2026-03-05]"),
        (make.asking({"type": "users_select", "initial_user": "U1"}), "Label\n[Priya]"),
        (
            make.asking(
                {"type": "static_select", "options": make.options(1), "placeholder": make.plain("Choose")}
            ),
            "Label\n[Choose]",
        ),
        (
            make.asking(
                {"type": "static_select", "options": make.options(1), "initial_option": make.option()}
            ),
            "Label\n[Option 0]",
        ),
        (make.image(title=make.plain("Our cat")), "Our cat\n(image: A cat)"),
        (
            {"type": "table", "rows": [[make.cell("a"), make.cell("b")], [make.rich_list(), make.cell("d")]]},
            "a | b\n• a | d",
        ),
        (
            make.data_table(rows=[[make.cell("Pairs")], [{"type": "raw_number", "value": 41, "text": "41"}]]),
            "Pairs\nPairs\n41",
        ),
        (make.chart(make.pie(label="Yes", value=7)), "Answers\nYes: 7\ns1: 1"),
        (make.chart(make.bars()), "Answers\nn0: p0 1.5, p1 1.5"),
        (
            make.card(subtitle=make.mrkdwn("_Sub_"), body=make.plain("Body"), actions=[make.button()]),
            "Title\nSub\nBody\n[Join]",
        ),
        ({"type": "carousel", "elements": [make.card(), make.card(title=make.plain("Two"))]}, "Title\nTwo"),
        (make.container(make.section("In"), subtitle=make.mrkdwn("Sub")), "Box\nSub\nIn"),
        (
            {"type": "plan", "title": "Plan", "tasks": [make.task(status="in_progress")]},
            "Plan\nLook (in progress)",
        ),
        ({"type": "markdown", "text": "# Hi"}, "# Hi"),
        ({"type": "alert", "text": make.mrkdwn("*Careful*")}, "Careful"),
        (make.video(), "Film\nA film"),
        (
            make.rich(
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "user", "user_id": "U1"},
                        {"type": "text", "text": " in "},
                        {"type": "channel", "channel_id": "C1"},
                        {"type": "broadcast", "range": "here"},
                        {"type": "emoji", "name": "wave"},
                        {"type": "link", "url": "https://e.com"},
                        {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "indent": 1,
                    "offset": 2,
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "c"}]}],
                },
            ),
            "@Priya in #general@here:wave:https://e.comthen\n  3. c",
        ),
    ],
)
def test_a_block_is_read_as_it_is_shown(block: dict[str, Any], read: str) -> None:
    assert reading([block], names=NAMES) == read


def test_blocks_are_read_one_under_the_other() -> None:
    blocks = [make.section("One"), {"type": "divider"}, make.section("Two")]
    assert reading(blocks, names={}) == "One\nTwo"
