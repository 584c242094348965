"""How near the courier comes to Slack's own limit, in a local workspace that enforces it in real time.

Run: python -m bench.courier
"""

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from slack_sdk import WebClient

from bench.many_pairs import NOW, database_with
from bot.courier import Courier
from bot.pace import Pace
from bot.rehearsal.stage import MANIFEST
from mentoring.notices import Notice, ToPerson
from playground import Playground, StillClock
from playground.rate import WORKSPACE_MESSAGES_A_MINUTE
from storage.outbox import write_letter

PEOPLE = 100
LETTERS = 420
"""More than the workspace takes in its first minute's burst: the last ones are paced."""


def main() -> None:
    """Print the share of the limit, and how often Slack had to say no."""
    clock = StillClock(NOW)
    with (
        tempfile.TemporaryDirectory() as folder,
        Playground(MANIFEST, clock=clock, enforce_rate=True) as slack,
    ):
        for number in range(2 * PEOPLE):
            slack.add_person(f"U{number:08X}", f"Person {number}", email="", tz="America/New_York")
        database = database_with(Path(folder), PEOPLE, 0, slack.team_id)
        with database.write() as session:
            for number in range(LETTERS):
                to = ToPerson(number % PEOPLE + 1)
                notice = Notice(
                    "letter_given_up",
                    to,
                    f"bench:{number}",
                    NOW,
                    "a bench",
                    None,
                    {"kind": "x", "reason": "y"},
                )
                write_letter(session, 1, notice, NOW - timedelta(hours=1), program_id=1)
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        begun = time.perf_counter()
        done = Courier(database, clock, lambda _workspace: client, Pace()).deliver()
        spent = time.perf_counter() - begun
        refused = sum(call.error == "ratelimited" for call in slack.calls)
        database.close()
    burst, rate = WORKSPACE_MESSAGES_A_MINUTE, WORKSPACE_MESSAGES_A_MINUTE / 60
    best = (LETTERS - burst) / rate
    print("Sending, paced, to a workspace that enforces its limit")
    print(f"  {done.sent} letters in {spent:.1f} s; no sender can be faster than {best:.1f} s (the baseline)")
    share = LETTERS / (burst + rate * spent)
    print(f"  share of what the limit allows in this time: {share:.3f} (0.95 wanted)")
    print(f"  429 answers: {refused} (0 wanted)")


if __name__ == "__main__":
    main()
