"""The work for every workspace that installed the app, with their tokens from the database."""

from bot.pace import Pace
from bot.standstill import tell_meanwhile
from bot.tokens import OAuthApp, Tokens
from bot.work import Work
from handlers.visit import Clock
from storage.database import Database
from storage.outbox import sent_since


class Office(Work):
    """Looks and delivers for all of them.

    Args:
        pace: Keeps Slack's limits in real time; None where the clock is not real.
    """

    def __init__(self, database: Database, app: OAuthApp, clock: Clock, pace: Pace | None = None) -> None:
        self.tokens = Tokens(database, app)
        self.pace = pace
        super().__init__(database, clock, self.tokens.client_of, pace)

    def renew_tokens(self) -> None:
        """Renew what expires soon."""
        self.tokens.renew(self.clock.now())

    def watch(self) -> None:
        """For a process that only listens: say that nobody looks, where somebody waits because of it."""
        for workspace_id in tell_meanwhile(self.database, self.clock.now()):
            self.deliver_to(workspace_id)

    def deliver_to(self, workspace_id: int) -> None:
        """Send what is due in one workspace; what others sent there in the last minute counts too."""
        if self.pace is not None:
            now = self.clock.now()
            with self.database.asking() as asked:
                self.pace.others_sent(workspace_id, sent_since(asked, workspace_id, now - self.pace.WINDOW))
        super().deliver_to(workspace_id)
