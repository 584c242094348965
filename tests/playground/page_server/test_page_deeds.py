"""What a visitor does in the browser reaches the app as if a person did it, and what comes back is shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tests.playground.kit import button, field, line, modal, option, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from playground import Person
    from tests.playground.conftest import Bot
    from tests.playground.page_server.conftest import Visitor


@pytest.fixture
def form(bot: Bot, visitor: Visitor) -> Callable[..., None]:
    """Opens a form on the visitor's screen."""

    def show(*blocks: dict[str, Any], **more: Any) -> None:
        view = modal("letter", *blocks, **more)

        def open_it(body: dict[str, Any]) -> None:
            bot.client.views_open(trigger_id=body["trigger_id"], view=view)

        bot.on("/lantern", open_it)
        visitor.do("say", text="/lantern")
        assert "modal-view" in visitor.regions["modal"]

    return show


def view_id(visitor: Visitor) -> str:
    return visitor.keys["modal"].split()[0]


def test_a_button_pressed_on_a_message_reaches_the_app(
    visitor: Visitor, bot: Bot, client: WebClient, room: str
) -> None:
    buttons = row(button("choose", "Yes", value="y"), button("other", "Yes", value="n"))
    ts = client.chat_postMessage(channel=room, text="?", blocks=[{**buttons, "block_id": "b"}])["ts"]
    visitor.look()
    visitor.do("press", on="message", ts=ts, block="b", action="other", value="n")
    assert bot.heard["other"][-1]["actions"][0]["value"] == "n"
    assert "choose" not in bot.heard
    assert visitor.said == []


def test_a_button_of_a_message_that_is_gone_is_refused_in_words(visitor: Visitor) -> None:
    visitor.do("press", on="message", ts="1.000001", block="b", action="a", value="")
    assert visitor.said == ["This message is gone."]


def test_what_is_chosen_on_a_message_is_still_chosen_after_a_reload(
    visitor: Visitor, visit: Callable[..., Visitor], client: WebClient, room: str, priya: Person
) -> None:
    colors = [option("Red", "r"), option("Blue", "b")]
    select = {"type": "static_select", "action_id": "pick", "options": colors}
    ts = client.chat_postMessage(channel=room, text="?", blocks=[{**row(select), "block_id": "b"}])["ts"]
    visitor.look()
    visitor.do("press", on="message", ts=ts, block="b", action="pick", value="b")
    assert '<option value="b" selected' in visit(priya, room).html


def test_a_message_is_said_and_an_unknown_command_is_not(visitor: Visitor) -> None:
    visitor.do("say", text="Hello <everybody>")
    assert "Hello &lt;everybody&gt;" in visitor.html
    visitor.do("say", text="/nothing at all")
    assert visitor.said == ["/nothing is not a valid command."]
    visitor.do("say", text="   ")
    assert visitor.said == ["There is nothing to send."]


def test_what_only_the_visitor_sees_can_be_put_away(visitor: Visitor, bot: Bot) -> None:
    bot.on("/plain", lambda _: "Just for you")
    visitor.do("say", text="/plain")
    assert "Only visible to you" in visitor.html
    visitor.do("dismiss", on="message", ts=visitor.newest)
    assert visitor.stream["order"] == []


def test_what_others_see_cannot_be_put_away(visitor: Visitor, client: WebClient, room: str) -> None:
    ts = client.chat_postMessage(channel=room, text="For all")["ts"]
    visitor.do("dismiss", on="message", ts=ts)
    assert visitor.said == ["Only what nobody else sees can be put away."]


def test_an_answer_that_lands_elsewhere_is_pointed_to(visitor: Visitor, bot: Bot) -> None:
    bot.on("/plain", lambda _: "Here I am")
    assert visitor.do("say", text="/plain")["room"] == ""
    visitor.look("home")
    assert visitor.do("say", text="/plain")["room"] == "messages"


