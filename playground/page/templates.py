"""The templates of the page: HTML, escaped, every name they use defined."""

from __future__ import annotations

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from playground.page import charts
from playground.page.emoji import with_emoji


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("playground.page", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Else each use of a template looks at its file's age.
        auto_reload=False,
    )
    environment.filters["emoji"] = with_emoji
    environment.globals["canvas"] = {"width": charts.WIDTH, "height": charts.HEIGHT}
    return environment


ENVIRONMENT: Final = _environment()


def filled(template: str, **values: object) -> str:
    """A template with its values."""
    return ENVIRONMENT.get_template(template).render(**values)
