"""Why each scope of manifest.yml is asked for, and which scope allows each Web API method we call.

Source of the scopes of methods and events: docs.slack.dev, reference of methods, events and scopes, read
2026-08. A test holds these tables against the manifest, against the code, and against Slack's own data.
"""

from dataclasses import dataclass

REASONS: dict[str, str] = {
    "chat:write": "Sends every letter: direct messages, the pair's introduction and reminders.",
    "chat:write.public": "Announces enrollment in a public channel without having to be a member of it.",
    "commands": "Answers the slash command /mentoring.",
    "dnd:read": "Hears when somebody snoozes notifications, so that nothing is said until they are back.",
    "files:write": "Sends files in the app's own messages: calendar entries, certificates, reports, exports,"
    " the copy of one's own data.",
    "im:history": "After a crash, looks in the app's own direct messages whether a letter has arrived"
    " already, so that nobody hears it twice. It opens no other conversation.",
    "im:write": "Opens the app's own direct message with a person, to put a file there (see files:write)"
    " or to look there (see im:history).",
    "mpim:write": "Opens the group message in which a new pair is introduced. The app cannot read it.",
    "users:read": "Names, time zones and languages, and who is a guest or has left.",
}
"""Each scope and what for, in words for whoever has to approve the app."""


OPTIONAL: dict[str, str] = {
    "files:read": "Reads a roster that a coordinator drops into the form of /mentoring import, and no other"
    " file. Optional: without it a roster is imported by the command line.",
    "usergroups:read": "Looks up who is in a user group when a coordinator invites one. Optional: whoever"
    " installs the app may leave it out.",
}
"""Scopes that Slack lets whoever installs the app leave out (`bot_optional` in the manifest)."""


@dataclass(frozen=True, slots=True)
class Method:
    """A Web API method we call.

    Args:
        scopes: Scopes of which one is needed; empty where Slack asks for none.
        ours: Those of them that we have, for what we call it for.
    """

    scopes: frozenset[str]
    ours: frozenset[str]


def _needs(*scopes: str, ours: tuple[str, ...] | None = None) -> Method:
    return Method(frozenset(scopes), frozenset(scopes if ours is None else ours))


METHODS: dict[str, Method] = {
    "apps.connections.open": _needs(),
    "auth.teams.list": _needs(),
    "auth.test": _needs(),
    "chat.postMessage": _needs("chat:write"),
    "chat.update": _needs("chat:write"),
    "conversations.history": _needs(
        "channels:history", "groups:history", "im:history", "mpim:history", ours=("im:history",)
    ),
    "conversations.open": _needs(
        "channels:manage", "groups:write", "im:write", "mpim:write", ours=("im:write", "mpim:write")
    ),
    "files.completeUploadExternal": _needs("files:write"),
    "files.info": _needs("files:read"),
    "files.getUploadURLExternal": _needs("files:write"),
    "oauth.v2.access": _needs(),
    "usergroups.users.list": _needs("usergroups:read"),
    "users.info": _needs("users:read"),
    "users.list": _needs("users:read"),
    "views.open": _needs(),
    "views.publish": _needs(),
    "views.update": _needs(),
}
"""Every Web API method that the code calls."""

WIDENS: dict[str, str] = {"chat:write.public": "chat.postMessage"}
"""Scopes that let a method do more than its own scope does, by the method: posting where the app is no member
(docs.slack.dev, reference of scopes)."""

EVENTS: dict[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_uninstalled": frozenset(),
    "dnd_updated_user": frozenset({"dnd:read"}),
    "team_join": frozenset({"users:read"}),
    "tokens_revoked": frozenset(),
    "user_change": frozenset({"users:read"}),
}
"""Every event we subscribe to and the scopes of which one is needed."""