def test_a_form_is_filled_sent_and_closed(visitor: Visitor, bot: Bot, form: Callable[..., None]) -> None:
    form(field("name", "Name", line("n")))
    visitor.do("submit", view=view_id(visitor), values=[{"block": "name", "action": "n", "value": "Ada"}])
    assert bot.heard["letter"][-1]["view"]["state"]["values"]["name"]["n"]["value"] == "Ada"
    assert visitor.regions["modal"] == ""


def test_an_empty_required_field_is_told_where_it_stands(visitor: Visitor, form: Callable[..., None]) -> None:
    form(field("name", "Name", line("n")))
    visitor.do("submit", view=view_id(visitor), values=[])
    assert "Please complete this required field." in visitor.regions["modal"]
    assert 'aria-invalid="true"' in visitor.regions["modal"]


def test_what_is_no_number_is_told_where_it_stands(
    visitor: Visitor, bot: Bot, form: Callable[..., None]
) -> None:
    number = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "max_value": "9"}
    heard = len(bot.heard["letter"])
    form(field("count", "How many", number))
    visitor.do("submit", view=view_id(visitor), values=[{"block": "count", "action": "n", "value": "12"}])
    assert 'role="alert"' in visitor.regions["modal"]
    assert len(bot.heard["letter"]) == heard


def test_the_apps_own_errors_stand_at_their_fields(
    visitor: Visitor, bot: Bot, form: Callable[..., None]
) -> None:
    form(field("day", "Day", line("d")))
    bot.on("letter", lambda _: {"response_action": "errors", "errors": {"day": "That day has passed."}})
    visitor.do("submit", view=view_id(visitor), values=[{"block": "day", "action": "d", "value": "x"}])
    assert "That day has passed." in visitor.regions["modal"]
    bot.on("letter", lambda _: None)


def test_a_reload_in_the_middle_of_a_form_loses_nothing(
    visitor: Visitor, visit: Callable[..., Visitor], form: Callable[..., None], priya: Person, room: str
) -> None:
    form(field("name", "Name", line("n", min_length=2)))
    where = {"on": "modal", "view": view_id(visitor), "block": "name", "action": "n"}
    visitor.do("fill", **where, value="A")
    assert visitor.said == []
    visitor.do("fill", **where, value="Ada")
    assert 'value="Ada"' in visit(priya, room).regions["modal"]


def test_typing_does_not_take_the_field_away_under_ones_hands(
    visitor: Visitor, form: Callable[..., None]
) -> None:
    form(field("name", "Name", line("n")))
    visitor.do("fill", on="modal", view=view_id(visitor), block="name", action="n", value="Ada")
    assert "modal" not in visitor.sent


def test_a_form_sent_in_another_tab_says_so(
    visitor: Visitor, visit: Callable[..., Visitor], form: Callable[..., None], priya: Person, room: str
) -> None:
    form(field("name", "Name", line("n")))
    other = visit(priya, room)
    values = [{"block": "name", "action": "n", "value": "Ada"}]
    other.do("submit", view=view_id(other), values=values)
    visitor.do("submit", view=view_id(visitor), values=values)
    assert visitor.said == ["This form is closed; another tab may have sent it."]
    assert visitor.regions["modal"] == ""


def test_stacked_forms_go_back_one_by_one(visitor: Visitor, bot: Bot, form: Callable[..., None]) -> None:
    form({**row(button("deeper", "Deeper")), "block_id": "b"})
    upper = modal("upper", field("name", "Name", line("n")))

    def go_deeper(body: dict[str, Any]) -> None:
        bot.client.views_push(trigger_id=body["trigger_id"], view=upper)

    bot.on("deeper", go_deeper)
    lower = view_id(visitor)
    visitor.do("press", on="modal", view=lower, block="b", action="deeper", value="")
    assert ">Back</button>" in visitor.regions["modal"]
    visitor.do("close")
    assert view_id(visitor) == lower
    visitor.do("close")
    assert visitor.regions["modal"] == ""


