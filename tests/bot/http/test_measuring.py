"""How long Slack waits for us is counted from a payload's arrival, and not from when we find time for it."""

import re
import threading
from contextlib import ExitStack
from time import perf_counter

from prometheus_client import generate_latest

from tests.support.site import World
from tests.support.waiting import until

HELD_UP_S = 0.3
"""Much longer than an answer takes."""


def seconds() -> float:
    found = re.search(r'answer_seconds_sum\{kind="command"\} (\S+)', generate_latest().decode())
    return float(found[1]) if found else 0.0


def test_a_request_that_waits_for_its_turn_is_counted_from_its_arrival(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    turnstile, before = world.site._turnstile, seconds()
    asking = threading.Thread(target=lambda: firm.people[0].command("/mentoring", "help"))
    with ExitStack() as places:
        while turnstile._free:
            places.enter_context(turnstile)
        asking.start()
        until(lambda: turnstile._waiting)
        waits_since = perf_counter()
        until(lambda: perf_counter() > waits_since + HELD_UP_S)
    asking.join()
    assert seconds() - before > HELD_UP_S
