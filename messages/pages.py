"""The few pages a browser sees: installing the app, and what came of it."""

from html import escape

from messages.words import Reader, Words

STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto 0;padding:0 1.5rem;"
    "color:#1d1c1d;background:#fff}h1{font-size:1.5rem;color:#1f3a5f}"
    "a{display:inline-block;padding:.7rem 1.4rem;border-radius:.4rem;background:#1f3a5f;color:#fff;"
    "text-decoration:none}a:focus{outline:3px solid #e0a33e}"
)
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What every page is sent with: it loads nothing, stands in no frame, and is kept by nobody."""
SLACK = "https://slack.com/app_redirect?app="


def reader_of(accept_language: str) -> Reader:
    """For whom a page is, by the languages their browser asks for."""
    return Reader.of(
        "UTC", accept_language.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip() or "en-US"
    )


def install_page(reader: Reader, address: str) -> str:
    """What the app is, and the way to Slack's own page."""
    return _page(reader, "offer", "", "add", address)


def installed_page(reader: Reader, workspace: str, app_id: str) -> str:
    """The app is in a workspace, and what to do first."""
    return _page(reader, "done", "next", "open", f"{SLACK}{app_id}", workspace=workspace)


def not_installed_page(reader: Reader, why: str, address: str) -> str:
    """The app is in no workspace more than before, and why: `cancelled`, `stale` or `failed`."""
    return _page(reader, why, "", "again", address)


def _page(reader: Reader, said: str, more: str, label: str, address: str, **values: object) -> str:
    words = Words("pages/install", reader)
    parts = [f"<p>{escape(words.plain(each, **values))}</p>" for each in (said, more) if each]
    title, button = escape(words.plain("title")), escape(words.plain(label))
    return (
        f'<!doctype html><html lang="{reader.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>"
        f'{"".join(parts)}<p><a href="{escape(address)}">{button}</a></p></main></body></html>'
    )
