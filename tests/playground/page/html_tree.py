"""HTML taken apart for tests: tags with their attributes, the text between, and whether all tags close."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset({"br", "hr", "input", "img", "meta", "link"})


@dataclass(frozen=True)
class Tag:
    """One opening tag."""

    name: str
    attributes: dict[str, str | None]


@dataclass
class Tree:
    """What a piece of HTML holds."""

    tags: list[Tag] = field(default_factory=list)
    text: str = ""
    open: list[str] = field(default_factory=list)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Tags and the names of their attributes, in order, without line breaks."""
        return [(tag.name, tuple(tag.attributes)) for tag in self.tags if tag.name != "br"]

    def all(self, name: str, **attributes: str) -> list[Tag]:
        """The tags of that name with those attributes; an underscore in a name stands for a dash."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            tag
            for tag in self.tags
            if tag.name == name and all(tag.attributes.get(key) == value for key, value in wanted.items())
        ]

    def has(self, name: str, **attributes: str) -> bool:
        """Whether there is exactly one such tag."""
        return len(self.all(name, **attributes)) == 1

    def one(self, name: str, **attributes: str) -> Tag:
        """The only such tag."""
        (tag,) = self.all(name, **attributes)
        return tag


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = Tree()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.tags.append(Tag(tag, dict(attrs)))
        if tag not in VOID:
            self.tree.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.tags.append(Tag(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.tree.open, f"</{tag}> closes nothing"
        assert self.tree.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.tree.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def tree_of(html: str) -> Tree:
    """The tree of a whole piece of HTML; fails where tags do not close in order."""
    reader = _Reader()
    reader.feed(str(html))  # a Markup would escape what is added to it
    reader.close()
    assert not reader.tree.open, f"left open: {reader.tree.open}"
    return reader.tree
