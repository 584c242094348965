"""Inviting many at once: by name, by user group, in channels, and from a pasted list."""

from dataclasses import replace
from datetime import timedelta

import pytest

from playground.faults import FaultKind
from storage.programs import save_program
from tests.journeys.test_main_job import matched_town
from tests.support.queries import queries
from tests.support.town import GUEST, JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town


def opened(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()


def asked(town: Town, slack_id: str) -> bool:
    """Whether somebody has an invitation before them."""
    return any("like to have you" in message.reading for message in town.person(slack_id).inbox())


def as_what(town: Town, slack_id: str) -> str:
    return next(m.reading for m in town.person(slack_id).inbox() if "like to have you" in m.reading)


def say(town: Town, words: str, channel: str | None = None, command: str = "invite") -> str:
    """What Robin reads after typing."""
    outcome = town.person(ROBIN).command("/mentoring", f"{command} {words}", channel=channel)
    town.beat()
    return outcome.shown[0].reading if outcome.shown else ""


def test_everybody_of_a_user_group_is_asked_and_the_coordinator_hears_how_many(town: Town) -> None:
    opened(town)
    group = town.playground.add_usergroup("associates", "Associates", [PRIYA, LEILA, GUEST])
    assert "finding out who is in that group" in say(town, f"<!subteam^{group}|@associates> as mentees")
    assert asked(town, PRIYA)
    assert "as a mentee" in as_what(town, LEILA)
    told = town.newest(ROBIN).reading
    assert "asking 2 people of the group" in told
    assert "1 can't take part" in told


def test_an_invitation_waits_for_the_morning_of_whoever_is_asked(town: Town) -> None:
    opened(town)
    say(town, f"<@{PRIYA}> <@{JONAS}>")
    assert (asked(town, PRIYA), asked(town, JONAS)) == (True, False), "it is one in the morning in Sydney"
    town.later(hours=8)
    assert asked(town, JONAS)


@pytest.mark.parametrize("answer", ["yes", "not now"])
def test_whoever_answers_the_announcement_at_night_is_not_asked_again_in_the_morning(
    town: Town, answer: str
) -> None:
    opened(town)
    say(town, f"<@{JONAS}>")
    if answer == "yes":
        town.join(JONAS, "mentee", wants=["negotiation"])
    else:
        jonas = town.person(JONAS)
        jonas.click(town.with_button(jonas.messages(town.channel), "join.not_now"), "join.not_now")
        jonas.change(name="Óscar O\u2019Neill")
        town.later(hours=1)
        listed = town.person(ROBIN).command("/mentoring", "people oscar o'neill").view
        assert listed is not None
        assert "*Óscar O\u2019Neill*, mentor and mentee · invited" in str(listed.blocks), (
            "who said no is told to nobody"
        )
        town.person(ROBIN).close()
        assert "Óscar O\u2019Neill is in no pair" in say(town, "", command="pair Oscar O'Neill")
    town.later(days=2)
    assert not asked(town, JONAS)


def test_a_group_invited_twice_is_asked_once(town: Town) -> None:
    opened(town)
    group = town.playground.add_usergroup("associates", "Associates", [PRIYA, JONAS])
    for _ in range(2):
        say(town, f"<!subteam^{group}|@associates>")
    assert sum("like to have you" in each.reading for each in town.person(PRIYA).inbox()) == 1
    assert "2 were on the list before" in town.newest(ROBIN).reading


def test_without_the_right_to_look_into_groups_the_coordinator_is_told_what_else_works(town: Town) -> None:
    opened(town)
    group = town.playground.add_usergroup("associates", "Associates", [PRIYA])
    world = town.playground.world
    few = tuple(each for each in world.manifest.bot_scopes if each != "usergroups:read")
    world.manifest = replace(world.manifest, bot_scopes=few)
    say(town, f"<!subteam^{group}|@associates>")
    assert "I may not look into user groups here" in town.newest(ROBIN).reading
    assert not asked(town, PRIYA)
    slack_refused(town)


def slack_refused(town: Town) -> None:
    """Slack refused to say who is in a group, on purpose, and nothing else."""
    assert {call.method for call in town.playground.refused} == {"usergroups.users.list"}
    town.playground.world.calls.clear()


def test_a_group_that_is_not_there_is_said_to_the_coordinator(town: Town) -> None:
    opened(town)
    say(town, "<!subteam^SGONE|@gone>")
    assert "Check that it still exists" in town.newest(ROBIN).reading
    slack_refused(town)


@pytest.mark.parametrize("trouble", ["ratelimited", "500", "drop"])
def test_a_slack_in_trouble_is_asked_again_until_it_answers(town: Town, trouble: FaultKind) -> None:
    opened(town)
    group = town.playground.add_usergroup("associates", "Associates", [PRIYA])
    town.playground.faults.inject("usergroups.users.list", trouble, times=2)
    say(town, f"<!subteam^{group}|@associates>")
    assert not asked(town, PRIYA)
    town.later(minutes=10)
    assert asked(town, PRIYA)


def test_an_announcement_goes_to_more_channels_and_once_to_each(town: Town) -> None:
    opened(town)
    associates = town.playground.add_channel("associates", members=[PRIYA])
    partners = town.playground.add_channel("partners", members=[ROBIN, LEILA])
    assert "on its way to 1 channel" in say(town, f"<#{associates}|associates>")
    assert "on its way to 1 channel" in say(town, "here", channel=partners)
    assert "is there already" in say(town, f"<#{associates}|associates>")
    for who, where in ((PRIYA, associates), (LEILA, partners)):
        said = [
            each for each in town.person(who).messages(where) if "Mentoring at Harbor Law" in each.reading
        ]
        assert len(said) == 1


def test_here_means_a_channel_and_nothing_else(town: Town) -> None:
    opened(town)
    assert "Type it in the channel" in say(town, "here")


def test_a_form_takes_channels_people_and_a_pasted_list(town: Town) -> None:
    opened(town)
    associates = town.playground.add_channel("associates", members=[JONAS])
    robin = town.person(ROBIN)
    robin.command("/mentoring", "invite")
    robin.fill("channels", [associates])
    robin.fill("people", [PRIYA])
    robin.fill("pasted", "name,role\nMarcus O'Neill,mentor\n@Leila Petrov,both\n")
    robin.submit()
    town.beat()
    assert "asking 3 people" in str(robin.view.blocks if robin.view else "")
    assert "as a mentor, a mentee, or both" in as_what(town, PRIYA)
    assert "have you as a mentor." in as_what(town, MARCUS)
    assert asked(town, LEILA)
    assert any("Harbor Law" in each.reading for each in town.person(JONAS).messages(associates))


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("Priya Raman\nNobody Known", "line 2, “Nobody Known”, is nobody"),
        ("name,role\nPriya Raman,boss", "Line 2: “boss” is no role."),
        ("name;role\n;mentor", "Line 2 names nobody."),
        ("U0GUEST", "line 1, “U0GUEST”, is nobody"),
    ],
)
def test_a_list_with_a_fault_asks_nobody_and_names_the_line(town: Town, pasted: str, sentence: str) -> None:
    opened(town)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "invite")
    robin.fill("pasted", pasted)
    robin.submit()
    assert robin.view is not None
    assert sentence in robin.view.errors["pasted"]
    town.beat()
    assert not asked(town, PRIYA)


