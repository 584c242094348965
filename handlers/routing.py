"""The whole routing table: which payload leads to which conversation."""

from slack_bolt import App

from handlers import (
    agreement,
    applications,
    asked,
    briefing,
    broadcasts,
    care,
    commands,
    coordinate,
    debrief,
    endings,
    events,
    home,
    improvement,
    invite,
    join,
    lessons,
    match_check,
    match_rules,
    match_settings,
    matching,
    meetings,
    pair_commands,
    phases,
    portfolio,
    recruit,
    reports,
    self_description,
    stories,
    survey_attention,
    survey_desk,
    survey_editing,
    surveys,
    tasks,
    terms,
    updates,
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
    "apply.queue": applications.queue,
    "apply.earlier": applications.queue,
    "apply.later": applications.queue,
    "apply.decide": applications.decide,
    "apply.accept_all": applications.accept_all,
    "self.open": self_description.open_form,
    "self.delete": self_description.delete,
    "nominate.open": recruit.open_nomination,
    "staff.claim": coordinate.claim,
    "program.new": coordinate.new_program,
    "program.open": coordinate.open_program,
    "match.want": coordinate.want_matches,
    "match.review": matching.review,
    "match.earlier": matching.review,
    "match.later": matching.review,
    "match.decide": matching.decide,
    "match.again": matching.run_again,
    "match.settings": match_settings.open_settings,
    "match.rules": match_rules.open_rules,
    "match.walls": match_rules.list_walls,
    "match.walls_earlier": match_rules.list_walls,
    "match.walls_later": match_rules.list_walls,
    "match.wall_open": match_rules.open_wall,
    "match.wall_remove": match_rules.remove,
    "match.fine": match_check.fine,
    "match.rather_not": match_check.open_rather_not,
    "agreement.open": agreement.open_form,
    "agreement.reopen": agreement.open_form,
    "agreement.accept": agreement.accept_terms,
    "meeting.book": meetings.book,
    "meeting.moved": meetings.open_move,
    "meeting.skip": meetings.skip_one,
    "meeting.met": meetings.met,
    "meeting.not_yet": meetings.not_yet,
    "meeting.could_not": meetings.could_not,
    "meeting.log": pair_commands.log_day,
    "pair.part": endings.open_form,
    "pair.rematch": endings.want_another,
    "pair.no_rematch": endings.want_no_other,
    "pair.fine": care.fine,
    "pair.help": care.ask_for_help,
    "pause.open": care.open_pause,
    "pause.resume": care.resume,
    "phase.open": phases.open_form,
    "phase.go_on": phases.go_on,
    "phase.go_on_hello": phases.go_on_hello,
    "phase.close": phases.close,
    "phase.no_hellos": phases.no_hellos,
    "debrief.open": debrief.open_form,
    "debrief.board": improvement.show_board,
    "debrief.done": debrief.done,
    "debrief.later": debrief.later,
    "lesson.list": lessons.show_list,
    "lesson.open": lessons.open_lesson,
    "task.ideas": tasks.ideas,
    "task.take": tasks.take,
    "task.own": tasks.open_own,
    "task.list": tasks.show_list,
    "task.done": tasks.open_done,
    "task.feedback": tasks.open_feedback,
    "task.drop": tasks.let_go,
    "rating.open": tasks.open_rating,
    "portfolio.open": portfolio.preview,
    "portfolio.add": portfolio.open_add,
    "portfolio.remove": portfolio.remove,
    "portfolio.send": portfolio.send,
    "paper.certificate": portfolio.send_certificate,
    "paper.hours": portfolio.send_hours,
    "asked.results": asked.show_results,
    "asked.settings": asked.open_settings,
    "report.pick": reports.pick,
    "report.show": reports.show,
    "report.send_me": reports.send_me,
    "broadcast.board": broadcasts.show_board,
    "broadcast.write": broadcasts.open_form,
    "broadcast.edit": broadcasts.edit,
    "broadcast.newsletter": broadcasts.open_form,
    "broadcast.summary": broadcasts.show_summary,
    "broadcast.reminders": broadcasts.switch_reminders,
    "broadcast.cancel": broadcasts.cancel,
    "broadcast.mute": updates.no_more,
    "broadcast.unmute": updates.more_again,
    "story.open": stories.open_form,
    "story.take_back": stories.take_back,
    "story.yes": stories.agree,
    "story.no": stories.refuse,
    "survey.open": surveys.open_survey,
    "survey_branch": surveys.branch,
    "survey.called": survey_attention.called,
    "survey.list": survey_desk.show_list,
    "survey.edit": survey_desk.open_survey,
    "survey.copy": survey_desk.copy,
    "survey.ours": survey_desk.back_to_ours,
    "survey.preview": survey_desk.preview,
    "survey.preview_es": survey_desk.preview,
    "survey.preview_branch": survey_desk.branch_preview,
    "survey.menu": survey_editing.menu,
    "survey.question": survey_editing.open_question,
    "survey.heading": survey_editing.open_heading,
    "survey.text": survey_editing.open_text,
}
"""Buttons, menus and pickers, by action_id."""

FORMS: dict[str, Conversation] = {
    "join.first": join.send_time,
    "join.second": join.send_skills,
    "join.submit": join.submit,
    "apply.decision": applications.send_decision,
    "apply.note": applications.send_note,
    "self.submit": self_description.submit,
    "nominate.submit": recruit.nominate,
    "invite.submit": invite.submit,
    "program.submit": coordinate.submit_program,
    "match.approve": matching.approve,
    "match.swap": matching.send_swap,
    "match.note": matching.send_note,
    "match.settings_submit": match_settings.submit,
    "match.rules_submit": match_rules.submit_rules,
    "match.wall_submit": match_rules.submit_wall,
    "match.rather_not_submit": match_check.rather_not,
    "agreement.schedule": agreement.schedule,
    "agreement.submit": agreement.submit,
    "agreement.briefed": briefing.answer,
    "agreement.after_briefing": agreement.after_briefing,
    "meeting.book_submit": meetings.book_submit,
    "meeting.moved_submit": meetings.move_submit,
    "pause.submit": care.submit_pause,
    "pair.part_submit": endings.submit,
    "survey_answer": surveys.submit,
    "survey_preview": survey_desk.open_survey,
    "survey.question_submit": survey_editing.submit_question,
    "survey.heading_submit": survey_editing.submit_heading,
    "survey.text_submit": survey_editing.submit_text,
    "phase.submit": phases.submit,
    "debrief.submit": debrief.submit,
    "lesson_answer": lessons.answer,
    "lesson_done": lessons.show_list,
    "task.own_submit": tasks.submit_own,
    "task.done_submit": tasks.submit_done,
    "task.feedback_submit": tasks.submit_feedback,
    "rating.submit": tasks.submit_rating,
    "portfolio.add_submit": portfolio.submit_add,
    "asked.submit": asked.submit,
    "broadcast.draft": broadcasts.submit,
    "broadcast.send": broadcasts.send,
    "story.tell": stories.tell,
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
    app.error(door.broken())
    return door
