"""A coordinator's first steps: make a program, open it, ask for matches."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers import charter
from handlers.asking import announce, ask_everybody
from handlers.match_rules import list_walls, open_rules
from handlers.rights import check_right
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.at_hand import LIVE
from mentoring.charter import check_may_open
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.programs import Program, ProgramState, check_goes_on
from mentoring.rights import may_read
from messages.actions import Act
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.match_settings import settings_form
from messages.replies import say
from messages.replies.coordinate import open_proposal_reply, program_list
from messages.words import Words
from storage.match_runs import open_proposal, want_match
from storage.outbox import audit
from storage.people import staff_roles
from storage.programs import (
    counts_of_programs,
    program,
    programs,
    save_program,
    wake_program,
    with_state,
)


def program_command(visit: Visit) -> Answer:
    """`/mentoring program [new]`: what there is, or a new one."""
    rest = visit.text.lower().split()
    with visit.database.read() as session:
        check_right(session, visit.person, Act("program.new"))
        roles = staff_roles(session, visit.workspace.id, visit.person.id)
        found = [each for each in programs(session, visit.workspace.id) if may_read(roles, each.id)]
        counts = counts_of_programs(session, [each.id for each in found])
    counted = [
        (each, {state: n for (about, state), n in counts.items() if about == each.id}) for each in found
    ]
    if rest[:1] == ["new"]:
        return charter.new(visit)
    in_channel = visit.channel if visit.channel and visit.channel.startswith("C") else None
    return Tell(program_list(counted, visit.reader, in_channel))


def open_program(visit: Visit) -> Answer:
    """Open enrollment: announce it where the coordinator is, and ask everybody on the list."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        if found.state is not ProgramState.DRAFT:
            raise NoLongerOpen(f"This is no longer open: {found.name} is open already.")
        check_may_open(found, visit.now.astimezone(ZoneInfo(found.time_zone)).date())
        channel = visit.act.ids.get("channel")
        found = with_state(found, ProgramState.ENROLLING, str(channel) if channel else None)
        save_program(session, found)
        asked = invite(session, found, visit.now)
        wake_program(session, found.id, visit.now)
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "program.open",
            {"program": found.id},
            visit.now,
            program_id=found.id,
        )
    words = Words("replies/coordinate", visit.reader)
    return Replace(say(words.mrkdwn("opened", program=found, asked=asked, channel=found.channel)))


def close_enrollment(visit: Visit) -> Answer:
    """Ask nobody any more: the program goes on with the pairs it has, as after a proposal's approval."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        if found.state is not ProgramState.ENROLLING:
            raise NoLongerOpen(f"This is no longer open: enrollment in {found.name} is closed already.")
        save_program(session, with_state(found, ProgramState.MATCHED))
        wake_program(session, found.id, visit.now)
        subject: dict[str, int | str] = {"program": found.id}
        audit(
            session, visit.workspace.id, visit.person.id, "program.close_enrollment", subject, visit.now,
            program_id=found.id,
        )  # fmt: skip
    return Tell(say(Words("replies/coordinate", visit.reader).mrkdwn("closed", program=found)))


def invite(session: Session, found: Program, now: datetime) -> int:
    """Announce an open program where it was opened, and ask everybody on its list; nobody is asked twice."""
    if found.channel:
        announce(session, found, found.channel, now)
    return ask_everybody(session, found, now)


def match_command(visit: Visit) -> Answer:
    """`/mentoring match [new | settings | rules | walls]`: of the program at hand."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "match.want", LIVE)
        waiting = open_proposal(session, found.id)
    wanted = visit.text.strip().lower()
    if wanted == "settings":
        return Show(settings_form(found, visit.reader))
    if wanted in {"rules", "walls"}:
        there = replace(visit, act=Act("match.rules", {"program": found.id}))
        return list_walls(there) if wanted == "walls" else open_rules(there)
    if wanted and wanted != "new":
        raise Refusal("I know `match`, `match new`, `match settings`, `match rules` and `match walls`.")
    if waiting is not None and wanted != "new":
        pairs = len(waiting.result["pairs"])
        return Tell(open_proposal_reply(found, waiting.id, pairs, visit.reader))
    return _want(visit, found.id)


def want_matches(visit: Visit) -> Answer:
    """The button of the same meaning."""
    return _want(visit, visit.act.number("program"))


def _want(visit: Visit, program_id: int) -> Answer:
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, program_id)
        if found.state not in LIVE:
            raise NoLongerOpen(f"This is no longer open: {found.name} is not enrolling.")
        check_goes_on(found, visit.now)
        want_match(session, visit.workspace.id, found.id, visit.person.id, visit.now)
        wake_program(session, found.id, visit.now)
    return Tell(say(Words("replies/coordinate", visit.reader).mrkdwn("matching", program=found)))