def test_an_empty_form_says_what_it_takes(town: Town) -> None:
    opened(town)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "invite")
    robin.submit()
    assert robin.view is not None
    assert "Choose a channel" in robin.view.errors["people"]


def test_words_that_name_nobody_lead_to_the_ways_there_are(town: Town) -> None:
    opened(town)
    assert "a user group, a #channel, or here" in say(town, "everybody please")


def test_a_hundred_names_cost_as_many_queries_for_each_as_three(town: Town) -> None:
    opened(town)
    crowd = [f"U0CROWD{n}" for n in range(60)]
    for each in crowd:
        town.playground.add_person(each, name=each, email=f"{each}@harborlaw.example", tz="UTC")
    town.clock.move_to(town.clock.now() + timedelta(hours=25))
    town.bot.refresh_directory()
    robin = town.person(ROBIN)

    def cost(*names: str) -> int:
        with queries(town.database) as asked_of_it:
            robin.command("/mentoring", "invite " + " ".join(f"<@{name}>" for name in names))
        return len(asked_of_it)

    few, many = cost(PRIYA, JONAS, MARCUS), cost(*crowd)
    letters = len(crowd) - 3
    # A letter is an insert of its own, which makes it once-only; everything else is asked once.
    assert many - few <= letters + 2


def test_the_coordinator_sees_who_has_not_finished_and_not_who_said_no(town: Town) -> None:
    opened(town)
    say(town, f"<@{PRIYA}> <@{LEILA}> <@{MARCUS}>")
    priya = town.person(PRIYA)
    town.press(PRIYA, "join.open")
    priya.fill("roles", ["mentee"])
    priya.submit()
    priya.close(all=True)
    town.press(LEILA, "join.not_now")
    robin = town.person(ROBIN)
    robin.command("/mentoring", "applications")
    robin.press("Not finished (2)")
    view = robin.view
    assert view is not None
    assert "Priya Raman: began, and stopped at step 2 of 3" in view.reading
    assert "Marcus O'Neill: has not answered, asked last on Monday, January 5" in view.reading
    assert "Jonas" not in view.reading


def test_after_the_match_people_are_asked_with_words_that_fit_and_come_late(town: Town) -> None:
    matched_town(town)
    assert "asking 1 person" in say(town, f"<@{LEILA}> as a mentor")
    read = as_what(town, LEILA)
    assert "it isn't too late to join. We'd like to have you as a mentor." in read
    assert "A yes puts you in line for the next match." in read
    assert "starts on" not in read
    town.press(LEILA, "join.open")
    town.person(LEILA).close(all=True)
    assert "Channels hear of a program while" in say(town, "here", channel=town.channel)
    robin = town.person(ROBIN)
    form = robin.command("/mentoring", "invite").view
    assert form is not None
    assert "nobody is reminded" in form.reading
    town.later(days=15)
    assert sum("Harbor Law" in each.reading for each in town.person(LEILA).inbox()) == 2


def test_where_nobody_joins_late_nobody_is_invited_after_the_match(town: Town) -> None:
    matched_town(town)
    say(town, f"<@{JONAS}>")
    with town.database.write() as session:
        about = town.program()
        save_program(session, replace(about, settings={**about.settings, "late": "closed"}))
    assert "so that can't be done in it" in say(town, f"<@{LEILA}> of Mentoring at Harbor Law")
    town.later(days=2)
    assert not asked(town, JONAS), "it was closed before the morning came in Sydney"
