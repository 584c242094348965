"""Who may do what: every act names the role it needs, in one table, checked at the door against the database.

Nothing is believed from a payload but who sent it.
"""

from collections.abc import Collection
from enum import StrEnum

from mentoring.errors import NotAllowed
from mentoring.people import Person, StaffRole


class Need(StrEnum):
    """The role an act needs."""

    MEMBER = "member"
    """A full member of the workspace."""
    PARTICIPANT = "participant"
    """Somebody who takes part in the program the act names."""
    IN_PAIR = "in pair"
    """Somebody of the pair the act names."""
    WAS_IN_PAIR = "was in pair"
    """Somebody who is or was of the pair the act names: what they did stays theirs."""
    ASKED = "asked"
    """The person this survey was sent to."""
    GOAL = "goal"
    """The person whose goal it is."""
    COORDINATOR = "coordinator"
    """A coordinator of the program the act names, or an owner."""
    ANY_COORDINATOR = "any coordinator"
    """A coordinator of some program, or an owner."""
    READER = "reader"
    """Who may read the reports of the program the act names: its coordinators and viewers, and owners."""
    SUPERVISOR = "supervisor"
    """Whoever supervises somebody in the program the act names."""
    PAIR_COORDINATOR = "pair coordinator"
    """A coordinator of the program the pair that the act names belongs to, or an owner."""
    STAFF = "staff"
    """Anybody with a role in some program of the workspace, a viewer included."""
    ACTION = "action"
    """Whoever took this action on after a debrief."""
    TELLER = "teller"
    """Whoever told this story."""
    OWNER = "owner"
    """An owner of the workspace's programs."""


