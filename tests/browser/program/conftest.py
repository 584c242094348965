"""One small program for each file: the real bot, the hand that moves it, and the page over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.stage import come_to_rest, directed, page_over, small_show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rehearsal.show import Director
    from bot.rehearsal.show_run import Show
    from playground import Playground
    from playground.page import Page


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Show]:
    with small_show(tmp_path_factory.mktemp("show")) as running:
        yield running


@pytest.fixture(scope="module")
def workspace(show: Show) -> Playground:
    return show.stage.playground


@pytest.fixture(scope="module")
def director(show: Show) -> Iterator[Director]:
    with directed(show) as found:
        yield found


@pytest.fixture(scope="module")
def page(show: Show, director: Director) -> Iterator[Page]:
    with page_over(show, director) as found:
        yield found


@pytest.fixture(autouse=True)
def at_rest(show: Show, director: Director) -> None:
    come_to_rest(show, director)
