"""The manifest says what the code does: no command, event, scope or call more, and none less."""

import ast
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import slack_sdk.web.client
import yaml

from bot.scopes import EVENTS, METHODS, OPTIONAL, REASONS, WIDENS
from handlers.routing import ACTIONS, COMMAND, FORMS
from handlers.routing import EVENTS as HANDLED_EVENTS

ROOT = Path(__file__).parents[1]
SLACK_DATA = ROOT / "../shared/fixtures/slack"
HOME = "app_home_opened"
"""Answered with the Home tab, not in the table of events."""


def manifest() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def slack_data(name: str) -> Any:
    path = SLACK_DATA / name
    if not path.exists():
        pytest.skip(f"Slack's own data is not here ({name}): this test holds ours against it where it is.")
    return json.loads(path.read_text(encoding="utf-8"))


def needed() -> set[str]:
    return set(manifest()["oauth_config"]["scopes"]["bot"])


def scopes() -> set[str]:
    return needed() | set(manifest()["oauth_config"]["scopes"]["bot_optional"])


def web_api_names() -> dict[str, set[str]]:
    """The Web API methods that each of the client's methods calls: `views_open` calls `views.open`."""
    source = Path(slack_sdk.web.client.__file__).read_text(encoding="utf-8")
    functions = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef)]
    found: dict[str, set[str]] = {}
    for function in functions:
        for call in calls_in(function):
            match call:
                case ast.Call(
                    func=ast.Attribute(attr="api_call"), args=[ast.Constant(value=str() as name), *_]
                ):
                    found.setdefault(function.name, set()).add(name)
    for function in functions:
        # An upload is two calls, made by other methods of the client.
        for call in calls_in(function):
            match call.func:
                case ast.Attribute(value=ast.Name(id="self"), attr=helper) if helper in found:
                    found.setdefault(function.name, set()).update(found[helper])
    return found


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def methods_called() -> dict[str, list[str]]:
    """Every Web API method the code calls, and where."""
    names = web_api_names()
    found: dict[str, list[str]] = {}
    for folder in ("bot", "handlers"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for call in calls_in(ast.parse(file.read_text(encoding="utf-8"))):
                match call.func:
                    case ast.Attribute(attr=name) if name in names:
                        for method in names[name]:
                            found.setdefault(method, []).append(f"{file.relative_to(ROOT)}:{call.lineno}")
    return found


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
def test_the_manifest_is_valid_to_slack(version: str) -> None:
    schema = slack_data(f"manifest.schema.{version}.json")
    # Loaded here alone: it builds a parser for a format, three seconds in every process that collects.
    jsonschema = import_module("jsonschema")
    jsonschema.validators.validator_for(schema)(schema).validate(manifest())


def test_every_command_of_the_manifest_is_handled_and_no_other() -> None:
    commands = [each["command"] for each in manifest()["features"]["slash_commands"]]
    assert commands == [COMMAND]


def test_every_event_of_the_manifest_is_handled_and_no_other() -> None:
    subscribed = set(manifest()["settings"]["event_subscriptions"]["bot_events"])
    assert subscribed == {*HANDLED_EVENTS, HOME}
    assert subscribed == set(EVENTS)


def test_buttons_and_forms_need_interactivity_and_the_home_tab_is_on() -> None:
    assert ACTIONS
    assert FORMS
    assert manifest()["settings"]["interactivity"]["is_enabled"]
    assert manifest()["features"]["app_home"]["home_tab_enabled"]


def test_every_scope_has_its_reason_and_no_reason_is_left_over() -> None:
    assert set(REASONS) == needed()
    assert set(REASONS) | set(OPTIONAL) == scopes()
    assert all(reason.endswith(".") for reason in (REASONS | OPTIONAL).values())


def test_every_method_the_code_calls_is_in_the_table_and_no_other() -> None:
    called = methods_called()
    # The Socket Mode client of slack_sdk opens the connection; the doctor asks for one too.
    assert set(called) == set(METHODS), called


def test_every_method_the_code_calls_is_allowed_by_a_scope() -> None:
    for name, method in METHODS.items():
        assert method.ours <= scopes(), name
        assert method.ours <= method.scopes, name
        assert bool(method.ours) == bool(method.scopes), name


def test_every_event_is_allowed_by_a_scope() -> None:
    for name, any_of in EVENTS.items():
        assert not any_of or any_of & scopes(), name


def test_every_scope_is_used_by_a_call_an_event_or_the_command() -> None:
    used = {scope for method in METHODS.values() for scope in method.ours}
    used |= {scope for any_of in EVENTS.values() for scope in any_of}
    used |= {scope for scope, method in WIDENS.items() if method in METHODS}
    used |= {"commands"} if manifest()["features"]["slash_commands"] else set()
    assert used == scopes()


def test_the_app_can_read_no_conversation_but_its_own() -> None:
    reading = {scope for scope in scopes() if scope.endswith(":history")}
    assert reading == {"im:history"}


def test_the_table_of_methods_is_slacks_own() -> None:
    known = slack_data("methods/all.json")
    for name, method in METHODS.items():
        assert method.scopes == set(known[name]["bot"]), name


def test_the_table_of_events_is_slacks_own() -> None:
    known = {each["name"]: each for each in slack_data("events.json")}
    for name, any_of in EVENTS.items():
        assert any_of == set(known[name]["scopes"]), name
