"""The Home tab: what is mine, what is next, one tap away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.enrollment import IN_LINE, EnrollmentState, Profile
from mentoring.programs import Program, ProgramState
from messages.actions import Act
from messages.blocks import Block, actions, button, context, divider, header, home, section
from messages.desk import Desk, desk_blocks
from messages.forms.paging import page_of, paging
from messages.letters.enrollment import leave_button
from messages.words import Reader, Words

MOST_PAIRS = 8
"""Pairs shown at once; with two blocks each the view stays far within Slack's hundred."""
MOST_PARTS = 8
"""Programs shown at once beside the pairs: nobody takes part in more without having lost count."""
MOST_OWN = 15
"""Blocks that other matters of one's own (goals, hours, papers) may add to a Home."""
MOST_QUESTIONS = 3
"""Open surveys shown at once: more would look like homework."""


@dataclass(frozen=True, slots=True)
class MyPart:
    """A program as one person sees it."""

    program: Program
    state: EnrollmentState | None
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class MyPair:
    """A pair as one of its people sees it.

    Args:
        over: Whether they have had their time and do not go on: nothing is planned or agreed on any more.
        casual: Whether they go on as equals, without plan and terms.
        asked: Whether a question about a meeting of theirs stands above.
        away: Which of the others take a break, by first name, and the day they have said it ends.
        rests_until: The day on which a break of the pair itself is over.
    """

    pair_id: int
    program: Program
    names: tuple[str, ...]
    agreed: bool
    waits_for: Sequence[str]
    """First names of those whose yes a proposal lacks; empty where none waits."""
    waits_for_me: bool
    next_meeting: datetime | None
    next_meeting_id: int | None
    held: int
    over: bool = False
    casual: bool = False
    asked: bool = False
    away: Sequence[tuple[str, date]] = ()
    rests_until: date | None = None


@dataclass(frozen=True, slots=True)
class MyQuestion:
    """A survey that waits for an answer."""

    request_id: int
    title: str


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything one person's Home shows.

    `asked` is what they were asked about a meeting and nobody has answered. `begins` is how mentoring begins
    here, for whoever can begin it: by running it, or with a first program.
    """

    parts: Sequence[MyPart] = ()
    pairs: Sequence[MyPair] = ()
    own: Sequence[Block] = ()
    asked: Sequence[Block] = ()
    questions: Sequence[MyQuestion] = ()
    paused_until: datetime | None = None
    lessons_left: int = 0
    own_page: int = 0
    has_places: bool = False
    desk: Desk | None = None
    begins: Sequence[Block] = ()


def home_view(facts: HomeFacts, reader: Reader) -> Block:
    """Build the Home tab of one person."""
    words = Words("home", reader)
    blocks: list[Block] = []
    if facts.desk is not None:
        # A coordinator opens Home to see who needs a look: that comes on the first screen.
        blocks += [*desk_blocks(facts.desk, reader), divider()]
    blocks += _title(words, facts)
    blocks += facts.begins
    if not (facts.parts or facts.pairs or facts.begins) and facts.desk is None:
        blocks.append(section(words.mrkdwn("nothing", open=False)))
    # One tap, for which there is a message as well: it goes before what takes longer.
    blocks += facts.asked
    for question in facts.questions[:MOST_QUESTIONS]:
        press = button(
            words.plain("answer"), Act("survey.open", {"request": question.request_id}), style="primary"
        )
        blocks.append(section(words.mrkdwn("survey", title=question.title), press))
    if facts.pairs and facts.paused_until is not None:
        # It explains the silence about everything below.
        press = button(words.plain("resume"), Act("pause.resume"), style="primary")
        blocks.append(section(words.mrkdwn("paused", until=facts.paused_until), press))
    page = page_of(facts.own_page, len(facts.pairs), MOST_PAIRS)
    for pair in facts.pairs[page * MOST_PAIRS : (page + 1) * MOST_PAIRS]:
        blocks += _pair(words, pair, paused=facts.paused_until is not None)
    blocks += paging(reader, "desk.own_earlier", "desk.own_later", page, len(facts.pairs), MOST_PAIRS)
    blocks += facts.own[:MOST_OWN]
    for part in [each for each in facts.parts if each.state is not EnrollmentState.MATCHED][:MOST_PARTS]:
        blocks.append(_part(words, part))
        if part.state in IN_LINE:
            blocks.append(actions([leave_button(part.program, reader)]))
    if facts.lessons_left and _goes_on(facts):
        press = button(words.plain("lessons"), Act("lesson.list"))
        blocks.append(section(words.mrkdwn("lessons_left", left=facts.lessons_left), press))
    blocks.append(actions(_last_row(words, facts)))
    blocks.append(context(words.mrkdwn("footer")))
    return home(blocks)


def _last_row(words: Words, facts: HomeFacts) -> list[Block]:
    row = [button(words.plain("my_data"), Act("privacy.show"))]
    if facts.has_places:
        row.insert(0, button(words.plain("places"), Act("places.own")))
    if facts.pairs and facts.paused_until is None and _goes_on(facts):
        row.insert(0, button(words.plain("pause"), Act("pause.open")))
    return row


def _goes_on(facts: HomeFacts) -> bool:
    """Whether there is a pair to prepare for or to rest from, or may be one yet."""
    in_line = any(each.state is not EnrollmentState.MATCHED for each in facts.parts)
    return in_line or not facts.pairs or not all(each.over or each.casual for each in facts.pairs)


def _title(words: Words, facts: HomeFacts) -> list[Block]:
    """The heading; below a desk it tells one's own part from it, if there is one."""
    if facts.desk is None:
        return [header(words.plain("title"))]
    return [header(words.plain("title_own"))] if facts.parts or facts.pairs else []


