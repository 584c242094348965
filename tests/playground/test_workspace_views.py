"""Opening, changing and publishing views, as Slack takes and refuses it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from playground import CannotDo, Playground, StillClock
from tests.playground.conftest import Bot, manifest, new_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground import Person

MODAL: dict[str, Any] = {"type": "modal", "title": {"type": "plain_text", "text": "Lantern"}, "blocks": []}
HOME: dict[str, Any] = {
    "type": "home",
    "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Welcome*"}},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "edit",
                    "text": {"type": "plain_text", "text": "Edit"},
                    "value": "1",
                }
            ],
        },
    ],
}


def refusal(call: Callable[..., object], **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    answer: dict[str, Any] = caught.value.response.data
    return answer


def error_of(call: Callable[..., object], **arguments: Any) -> str:
    return str(refusal(call, **arguments)["error"])


def trigger(bot: Bot, person: Person) -> str:
    bot.on("/lantern", lambda _: None)
    person.command("/lantern")
    return str(bot.heard["/lantern"][-1]["trigger_id"])


def test_a_trigger_opens_one_view(bot: Bot, client: WebClient, priya: Person) -> None:
    trigger_id = trigger(bot, priya)
    view = client.views_open(trigger_id=trigger_id, view=MODAL)["view"]
    assert priya.view is not None
    assert (priya.view.id, priya.view.hash) == (view["id"], view["hash"])
    assert error_of(client.views_open, trigger_id=trigger_id, view=MODAL) == "exchanged_trigger_id"
    assert error_of(client.views_open, trigger_id="1.2.3", view=MODAL) == "invalid_trigger_id"


def test_a_trigger_does_not_last() -> None:
    with Playground(manifest(), clock=StillClock(new_year()), patience=0.0) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        client = WebClient(token=pg.bot_token, base_url=pg.api_url)
        trigger_id = pg.world.new_trigger(person.id)
        assert error_of(client.views_open, trigger_id=trigger_id, view=MODAL) == "expired_trigger_id"


def test_a_faulty_view_is_refused_with_the_path_and_opens_nothing(
    bot: Bot, client: WebClient, priya: Person
) -> None:
    view = MODAL | {"title": {"type": "plain_text", "text": "x" * 25}}
    answer = refusal(client.views_open, trigger_id=trigger(bot, priya), view=view)
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title" in answer["response_metadata"]["messages"][0]
    assert priya.view is None


def test_a_view_can_be_too_large(bot: Bot, client: WebClient, priya: Person) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "é" * 2_900}}
    view = MODAL | {"blocks": [section] * 60}
    assert error_of(client.views_open, trigger_id=trigger(bot, priya), view=view) == "view_too_large"


def test_a_home_view_is_no_modal(bot: Bot, client: WebClient, priya: Person) -> None:
    assert error_of(client.views_open, trigger_id=trigger(bot, priya), view=HOME) == "invalid_arguments"
    assert error_of(client.views_publish, user_id=priya.id, view=MODAL) == "invalid_arguments"


def test_an_external_id_belongs_to_one_view(
    bot: Bot, client: WebClient, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    view = MODAL | {"external_id": f"form of {priya.id}"}
    client.views_open(trigger_id=trigger(bot, priya), view=view)
    answer = error_of(client.views_open, trigger_id=trigger(bot, marcus), view=view)
    assert answer == "duplicate_external_id"
    client.views_update(external_id=view["external_id"], view=view)


def test_an_update_with_an_old_hash_is_a_conflict(bot: Bot, client: WebClient, priya: Person) -> None:
    view = client.views_open(trigger_id=trigger(bot, priya), view=MODAL)["view"]
    changed = client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)["view"]
    assert changed["hash"] != view["hash"]
    assert error_of(client.views_update, view_id=view["id"], hash=view["hash"], view=MODAL) == "hash_conflict"
    assert error_of(client.views_update, view_id="VNOWHERE", view=MODAL) == "not_found"


def test_a_closed_view_cannot_be_updated(bot: Bot, client: WebClient, priya: Person) -> None:
    view = client.views_open(trigger_id=trigger(bot, priya), view=MODAL)["view"]
    priya.close()
    assert error_of(client.views_update, view_id=view["id"], view=MODAL) == "not_found"


def test_a_view_is_pushed_only_from_a_view(bot: Bot, client: WebClient, priya: Person) -> None:
    client.views_open(trigger_id=trigger(bot, priya), view=MODAL)
    assert error_of(client.views_push, trigger_id=trigger(bot, priya), view=MODAL) == "not_found"


def test_three_views_lie_on_each_other_and_no_more(bot: Bot, client: WebClient, priya: Person) -> None:
    button = {"type": "button", "action_id": "deeper", "text": {"type": "plain_text", "text": "Deeper"}}
    deep = MODAL | {"blocks": [{"type": "actions", "elements": [button]}]}
    refused = []

    def push(body: dict[str, Any]) -> None:
        try:
            client.views_push(trigger_id=body["trigger_id"], view=deep)
        except SlackApiError as error:
            refused.append(error.response["error"])

    bot.on("deeper", push)
    client.views_open(trigger_id=trigger(bot, priya), view=deep)
    for _ in range(3):
        priya.press("Deeper")
    assert len(priya.stack) == 3
    assert refused == ["push_limit_reached"]
    assert priya.stack[2].previous_id == priya.stack[1].id
    assert {view.root_id for view in priya.stack} == {priya.stack[0].id}


def test_an_update_keeps_what_was_filled_in_but_not_what_is_no_longer_offered(
    bot: Bot, client: WebClient, priya: Person
) -> None:
    def form(*values: str) -> dict[str, Any]:
        options = [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]
        select = {"type": "static_select", "action_id": "a", "options": options}
        label = {"type": "plain_text", "text": "Day"}
        block = {"type": "input", "block_id": "day", "label": label, "element": select}
        return MODAL | {"submit": {"type": "plain_text", "text": "Send"}, "blocks": [block]}

    view = client.views_open(trigger_id=trigger(bot, priya), view=form("mon", "tue"))["view"]
    priya.fill("Day", "tue")
    client.views_update(view_id=view["id"], view=form("tue", "wed"))
    assert priya.view is not None
    assert priya.view.state["day"]["a"]["selected_option"]["value"] == "tue"
    client.views_update(view_id=view["id"], view=form("wed", "thu"))
    assert priya.view.state["day"]["a"]["selected_option"] is None


def test_home_is_empty_until_published_and_then_shows_and_clicks(
    bot: Bot, client: WebClient, priya: Person
) -> None:
    with pytest.raises(CannotDo, match="empty"):
        priya.click_home("Edit")
    bot.on("app_home_opened", lambda _: (client.views_publish(user_id=priya.id, view=HOME), None)[1])
    assert priya.open_home().acked
    assert priya.home is not None
    assert (priya.home.reading, priya.home.buttons) == ("Welcome\n[Edit]", ["Edit"])
    assert "view" not in bot.heard["app_home_opened"][-1]["event"]
    assert priya.click_home("Edit").acked
    assert bot.heard["edit"][-1]["view"]["type"] == "home"
    priya.open_home()
    assert bot.heard["app_home_opened"][-1]["event"]["view"]["id"] == priya.home.id
    bot.on("app_home_opened", lambda _: None)


def test_publishing_over_a_newer_home_is_a_conflict(client: WebClient, priya: Person) -> None:
    old = client.views_publish(user_id=priya.id, view=HOME)["view"]
    client.views_publish(user_id=priya.id, view=HOME)
    assert error_of(client.views_publish, user_id=priya.id, view=HOME, hash=old["hash"]) == "hash_conflict"
    assert error_of(client.views_publish, user_id="UNOBODY", view=HOME) == "invalid_arguments"


def test_without_a_home_tab_nothing_is_published() -> None:
    with Playground(manifest(home_tab_enabled=False), clock=StillClock(new_year())) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        client = WebClient(token=pg.bot_token, base_url=pg.api_url)
        assert error_of(client.views_publish, user_id="U1", view=HOME) == "not_enabled"
        with pytest.raises(CannotDo, match="no Home tab"):
            person.open_home()


# Response addresses


def hook(bot: Bot, person: Person) -> WebhookClient:
    trigger(bot, person)
    return WebhookClient(bot.heard["/lantern"][-1]["response_url"])


def test_a_response_address_answers_five_times(bot: Bot, priya: Person) -> None:
    address = hook(bot, priya)
    assert [address.send(text=f"{n}").status_code for n in range(6)] == [200] * 5 + [404]
    assert "used_url" in address.send(text="x").body
    assert [message.text for message in priya.inbox()] == ["0", "1", "2", "3", "4"]


def test_a_response_address_ends_after_half_an_hour() -> None:
    clock = StillClock(new_year())
    with Playground(manifest(), clock=clock) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        address = WebhookClient(pg.world.new_hook(person.id, pg.world.direct("U1").id))
        clock.advance(timedelta(minutes=31))
        assert "expired_url" in address.send(text="x").body
        assert "invalid_url" in WebhookClient(address.url + "x").send(text="x").body


def test_a_response_can_take_the_original_back(bot: Bot, client: WebClient, priya: Person) -> None:
    client.chat_postMessage(channel=priya.id, text="Edit?", blocks=HOME["blocks"])
    priya.click(priya.inbox()[0], "Edit")
    address = WebhookClient(bot.heard["edit"][-1]["response_url"])
    assert "no_text" in address.send(text="").body
    assert address.send(delete_original=True).status_code == 200
    assert priya.inbox() == []
    assert "message_not_found" in address.send(replace_original=True, text="x").body


def test_a_response_in_channel_is_for_everybody(
    bot: Bot, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    room = pg.add_channel(f"porch-{priya.id.lower()}", members=[priya.id, marcus.id])
    bot.on("/lantern", lambda _: None)
    priya.command("/lantern", channel=room)
    address = WebhookClient(bot.heard["/lantern"][-1]["response_url"])
    address.send(text="Secret")
    address.send(text="News", response_type="in_channel")
    assert [message.text for message in marcus.messages(room)] == ["News"]
    assert [message.text for message in priya.messages(room)] == ["Secret", "News"]
