"""Texts as HTML: plain text, mrkdwn, rich text and Markdown, escaped by one means, `Markup.format`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from playground.blocks.mrkdwn import Link, Mention, Styled, Words, pieces
from playground.blocks.rich_text import part_reading
from playground.page.emoji import with_emoji

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from playground.blocks.mrkdwn import Names, Piece, Style

_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
"""What a link of the page may open; anything else (javascript:, data:) is shown and leads nowhere."""

_TAGS: Final[Mapping[Style, Markup]] = {
    "bold": Markup("<strong>{}</strong>"),
    "italic": Markup("<em>{}</em>"),
    "strike": Markup("<s>{}</s>"),
    "code": Markup("<code>{}</code>"),
    "preformatted": Markup('<pre tabindex="0"><code>{}</code></pre>'),
    "quote": Markup("<blockquote>{}</blockquote>"),
}
_WHOLE_LINES: Final = frozenset({"preformatted", "quote"})
_BULLET: Final = "•"
_BREAK: Final = Markup("<br>")
_LINK: Final = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>')
_DEAD_LINK: Final = Markup('<span class="dead-link">{}</span>')
_MENTION: Final = Markup('<span class="mention">{}</span>')


def safe_address(url: str) -> str:
    """The address where the page may link to it, else an empty string."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return ""
    return url.strip() if scheme in _SAFE_SCHEMES else ""


def link_html(url: str, label: Markup) -> Markup:
    """A link that opens elsewhere and tells the other side nothing; its label alone where it is not safe."""
    address = safe_address(url)
    return _LINK.format(address, label) if address else _DEAD_LINK.format(label)


def plain_html(text: str, *, emoji: bool = True) -> Markup:
    """Plain text with its line breaks; shortcodes become emoji unless the app said otherwise."""
    shown = with_emoji(text) if emoji else text
    return _BREAK.join(escape(line) for line in shown.split("\n"))


def mrkdwn_html(text: str, names: Names) -> Markup:
    """Mrkdwn with its styles, mentions, links, quotes, code and bulleted lines."""
    return Markup().join(_blocks(_lines(pieces(text, names))))


