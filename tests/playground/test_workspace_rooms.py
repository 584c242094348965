"""Conversations: who can open, see, join and fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import CannotDo, Playground, StillClock
from tests.playground.conftest import manifest, new_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground import Person
    from tests.playground.conftest import Bot


def error_of(call: Callable[..., object], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_the_same_people_always_share_the_same_group(
    client: WebClient, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    first = client.conversations_open(users=[priya.id, marcus.id])
    again = client.conversations_open(users=[marcus.id, priya.id])
    assert first["channel"]["id"] == again["channel"]["id"]
    assert "already_open" not in first.data
    assert again["already_open"] is True
    assert [room.id for room in priya.group_dms()] == [first["channel"]["id"]]
    client.chat_postMessage(channel=first["channel"]["id"], text="Meet each other")
    assert [message.text for message in marcus.messages(first["channel"]["id"])] == ["Meet each other"]


def test_a_room_keeps_its_id_after_a_restart() -> None:
    rooms = []
    for _ in range(2):
        with Playground(manifest(), clock=StillClock(new_year())) as pg:
            client = WebClient(token=pg.bot_token, base_url=pg.api_url)
            for user in ("U1", "U2"):
                pg.add_person(user, f"Person {user}", email=f"{user}@example.com")
            group = client.conversations_open(users="U1,U2")["channel"]["id"]
            rooms.append(
                (pg.add_channel("general"), group, client.conversations_open(users="U1")["channel"]["id"])
            )
    assert rooms[0] == rooms[1]


@pytest.mark.parametrize(("count", "error"), [(0, "invalid_arguments"), (9, "too_many_users")])
def test_a_group_has_one_to_eight_people(
    client: WebClient, newcomer: Callable[..., Person], count: int, error: str
) -> None:
    assert error_of(client.conversations_open, users=[newcomer().id for _ in range(count)]) == error


def test_nobody_opens_a_room_with_a_stranger_to_the_workspace(client: WebClient, pg: Playground) -> None:
    assert error_of(client.conversations_open, users="UNOBODY") == "user_not_found"
    assert error_of(client.conversations_open, users=pg.bot_user_id) == "invalid_user_combination"


def test_a_group_needs_its_own_scope() -> None:
    with Playground(manifest(without=("mpim:write",)), clock=StillClock(new_year())) as pg:
        client = WebClient(token=pg.bot_token, base_url=pg.api_url)
        for user in ("U1", "U2"):
            pg.add_person(user, f"Person {user}", email=f"{user}@example.com")
        assert client.conversations_open(users="U1")["ok"]
        assert error_of(client.conversations_open, users="U1,U2") == "missing_scope"


def test_history_comes_newest_first_between_two_moments(client: WebClient, priya: Person) -> None:
    sent = [client.chat_postMessage(channel=priya.id, text=f"{n}") for n in range(5)]
    room, stamps = sent[0]["channel"], [answer["ts"] for answer in sent]
    found = client.conversations_history(channel=room, oldest=stamps[0], latest=stamps[4])
    assert [message["text"] for message in found["messages"]] == ["3", "2", "1"]
    edges = client.conversations_history(channel=room, oldest=stamps[0], latest=stamps[4], inclusive=True)
    assert len(edges["messages"]) == 5
    first = client.conversations_history(channel=room, limit=2)
    assert [message["text"] for message in first["messages"]] == ["4", "3"]
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_history(channel=room, limit=3, cursor=cursor)
    assert [message["text"] for message in rest["messages"]] == ["2", "1", "0"]
    assert rest["has_more"] is False


def test_history_is_kept_from_an_app_without_the_right_to_read(client: WebClient, room: str) -> None:
    assert error_of(client.conversations_history, channel=room) == "missing_scope"
    assert error_of(client.conversations_history, channel="D0NOWHERE") == "channel_not_found"


def test_a_channel_has_a_proper_name_of_its_own(client: WebClient, priya: Person) -> None:
    name = f"team-{priya.id.lower()}"
    made = client.conversations_create(name=name, is_private=True)["channel"]
    assert (made["name"], made["is_private"], made["is_member"]) == (name, True, True)
    assert error_of(client.conversations_create, name=name) == "name_taken"
    assert error_of(client.conversations_create, name="Has Spaces") == "invalid_name_specials"
    assert error_of(client.conversations_create, name="x" * 81) == "invalid_name_maxlength"
    assert error_of(client.conversations_create, name="--") == "invalid_name_punctuation"


@pytest.mark.usefixtures("bot")
def test_the_app_invites_into_rooms_it_is_in(
    client: WebClient, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    ours = client.conversations_create(name=f"ours-{priya.id.lower()}")["channel"]["id"]
    theirs = pg.add_channel(f"theirs-{priya.id.lower()}", members=[marcus.id])
    client.conversations_invite(channel=ours, users=[priya.id])
    assert ours in [room.id for room in priya.channels()]
    assert error_of(client.conversations_invite, channel=ours, users=[priya.id]) == "already_in_channel"
    assert error_of(client.conversations_invite, channel=theirs, users=[priya.id]) == "not_in_channel"
    assert error_of(client.conversations_invite, channel=ours, users=["UNOBODY"]) == "user_not_found"
    members = client.conversations_members(channel=ours)["members"]
    assert members == [pg.bot_user_id, priya.id]
    assert client.conversations_info(channel=ours, include_num_members=True)["channel"]["num_members"] == 2


def test_the_app_joins_public_channels_only(client: WebClient, pg: Playground, priya: Person) -> None:
    public = pg.add_channel(f"open-{priya.id.lower()}", members=[priya.id])
    private = pg.add_channel(f"shut-{priya.id.lower()}", members=[priya.id], private=True)
    assert client.conversations_join(channel=public)["channel"]["is_member"] is True
    assert client.conversations_join(channel=public)["warning"] == "already_in_channel"
    assert error_of(client.conversations_join, channel=private) == "channel_not_found"


def test_conversations_are_listed_by_kind_as_far_as_the_app_sees_them(
    client: WebClient, pg: Playground, priya: Person
) -> None:
    shared = pg.add_channel(f"shared-{priya.id.lower()}", members=[priya.id, pg.bot_user_id], private=True)
    hidden = pg.add_channel(f"hidden-{priya.id.lower()}", members=[priya.id], private=True)
    public = pg.add_channel(f"public-{priya.id.lower()}", members=[priya.id])
    both = client.users_conversations(user=priya.id, types="public_channel,private_channel")["channels"]
    assert {room["id"] for room in both} == {shared, public}
    own = {room["id"] for room in client.users_conversations(types="private_channel", limit=1000)["channels"]}
    assert shared in own
    assert hidden not in own
    every = client.conversations_list(types="public_channel,private_channel", limit=1000)["channels"]
    assert {shared, public} <= {room["id"] for room in every}
    assert error_of(client.conversations_list, types="secret") == "invalid_types"


def test_a_person_joins_and_leaves_and_the_app_hears_of_it(
    bot: Bot, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    room = pg.add_channel(f"garden-{priya.id.lower()}", members=[priya.id, pg.bot_user_id])
    assert marcus.join(room).acked
    joined = bot.heard["member_joined_channel"][-1]["event"]
    assert (joined["user"], joined["channel"], joined["channel_type"]) == (marcus.id, room, "C")
    assert marcus.leave(room).acked
    assert bot.heard["member_left_channel"][-1]["event"]["user"] == marcus.id
    with pytest.raises(CannotDo):
        marcus.leave(room)
    with pytest.raises(CannotDo):
        priya.join(room)


def test_the_app_hears_nothing_of_rooms_it_is_not_in(
    bot: Bot, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    room = pg.add_channel(f"shed-{priya.id.lower()}", members=[priya.id])
    before = len(bot.heard["member_joined_channel"])
    marcus.join(room)
    assert len(bot.heard["member_joined_channel"]) == before
    priya.invite(room, pg.bot_user_id)
    assert bot.heard["member_joined_channel"][-1]["event"]["user"] == pg.bot_user_id
    assert bot.heard["member_joined_channel"][-1]["event"]["inviter"] == priya.id


def test_a_private_room_is_closed_to_others(pg: Playground, newcomer: Callable[..., Person]) -> None:
    priya, marcus = newcomer(), newcomer()
    room = pg.add_channel(f"vault-{priya.id.lower()}", members=[priya.id], private=True)
    for act in (lambda: marcus.join(room), lambda: marcus.messages(room), lambda: marcus.say(room, "Hi")):
        with pytest.raises(CannotDo):
            act()


def test_people_and_channels_are_there_once(pg: Playground, priya: Person) -> None:
    name = f"once-{priya.id.lower()}"
    pg.add_channel(name)
    with pytest.raises(ValueError, match="already"):
        pg.add_channel(name)
    with pytest.raises(ValueError, match="already"):
        pg.add_person(priya.id, "Somebody Else", email="else@example.com")
    with pytest.raises(ZoneInfoNotFoundError):
        priya.change(tz="Middle/Earth")
    assert priya.tz == "America/New_York"
