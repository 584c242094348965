"""Terms, signatures, versions, and what is refused in the field."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from mentoring.agreements import (
    LONGEST_TEXT,
    Agreement,
    Change,
    Difference,
    ProgramDefaults,
    Terms,
    accept,
    check_end,
    check_terms,
    differences,
    in_force,
    propose,
    read_day,
    read_time,
    rhythm_of,
    suggest_changes,
    suggested_terms,
    waiting,
)
from mentoring.cadence import WEEKLY
from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.kinds import ProgramKind

PRIYA, MARCUS, JONAS = 1, 2, 3
PAIR = (PRIYA, MARCUS)
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = NOW.date()
SUGGESTED = suggested_terms(ProgramDefaults(), "America/New_York")
WEEKLY_TERMS = replace(SUGGESTED, cadence=WEEKLY)


class Paper:
    """The versions of one pair, as storage keeps them."""

    def __init__(self) -> None:
        self.versions: dict[int, Agreement] = {}

    def keep(self, change: Change) -> Agreement:
        for each in (*change.replaced, change.current):
            self.versions[each.version] = each
        return change.current

    @property
    def all(self) -> list[Agreement]:
        return list(self.versions.values())

    def propose(self, terms: Terms, by: int) -> Agreement:
        return self.keep(propose(terms, by, self.all, PAIR, NOW))

    def accept(self, version: int, by: int) -> Agreement:
        return self.keep(accept(version, by, self.all, PAIR, NOW))

    def suggest(self, version: int, terms: Terms, by: int) -> Agreement:
        return self.keep(suggest_changes(version, terms, by, self.all, PAIR, NOW))


def signed_paper() -> Paper:
    paper = Paper()
    paper.propose(SUGGESTED, PRIYA)
    paper.accept(1, MARCUS)
    return paper


def field_of(terms: Terms, kind: ProgramKind = ProgramKind.TRADITIONAL) -> str | None:
    with pytest.raises(Refusal) as refused:
        check_terms(terms, kind, TODAY)
    return refused.value.field


def test_the_programs_suggestion_can_be_signed_as_it_stands() -> None:
    check_terms(SUGGESTED, ProgramKind.TRADITIONAL, TODAY)


def test_proposing_is_signing_and_the_other_signature_puts_it_in_force() -> None:
    paper = Paper()
    first = paper.propose(SUGGESTED, PRIYA)
    assert first.waits_for(PAIR) == (MARCUS,)
    assert in_force(paper.all, PAIR) is None
    agreed = paper.accept(1, MARCUS)
    assert [each.person_id for each in agreed.signatures] == [PRIYA, MARCUS]
    assert in_force(paper.all, PAIR) == agreed
    assert waiting(paper.all, PAIR) is None


def test_a_suggested_change_replaces_the_proposal_and_shows_what_differs() -> None:
    paper = Paper()
    paper.propose(SUGGESTED, PRIYA)
    second = paper.suggest(1, WEEKLY_TERMS, MARCUS)
    assert (second.version, second.waits_for(PAIR)) == (2, (PRIYA,))
    assert paper.versions[1].superseded_at == NOW
    assert differences(paper.versions[1].terms, second.terms) == (
        Difference("cadence", SUGGESTED.cadence, WEEKLY),
    )


def test_a_reopened_agreement_holds_until_the_new_one_is_signed_by_both() -> None:
    paper = signed_paper()
    paper.propose(WEEKLY_TERMS, MARCUS)
    holding = in_force(paper.all, PAIR)
    assert holding is not None
    assert holding.version == 1
    paper.accept(2, PRIYA)
    holding = in_force(paper.all, PAIR)
    assert holding is not None
    assert holding.version == 2
    assert paper.versions[1].superseded_at == NOW


def test_nobody_signs_twice_or_for_another_pair() -> None:
    paper = Paper()
    paper.propose(SUGGESTED, PRIYA)
    with pytest.raises(Refusal, match="signed this already"):
        paper.accept(1, PRIYA)
    with pytest.raises(NotAllowed):
        paper.accept(1, JONAS)


def test_a_stale_proposal_can_be_neither_accepted_nor_changed() -> None:
    paper = Paper()
    paper.propose(SUGGESTED, PRIYA)
    paper.suggest(1, WEEKLY_TERMS, MARCUS)
    with pytest.raises(NoLongerOpen):
        paper.accept(1, MARCUS)
    with pytest.raises(NoLongerOpen):
        paper.suggest(1, SUGGESTED, PRIYA)


def test_two_proposals_never_wait_side_by_side() -> None:
    paper = Paper()
    paper.propose(SUGGESTED, PRIYA)
    with pytest.raises(Refusal, match="already waiting"):
        paper.propose(WEEKLY_TERMS, MARCUS)


def test_a_change_that_changes_nothing_is_refused() -> None:
    paper = Paper()
    paper.propose(SUGGESTED, PRIYA)
    with pytest.raises(Refusal, match="Nothing is different"):
        paper.suggest(1, SUGGESTED, MARCUS)
    agreed = signed_paper()
    with pytest.raises(Refusal, match="agreed already"):
        agreed.propose(SUGGESTED, MARCUS)


def test_terms_that_make_no_sense_are_refused_in_their_field() -> None:
    assert field_of(replace(SUGGESTED, plans_itself=True)) == "weekday"
    assert field_of(replace(SUGGESTED, plans_itself=True, weekday=1)) == "at"
    assert field_of(replace(SUGGESTED, minutes=5)) == "minutes"
    assert field_of(replace(SUGGESTED, minutes=600)) == "minutes"
    assert field_of(replace(SUGGESTED, zone="Mars/Olympus")) == "zone"
    assert field_of(replace(SUGGESTED, ends_on=TODAY - timedelta(days=1))) == "ends_on"
    assert field_of(replace(SUGGESTED, ends_on=date(2099, 1, 1))) == "ends_on"
    assert field_of(replace(SUGGESTED, feedback="x" * (LONGEST_TEXT + 1))) == "feedback"


def test_a_reverse_pair_names_an_objective_in_each_direction_and_a_timeline() -> None:
    one_sided = replace(SUGGESTED, mentor_objective="Understand our new tools")
    both = replace(one_sided, mentee_objective="See how partners decide")
    assert field_of(SUGGESTED, ProgramKind.REVERSE) == "mentor_objective"
    assert field_of(one_sided, ProgramKind.REVERSE) == "mentee_objective"
    assert field_of(both, ProgramKind.REVERSE) == "timeline"
    check_terms(replace(both, timeline="By June"), ProgramKind.REVERSE, TODAY)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(Refusal, match="ends before it starts") as refused:
        check_end(date(2026, 4, 1), TODAY, "until", first=date(2026, 4, 2))
    assert refused.value.field == "until"


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "0000-01-01", "5.3.2026", "soon", ""])
def test_days_that_do_not_exist_are_refused_in_the_field(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_day(text, "met_on")
    assert refused.value.field == "met_on"


def test_days_and_times_are_read_as_forms_send_them() -> None:
    assert read_day(" 2028-02-29 ", "met_on") == date(2028, 2, 29)
    assert read_time("15:05", "at") == time(15, 5)


@pytest.mark.parametrize("text", ["25:00", "3pm", "", "12", "12:60"])
def test_times_that_do_not_exist_are_refused_in_the_field(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_time(text, "at")
    assert refused.value.field == "at"


def test_the_rhythm_counts_from_the_local_day_after_signing() -> None:
    late_evening = datetime(2026, 3, 3, 3, tzinfo=UTC)  # still March 2 in New York
    slot = replace(SUGGESTED, plans_itself=True, weekday=1, at=time(15))
    rhythm = rhythm_of(slot, late_evening)
    assert (rhythm.anchor, rhythm.has_slot) == (date(2026, 3, 3), True)
    assert not rhythm_of(replace(slot, plans_itself=False), late_evening).has_slot
