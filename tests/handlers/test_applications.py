"""The coordinator's queue."""

from datetime import timedelta

import pytest

from mentoring.enrollment import EnrollmentState, Profile
from mentoring.kinds import Role
from storage.people import SlackProfile, people_by_slack_id, save_profiles
from storage.programs import programs, save_enrollment
from tests.journeys.test_main_job import matched_town
from tests.support.queries import queries
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town


def open_queue(town: Town) -> str:
    """Type the command and read the form."""
    robin = town.person(ROBIN)
    if robin.view is not None:
        robin.close(all=True)
    view = robin.command("/mentoring", "applications").view
    assert view is not None
    return str(view.blocks)


def by_application(town: Town) -> None:
    """Switch applications on, in the settings."""
    town.claim()
    town.draft()
    town.open()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match settings")
    robin.fill("rules", ["by_application"])
    robin.submit()
    robin.close(all=True)


def choose(town: Town, name: str, label: str) -> None:
    """Choose from somebody's menu."""
    robin = town.person(ROBIN)
    assert robin.view is not None
    block = next(each for each in robin.view.blocks if name in str(each.get("text", "")))
    robin.press((block["block_id"], "apply.decide"), label)


def test_the_pool_names_what_is_missing_and_who_is_ready(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(JONAS, "mentee", wants=["negotiation"])
    said = {"competence": "Ten years of trials", "confidence": "I like to explain", "commitment": "Fridays"}
    town.join(MARCUS, "mentor", offers=["negotiation"], **said)
    shown = open_queue(town)
    assert "2 mentees want negotiation, 1 mentor offers it, with 1 place" in shown
    assert "100% of mentors are ready" in shown


def test_places_that_are_taken_are_no_places_for_whoever_joins_late(town: Town) -> None:
    matched_town(town)
    assert "with 1 place (1 taken)" in open_queue(town)


def test_an_application_waits_until_it_is_accepted(town: Town) -> None:
    by_application(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    assert "your application" in town.newest(PRIYA).reading
    assert "waits for you" in open_queue(town)
    choose(town, "Priya Raman", "Accept")
    town.beat()
    assert "Good news, Priya" in town.newest(PRIYA).reading


def test_a_no_goes_out_in_the_coordinators_own_words(town: Town) -> None:
    by_application(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    open_queue(town)
    choose(town, "Priya Raman", "Decline…")
    robin = town.person(ROBIN)
    robin.fill("reason", "Let's talk on Thursday about the fall round.")
    robin.submit()
    town.beat()
    assert "Let's talk on Thursday about the fall round." in town.newest(PRIYA).reading
    assert "declined" in str(robin.view.blocks if robin.view else "")


def test_everybody_who_waits_is_accepted_at_once(town: Town) -> None:
    by_application(town)
    for each in (PRIYA, LEILA):
        town.join(each, "mentee", wants=["negotiation"])
    open_queue(town)
    town.person(ROBIN).press("apply.accept_all")
    town.beat()
    for each in (PRIYA, LEILA):
        assert "Good news" in town.newest(each).reading


def test_an_intake_note_is_kept_for_coordinators(town: Town) -> None:
    by_application(town)
    town.join(PRIYA, "mentee", wants=["negotiation"], hopes="has changed practice")
    open_queue(town)
    choose(town, "Priya Raman", "Read, and write a note…")
    robin = town.person(ROBIN)
    assert "has changed practice" in str(robin.view.blocks if robin.view else "")
    robin.fill("note", "Agreed: monthly, by video.")
    robin.submit()
    choose(town, "Priya Raman", "Read, and write a note…")
    assert "Agreed: monthly, by video." in str(robin.view.blocks if robin.view else "")


@pytest.mark.parametrize("count", [0, 1, 100, 1000])
def test_the_queue_opens_however_many_there_are(town: Town, count: int) -> None:
    town.claim()
    town.draft()
    town.open()
    crowd(town, count)
    shown = open_queue(town)
    if count == 0:
        assert "Nobody has said yes so far." in shown
    if count > 30:
        assert f"1 to 30 of {count:,}" in shown
        robin = town.person(ROBIN)
        for _ in range(3):
            robin.press("apply.later")
        assert f"91 to {min(count, 120)} of {count:,}" in str(robin.view.blocks if robin.view else "")
        assert robin.suggest("apply.find", "person 0077") == ["Person 0077"]
        robin.press("apply.find", "Person 0077")
        assert "*Person 0077*, mentee" in str(robin.view.blocks if robin.view else "")
        robin.press("Back to the list")
        assert "1 to 30" in str(robin.view.blocks if robin.view else "")


def crowd(town: Town, count: int) -> None:
    """Many who said yes, every other one a mentor."""
    ids = [f"U1CROWD{number:04}" for number in range(count)]
    profiles = [
        SlackProfile(
            slack_id=each,
            name=f"Person {each[-4:]}",
            email=None,
            time_zone="America/New_York",
            locale="en-US",
            is_admin=False,
            active=True,
            member=True,
        )
        for each in ids
    ]
    now = town.clock.now()
    with town.database.write() as session:
        save_profiles(session, town.workspace.id, profiles, now)
        found = programs(session, town.workspace.id)[0]
        known = people_by_slack_id(session, town.workspace.id, ids)
        for number, each in enumerate(ids):
            mentor = number % 2 == 0
            roles = frozenset({Role.MENTOR if mentor else Role.MENTEE})
            skills = ("negotiation",)
            wants = ("mediation",) if number == count - 1 else skills
            told = Profile(roles, offers=skills, wants=wants, capacity=int(mentor))
            save_enrollment(session, found, known[each].id, EnrollmentState.JOINED, told, now)


@pytest.mark.parametrize("count", [2, 100, 1000])
def test_a_proposal_opens_and_turns_its_pages_however_many_there_are(town: Town, count: int) -> None:
    town.claim()
    town.draft()
    town.open()
    crowd(town, count)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match")
    town.beat()
    shown = town.press(ROBIN, "match.review").view
    assert shown is not None
    pairs = count // 2
    if pairs > 25:
        robin.press("match.later")
        assert f"26 to {min(50, pairs)} of {pairs:,}" in str(robin.view.blocks if robin.view else "")
        robin.press("match.earlier")
        weakest = f"Person {count - 1:04}"
        assert weakest in first_pair(town), "nobody wants what this mentee wants, so it is looked at first"
        (other,) = robin.suggest("match.find", "PERSON 0041")
        robin.press("match.find", other)
        assert "Person 0041" in first_pair(town)


def first_pair(town: Town) -> str:
    """The pair at the top of the page."""
    view = town.person(ROBIN).view
    assert view is not None
    return next(str(each["text"]) for each in view.blocks if "match.decide" in str(each))


def test_announcing_many_shows_its_progress_in_one_message(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    crowd(town, 60)
    for number in range(60):
        slack_id = f"U1CROWD{number:04}"
        email = f"{slack_id.lower()}@harborlaw.example"
        town.playground.add_person(slack_id, f"Person {number}", email=email, tz="America/New_York")
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    robin.submit()
    robin.close(all=True)
    town.later(days=1)
    told = [each.reading for each in robin.inbox() if "introductions are out" in each.reading]
    assert len(told) == 1
    assert "all 30 introductions are out" in told[0]


def applicants(town: Town, count: int) -> None:
    """Put people into the queue who wait for a decision."""
    about = town.program()
    names = [f"U0CROWD{town.clock.now():%d}{number}" for number in range(count)]
    profiles = [
        SlackProfile(each, each, None, "UTC", "en-US", is_admin=False, active=True, member=True)
        for each in names
    ]
    with town.database.write() as session:
        save_profiles(session, about.workspace_id, profiles, town.clock.now())
        for person in people_by_slack_id(session, about.workspace_id, names).values():
            profile = Profile(frozenset({Role.MENTEE}), wants=("negotiation",))
            save_enrollment(session, about, person.id, EnrollmentState.APPLIED, profile, town.clock.now())


def test_accepting_many_at_once_costs_a_letter_and_a_line_of_the_log_each(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    robin = town.person(ROBIN)

    def cost(count: int) -> int:
        applicants(town, count)
        robin.command("/mentoring", "applications")
        with queries(town.database) as asked:
            robin.press(f"Accept all {count}")
        robin.close(all=True)
        town.clock.move_to(town.clock.now() + timedelta(days=1))
        return len(asked)

    few, many = cost(2), cost(40)
    # A letter is once-only by an insert of its own, and every decision is a line of the audit log.
    assert many - few <= 2 * 38 + 2
