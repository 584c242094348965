from dataclasses import replace
from typing import Any

import pytest

from mentoring.surveys.answers import check_answers
from mentoring.surveys.instruments import Instrument, Option, Value
from messages.instruments.form import field_of, read_submission, survey_view
from messages.instruments.loader import shipped, shipped_instrument
from playground.blocks.check import check_view
from playground.blocks.state import initial_state

LOCALES = ("en-US", "es-MX")
IDS = sorted(shipped())
LOWEST: dict[str, Value] = {"fit": 1, "helps": 1, "useful": 1, "changed": 5, "again": "later"}
"""Answers that open every branch that ships."""


def view_of(instrument_id: str, locale: str = "en-US", **more: Any) -> dict[str, Any]:
    return survey_view(shipped_instrument(instrument_id, locale), request_id="r17", locale=locale, **more)


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def opening(view: dict[str, Any]) -> str:
    """What stands above the first question."""
    texts = []
    for block in view["blocks"]:
        if block["type"] == "input":
            break
        texts += [block["text"]["text"]] if "text" in block else [one["text"] for one in block["elements"]]
    return "\n".join(texts)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("instrument_id", IDS)
def test_slack_takes_every_form_that_ships_with_every_branch_open(instrument_id: str, locale: str) -> None:
    assert check_view(view_of(instrument_id, locale)) == []
    assert check_view(view_of(instrument_id, locale, answers=LOWEST, preview=True, other="Ana" * 40)) == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("instrument_id", IDS)
def test_who_sees_an_answer_is_said_once_above_all_questions_or_under_each(
    instrument_id: str, locale: str
) -> None:
    says = "Who sees this: " if locale == "en-US" else "Quién lo ve: "
    view = view_of(instrument_id, locale, answers=LOWEST)
    questions = [block for id_, block in inputs(view).items() if id_[0] == "q"]
    said = [block["hint"]["text"] for block in questions if "hint" in block] or [opening(view)]
    assert len(said) in {1, len(questions)}
    for each in said:
        assert says in each
        assert "{" not in each


def test_six_questions_that_the_same_people_see_say_so_once_and_first() -> None:
    view = view_of("competency_after")
    assert "Who sees this: you. Others see only groups of 5 or more. Skip what you like." in opening(view)
    assert not [block for block in inputs(view).values() if "hint" in block]


def test_a_scale_says_what_its_ends_mean_where_they_are_chosen() -> None:
    chosen = inputs(view_of("final_mentee"))["q.satisfied"]["element"]["options"]
    assert [each["text"]["text"] for each in chosen] == ["1: not at all", "2", "3", "4", "5: very much"]
    assert [each["value"] for each in chosen] == ["1", "2", "3", "4", "5"]


def test_the_promise_of_anonymity_stands_before_the_first_question_with_the_programs_number() -> None:
    words = opening(view_of("final_mentee", minimum_group=7))
    assert "*This survey is anonymous.* We store that you answered, not what you answered." in words
    assert "7 or more people" in words
    assert "anonymous" not in opening(view_of("check_in_start_mentee"))


def test_a_check_in_says_what_a_low_score_sets_off() -> None:
    assert "After a low score the coordinator may look in" in opening(view_of("check_in_start_mentee"))
    assert "low score" not in opening(view_of("competency_before"))


def test_a_note_is_shared_only_by_a_tick_that_starts_empty() -> None:
    blocks = inputs(view_of("check_in_start_mentee"))
    (tick,) = blocks["share.note"]["element"]["options"]
    assert tick["text"]["text"] == "Share my note with the program team"
    assert "initial_options" not in blocks["share.note"]["element"]
    assert "share.at_ease" not in blocks


def test_an_answer_that_opens_a_branch_is_sent_at_once_and_the_branch_appears() -> None:
    closed, opened = inputs(view_of("match_quality")), inputs(view_of("match_quality", answers={"fit": 2}))
    assert closed["q.fit"]["dispatch_action"] is True
    assert closed["q.fit"]["element"]["action_id"] == "survey_branch"
    assert "dispatch_action" not in closed["q.meeting"]
    assert set(opened) - set(closed) == {"q.missing", "q.change"}
    assert opened["q.fit"]["element"]["initial_option"]["value"] == "2"


def test_a_question_names_the_other_person_or_says_so_without() -> None:
    named = inputs(view_of("check_in_start_mentee", other="Zoë O'Neill <&>"))
    assert named["q.at_ease"]["label"]["text"] == "How at ease are you when you talk with Zoë O'Neill <&>?"
    unnamed = inputs(view_of("check_in_start_mentee", "es-ES"))
    assert unnamed["q.at_ease"]["label"]["text"] == "¿Con qué comodidad hablas con la otra persona?"


def test_the_form_carries_the_request_and_a_preview_cannot_be_taken_for_it() -> None:
    view, preview = view_of("exit"), view_of("exit", preview=True)
    assert (view["callback_id"], view["private_metadata"]) == ("survey_answer", "r17")
    assert preview["callback_id"] == "survey_preview"
    assert opening(preview).startswith("*Preview.*")


FILLED: dict[str, dict[str, Value]] = {
    "exit": {
        "reason": "time",
        "satisfied": 2,
        "again": "later",
        "from_when": "2026-09-01",
        "note": "Thanks & <bye>",
    },
    "mid_term": {"satisfied": 4, "hours": 2.5, "helps": ("meetings", "tasks"), "note": "More *time*"},
    "final_mentor": {"recommend": 10, "seen": 3},
    "resource_rating": {"useful": 1, "better": "A newer form"},
}


@pytest.mark.parametrize("instrument_id", sorted(FILLED))
def test_what_is_filled_in_comes_back_from_slack_as_the_same_answers(instrument_id: str) -> None:
    instrument = shipped_instrument(instrument_id)
    answers = check_answers(instrument, FILLED[instrument_id], shared=["note"])
    view = view_of(instrument_id, answers=answers.values, shared=answers.shared)
    submitted = read_submission({"values": initial_state(view)}, instrument)
    assert check_answers(instrument, submitted.values, submitted.shared) == answers
    assert "bye" not in repr(submitted)


def test_an_untouched_form_comes_back_empty() -> None:
    submitted = read_submission({"values": initial_state(view_of("exit"))}, shipped_instrument("exit"))
    assert (dict(submitted.values), submitted.shared) == ({}, frozenset())


def long_survey() -> Instrument:
    """A choice of fifteen, which does not fit radio buttons or checkboxes."""
    exit_survey = shipped_instrument("exit")
    many = tuple(Option(f"option_{n}", "x" * 75) for n in range(15))
    reason = replace(exit_survey.questions[0], options=many)
    several = replace(shipped_instrument("mid_term").questions[3], options=many)
    return replace(exit_survey, questions=(reason, several))


def test_a_long_list_is_selected_from() -> None:
    survey = long_survey()
    answers: dict[str, Value] = {"reason": "option_9", "helps": ("option_3", "option_14")}
    view = survey_view(survey, request_id="r", locale="en-US", answers=answers)
    assert check_view(view) == []
    kinds = [block["element"]["type"] for block in inputs(view).values()]
    assert kinds == ["static_select", "multi_static_select"]
    submitted = read_submission({"values": initial_state(view)}, survey)
    assert check_answers(survey, submitted.values).values == answers


def test_a_refusal_finds_its_place_in_the_form() -> None:
    assert field_of("fit") in inputs(view_of("match_quality"))
