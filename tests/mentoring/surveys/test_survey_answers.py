from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.errors import Refusal
from mentoring.surveys.answers import LONG_LIMIT, answers_so_far, check_answers
from mentoring.surveys.instruments import (
    Audience,
    Branch,
    Instrument,
    Option,
    Question,
    QuestionKind,
    Visibility,
    questions_to_ask,
    revised,
)


def question(id_: str, kind: QuestionKind, **more: object) -> Question:
    visibility = Visibility.TEAM_IF_SHARED if kind.is_text else Visibility.GROUPED
    base = Question(id_, f"About {id_}?", kind, visibility, "Who sees this: no one.")
    return replace(base, **more)  # type: ignore[arg-type]  # the names are checked at run time


SURVEY = Instrument(
    id="survey",
    version=3,
    title="A survey",
    audience=Audience.BOTH,
    anonymous=False,
    purpose="To see how it goes.",
    questions=(
        question("fit", QuestionKind.RATING, required=True),
        question("why", QuestionKind.LONG, shown_if=Branch("fit", at_most=2)),
        question("tell", QuestionKind.NPS),
        question(
            "again",
            QuestionKind.CHOICE,
            options=(Option("yes", "Yes"), Option("later", "Later"), Option("no", "No")),
        ),
        question("when", QuestionKind.DATE, shown_if=Branch("again", any_of=("later",))),
        question("topics", QuestionKind.CHOICES, options=(Option("a", "A"), Option("b", "B"))),
        question("hours", QuestionKind.NUMBER, minimum=0, maximum=100),
        question("word", QuestionKind.SHORT),
    ),
)


def test_good_answers_come_back_checked_and_typed() -> None:
    answers = check_answers(
        SURVEY,
        {
            "fit": "4",
            "tell": 10,
            "again": "later",
            "when": "2026-03-05",
            "topics": ["b", "a"],
            "hours": "2.5",
            "word": "  Bring <cookies> & *time*  ",
        },
        shared=["word"],
    )
    assert dict(answers.values) == {
        "fit": 4,
        "tell": 10,
        "again": "later",
        "when": date(2026, 3, 5),
        "topics": ("a", "b"),
        "hours": 2.5,
        "word": "Bring <cookies> & *time*",
    }
    assert answers.texts_shared(SURVEY) == {"word": "Bring <cookies> & *time*"}


