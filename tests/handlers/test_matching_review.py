"""The coordinator's review, from the proposal to what people hear."""

from datetime import timedelta

from sqlalchemy import select, update

from playground import Outcome
from storage.tables import MatchRunRow, PersonRow
from tests.support.beginnings import beginning
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town


@beginning
def proposed_town(town: Town, **fields: str) -> None:
    """Two mentees, two mentors, one proposal."""
    town.claim()
    town.draft(**fields)
    town.open()
    both = {"offers": ["mediation", "budgeting"]} if fields else {}
    town.join(PRIYA, "mentee", wants=["negotiation"], **both)
    town.join(JONAS, "mentee", wants=["mediation"], **both)
    wanted = {"wants": ["mediation", "budgeting"]} if fields else {}
    town.join(MARCUS, "mentor", offers=["negotiation"], **wanted)
    town.join(LEILA, "mentor", offers=["mediation", "negotiation"], **wanted)
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()


def shown(town: Town) -> str:
    """What the coordinator's form says."""
    view = town.person(ROBIN).view
    assert view is not None
    return str(view.blocks)


def choose(town: Town, pair: str, label: str) -> Outcome:
    """Choose from a pair's menu."""
    robin = town.person(ROBIN)
    assert robin.view is not None
    block = next(each for each in robin.view.blocks if pair in str(each.get("text", "")))
    return robin.press((block["block_id"], "match.decide"), label)


