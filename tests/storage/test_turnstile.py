"""A turnstile lets so many in at a time, in the order in which they came."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.turnstile import Turnstile
from tests.support.waiting import until


def come(turnstile: Turnstile, inside: Callable[[], None], number: int) -> threading.Thread:
    """Somebody comes, and is in or waits by the time this returns."""

    def go() -> None:
        with turnstile:
            inside()

    thread = threading.Thread(target=go)
    waited = len(turnstile._waiting)
    thread.start()
    until(lambda: len(turnstile._waiting) > waited if number else True)
    return thread


def test_who_came_first_goes_first() -> None:
    turnstile, order = Turnstile(1), list[int]()
    with turnstile:
        came = [come(turnstile, lambda number=number: order.append(number), number) for number in range(1, 9)]  # type: ignore[misc] # the number of this turn
    for each in came:
        each.join(20)
    assert order == [*range(1, 9)]


def test_no_more_are_inside_than_there_are_places() -> None:
    turnstile, counting = Turnstile(3), threading.Lock()
    inside, most = 0, 0
    full = threading.Barrier(3)

    def work(number: int) -> None:
        nonlocal inside, most
        with turnstile:
            with counting:
                inside += 1
                most = max(most, inside)
            if number < 3:
                # The first three are inside together: there are three places.
                full.wait(20)
            with counting:
                inside -= 1

    with ThreadPoolExecutor(12) as threads:
        assert len([*threads.map(work, range(60))]) == 60
    assert most == 3
    assert inside == 0


def test_whoever_stumbles_inside_leaves_their_place() -> None:
    turnstile = Turnstile(1)
    for _ in range(3):
        with pytest.raises(ValueError, match="stumbled"), turnstile:
            raise ValueError("stumbled")
    with turnstile:
        pass
