"""A coordinator runs a whole cycle with nothing but Slack: from the charter to the next cycle's charter."""

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from mentoring.charter import charter_of
from mentoring.programs import ProgramState
from storage.outbox import LetterState, count_letters
from storage.programs import programs
from tests.handlers.test_resources import add, tap
from tests.journeys.test_broadcast_stories import heard, send, tell, use_story, write
from tests.journeys.test_charter import WHOLE, walk
from tests.journeys.test_exports import exported
from tests.support.desk import home, typed
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town, fill_where_asked


def plan(town: Town) -> None:
    """A charter with a stakeholder asked, and a colleague who may read the numbers."""
    town.claim()
    typed(town, "coordinators add <@U0JONAS> as viewer")
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    walk(town, WHOLE | {"ends_on": "2026-05-01", "cadence": "weeks:2", "ask": [JONAS]})
    robin.close(all=True)
    town.later(days=1)
    town.press(JONAS, "charter.answer")
    town.person(JONAS).fill("support", "I can help on Mondays")
    town.person(JONAS).submit()
    town.person(JONAS).close(all=True)


def recruit(town: Town) -> None:
    """Open in the channel, invite by name, look at who said yes."""
    town.open()
    typed(town, "invite <@U0MARCUS> as mentor")
    town.beat()
    town.join(PRIYA, "mentee", wants=["negotiation"], goal="Lead a matter on my own")
    town.join(MARCUS, "mentor", offers=["negotiation", "mediation"])
    town.join(LEILA, "mentor", offers=["mediation", "negotiation"])
    assert "Priya Raman" in typed(town, "applications")
    town.person(ROBIN).close(all=True)


def match(town: Town) -> None:
    """Ask for a proposal, review, approve."""
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.person(ROBIN).close(all=True)
    town.later(days=1)


def agree(town: Town, mentor: str) -> None:
    """The two agree to meet every two weeks, on Tuesdays at ten in New York."""
    town.press(PRIYA, "agreement.open", in_room=(PRIYA, mentor))
    priya = town.person(PRIYA)
    slot = {"cadence": "weeks:2", "weekday": "1", "at": "10:00"}
    while priya.view is not None and "agreement" in priya.view.callback_id:
        fill_where_asked(priya, slot)
        priya.submit()
    if priya.view is not None:
        priya.close(all=True)
    town.later(days=1)
    town.press(mentor, "agreement.accept")


def look_after(town: Town) -> None:
    """Nobody meets for a while: the list says so, and Robin acts."""
    robin = town.person(ROBIN)
    town.until(datetime(2026, 3, 20, 15, tzinfo=UTC))
    assert "1 pair needs a look" in home(town).reading
    robin.click_home("care.message")
    robin.fill("text", "Is there anything I can help with?")
    robin.submit()
    robin.close(all=True)
    town.later(days=1)
    assert heard(town, PRIYA, "Is there anything I can help with?") == 1
    assert "No pair needs a look" in home(town).reading
    assert "Health" in typed(town, "pair Priya")
    robin.close(all=True)
    typed(town, "extend Priya to May 15")
    town.beat()


def keep_a_library(town: Town) -> None:
    """Something to read is added, found by its word, and rated in a tap."""
    add(town, "Negotiating a fee", "https://firm.example/fees", tags="negotiation")
    town.person(ROBIN).close(all=True)
    assert "Negotiating a fee" in typed(town, "resources negotiation", PRIYA)
    tap(town, PRIYA, "Negotiating a fee", "It helped")
    town.person(PRIYA).close(all=True)


def pass_a_story_on(town: Town) -> None:
    """Priya tells one, says yes to the exact words, and the others read it."""
    tell(town, PRIYA, story="I said no to a client, and kept her.", named="yes", places=["program", "public"])
    town.later(days=8)
    use_story(town)
    town.later(days=1)
    town.press(PRIYA, "story.yes")
    town.later(days=4)


