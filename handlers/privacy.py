"""`/mentoring privacy`: what is held and why, a copy, and an end to it; and how long a program keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from handlers.endings import leave
from handlers.report_book import Worded, worded_by
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.errors import Refusal
from mentoring.notices import Notice, ToPerson
from mentoring.pairs import Ending, goes_on_without
from mentoring.privacy import (
    HOLD_SETTING,
    RETENTION_SETTING,
    check_may_delete,
    check_retention,
    kept_of_answers,
)
from mentoring.programs import Program
from messages.answers import Answer, Show, Tell
from messages.forms.privacy import delete_form, privacy_form, retention_form
from messages.replies import say
from messages.words import Words
from storage.outbox import audit, write_letter
from storage.pairs import pairs_of_person
from storage.privacy import forget_person, held_about, last_owner
from storage.programs import enrollments_of, program, programs_by_ids, save_program


def command(visit: Visit) -> Answer:
    """`/mentoring privacy [settings]`: one's own data; for coordinators, how long a program keeps them."""
    if visit.text.strip().lower().startswith("settings"):
        with visit.database.read() as session:
            found, _ = program_at_hand(session, visit, "privacy.keep_for")
        return Show(retention_form(found, visit.reader))
    return show(visit)


def show(visit: Visit) -> Answer:
    """“My data”: what is held about whoever asks, and why."""
    with visit.database.read() as session:
        held = held_about(session, visit.person.id)
        mine = _programs(session, visit)
    return Show(privacy_form(held, mine, visit.reader))


def send_copy(visit: Visit) -> Answer:
    """“Send me everything”: a file is no answer to a click, so it comes as a letter."""
    notice = Notice(
        kind="my_data",
        to=ToPerson(visit.person.id),
        key=f"my_data:person {visit.person.id}:{visit.now:%Y-%m-%dT%H:%M}",
        not_before=visit.now,
        why="they asked for it",
    )
    with visit.database.write() as session:
        write_letter(session, visit.workspace.id, notice, visit.now)
    return Tell(say(Words("forms/privacy", visit.reader).mrkdwn("sending")))


def open_delete(visit: Visit) -> Answer:
    """“Delete my data…”: what goes, what stays, and one more question."""
    with visit.database.read() as session:
        check_may_delete(_programs(session, visit))
        living = pairs_of_person(session, visit.workspace.id, visit.person.id)
        smaller = sum(goes_on_without(each, visit.person.id) for each in living)
    return Show(delete_form(len(living) - smaller, smaller, visit.reader))


def delete(visit: Visit) -> Answer:
    """It was confirmed: end what still lives with care, then forget."""
    if "yes" not in visit.chosen("sure"):
        raise Refusal("Tick the box if you are sure, or close this form to keep everything.", "sure")
    me, workspace_id = visit.person.id, visit.workspace.id
    with visit.database.write() as session:
        check_may_delete(_programs(session, visit))
        if last_owner(session, workspace_id, me):
            sentence = "You are the only owner here. Name another first: `/mentoring coordinators`."
            raise Refusal(sentence, "sure")
        for each in pairs_of_person(session, workspace_id, me):
            leave(session, each, Ending.PARTED, visit.now, by=me)
        forget_person(session, me, keeping(session, visit.person.locale))
        audit(session, workspace_id, me, "privacy.delete", {"person": me}, visit.now)
    return Tell(say(Words("forms/privacy", visit.reader).mrkdwn("deleted")))


def keep_for(visit: Visit) -> Answer:
    """The settings of a program came back: how long, and whether the law holds everything."""
    typed = visit.typed("retention")
    if not typed.isdigit():
        raise Refusal("Write a whole number of months, such as 24.", "retention")
    changed: dict[str, object] = {
        RETENTION_SETTING: check_retention(int(typed)),
        HOLD_SETTING: "yes" in visit.chosen("hold"),
    }
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        save_program(session, replace(about, settings={**about.settings, **changed}))
        subject: dict[str, int | str] = {
            "months": int(typed),
            "hold": "on" if changed[HOLD_SETTING] else "off",
        }
        audit(
            session, about.workspace_id, visit.person.id, "privacy.keep_for", subject, visit.now,
            program_id=about.id,
        )  # fmt: skip
    return Tell(say(Words("forms/privacy", visit.reader).mrkdwn("kept_for", program=about)))


def keeping(session: Session, locale: str) -> Callable[[int, str, int, dict[str, Any]], dict[str, Any]]:
    """What stays of answers when a person goes, or a program's time is over: what is only shown in groups."""

    @lru_cache
    def worded(program_id: int) -> Worded:
        return worded_by(session, program_id, locale)

    def keep(program_id: int, name: str, version: int, answers: Mapping[str, Any]) -> dict[str, Any]:
        return kept_of_answers(worded(program_id)(name, version), answers)

    return keep


def _programs(session: Session, visit: Visit) -> list[Program]:
    mine = {each.program_id for each in enrollments_of(session, visit.workspace.id, visit.person.id)}
    return [*programs_by_ids(session, mine).values()]
