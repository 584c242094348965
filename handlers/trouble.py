"""What went wrong, as it is logged: where it broke and a number to ask for it by, never its words."""

import secrets

import structlog

from storage.asking import out_of_reach
from storage.sealing import SealedError

log = structlog.get_logger()

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I or O: a reference number is read out over the phone."""


def note_failure(act: str, error: BaseException) -> str | None:
    """Log an error under a reference number, which is for whoever met it.

    None where the database was only out of reach: there is nothing to look for, trying again helps. It is not
    done again for them: by then they may have done otherwise, through another process.

    No traceback: its last line is the error's message, which may hold personal words.
    """
    if out_of_reach(error):
        note_undone("failed", error, act=act)
        return None
    reference = _reference()
    if isinstance(error, SealedError):
        # The one message that holds what to do and no words of anybody.
        log.error("keys missing", reference=reference, advice=str(error))
    log.error("failed", act=act, reference=reference, error=type(error).__name__, where=where_it_broke(error))
    return reference


def note_undone(what: str, error: BaseException, **about: object) -> None:
    """Log, without its message, an error for which nobody waits: the next turn does the same again.

    Args:
        what: The event to log, unless the database was lost meanwhile.
        error: What went wrong.
        about: What was being done.
    """
    if out_of_reach(error):
        log.error("database lost", **about, error=type(error).__name__)
    else:
        log.error(what, **about, error=type(error).__name__, where=where_it_broke(error))


def where_it_broke(error: BaseException) -> str:
    """File and line where it broke: enough to find it, without the values, which may be personal."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"


def _reference() -> str:
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(6)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"
