"""The library: whom it offers what and when, and what a coordinator should look at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mentoring.errors import Refusal
from mentoring.kinds import Role
from mentoring.phases import PhaseName
from mentoring.resources import (
    BAD_SHARE,
    ENOUGH_RATINGS,
    NEW_FOR,
    Audience,
    Resource,
    Use,
    Verdict,
    Worry,
    check_resource,
    for_maintenance,
    found_by,
    in_order_for,
    read_tags,
    worries,
)

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
URL = "https://firm.example/guide"
GUIDE = Resource(1, "A guide", "", URL, (), frozenset(), Audience.EVERYBODY, NOW - timedelta(days=1))
RESOURCES = some.builds(
    Resource,
    id=some.integers(1, 10**6),
    title=some.just("A guide"),
    about=some.just(""),
    url=some.just(URL),
    tags=some.lists(some.sampled_from(("negotiation", "mediation", "budgeting")), max_size=2).map(tuple),
    phases=some.frozensets(some.sampled_from(PhaseName), max_size=2),
    audience=some.sampled_from(Audience),
    added_at=some.integers(0, 200).map(lambda days: NOW - timedelta(days=days)),
    retired=some.booleans(),
)
SHELVES = some.lists(RESOURCES, max_size=8, unique_by=lambda each: each.id)
USES = some.builds(
    Use,
    opened=some.integers(0, 20),
    ratings=some.dictionaries(some.sampled_from(Verdict), some.integers(1, 12)),
)


@given(shelf=SHELVES, role=some.sampled_from(Role), phase=some.sampled_from(PhaseName))
def test_nobody_is_offered_what_is_retired_or_for_others_or_for_another_time(
    shelf: list[Resource], role: Role, phase: PhaseName
) -> None:
    shown = in_order_for(shelf, [role], phase, ["negotiation"], {})
    others = Audience.MENTEES if role is Role.MENTOR else Audience.MENTORS
    kept_back = [each for each in shelf if each not in shown]
    assert all(not each.retired and each.audience is not others for each in shown)
    assert all(not each.phases or phase in each.phases for each in shown)
    assert all(
        each.retired or each.audience is others or (each.phases and phase not in each.phases)
        for each in kept_back
    )


@given(shelf=SHELVES, phase=some.sampled_from(PhaseName))
def test_what_is_made_for_this_phase_comes_first_then_what_one_wants_to_learn(
    shelf: list[Resource], phase: PhaseName
) -> None:
    shown = in_order_for(shelf, [Role.MENTEE], phase, ["negotiation"], {})
    ranks = [(phase not in each.phases, "negotiation" not in each.tags) for each in shown]
    assert ranks == sorted(ranks)


@given(use=USES, days=some.integers(0, 200))
def test_a_resource_needs_a_look_when_it_is_dead_helps_few_or_lies_unused(use: Use, days: int) -> None:
    old = replace(GUIDE, added_at=NOW - timedelta(days=days))
    judged = use.said(Verdict.HELPED) + use.said(Verdict.NOT_FOR_ME)
    bad = judged >= ENOUGH_RATINGS and use.said(Verdict.HELPED) / judged < BAD_SHARE
    assert worries(old, use, NOW) == [
        worry
        for worry, is_so in (
            (Worry.DEAD, use.said(Verdict.DEAD) > 0),
            (Worry.BADLY_RATED, bad),
            (Worry.UNUSED, not use.opened and timedelta(days=days) >= NEW_FOR),
        )
        if is_so
    ]
    assert worries(replace(old, retired=True), use, NOW) == []


def test_a_few_ratings_say_nothing_since_they_would_tell_on_people() -> None:
    assert Use(4, {Verdict.NOT_FOR_ME: ENOUGH_RATINGS - 1}).helped_share is None


@given(shelf=SHELVES, use=USES)
def test_what_needs_a_look_stands_first_and_what_is_retired_last(shelf: list[Resource], use: Use) -> None:
    listed = for_maintenance(shelf, {each.id: use for each in shelf}, NOW)
    ranks = [(each.retired, not found) for each, found in listed]
    assert ranks == sorted(ranks)
    assert len(listed) == len(shelf)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(GUIDE, title=""), "title"),
        (replace(GUIDE, url="the guide"), "url"),
        (replace(GUIDE, url="ftp://firm.example/guide"), "url"),
        (replace(GUIDE, url="https://guide"), "url"),
        (replace(GUIDE, id=2), "url"),
        (replace(GUIDE, tags=tuple("abcdefg")), "tags"),
        (replace(GUIDE, tags=("t" * 41,)), "tags"),
    ],
)
def test_what_nobody_could_use_is_refused_at_its_field(wrong: Resource, field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_resource(wrong, [GUIDE])
    assert refusal.value.field == field


def test_tags_are_read_once_each_as_they_were_typed_last() -> None:
    assert read_tags(" Negotiation ,, difficult   clients, negotiation") == (
        "negotiation",
        "difficult clients",
    )


def test_every_word_looked_for_has_to_be_there() -> None:
    other = replace(GUIDE, id=2, title="Difficult clients", tags=("negotiation",))
    assert found_by([GUIDE, other], "NEGOTIATION clients") == [other]
    assert found_by([GUIDE, other], "") == [GUIDE, other]
