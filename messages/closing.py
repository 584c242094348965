"""The button that ends enrollment, wherever a coordinator is shown that it is still open."""

from messages.actions import Act
from messages.blocks import Block, button, confirm
from messages.words import Reader, Words


def close_enrollment_button(program_id: int, reader: Reader) -> Block:
    """It asks once more: enrollment is opened again by nobody."""
    words = Words("replies/coordinate", reader)
    sure = confirm(
        words.plain("close_title"),
        words.plain("close_text"),
        words.plain("close_yes"),
        words.plain("close_no"),
    )
    return button(words.plain("close"), Act("program.close_enrollment", {"program": program_id}), sure=sure)
