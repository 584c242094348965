"""Uploading, sharing and downloading files with the unmodified client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk.errors import SlackApiError

from playground import CannotDo

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from playground import Person, Playground


def error_of(call: Callable[..., object], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_a_file_is_uploaded_shared_and_downloaded(
    client: WebClient, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    room = client.conversations_open(users=priya.id)["channel"]["id"]
    shared = client.files_upload_v2(
        channel=room,
        filename="invite.ics",
        content="BEGIN:VCALENDAR",
        title="First meeting",
        initial_comment="For you",
    )
    (message,) = priya.inbox()
    assert message.reading == "For you\n[First meeting]"
    file = message.files[0]
    assert (file["id"], file["name"], file["size"]) == (shared["file"]["id"], "invite.ics", 15)
    assert priya.download(file["id"]) == b"BEGIN:VCALENDAR"
    with pytest.raises(CannotDo):
        marcus.download(file["id"])
    request = Request(file["url_private_download"], headers={"Authorization": f"Bearer {pg.bot_token}"})  # noqa: S310 - loopback
    with urlopen(request) as answer:  # noqa: S310 - loopback
        assert answer.read() == b"BEGIN:VCALENDAR"
    with pytest.raises(HTTPError):
        urlopen(file["url_private_download"])  # noqa: S310 - loopback


def test_several_files_go_into_one_message(client: WebClient, priya: Person) -> None:
    room = client.conversations_open(users=priya.id)["channel"]["id"]
    uploads = [{"filename": name, "content": name} for name in ("a.txt", "b.txt")]
    client.files_upload_v2(channel=room, file_uploads=uploads)
    assert [file["name"] for file in priya.inbox()[0].files] == ["a.txt", "b.txt"]


def test_a_file_goes_only_into_rooms_the_app_is_in(client: WebClient, pg: Playground, priya: Person) -> None:
    room = pg.add_channel(f"attic-{priya.id.lower()}", members=[priya.id])
    for place, error in ((room, "not_in_channel"), (priya.id, "channel_not_found")):
        assert error_of(client.files_upload_v2, channel=place, filename="a.txt", content="a") == error
    assert priya.messages(room) == []


def test_what_was_not_uploaded_cannot_be_shared(client: WebClient) -> None:
    started = client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": started["file_id"]}]
    assert error_of(client.files_completeUploadExternal, files=files) == "file_not_found"
    with pytest.raises(HTTPError):
        urlopen(started["upload_url"], b"four")  # noqa: S310 - loopback
    with urlopen(started["upload_url"], b"abc") as answer:  # noqa: S310 - loopback
        assert answer.read() == b"OK - 3"
    assert client.files_completeUploadExternal(files=files)["files"][0]["id"] == started["file_id"]


def test_an_empty_file_is_refused(client: WebClient) -> None:
    assert error_of(client.files_getUploadURLExternal, filename="a.txt", length=0) == "missing_argument"