def _lines(some: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces line by line; a quote or preformatted text is a line of its own."""
    line: list[Piece] = []
    after_block = False
    for piece in some:
        if isinstance(piece, Styled) and piece.style in _WHOLE_LINES:
            if line:
                yield tuple(line)
            yield (piece,)
            line, after_block = [], True
        elif isinstance(piece, Words):
            first, *rest = (piece.text.removeprefix("\n") if after_block else piece.text).split("\n")
            line.append(Words(first))
            for one in rest:
                yield tuple(line)
                line = [Words(one)]
            after_block = False
        else:
            line.append(piece)
            after_block = False
    if line and line != [Words("")]:
        yield tuple(line)


def _kind(line: tuple[Piece, ...]) -> str:
    first = line[0]
    if isinstance(first, Words) and first.text.lstrip().startswith(_BULLET):
        return "item"
    return "block" if isinstance(first, Styled) and first.style in _WHOLE_LINES else "text"


def _blocks(lines: Iterable[tuple[Piece, ...]]) -> Iterator[Markup]:
    for kind, some in groupby(lines, _kind):
        if kind == "item":
            yield Markup("<ul>{}</ul>").format(Markup().join(_item(line) for line in some))
        elif kind == "block":
            yield Markup().join(_inline(line) for line in some)
        else:
            yield _BREAK.join(_inline(line) for line in some)


def _item(line: tuple[Piece, ...]) -> Markup:
    first, *rest = line
    text = first.text.lstrip().removeprefix(_BULLET).lstrip() if isinstance(first, Words) else ""
    return Markup("<li>{}</li>").format(_inline((Words(text), *rest)))


def _inline(line: Iterable[Piece]) -> Markup:
    return Markup().join(_piece(piece) for piece in line)


def _piece(piece: Piece) -> Markup:
    if isinstance(piece, Words):
        return plain_html(piece.text)
    if isinstance(piece, Link):
        return link_html(piece.url, plain_html(piece.label))
    if isinstance(piece, Mention):
        return _MENTION.format(piece.shown)
    if piece.style == "quote":
        return _TAGS["quote"].format(Markup().join(_blocks(_lines(piece.pieces))))
    if piece.style in {"code", "preformatted"}:
        return _TAGS[piece.style].format("".join(one.text for one in piece.pieces if isinstance(one, Words)))
    return _TAGS[piece.style].format(_inline(piece.pieces))


def text_html(text: Mapping[str, Any] | str | None, names: Names) -> Markup:
    """A text object, a rich_text block, a table's cell or a bare string as HTML."""
    if text is None or isinstance(text, str):
        return plain_html(text or "")
    if text["type"] == "mrkdwn":
        return mrkdwn_html(text["text"], names)
    if text["type"] == "rich_text":
        return rich_html(text, names)
    return plain_html(text["text"], emoji=text.get("emoji", True))


def rich_html(block: Mapping[str, Any], names: Names) -> Markup:
    """A rich_text block as HTML."""
    return Markup().join(_rich_piece(piece, names) for piece in block["elements"])


def _rich_piece(piece: Mapping[str, Any], names: Names) -> Markup:
    kind, inside = piece["type"], piece["elements"]
    if kind == "rich_text_list":
        return _rich_list(piece, names)
    html = Markup().join(_rich_part(part, names) for part in inside)
    if kind == "rich_text_quote":
        return _TAGS["quote"].format(html)
    if kind == "rich_text_preformatted":
        return _TAGS["preformatted"].format(html)
    return Markup("<p>{}</p>").format(html)


def _rich_list(piece: Mapping[str, Any], names: Names) -> Markup:
    items = Markup().join(
        Markup("<li>{}</li>").format(Markup().join(_rich_part(part, names) for part in item["elements"]))
        for item in piece["elements"]
    )
    indent = piece.get("indent", 0)
    if piece["style"] == "bullet":
        return Markup('<ul class="indent-{}">{}</ul>').format(indent, items)
    return Markup('<ol class="indent-{}" start="{}">{}</ol>').format(
        indent, piece.get("offset", 0) + 1, items
    )


_PART_STYLES: Final[Sequence[tuple[str, Markup]]] = (
    ("code", _TAGS["code"]),
    ("bold", _TAGS["bold"]),
    ("italic", _TAGS["italic"]),
    ("strike", _TAGS["strike"]),
    ("underline", Markup("<u>{}</u>")),
)


def _rich_part(part: Mapping[str, Any], names: Names) -> Markup:
    shown = plain_html(part_reading(part, names))
    kind = part["type"]
    if kind == "link":
        shown = link_html(part["url"], shown)
    elif kind in {"user", "channel", "usergroup", "broadcast", "team"}:
        shown = _MENTION.format(shown)
    elif kind == "date" and "url" in part:
        shown = link_html(part["url"], shown)
    for flag, tag in _PART_STYLES:
        if part.get("style", {}).get(flag):
            shown = tag.format(shown)
    return shown


def _markdown() -> MarkdownIt:
    """CommonMark with tables and strikethrough, without raw HTML and without pictures from elsewhere."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return parser.enable(["table", "strikethrough"]).disable("image")


_MARKDOWN: Final = _markdown()


def markdown_html(text: str) -> Markup:
    """Standard Markdown, as a markdown block takes it."""
    tokens = _MARKDOWN.parse(text)
    # The page's own title is the first level; what is written below it starts at the second.
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(levels.index(token.tag) + 2, 6)}"
        for child in token.children or ():
            if child.type == "link_open":
                _guard(child.attrs)
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704 - rendered with html off


def _guard(attributes: dict[str, str | int | float]) -> None:
    address = safe_address(str(attributes.pop("href", "")))
    if address:
        attributes["href"] = address
    attributes["rel"] = "noopener noreferrer"
    attributes["target"] = "_blank"
