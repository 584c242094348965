"""Forms in which a portfolio's owner chooses who sees it, and shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.people import Person
from mentoring.portfolio import PortfolioItem
from mentoring.portfolio import Reader as MayRead
from messages.actions import Act
from messages.blocks import Block, checkboxes, field, modal, option, section
from messages.forms.portfolio import reader_name
from messages.words import Reader, Words


@dataclass(frozen=True, slots=True)
class Audience:
    """One kind of reader: who that is, and how many pieces are meant for them."""

    reader: MayRead
    people: Sequence[Person]
    pieces: int


def readers_form(program_id: int, item: PortfolioItem, reader: Reader) -> Block:
    """Build the form: who may see this piece."""
    words, portfolio = Words("forms/portfolio_sharing", reader), Words("forms/portfolio", reader)
    options = [option(reader_name(portfolio, each), each.name) for each in MayRead]
    boxes = checkboxes("readers", options, initial=[each.name for each in item.readers])
    return modal(
        Act("portfolio.readers_submit", {"program": program_id, "item": item.id or 0}),
        words.plain("title_readers"),
        [
            section(words.mrkdwn("piece", title=item.title)),
            field(
                "readers",
                portfolio.plain("readers"),
                boxes,
                hint=words.plain("readers_hint"),
                optional=True,
            ),
        ],
        submit=words.plain("save"),
        close=words.plain("close"),
    )


def share_form(program_id: int, audiences: Sequence[Audience], reader: Reader) -> Block:
    """Build the form: to whom it is shown now, with one more look at what could give a client away."""
    words, portfolio = Words("forms/portfolio_sharing", reader), Words("forms/portfolio", reader)
    options = [
        option(
            words.plain("one", names=[each.first_name for each in audience.people], pieces=audience.pieces),
            audience.reader.name,
        )
        for audience in audiences
    ]
    warned = [option(portfolio.plain("warned"), "yes")]
    return modal(
        Act("portfolio.share_submit", {"program": program_id}),
        words.plain("title_share"),
        [
            section(words.mrkdwn("intro")),
            field("readers", words.plain("to_whom"), checkboxes("readers", options)),
            field(
                "warned",
                words.plain("warning"),
                checkboxes("warned", warned),
                hint=portfolio.plain("warning_hint"),
                optional=True,
            ),
        ],
        submit=words.plain("show"),
        close=words.plain("close"),
    )
