"""The guided tour: six steps from an empty channel to looking back, each done by the visitor or for them."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.rehearsal.show_run import Show
from bot.rehearsal.stage import COORDINATOR
from mentoring.kinds import Role
from mentoring.programs import ProgramState
from playground.page.direction import Step
from storage.outbox import LetterState
from storage.tables import AgreementRow, AnswerRow, LetterRow, MemberRow, PairRow, PersonRow

NUDGES = ("book", "meeting_due", "did_you_meet")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the program is, as the tour sees it; `mentee` and `channel` are those of the first pair."""

    state: ProgramState | None
    mentee: str
    channel: str
    announced: bool
    agreed: bool
    nudged: bool
    answered: bool


def progress(show: Show) -> Progress:
    """Look at the facts."""
    with show.stage.database.read() as session:
        mentee, channel = _first_pair(session)
        return Progress(
            state=show.state,
            mentee=mentee or _first_mentee(show),
            channel=channel,
            announced=bool(channel),
            agreed=_some(session, select(AgreementRow.id).where(AgreementRow.state == "in force")),
            nudged=_some(
                session,
                select(LetterRow.id).where(LetterRow.kind.in_(NUDGES), LetterRow.state == LetterState.SENT),
            ),
            answered=_some(session, select(AnswerRow.id).where(AnswerRow.instrument.startswith("final_"))),
        )


def steps(seen: Progress, channel: str) -> tuple[Step, ...]:
    """The six steps; `channel` is where the program is announced."""
    matched = seen.state in (ProgramState.MATCHED, ProgramState.RUNNING, ProgramState.CLOSED)
    opened = seen.state not in (None, ProgramState.DRAFT)
    group = seen.channel or "messages"
    return (
        Step(
            "enroll",
            "Open enrollment",
            "You coordinate. A draft program is ready, with people on its list. Type “/mentoring program” "
            "in the channel and press Open enrollment. Then be one of those people, and join with the "
            "form.",
            COORDINATOR,
            channel,
            "" if opened else "Open it for me",
            opened,
        ),
        Step(
            "match",
            "Review the matches",
            "Let a week pass, so that people can answer. Then type “/mentoring match”: the proposal "
            "arrives here, each pair with its reasons. Nobody is told anything before you approve it.",
            COORDINATOR,
            "messages",
            "" if matched else "Let a week pass and match",
            matched,
        ),
        Step(
            "announce",
            "The two hear of each other",
            "Each pair gets a group conversation: why these two, and one first step. The app cannot read "
            "what they write there. If it is night where they are, the message waits for their morning: "
            "move time to see it.",
            seen.mentee,
            group,
            "" if seen.announced else "Wait for the morning",
            seen.announced,
        ),
        Step(
            "agree",
            "Agree on how to work",
            "Press “Set up our agreement”: the form starts from what the program suggests. The other one "
            "accepts with one tap, or changes something. From then on the pair's own rhythm counts.",
            seen.mentee,
            group,
            "Let a few days pass",
            seen.agreed,
        ),
        Step(
            "nudge",
            "Nudges, and silence",
            "Move time along. A reminder comes before a meeting, one question after it. People who meet "
            "hear little; who says nothing is asked once more, then left alone. “Why?” on a message tells "
            "what made it come.",
            seen.mentee,
            group,
            "Let two weeks pass",
            seen.nudged,
        ),
        Step(
            "look-back",
            "Look back",
            "Go to the end: check-ins at each phase, a last survey, then quiet. See who got how many "
            "messages under “Rehearse my program”, where you can load your own people as well.",
            COORDINATOR,
            "home",
            "Go to the end",
            seen.answered,
        ),
    )


def _first_pair(session: Session) -> tuple[str, str]:
    query = (
        select(PersonRow.slack_id, PairRow.channel_id)
        .join(MemberRow, MemberRow.person_id == PersonRow.id)
        .join(PairRow, PairRow.id == MemberRow.pair_id)
        .where(PairRow.channel_id.is_not(None))
        .order_by(PairRow.id, MemberRow.role == Role.MENTOR)
        .limit(1)
    )
    found = session.execute(query).first()
    return (found[0], found[1] or "") if found else ("", "")


def _first_mentee(show: Show) -> str:
    mentees = [row.user_id for row in show.stage.roster.rows if Role.MENTEE in row.roles]
    return mentees[0] if mentees else COORDINATOR


def _some(session: Session, query: Select[int] | Select[str]) -> bool:
    return session.execute(query.limit(1)).first() is not None
