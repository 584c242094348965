"""Sends the file that comes with a letter, ahead of its words.

It goes in two steps, and the letter remembers each. First the bytes go to Slack, where nobody sees them yet;
then Slack is asked to show them. After a crash, or when Slack takes the words later than the file, the same
file is shown, or known to be there: it never stands twice in a conversation.
"""

from http import HTTPStatus
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from messages.letters.context import Attachment

PEOPLE = ("U", "W")
"""How ids of people begin; a letter to one names them and not their conversation."""
SHOWN_ALREADY = "file_not_found"
"""What Slack says of a file that is no longer waiting to be shown."""


def put_at_slack(client: WebClient, file: Attachment) -> str:
    """Send the bytes of a file to Slack; gives its id there. Nobody sees it, and Slack drops it in the end.

    Raises:
        ConnectionError: They did not arrive; the letter is tried again.
    """
    begun = client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
    url = str(begun["upload_url"])
    if urlsplit(url).scheme not in {"https", urlsplit(client.base_url).scheme}:
        raise ConnectionError("a file goes to Slack over https alone")
    request = Request(url, data=file.content, method="POST")  # noqa: S310 - see above
    request.add_header("Content-Type", "application/octet-stream")
    try:
        with urlopen(request, timeout=client.timeout) as answer:  # noqa: S310 - the same
            taken = answer.status == HTTPStatus.OK
    except URLError as error:
        raise ConnectionError("the file was not taken") from error
    if not taken:
        raise ConnectionError("the file was not taken")
    return str(begun["file_id"])


def show_in(client: WebClient, place: str, file_id: str, title: str, *, again: bool) -> None:
    """Show a file where its letter goes: somebody's own conversation with the bot, or a pair's room.

    `again` says that it was tried before, and that nobody knows what became of it.
    """
    room = place
    if place.startswith(PEOPLE):
        room = str(client.conversations_open(users=place)["channel"]["id"])
    try:
        client.files_completeUploadExternal(files=[{"id": file_id, "title": title}], channel_id=room)
    except SlackApiError as error:
        if not again or error.response.get("error") != SHOWN_ALREADY:
            raise
