"""What a payload shows, and where Slack would obey."""

from collections.abc import Callable
from typing import Any

from messages.samples import Case


def names_of(case: Case) -> Callable[[str], str]:
    """What Slack shows for a mention."""
    known = {f"U0PERSON{number}": name or "Somebody" for number, name in enumerate(case.names, start=1)}
    return lambda id_: known.get(id_, id_)


def mrkdwn_texts(value: Any) -> list[str]:
    """Every text of a payload in which Slack would obey `<!channel>`."""
    if isinstance(value, list):
        return [text for each in value for text in mrkdwn_texts(each)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "mrkdwn":
        return [value["text"]]
    return [text for each in value.values() for text in mrkdwn_texts(each)]