def test_a_select_that_asks_the_app_offers_what_it_answers(
    visitor: Visitor, bot: Bot, form: Callable[..., None]
) -> None:
    select = {"type": "external_select", "action_id": "who", "min_query_length": 1}
    bot.on("options who", lambda _: {"options": [option("Albert", "1")]})
    form(field("whom", "Whom", select))
    where = {"on": "modal", "view": view_id(visitor), "block": "whom", "action": "who"}
    assert visitor.post("/suggest", deed={**where, "typed": "Al"})["choices"][0]["text"] == "Albert"
    visitor.do("submit", view=view_id(visitor), values=[{**where, "value": "Albert"}])
    held = bot.heard["letter"][-1]["view"]["state"]["values"]["whom"]["who"]
    assert held["selected_option"]["value"] == "1"


def test_a_moment_is_read_on_the_visitors_own_clock(
    visitor: Visitor, bot: Bot, form: Callable[..., None], priya: Person
) -> None:
    form(field("when", "When", {"type": "datetimepicker", "action_id": "w"}))
    values = [{"block": "when", "action": "w", "value": "2026-03-05T15:00"}]
    visitor.do("submit", view=view_id(visitor), values=values)
    held = bot.heard["letter"][-1]["view"]["state"]["values"]["when"]["w"]["selected_date_time"]
    assert held == datetime(2026, 3, 5, 15, tzinfo=ZoneInfo(priya.tz)).timestamp()


def test_what_is_no_moment_is_told_where_it_stands(visitor: Visitor, form: Callable[..., None]) -> None:
    form(field("when", "When", {"type": "datetimepicker", "action_id": "w"}))
    visitor.do(
        "submit", view=view_id(visitor), values=[{"block": "when", "action": "w", "value": "tomorrow"}]
    )
    assert "is no day and time" in visitor.regions["modal"]


def test_the_home_tab_is_opened_and_its_buttons_work(visitor: Visitor, bot: Bot, client: WebClient) -> None:
    person = visitor.spot["as"]
    blocks = [{**row(button("from_home", "Knock")), "block_id": "b"}]

    def publish(body: dict[str, Any]) -> None:
        client.views_publish(user_id=body["event"]["user"], view={"type": "home", "blocks": blocks})

    bot.on("app_home_opened", publish)
    visitor.spot["at"] = "home"
    visitor.do("home")
    assert "Knock" in visitor.regions["home"]
    visitor.do("press", on="home", block="b", action="from_home", value="")
    assert bot.heard["from_home"][-1]["user"]["id"] == person


def test_people_and_channels_are_offered_to_choose_from(visitor: Visitor) -> None:
    _, found, _ = visitor.ask("GET", "/choices?source=users&q=robin")
    assert "Robin Host" in found
    _, found, _ = visitor.ask("GET", "/choices?source=channels&q=room")
    assert '"text":"#room-' in found.replace(": ", ":")


def test_a_deed_nobody_knows_is_refused_in_words(visitor: Visitor) -> None:
    visitor.do("levitate")
    assert visitor.said == ["There is nothing called 'levitate' to do."]


def test_text_is_kept_from_becoming_markup(visitor: Visitor, newcomer: Callable[..., Person]) -> None:
    newcomer("<script>alert(1)</script>")
    _, html, _ = visitor.ask("GET", "/people?q=script")
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "“people.csv” is empty; choose another file."),
        ("no base64!", "“people.csv” did not arrive whole; choose it again."),
    ],
)
def test_a_file_that_is_none_is_told(
    visitor: Visitor, form: Callable[..., None], content: str, said: str
) -> None:
    form(field("list", "List", {"type": "file_input", "action_id": "a"}))
    files = [{"name": "people.csv", "content": content}]
    visitor.do("attach", on="modal", view=view_id(visitor), block="list", action="a", files=files)
    assert visitor.said == [said]
    visitor.do("close")


def test_a_roster_of_twenty_megabytes_is_refused_in_words(visitor: Visitor) -> None:
    status, said, _ = visitor.ask("POST", "/rehearse", {"roster": "x" * 20_000_000, "chosen": {}})
    assert status < 500
    assert "This file is too large for a roster." in said
