"""A portfolio is its owner's, and holds what they picked as it stood then."""

from dataclasses import replace

import pytest

from mentoring.assessment import give_feedback
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role
from mentoring.portfolio import ItemKind, Reader, by_objective, check_warned, items_from, shown_to
from tests.mentoring.test_assessment import DONE, MEMO, WORDS


def test_a_finished_task_offers_its_note_and_its_feedback_for_the_portfolio() -> None:
    reviewed = give_feedback(DONE, WORDS, role=Role.MENTOR)
    note, feedback = items_from(reviewed, person_id=7)
    assert (note.kind, note.text, note.source_id) == (ItemKind.TASK, "It took two drafts.", 1)
    assert (feedback.kind, feedback.text) == (ItemKind.FEEDBACK, "Clear first line.\nShorter paragraphs.")
    with pytest.raises(NoLongerOpen):
        items_from(MEMO, person_id=7)


def test_a_portfolio_is_its_owners_until_they_choose_a_reader() -> None:
    (private,) = items_from(DONE, person_id=7)
    shared = replace(private, readers=frozenset({Reader.MENTOR}))
    assert shown_to([private, shared], Reader.MENTOR) == (shared,)
    assert shown_to([private, shared], Reader.TEAM) == ()
    assert shown_to([private, shared], None) == (private, shared)
    assert by_objective([5, 3], [private]) == ((5, ()), (3, (private,)))


def test_nothing_goes_in_before_the_warning_about_client_secrets() -> None:
    with pytest.raises(Refusal, match="client or a matter be recognized"):
        check_warned(warned=False)
    check_warned(warned=True)
