"""The three steps of joining, as somebody at their screen sees them."""

from structlog.testing import capture_logs

from mentoring.enrollment import Enrollment, EnrollmentState
from mentoring.kinds import ProgramKind, Role
from playground import Outcome
from playground.blocks import controls
from storage.people import person_by_slack_id
from storage.programs import enrollment, programs
from storage.self_descriptions import groups_of_program
from tests.support.beginnings import beginning
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town


@beginning
def open_town(town: Town, **fields: str) -> None:
    """A program is open."""
    town.claim()
    town.draft(**fields)
    town.open()


def begin(town: Town, slack_id: str) -> Outcome:
    """Open the form by slash command."""
    person = town.person(slack_id)
    return person.click(person.command("/mentoring", "join").shown[0], "join.open")


def known(town: Town, slack_id: str) -> Enrollment | None:
    """Where somebody stands in the newest program."""
    with town.database.read() as session:
        person = person_by_slack_id(session, town.workspace.id, slack_id)
        assert person is not None
        return enrollment(session, programs(session, town.workspace.id)[0].id, person.id)


def fields(town: Town, slack_id: str) -> set[str]:
    """What the open form asks."""
    view = town.person(slack_id).view
    assert view is not None
    return {control.block_id for control in controls(view.blocks)}


def test_each_step_says_where_one_is(town: Town) -> None:
    open_town(town)
    begin(town, PRIYA)
    priya = town.person(PRIYA)
    assert priya.view is not None
    assert "Step 1 of 3" in str(priya.view.blocks)
    assert "capacity" not in fields(town, PRIYA), "who is no mentor has no mentees to count"
    priya.fill("roles", ["mentee"])
    priya.submit()
    assert "Step 2 of 3" in str(priya.view.blocks)
    assert "capacity" not in fields(town, PRIYA)
    assert "offers" not in fields(town, PRIYA)
    priya.fill("wants", ["negotiation"])
    priya.fill("level", "3")
    priya.submit()
    assert next(each["block_id"] for each in priya.view.blocks if each["type"] == "input") == "confirm", (
        "what alone is needed stands first, where a phone shows it"
    )


def test_back_keeps_what_was_typed_on_both_steps(town: Town) -> None:
    open_town(town)
    begin(town, PRIYA)
    priya = town.person(PRIYA)
    priya.fill("roles", ["mentee"])
    priya.fill("hours", "5")
    priya.submit()
    priya.fill("wants", ["negotiation"])
    priya.fill("goal", "Lead a matter on my own")
    priya.press("join.back")
    assert priya.view is not None
    assert priya.view.state["hours"]["join.keep"]["value"] == "5"
    priya.submit()
    assert priya.view.state["goal"]["join.keep"]["value"] == "Lead a matter on my own"
    assert "negotiation" in str(priya.view.state["wants"])


def test_closing_keeps_a_draft_and_offers_once_to_go_on(town: Town) -> None:
    open_town(town)
    begin(town, PRIYA)
    priya = town.person(PRIYA)
    priya.fill("roles", ["mentee"])
    priya.submit()
    priya.fill("wants", ["negotiation"])
    priya.close()
    town.beat()
    assert "kept" in town.newest(PRIYA).reading
    found = known(town, PRIYA)
    assert found is not None
    assert found.state is EnrollmentState.STARTED
    town.press(PRIYA, "join.open")
    assert "Step 2 of 3" in str(priya.view.blocks if priya.view else "")
    assert "negotiation" in str(priya.view.state["wants"] if priya.view else "")
    count = len(priya.inbox())
    priya.close()
    town.beat()
    assert len(priya.inbox()) == count