@pytest.mark.parametrize(
    ("question_id", "given_value", "sentence"),
    [
        ("fit", "6", "Pick a whole number from 1 to 5."),
        ("fit", 0, "Pick a whole number from 1 to 5."),
        ("fit", "3.5", "Pick a whole number from 1 to 5."),
        ("fit", True, "Pick a whole number from 1 to 5."),
        ("fit", None, "Please answer this one before you send."),
        ("tell", "11", "Pick a whole number from 0 to 10."),
        ("again", "maybe", "That is not one of the choices. Pick one from the list."),
        ("again", ["yes"], "That is not one of the choices. Pick one from the list."),
        ("topics", ["a", "c"], "One of these is not a choice. Pick from the list."),
        ("topics", "a", "Pick from the list."),
        ("hours", "a dozen", "That is not a number. Use digits only, such as 3 or 2.5."),
        ("hours", "nan", "That is not a number. Use digits only, such as 3 or 2.5."),
        ("hours", "1e400", "That is not a number. Use digits only, such as 3 or 2.5."),
        ("hours", -1, "That is too low. Use 0 or more."),
        ("hours", "100.5", "That is too high. Use 100 or less."),
        ("word", "x" * 151, "That is 151 characters and 150 fit. Please shorten it by 1."),
        ("word", 7, "Please answer in words."),
        ("nonsense", "1", "This question is not part of the survey. Open the survey again to answer it."),
    ],
)
def test_a_bad_answer_is_refused_with_a_sentence_on_its_question(
    question_id: str, given_value: object, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check_answers(SURVEY, {"fit": 3} | {question_id: given_value})
    assert (refused.value.field, refused.value.sentence) == (question_id, sentence)


@pytest.mark.parametrize("nonsense", ["2026-02-30", "next week", "1850-01-01", "2200-01-01"])
def test_a_date_that_is_none_or_a_slip_is_refused(nonsense: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_answers(SURVEY, {"fit": 3, "again": "later", "when": nonsense})
    assert refused.value.field == "when"


def test_a_note_of_three_thousand_characters_fits_and_one_more_does_not() -> None:
    note = "y" * LONG_LIMIT
    assert check_answers(SURVEY, {"fit": 1, "why": note}).values["why"] == note
    with pytest.raises(Refusal, match="3,001 characters and 3,000 fit"):
        check_answers(SURVEY, {"fit": 1, "why": note + "y"})


def test_an_answer_to_a_question_that_no_longer_applies_is_left_out() -> None:
    answers = check_answers(SURVEY, {"fit": 5, "why": "written while fit was 1"}, shared=["why"])
    assert "why" not in answers.values
    assert answers.shared == frozenset()


def test_a_branch_opens_only_on_the_answer_it_waits_for() -> None:
    def asked(**answers: int | str) -> list[str]:
        return [q.id for q in questions_to_ask(SURVEY, answers)]

    assert "why" not in asked()
    assert "why" not in asked(fit=3)
    assert "why" in asked(fit=2)
    assert "when" in asked(again="later")
    assert "when" not in asked(again="yes")


def test_a_chain_of_branches_closes_as_a_whole() -> None:
    chain = replace(
        SURVEY,
        questions=(
            question("one", QuestionKind.RATING),
            question("two", QuestionKind.RATING, shown_if=Branch("one", at_most=2)),
            question("three", QuestionKind.RATING, shown_if=Branch("two", at_least=4)),
        ),
    )
    assert [q.id for q in questions_to_ask(chain, {"one": 1, "two": 5})] == ["one", "two", "three"]
    assert [q.id for q in questions_to_ask(chain, {"one": 5, "two": 5})] == ["one"]


def test_a_half_filled_form_keeps_what_is_usable() -> None:
    assert answers_so_far(SURVEY, {"fit": "2", "hours": "lots", "word": None}) == {"fit": 2}


def test_stored_answers_read_back_as_the_same_answers() -> None:
    answers = check_answers(
        SURVEY, {"fit": 2, "why": "No time", "again": "later", "when": "2026-03-05", "topics": ["a"]}
    )
    stored = answers.to_store(SURVEY)
    assert stored["when"] == "2026-03-05"
    assert check_answers(SURVEY, stored) == answers


def test_an_unshared_note_to_an_anonymous_survey_is_not_stored() -> None:
    anonymous = replace(SURVEY, anonymous=True)
    given_values = {"fit": 2, "why": "private", "word": "shared"}
    assert check_answers(anonymous, given_values, shared=["word"]).to_store(anonymous) == {
        "fit": 2,
        "word": "shared",
    }
    assert "why" in check_answers(SURVEY, given_values, shared=["word"]).to_store(SURVEY)


def test_answers_never_show_their_words_in_a_log() -> None:
    answers = check_answers(SURVEY, {"fit": 1, "why": "my secret", "word": "another"})
    assert "secret" not in f"{answers!r} {answers}"


QUESTION_IDS = st.sampled_from([question.id for question in SURVEY.questions])


@given(st.dictionaries(QUESTION_IDS, st.text() | st.integers() | st.floats()))
def test_whatever_is_typed_is_refused_by_name_or_checks_again_unchanged(raw: dict[str, object]) -> None:
    try:
        answers = check_answers(SURVEY, raw)
    except Refusal as refusal:
        named = SURVEY.question(refusal.field or "")
    else:
        named = SURVEY.questions[0]
        assert check_answers(SURVEY, answers.to_store(SURVEY)) == answers
    assert named is not None


def test_a_changed_question_is_a_new_version_and_an_unchanged_one_is_not() -> None:
    assert revised(SURVEY, replace(SURVEY, version=1)) is SURVEY
    reworded = replace(
        SURVEY, questions=(replace(SURVEY.questions[0], text="New words?"), *SURVEY.questions[1:])
    )
    assert revised(SURVEY, reworded).version == 4


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (replace(SURVEY, id="other"), "another survey"),
        (replace(SURVEY, questions=()), "at least one question"),
        (replace(SURVEY, questions=SURVEY.questions[1:]), "gone or comes later"),
        (replace(SURVEY, questions=(SURVEY.questions[0],) * 2), "same id"),
    ],
)
def test_a_draft_that_makes_no_survey_is_refused(draft: Instrument, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        revised(SURVEY, draft)


def test_a_promise_of_anonymity_cannot_be_edited_away() -> None:
    anonymous = replace(SURVEY, anonymous=True)
    with pytest.raises(Refusal, match="promises anonymity"):
        revised(anonymous, SURVEY)
    named = replace(anonymous, questions=(question("call", QuestionKind.SHORT, visibility=Visibility.TEAM),))
    with pytest.raises(Refusal, match="anonymous survey cannot show an answer with a name"):
        revised(anonymous, named)
