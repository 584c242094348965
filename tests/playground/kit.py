"""Pieces of Block Kit to put views and messages together from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import threading

    from playground import Person
    from tests.playground.conftest import Bot


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def option(words: str, value: str) -> dict[str, Any]:
    return {"text": text(words), "value": value}


def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": text(label), "element": element, **more}


def line(action_id: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(callback_id: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    view = {"type": "modal", "callback_id": callback_id, "title": text("Lantern"), "submit": text("Send")}
    return view | {"blocks": list(blocks)} | more


def button(action_id: str, label: str = "Press", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": text(label), **more}


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def open_modal(bot: Bot, person: Person, view: dict[str, Any]) -> None:
    def show(body: dict[str, Any]) -> None:
        bot.client.views_open(trigger_id=body["trigger_id"], view=view)

    bot.on("/lantern", show)
    outcome = person.command("/lantern", "open")
    assert outcome.acked
    assert outcome.view is not None


def waited(gate: threading.Event) -> None:
    gate.wait(10)
