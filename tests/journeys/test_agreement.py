"""The agreement as stories: two steps, both directions, bad input refused in its field, versions."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from storage.tables import AgreementRow, LetterRow, PairRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.beginnings import beginning
from tests.support.town import MARCUS, PRIYA, ROBIN, Town, send


@beginning
def reverse_town(town: Town) -> None:
    """Priya, the junior one, mentors Marcus; both have been introduced."""
    town.claim()
    town.draft(kind="reverse")
    town.open()
    town.join(PRIYA, "mentor", offers=["negotiation"], wants=["mediation"], level="2")
    town.join(MARCUS, "mentee", wants=["negotiation"], offers=["mediation"], level="5")
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=1)
    for each in (PRIYA, MARCUS):
        town.press(each, "match.fine")
    town.later(days=2)


def versions(town: Town) -> list[AgreementRow]:
    with town.database.read() as session:
        return list(session.scalars(select(AgreementRow).order_by(AgreementRow.version)))


def open_second_step(town: Town, slack_id: str = PRIYA, **first: str) -> None:
    person = town.person(slack_id)
    person.command("/mentoring", "agreement")
    for name, value in first.items():
        person.fill(name, value)
    outcome = person.submit()
    assert not outcome.errors


def test_each_of_the_seven_terms_is_asked_prefilled_and_shown_to_the_other(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    open_second_step(town, weekday="1", at="15:00", zone="Europe/London", minutes="45", rescheduler="mentee")
    priya.fill("place", "https://meet.example.com/a?b=1&c=2")
    priya.fill("ends_on", "2026-06-30")
    assert priya.view is not None
    assert "What we say to each other stays between us." in priya.view.reading, "the program suggests"
    sent = priya.submit().view
    assert sent is not None
    assert "Sent to Marcus, to accept or to change." in sent.reading
    priya.close()
    assert not priya.stack, "both steps are gone"
    town.later(days=1)
    told = town.newest(MARCUS).reading
    for said in (
        "every two weeks on Tuesday at 3:00 PM (London), now 10:00 AM New York, 45 minutes",
        "https://meet.example.com/a?b=1&c=2",
        "Finding a new time: Priya",
        "Between meetings:",
        "Confidential:",
        "Off limits:",
        "Feedback:",
        "Goals:",
        "Until: Tuesday, June 30",
        "without a reason",
    ):
        assert said in told


def test_one_arrow_leads_back_to_the_first_step_with_what_was_filled_in(town: Town) -> None:
    matched_town(town)
    open_second_step(town, cadence="weeks:4")
    priya = town.person(PRIYA)
    priya.close()
    assert priya.view is not None
    assert priya.view.callback_id == "agreement.schedule"
    send(priya)
    assert versions(town)[0].terms["cadence"] == "weeks:4"


def test_every_cadence_can_be_told_from_every_other(town: Town) -> None:
    matched_town(town)
    view = town.person(PRIYA).command("/mentoring", "agreement").view
    assert view is not None
    block = next(each for each in view.blocks if each.get("block_id") == "cadence")
    labels = [each["text"]["text"] for each in block["element"]["options"]]
    assert len(labels) == len(set(labels)) == 11
    assert "Once a month, the last of that weekday" in labels


def test_a_day_without_a_time_is_refused_in_its_field(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "agreement")
    priya.fill("weekday", "1")
    assert priya.submit().errors == {"at": "Pick a time, or choose to book each time."}


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [
        ("2026-01-01", "That ends before it starts. Pick a later day."),
        ("2027-01-01", "The program ends before that. Pick an earlier day, or leave it empty."),
    ],
)
def test_an_end_that_makes_no_sense_is_refused_in_its_field(town: Town, ends_on: str, sentence: str) -> None:
    matched_town(town)
    open_second_step(town)
    priya = town.person(PRIYA)
    priya.fill("ends_on", ends_on)
    assert priya.submit().errors == {"ends_on": sentence}
    assert versions(town) == []


def test_an_end_already_over_is_refused_in_its_field(town: Town) -> None:
    matched_town(town)
    town.later(days=60)
    open_second_step(town)
    priya = town.person(PRIYA)
    priya.fill("ends_on", "2026-02-10")
    assert priya.submit().errors == {"ends_on": "That date has passed. Pick today or later."}


def test_a_pair_that_was_given_more_time_keeps_it_when_it_agrees_anew(town: Town) -> None:
    matched_town(town)
    town.person(ROBIN).command("/mentoring", "extend <@U0PRIYA> <@U0MARCUS> to August 28")
    open_second_step(town)
    town.person(PRIYA).submit()
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")
    with town.database.read() as session:
        assert session.scalars(select(PairRow)).one().ends_on == date(2026, 8, 28)


def test_a_pair_ends_on_the_day_it_agreed(town: Town) -> None:
    matched_town(town)
    open_second_step(town)
    priya = town.person(PRIYA)
    priya.fill("ends_on", "2026-05-29")
    priya.submit()
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")
    with town.database.read() as session:
        assert session.scalars(select(PairRow)).one().ends_on == date(2026, 5, 29)
    open_second_step(town)
    priya.fill("ends_on", "")
    priya.submit()
    town.later(days=1)
    assert "Until: the program's end" in town.newest(MARCUS).reading
    town.press(MARCUS, "agreement.accept")
    with town.database.read() as session:
        assert session.scalars(select(PairRow)).one().ends_on == town.program().ends_on


def test_a_reverse_pair_is_briefed_first_and_agrees_on_an_objective_each_way(town: Town) -> None:
    reverse_town(town)
    priya, marcus = town.person(PRIYA), town.person(MARCUS)
    shown = priya.command("/mentoring", "agreement").view
    assert shown is not None
    assert shown.title == "Who is the teacher?"
    priya.fill("lesson.choice", "name")
    assert "On to the agreement" in priya.submit().view.buttons  # type: ignore[union-attr] # it is open
    priya.submit()
    priya.submit()
    assert priya.view is not None
    for wanted in ("What does Priya want to get out of it?", "What does Marcus want to get out of it?"):
        assert wanted in priya.view.reading
    priya.fill("mentor_objective", "See how a practice group is led")
    priya.fill("mentee_objective", "Understand how new lawyers pick their tools")
    priya.fill("timeline", "Both by June")
    priya.submit()
    town.later(days=1)
    told = town.newest(MARCUS).reading
    assert "What Priya wants from it: See how a practice group is led" in told
    assert "What Marcus wants from it: Understand how new lawyers" in told
    assert "By when: Both by June" in told
    assert town.press(MARCUS, "agreement.accept").view is not None, "he is briefed before he signs"
    assert versions(town)[0].state == "proposed"
    marcus.fill("lesson.choice", "let")
    marcus.submit()
    marcus.submit()
    assert versions(town)[0].state == "in force"
    assert priya.command("/mentoring", "agreement").view.title == "Our agreement", "said once"  # type: ignore[union-attr] # it is open


def test_objectives_that_are_blank_are_refused_in_their_fields(town: Town) -> None:
    reverse_town(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "agreement")
    priya.fill("lesson.choice", "name")
    for _ in range(3):
        priya.submit()
    for name in ("mentor_objective", "mentee_objective", "timeline"):
        priya.fill(name, "   ")
    errors = priya.submit().errors
    assert errors == {
        "mentor_objective": "You both teach and both learn here. Write one thing in each direction."
    }


def test_versions_are_kept_and_either_may_reopen(town: Town) -> None:
    agreed_town(town)
    marcus = town.person(MARCUS)
    town.press(MARCUS, "agreement.reopen", in_room=(PRIYA, MARCUS))
    marcus.fill("minutes", "30")
    send(marcus)
    assert [each.state for each in versions(town)] == ["in force", "proposed"], (
        "the old holds until both sign"
    )
    town.later(days=1)
    town.press(PRIYA, "agreement.accept")
    assert [each.state for each in versions(town)] == ["replaced", "in force"]
    assert all(each.signatures[0]["at"] and each.signatures[1]["at"] for each in versions(town))


def test_terms_agreed_twice_in_one_night_are_shown_once_as_they_stand(town: Town) -> None:
    agreed_town(town)
    marcus, before = town.person(MARCUS), len(town.room(PRIYA, MARCUS))
    town.until(datetime(2026, 1, 10, 20, tzinfo=UTC))  # a Saturday
    for minutes in ("30", "45"):
        open_second_step(town, minutes=minutes)
        town.person(PRIYA).submit()
        marcus.open_home()
        marcus.click_home("agreement.look")
        marcus.press("agreement.accept")
        marcus.close(all=True)
    town.later(days=3)
    said = [each.reading for each in town.room(PRIYA, MARCUS)[before:] if "It's agreed" in each.reading]
    assert len(said) == 1
    assert "45 minutes" in said[0]


def test_without_an_agreement_each_is_reminded_after_seven_and_fourteen_days_and_no_more(town: Town) -> None:
    matched_town(town)
    town.later(days=60)
    with town.database.read() as session:
        sent = session.scalars(
            select(LetterRow).where(LetterRow.kind == "agreement_reminder", LetterRow.state == "sent")
        ).all()
    assert sorted(each.key.split(":")[2] for each in sent) == ["14 days", "7 days"]
    town.person(ROBIN).open_home()
    home = town.person(ROBIN).home
    assert home is not None
    assert "Priya" in home.reading
    assert "no agreement" in home.reading.lower()


def home(town: Town, slack_id: str) -> str:
    person = town.person(slack_id)
    person.open_home()
    assert person.home is not None
    return person.home.reading


def test_a_proposal_is_found_again_from_home_and_by_command(town: Town) -> None:
    matched_town(town)
    open_second_step(town)
    marcus = town.person(MARCUS)
    town.person(PRIYA).submit()
    town.later(days=1)
    assert "Your agreement waits for Marcus." in home(town, PRIYA)
    assert "An agreement waits for your yes" in home(town, MARCUS)
    shown = marcus.click_home("agreement.look").view
    assert shown is not None
    assert "Priya suggests how you could work together" in shown.reading
    marcus.press("agreement.accept")
    assert versions(town)[0].state == "in force"
    marcus.close(all=True)
    assert "waits" not in home(town, MARCUS)
    assert marcus.command("/mentoring", "agreement").view is not None, "nothing waits: the form, to reopen it"