ACTS: dict[str, Need] = {
    "join.open": Need.MEMBER,
    "join.first": Need.MEMBER,
    "join.second": Need.MEMBER,
    "join.submit": Need.MEMBER,
    "join.back": Need.MEMBER,
    "join.keep": Need.MEMBER,
    "join.offers": Need.MEMBER,
    "join.wants": Need.MEMBER,
    "join.closed": Need.MEMBER,
    "join.not_now": Need.MEMBER,
    "join.leave": Need.PARTICIPANT,
    "self.open": Need.PARTICIPANT,
    "self.submit": Need.PARTICIPANT,
    "self.delete": Need.PARTICIPANT,
    "nominate.open": Need.MEMBER,
    "apply.queue": Need.COORDINATOR,
    "apply.earlier": Need.COORDINATOR,
    "apply.later": Need.COORDINATOR,
    "apply.find": Need.COORDINATOR,
    "apply.unfinished": Need.COORDINATOR,
    "apply.unfinished_earlier": Need.COORDINATOR,
    "apply.unfinished_later": Need.COORDINATOR,
    "apply.decide": Need.COORDINATOR,
    "apply.decision": Need.COORDINATOR,
    "apply.note": Need.COORDINATOR,
    "apply.accept_all": Need.COORDINATOR,
    "apply.offer": Need.COORDINATOR,
    "nominate.submit": Need.MEMBER,
    "invite.send": Need.COORDINATOR,
    "invite.submit": Need.COORDINATOR,
    "invite.rest": Need.COORDINATOR,
    "program.new": Need.ANY_COORDINATOR,
    "program.submit": Need.ANY_COORDINATOR,
    "program.open": Need.COORDINATOR,
    "program.close_enrollment": Need.COORDINATOR,
    "match.want": Need.COORDINATOR,
    "match.review": Need.COORDINATOR,
    "match.earlier": Need.COORDINATOR,
    "match.later": Need.COORDINATOR,
    "match.find": Need.COORDINATOR,
    "match.approve": Need.COORDINATOR,
    "match.decide": Need.COORDINATOR,
    "match.swap": Need.COORDINATOR,
    "match.note": Need.COORDINATOR,
    "match.preview": Need.COORDINATOR,
    "match.again": Need.COORDINATOR,
    "match.settings": Need.COORDINATOR,
    "match.settings_submit": Need.COORDINATOR,
    "match.rules": Need.COORDINATOR,
    "match.rules_submit": Need.COORDINATOR,
    "match.walls": Need.COORDINATOR,
    "match.walls_earlier": Need.COORDINATOR,
    "match.walls_later": Need.COORDINATOR,
    "match.wall_open": Need.COORDINATOR,
    "match.wall_submit": Need.COORDINATOR,
    "match.wall_remove": Need.COORDINATOR,
    "match.fine": Need.IN_PAIR,
    "match.rather_not": Need.IN_PAIR,
    "match.rather_not_submit": Need.IN_PAIR,
    "agreement.open": Need.IN_PAIR,
    "agreement.look": Need.IN_PAIR,
    "agreement.reopen": Need.IN_PAIR,
    "agreement.schedule": Need.IN_PAIR,
    "agreement.submit": Need.IN_PAIR,
    "agreement.briefed": Need.IN_PAIR,
    "agreement.after_briefing": Need.IN_PAIR,
    "agreement.accept": Need.IN_PAIR,
    "meeting.book": Need.IN_PAIR,
    "meeting.book_submit": Need.IN_PAIR,
    "meeting.skip": Need.IN_PAIR,
    "meeting.met": Need.IN_PAIR,
    "meeting.not_yet": Need.IN_PAIR,
    "meeting.ask_anew": Need.IN_PAIR,
    "meeting.could_not": Need.IN_PAIR,
    "meeting.moved": Need.IN_PAIR,
    "meeting.moved_submit": Need.IN_PAIR,
    "meeting.log": Need.IN_PAIR,
    "agenda.open": Need.IN_PAIR,
    "agenda.add": Need.IN_PAIR,
    "agenda.remove": Need.IN_PAIR,
    "agenda.again": Need.IN_PAIR,
    "goal.list": Need.MEMBER,
    "goal.step": Need.GOAL,
    "goal.add": Need.PARTICIPANT,
    "goal.add_submit": Need.PARTICIPANT,
    "goal.edit": Need.GOAL,
    "goal.edit_submit": Need.GOAL,
    "places.own": Need.MEMBER,
    "places.submit": Need.PARTICIPANT,
    "places.open": Need.COORDINATOR,
    "places.set": Need.COORDINATOR,
    "hours.open": Need.MEMBER,
    "hours.country": Need.MEMBER,
    "hours.country_right": Need.MEMBER,
    "hours.submit": Need.MEMBER,
    "daily.on": Need.COORDINATOR,
    "daily.off": Need.COORDINATOR,
    "pair.part": Need.IN_PAIR,
    "pair.part_submit": Need.IN_PAIR,
    "pair.another": Need.IN_PAIR,
    "pair.rematch": Need.IN_PAIR,
    "pair.no_rematch": Need.IN_PAIR,
    "pair.fine": Need.IN_PAIR,
    "pair.help": Need.IN_PAIR,
    "survey.open": Need.ASKED,
    "survey_branch": Need.ASKED,
    "survey_answer": Need.ASKED,
    "survey.called": Need.COORDINATOR,
    "survey.list": Need.COORDINATOR,
    "survey.send": Need.COORDINATOR,
    "survey.count": Need.COORDINATOR,
    "survey.send_submit": Need.COORDINATOR,
    "survey.take_back": Need.COORDINATOR,
    "supervisor.decline": Need.SUPERVISOR,
    "survey.edit": Need.COORDINATOR,
    "survey.copy": Need.COORDINATOR,
    "survey.ours": Need.COORDINATOR,
    "survey.preview": Need.COORDINATOR,
    "survey.preview_es": Need.COORDINATOR,
    "survey.preview_branch": Need.COORDINATOR,
    "survey_preview": Need.COORDINATOR,
    "survey.menu": Need.COORDINATOR,
    "survey.question": Need.COORDINATOR,
    "survey.question_submit": Need.COORDINATOR,
    "survey.heading": Need.COORDINATOR,
    "survey.heading_submit": Need.COORDINATOR,
    "survey.text": Need.COORDINATOR,
    "survey.text_submit": Need.COORDINATOR,
    "phase.open": Need.IN_PAIR,
    "phase.submit": Need.IN_PAIR,
    "phase.go_on": Need.IN_PAIR,
    "phase.go_on_hello": Need.IN_PAIR,
    "phase.close": Need.IN_PAIR,
    "phase.ask_again": Need.IN_PAIR,
    "phase.no_hellos": Need.IN_PAIR,
    "debrief.board": Need.COORDINATOR,
    "debrief.open": Need.COORDINATOR,
    "debrief.submit": Need.COORDINATOR,
    "debrief.done": Need.ACTION,
    "debrief.later": Need.ACTION,
    "lesson.list": Need.MEMBER,
    "lesson.open": Need.MEMBER,
    "lesson_answer": Need.MEMBER,
    "lesson_done": Need.MEMBER,
    "task.ideas": Need.IN_PAIR,
    "task.accept": Need.IN_PAIR,
    "task.take": Need.IN_PAIR,
    "task.take_submit": Need.IN_PAIR,
    "task.quiz": Need.IN_PAIR,
    "task.quiz_submit": Need.IN_PAIR,
    "task.own": Need.IN_PAIR,
    "task.own_submit": Need.IN_PAIR,
    "task.list": Need.IN_PAIR,
    "task.done": Need.IN_PAIR,
    "task.done_submit": Need.IN_PAIR,
    "task.feedback": Need.IN_PAIR,
    "task.feedback_submit": Need.IN_PAIR,
    "task.drop": Need.IN_PAIR,
    "rating.open": Need.IN_PAIR,
    "rating.submit": Need.IN_PAIR,
    "portfolio.open": Need.PARTICIPANT,
    "portfolio.add": Need.PARTICIPANT,
    "portfolio.add_submit": Need.PARTICIPANT,
    "portfolio.menu": Need.PARTICIPANT,
    "portfolio.readers_submit": Need.PARTICIPANT,
    "portfolio.share": Need.PARTICIPANT,
    "portfolio.share_submit": Need.PARTICIPANT,
    "portfolio.send": Need.PARTICIPANT,
    "paper.certificate": Need.WAS_IN_PAIR,
    "paper.hours": Need.WAS_IN_PAIR,
    "library.list": Need.COORDINATOR,
    "library.open": Need.COORDINATOR,
    "library.ours": Need.COORDINATOR,
    "library.submit": Need.COORDINATOR,
    "phases.open": Need.COORDINATOR,
    "phases.submit": Need.COORDINATOR,
    "words.open": Need.COORDINATOR,
    "words.submit": Need.COORDINATOR,
    "asked.results": Need.COORDINATOR,
    "asked.notes": Need.COORDINATOR,
    "asked.notes_earlier": Need.COORDINATOR,
    "asked.notes_later": Need.COORDINATOR,
    "asked.settings": Need.COORDINATOR,
    "asked.submit": Need.COORDINATOR,
    "privacy.show": Need.MEMBER,
    "privacy.copy": Need.MEMBER,
    "privacy.open_delete": Need.MEMBER,
    "privacy.delete": Need.MEMBER,
    "privacy.keep_for": Need.COORDINATOR,
    "export.send": Need.COORDINATOR,
    "roster.submit": Need.COORDINATOR,
    "roster.take": Need.COORDINATOR,
    "roster.drop": Need.COORDINATOR,
    "report.pick": Need.READER,
    "report.show": Need.READER,
    "report.send_me": Need.READER,
    "report.send_sheet": Need.READER,
    "report.plan": Need.COORDINATOR,
    "report.plan_submit": Need.COORDINATOR,
    "report.stop": Need.MEMBER,
    "broadcast.board": Need.COORDINATOR,
    "broadcast.write": Need.COORDINATOR,
    "broadcast.edit": Need.COORDINATOR,
    "broadcast.newsletter": Need.COORDINATOR,
    "broadcast.summary": Need.COORDINATOR,
    "broadcast.reminders": Need.COORDINATOR,
    "broadcast.draft": Need.COORDINATOR,
    "broadcast.send": Need.COORDINATOR,
    "broadcast.cancel": Need.COORDINATOR,
    "broadcast.mute": Need.PARTICIPANT,
    "broadcast.unmute": Need.PARTICIPANT,
    "story.open": Need.PARTICIPANT,
    "story.tell": Need.PARTICIPANT,
    "story.take_back": Need.TELLER,
    "story.yes": Need.TELLER,
    "story.no": Need.TELLER,
    "charter.show": Need.COORDINATOR,
    "charter.edit_1": Need.COORDINATOR,
    "charter.edit_2": Need.COORDINATOR,
    "charter.edit_3": Need.COORDINATOR,
    "charter.edit_4": Need.COORDINATOR,
    "charter.first": Need.COORDINATOR,
    "charter.people": Need.COORDINATOR,
    "charter.success": Need.COORDINATOR,
    "charter.support": Need.COORDINATOR,
    "charter.markdown": Need.COORDINATOR,
    "charter.pdf": Need.COORDINATOR,
    "charter.next": Need.COORDINATOR,
    "charter.answer": Need.MEMBER,
    "charter.answer_submit": Need.MEMBER,
    "desk.switch": Need.STAFF,
    "desk.earlier": Need.READER,
    "desk.later": Need.READER,
    "desk.own_earlier": Need.MEMBER,
    "desk.own_later": Need.MEMBER,
    "desk.pair": Need.PAIR_COORDINATOR,
    "desk.snooze": Need.PAIR_COORDINATOR,
    "desk.seen": Need.PAIR_COORDINATOR,
    "desk.failed": Need.COORDINATOR,
    "desk.again": Need.COORDINATOR,
    "desk.again_all": Need.COORDINATOR,
    "desk.objections": Need.COORDINATOR,
    "desk.reasons": Need.COORDINATOR,
    "desk.seen_many": Need.COORDINATOR,
    "desk.people": Need.COORDINATOR,
    "desk.people_earlier": Need.COORDINATOR,
    "desk.people_later": Need.COORDINATOR,
    "desk.pairs": Need.COORDINATOR,
    "desk.pairs_earlier": Need.COORDINATOR,
    "desk.pairs_later": Need.COORDINATOR,
    "desk.find": Need.COORDINATOR,
    "desk.settings": Need.COORDINATOR,
    "desk.settings_submit": Need.COORDINATOR,
    "care.message": Need.PAIR_COORDINATOR,
    "care.message_submit": Need.PAIR_COORDINATOR,
    "care.message_many": Need.COORDINATOR,
    "care.message_many_submit": Need.COORDINATOR,
    "care.offer_pause": Need.PAIR_COORDINATOR,
    "care.pause": Need.PAIR_COORDINATOR,
    "care.pause_submit": Need.PAIR_COORDINATOR,
    "care.end": Need.PAIR_COORDINATOR,
    "care.rematch": Need.PAIR_COORDINATOR,
    "care.end_submit": Need.PAIR_COORDINATOR,
    "care.extend": Need.PAIR_COORDINATOR,
    "care.extend_submit": Need.PAIR_COORDINATOR,
    "care.nudge": Need.PAIR_COORDINATOR,
    "care.move": Need.PAIR_COORDINATOR,
    "care.move_submit": Need.PAIR_COORDINATOR,
    "care.by_hand_submit": Need.COORDINATOR,
    "audit.earlier": Need.COORDINATOR,
    "audit.later": Need.COORDINATOR,
    "audit.export": Need.COORDINATOR,
    "audit.workspace": Need.ANY_COORDINATOR,
    "audit.workspace_earlier": Need.ANY_COORDINATOR,
    "audit.workspace_export": Need.ANY_COORDINATOR,
    "audit.workspace_later": Need.ANY_COORDINATOR,
    "resource.list": Need.MEMBER,
    "resource.earlier": Need.MEMBER,
    "resource.later": Need.MEMBER,
    "resource.open": Need.MEMBER,
    "resource.helped": Need.MEMBER,
    "resource.not_for_me": Need.MEMBER,
    "resource.dead": Need.MEMBER,
    "resource.desk": Need.ANY_COORDINATOR,
    "resource.desk_earlier": Need.ANY_COORDINATOR,
    "resource.desk_later": Need.ANY_COORDINATOR,
    "resource.edit": Need.ANY_COORDINATOR,
    "resource.save": Need.ANY_COORDINATOR,
    "resource.keep": Need.ANY_COORDINATOR,
    "resource.retire": Need.ANY_COORDINATOR,
    "pause.open": Need.MEMBER,
    "pause.submit": Need.MEMBER,
    "pause.resume": Need.MEMBER,
    "staff.claim": Need.MEMBER,
    "staff.look": Need.MEMBER,
    "staff.add": Need.OWNER,
    "staff.remove": Need.OWNER,
}
"""Every act a payload can name, with the role it needs. An act that is not here cannot be performed."""

