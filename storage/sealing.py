"""Kept sealed: what is encrypted on its way into the database, and opened on its way out.

The keys are the operator's and stand outside the database. Each is a Fernet key (AES-128 in CBC mode with an
HMAC, cryptography.io/en/latest/fernet); the first seals, all of them open, so that a key can be replaced
while everything stays readable.
"""

import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import JSON, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

from mentoring.errors import MentoringError

SEAL = "sealed:"
"""What every sealed value begins with; anything else was written before there was a key, and is as it is."""
HARMLESS = "\u200b"
"""Put before words that only look sealed; it shows nothing."""

_keys: list[MultiFernet] = []


class SealedError(MentoringError):
    """Something in the database is sealed with a key that is not among ours."""

    def __init__(self) -> None:
        super().__init__(
            "The database holds sealed words, and none of ENCRYPTION_KEYS opens them."
            " Put the key they were sealed with back, behind a comma after the newest one."
        )


def new_key() -> str:
    """A key nobody has."""
    return Fernet.generate_key().decode()


def is_key(text: str) -> bool:
    """Whether this could be a key at all."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def seal_with(keys: Sequence[str]) -> None:
    """Seal with the first of these keys from now on, and open with any; none seals nothing."""
    _keys[:] = [MultiFernet([Fernet(each) for each in keys])] if keys else []


def is_sealing() -> bool:
    """Whether there is a key to seal with."""
    return bool(_keys)


def sealed(text: str) -> str:
    """Words as they go into the database."""
    if _keys:
        return SEAL + _keys[0].encrypt(text.encode()).decode()
    return HARMLESS + text if text.startswith(SEAL) else text


def opened(text: str) -> str:
    """Words as they come out of the database.

    Raises:
        SealedError: They were sealed with a key that is not among ours.
    """
    if not text.startswith(SEAL):
        return text.removeprefix(HARMLESS) if text.startswith(HARMLESS + SEAL) else text
    if not _keys:
        raise SealedError
    try:
        return _keys[0].decrypt(text.removeprefix(SEAL)).decode()
    except InvalidToken:
        raise SealedError from None


class SealedText(TypeDecorator[str]):
    """A text column that is sealed where there is a key."""

    impl: Any = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature
        """Seal on the way in."""
        return None if value is None else sealed(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature
        """Open on the way out."""
        return None if value is None else opened(value)


class SealedString(SealedText):
    """The same for a column that was made without a length to its letters."""

    impl: Any = String
    cache_ok = True


class SealedJson(TypeDecorator[Any]):
    """A JSON column whose value is one sealed string where there is a key."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> Any | None:  # noqa: ARG002 - the signature
        """Seal on the way in."""
        return value if value is None or not _keys else sealed(json.dumps(value, separators=(",", ":")))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:  # noqa: ARG002 - the signature
        """Open on the way out."""
        return json.loads(opened(value)) if isinstance(value, str) and value.startswith(SEAL) else value