def _pair(words: Words, pair: MyPair, *, paused: bool) -> list[Block]:
    text = words.mrkdwn(
        "pair",
        names=pair.names,
        program=pair.program,
        next_meeting=pair.next_meeting,
        agreed=pair.agreed,
        waiting=bool(pair.waits_for),
        held=pair.held,
        over=pair.over,
        casual=pair.casual,
    )
    about: dict[str, int | str] = {"pair": pair.pair_id}
    tasks = button(words.plain("tasks"), Act("task.list", about))
    part = button(words.plain("part"), Act("pair.part", about))
    if pair.over:
        return [section(text), actions([tasks, part])]
    if not pair.casual and (pair.waits_for_me or pair.waits_for):
        text += "\n" + words.mrkdwn("waits_for_me" if pair.waits_for_me else "waits", names=pair.waits_for)
    for name, until in pair.away:
        text += "\n" + words.mrkdwn("away", name=name, until=until, casual=pair.casual)
    if pair.rests_until is not None:
        text += "\n" + words.mrkdwn("rests", until=pair.rests_until)
    label = "look" if pair.waits_for_me else "change" if pair.agreed or pair.waits_for else "agree"
    agreement = button(
        words.plain(label),
        Act("agreement.look" if pair.waits_for_me else "agreement.open", about),
        style=None if label == "change" or pair.asked else "primary",
    )
    held = paused or pair.away or pair.rests_until is not None
    to_book = label == "change" and not (pair.casual or pair.next_meeting_id or held or pair.asked)
    book = button(words.plain("book"), Act("meeting.book", about), style="primary" if to_book else None)
    # The one thing to do comes first.
    first = [book] if pair.casual else [book, agreement] if label == "change" else [agreement, book]
    buttons = [*first, button(words.plain("agenda"), Act("agenda.open", about)), tasks, part]
    if pair.next_meeting_id:
        move = Act("meeting.moved", about | {"meeting": pair.next_meeting_id})
        buttons.insert(0, button(words.plain("move"), move))
    return [section(text), actions(buttons)]


def _part(words: Words, part: MyPart) -> Block:
    about = {"program": part.program.id}
    if part.state is EnrollmentState.STARTED:
        press = button(words.plain("go_on"), Act("join.open", about), style="primary")
        return section(words.mrkdwn("started", program=part.program), press)
    if part.state in (EnrollmentState.APPLIED, EnrollmentState.WAITING):
        press = button(words.plain("edit"), Act("join.open", about))
        return section(words.mrkdwn(part.state.name.lower(), program=part.program), press)
    if part.state is EnrollmentState.JOINED and part.profile:
        role = "both"
        if not (part.profile.is_mentor and part.profile.is_mentee):
            role = "mentor" if part.profile.is_mentor else "mentee"
        late = part.program.state is not ProgramState.ENROLLING
        text = words.mrkdwn("joined", program=part.program, roles=words.plain(f"role_{role}"), late=late)
        return section(text, button(words.plain("edit"), Act("join.open", about)))
    if part.state is EnrollmentState.FINISHED:
        press = button(words.plain("come_back"), Act("join.open", about))
        return section(words.mrkdwn("finished", program=part.program), press)
    name = "invited" if part.state is EnrollmentState.INVITED else "open_program"
    press = button(words.plain("join"), Act("join.open", about), style="primary")
    return section(words.mrkdwn(name, program=part.program), press)
