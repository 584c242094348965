"""`why`: the ladder in words."""

from datetime import UTC, datetime, timedelta

from mentoring.nudges.explain import REASONS, explain
from mentoring.nudges.facts import PairState
from mentoring.nudges.notices import Kind, Reason
from tests.mentoring.nudges.life import ANNOUNCED, Life, booking_pair, slot_pair


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(Reason)


def test_it_says_what_comes_next_when_and_why() -> None:
    life = Life(slot_pair())
    life.tick()
    lines = explain(life.facts, life.now)
    sentences = [each.sentence for each in lines]
    assert sentences[0] == (
        "Rhythm: every two weeks on Thursday, agreed. Present period: none yet, the first begins 2026-03-03."
    )
    assert (
        "meeting_due: Wed 2026-03-04 09:00 (America/New_York) (the meeting is one working day away)."
        in sentences
    )
    first = next(each for each in lines if each.rung is not None)
    assert first.rung is Kind.REMIND
    assert first.at == datetime(2026, 3, 4, 14, tzinfo=UTC)


def test_what_it_announces_is_what_happens() -> None:
    life = Life(booking_pair())
    for _ in range(20):
        life.tick()
        announced = [
            each for each in explain(life.facts, life.now) if each.rung is not None and each.at is not None
        ]
        assert life.next_look_at is not None
        life.now = life.next_look_at
        for notice in life.tick():
            assert (notice.key, notice.not_before) in {(each.key, each.at) for each in announced}


def test_it_says_what_holds_something_back() -> None:
    life = Life(slot_pair())
    life.until(datetime(2026, 3, 10, 15, tzinfo=UTC))
    life.pause(10)
    lines = explain(life.facts, life.now)
    assert any(each.sentence.startswith("Paused until Fri 2026-03-20") for each in lines)
    assert Reason.PAUSED in {each.reason for each in lines}


def test_of_an_ended_pair_there_is_one_thing_to_say() -> None:
    (line,) = explain(booking_pair(state=PairState.ENDED), ANNOUNCED + timedelta(days=1))
    assert line.sentence == "Nothing will be said: the pairing is over."
