"""Reviewing what the matcher proposed, a page at a time; nobody is told before it is approved."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from handlers.approving import approve_positions, new_pair
from handlers.visit import Visit
from mentoring.errors import Refusal
from mentoring.matching.result import Match, MatchResult, result_from_json
from mentoring.matching.settings import Objective
from mentoring.pairs import Pair, PairState
from mentoring.programs import Program
from mentoring.review import DECISIONS, Review, again, compare, hold, note, ready, swap, together
from messages.actions import Act
from messages.answers import Answer, Offer, Show, Tell
from messages.forms.match import Proposal, found_pairs, note_form, preview_form, review_form, swap_form
from messages.letters.context import Circumstances
from messages.letters.pairing import introduction
from messages.replies import say
from messages.words import Reader, Words
from storage.match_runs import MatchRun, change_review, match_run, run_of_program, want_match
from storage.namesakes import names_together
from storage.outbox import audit
from storage.participants import participants
from storage.people import people_by_slack_id
from storage.programs import program, wake_program


@dataclass(frozen=True, slots=True)
class _Seen:
    """A run with all that its pages show."""

    program: Program
    run: MatchRun
    result: MatchResult
    proposal: Proposal


def review(visit: Visit) -> Answer:
    """Show the proposal, or another page of it."""
    with visit.database.read() as session:
        seen = _seen(session, visit)
    return _page(visit, seen)


def suggest(visit: Visit) -> Answer:
    """Offer the pairs with whoever's name is typed."""
    with visit.database.read() as session:
        seen = _seen(session, visit)
    return Offer(found_pairs(seen.proposal, visit.text, visit.reader))


def find(visit: Visit) -> Answer:
    """Somebody was looked for: their page is shown, with them at the top."""
    with visit.database.read() as session:
        seen = _seen(session, visit)
    items = len(seen.result.pairs) + len(seen.result.unmatched)
    chosen = visit.picked or ""
    if not chosen.isdecimal() or int(chosen) >= items:
        raise Refusal("This pair is not in the proposal any more. Open it again.")
    return Show(review_form(seen.proposal, visit.reader, 0, int(chosen)))


def decide(visit: Visit) -> Answer:
    """Something was chosen in a pair's menu."""
    chosen = Act.decode("match.decide", visit.picked)
    position, page, do = chosen.number("n"), chosen.number("page"), chosen.code("do")
    # Program and run stay those whose right was checked: a choice says only what to do with which pair.
    turned = replace(visit, act=Act(visit.act.name, {**visit.act.ids, "n": position, "page": page, "do": do}))
    if do == "approve":
        return _approve(turned, only=position)
    with visit.database.read() as session:
        seen = _seen(session, turned)
        match = _match(seen, position)
        if do == "preview":
            return Show(_preview(session, visit, seen, position, page))
    if do == "swap":
        return Show(swap_form(seen.proposal, visit.reader, position, page))
    if do == "note":
        return Show(note_form(seen.proposal, visit.reader, position, page))
    if do == "hold":
        return _change(turned, hold(seen.run.review, position))
    return _change(turned, DECISIONS[do](seen.run.review, match))


def send_swap(visit: Visit) -> Answer:
    """Somebody else was chosen for a mentee."""
    with visit.database.read() as session:
        seen = _seen(session, visit)
    match = _match(seen, visit.act.number("pair"))
    chosen = visit.typed("instead")
    if not chosen.isdecimal() or int(chosen) >= len(match.alternatives):
        raise Refusal("Choose who instead, or go back.", "instead")
    return _change(visit, swap(seen.run.review, match, match.alternatives[int(chosen)]))


def send_note(visit: Visit) -> Answer:
    """A note came back."""
    with visit.database.read() as session:
        seen = _seen(session, visit)
    match = _match(seen, visit.act.number("pair"))
    return _change(visit, note(seen.run.review, match, visit.typed("note")))


def run_again(visit: Visit) -> Answer:
    """Ask for another proposal, around what was decided or under another objective."""
    with visit.database.write() as session:
        run = _run(session, visit)
        result = result_from_json(run.result)
        objective = visit.act.one_of("objective", Objective) if "objective" in visit.act.ids else None
        decided = again(run.review, result, run.id, objective)
        want_match(
            session,
            visit.workspace.id,
            run.program_id,
            visit.person.id,
            visit.now,
            review=decided,
            seed=run.seed,
        )
        wake_program(session, run.program_id, visit.now)
    return Tell(say(Words("forms/match", visit.reader).mrkdwn("running")))


