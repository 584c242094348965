"""Texts as HTML: styles become tags, and no text can become a tag or an attribute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.page.emoji import EMOJI
from playground.page.words import markdown_html, mrkdwn_html, plain_html, rich_html, safe_address
from tests.playground.blocks import samples as make
from tests.playground.page.html_tree import tree_of

if TYPE_CHECKING:
    from tests.playground.page.html_tree import Tree

NAMES = {"U1": "Priya", "U2": "<b>Eve</b>"}


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("*a* _b_ ~c~ `d`", "<strong>a</strong> <em>b</em> <s>c</s> <code>d</code>"),
        ("*a _b_*", "<strong>a <em>b</em></strong>"),
        ("Hi <@U1>", 'Hi <span class="mention">@Priya</span>'),
        ("<@U2>", '<span class="mention">@&lt;b&gt;Eve&lt;/b&gt;</span>'),
        (
            "<https://e.com/?a=1&amp;b=2|go>",
            '<a href="https://e.com/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">go</a>',
        ),
        ("<javascript:alert(1)|go>", '<span class="dead-link">go</span>'),
        ("one\ntwo", "one<br>two"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("> quoted\n> twice\nplain", "<blockquote>quoted<br>twice</blockquote>plain"),
        ("First:\n• *a*\n• b\nlast", "First:<ul><li><strong>a</strong></li><li>b</li></ul>last"),
        ("```a *b*\n<c```", '<pre tabindex="0"><code>a *b*\n&lt;c</code></pre>'),
        (":wave: :no_such_thing:", "👋 :no_such_thing:"),
        ("`:wave:`", "<code>:wave:</code>"),
    ],
)
def test_mrkdwn_becomes_html(written: str, html: str) -> None:
    assert mrkdwn_html(written, NAMES) == html


def test_plain_text_keeps_its_signs_and_its_shortcodes_where_told() -> None:
    assert plain_html("*a* <b>\n:wave:") == "*a* &lt;b&gt;<br>👋"
    assert plain_html(":wave:", emoji=False) == ":wave:"


def test_rich_text_becomes_html() -> None:
    html = rich_html(
        make.rich(
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "a <b>", "style": {"bold": True, "strike": True}},
                    {"type": "user", "user_id": "U1"},
                    {"type": "link", "url": "https://e.com"},
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "q"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "p"}]},
        )
        | {"block_id": "b"},
        NAMES,
    )
    assert html == (
        '<p><s><strong>a &lt;b&gt;</strong></s><span class="mention">@Priya</span>'
        '<a href="https://e.com" rel="noopener noreferrer" target="_blank">https://e.com</a></p>'
        '<blockquote>q</blockquote><pre tabindex="0"><code>p</code></pre>'
    )
    ordered = rich_html(make.rich_list(style="ordered", indent=1, offset=2), NAMES)
    assert ordered == '<ol class="indent-1" start="3"><li>a</li></ol>'


def test_markdown_becomes_html_without_pictures_or_raw_tags() -> None:
    tree = tree_of(
        markdown_html("# Hi\n\n- *a*\n- [b](https://e.com)\n\n![cat](https://e.com/c.png) <script>x</script>")
    )
    assert {"h2", "ul", "em", "a"} <= {tag.name for tag in tree.tags}
    assert not {"img", "script"} & {tag.name for tag in tree.tags}
    assert tree.all("a", href="https://e.com", rel="noopener noreferrer", target="_blank")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://e.com", True),
        ("mailto:a@e.com", True),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//e.com", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_known_kinds_of_address_are_linked(address: str, safe: object) -> None:
    assert bool(safe_address(address)) is safe


def test_every_emoji_is_known_by_a_name_people_can_type() -> None:
    assert all(name == name.lower() and " " not in name for name in EMOJI)


TAGS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "s",
    ),
    *("span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"class", "href", "rel", "target", "tabindex", "start", "style"}
SIGNS = [*"*_~`<>|@#!&;:/\"'=\n\\-[]() .x1", "&lt;", "&gt;", "•", "javascript:", "```", "<@U2>", "on", "||"]
MEAN = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)


def harmless(tree: Tree) -> None:
    for tag in tree.tags:
        assert tag.name in TAGS
        assert set(tag.attributes) <= ATTRIBUTES
        assert tag.attributes.get("class") in {None, "mention", "dead-link"} or "language" in str(
            tag.attributes["class"]
        )
        assert re.fullmatch(r"text-align:(left|right|center)|", tag.attributes.get("style") or "")
        address = tag.attributes.get("href")
        assert (
            address is None
            or address == ""
            or address.split(":")[0].lower() in {"http", "https", "mailto", "tel"}
        )


@given(MEAN | st.text())
def test_no_mrkdwn_becomes_a_tag_or_attribute_of_its_own(text: str) -> None:
    harmless(tree_of(mrkdwn_html(text, NAMES)))


@given(MEAN | st.text())
def test_no_markdown_becomes_a_tag_or_attribute_of_its_own(text: str) -> None:
    harmless(tree_of(markdown_html(text)))


@given(MEAN | st.text())
def test_plain_text_is_read_as_it_was_written(text: str) -> None:
    tree = tree_of(plain_html(text, emoji=False))
    assert {tag.name for tag in tree.tags} <= {"br"}
    assert tree.text == text.replace("\n", "")


@given(MEAN | st.text())
def test_escaped_words_of_a_person_are_shown_as_written_without_links(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    tree = tree_of(mrkdwn_html(escaped, NAMES))
    assert not tree.all("a")
    assert not tree.all("span")