WHILE_IT_LASTS = frozenset(
    {
        "apply.accept_all", "apply.decide", "apply.decision", "apply.offer",
        "broadcast.reminders",
        "care.by_hand_submit",
        "charter.edit_1", "charter.edit_2", "charter.edit_3",
        "charter.edit_4", "charter.first", "charter.people", "charter.success", "charter.support",
        "invite.rest", "invite.send", "invite.submit",
        "match.again", "match.approve", "match.decide", "match.earlier", "match.find", "match.later",
        "match.note", "match.review", "match.rules", "match.rules_submit",
        "match.settings", "match.settings_submit", "match.swap",
        "match.wall_open", "match.wall_remove", "match.wall_submit", "match.want",
        "phases.open", "phases.submit",
        "places.open", "places.set", "places.submit",
        "program.close_enrollment", "program.open",
        "roster.submit", "roster.take",
        "survey.count", "survey.send", "survey.send_submit",
    }
)  # fmt: skip
"""Acts that make no sense once their program has closed, however long ago their button or form was drawn.

What a person does for themselves, reads or sends out afterwards (thanks, a story, a report) goes on. Acts of
a pair ask whether the pair still is one.
"""

REFUSALS: dict[Need, str] = {
    Need.MEMBER: "Mentoring here is for members of this workspace. A guest can't take part.",
    Need.PARTICIPANT: "This is for people who take part in the program. `/mentoring join` gets you in.",
    Need.IN_PAIR: "Only the people of this pair can do that.",
    Need.WAS_IN_PAIR: "This is for those who are or were in this pair.",
    Need.ASKED: "This survey was sent to somebody else. Yours is in your own messages.",
    Need.GOAL: "That's somebody else's goal. `/mentoring goals` shows yours.",
    Need.COORDINATOR: "Only a coordinator of this program can do that. `/mentoring coordinators` says who.",
    Need.ANY_COORDINATOR: "Only a coordinator can do that. `/mentoring coordinators` says who.",
    Need.READER: "Reports are for a program's coordinators and viewers. `/mentoring coordinators` says who.",
    Need.SUPERVISOR: "This was for the supervisors of people in the program.",
    Need.PAIR_COORDINATOR: "Only a coordinator of their program can do that. `/mentoring coordinators` says.",
    Need.STAFF: "Only the people who run mentoring can see that. `/mentoring coordinators` says who.",
    Need.ACTION: "Somebody else took this on. They have a message of their own about it.",
    Need.TELLER: "Somebody else told this story. Only they can decide about it.",
    Need.OWNER: "Only an owner can do that. `/mentoring coordinators` says who.",
}


def check_member(person: Person) -> None:
    """Let only active full members of the workspace through.

    Raises:
        NotAllowed: For guests, bots, strangers and the deactivated.
    """
    if not (person.active and person.member):
        raise NotAllowed(REFUSALS[Need.MEMBER])


def may_run(roles: Collection[tuple[StaffRole, int | None]], program_id: int) -> bool:
    """Whether these roles allow to act for a program."""
    return any(
        role is StaffRole.OWNER or (role is StaffRole.COORDINATOR and where in (None, program_id))
        for role, where in roles
    )


def may_read(roles: Collection[tuple[StaffRole, int | None]], program_id: int) -> bool:
    """Whether these roles allow to read a program's reports; viewers may do that and nothing else."""
    return may_run(roles, program_id) or any(
        role is StaffRole.VIEWER and where in (None, program_id) for role, where in roles
    )


def is_owner(roles: Collection[tuple[StaffRole, int | None]]) -> bool:
    """Whether these roles include owning the workspace's programs."""
    return any(role is StaffRole.OWNER for role, _ in roles)


def runs_something(roles: Collection[tuple[StaffRole, int | None]]) -> bool:
    """Whether these roles allow to act for any program at all."""
    return any(role is not StaffRole.VIEWER for role, _ in roles)
