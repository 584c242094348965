"""Logs for operators: one event a line, with ids and kinds; never anybody's words."""

import logging
import sys
from typing import Any, Literal

import structlog

FIRST = ["timestamp", "level", "event"]


def set_up_logging(level: str, form: Literal["text", "json"] = "text") -> None:
    """Send our events to standard error, and the libraries' warnings with them, all in one form.

    Whatever is logged while one payload or one job is worked on carries the same id (`request`, `job_id`), so
    that a reference number somebody was shown leads to everything around it.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    shown: Any = structlog.processors.KeyValueRenderer(key_order=FIRST)
    if form == "json":
        shown = structlog.processors.JSONRenderer()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        processors=[*shared, shown],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    root = logging.getLogger()
    for each in [*root.handlers]:
        root.removeHandler(each)
    root.addHandler(handler)
    # Below WARNING, slack_sdk and Bolt log request bodies: personal words.
    root.setLevel(max(number, logging.WARNING))
