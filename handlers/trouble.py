"""What nobody thought of, as it is logged: where it broke and a number to ask for it by, never its words."""

import secrets

import structlog

from storage.sealing import SealedError

log = structlog.get_logger()

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I or O: a reference number is read out over the phone."""


def note_failure(act: str, error: BaseException) -> str:
    """Log an error under a reference number, which is for whoever met it.

    No traceback: its last line is the error's message, which may hold personal words.
    """
    reference = _reference()
    if isinstance(error, SealedError):
        # The one message that holds what to do and no words of anybody.
        log.error("keys missing", reference=reference, advice=str(error))
    log.error("failed", act=act, reference=reference, error=type(error).__name__, where=where_it_broke(error))
    return reference


def where_it_broke(error: BaseException) -> str:
    """File and line where it broke: enough to find it, without the values, which may be personal."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"


def _reference() -> str:
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(6)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"