def test_a_draft_of_somebody_who_is_in_changes_nothing_until_it_is_sent(town: Town) -> None:
    open_town(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.press(PRIYA, "join.open")
    priya = town.person(PRIYA)
    priya.fill("roles", ["mentor"])
    priya.submit()
    priya.close()
    found = known(town, PRIYA)
    assert found is not None
    assert found.profile.roles == {Role.MENTEE}
    assert found.state is EnrollmentState.JOINED


def test_a_level_that_is_not_on_the_list_is_refused_and_not_kept(town: Town) -> None:
    open_town(town)
    begin(town, PRIYA)
    priya = town.person(PRIYA)
    priya.fill("roles", ["mentee"])
    priya.submit()
    assert priya.view is not None
    priya.fill("wants", ["negotiation"])
    priya.fill("level", "3")
    next(iter(priya.view.state["level"].values()))["selected_option"]["value"] = "head of everything"
    assert "Pick from what this list offers now" in priya.submit().errors["level"]
    with capture_logs() as logged:
        priya.close()
    assert "failed" not in [each["event"] for each in logged]
    found = known(town, PRIYA)
    assert found is None or found.profile.level == 0


def test_what_is_missing_is_said_at_its_field(town: Town) -> None:
    open_town(town)
    begin(town, MARCUS)
    marcus = town.person(MARCUS)
    marcus.fill("roles", ["mentor"])
    marcus.submit()
    marcus.fill("level", "6")
    marcus.fill("offers", ["negotiation"])
    marcus.fill("offers", [])
    assert "offers" in fields(town, MARCUS)
    marcus.fill("offers", ["negotiation"])
    marcus.submit()
    marcus.fill("confirm", ["yes"])
    marcus.submit()
    assert marcus.view is None


def test_typing_ahead_offers_the_vocabulary_what_others_wrote_and_ones_own_words(town: Town) -> None:
    open_town(town)
    town.join(MARCUS, "mentor", offers=["Maritime liens"])
    begin(town, PRIYA)
    priya = town.person(PRIYA)
    priya.fill("roles", ["mentee"])
    priya.submit()
    assert "negotiation" in priya.suggest("wants", "neg")
    assert priya.suggest("wants", "mari") == ["Maritime liens", "Add “mari”"]
    assert priya.suggest("wants", "zeppelin law") == ["Add “zeppelin law”"]
    assert len(priya.suggest("wants", "")) <= 100
    priya.fill("wants", ["zeppelin law", "Maritime liens"])
    priya.fill("level", "3")
    priya.submit()
    priya.fill("confirm", ["yes"])
    priya.submit()
    found = known(town, PRIYA)
    assert found is not None
    assert set(found.profile.wants) == {"zeppelin law", "Maritime liens"}


def test_whom_one_would_rather_avoid_is_kept_and_shown_to_nobody(town: Town) -> None:
    open_town(town)
    town.join(PRIYA, "mentee", wants=["negotiation"], apart=[MARCUS])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.join(LEILA, "mentor", offers=["negotiation"])
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    shown = town.press(ROBIN, "match.review").view
    assert shown is not None
    assert "Leila Petrov and Priya Raman" in str(shown.blocks)
    assert "avoid" not in str(shown.blocks).lower()
    assert "rather not" not in str(shown.blocks).lower()


def test_peers_are_not_asked_for_a_role_and_name_both_directions(town: Town) -> None:
    open_town(town, kind=ProgramKind.PEER.value)
    begin(town, JONAS)
    assert "roles" not in fields(town, JONAS)
    town.person(JONAS).submit()
    assert {"offers", "wants"} <= fields(town, JONAS)


def test_not_now_is_remembered_and_asked_once_more_only(town: Town) -> None:
    open_town(town, starts_on="2026-04-06", ends_on="2026-09-30")
    leila = town.person(LEILA)
    leila.click(town.with_button(leila.messages(town.channel), "join.not_now"), "join.not_now")
    town.later(days=9)
    assert leila.inbox() == []
    town.later(days=10)
    assert "I ask this once" in town.newest(LEILA).reading
    town.press(LEILA, "join.not_now")
    count = len(leila.inbox())
    town.later(days=40)
    assert len(leila.inbox()) == count


def test_who_says_nothing_hears_two_reminders_in_working_hours_and_no_more(town: Town) -> None:
    open_town(town, starts_on="2026-04-06", ends_on="2026-09-30")
    town.person(ROBIN).command("/mentoring", "invite @Jonas Ito")
    town.beat()
    town.later(days=60)
    said = [each.reading for each in town.person(JONAS).inbox()]
    assert len(said) == 3
    assert "a short reminder" in said[1]
    assert "I won't ask again" in said[2]


def test_a_nominated_colleague_is_asked_once_in_the_nominators_name(town: Town) -> None:
    open_town(town)
    leila = town.person(LEILA)
    leila.click(town.with_button(leila.messages(town.channel), "nominate.open"), "nominate.open")
    leila.fill("whom", MARCUS)
    leila.submit()
    town.beat()
    assert "Leila Petrov thinks you'd make a good mentor" in town.newest(MARCUS).reading
    leila.close(all=True)
    leila.click(town.with_button(leila.messages(town.channel), "nominate.open"), "nominate.open")
    leila.fill("whom", MARCUS)
    leila.submit()
    town.beat()
    assert len(town.person(MARCUS).inbox()) == 1


def test_a_late_joiner_waits_visibly_for_the_next_round(town: Town) -> None:
    open_town(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.person(ROBIN).close(all=True)
    town.join(LEILA, "mentee", wants=["mediation"])
    assert "wait for the next round" in town.newest(LEILA).reading


def test_describing_oneself_is_optional_shown_to_nobody_and_deleted_at_will(town: Town) -> None:
    open_town(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.press(PRIYA, "self.open")
    priya = town.person(PRIYA)
    assert "groups of five or more" in str(priya.view.blocks if priya.view else "")
    priya.fill("gender", "woman")
    priya.submit()
    priya.close(all=True)
    assert descriptions(town) == [{"gender": "woman"}]
    queue = town.person(ROBIN).command("/mentoring", "applications").view
    assert queue is not None
    assert "oman" not in str(queue.blocks)
    priya.command("/mentoring", "about me")
    priya.press("self.delete")
    assert descriptions(town) == []


def descriptions(town: Town) -> list[dict[str, str]]:
    """Everything anybody said about themselves."""
    with town.database.read() as session:
        found = programs(session, town.workspace.id)[0]
        return list(groups_of_program(session, found.id).values())


def named(town: Town, *, mutual: bool) -> str:
    """Priya names Marcus; what the proposal says of the two."""
    open_town(town)
    town.join(PRIYA, "mentee", wants=["negotiation"], liked=[MARCUS])
    town.join(MARCUS, "mentor", offers=["negotiation"], liked=[PRIYA] if mutual else [])
    town.join(LEILA, "mentor", offers=["negotiation"])
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    view = town.press(ROBIN, "match.review").view
    assert view is not None
    return view.reading


def test_a_wish_for_somebody_counts_and_is_said_only_where_both_had_it(town: Town) -> None:
    said = named(town, mutual=True)
    assert "Marcus O'Neill and Priya Raman" in said
    assert "each named the other" in said


def test_a_wish_of_one_of_the_two_is_nobodys_business(town: Town) -> None:
    said = named(town, mutual=False)
    assert "Marcus O'Neill and Priya Raman" in said
    assert "named" not in said


def test_nobody_can_be_wished_for_and_ruled_out_at_once(town: Town) -> None:
    open_town(town)
    town.join(PRIYA, "mentee", wants=["negotiation"], liked=[MARCUS], apart=[MARCUS])
    view = town.person(PRIYA).view
    assert view is not None
    assert "Somebody stands here and below" in view.errors["liked"]


def test_not_now_on_an_older_message_takes_no_yes_back_and_shows_the_way_out(town: Town) -> None:
    open_town(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    priya = town.person(PRIYA)
    announcement = town.with_button(priya.messages(town.channel), "join.not_now")
    said = priya.click(announcement, "join.not_now").shown[0]
    assert "you're in line for a match" in said.reading
    assert "Leave the list" in said.buttons
    enrolled = known(town, PRIYA)
    assert enrolled is not None
    assert enrolled.state is EnrollmentState.JOINED
