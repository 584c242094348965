"""Installing the app in a workspace: our pages around slack_bolt's own OAuth flow."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation

from bot.places import INSTALL_PATH, REDIRECT_PATH
from bot.process import sending_client
from bot.scopes import OPTIONAL, REASONS
from bot.tokens import OAuthApp, Tokens
from bot.work import quiet
from messages.pages import HEADERS, install_page, installed_page, not_installed_page, reader_of
from messages.words import Reader
from storage.installations import STATE_LIVES_S, state_store

log = structlog.get_logger()

CANCELLED = {"access_denied"}
STALE = {"invalid_browser", "invalid_state", "missing_code"}


class InstallFlow(OAuthFlow):
    """The way from our page to Slack's and back.

    Args:
        now: Tells the present instant.
    """

    def __init__(self, app: OAuthApp, tokens: Tokens, now: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._now = now
        settings = OAuthSettings(
            client_id=app.client_id,
            client_secret=app.client_secret,
            scopes=sorted(REASONS | OPTIONAL),
            user_scopes=[],
            redirect_uri=f"{app.public_url}{REDIRECT_PATH}",
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            # Slack's own page is beside its Web API; a local workspace's is too.
            authorization_url=app.api_url.removesuffix("api/") + "oauth/v2/authorize",
            installation_store=tokens.store,
            state_store=state_store(tokens.database.writer, quiet("oauth")),
            state_expiration_seconds=STATE_LIVES_S,
            callback_options=CallbackOptions(success=self._installed, failure=self._not_installed),
            logger=quiet("oauth"),
        )
        super().__init__(client=sending_client(app.api_url, None), logger=quiet("oauth"), settings=settings)

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """Our page instead of slack_bolt's."""
        return install_page(_reader(request), url)

    def append_set_cookie_headers(
        self, headers: dict[str, str | Sequence[str]], set_cookie_value: str | None
    ) -> dict[str, str | Sequence[str]]:
        """The cookie that ties Slack's answer to this browser; sent along when Slack sends people back."""
        cookie = [f"{set_cookie_value}; SameSite=Lax"] if set_cookie_value else []
        return {**headers, **HEADERS, "Set-Cookie": cookie}

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Keep the token and know the workspace: it is new, or goes on where it was stopped."""
        super().store_installation(request, installation)
        workspace = self._tokens.welcome(installation, self._now())
        log.info("installed", workspace=workspace.id)

    def _installed(self, args: SuccessArgs) -> BoltResponse:
        done = args.installation
        name = str((done.enterprise_name if done.is_enterprise_install else done.team_name) or "")
        return self._page(200, installed_page(_reader(args.request), name, str(done.app_id)))

    def _not_installed(self, args: FailureArgs) -> BoltResponse:
        reason = args.reason if args.reason.isidentifier() else "other"
        log.warning("not installed", reason=reason)
        why = "cancelled" if reason in CANCELLED else "stale" if reason in STALE else "failed"
        body = not_installed_page(_reader(args.request), why, self.install_path)
        return self._page(args.suggested_status_code, body)

    def _page(self, status: int, body: str) -> BoltResponse:
        cookie = self.settings.state_utils.build_set_cookie_for_deletion()
        return BoltResponse(status=status, body=body, headers={**HEADERS, "Set-Cookie": [cookie]})


def _reader(request: BoltRequest) -> Reader:
    return reader_of(request.headers.get("accept-language", [""])[0])
