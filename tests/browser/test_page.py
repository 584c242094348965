"""The page in Chromium over a scripted app: every block and control, long conversations, access for all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest

from tests.browser.barriers import barriers
from tests.browser.conftest import plain_page, tabs_of
from tests.playground.blocks import samples
from tests.playground.kit import button, field, line, modal, option, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Route

    from playground import Person, Playground
    from tests.browser.conftest import Open
    from tests.browser.tab import Tab
    from tests.playground.conftest import Bot

Json = dict[str, Any]

LONG = 2_000
"""Messages of a long conversation."""


@pytest.fixture(scope="module")
def room(workspace: Playground) -> str:
    return workspace.add_channel("general", members=["UROBIN", "UPRIYA", workspace.bot_user_id])


@pytest.fixture
def tab(open_tab: Open, room: str) -> Tab:
    del room
    opened = open_tab()
    opened.go("general")
    return opened


@pytest.fixture
def show_form(app: Bot, tab: Tab) -> Callable[..., None]:
    """Opens a form on the tab."""

    def show(*blocks: Json, **more: Any) -> None:
        view = modal("letter", *blocks, **more)

        def open_it(body: Json) -> None:
            app.client.views_open(trigger_id=body["trigger_id"], view=view)

        app.on("/lantern", open_it)
        tab.say("/lantern")
        tab.modal.wait_for()

    return show


def sent(app: Bot) -> Json:
    """What the last form held."""
    values: Json = app.heard["letter"][-1]["view"]["state"]["values"]
    return values


def test_a_form_with_every_kind_of_field_is_filled_by_hand(
    tab: Tab, app: Bot, show_form: Callable[..., None]
) -> None:
    colors = [option("Red", "r"), option("Green", "g"), option("Blue", "b")]
    app.on("options who", lambda _: {"options": [option("Albert Camus", "camus"), option("Ada", "ada")]})
    show_form(
        field("name", "Name", line("a")),
        field("words", "Words", line("a", multiline=True)),
        field("number", "Number", {"type": "number_input", "action_id": "a", "is_decimal_allowed": False}),
        field("day", "Day", {"type": "datepicker", "action_id": "a"}),
        field("time", "Time", {"type": "timepicker", "action_id": "a"}),
        field("color", "Color", {"type": "static_select", "action_id": "a", "options": colors}),
        field("several", "Several", {"type": "multi_static_select", "action_id": "a", "options": colors}),
        field("boxes", "Boxes", {"type": "checkboxes", "action_id": "a", "options": colors}),
        field("one", "One", {"type": "radio_buttons", "action_id": "a", "options": colors}),
        field("whom", "Whom", {"type": "external_select", "action_id": "who", "min_query_length": 2}),
        field("people", "People", {"type": "multi_users_select", "action_id": "a"}),
    )
    form = tab.modal
    form.get_by_label("Name", exact=True).fill("Ada")
    form.get_by_label("Words").fill("Two\nlines")
    form.get_by_label("Number").fill("7")
    form.get_by_label("Day").fill("2026-03-05")
    form.get_by_label("Time").fill("15:30")
    form.get_by_label("Color").select_option("g")
    several = form.get_by_role("combobox", name="Several")
    several.click()
    form.get_by_role("listbox", name="Several").get_by_role("option", name="Red").click()
    several.press("ArrowDown")
    several.press("ArrowDown")
    several.press("ArrowDown")
    several.press("Enter")
    form.get_by_role("checkbox", name="Blue").check()
    form.get_by_role("radio", name="Green").check()
    whom = form.get_by_role("combobox", name="Whom")
    whom.press_sequentially("Al")
    form.get_by_role("option", name="Albert Camus").wait_for()
    whom.press("ArrowDown")
    whom.press("Enter")
    people = form.get_by_role("combobox", name="People")
    people.press_sequentially("priya")
    form.get_by_role("option", name="Priya Shah").click()
    form.get_by_role("button", name="Send").click()
    tab.modal.wait_for(state="hidden")
    held = sent(app)
    assert held["name"]["a"]["value"] == "Ada"
    assert held["words"]["a"]["value"] == "Two\nlines"
    assert held["number"]["a"]["value"] == "7"
    assert held["day"]["a"]["selected_date"] == "2026-03-05"
    assert held["time"]["a"]["selected_time"] == "15:30"
    assert held["color"]["a"]["selected_option"]["value"] == "g"
    assert len(held["several"]["a"]["selected_options"]) == 2
    assert [one["value"] for one in held["boxes"]["a"]["selected_options"]] == ["b"]
    assert held["one"]["a"]["selected_option"]["value"] == "g"
    assert held["whom"]["who"]["selected_option"]["value"] == "camus"
    assert held["people"]["a"]["selected_users"] == ["UPRIYA"]


def test_a_file_is_dropped_into_a_form_and_the_app_gets_it(
    tab: Tab, app: Bot, show_form: Callable[..., None]
) -> None:
    rosters = {"type": "file_input", "action_id": "a", "filetypes": ["csv"], "max_files": 1}
    show_form(field("name", "Name", line("a")), field("list", "List", rosters))
    form = tab.modal
    form.get_by_role("button", name="Send").click()
    form.get_by_text("Please complete this required field.").first.wait_for()
    form.get_by_label("Name", exact=True).fill("Spring")
    choose = form.get_by_label("List", exact=True)
    choose.set_input_files({"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    tab.page.get_by_text("“List” takes files that end in .csv, not 'scan.pdf'.").wait_for()
    content = "user_id,name\nU1,Zoë\n".encode()
    choose.set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": content})
    form.get_by_text("people.csv").wait_for()
    assert form.get_by_label("Name", exact=True).input_value() == "Spring", "what was typed is still there"
    assert barriers(tab.page) == []
    form.get_by_role("button", name="Remove people.csv").click()
    form.get_by_text("people.csv").wait_for(state="detached")
    choose.set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": content})
    form.get_by_text("people.csv").wait_for()
    tab.page.reload()
    form.get_by_text("people.csv").wait_for()
    form.get_by_role("button", name="Send").click()
    form.wait_for(state="hidden")
    (file,) = sent(app)["list"]["a"]["files"]
    assert (file["name"], file["user"], file["size"]) == ("people.csv", "UROBIN", len(content))
    assert downloaded(app, file) == content


def downloaded(app: Bot, file: Json) -> bytes:
    """The bytes, as an app fetches them with its token."""
    request = Request(file["url_private"], headers={"Authorization": f"Bearer {app.client.token}"})  # noqa: S310 - loopback
    with urlopen(request) as answer:  # noqa: S310 - loopback
        content: bytes = answer.read()
    return content


def test_errors_stand_at_their_fields_and_take_the_focus(
    tab: Tab, app: Bot, show_form: Callable[..., None]
) -> None:
    show_form(field("name", "Name", line("a")), field("day", "Day", line("b")))
    tab.modal.get_by_label("Name").fill("Ada")
    tab.modal.get_by_role("button", name="Send").click()
    error = tab.modal.get_by_text("Please complete this required field.")
    error.wait_for()
    assert tab.page.evaluate("document.activeElement.dataset.blockId") == "day"
    assert tab.modal.get_by_label("Name").input_value() == "Ada"
    tab.page.keyboard.press("Escape")
    tab.modal.wait_for(state="hidden")
    del app


def test_a_reload_in_the_middle_of_a_form_loses_nothing(tab: Tab, show_form: Callable[..., None]) -> None:
    show_form(field("name", "Name", line("a")))
    with tab.page.expect_response("**/do"):
        tab.modal.get_by_label("Name").fill("Half a sen")
    tab.page.reload()
    tab.modal.wait_for()
    assert tab.modal.get_by_label("Name").input_value() == "Half a sen"
    tab.modal.get_by_role("button", name="Close").first.click()
    tab.modal.wait_for(state="hidden")


def test_a_browser_closed_in_the_middle_of_a_form_loses_nothing(
    tab: Tab, open_tab: Open, show_form: Callable[..., None]
) -> None:
    show_form(field("name", "Name", line("a")))
    with tab.page.expect_response("**/do"):
        tab.modal.get_by_label("Name").fill("Half a sen")
    tab.page.close()
    again = open_tab()
    again.modal.wait_for()
    assert again.modal.get_by_label("Name").input_value() == "Half a sen"


def test_a_tab_of_an_earlier_run_is_told_where_to_go(open_tab: Open) -> None:
    tab = open_tab()
    # What a page on the same port answers whose random word is another one.
    tab.page.route("**/state", lambda route: route.fulfill(status=404, body="Not here"))
    tab.page.locator("#room-messages").click()
    tab.page.get_by_text("Open the address the terminal printed last.").wait_for()
    tab.page.close()
    tab.faults.clear()


def test_stacked_forms_go_back_one_by_one(tab: Tab, app: Bot, show_form: Callable[..., None]) -> None:
    upper = modal("upper", field("name", "Deeper name", line("a")))

    def go_deeper(body: Json) -> None:
        app.client.views_push(trigger_id=body["trigger_id"], view=upper)

    app.on("deeper", go_deeper)
    finder = {
        "type": "external_select",
        "action_id": "find",
        "placeholder": {"type": "plain_text", "text": "Find"},
    }
    show_form(row(button("deeper", "Go deeper"), finder))
    assert not tab.page.evaluate("document.activeElement.matches('.actions *')"), (
        "its list would cover the form"
    )
    tab.modal.get_by_role("button", name="Go deeper").click()
    tab.modal.get_by_label("Deeper name").wait_for()
    tab.modal.get_by_role("button", name="Back").click()
    tab.modal.get_by_role("button", name="Go deeper").wait_for()
    tab.page.keyboard.press("Escape")
    tab.modal.wait_for(state="hidden")


def test_two_tabs_see_the_same_and_one_is_told_that_a_form_is_gone(
    tab: Tab, open_tab: Open, show_form: Callable[..., None]
) -> None:
    other = open_tab()
    show_form(field("name", "Name", line("a")))
    other.modal.wait_for()
    other.modal.get_by_label("Name").fill("First")
    other.modal.get_by_role("button", name="Send").click()
    other.modal.wait_for(state="hidden")
    tab.modal.wait_for(state="hidden")


def test_a_dangerous_button_asks_first(tab: Tab, app: Bot, room: str) -> None:
    ends = button("end_it", "End it", style="danger", confirm=samples.confirm())
    app.client.chat_postMessage(channel=room, text="?", blocks=[row(ends)])
    press = tab.messages.last.get_by_role("button", name="End it")
    press.click()
    question = tab.page.locator("#confirm")
    question.get_by_text("It ends.").wait_for()
    question.get_by_role("button", name="No").click()
    question.wait_for(state="hidden")
    assert "end_it" not in app.heard
    press.click()
    with tab.page.expect_response("**/do"):
        question.get_by_role("button", name="Yes").click()
    assert len(app.heard["end_it"]) == 1


def test_commands_are_completed_with_the_keyboard(tab: Tab, app: Bot) -> None:
    app.on("/plain", lambda body: f"You typed {body['text']}")
    box = tab.page.locator("#composer-text")
    box.press_sequentially("/pl")
    tab.page.locator("#completions").get_by_text("/plain").wait_for()
    box.press("Tab")
    assert box.input_value() == "/plain"
    box.press_sequentially(" by hand")
    box.press("Enter")
    tab.last("You typed by hand").get_by_role("button", name="Dismiss message").click()
    tab.page.get_by_text("You typed by hand").wait_for(state="detached")


def test_a_place_is_reached_with_the_keyboard_alone(tab: Tab) -> None:
    page = tab.page
    page.keyboard.press("Control+k")
    page.locator("#switcher-search").fill("Priya")
    page.locator("#switcher-list [data-be=UPRIYA]").wait_for()
    page.keyboard.press("Enter")
    page.locator(".me-name", has_text="Priya").wait_for()
    page.locator("#room-home").focus()
    page.keyboard.press("Enter")
    page.locator("#home").wait_for()
    page.go_back()
    page.locator("#stream").wait_for()


def test_a_conversation_of_thousands_scrolls(open_tab: Open, workspace: Playground) -> None:
    priya: Person = workspace.person("UPRIYA")
    long = workspace.add_channel("long", members=["UROBIN", "UPRIYA"])
    for number in range(LONG):
        priya.say(long, f"Message number {number}")
    tab = open_tab()
    tab.go("long")
    tab.last(f"Message number {LONG - 1}")
    stream = tab.page.locator("#stream")
    assert stream.evaluate("one => one.scrollHeight - one.scrollTop - one.clientHeight") < 2
    shown = tab.messages.count()
    assert shown < 100
    for _ in range(LONG):
        if tab.page.get_by_text("Message number 0", exact=True).count():
            break
        stream.evaluate("one => { one.scrollTop = 0; }")
        tab.messages.nth(shown).wait_for(state="attached")
        shown = tab.messages.count()
    assert tab.messages.count() == LONG
    priya.say(long, "One more")
    tab.last("One more")


def test_what_fills_the_screen_is_read_from_its_beginning(tab: Tab, app: Bot, room: str) -> None:
    app.client.chat_postMessage(channel=room, text="A short one")
    tab.last("A short one")
    stream = tab.page.locator("#stream")
    assert stream.evaluate("one => one.scrollHeight - one.scrollTop - one.clientHeight") < 2
    app.client.chat_postMessage(channel=room, text="The beginning\n" + "\n".join(map(str, range(80))))
    long = tab.last("The beginning")
    assert long.evaluate("one => one.getBoundingClientRect().top") > 0, "its first line is in sight"
    app.client.chat_postMessage(channel=room, text="Another short one")
    tab.last("Another short one")
    assert long.evaluate("one => one.getBoundingClientRect().top") > 0, "nobody is torn away from reading"


def test_what_arrived_meanwhile_is_marked(tab: Tab, workspace: Playground) -> None:
    priya = workspace.person("UPRIYA")
    other = workspace.add_channel("other", members=["UROBIN", "UPRIYA"])
    priya.say(other, "Seen")
    tab.go("other")
    tab.last("Seen")
    tab.go("general")
    priya.say(other, "Unseen")
    tab.page.get_by_role("link", name=re.compile("other.*1 unread")).wait_for()
    tab.go("other")
    tab.page.locator(".new-here span").wait_for()
    tab.page.get_by_role("link", name="other", exact=True).wait_for()


def test_a_simulation_that_stopped_is_told_of(browser: Browser, workspace: Playground) -> None:
    with plain_page(workspace) as page, tabs_of(browser, page) as opening:
        tab = opening()
        page.stop()
        tab.page.locator("#room-messages").click()
        tab.page.get_by_text("The simulation has stopped.").wait_for()
        # The browser itself reports connections that failed; that is what happened.
        tab.faults.clear()


def test_an_answer_that_a_look_overtook_is_shown_all_the_same(
    tab: Tab, app: Bot, show_form: Callable[..., None]
) -> None:
    """What is sent waits on its way while the page looks at what has not changed yet, and no news follow."""
    silence = "retry: 3600000\n\n"
    tab.page.route("**/news*", lambda one: one.fulfill(content_type="text/event-stream", body=silence))
    tab.page.reload()
    tab.settle()
    show_form(field("name", "Name", line("a")))
    done = modal("done", row(button("look", "Look")))
    del done["submit"]
    app.on("letter", lambda _: {"response_action": "update", "view": done})

    def hold(route: Route) -> None:
        tab.page.evaluate("() => import('/static/talk.js').then(({ refresh }) => refresh())")
        route.continue_()

    tab.modal.get_by_label("Name").fill("Ada")
    tab.page.route("**/do", hold)
    tab.modal.get_by_role("button", name="Send").click()
    tab.modal.get_by_role("button", name="Look").wait_for()