def test_a_pair_held_back_is_not_announced_and_the_rest_is(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    choose(town, "Priya Raman", "Hold back for now")
    assert "held back" in shown(town)
    town.person(ROBIN).submit()
    assert "1 still waits for your decision" in shown(town)
    town.person(ROBIN).close(all=True)
    town.later(days=1)
    assert len(town.room(LEILA, JONAS)) == 1
    assert town.room(PRIYA, MARCUS) == []
    town.press(ROBIN, "match.review")
    assert "approved" in shown(town)
    choose(town, "Priya Raman", "No longer hold back")
    town.person(ROBIN).submit()
    town.later(days=1)
    assert len(town.room(PRIYA, MARCUS)) == 1


def test_a_swap_shows_its_price_and_the_next_run_arranges_the_rest_around_it(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    choose(town, "Priya Raman", "Swap…")
    assert "Leila Petrov" in shown(town)
    assert "the total" in shown(town)
    robin = town.person(ROBIN)
    robin.fill("instead", "0")
    robin.submit()
    assert "to become Leila Petrov" in shown(town)
    robin.press("Run again (1 kept, 1 ruled out)")
    robin.close(all=True)
    town.beat()
    town.press(ROBIN, "match.review")
    assert "Leila Petrov and Priya Raman" in shown(town)
    assert "Compared with the run before" in shown(town)


def test_two_of_one_name_are_told_apart_in_a_proposal(town: Town) -> None:
    proposed_town(town)
    with town.database.write() as session:
        about = (PersonRow.slack_id.in_([PRIYA, JONAS]), PersonRow.workspace_id == town.workspace.id)
        session.execute(update(PersonRow).where(*about).values(name="Ana López"))
    town.press(ROBIN, "match.review")
    assert f"Ana López ({PRIYA})" in shown(town)
    assert f"Ana López ({JONAS})" in shown(town)


def test_two_coordinators_cannot_approve_over_each_other(town: Town) -> None:
    proposed_town(town)
    robin, leila = town.person(ROBIN), town.person(LEILA)
    robin.command("/mentoring", "coordinators add @Leila Petrov")
    town.press(ROBIN, "match.review")
    leila.click(leila.command("/mentoring", "match").shown[0], "match.review")
    choose(town, "Priya Raman", "Keep these two")
    leila.submit()
    assert "Somebody changed this proposal meanwhile" in str(leila.view.blocks if leila.view else "")
    leila.close(all=True)
    robin.submit()
    town.later(days=1)
    assert len(town.room(PRIYA, MARCUS)) == 1


def test_the_preview_is_what_they_read(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    choose(town, "Priya Raman", "What they will read")
    assert "Set up our agreement" in shown(town)
    previewed = [
        each["text"]["text"] for each in town.person(ROBIN).stack[-1].blocks if each["type"] == "section"
    ]
    town.person(ROBIN).press("match.review")
    town.person(ROBIN).submit()
    town.later(days=1)
    letter = town.room(PRIYA, MARCUS)[-1]
    said = [each["text"]["text"] for each in letter.blocks if each["type"] == "section"]
    assert said == previewed


def test_a_note_about_a_pair_is_for_coordinators_and_survives_a_new_run(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    choose(town, "Priya Raman", "Write a note…")
    robin = town.person(ROBIN)
    robin.fill("note", "They share a client; fine with both.")
    robin.submit()
    assert "They share a client" in shown(town)
    robin.submit()
    town.later(days=1)
    assert "They share a client" not in town.room(PRIYA, MARCUS)[-1].reading


def test_a_reverse_pair_is_asked_in_private_and_silence_for_three_working_days_is_consent(town: Town) -> None:
    proposed_town(town, kind="reverse")
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=1)
    assert "is any reason not to" in town.newest(PRIYA).reading
    assert town.person(PRIYA).group_dms() == []
    town.later(days=4)
    assert len(town.person(PRIYA).group_dms()) == 1


def test_whoever_would_rather_not_is_heard_by_the_coordinator_alone(town: Town) -> None:
    proposed_town(town, kind="reverse")
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(hours=5)
    town.press(PRIYA, "match.rather_not")
    town.person(PRIYA).fill("reason", "We worked against each other.")
    town.person(PRIYA).submit()
    town.beat()
    assert "We worked against each other." in town.newest(ROBIN).reading
    other = next(each for each in (MARCUS, LEILA) if "Priya" in str(town.person(each).inbox()[-1].blocks))
    before = len(town.person(other).inbox())
    town.later(days=8)
    assert len(town.person(other).inbox()) == before
    assert town.person(PRIYA).group_dms() == []


def test_an_objection_reaches_no_viewer_and_no_coordinator_who_is_the_other_half(town: Town) -> None:
    proposed_town(town, kind="reverse")
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(hours=5)
    robin = town.person(ROBIN)
    other = next(each for each in (MARCUS, LEILA) if "Priya" in str(town.person(each).inbox()[-1].blocks))
    third = next(each for each in (MARCUS, LEILA) if each != other)
    robin.command("/mentoring", f"coordinators add <@{other}>")
    robin.command("/mentoring", f"coordinators add <@{third}> as viewer")
    town.press(PRIYA, "match.rather_not")
    town.person(PRIYA).fill("reason", "We worked against each other.")
    town.person(PRIYA).submit()
    town.later(days=1)
    assert "We worked against each other." in town.newest(ROBIN).reading
    for who in (other, third):
        assert not [each for each in town.person(who).inbox() if "would rather not" in each.reading]
    for who, sees in ((ROBIN, True), (other, False)):
        person = town.person(who)
        person.open_home()
        assert person.home is not None
        assert ("1 objection to a match" in person.home.reading) is sees


def test_weights_and_rules_are_set_in_a_form(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    robin = town.person(ROBIN)
    robin.press("match.settings")
    robin.fill("objective", "fairest")
    robin.fill("weight.wishes", "0")
    robin.submit()
    robin.close(all=True)
    robin.command("/mentoring", "match new")
    town.beat()
    town.press(ROBIN, "match.review")
    assert "If you asked for the fairest" not in shown(town)


def test_who_would_rather_not_is_not_proposed_to_the_same_person_again(town: Town) -> None:
    proposed_town(town, kind="reverse")
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.person(ROBIN).close(all=True)
    town.later(hours=5)
    town.press(PRIYA, "match.rather_not")
    town.person(PRIYA).submit()
    town.beat()
    called_off = "Marcus O'Neill" if "Marcus" in town.newest(ROBIN).reading else "Leila Petrov"
    town.press(ROBIN, "match.want")
    town.beat()
    town.press(ROBIN, "match.review")
    assert f"{called_off} and Priya Raman" not in shown(town)


def test_a_late_joiner_is_matched_at_once_around_what_the_coordinator_decided(town: Town) -> None:
    proposed_town(town)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match settings")
    robin.fill("late", "match")
    robin.submit()
    robin.close(all=True)
    town.press(ROBIN, "match.review")
    choose(town, "Jonas Ito", "Hold back for now")
    choose(town, "Jonas Ito", "Keep these two")
    robin.submit()
    robin.close(all=True)
    town.later(days=1)
    town.playground.add_person("U0AMARA", name="Amara Obi", email="amara@harborlaw.example", tz="UTC")
    town.clock.move_to(town.clock.now() + timedelta(days=1))
    town.bot.refresh_directory()
    town.join("U0AMARA", "mentor", offers=["mediation"])
    assert "You're in" in town.newest("U0AMARA").reading
    town.beat()
    town.press(ROBIN, "match.review")
    assert "Leila Petrov and Jonas Ito* · " in shown(town)
    assert "_kept_" in shown(town)
    assert "Amara Obi" in shown(town)


def test_another_run_marks_the_pairs_that_are_new(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    choose(town, "Priya Raman", "Rule out")
    robin = town.person(ROBIN)
    robin.press("Run again (0 kept, 1 ruled out)")
    robin.close(all=True)
    town.beat()
    town.press(ROBIN, "match.review")
    assert "Leila Petrov and Priya Raman* · " in shown(town)
    assert "_new_" in shown(town)


def test_a_run_that_proposes_nothing_is_refused_in_words(town: Town) -> None:
    """As after a backup was put back that is older than the form on the screen."""
    proposed_town(town)
    town.press(ROBIN, "match.review")
    with town.database.write() as session:
        run = session.scalars(select(MatchRunRow)).one()
        run.state, run.result = "wanted", {}
    town.person(ROBIN).submit()
    assert "no longer open. Run `/mentoring match` again" in shown(town)
