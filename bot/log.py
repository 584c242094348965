"""Logs for operators: one event a line, with ids and kinds; never anybody's words."""

import logging

import structlog


def set_up_logging(level: str) -> None:
    """Send our events to standard error, and the libraries' warnings with them."""
    number = logging.getLevelNamesMapping()[level.upper()]
    # Below WARNING, slack_sdk and Bolt log request bodies: personal words.
    logging.basicConfig(level=max(number, logging.WARNING), format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
