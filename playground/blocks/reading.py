"""What a person reads of a message or a view, as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from playground.blocks.mrkdwn import Names, called, mrkdwn_reading
from playground.blocks.rich_text import rich_text_reading

_Reader: TypeAlias = Callable[[Mapping[str, Any], Names], Iterator[str]]


def reading(blocks: Sequence[Mapping[str, Any]], *, names: Names) -> str:
    """What a person reads of blocks that passed the check, as the client shows them.

    Mentions are names, links their labels, dates their fallback, styles are gone, buttons are `[Label]`,
    choices `☐ Label`, images `(image: what it shows)`, tables rows with bars between the cells, charts
    label and number.

    Args:
        blocks: The blocks.
        names: Turns ids of people, channels and groups into names.
    """
    return "\n".join(line for block in blocks for line in _block(block, names) if line)


def _block(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield from _READERS[block["type"]](block, names)


def _text(text: Mapping[str, Any] | str | None, names: Names) -> str:
    if text is None or isinstance(text, str):
        return text or ""
    if text["type"] == "rich_text":
        return rich_text_reading(text, names)
    written: str = text["text"]
    return mrkdwn_reading(written, names) if text["type"] == "mrkdwn" else written


def _keys(*keys: str) -> _Reader:
    def read(block: Mapping[str, Any], names: Names) -> Iterator[str]:
        for key in keys:
            yield _text(block.get(key), names)

    return read


def _row(elements: Sequence[Mapping[str, Any]], names: Names) -> str:
    return " ".join(line for element in elements for line in _element(element, names))


def _element(element: Mapping[str, Any], names: Names) -> Iterator[str]:
    kind = element["type"]
    if kind in {"plain_text", "mrkdwn"}:
        yield _text(element, names)
    elif kind == "image":
        yield _image(element)
    elif kind in {"checkboxes", "radio_buttons"}:
        yield from _boxes(element, names)
    elif kind == "feedback_buttons":
        yield from (
            f"[{_text(element[key]['text'], names)}]" for key in ("positive_button", "negative_button")
        )
    elif kind == "overflow":
        yield f"[… {' / '.join(_text(option['text'], names) for option in element['options'])}]"
    elif "text" in element:
        yield f"[{_text(element['text'], names)}]"
    else:
        yield f"[{_held(element, names)}]"


def _image(image: Mapping[str, Any]) -> str:
    return f"(image: {image['alt_text']})"


def _boxes(element: Mapping[str, Any], names: Names) -> Iterator[str]:
    empty, full = ("☐", "☑") if element["type"] == "checkboxes" else ("○", "●")
    initial = element.get(
        "initial_options", [element["initial_option"]] if "initial_option" in element else []
    )
    chosen = {option["value"] for option in initial}
    for option in element["options"]:
        described = f" ({_text(option['description'], names)})" if "description" in option else ""
        yield f"{full if option['value'] in chosen else empty} {_text(option['text'], names)}{described}"


def _held(element: Mapping[str, Any], names: Names) -> str:
    """What stands in a field: what is chosen at the start, or its placeholder."""
    for key, value in element.items():
        if key.startswith("initial_"):
            several = value if isinstance(value, list | tuple) else [value]
            return ", ".join(_initial(one, names) for one in several)
    return _text(element.get("placeholder"), names)


def _initial(value: Any, names: Names) -> str:
    if isinstance(value, Mapping):
        return _text(value["text"] if "value" in value else value, names)
    return called(names, str(value))


def _section(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield _text(block.get("text"), names)
    for field in block.get("fields", ()):
        yield _text(field, names)
    if "accessory" in block:
        yield from _element(block["accessory"], names)


def _elements(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield _row(block["elements"], names)


def _input(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield _text(block["label"], names) + (" (optional)" if block.get("optional") else "")
    yield from _element(block["element"], names)
    yield _text(block.get("hint"), names)


def _image_block(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield _text(block.get("title"), names)
    yield _image(block)


def _table(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield block.get("caption", "")
    for row in block["rows"]:
        yield " | ".join(_text(cell, names) for cell in row)


def _chart(block: Mapping[str, Any], _names: Names) -> Iterator[str]:
    chart = block["chart"]
    yield block["title"]
    for segment in chart.get("segments", ()):
        yield f"{segment['label']}: {segment['value']:g}"
    for series in chart.get("series", ()):
        points = ", ".join(f"{point['label']} {point['value']:g}" for point in series["data"])
        yield f"{series['name']}: {points}"


def _card(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    if "hero_image" in block:
        yield _image(block["hero_image"])
    yield from _keys("title", "subtitle", "body", "subtext")(block, names)
    yield _row(block.get("actions", ()), names)


def _nested(*keys: str, inside: str) -> _Reader:
    def read(block: Mapping[str, Any], names: Names) -> Iterator[str]:
        yield from _keys(*keys)(block, names)
        for child in block.get(inside, ()):
            yield from _block(child, names)

    return read


def _container(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    title = "rich_text_title" if "rich_text_title" in block else "title"
    yield from _nested(title, "subtitle", inside="child_blocks")(block, names)


def _task(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield f"{block['title']} ({block['status'].replace('_', ' ')})"
    yield from _keys("details", "output")(block, names)
    for source in block.get("sources", ()):
        yield source["text"]


def _rich(block: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield rich_text_reading(block, names)


def _file(block: Mapping[str, Any], _names: Names) -> Iterator[str]:
    yield f"(file: {block['external_id']})"


_READERS: Final[Mapping[str, _Reader]] = {
    "actions": _elements,
    "alert": _keys("text"),
    "card": _card,
    "carousel": _nested(inside="elements"),
    "container": _container,
    "context": _elements,
    "context_actions": _elements,
    "data_table": _table,
    "data_visualization": _chart,
    "divider": _keys(),
    "file": _file,
    "header": _keys("text"),
    "image": _image_block,
    "input": _input,
    "markdown": _keys("text"),
    "plan": _nested("title", inside="tasks"),
    "rich_text": _rich,
    "section": _section,
    "table": _table,
    "task_card": _task,
    "video": _keys("title", "description", "alt_text"),
}
