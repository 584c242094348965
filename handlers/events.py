"""What Slack tells us of people: who came, who changed, who left."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from handlers.endings import leave
from mentoring.pairs import Ending, PairState
from storage.installations import forget_tokens
from storage.own_days import save_do_not_disturb
from storage.pairs import departed_members, pair, pairs_of_person, wake_pair
from storage.people import SlackProfile, Workspace, person_by_slack_id, save_profiles, stop_workspace

FALLBACK_ZONE = "UTC"


def person_changed(session: Session, workspace: Workspace, event: Mapping[str, Any], now: datetime) -> None:
    """`team_join` and `user_change`: keep what Slack says; the pairs of somebody who left are closed."""
    profile = slack_profile(event["user"])
    save_profiles(session, workspace.id, [profile], now)
    person = person_by_slack_id(session, workspace.id, profile.slack_id)
    if person is None:
        return
    for each in pairs_of_person(session, workspace.id, person.id):
        if not person.active:
            leave(session, each, Ending.LEFT, now, by=person.id)
        elif each.state is PairState.ANNOUNCED:
            wake_pair(session, each.id, now)


def close_departed(session: Session, workspace: Workspace, now: datetime) -> None:
    """Close the pairs of people who left while nobody listened; the day's list of people tells."""
    for pair_id, person_id in departed_members(session, workspace.id):
        about = pair(session, workspace.id, pair_id)
        # Two of a pair may have left: the first of them has closed it.
        if about.state is not PairState.ENDED and about.has(person_id):
            leave(session, about, Ending.LEFT, now, by=person_id)


def dnd_changed(session: Session, workspace: Workspace, event: Mapping[str, Any], now: datetime) -> None:
    """`dnd_updated_user`: nothing is said to somebody who lets nothing through, until then.

    Slack sends it whenever somebody snoozes or changes their hours; a repeated rule is not told, only its
    next stretch, which lies outside working hours anyway.
    """
    person = person_by_slack_id(session, workspace.id, str(event["user"]))
    if person is None:
        return
    status = event["dnd_status"]
    begins, ends = (
        datetime.fromtimestamp(int(status.get(each) or 0), tz=UTC)
        for each in ("next_dnd_start_ts", "next_dnd_end_ts")
    )
    holds = bool(status.get("dnd_enabled")) and now < ends and begins < ends
    save_do_not_disturb(session, person.id, *((begins, ends) if holds else (None, None)))


def app_gone(session: Session, workspace: Workspace, event: Mapping[str, Any], now: datetime) -> None:
    """`app_uninstalled` and `tokens_revoked`: nothing is sent to this workspace any more.

    Slack tries for five minutes to tell us; who installs the app again meanwhile keeps it.
    A token that only speaks for somebody is none of ours; the bot's own says that the app was removed.
    """
    if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return
    told = event.get("event_time")
    happened_at = datetime.fromtimestamp(told, UTC) if isinstance(told, int) else now
    if stop_workspace(session, workspace.id, happened_at, now):
        forget_tokens(session, workspace.team_id)


def slack_profile(user: Mapping[str, Any]) -> SlackProfile:
    """Read a user object as users.info, users.list and user_change give it."""
    profile = user.get("profile")
    profile = profile if isinstance(profile, dict) else {}
    guest = any(user.get(each) for each in ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot"))
    names = (user.get("real_name"), profile.get("real_name"), user.get("name"))
    name = next((_word(each) for each in names if _word(each)), user["id"])
    return SlackProfile(
        slack_id=user["id"],
        name=name,
        email=_word(profile.get("email")) or None,
        time_zone=_known_zone(user.get("tz")),
        locale=_word(user.get("locale")) or "en-US",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        active=not user.get("deleted", False),
        member=not guest and user["id"] != "USLACKBOT",
    )


def _known_zone(name: object) -> str:
    """A zone this machine knows: with any other, every word to this person would fail."""
    return name if isinstance(name, str) and name in _zones() else FALLBACK_ZONE


@cache
def _zones() -> frozenset[str]:
    """Every zone there is here; finding out reads folders, and a firm has thousands of people."""
    return frozenset(available_timezones())


def _word(value: object) -> str:
    """Text where Slack promises text; PostgreSQL keeps none with a null character in it."""
    return value.replace("\x00", "") if isinstance(value, str) else ""
