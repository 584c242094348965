"""The coordinator's view of a proposal: numbers first, then pairs a page at a time, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentoring.kinds import ProgramKind
from mentoring.matching.result import Alternative, Match, MatchResult, Outcome
from mentoring.names import plain_name
from mentoring.programs import Program
from mentoring.review import MAX_NOTE_LENGTH, Difference, Review, ready, weakest_first
from messages.actions import Act
from messages.blocks import (
    OPTIONS_LIMIT,
    Block,
    actions,
    button,
    context,
    divider,
    external_select,
    field,
    modal,
    option,
    radio,
    section,
    static_select,
    text_input,
)
from messages.forms.paging import page_of, paging
from messages.letters.context import Message
from messages.reasons import reasons_in
from messages.words import Reader, Words

PER_PAGE = 25
"""Pairs, or people without a match, on a page: with three blocks each at most, a view's 100 are enough."""
CHOICES = 10
"""Options radio buttons can show (Slack's limit)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is reviewed: the run as it was when shown, and people's names by Slack id.

    Args:
        difference: How it differs from the run it was made from, if it was.
    """

    program: Program
    run_id: int
    version: int
    result: MatchResult
    review: Review
    names: Mapping[str, str]
    difference: Difference | None = None

    @property
    def about(self) -> dict[str, int | str]:
        """The ids every act on it carries."""
        return {"program": self.program.id, "run": self.run_id, "version": self.version}

    def name(self, slack_id: str) -> str:
        """Somebody as the coordinator knows them."""
        return self.names.get(slack_id, slack_id)

    def people(self, match: Match) -> list[str]:
        """Everybody of a match, by name."""
        return [self.name(each) for each in match.people]


