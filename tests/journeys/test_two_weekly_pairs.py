"""A mentor of two pairs that meet every week: their reminders and questions alone would fill any week."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import or_, select

from mentoring.nudges.notices import Beside, Reason
from storage.facts import UNSOLICITED
from storage.outbox import LetterState
from storage.people import person_by_slack_id
from storage.tables import LetterRow, MemberRow, RequestRow, SkipRow
from tests.support.beginnings import beginning
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town, fill_where_asked, send

ENDS = datetime(2026, 5, 1, 20, tzinfo=UTC)
OF_LAUNCH_WEEK = datetime(2026, 1, 13, tzinfo=UTC)
"""From here on the week's number holds."""
SELDOM = ("phase_opens", "go_on")


def agree_weekly(town: Town, mentee: str, weekday: str) -> None:
    town.press(mentee, "agreement.open", in_room=(mentee, MARCUS))
    fill_where_asked(town.person(mentee), {"cadence": "weekly", "weekday": weekday, "at": "10:00"})
    send(town.person(mentee))
    town.later(hours=1)


@pytest.fixture
@beginning
def busy(town: Town) -> Town:
    """Marcus mentors Priya and Leila; each pair meets every week, and tells so."""
    town.claim()
    town.draft(ends_on="2026-04-30")
    town.open()
    for mentee in (PRIYA, LEILA):
        town.join(mentee, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"], capacity="2")
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=1)
    agree_weekly(town, PRIYA, "1")
    agree_weekly(town, LEILA, "3")
    town.later(days=1)
    marcus = town.person(MARCUS)
    for message in marcus.inbox():
        if "Accept" in message.buttons:
            marcus.click(message, "agreement.accept")
    return town


@beginning
def meet_until(town: Town, instant: datetime) -> None:
    """Day by day: whoever is asked whether they met says yes."""
    while town.clock.now() < instant:
        town.later(days=1)
        for slack_id, mentee in ((PRIYA, PRIYA), (LEILA, LEILA), (MARCUS, PRIYA), (MARCUS, LEILA)):
            person = town.person(slack_id)
            for message in [*town.room(mentee, MARCUS)[-3:], *person.inbox()[-3:]]:
                if "We met" in message.buttons:
                    person.click(message, "meeting.met")


def days_of(town: Town, slack_id: str) -> list[date]:
    """The days, on their own clock, on which somebody heard from the bot without having asked."""
    with town.database.read() as session:
        me = person_by_slack_id(session, town.workspace.id, slack_id)
        assert me is not None
        mine = select(MemberRow.pair_id).where(MemberRow.person_id == me.id)
        query = select(LetterRow.sent_at).where(
            or_(LetterRow.person_id == me.id, LetterRow.pair_id.in_(mine)),
            LetterRow.kind.in_(UNSOLICITED),
            LetterRow.sent_at >= OF_LAUNCH_WEEK,
        )
        return sorted(
            at.astimezone(ZoneInfo(me.time_zone)).date() for at in session.scalars(query) if at is not None
        )


def test_every_check_in_and_guide_finds_its_place_in_weeks_that_are_full(busy: Town) -> None:
    meet_until(busy, ENDS)
    with busy.database.read() as session:
        members = session.scalars(select(MemberRow)).all()
        asked = set(session.scalars(select(RequestRow.key)))
        letters = session.scalars(select(LetterRow).where(LetterRow.kind.in_(SELDOM))).all()
        moved = session.execute(select(SkipRow.rung, SkipRow.reason)).all()
    for phase in ("start", "middle", "end"):
        for each in members:
            key = f"survey:pair {each.pair_id}:check_in_{phase}:{each.role}:person {each.person_id}"
            assert key in asked, f"{each.role} of pair {each.pair_id} was not asked at the {phase}"
    said = Counter((each.kind, each.person_id) for each in letters if each.state == LetterState.SENT)
    for person_id in {each.person_id for each in members}:
        assert said["phase_opens", person_id] == 3
        assert said["go_on", person_id] >= 1
    assert {(Beside.SURVEY, Reason.BUDGET), (Beside.GUIDE, Reason.BUDGET)} <= {(a, b) for a, b in moved}
    assert Reason.TOO_LATE not in {reason for rung, reason in moved if rung in set(Beside)}


@pytest.mark.parametrize("slack_id", [MARCUS, PRIYA, LEILA])
def test_nobody_hears_more_than_one_thing_a_day_and_two_a_week_for_it(busy: Town, slack_id: str) -> None:
    meet_until(busy, ENDS)
    days = days_of(busy, slack_id)
    assert len(days) > 20
    assert len(set(days)) == len(days)
    assert all(later - earlier >= timedelta(days=7) for earlier, later in zip(days, days[2:], strict=False))
