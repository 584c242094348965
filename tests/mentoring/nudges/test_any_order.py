"""A pair's life under any clicks in any order, in any time zones, the clock ticking or standing still."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mentoring import meetings
from mentoring.agreements import Rescheduler
from mentoring.cadence import Rhythm, all_cadences
from mentoring.errors import Refusal
from mentoring.hours import Calendar, DateSpan, WorkingHours, add_working_days
from mentoring.kinds import Role
from mentoring.meetings import MeetingState, Said
from mentoring.nudges.explain import explain
from mentoring.nudges.facts import Ask, PairFacts, PairState, Participant, Phase, recorded
from mentoring.nudges.history import holding_pauses
from mentoring.nudges.ladder import look, still_wanted
from mentoring.nudges.notices import FOR_COORDINATORS, QUESTIONS, SOLICITED, Kind, Notice
from mentoring.nudges.numbers import LAUNCH_WEEK, MESSAGES_A_DAY, MESSAGES_A_WEEK, QUESTION_STAYS_OPEN
from tests.mentoring.nudges.life import Life
from tests.support.examples import examples

zones = st.sampled_from(sorted(available_timezones() - {"localtime"}))
people = st.integers(1, 3)
"""A mentor and two mentees; with two people, the third clicks in vain."""

rhythms = st.tuples(
    st.sampled_from(all_cadences()), st.none() | st.tuples(st.integers(0, 6), st.integers(7, 20).map(time))
)
calendars = st.builds(
    Calendar,
    zone=zones,
    hours=st.builds(
        WorkingHours,
        start=st.integers(6, 11).map(time),
        end=st.integers(13, 21).map(time),
        days=st.sampled_from([frozenset(range(5)), frozenset({6, 0, 1, 2, 3}), frozenset({1, 3})]),
    ),
    country=st.sampled_from([None, "US", "NZ"]),
)


class PairsLife(RuleBasedStateMachine):
    """What people, coordinators and the clock can do to a pair."""

    @initialize(
        announced=st.datetimes(datetime(2025, 1, 1), datetime(2034, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bounds are naive by hypothesis' rule, the values are UTC
        zone=zones,
        rhythm=rhythms,
        everybody=st.lists(calendars, min_size=2, max_size=3),
        rescheduler=st.sampled_from(Rescheduler),
        agreed=st.booleans(),
    )
    def announce(
        self,
        announced: datetime,
        zone: str,
        rhythm: tuple[object, tuple[int, time] | None],
        everybody: list[Calendar],
        rescheduler: Rescheduler,
        agreed: bool,  # noqa: FBT001  # hypothesis passes everything by name
    ) -> None:
        roles = (Role.MENTOR, Role.MENTEE, Role.MENTEE)
        participants = tuple(
            Participant(number + 1, roles[number], calendar) for number, calendar in enumerate(everybody)
        )
        facts = PairFacts(
            pair_id=17,
            state=PairState.LIVE,
            phase=Phase.START,
            announced_at=announced,
            participants=participants,
            rhythm=_rhythm(rhythm, announced.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone),
            rescheduler=rescheduler,
            agreed=agreed,
        )
        self.life = Life(facts, announced)
        self.life.tick()

    @rule(hours=st.floats(0.02, 24 * 20))
    def the_tick_runs_on_time(self, hours: float) -> None:
        self._live(self.life.now + timedelta(hours=hours))

    @rule(days=st.floats(0.1, 90))
    def the_clock_stands_still(self, days: float) -> None:
        self.life.now += timedelta(days=days)
        self._tick()

    @rule(by=people, hours=st.floats(-48, 24 * 30))
    def somebody_books(self, by: int, hours: float) -> None:
        self._click(lambda: self.life.book(by, self.life.now + timedelta(hours=hours)))

    @rule(by=people, days=st.floats(-10, 80))
    def somebody_tells_of_a_meeting(self, by: int, days: float) -> None:
        self._click(lambda: self.life.log(by, self.life.now - timedelta(days=days)))

    @precondition(lambda self: self.life.facts.meetings)
    @rule(data=st.data(), by=people, said=st.sampled_from(Said), hours=st.floats(-48, 24 * 20))
    def somebody_answers(self, data: st.DataObject, by: int, said: Said, hours: float) -> None:
        meeting = data.draw(st.sampled_from(self.life.facts.meetings))
        self._click(lambda: self.life.answer(meeting, by, said, self.life.now + timedelta(hours=hours)))

    @precondition(lambda self: self.life.facts.meetings)
    @rule(data=st.data(), by=people, hours=st.none() | st.floats(-48, 24 * 20))
    def somebody_skips_or_moves(self, data: st.DataObject, by: int, hours: float | None) -> None:
        meeting = data.draw(st.sampled_from(self.life.facts.meetings))
        now = self.life.now
        if hours is None:
            self._click(lambda: self.life.store(meetings.skip(meeting, now)))
        else:
            to = now + timedelta(hours=hours)
            self._click(lambda: self.life.store(meetings.move(meeting, to, by, now)))

    @precondition(lambda self: self.life.facts.asks)
    @rule(data=st.data())
    def somebody_presses_a_button(self, data: st.DataObject) -> None:
        kinds = sorted({each.kind for each in self.life.facts.asks})
        self.life.press(data.draw(st.sampled_from(kinds)))

    @rule(days=st.integers(1, 60), by=st.none() | people)
    def somebody_pauses(self, days: int, by: int | None) -> None:
        self.life.pause(days, by)

    @rule(by=people, days=st.integers(0, 30))
    def somebody_goes_away(self, by: int, days: int) -> None:
        span = DateSpan(self.life.now.date(), self.life.now.date() + timedelta(days=days))
        self.life.facts = replace(
            self.life.facts,
            participants=tuple(
                each._replace(calendar=replace(each.calendar, away=(*each.calendar.away, span)))
                if each.person_id == by
                else each
                for each in self.life.facts.participants
            ),
        )

    @rule(rhythm=rhythms, zone=zones)
    def both_sign_new_terms(self, rhythm: tuple[object, tuple[int, time] | None], zone: str) -> None:
        tomorrow = self.life.now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
        gone = meetings.dropped_by_new_terms(self.life.facts.meetings, self.life.now)
        self.life.facts = replace(
            self.life.facts,
            agreed=True,
            rhythm=_rhythm(rhythm, tomorrow, zone),
            meetings=tuple(each for each in self.life.facts.meetings if each not in gone),
        )

    @rule(by=people)
    def somebody_hears_from_another_pair(self, by: int) -> None:
        now = self.life.now
        self.life.facts = replace(
            self.life.facts,
            participants=tuple(
                each._replace(heard_at=(*each.heard_at, now)) if each.person_id == by else each
                for each in self.life.facts.participants
            ),
        )

    @rule(opted_in=st.booleans())
    def the_pair_goes_on_casually(self, opted_in: bool) -> None:  # noqa: FBT001  # hypothesis passes everything by name
        if self.life.facts.phase is not Phase.CASUAL:
            today = self.life.now.date()
            self.life.facts = replace(
                self.life.facts, phase=Phase.CASUAL, casual_since=today, casual_opted_in=opted_in
            )

    def _click(self, act: object) -> None:
        """A click either does what it says or is refused and changes nothing."""
        before = self.life.facts
        try:
            act()  # type: ignore[operator]  # a lambda of this file
        except Refusal:
            assert self.life.facts is before

    def _live(self, until: datetime) -> None:
        while self.life.next_look_at is not None and self.life.next_look_at <= until:
            self.life.now = self.life.next_look_at
            self._tick()
        self.life.now = until
        self._tick()

    def _tick(self) -> None:
        before = self.life.facts
        said = self.life.tick()
        for notice in said:
            self._check(before, notice)
            before = replace(before, asks=(*before.asks, recorded(notice)))

    def _check(self, before: PairFacts, notice: Notice) -> None:
        assert notice.not_before == self.life.now < notice.expires_at
        assert still_wanted(self.life.facts, notice, self.life.now) is None
        if notice.kind not in SOLICITED:
            assert not holding_pauses(before, self.life.now)
        for each in before.participants:
            if each.person_id in notice.people:
                assert _is_at_work(each.calendar, self.life.now)
                if notice.kind in QUESTIONS:
                    assert not _open_questions(before, each.person_id, notice, self.life.now)

    @invariant()
    def no_key_is_used_twice(self) -> None:
        keys = [each.key for each in self.life.letters]
        assert len(keys) == len(set(keys))

    @invariant()
    def nobody_hears_more_than_the_budget(self) -> None:
        launch_ends = self.life.facts.announced_at + LAUNCH_WEEK
        for each in self.life.facts.participants:
            ours = [
                one.not_before
                for one in self.life.letters
                if each.person_id in one.people and one.kind not in SOLICITED | FOR_COORDINATORS
            ]
            days = [one.astimezone(ZoneInfo(each.calendar.zone)).date() for one in ours]
            assert all(days.count(day) <= MESSAGES_A_DAY for day in days)
            settled = [day for day, one in zip(days, ours, strict=True) if one >= launch_ends]
            for day in settled:
                assert sum(day - timedelta(days=7) < other <= day for other in settled) <= MESSAGES_A_WEEK

    @rule()
    def looking_again_adds_nothing(self) -> None:
        self._tick()
        after = look(self.life.facts, self.life.now)
        assert after.notices == ()
        assert after.to_plan == ()
        assert after.next_look_at is None or after.next_look_at > self.life.now

    @rule(share=st.floats(0.001, 0.999))
    def nothing_becomes_due_before_the_next_look(self, share: float) -> None:
        found = look(self.life.facts, self.life.now)
        if not found.to_plan and not found.notices and found.next_look_at is not None:
            between = self.life.now + (found.next_look_at - self.life.now) * share
            assert look(self.life.facts, between).notices == ()

    @invariant()
    def meetings_and_their_answers_agree(self) -> None:
        for each in self.life.facts.meetings:
            said = {answer.said for answer in each.answers}
            assert (each.state is MeetingState.HELD) == (Said.MET in said)

    @rule()
    def why_always_has_an_answer(self) -> None:
        assert explain(self.life.facts, self.life.now)


def _rhythm(choice: tuple[object, tuple[int, time] | None], anchor: date, zone: str) -> Rhythm:
    cadence, slot = choice
    weekday, at = slot or (None, None)
    return Rhythm(cadence, anchor, zone, weekday, at)  # type: ignore[arg-type]  # drawn from all_cadences()


def _is_at_work(calendar: Calendar, instant: datetime) -> bool:
    local = instant.astimezone(ZoneInfo(calendar.zone))
    in_hours = calendar.hours.start <= local.time() < calendar.hours.end
    return in_hours and calendar.is_workday(local.date()) and not calendar.is_away(local.date())


def _open_questions(facts: PairFacts, person_id: int, notice: Notice, now: datetime) -> list[str]:
    """Questions a person was asked, has not answered, and that have not lapsed by the slowest calendar."""
    return [
        each.key
        for each in facts.asks
        if each.kind in QUESTIONS
        and person_id in each.to
        and each.answered_at is None
        and not _was_answered_by_another(facts, each.kind, each.subject)
        and not (notice.kind is Kind.SECOND_ASK and notice.subject == each.subject)
        and now < _lapses_at(facts, each.asked_at)
        and not _settled_by_deeds(facts, each)
    ]


def _lapses_at(facts: PairFacts, asked_at: datetime) -> datetime:
    return max(add_working_days(asked_at, QUESTION_STAYS_OPEN, each.calendar) for each in facts.participants)


def _was_answered_by_another(facts: PairFacts, kind: Kind, subject: str) -> bool:
    met = {Kind.DID_YOU_MEET, Kind.SECOND_ASK}
    return any(
        each.answered_at is not None
        and each.subject == subject
        and (each.kind is kind or {each.kind, kind} == met)
        for each in facts.asks
    )


def _settled_by_deeds(facts: PairFacts, ask: Ask) -> bool:
    """The pair has planned, moved or told since, or the meeting in question is no longer there."""
    deeds = [answer.at for each in facts.meetings for answer in each.answers]
    # Nobody is asked to book beside a slot: what new terms plan answers the question to book.
    is_about_planning = ask.kind in {Kind.BOOK, Kind.CATCH_UP}
    deeds += [each.planned_at for each in facts.meetings if each.planned_by is not None or is_about_planning]
    of_period = any(each.period_key == ask.period_key for each in facts.meetings)
    is_there = any(each.starts_at.strftime("%Y-%m-%dT%H:%MZ") == ask.subject for each in facts.meetings)
    return (
        any(deed >= ask.asked_at for deed in deeds)
        or (of_period and not is_there)
        or ("T" in ask.subject and not is_there)
    )


PairsLife.TestCase.settings = settings(
    max_examples=examples(80),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyOrder = PairsLife.TestCase
