"""Who may read an answer: for every shipped question and every reader, held against what people were told."""

import pytest

from mentoring.surveys.answers import Answers
from mentoring.surveys.instruments import Instrument, Question, Visibility
from mentoring.surveys.visible import AnswerReader, visible_answers, visible_notes
from messages.instruments.loader import shipped

NAMED = [each.in_locale("en-US") for each in shipped().values() if not each.in_locale("en-US").anonymous]
ANONYMOUS = [each.in_locale("en-US") for each in shipped().values() if each.in_locale("en-US").anonymous]
TOLD = {
    AnswerReader.COORDINATOR: {Visibility.TEAM, Visibility.COORDINATOR},
    AnswerReader.NOBODY: set(),
}
"""What the line under a question promises, said here a second time and by hand."""


def filled(instrument: Instrument, *, share: bool) -> Answers:
    texts = {each.id for each in instrument.questions if each.kind.is_text}
    values = {each.id: "x" if each.kind.is_text else 3 for each in instrument.questions}
    return Answers(values, frozenset(texts if share else ()))


def may(question: Question, reader: AnswerReader, *, share: bool) -> bool:
    if question.visibility is Visibility.TEAM_IF_SHARED:
        return reader is AnswerReader.COORDINATOR and share
    return question.visibility in TOLD[reader]


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("reader", list(TOLD))
@pytest.mark.parametrize("instrument", NAMED, ids=lambda each: each.id)
def test_each_reads_what_the_person_was_told_and_no_more(
    instrument: Instrument,
    reader: AnswerReader,
    share: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    seen = visible_answers(instrument, filled(instrument, share=share), reader)
    for question in instrument.questions:
        assert (question.id in seen) == may(question, reader, share=share), question.id


@pytest.mark.parametrize("instrument", NAMED, ids=lambda each: each.id)
def test_people_read_all_of_their_own(instrument: Instrument) -> None:
    seen = visible_answers(instrument, filled(instrument, share=False), AnswerReader.SELF)
    assert [*seen] == [each.id for each in instrument.questions]


@pytest.mark.parametrize("instrument", ANONYMOUS, ids=lambda each: each.id)
def test_anonymous_answers_are_nobodys_and_their_notes_come_in_groups(instrument: Instrument) -> None:
    one = filled(instrument, share=True)
    with pytest.raises(ValueError, match="anonymous"):
        visible_answers(instrument, one, AnswerReader.SELF)
    texts = sum(each.kind.is_text for each in instrument.questions)
    assert visible_notes(instrument, [one] * 4, AnswerReader.COORDINATOR, 5) == []
    assert len(visible_notes(instrument, [one] * 5, AnswerReader.COORDINATOR, 5)) == 5 * texts
    assert visible_notes(instrument, [one] * 5, AnswerReader.NOBODY, 5) == []
    assert visible_notes(instrument, [filled(instrument, share=False)] * 9, AnswerReader.COORDINATOR, 5) == []