def report(town: Town) -> None:
    """The numbers in chat with a native chart, as both files, and the sponsor's page with the story."""
    robin = town.person(ROBIN)
    shown = robin.command("/mentoring", "report activity").shown[0]
    assert {"data_visualization", "data_table"} <= {block["type"] for block in shown.blocks}
    assert "1 of 1 pair has met" in shown.reading
    for label, begins in (("Send me the PDF", b"%PDF-"), ("Send me the spreadsheet", b"PK")):
        robin.click(shown, label)
        town.beat()
        file = next(each for message in reversed(robin.inbox()) for each in message.files)
        assert robin.download(file["id"]).startswith(begins)
    summary = typed(town, "report summary")
    assert "Targets of the charter" in summary
    assert "“I said no to a client, and kept her.” (Priya)" in summary
    viewer = town.person(JONAS).command("/mentoring", "report summary").shown[0]
    assert "I said no to a client" in viewer.reading


def take_along(town: Town) -> None:
    """Everything in one spreadsheet; the log as a file."""
    book = load_workbook(BytesIO(exported(town, "all")))
    assert book.sheetnames == ["People", "Pairs", "Meetings", "Answers", "Columns"]
    assert "wrote to" in typed(town, "audit")
    town.person(ROBIN).close(all=True)


def look_back(town: Town) -> None:
    """The debrief becomes an action with an owner and a day; it is left undone."""
    robin = town.person(ROBIN)
    town.press(ROBIN, "debrief.open")
    robin.fill("findings", "Pairs that met early kept meeting.")
    robin.fill("action0", "Ask for a first date in the introduction")
    robin.submit()
    robin.close(all=True)
    board = typed(town, "debrief")
    assert "Ask for a first date in the introduction" in board
    assert "Pairs that met early kept meeting." in board
    robin.close(all=True)


def test_from_charter_to_next_cycle_with_nothing_but_slack(town: Town) -> None:
    robin = town.person(ROBIN)
    plan(town)
    assert "I can help on Mondays" in typed(town, "charter")
    robin.close(all=True)
    recruit(town)
    match(town)

    assert "2 pairs" not in home(town).reading
    assert "1 pair → 0 agreed → 0 met" in home(town).reading
    mentor = MARCUS if town.room(PRIYA, MARCUS) else LEILA
    agree(town, mentor)
    assert "1 pair → 1 agreed" in home(town).reading

    town.until(datetime(2026, 1, 14, 22, tzinfo=UTC))
    town.person(PRIYA).click(town.with_button(town.room(PRIYA, mentor), "meeting.met"), "We met")
    assert "1 met" in home(town).reading

    look_after(town)
    keep_a_library(town)
    write(town, audience="everybody", text="Thank you for your time so far.")
    send(town)
    town.later(days=4)
    assert heard(town, PRIYA, "Thank you for your time so far.") == 1
    pass_a_story_on(town)
    assert heard(town, mentor, "I said no to a client, and kept her.") == 1
    report(town)
    take_along(town)
    look_back(town)

    # The program ends and closes by itself; the next cycle starts from its charter.
    town.until(datetime(2026, 5, 26, 15, tzinfo=UTC))
    assert town.program().state is ProgramState.CLOSED
    assert "It is closed." in home(town).reading
    standing = typed(town, "program")
    assert "took part." in standing
    assert "yet to answer" not in standing
    typed(town, "charter")
    robin.press("charter.next")
    walk(town, {})
    robin.close(all=True)
    with town.database.read() as session:
        following, before = programs(session, town.workspace.id)
        assert LetterState.FAILED not in count_letters(session, town.workspace.id)
    assert following.state is ProgramState.DRAFT
    assert following.name == "Mentoring at Harbor Law 2027"
    assert following.starts_on == date(2026, 6, 1)
    assert charter_of(following).goals == charter_of(before).goals
    assert town.program().sponsor_name == before.sponsor_name
    assert charter_of(following).carried == ("Ask for a first date in the introduction",)
    charter = typed(town, "charter of Law 2027")
    assert "Ask for a first date in the introduction" in charter
