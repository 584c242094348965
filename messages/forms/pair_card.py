"""A pair's card for coordinators: how it stands, its health part by part, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.health import WEIGHTS, Health, Level, Measured, Trend
from mentoring.pairs import Pair, PairState
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, context, divider, modal, section
from messages.concerns import Reason, reasons_of
from messages.words import Mrkdwn, Reader, Words


@dataclass(frozen=True, slots=True)
class Card:
    """A pair as a coordinator sees it.

    Args:
        health: None where there is nothing to show, as in a coordinator's own pair.
        paused_until: The day on which a break of theirs ends, as they hear it themselves.
        reasons: Why it stands on the list, if it does.
        over: Whether they have had their time, and late answers alone are waited for.
    """

    pair: Pair
    program: Program
    names: Sequence[str]
    often: str = ""
    agreed: bool = False
    held: int = 0
    next_meeting: datetime | None = None
    paused_until: date | None = None
    reasons: tuple[Reason, ...] = ()
    health: Health | None = None
    level: Level = Level.UNKNOWN
    trend: Trend = Trend.UNKNOWN
    over: bool = False


def pair_card(card: Card, reader: Reader) -> Block:
    """Build the card."""
    words = Words("forms/pair_card", reader)
    text = words.mrkdwn("stands", card=card, ended=card.pair.state is PairState.ENDED)
    blocks = [section(text)]
    if card.reasons:
        blocks.append(section(words.mrkdwn("reasons", reasons=reasons_of(card.reasons, reader))))
    if card.health is not None:
        blocks += [divider(), section(_health(words, card)), context(words.mrkdwn("health_who"))]
    if card.pair.state is not PairState.ENDED:
        blocks += [divider(), *_deeds(words, card)]
    act = Act("desk.pair", {"pair": card.pair.id})
    return modal(act, words.plain("title"), blocks, close=words.plain("close"))


def _health(words: Words, card: Card) -> str:
    found = card.health
    if found is None or found.score is None:
        return words.mrkdwn("no_health")
    parts = [
        Mrkdwn(
            words.mrkdwn(
                each.part.value,
                n=each.numbers,
                points=round(each.share * WEIGHTS[each.part]),
                weight=WEIGHTS[each.part],
            )
        )
        for each in found.parts
        if each.share is not None
    ]
    return words.mrkdwn(
        "health",
        score=found.score,
        level=words.plain(f"level_{card.level}"),
        trend=words.plain(f"trend_{card.trend}"),
        parts=parts,
        unknown=[words.plain(f"name_{each.part}") for each in _unknown(found)],
    )


def _unknown(found: Health) -> list[Measured]:
    return [each for each in found.parts if each.share is None]


def _deeds(words: Words, card: Card) -> list[Block]:
    about: dict[str, int | str] = {"pair": card.pair.id}
    introduced = card.pair.state is PairState.ANNOUNCED
    gentle = ["care.message", "care.nudge", "care.offer_pause", "care.pause"] if introduced else []
    firm = ["care.extend", *(["care.move"] if introduced else []), "care.rematch", "care.end"]
    if card.pair.casual_since is not None:
        # They meet when they like: there is nothing to remind them of, to hold, or to give more time for.
        gentle, firm = ["care.message"], ["care.rematch", "care.end"]
    elif card.over:
        gentle, firm = ["care.message"], ["care.extend", "care.end"]
    rows = [
        [button(words.plain(name.split(".")[1]), Act(name, about)) for name in row] for row in (gentle, firm)
    ]
    if card.reasons:
        rows.append(
            [
                button(words.plain("seen"), Act("desk.seen", about)),
                button(words.plain("snooze"), Act("desk.snooze", about)),
            ]
        )
    return [actions(row) for row in rows if row]
