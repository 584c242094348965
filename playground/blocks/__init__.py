"""Block Kit as Slack enforces, shows and answers it; knows nothing of who sends what."""

from playground.blocks.anatomy import with_ids
from playground.blocks.check import check_message, check_view
from playground.blocks.controls import Confirm, Control, Option, controls, option_of
from playground.blocks.mrkdwn import Names, mrkdwn_reading
from playground.blocks.reading import reading
from playground.blocks.spec import Problem
from playground.blocks.state import empty_value, initial_state, is_empty, with_value

__all__ = [
    "Confirm",
    "Control",
    "Names",
    "Option",
    "Problem",
    "check_message",
    "check_view",
    "controls",
    "empty_value",
    "initial_state",
    "is_empty",
    "mrkdwn_reading",
    "option_of",
    "reading",
    "with_ids",
    "with_value",
]
