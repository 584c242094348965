"""Functions whose module is loaded when they are first called.

Charts, pages, spreadsheets and the matcher's numeric libraries take two seconds to load, and few processes
ever need them. This is the one place that loads anything later than at the top of a file; who uses it tells
the type checker what the function really is:

    if TYPE_CHECKING:
        from messages.reports.pdf import report_pdf
    else:
        report_pdf = late("messages.reports.pdf", "report_pdf")
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, name: str) -> Callable[..., Any]:
    """Stand for a function until it is called.

    Raises:
        ImportError: When it is called, and its module is not there.
    """

    def stand_in(*given: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*given, **named)

    stand_in.__name__ = stand_in.__qualname__ = name
    return stand_in
