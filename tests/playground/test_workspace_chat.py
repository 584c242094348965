"""Posting, changing and taking back messages, as Slack takes and refuses it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import Playground, StillClock
from tests.playground.conftest import manifest, new_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground import Person

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Join"}, "action_id": "join", "value": "7"}


def refusal(call: Callable[..., object], **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    answer: dict[str, Any] = caught.value.response.data
    return answer


def test_a_message_to_a_person_opens_the_direct_conversation(client: WebClient, priya: Person) -> None:
    answer = client.chat_postMessage(channel=priya.id, text="Hello")
    assert answer["channel"].startswith("D")
    assert [message.text for message in priya.inbox()] == ["Hello"]
    assert answer["message"]["bot_id"].startswith("B")


def test_a_person_reads_entities_unescaped_and_mentions_by_name(client: WebClient, priya: Person) -> None:
    client.chat_postMessage(channel=priya.id, text=f"<@{priya.id}> &amp; &lt;you&gt;, *now*")
    assert priya.inbox()[-1].reading == f"@{priya.name} & <you>, now"


def test_ids_of_messages_follow_the_clock_and_never_repeat() -> None:
    clock = StillClock(new_year())
    with Playground(manifest(), clock=clock) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        client = WebClient(token=pg.bot_token, base_url=pg.api_url)
        first = client.chat_postMessage(channel="U1", text="a")["ts"]
        second = client.chat_postMessage(channel="U1", text="b")["ts"]
        clock.advance(timedelta(days=1))
        third = client.chat_postMessage(channel="U1", text="c")["ts"]
        assert float(first) < float(second) < float(third)
        assert float(third) - float(first) == 86_400
        assert person.inbox()[-1].posted_at == clock.now()


def test_blocks_come_back_with_ids_and_show_their_buttons(client: WebClient, priya: Person) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    answer = client.chat_postMessage(channel=priya.id, text="Join?", blocks=blocks)
    assert answer["message"]["blocks"][0]["block_id"]
    assert answer["message"]["blocks"][0]["elements"][0]["text"]["emoji"] is True
    assert priya.inbox()[-1].buttons == ["Join"]


def test_faulty_blocks_are_refused_with_the_path_of_the_fault(client: WebClient, priya: Person) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = refusal(client.chat_postMessage, channel=priya.id, text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0/text" in answer["response_metadata"]["messages"][0]
    assert priya.inbox() == []


def test_blocks_that_are_too_long_together_are_refused(client: WebClient, priya: Person) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5
    answer = refusal(client.chat_postMessage, channel=priya.id, text="x", blocks=blocks)
    assert answer["error"] == "msg_blocks_too_long"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "metadata": {"event_type": "letter"}}, "invalid_metadata_format"),
        ({"text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"text": "x", "channel": "C0NOWHERE"}, "channel_not_found"),
        ({"text": "x", "channel": ""}, "invalid_arguments"),
    ],
)
@pytest.mark.filterwarnings("ignore:The top-level `text` argument")
def test_a_message_slack_would_not_take_is_refused(
    client: WebClient, priya: Person, arguments: dict[str, Any], error: str
) -> None:
    assert refusal(client.chat_postMessage, **({"channel": priya.id} | arguments))["error"] == error
    assert priya.inbox() == []


def test_the_app_posts_only_where_it_is(client: WebClient, pg: Playground, priya: Person) -> None:
    public = pg.add_channel(f"lobby-{priya.id.lower()}", members=[priya.id])
    private = pg.add_channel(f"cellar-{priya.id.lower()}", members=[priya.id], private=True)
    assert refusal(client.chat_postMessage, channel=public, text="x")["error"] == "not_in_channel"
    assert refusal(client.chat_postMessage, channel=private, text="x")["error"] == "channel_not_found"
    client.conversations_join(channel=public)
    client.chat_postMessage(channel=public, text="Here now")
    assert [message.text for message in priya.messages(public)] == ["Here now"]


@pytest.mark.usefixtures("bot")
def test_nobody_writes_to_a_deactivated_person(client: WebClient, newcomer: Callable[..., Person]) -> None:
    gone = newcomer()
    room = client.chat_postMessage(channel=gone.id, text="Before")["channel"]
    gone.deactivate()
    assert refusal(client.chat_postMessage, channel=gone.id, text="After")["error"] == "channel_not_found"
    assert refusal(client.chat_postMessage, channel=room, text="After")["error"] == "channel_not_found"
    assert refusal(client.conversations_open, users=gone.id)["error"] == "user_disabled"


def test_metadata_can_be_read_back_from_the_direct_conversation(client: WebClient, priya: Person) -> None:
    metadata = {"event_type": "letter", "event_payload": {"id": "a1"}}
    room = client.chat_postMessage(channel=priya.id, text="Hi", metadata=metadata)["channel"]
    with_it = client.conversations_history(channel=room, include_all_metadata=True)["messages"][0]
    without = client.conversations_history(channel=room)["messages"][0]
    assert with_it["metadata"] == metadata
    assert "metadata" not in without


def test_an_update_changes_the_message_in_place(client: WebClient, priya: Person) -> None:
    sent = client.chat_postMessage(channel=priya.id, text="Did you meet?", blocks=[_actions()])
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="Noted.", blocks=[])
    (message,) = priya.inbox()
    assert (message.ts, message.reading, message.buttons, message.edited) == (sent["ts"], "Noted.", [], True)


def test_an_update_without_blocks_keeps_them(client: WebClient, priya: Person) -> None:
    sent = client.chat_postMessage(channel=priya.id, text="Did you meet?", blocks=[_actions()])
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="Well?")
    assert priya.inbox()[0].buttons == ["Join"]


def test_an_update_takes_less_text_than_a_message(client: WebClient, priya: Person) -> None:
    sent = client.chat_postMessage(channel=priya.id, text="x" * 5_000)
    answer = refusal(client.chat_update, channel=sent["channel"], ts=sent["ts"], text="x" * 4_001)
    assert answer["error"] == "msg_too_long"


def test_the_app_changes_and_takes_back_only_its_own(client: WebClient, priya: Person, room: str) -> None:
    priya.say(room, "Mine")
    ts = priya.messages(room)[0].ts
    assert refusal(client.chat_update, channel=room, ts=ts, text="x")["error"] == "cant_update_message"
    assert refusal(client.chat_delete, channel=room, ts=ts)["error"] == "cant_delete_message"
    assert refusal(client.chat_delete, channel=room, ts="1.000001")["error"] == "message_not_found"


def test_a_message_taken_back_is_gone(client: WebClient, priya: Person) -> None:
    sent = client.chat_postMessage(channel=priya.id, text="Oops")
    client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    assert priya.inbox() == []
    again = refusal(client.chat_delete, channel=sent["channel"], ts=sent["ts"])
    assert again["error"] == "message_not_found"


def test_only_the_person_meant_sees_an_ephemeral_message(
    client: WebClient, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, marcus, stranger = newcomer(), newcomer(), newcomer()
    room = pg.add_channel(f"two-{priya.id.lower()}", members=[priya.id, marcus.id, pg.bot_user_id])
    client.chat_postEphemeral(channel=room, user=priya.id, text="Psst")
    assert [message.text for message in priya.messages(room)] == ["Psst"]
    assert marcus.messages(room) == []
    answer = refusal(client.chat_postEphemeral, channel=room, user=stranger.id, text="Psst")
    assert answer["error"] == "user_not_in_channel"


def test_a_permalink_names_channel_and_message(client: WebClient, priya: Person) -> None:
    sent = client.chat_postMessage(channel=priya.id, text="Keep this")
    link = client.chat_getPermalink(channel=sent["channel"], message_ts=sent["ts"])["permalink"]
    assert link.endswith(f"/archives/{sent['channel']}/p{sent['ts'].replace('.', '')}")


def test_without_a_messages_tab_the_app_cannot_write_to_people() -> None:
    with Playground(manifest(messages_tab_enabled=False), clock=StillClock(new_year())) as pg:
        pg.add_person("U1", "Ada Byron", email="ada@example.com")
        client = WebClient(token=pg.bot_token, base_url=pg.api_url)
        assert refusal(client.chat_postMessage, channel="U1", text="x")["error"] == "messages_tab_disabled"


def test_a_missing_scope_is_named(poor: WebClient) -> None:
    answer = refusal(poor.chat_postMessage, channel="UPOOR", text="x")
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "chat:write",
        "commands",
    )


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")],
)
def test_a_wrong_token_is_refused(pg: Playground, token: str | None, error: str) -> None:
    client = WebClient(token=pg.app_token if token == "app" else token, base_url=pg.api_url)
    assert refusal(client.users_list)["error"] == error


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert refusal(client.api_call, api_method="mentor.fly")["error"] == "unknown_method"


@pytest.mark.parametrize("way", ["get", "form", "json", "multipart"])
def test_calls_come_as_get_form_json_or_multipart(pg: Playground, way: str) -> None:
    headers = {"Authorization": f"Bearer {pg.bot_token}"}
    url, body = f"{pg.api_url}api.test", None
    if way == "get":
        url += "?word=hi"
    elif way == "form":
        body = b"word=hi"
    elif way == "json":
        headers["Content-Type"], body = "application/json", b'{"word": "hi"}'
    else:
        headers["Content-Type"] = "multipart/form-data; boundary=cut"
        body = b'--cut\r\nContent-Disposition: form-data; name="word"\r\n\r\nhi\r\n--cut--\r\n'
    with urlopen(Request(url, body, headers)) as answer:  # noqa: S310 - loopback
        assert b'"word": "hi"' in answer.read()


def test_every_call_is_written_down_and_refusals_apart(
    pg: Playground, client: WebClient, priya: Person
) -> None:
    client.chat_postMessage(channel=priya.id, text="One", blocks=[_actions()])
    refusal(client.chat_postMessage, channel="C0NOWHERE", text="Two")
    good, bad = pg.calls[-2:]
    assert (good.method, good.ok, good.at) == ("chat.postMessage", True, pg.clock.now())
    assert good.arguments["blocks"][0]["type"] == "actions"
    assert "token" not in good.arguments
    assert (bad.ok, bad.error) == (False, "channel_not_found")
    assert pg.refused[-1] == bad
    assert good not in pg.refused
    assert pg.posts[-1].text == "One"


def _actions() -> dict[str, Any]:
    return {"type": "actions", "elements": [BUTTON]}
