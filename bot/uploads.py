"""Sends the file that comes with a letter, ahead of its words."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError

from messages.letters.context import Attachment

PEOPLE = ("U", "W")
"""How ids of people begin; a letter to one names them and not their conversation."""


def upload(client: WebClient, place: str, file: Attachment) -> None:
    """Put a file where its letter goes: somebody's own conversation with the bot, or a pair's room.

    It goes before the words, which carry the mark a crash is reconciled by: after a crash in between, the
    file may come twice, and never not at all.

    Raises:
        ConnectionError: The bytes did not arrive; the letter is tried again.
    """
    room = place
    if place.startswith(PEOPLE):
        room = str(client.conversations_open(users=place)["channel"]["id"])
    try:
        client.files_upload_v2(channel=room, filename=file.name, title=file.title, content=file.content)
    except SlackRequestError as error:
        raise ConnectionError("the file was not taken") from error
