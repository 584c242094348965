"""An agreement in any order of acts by three people, of whom one has no part in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mentoring.agreements import (
    Agreement,
    Change,
    ProgramDefaults,
    accept,
    differences,
    in_force,
    propose,
    suggest_changes,
    suggested_terms,
    waiting,
)
from mentoring.errors import NotAllowed, Refusal
from tests.support.examples import examples

PARTIES = (1, 2)
OUTSIDER = 3
BASE = suggested_terms(ProgramDefaults(), "Europe/London")

people = st.sampled_from((*PARTIES, OUTSIDER))
terms = st.builds(
    lambda minutes, place: replace(BASE, minutes=minutes, place=place),
    st.sampled_from((30, 45, 60)),
    st.sampled_from(("", "The library")),
)
numbers = st.integers(1, 6)


class AgreementLife(RuleBasedStateMachine):
    """Whatever the three press, the versions stay in order."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 1, 5, 9, tzinfo=UTC)
        self.versions: list[Agreement] = []

    @rule(by=people, wanted=terms)
    def somebody_proposes(self, by: int, wanted: object) -> None:
        self._try(by, lambda: propose(wanted, by, self.versions, PARTIES, self.now))  # type: ignore[arg-type]  # drawn as Terms

    @rule(by=people, version=numbers)
    def somebody_accepts(self, by: int, version: int) -> None:
        self._try(by, lambda: accept(version, by, self.versions, PARTIES, self.now))

    @rule(by=people, version=numbers, wanted=terms)
    def somebody_suggests_changes(self, by: int, version: int, wanted: object) -> None:
        act = lambda: suggest_changes(version, wanted, by, self.versions, PARTIES, self.now)  # type: ignore[arg-type]  # drawn as Terms  # noqa: E731
        self._try(by, act)

    def _try(self, by: int, act: object) -> None:
        held = in_force(self.versions, PARTIES)
        self.now += timedelta(minutes=7)
        if by == OUTSIDER:
            with pytest.raises(NotAllowed):
                act()  # type: ignore[operator]  # a closure
            return
        try:
            change: Change = act()  # type: ignore[operator]  # a closure
        except Refusal:
            return
        known = {each.version: each for each in self.versions}
        known |= {each.version: each for each in (*change.replaced, change.current)}
        self.versions = [known[number] for number in sorted(known)]
        still = in_force(self.versions, PARTIES)
        if held is not None and still is None:
            raise AssertionError("what is in force holds until something else is signed by both")

    @invariant()
    def one_at_most_is_in_force_and_one_at_most_waits(self) -> None:
        live = [each for each in self.versions if each.superseded_at is None]
        assert sum(not each.waits_for(PARTIES) for each in live) <= 1
        assert sum(bool(each.waits_for(PARTIES)) for each in live) <= 1

    @invariant()
    def versions_count_up_and_every_signature_is_dated_and_given_once(self) -> None:
        assert [each.version for each in self.versions] == [*range(1, len(self.versions) + 1)]
        for each in self.versions:
            signers = [one.person_id for one in each.signatures]
            assert len(signers) == len(set(signers))
            assert set(signers) <= set(PARTIES)
            assert [one.at for one in each.signatures] == sorted(one.at for one in each.signatures)

    @invariant()
    def a_proposal_never_repeats_what_holds(self) -> None:
        held, open_one = in_force(self.versions, PARTIES), waiting(self.versions, PARTIES)
        if held is not None and open_one is not None and open_one.version == held.version + 1:
            assert differences(held.terms, open_one.terms)


TestAgreementLife = AgreementLife.TestCase
TestAgreementLife.settings = settings(max_examples=examples(30), stateful_step_count=25, deadline=None)
