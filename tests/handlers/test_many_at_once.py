"""A coordinator of three hundred: one act for many, with its number said before and after."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bench.desk import desk_with
from bot.circumstances import circumstances
from handlers.acting import open_extend
from handlers.applications import suggest
from handlers.commands import command
from handlers.desk import send_all_again, show_failed
from handlers.home import home
from handlers.together import open_message, seen_many, send_message, show_reasons
from handlers.visit import Visit
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.goals import Goal, Progress
from mentoring.notices import Notice, ToPerson
from mentoring.nudges.notices import Kind
from messages.actions import Act
from messages.answers import Offer, Show, Tell
from messages.letters.care import care_note, monday
from messages.letters.context import Circumstances
from playground.blocks import Control, check_message, check_view, controls, reading
from storage.desk import open_concerns
from storage.goals import save_goal
from storage.meetings import note_for_coordinators
from storage.outbox import claim_letter, write_letter
from storage.people import person
from storage.tables import AuditRow, CareNoteRow, EnrollmentRow, LetterRow, MemberRow, PersonRow
from tests.support.queries import queries

DAY = timedelta(days=1)
OF_THE_PROGRAM = {"program": 1}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Visit]:
    """The owner of a program of 140 pairs, 14 of which have not met three times in a row."""
    database, visit = desk_with(tmp_path, 300, 140)
    yield visit
    database.close()


def on(visit: Visit, act: str, **ids: int | str) -> Visit:
    """The same visit, pressing this."""
    return replace(visit, act=Act(act, {**OF_THE_PROGRAM, **ids}))


def shown(answer: object) -> dict[str, Any]:
    assert isinstance(answer, Show)
    assert check_view(answer.view) == []
    return answer.view


def read(view: dict[str, Any]) -> str:
    return reading(view["blocks"], names=lambda id_: id_)


def button(view: dict[str, Any], act: str, reason: str = "") -> Control:
    return next(
        each for each in controls(view["blocks"]) if each.action_id == act and reason in (each.value or "")
    )


def press(visit: Visit, view: dict[str, Any], act: str, reason: str = "") -> Visit:
    """Whoever looks presses the button of this act, for this reason."""
    found = Act.decode(act, button(view, act, reason).value)
    return on(visit, act, **found.ids)


def look(visit: Visit) -> dict[str, Any]:
    with visit.database.read() as session:
        view = home(session, visit)
    assert check_view(view) == []
    return view


def note(visit: Visit, kind: Kind, *pair_ids: int, person_id: int | None = None) -> None:
    at = visit.now - DAY
    with visit.database.write() as session:
        for each in pair_ids:
            subject = f"pair {each} on {at.date()}"
            note_for_coordinators(session, visit.workspace.id, each, kind, subject, at, person_id=person_id)


def on_the_list(visit: Visit, kind: Kind) -> list[int]:
    with visit.database.read() as session:
        found = open_concerns(session, 1, visit.now, visit.person.id)
    return sorted(each.pair_id for each in found if each.kind is kind)


def fail(visit: Visit, count: int, too_late: int) -> None:
    """So many letters were given up, some of which would come too late now."""
    with visit.database.write() as session:
        for number in range(count):
            letter = LetterRow(
                workspace_id=visit.workspace.id, mark=f"m{number}", kind="nudge", key=f"k{number}", why="",
                person_id=number + 1, program_id=1, ids={}, written_at=visit.now - DAY,
                not_before=visit.now - DAY, state="failed", attempts=3, reason="internal_error",
                expires_at=visit.now if number < too_late else visit.now + DAY,
            )  # fmt: skip
            session.add(letter)


def queued(visit: Visit) -> list[LetterRow]:
    with visit.database.read() as session:
        return list(session.scalars(select(LetterRow).where(LetterRow.state == "queued")))


def deeds(visit: Visit) -> list[tuple[str, dict[str, Any]]]:
    with visit.database.read() as session:
        return [(row.action, row.subject) for row in session.scalars(select(AuditRow))]


def test_everything_that_did_not_arrive_is_tried_again_at_once_but_for_what_would_come_too_late(
    desk: Visit,
) -> None:
    fail(desk, 57, too_late=2)
    view = shown(show_failed(on(desk, "desk.failed")))
    assert "57 messages did not arrive in the last two weeks; here are the newest 20." in read(view)
    (press,) = (each for each in controls(view["blocks"]) if each.action_id == "desk.again_all")
    assert press.label == "Try all 55 again"
    with queries(desk.database) as asked:
        after = read(shown(send_all_again(on(desk, "desk.again_all"))))
    assert "55 messages are on their way again." in after
    assert "2 messages did not arrive" in after
    assert after.count("Its time is over") == 2
    assert len(asked) <= 6
    assert len(queued(desk)) == 55
    with pytest.raises(NoLongerOpen):
        send_all_again(on(desk, "desk.again_all"))
    assert deeds(desk) == [("desk.again_all", {"letters": 55})]


def test_home_breaks_down_why_pairs_need_a_look_and_leads_to_one_act_for_many(desk: Visit) -> None:
    assert "14 without a meeting three times in a row" in read(look(desk))
    note(desk, Kind.LOW_RATING, 1, 2, 3)
    note(desk, Kind.WANTS_HELP, 11, person_id=21)
    said = read(look(desk))
    assert "16 pairs need a look" in said
    counts = "1 in which somebody asked to talk to you · 3 with a low rating · 14 without a meeting"
    assert counts in said, "a pair may have several reasons"
    view = shown(show_reasons(press(desk, look(desk), "desk.reasons")))
    assert "Person 20" not in read(view), "who asked for a talk stands on Home, where the talk begins"
    assert [each.label for each in controls(view["blocks"])] == [
        "Write to all 3", "All 3 are dealt with", "Write to all 14", "All 14 are dealt with",
    ]  # fmt: skip


def test_all_pairs_of_a_reason_are_dealt_with_for_that_and_no_other_reason(desk: Visit) -> None:
    note(desk, Kind.LOW_RATING, 1, 2, 3)
    view = shown(show_reasons(on(desk, "desk.reasons")))
    later = replace(desk, now=desk.now + 2 * DAY)
    note(later, Kind.LOW_RATING, 3, 4)
    with queries(desk.database) as asked:
        after = shown(seen_many(press(later, view, "desk.seen_many", "low_rating")))
    assert len(asked) <= 12
    assert "3 pairs are off the list for that reason." in read(after)
    assert on_the_list(later, Kind.LOW_RATING) == [3, 4], "these arose after the number was shown"
    assert 1 in on_the_list(desk, Kind.ATTENTION)
    assert deeds(desk) == [("desk.seen_many", {"pairs": 3})], "not for which reason: they may read the log"
    with pytest.raises(NoLongerOpen):
        seen_many(press(desk, view, "desk.seen_many", "low_rating"))


def test_the_same_words_go_to_many_once_to_each_and_never_about_a_pair_of_ones_own(desk: Visit) -> None:
    with desk.database.write() as session:
        # One mentor of two quiet pairs, and a quiet pair of the coordinator's own.
        session.add(MemberRow(pair_id=11, person_id=1, enrollment_id=1, role="mentor"))
        session.add(MemberRow(pair_id=21, person_id=desk.person.id, enrollment_id=299, role="mentor"))
    view = shown(show_reasons(on(desk, "desk.reasons")))
    form = shown(open_message(press(desk, view, "care.message_many", "attention")))
    assert form["submit"]["text"] == "Write to 13 pairs"
    assert "Person 0 and Person 1" in read(form)
    assert "Person 40" not in read(form)
    ids = Act.decode("care.message_many_submit", form["private_metadata"]).ids
    sent = replace(
        on(desk, "care.message_many_submit", **ids), values={"text": {"text": {"value": "How are you?"}}}
    )
    with queries(desk.database) as asked:
        answer = send_message(sent)
    assert len(asked) <= 12
    assert isinstance(answer, Tell)
    assert "On its way to 13 pairs: to everybody once" in answer.message.text
    letters = queued(desk)
    assert len(letters) == len({each.person_id for each in letters}) == 26
    (both,) = (each for each in letters if each.person_id == 1)
    assert both.ids["with"] == "2+21+22"
    with desk.database.write() as session:
        letter = claim_letter(session, desk.now)
        assert letter is not None
        seen = circumstances(session, letter, desk.now)
    assert isinstance(seen, Circumstances)
    assert "writes to you, Person, Person and Person:\n\nHow are you?" in care_note(seen).text
    assert 41 not in {each.person_id for each in letters}
    with desk.database.read() as session:
        assert len(session.scalars(select(CareNoteRow)).all()) == 13
    with pytest.raises(NoLongerOpen):
        send_message(sent)
    assert len(queued(desk)) == 25, "one is being sent"
    assert deeds(desk) == [("care.message_many", {"pairs": 13})]


def called(visit: Visit, names: dict[int, tuple[str, str, str]]) -> None:
    """These people have this name, this department and this address."""
    with visit.database.write() as session:
        for person_id, (name, department, email) in names.items():
            person = session.get_one(PersonRow, person_id)
            person.name, person.email = name, email
            part = session.get_one(EnrollmentRow, person_id)
            part.profile = {**part.profile, "department": department}


def answered(visit: Visit, line: str) -> str:
    """What a typed line is answered with, in words."""
    answer = command(replace(visit, text=line))
    return read(shown(answer)) if isinstance(answer, Show) else str(answer)


ALIKE = {
    1: ("Anna Becker", "Tax", ""),
    2: ("Ben Cole", "", ""),
    3: ("Anna Becker", "Litigation", ""),
    4: ("Cara Diaz", "", ""),
    299: ("Anna Becker", "Finance", ""),
    283: ("Eva Fox", "", ""),
}
"""Three of one name, of whom two are in a pair and one waits for one."""


def offered(visit: Visit, line: str) -> dict[str, Act]:
    """The pairs a typed line is answered with, and what the button of each does."""
    answer = command(replace(visit, text=line))
    assert isinstance(answer, Tell)
    blocks = answer.message.blocks
    assert check_message(blocks, text=answer.message.text) == []
    names = [read({"blocks": [each]}) for each in blocks[1:] if each["type"] == "section"]
    presses = [Act.decode(each.action_id, each.value) for each in controls(blocks)]
    return dict(zip(names, presses, strict=True))


def test_a_name_that_several_have_leads_to_the_pair_it_can_only_be_or_to_a_choice(desk: Visit) -> None:
    called(desk, ALIKE)
    assert "The pairing of Anna Becker (Litigation) and Cara Diaz ends" in answered(
        desk, "end Anna Becker and Cara Diaz"
    )
    choice = offered(desk, "extend Anna Becker to December 31")
    assert [*choice] == ["Anna Becker (Tax) and Ben Cole", "Anna Becker (Litigation) and Cara Diaz"]
    act = choice["Anna Becker (Litigation) and Cara Diaz"]
    form = shown(open_extend(replace(desk, act=act)))
    assert "Anna Becker (Litigation) and Cara Diaz have until" in read(form)
    assert "[2026-12-31]" in read(form), "the day that was typed stands there"
    nudges = offered(desk, "nudge Anna")
    assert [each.ids["person"] for each in nudges.values()] == [1, 3]
    with pytest.raises(Refusal, match="I know no pair of Anna Becker and Anna Becker"):
        command(replace(desk, text="end Anna Becker and Anna Becker"))


def test_many_who_fit_are_counted_and_the_first_ten_offered(desk: Visit) -> None:
    answer = command(replace(desk, text="end Person"))
    assert isinstance(answer, Tell)
    said = read({"blocks": answer.message.blocks})
    assert "140 pairs fit. Which one do you mean?" in said
    assert "130 more fit. Name both people" in said


def test_a_mentee_is_moved_whom_the_line_names_first_and_a_mentor_who_cannot_is_named(desk: Visit) -> None:
    called(desk, ALIKE)
    form = answered(desk, "move Cara Diaz to <@U0000011A>")
    assert "Cara Diaz goes on with somebody else" in form
    assert "[Eva Fox]" in form
    form = answered(desk, "move Cara Diaz to Anna Becker")
    assert "[Anna Becker (Finance)]" in form, "of three the one who has a place"
    assert "Ben Cole can't be chosen" in answered(desk, "move Cara Diaz to Ben Cole")


def test_two_of_one_name_are_told_apart_wherever_a_coordinator_reads_them(desk: Visit) -> None:
    called(
        desk,
        {
            1: ("Anna Becker", "Tax", "a.becker@firm.example"),
            3: ("Anna Becker", "Litigation", "anna.becker@firm.example"),
            4: ("Ben Cole", "", "ben@firm.example"),
            8: ("Ben Cole", "Tax", "cole@firm.example"),
            5: ("Cara Diaz", "Tax", "cara@firm.example"),
        },
    )
    found = answered(desk, "people Anna")
    assert "Anna Becker (Tax), mentor" in found
    assert "Anna Becker (Litigation), mentor" in found
    assert "Ben Cole (ben)" in answered(desk, "people Ben"), "where a department is not known of both"
    assert "Cara Diaz, mentor" in answered(desk, "people Cara"), "and nothing where there is one"
    assert "Anna Becker (Litigation) and Ben Cole (ben)" in answered(desk, "pairs Anna")
    assert "The pairing of Anna Becker (Litigation) and Ben Cole (ben) ends" in answered(
        desk, "end <@U00000002> <@U00000003>"
    )
    with pytest.raises(Refusal, match=r"could be Anna Becker \(Tax\) or Anna Becker \(Litigation\)"):
        command(replace(desk, text="profile Anna Becker"))


def said_on_monday(visit: Visit) -> str:
    """What the owner reads of the week, in their letter of this very moment."""
    with visit.database.write() as session:
        notice = Notice(
            kind="monday", to=ToPerson(visit.person.id), key="monday", not_before=visit.now, why="Monday"
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=1)
        letter = claim_letter(session, visit.now)
        assert letter is not None
        seen = circumstances(session, letter, visit.now)
    assert isinstance(seen, Circumstances)
    return monday(seen).text


def test_two_of_one_name_are_told_apart_on_home_on_mondays_and_among_what_waits_or_did_not_arrive(
    desk: Visit,
) -> None:
    with queries(desk.database) as before:
        look(desk)
    alike = {1: "Tax", 21: "Litigation", 281: "Finance", 283: "Tax"}
    called(desk, {id_: ("Ana López", part, f"ana{id_}@firm.example") for id_, part in alike.items()})
    with queries(desk.database) as asked:
        said = read(look(desk))
    assert "Ana López (Tax) and Person 1" in said, "of those whom Home shows, the departments differ"
    assert "Ana López (Litigation) and Person 21" in said
    assert len(asked) == len(before) + 1, "one query for them all, and none where no name repeats"
    assert "Ana López (Litigation) and Person 21" in said_on_monday(desk)
    queue = answered(desk, "applications")
    assert "Ana López (ana281)" in queue
    assert "Ana López (ana283)" in queue
    offer = suggest(replace(on(desk, "apply.find"), text="lópez"))
    assert isinstance(offer, Offer)
    assert {each["text"]["text"] for each in offer.options} == {f"Ana López (ana{id_})" for id_ in alike}
    fail(desk, 20, too_late=0)
    assert "Ana López (ana1)" in read(shown(show_failed(on(desk, "desk.failed"))))


def test_a_mentor_reads_which_of_two_is_which_and_a_first_name_where_that_tells(desk: Visit) -> None:
    with desk.database.write() as session:
        session.add(MemberRow(pair_id=2, person_id=1, enrollment_id=1, role="mentor"))
        for mentee, objective in ((2, "Lead a meeting"), (4, "Write a brief")):
            goal = Goal(0, 1, mentee, objective, "", date(2026, 6, 1), Progress.NOT_BEGUN, desk.now)
            save_goal(session, desk.workspace.id, goal)
        mentor = person(session, desk.workspace.id, 1)
    assert mentor is not None
    theirs = replace(desk, person=mentor)
    called(desk, {2: ("Ana López", "Tax", ""), 3: ("Ben Cole", "", ""), 4: ("Ana López", "Finance", "")})
    said = read(look(theirs))
    assert "You and Ana López (Tax)" in said
    assert "You and Ben and Ana López (Finance)" in said
    assert "Ana López (Tax)'s goal: Lead a meeting" in said
    assert "Ana López (Finance)'s goal: Write a brief" in said
    called(desk, {4: ("Ana Ruiz", "Finance", "")})
    assert "You and Ben and Ana Ruiz" in read(look(theirs))
    called(desk, {4: ("Cleo Diaz", "Finance", "")})
    assert "You and Ana (Bench)" in read(look(theirs))