def review_form(proposal: Proposal, reader: Reader, page: int, found: int | None = None) -> Block:
    """Build one page; approving approves everything that is ready, on whatever page it stands.

    Args:
        proposal: The run.
        reader: The coordinator.
        page: Which, from 0: the weakest fit comes first, whoever has no match last.
        found: The one that was looked for: its page is shown, with it at the top.
    """
    words, result = Words("forms/match", reader), proposal.result
    ordered = _ordered(proposal)
    items = len(ordered)
    page = page_of(page if found is None else ordered.index(found) // PER_PAGE, items, PER_PAGE)
    shown = ordered[page * PER_PAGE : (page + 1) * PER_PAGE]
    if found is not None:
        shown = [found, *(each for each in shown if each != found)]
    pairs = [position for position in shown if position < len(result.pairs)]
    alone = [position - len(result.pairs) for position in shown if position >= len(result.pairs)]
    blocks = [
        section(_summary(words, proposal)),
        *_steering(words, proposal, long=items > PER_PAGE),
        divider(),
    ]
    blocks += [_pair(words, proposal, position, page) for position in pairs]
    if alone:
        blocks.append(section(words.mrkdwn("unmatched")))
        blocks += [section(_unmatched(words, proposal, position)) for position in alone]
    blocks += paging(reader, "match.earlier", "match.later", page, items, PER_PAGE)
    count = len(ready(proposal.review, result, proposal.program.kind))
    blocks.append(context(words.mrkdwn("consequence", count=count)))
    return modal(
        Act("match.approve", proposal.about | {"page": page}),
        words.plain("title"),
        blocks,
        submit=words.plain("submit") if count else None,
        close=words.plain("close"),
    )


def found_pairs(proposal: Proposal, typed: str, reader: Reader) -> list[Block]:
    """What a look for somebody offers: the pairs, and the people without a match, of this name."""
    words, result, wanted = Words("forms/match", reader), proposal.result, plain_name(typed)
    people = [proposal.people(each) for each in result.pairs]
    people += [[proposal.name(each.user_id)] for each in result.unmatched]
    labels = [words.plain("found", names=each) for each in people]
    plainly = sorted((plain_name(label), n) for n, label in enumerate(labels))
    fitting = [n for label, n in plainly if wanted in label]
    return [option(labels[n], str(n)) for n in fitting[:OPTIONS_LIMIT]]


def _ordered(proposal: Proposal) -> list[int]:
    """Everything there is to look at by number: pairs first, then people without a match."""
    result = proposal.result
    alone = range(len(result.pairs), len(result.pairs) + len(result.unmatched))
    return [*weakest_first(result, proposal.program.kind), *alone]


def swap_form(proposal: Proposal, reader: Reader, position: int, page: int) -> Block:
    """Offer the next best for a mentee, each with what it would cost the whole."""
    words = Words("forms/match", reader)
    match = proposal.result.pairs[position]
    alternatives = match.alternatives[:CHOICES]
    act = Act("match.swap", proposal.about | {"pair": position, "page": page})
    back = actions([button(words.plain("back"), Act("match.review", {"page": page}))])
    intro = section(words.mrkdwn("swap_intro", names=proposal.people(match)))
    if not alternatives:
        blocks = [intro, section(words.mrkdwn("no_alternative")), back]
        return modal(act, words.plain("swap_title"), blocks, close=words.plain("close"))
    options = [
        option(words.plain("alternative", **_alternative(proposal, each)), str(number))
        for number, each in enumerate(alternatives)
    ]
    effects = [words.mrkdwn("effect", **_alternative(proposal, each)) for each in alternatives]
    blocks = [
        intro,
        field("instead", words.plain("instead"), radio("instead", options)),
        context("\n".join(effects)),
        back,
    ]
    return modal(
        act, words.plain("swap_title"), blocks, submit=words.plain("swap_submit"), close=words.plain("close")
    )


def note_form(proposal: Proposal, reader: Reader, position: int, page: int) -> Block:
    """Write something down about a pair, for coordinators."""
    words = Words("forms/match", reader)
    match = proposal.result.pairs[position]
    written = text_input(
        "note", initial=proposal.review.note_on(match), multiline=True, max_length=MAX_NOTE_LENGTH
    )
    blocks = [
        section(words.mrkdwn("note_intro", names=proposal.people(match))),
        field("note", words.plain("note"), written, optional=True),
    ]
    act = Act("match.note", proposal.about | {"pair": position, "page": page})
    return modal(
        act,
        words.plain("note_title"),
        blocks,
        submit=words.plain("note_submit"),
        close=words.plain("close"),
    )


def preview_form(proposal: Proposal, reader: Reader, letter: Message, page: int) -> Block:
    """Show exactly what the people of a pair will read; buttons are named, since here they would act."""
    words = Words("forms/match", reader)
    said = [each for each in letter.blocks if each["type"] != "actions"]
    labels = [
        element["text"]["text"]
        for each in letter.blocks
        if each["type"] == "actions"
        for element in each["elements"]
    ]
    blocks = [
        context(words.mrkdwn("preview_intro")),
        divider(),
        *said,
        divider(),
        context(words.mrkdwn("preview_buttons", labels=labels)),
        actions([button(words.plain("back"), Act("match.review", {"page": page}))]),
    ]
    return modal(
        Act("match.preview", proposal.about), words.plain("preview_title"), blocks, close=words.plain("close")
    )


def percent(score: float) -> int:
    """A score from 0 to 1 as people read it."""
    return round(100 * score)


def _summary(words: Words, proposal: Proposal) -> str:
    result, review = proposal.result, proposal.review
    outcome = result.summary.outcome
    peers = result.summary.kind is ProgramKind.PEER
    lines = [
        words.mrkdwn(
            "summary",
            program=proposal.program,
            matched=outcome.matched,
            mentees=outcome.matched + len(result.unmatched),
            peers=peers,
            mean=percent(outcome.mean),
            worst=percent(outcome.worst),
            capacity_left=result.summary.capacity_left,
        )
    ]
    if proposal.difference:
        change = proposal.difference
        lines.append(
            words.mrkdwn(
                "difference",
                matched=change.matched,
                mean=round(100 * change.mean),
                worst=round(100 * change.worst),
                new=len(change.new),
            )
        )
    if review.approved:
        lines.append(words.mrkdwn("approved_so_far", count=len(review.approved)))
    return "\n".join(lines)


def _objective(words: Words, other: Outcome) -> str:
    return words.mrkdwn(
        "other",
        objective=words.plain(f"objective_{other.objective.name.lower()}"),
        matched=other.matched,
        mean=percent(other.mean),
        worst=percent(other.worst),
    )


def _alike(one: Outcome, other: Outcome) -> bool:
    return (one.matched, percent(one.mean), percent(one.worst)) == (
        other.matched,
        percent(other.mean),
        percent(other.worst),
    )


def _steering(words: Words, proposal: Proposal, *, long: bool) -> list[Block]:
    """Ways to another proposal: other objectives with what each would give, and around what was decided."""
    review, summary = proposal.review, proposal.result.summary
    blocks = [
        section(
            _objective(words, other),
            button(
                words.plain("try", objective=words.plain(f"objective_{other.objective.name.lower()}")),
                Act("match.again", {"objective": other.objective}),
            ),
        )
        for other in summary.others
        if not _alike(other, summary.outcome)
    ]
    buttons: list[Block] = []
    if long:
        buttons.append(external_select("match.find", None, placeholder=words.plain("find")))
    if review.waits_for_a_run:
        label = words.plain("again", locks=len(review.locks), exclusions=len(review.exclusions))
        buttons.append(button(label, Act("match.again"), style="primary"))
    buttons.append(button(words.plain("settings"), Act("match.settings")))
    order = [context(words.mrkdwn("order"))] if long else []
    return [*blocks, actions(buttons), *order]


def _pair(words: Words, proposal: Proposal, position: int, page: int) -> Block:
    match, review = proposal.result.pairs[position], proposal.review
    text = words.mrkdwn(
        "pair",
        names=proposal.people(match),
        score=percent(match.score),
        why=reasons_in(match.explanation.coordinator, words.reader),
        mark=_mark(words, proposal, position),
        note=review.note_on(match),
    )
    if position in review.approved:
        return section(text)
    doing = {
        "keep": "unkeep" if review.keeps(match) else "keep",
        "swap": "swap",
        "exclude": "unexclude" if review.excludes(match) else "exclude",
        "hold": "release" if position in review.held else "hold",
        "note": "write_note",
        "preview": "preview",
        "approve": "approve_one",
    }
    options = [
        option(words.plain(label), Act("match.decide", {"do": do, "n": position, "page": page}).value)
        for do, label in doing.items()
    ]
    return section(text, static_select("match.decide", options, placeholder=words.plain("decide")))


def _mark(words: Words, proposal: Proposal, position: int) -> str:
    match, review = proposal.result.pairs[position], proposal.review
    if position in review.approved:
        return words.plain("mark_approved")
    instead = review.swap_of(match)
    if review.excludes(match):
        name = proposal.name(instead.mentor) if instead else ""
        return words.plain("mark_swapped" if instead else "mark_excluded", name=name)
    if position in review.held:
        return words.plain("mark_held")
    if review.keeps(match) or match.locked:
        return words.plain("mark_kept")
    return words.plain("mark_new") if proposal.difference and proposal.difference.is_new(match) else ""


def _unmatched(words: Words, proposal: Proposal, position: int) -> str:
    each = proposal.result.unmatched[position]
    return words.mrkdwn(
        "unmatched_one",
        name=proposal.name(each.user_id),
        reason=reasons_in(each.reason, words.reader),
        change=reasons_in(each.change, words.reader),
    )


def _alternative(proposal: Proposal, each: Alternative) -> dict[str, object]:
    return {
        "name": proposal.name(each.user_id),
        "person": proposal.name(each.person),
        "score": percent(each.score),
        "price": round(100 * each.price, 1),
        "fewer": each.fewer_matched,
        "exact": each.exact,
    }
