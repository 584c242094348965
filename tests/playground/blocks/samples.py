"""Small parts of messages and views, valid as they are; tests change one thing and look at what is said."""

from __future__ import annotations

from typing import Any, Final

from playground.blocks import Problem, check_message, check_view

Json = dict[str, Any]


def plain(text: str = "Text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Text") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(number: int = 0, **more: Any) -> Json:
    return {"text": plain(f"Option {number}"), "value": f"v{number}", **more}


def options(count: int) -> list[Json]:
    return [option(number) for number in range(count)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Join"), "action_id": "join", **more}


def confirm(**more: Any) -> Json:
    return {
        "title": plain("Sure?"),
        "text": plain("It ends."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def section(text: str = "Text", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def asking(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A cat", **more}


def card(**more: Any) -> Json:
    return {"type": "card", "title": mrkdwn("Title"), **more}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "title": plain("Film"),
        "alt_text": "A film",
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t.png",
        **more,
    }


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def grid(rows: int, columns: int = 1) -> list[list[Json]]:
    return [[cell() for _ in range(columns)] for _ in range(rows)]


def data_table(**more: Any) -> Json:
    return {"type": "data_table", "caption": "Pairs", "rows": grid(2), **more}


def chart(chart: Json, **more: Any) -> Json:
    return {"type": "data_visualization", "title": "Answers", "chart": chart, **more}


def pie(count: int = 2, **first: Any) -> Json:
    segments: list[Json] = [{"label": f"s{number}", "value": 1} for number in range(count)]
    segments[0] |= first
    return {"type": "pie", "segments": segments}


def bars(series: int = 1, points: int = 2, **axis: Any) -> Json:
    labels = [f"p{number}" for number in range(points)]
    data = [{"label": label, "value": 1.5} for label in labels]
    return {
        "type": "bar",
        "series": [{"name": f"n{number}", "data": data} for number in range(series)],
        "axis_config": {"categories": labels, **axis},
    }


def rich(*elements: Json) -> Json:
    return {
        "type": "rich_text",
        "elements": list(elements) or [{"type": "rich_text_section", "elements": []}],
    }


def rich_list(**more: Any) -> Json:
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}]
    return rich({"type": "rich_text_list", "style": "bullet", "elements": items, **more})


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Box"), "child_blocks": list(children or [section()]), **more}


def task(**more: Any) -> Json:
    return {"type": "task_card", "task_id": "t", "title": "Look", "status": "complete", **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def in_message(*blocks: Json) -> list[Problem]:
    return check_message(list(blocks), text="Hello")


def in_modal(*blocks: Json, **more: Any) -> list[Problem]:
    return check_view(modal(*blocks, **more))


def in_home(*blocks: Json, **more: Any) -> list[Problem]:
    return check_view(home(*blocks, **more))


def paths(problems: list[Problem]) -> list[str]:
    return [problem.path for problem in problems]


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": options(2), **more}


def beside(element: object) -> list[Problem]:
    return in_message(section(accessory=element))


def in_actions(element: Json) -> list[Problem]:
    return in_message(actions(element))


def asked(element: Json, **more: Any) -> list[Problem]:
    return in_modal(asking(element, **more))


def of_group(*options: Json) -> list[Json]:
    return [{"label": plain(), "options": list(options)}]


BOXES: Final[Json] = {"type": "checkboxes", "options": options(2)}
RADIOS: Final[Json] = {"type": "radio_buttons", "options": options(2)}
NUMBER: Final[Json] = {"type": "number_input", "is_decimal_allowed": False}
SEVERAL: Final[Json] = {"type": "multi_static_select", "options": options(3)}
MOVED: Final[Json] = option(0, text=plain("Another text"))


def without(whole: Json, key: str) -> Json:
    return {name: value for name, value in whole.items() if name != key}
