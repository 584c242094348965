"""Where the site answers: the paths that Slack, browsers and load balancers know."""

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
HEALTH_PATH = "/healthz"
READY_PATH = "/readyz"
