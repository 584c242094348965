"""Showing what comes of a press or a command where it was made: in a message, a form or the Home tab."""

from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from messages.answers import Answer, Replace, Show, Tell
from messages.letters.context import Message
from messages.replies import notice_view
from messages.words import Reader
from storage.spans import span

REFUSED_BLOCKS = "invalid_blocks"
"""What Slack answers to blocks it does not know (yet)."""


class NowhereToShowError(Exception):
    """The payload names no address for an answer; Slack gives one with every press in a message."""


NOT_SHOWN = (SlackApiError, OSError, HTTPException, NowhereToShowError)
"""What keeps an answer from being seen: Slack refuses it, says nothing (urllib's errors are OSErrors), or it
has nowhere to go."""


def show_after_press(
    answer: Answer, reader: Reader, body: dict[str, Any], client: WebClient, respond: Any
) -> None:
    """Show what comes of a button, where it was pressed: in a message, a form or the Home tab."""
    view = body.get("view") or {}
    match answer:
        case Show(form) if view.get("type") == "modal":
            with span("slack", method="views.update"):
                client.views_update(view_id=view["id"], hash=view["hash"], view=form)
        case Show(form):
            with span("slack", method="views.open"):
                client.views_open(trigger_id=body["trigger_id"], view=form)
        case Replace(message) if not view:
            show_in_conversation(respond, message, replace_original=True)
        case Tell(message) if not view:
            show_in_conversation(respond, message, response_type="ephemeral", replace_original=False)
        case Tell(message) | Replace(message):
            form = notice_view(message, reader)
            if view.get("type") == "modal":
                with span("slack", method="views.update"):
                    client.views_update(view_id=view["id"], view=form)
            else:
                with span("slack", method="views.open"):
                    client.views_open(trigger_id=body["trigger_id"], view=form)
        case _:
            pass


def show_in_conversation(respond: Any, message: Message, **how: Any) -> None:
    """Show a message; in plainer blocks where the workspace does not know the newer ones.

    Raises:
        NowhereToShowError: The payload came without a response_url.
    """
    if not respond.response_url:
        raise NowhereToShowError
    answer = respond(text=message.text, blocks=message.blocks, **how)
    if message.simple is not None and REFUSED_BLOCKS in str(answer.body):
        respond(text=message.text, blocks=message.simple, **how)


def said(error: Exception) -> str:
    """Slack's own word for what went wrong, or what kind of silence it was."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return type(error).__name__
