"""The pace of sending, on a clock of the test's own."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.pace import Pace


@dataclass(slots=True)
class Seconds:
    """Time that passes when somebody waits for it."""

    now: float = 0.0

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass(slots=True)
class Limit:
    """A workspace that takes so many messages a minute, and refuses the rest."""

    a_minute: float
    left: float
    seen: float = 0.0
    taken: int = 0
    refused: int = 0

    def takes(self, now: float) -> bool:
        self.left = min(self.a_minute, self.left + (now - self.seen) * self.a_minute / 60)
        self.seen = now
        if self.left < 1:
            self.refused += 1
            return False
        self.left -= 1
        self.taken += 1
        return True


def send_until(pace: Pace, clock: Seconds, limit: Limit, until: float) -> None:
    place = 0
    while clock.now < until:
        pace.wait_for(1)
        clock.sleep(0.01)
        place += 1
        if not limit.takes(clock.now):
            pace.slow_down(1, timedelta(seconds=1))
        pace.sent(1, place)


def test_a_paced_sender_reaches_the_limit_without_a_refusal() -> None:
    clock, limit = Seconds(), Limit(300, 300)
    send_until(Pace(300, seconds=clock.read, sleep=clock.sleep), clock, limit, 600)
    allowed = 300 + 300 * 600 / 60
    assert limit.refused == 0
    assert limit.taken >= 0.95 * allowed


@pytest.mark.parametrize("share", [0.5, 0.7, 0.35])
def test_a_limit_cut_in_mid_run_is_found_within_minutes_and_then_used(share: float) -> None:
    clock, limit = Seconds(), Limit(300, 300)
    pace = Pace(300, seconds=clock.read, sleep=clock.sleep)
    send_until(pace, clock, limit, 120)
    limit.a_minute *= share
    send_until(pace, clock, limit, 540)
    refused, taken = limit.refused, limit.taken
    assert refused <= 4, "it was looked for with few refusals"
    send_until(pace, clock, limit, 2340)
    assert limit.taken - taken >= 0.95 * limit.a_minute * 30
    assert limit.refused - refused <= 6, "one or two for each attempt to go faster, every ten minutes"


def test_a_limit_that_comes_back_is_used_again() -> None:
    clock, limit = Seconds(), Limit(300, 300)
    pace = Pace(300, seconds=clock.read, sleep=clock.sleep)
    send_until(pace, clock, limit, 120)
    limit.a_minute = 150
    send_until(pace, clock, limit, 900)
    limit.a_minute = 300
    send_until(pace, clock, limit, 1800)
    refused, taken = limit.refused, limit.taken
    send_until(pace, clock, limit, 2400)
    assert limit.taken - taken >= 0.95 * 300 * 10
    assert limit.refused == refused


def test_a_place_is_busy_for_a_second_and_others_are_not() -> None:
    clock = Seconds()
    pace = Pace(seconds=clock.read, sleep=clock.sleep)
    pace.sent(1, "here")
    assert pace.busy() == ["here"]
    assert pace.wait_for_a_place()
    assert clock.now == 1
    assert pace.busy() == []
    assert not pace.wait_for_a_place()


def test_told_to_wait_nothing_is_sent_for_so_long() -> None:
    clock = Seconds()
    pace = Pace(seconds=clock.read, sleep=clock.sleep)
    pace.slow_down(1, timedelta(seconds=30))
    pace.wait_for(2)
    assert clock.now == 0, "another workspace has a budget of its own"
    pace.wait_for(1)
    assert clock.now >= 30
