"""What a payload says: who acted, with which control, and what they chose."""

from collections.abc import Mapping
from typing import Any


def ids_of(action: Mapping[str, Any]) -> str | None:
    """The ids a control carries: a button in its value; a menu, whose value is the choice, in its block."""
    if action["type"] == "button":
        return str(action.get("value") or "")
    block_id = str(action.get("block_id") or "")
    return block_id if block_id.startswith("{") else None


def who_acted(body: dict[str, Any]) -> tuple[str, str]:
    """The Slack id of whoever did something, and the name the payload has for them."""
    user = body.get("user")
    if isinstance(user, dict):
        return user["id"], user.get("name") or user.get("username") or user["id"]
    return body["user_id"], body.get("user_name") or body["user_id"]


def chosen(action: dict[str, Any]) -> str | None:
    """The value chosen with a menu or picker, whatever its type."""
    option = action.get("selected_option")
    if option:
        return str(option["value"])
    for key in ("selected_date", "selected_time", "selected_user", "selected_conversation"):
        if action.get(key):
            return str(action[key])
    return None


def at_fields(sentences: Mapping[str, str], view: dict[str, Any]) -> dict[str, str]:
    """Put each sentence at its field; one without a field goes to the first."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    first = inputs[0] if inputs else ""
    return {(name if name in inputs else first): sentence for name, sentence in sentences.items()}
