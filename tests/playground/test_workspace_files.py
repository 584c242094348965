"""Uploading, sharing and downloading files with the unmodified client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk.errors import SlackApiError

from playground import CannotDo
from tests.playground.kit import field, modal

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from playground import Person, Playground
    from tests.playground.conftest import Bot


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


def a_form_for_files(bot: Bot, priya: Person, **element: Any) -> None:
    """Priya opens a form that takes files."""
    view = modal("letter", field("list", "List", {"type": "file_input", "action_id": "a", **element}))

    def open_it(body: dict[str, Any]) -> None:
        bot.client.views_open(trigger_id=body["trigger_id"], view=view)

    bot.on("/lantern", open_it)
    priya.command("/lantern")


def test_a_file_dropped_into_a_form_travels_with_it_and_is_downloaded_with_the_apps_token(
    bot: Bot, pg: Playground, priya: Person
) -> None:
    a_form_for_files(bot, priya)
    priya.attach("List", ("people.csv", b"user_id,name\n"), ("more.csv", b"user_id\n"))
    priya.submit()
    first, second = bot.heard["letter"][-1]["view"]["state"]["values"]["list"]["a"]["files"]
    assert (first["name"], first["filetype"], first["user"], first["size"]) == (
        "people.csv", "csv", priya.id, 13,
    )  # fmt: skip
    assert second["name"] == "more.csv"
    request = Request(first["url_private"], headers={"Authorization": f"Bearer {pg.bot_token}"})  # noqa: S310 - loopback
    with urlopen(request) as answer:  # noqa: S310 - loopback
        assert answer.read() == b"user_id,name\n"
    with pytest.raises(HTTPError):
        urlopen(first["url_private"])  # noqa: S310 - loopback
    assert bot.client.files_info(file=first["id"])["file"]["name"] == "people.csv"


def test_a_form_takes_only_files_of_its_kind_and_so_many(bot: Bot, pg: Playground, priya: Person) -> None:
    a_form_for_files(bot, priya, filetypes=["csv", "TXT"], max_files=2)
    before = set(pg.world.files)
    with pytest.raises(CannotDo, match=r"takes files that end in .csv or .txt, not 'scan.pdf'"):
        priya.attach("List", ("a.csv", b"a"), ("scan.pdf", b"b"))
    with pytest.raises(CannotDo, match="takes at most 2, not 3"):
        priya.attach("List", ("a.csv", b"a"), ("b.CSV", b"b"), ("c.txt", b"c"))
    assert set(pg.world.files) == before, "what was not taken is nowhere"
    priya.attach("List", ("a.csv", b"a"), ("b.CSV", b"b"))
    assert priya.view is not None
    first, _ = priya.view.state["list"]["a"]["files"]
    priya.detach("List", first["id"])
    assert [one["name"] for one in priya.view.state["list"]["a"]["files"]] == ["b.CSV"]
    priya.close()
