"""The coordinator's view of a proposal: numbers first, then pairs a page at a time, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentoring.kinds import ProgramKind
from mentoring.matching.result import Match, MatchResult
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, context, divider, modal, section
from messages.words import Reader, Words

PER_PAGE = 40
"""Pairs on a page: with reasons for the unmatched it stays within a view's 100 blocks."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is reviewed: the run as it was when shown, and people's names by Slack id."""

    program: Program
    run_id: int
    version: int
    result: MatchResult
    names: Mapping[str, str]


def review_form(proposal: Proposal, reader: Reader, page: int) -> Block:
    """Build one page; approving approves the whole proposal as it was shown."""
    words, result = Words("forms/match", reader), proposal.result
    outcome = result.summary.outcome
    pairs = result.pairs[page * PER_PAGE : (page + 1) * PER_PAGE]
    blocks = [
        section(
            words.mrkdwn(
                "summary",
                program=proposal.program,
                matched=outcome.matched,
                mentees=outcome.matched + len(result.unmatched),
                peers=result.summary.kind is ProgramKind.PEER,
                mean=percent(outcome.mean),
                worst=percent(outcome.worst),
            )
        ),
        divider(),
        *[section(_pair(words, each, proposal.names)) for each in pairs],
    ]
    if len(result.pairs) > PER_PAGE:
        blocks += _paging(words, proposal, page)
    if result.unmatched and (page + 1) * PER_PAGE >= len(result.pairs):
        blocks += [divider(), section(words.mrkdwn("unmatched"))]
        blocks += [
            section(
                words.mrkdwn(
                    "unmatched_one",
                    name=proposal.names.get(each.user_id, each.user_id),
                    reason=each.reason,
                    change=each.change,
                )
            )
            for each in result.unmatched[:PER_PAGE]
        ]
    blocks.append(context(words.mrkdwn("consequence")))
    about: dict[str, int | str] = {
        "program": proposal.program.id,
        "run": proposal.run_id,
        "version": proposal.version,
    }
    return modal(
        Act("match.approve", about),
        words.plain("title"),
        blocks,
        submit=words.plain("submit") if result.pairs else None,
        close=words.plain("close"),
    )


def percent(score: float) -> int:
    """A score from 0 to 1 as people read it."""
    return round(100 * score)


def _pair(words: Words, match: Match, names: Mapping[str, str]) -> str:
    return words.mrkdwn(
        "pair",
        names=[names.get(each, each) for each in match.people],
        score=percent(match.score),
        why=match.explanation.coordinator,
    )


def _paging(words: Words, proposal: Proposal, page: int) -> list[Block]:
    total = len(proposal.result.pairs)
    first, last = page * PER_PAGE + 1, min(total, (page + 1) * PER_PAGE)
    turns = []
    if page > 0:
        turns.append(button(words.plain("earlier"), Act("match.earlier", {"page": page - 1})))
    if last < total:
        turns.append(button(words.plain("later"), Act("match.later", {"page": page + 1})))
    return [context(words.mrkdwn("page", first=first, last=last, total=total)), actions(turns)]
