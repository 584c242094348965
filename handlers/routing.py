"""The whole routing table: which payload leads to which conversation."""

from slack_bolt import App

from handlers import (
    agreement,
    care,
    commands,
    coordinate,
    events,
    home,
    join,
    matching,
    meetings,
    recruit,
    surveys,
    terms,
)
from handlers.door import Door
from handlers.visit import Clock, Conversation, EventConversation
from storage.database import Database

COMMAND = "/mentoring"

ACTIONS: dict[str, Conversation] = {
    "join.open": join.open_form,
    "join.back": join.back,
    "join.keep": join.keep,
    "join.offers": join.keep,
    "join.wants": join.keep,
    "join.not_now": join.not_now,
    "join.leave": join.leave,
    "nominate.open": recruit.open_nomination,
    "staff.claim": coordinate.claim,
    "program.new": coordinate.new_program,
    "program.open": coordinate.open_program,
    "match.want": coordinate.want_matches,
    "match.review": matching.review,
    "match.earlier": matching.review,
    "match.later": matching.review,
    "agreement.open": agreement.open_form,
    "agreement.reopen": agreement.open_form,
    "agreement.accept": agreement.accept_terms,
    "meeting.book": meetings.book,
    "meeting.moved": meetings.open_move,
    "meeting.skip": meetings.skip_one,
    "meeting.met": meetings.met,
    "meeting.not_yet": meetings.not_yet,
    "meeting.could_not": meetings.could_not,
    "pair.fine": care.fine,
    "pair.help": care.ask_for_help,
    "pause.open": care.open_pause,
    "pause.resume": care.resume,
    "survey.open": surveys.open_survey,
    "survey_branch": surveys.branch,
}
"""Buttons, menus and pickers, by action_id."""

FORMS: dict[str, Conversation] = {
    "join.first": join.send_time,
    "join.second": join.send_skills,
    "join.submit": join.submit,
    "nominate.submit": recruit.nominate,
    "program.submit": coordinate.submit_program,
    "match.approve": matching.approve,
    "agreement.submit": agreement.submit,
    "meeting.book_submit": meetings.book_submit,
    "meeting.moved_submit": meetings.move_submit,
    "pause.submit": care.submit_pause,
    "survey_answer": surveys.submit,
}
"""Forms sent, by callback_id."""

CLOSED: dict[str, tuple[str, Conversation]] = {
    "join.first": ("join.closed", join.closed),
    "join.second": ("join.closed", join.closed),
    "join.submit": ("join.closed", join.closed),
}
"""Forms closed without sending, by callback_id: the act it is, and who hears of it."""

OPTIONS: dict[str, Conversation] = {
    "join.offers": terms.suggest,
    "join.wants": terms.suggest,
}
"""Selects that ask us what to offer, by action_id."""

EVENTS: dict[str, EventConversation] = {
    "team_join": events.person_changed,
    "user_change": events.person_changed,
    "app_uninstalled": events.app_gone,
    "tokens_revoked": events.app_gone,
}
"""What Slack tells us by itself; `app_home_opened` is answered with the Home tab."""


def register(app: App, database: Database, clock: Clock) -> Door:
    """Connect every payload to its conversation."""
    door = Door(database, clock, home.home)
    app.command(COMMAND)(door.command(commands.command))
    for name, conversation in ACTIONS.items():
        app.action(name)(door.action(name, conversation))
    for name, conversation in FORMS.items():
        app.view(name)(door.form(name, conversation))
    for name, (act, conversation) in CLOSED.items():
        app.view_closed(name)(door.closed(act, conversation))
    for name, conversation in OPTIONS.items():
        app.options(name)(door.options(name, conversation))
    for name, event_conversation in EVENTS.items():
        app.event(name)(door.event(event_conversation))
    app.event("app_home_opened")(door.home())
    return door
