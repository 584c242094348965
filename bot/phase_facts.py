"""What the letters of phases, tasks and papers draw on, and when they are not wanted any more."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from mentoring.assessment import TaskState
from mentoring.broadcasts import BroadcastState
from mentoring.meetings import held_until
from mentoring.notices import ToPerson
from mentoring.pairs import as_left
from mentoring.portfolio import PortfolioItem, Reader, shown_to
from mentoring.stories import StoryState
from messages.letters.context import Circumstances
from storage.broadcasts import broadcast
from storage.meetings import meetings
from storage.outbox import Letter
from storage.past_members import pairs_ever_of, past_members
from storage.people import people
from storage.phases import debrief, going_on_answers, improvement
from storage.stories import story
from storage.tasks import portfolio, ratings, task_of_pair


def settled(session: Session, letter: Letter) -> str | None:
    """Why a letter of these kinds is not wanted any more, if so."""
    reason = SETTLED.get(letter.kind)
    return reason(session, letter) if reason else None


def _said_whether_to_go_on(session: Session, letter: Letter) -> str | None:
    to = letter.to
    answers = going_on_answers(session, int(letter.ids["pair"]))
    return "answered_already" if isinstance(to, ToPerson) and to.person_id in answers else None


def _looked_back(session: Session, letter: Letter) -> str | None:
    found = debrief(session, letter.workspace_id, int(letter.ids["debrief"]))
    return "written_already" if found.written_at else None


def _action_done(session: Session, letter: Letter) -> str | None:
    action = improvement(session, letter.workspace_id, int(letter.ids["action"]))
    return "done_already" if action.done_at else None


def _suggestion_answered(session: Session, letter: Letter) -> str | None:
    known = task_of_pair(session, int(letter.ids["pair"]), int(letter.ids["task"])).task
    return None if known.state is TaskState.PROPOSED else "answered_already"


def _nothing_to_show(session: Session, letter: Letter) -> str | None:
    return None if _chosen(session, letter, int(letter.ids["of"])) else "nothing_to_show"


def _story_withdrawn(session: Session, letter: Letter) -> str | None:
    """A story taken back is told to nobody any more, whatever is under way."""
    made = broadcast(session, letter.program_id or 0, int(letter.ids["broadcast"]))
    if letter.kind == "story_preview" and made.state is not BroadcastState.WAITING:
        return "settled_already"
    if made.story_id is None:
        return None
    told = story(session, letter.workspace_id, made.story_id)
    return "taken_back" if told.state is StoryState.TAKEN_BACK else None


SETTLED: Mapping[str, Callable[[Session, Letter], str | None]] = {
    "action_due": _action_done,
    "broadcast": _story_withdrawn,
    "debrief": _looked_back,
    "go_on": _said_whether_to_go_on,
    "portfolio_shown": _nothing_to_show,
    "story_preview": _story_withdrawn,
    "task_suggested": _suggestion_answered,
}
"""What makes a letter of each kind needless before it is sent."""


def task_facts(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """The task a letter speaks of."""
    return replace(seen, task=task_of_pair(session, seen.the_pair.id, int(letter.ids["task"])).task)


def paper_facts(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    """A certificate, a log of hours or a portfolio holds the asker's own facts only."""
    me = seen.the_recipient
    if seen.pair is not None:
        past = past_members(session, [seen.pair.id]).get(seen.pair.id, [])
        left_at = next((each.left_at for each in past if each.person_id == me.id), None)
        about = as_left(seen.pair, past, me.id)
        return replace(
            seen,
            pair=about,
            people=people(session, me.workspace_id, [each.person_id for each in about.members]),
            held=held_until(meetings(session, about.id), left_at),
            left_at=left_at,
        )
    judged = [
        rating
        for found in pairs_ever_of(session, seen.the_program.id, me.id)
        for rating in ratings(session, found.id, me.id)
    ]
    picked = portfolio(session, seen.the_program.id, me.id)
    return replace(seen, portfolio=tuple(picked), judgments=tuple(judged))


def shown_facts(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """The pieces of somebody's portfolio that they chose for this reader, and none besides."""
    owner = int(letter.ids["of"])
    return replace(
        seen,
        people=people(session, letter.workspace_id, [owner]),
        portfolio=_chosen(session, letter, owner),
    )


def _chosen(session: Session, letter: Letter, owner: int) -> tuple[PortfolioItem, ...]:
    items = portfolio(session, letter.program_id or 0, owner)
    return shown_to(items, Reader[str(letter.ids["reader"])])
