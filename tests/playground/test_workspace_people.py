"""What the app can learn of people, groups and the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from playground import Person, Playground


def error_of(call: Callable[..., object], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_a_person_is_told_of_with_zone_locale_and_roles(
    client: WebClient, newcomer: Callable[..., Person]
) -> None:
    person = newcomer(
        "Leila Petrov", tz="Europe/Sofia", locale="bg-BG", email="leila@example.com", is_admin=True
    )
    user = client.users_info(user=person.id, include_locale=True)["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Europe/Sofia", 7_200, "bg-BG")
    assert (user["real_name"], user["profile"]["email"]) == ("Leila Petrov", "leila@example.com")
    assert (user["is_admin"], user["is_owner"], user["is_restricted"], user["deleted"]) == (
        True,
        False,
        False,
        False,
    )
    assert "locale" not in client.users_info(user=person.id)["user"]


@pytest.mark.usefixtures("bot")
def test_a_deactivated_person_is_still_known_but_has_no_address_to_find(
    client: WebClient, newcomer: Callable[..., Person]
) -> None:
    person = newcomer(email="gone@example.com")
    assert client.users_lookupByEmail(email="GONE@example.com")["user"]["id"] == person.id
    person.deactivate()
    assert client.users_info(user=person.id)["user"]["deleted"] is True
    assert error_of(client.users_lookupByEmail, email="gone@example.com") == "users_not_found"


def test_an_unknown_person_is_refused(client: WebClient) -> None:
    assert error_of(client.users_info, user="UNOBODY") == "user_not_found"


def test_a_person_of_another_workspace_is_a_stranger(
    client: WebClient, newcomer: Callable[..., Person]
) -> None:
    assert client.users_info(user=newcomer(is_stranger=True).id)["user"]["is_stranger"] is True


def test_everybody_is_listed_in_pages(
    client: WebClient, newcomer: Callable[..., Person], pg: Playground
) -> None:
    some = {newcomer().id for _ in range(5)}
    pages = [[user["id"] for user in page["members"]] for page in client.users_list(limit=3)]
    seen = [user for page in pages for user in page]
    assert max(len(page) for page in pages) == 3
    assert some <= set(seen)
    assert pg.bot_user_id in seen
    assert len(seen) == len(set(seen)) == len(pg.people) + 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"cursor": "???"}, "invalid_cursor"),
        ({"limit": "many"}, "invalid_limit"),
        ({"limit": 1001}, "invalid_limit"),
    ],
)
def test_a_page_that_does_not_exist_is_refused(
    client: WebClient, arguments: dict[str, Any], error: str
) -> None:
    assert error_of(client.users_list, **arguments) == error


@pytest.mark.usefixtures("bot")
def test_groups_of_people_are_listed_with_who_is_in_them(
    client: WebClient, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, gone = newcomer(), newcomer()
    group = pg.add_usergroup(f"partners-{priya.id}", "Partners", [priya.id, gone.id])
    gone.deactivate()
    (listed,) = [
        one for one in client.usergroups_list(include_users=True)["usergroups"] if one["id"] == group
    ]
    assert (listed["name"], listed["users"]) == ("Partners", [priya.id, gone.id])
    assert client.usergroups_users_list(usergroup=group)["users"] == [priya.id]
    assert error_of(client.usergroups_users_list, usergroup="SNONE") == "no_such_subteam"


def test_who_takes_no_notifications_says_until_when(client: WebClient, priya: Person, pg: Playground) -> None:
    assert client.dnd_info(user=priya.id)["snooze_enabled"] is False
    later = int(pg.clock.now().timestamp()) + 600
    priya.snooze(later)
    answer = client.dnd_info(user=priya.id)
    assert (answer["snooze_enabled"], answer["next_dnd_end_ts"]) == (True, later)


def test_the_workspace_and_the_app_have_names(client: WebClient, pg: Playground) -> None:
    assert client.team_info()["team"]["name"] == "Harbor Law"
    me = client.auth_test()
    assert (me["team_id"], me["user_id"], me["is_enterprise_install"]) == (pg.team_id, pg.bot_user_id, False)
    assert "chat:write" in me.headers["x-oauth-scopes"]
    assert error_of(client.team_info, team="TOTHER") == "team_not_found"


@pytest.mark.parametrize(
    ("method", "arguments", "needed"),
    [
        ("users.info", {"user": "UPOOR"}, "users:read"),
        ("users.list", {}, "users:read"),
        ("users.lookupByEmail", {"email": "pat@example.com"}, "users:read.email"),
        ("usergroups.list", {}, "usergroups:read"),
        ("team.info", {}, "team:read"),
        ("dnd.info", {"user": "UPOOR"}, "dnd:read"),
        ("conversations.open", {"users": "UPOOR"}, "im:write"),
        ("conversations.history", {"channel": "D1"}, "im:history"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 1}, "files:write"),
    ],
)
def test_each_method_needs_its_scope(
    poor: WebClient, method: str, arguments: dict[str, Any], needed: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        poor.api_call(method, params=arguments)
    assert caught.value.response["error"] == "missing_scope"
    assert needed in caught.value.response["needed"].split(",")
