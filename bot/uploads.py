"""Sends the file that comes with a letter, ahead of its words."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError

from messages.letters.context import Attachment


def upload(client: WebClient, slack_id: str, file: Attachment) -> None:
    """Put a file into somebody's own conversation with the bot.

    It goes before the words, which carry the mark a crash is reconciled by: after a crash in between, the
    file may come twice, and never not at all.

    Raises:
        ConnectionError: The bytes did not arrive; the letter is tried again.
    """
    room = str(client.conversations_open(users=slack_id)["channel"]["id"])
    try:
        client.files_upload_v2(channel=room, filename=file.name, title=file.title, content=file.content)
    except SlackRequestError as error:
        raise ConnectionError("the file was not taken") from error
