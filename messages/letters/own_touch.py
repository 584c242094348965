"""A program's own greeting and sign-off around a letter's words."""

from dataclasses import replace

from mentoring.own_words import WARM, greeting_for, own_words
from messages.blocks import Block, mrkdwn
from messages.letters.context import Circumstances, Message
from messages.words import escape


def with_own_touch(kind: str, message: Message, seen: Circumstances) -> Message:
    """Put the program's greeting before the first words and its sign-off after them."""
    words = own_words(seen.program) if seen.program and kind in WARM else None
    if words is None or not (words.greeting or words.sign_off):
        return message
    greeting, sign_off = escape(greeting_for(words, _names(seen))), escape(words.sign_off)
    blocks = list(message.blocks)
    at = next((n for n, block in enumerate(blocks) if block["type"] == "section"), None)
    if at is None:
        return message
    blocks[at] = _around(blocks[at], greeting, sign_off)
    return replace(message, text=_joined(greeting, message.text, sign_off), blocks=blocks)


def _around(block: Block, greeting: str, sign_off: str) -> Block:
    return {**block, "text": mrkdwn(_joined(greeting, block["text"]["text"], sign_off))}


def _joined(greeting: str, text: str, sign_off: str) -> str:
    return "\n\n".join(part for part in (greeting, text, sign_off) if part)


def _names(seen: Circumstances) -> str:
    if seen.recipient is not None:
        return seen.recipient.first_name
    names = [each.first_name for each in seen.figures] if seen.pair else []
    return str(seen.reader.listing(names))