def approve(visit: Visit) -> Answer:
    """Approve everything that is ready, as it was shown."""
    return _approve(visit)


def _approve(visit: Visit, only: int | None = None) -> Answer:
    """Pairs, introductions and kind words for the rest, in one transaction."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        run = _run(session, visit)
        result = result_from_json(run.result)
        units = ready(run.review, result, found.kind)
        chosen = [unit for unit in units if only is None or only in unit]
        if not chosen:
            raise Refusal(
                "Nothing here is ready to approve: it is held back, ruled out, or approved already."
            )
        positions = {position for unit in chosen for position in unit}
        decided = replace(run.review, approved=run.review.approved | positions)
        changed = change_review(session, run.id, visit.act.number("version"), decided)
        done = approve_positions(session, visit, found, changed, result, chosen)
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "match.approve",
            {"run": run.id, "pairs": len(chosen)},
            visit.now,
            program_id=found.id,
        )
    words = Words("forms/match", visit.reader)
    return Tell(
        say(
            words.mrkdwn(
                "approved",
                pairs=len(chosen),
                checked=done.checked_until,
                unmatched=done.told_unmatched,
                left=done.left,
            )
        )
    )


def _change(visit: Visit, decided: Review) -> Answer:
    with visit.database.write() as session:
        change_review(session, _run(session, visit).id, visit.act.number("version"), decided)
    with visit.database.read() as session:
        seen = _seen(session, visit)
    return _page(visit, seen)


def _page(visit: Visit, seen: _Seen) -> Answer:
    page = visit.act.number("page") if "page" in visit.act.ids else 0
    return Show(review_form(seen.proposal, visit.reader, page))


def _run(session: Session, visit: Visit) -> MatchRun:
    """The run an act names, of the program whose right was checked at the door."""
    about = visit.act
    return run_of_program(session, visit.workspace.id, about.number("program"), about.number("run"))


def _seen(session: Session, visit: Visit) -> _Seen:
    run = _run(session, visit)
    found = program(session, visit.workspace.id, run.program_id)
    result = result_from_json(run.result)
    ids = {each for pair in result.pairs for each in pair.people}
    ids |= {each.user_id for each in result.unmatched}
    ids |= {each.user_id for pair in result.pairs for each in pair.alternatives}
    known = people_by_slack_id(session, visit.workspace.id, ids)
    called = names_together(session, known.values())
    names = {slack_id: called[person.id] for slack_id, person in known.items()}
    difference = None
    if run.review.before is not None:
        before = match_run(session, visit.workspace.id, run.review.before)
        difference = compare(result, result_from_json(before.result))
    proposal = Proposal(found, run.id, run.version, result, run.review, names, difference)
    return _Seen(found, run, result, proposal)


def _match(seen: _Seen, position: int) -> Match:
    if not 0 <= position < len(seen.result.pairs):
        raise Refusal("This pair is not in the proposal any more. Open it again.")
    return seen.result.pairs[position]


def _preview(session: Session, visit: Visit, seen: _Seen, position: int, page: int) -> dict[str, object]:
    """Render the very letter that would go out, from the pair as it would be."""
    people = {each.person.slack_id: each for each in participants(session, seen.program.id)}
    unit = next(each for each in together(seen.result, seen.program.kind) if position in each)
    matches = tuple(seen.result.pairs[each] for each in unit)
    planned = new_pair(matches, seen.program.kind, people)
    known = {each.person.id: each for each in people.values()}
    members = [known[each.person_id] for each in planned.members]
    pair = Pair(
        id=0,
        workspace_id=visit.workspace.id,
        program_id=seen.program.id,
        state=PairState.APPROVED,
        members=planned.members,
        channel_id=None,
        announced_at=None,
        ends_on=seen.program.ends_on,
        why=planned.why,
    )
    first = members[0].person
    letter = introduction(
        Circumstances(
            Reader.of(first.time_zone, first.locale),
            visit.now,
            program=seen.program,
            pair=pair,
            people={each.person.id: each.person for each in members},
            profiles={each.person.id: each.enrollment.profile for each in members},
        )
    )
    return preview_form(seen.proposal, visit.reader, letter, page)
