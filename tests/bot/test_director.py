"""Whoever directs the show looks at what the bot has to say, as a running bot's own clock does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.stage import directed, small_show
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path


def test_what_the_bot_did_unnoticed_is_said_all_the_same(tmp_path: Path) -> None:
    # As after a click that was answered too late: Slack gave it up, and the bot has done it.
    with small_show(tmp_path) as show, directed(show):
        show.open_enrollment()
        until(
            lambda: any(
                "A good mentor changed my career" in each.text for each in show.stage.playground.posts
            )
        )
