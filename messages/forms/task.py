"""Forms of tasks: ideas to take up, the list, a task of one's own, a note, feedback, ratings."""

from collections.abc import Mapping, Sequence

from mentoring.assessment import (
    NOTE_LIMIT,
    SCORE_HIGHEST,
    SCORE_LOWEST,
    LibraryTask,
    Objective,
    ObjectiveRating,
    ObjectiveSummary,
    Task,
    TaskKind,
    TaskState,
)
from mentoring.kinds import Role
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    context,
    field,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from messages.words import Reader, Words

NAME_LENGTH = 80
MOST_SHOWN = 30
"""Tasks in a list, newest first; with three blocks each they stay within a view's hundred."""
Ids = dict[str, int | str]


def ideas_form(
    pair_id: int,
    ideas: Sequence[LibraryTask],
    reader: Reader,
    others: Sequence[str],
    toward: Sequence[Objective],
    *,
    mentor: bool,
) -> Block:
    """Build the list of suggestions; only a mentee can take one up.

    Args:
        pair_id: Whose.
        ideas: What is suggested.
        reader: Who looks.
        others: The other ones of the pair.
        toward: The objectives the ideas were made for; none where the mentee says which.
        mentor: Whether the reader is one.
    """
    words = Words("forms/task", reader)
    intro = words.mrkdwn("ideas_mentor", others=others) if mentor else words.mrkdwn("ideas_intro")
    blocks = [section(intro if ideas else words.mrkdwn("ideas_none"))]
    for each in ideas:
        kind = words.plain(f"kind_{_part(each.kind)}")
        text = words.mrkdwn(
            "idea",
            title=each.title,
            kind=kind,
            text=each.description,
            objective=_objective(toward, each.objective),
        )
        take = Act("task.take", {"pair": pair_id, "idea": each.id})
        blocks.append(section(text, None if mentor else button(words.plain("take"), take)))
    own = button(words.plain("suggest" if mentor else "own"), Act("task.own", {"pair": pair_id}))
    blocks.append(actions([own]))
    return modal(Act("notice"), words.plain("title_ideas"), blocks, close=words.plain("close"))


def tasks_form(
    pair_id: int,
    tasks: Sequence[tuple[Task, str]],
    reader: Reader,
    role_in: Mapping[int, Role],
    objectives: Sequence[Objective],
) -> Block:
    """Build the list of a pair's tasks.

    Args:
        pair_id: Whose.
        tasks: Each with the name of its mentee, empty where it is the reader's own.
        reader: Who looks.
        role_in: By task, what the reader is in it.
        objectives: The program's.
    """
    words = Words("forms/task", reader)
    blocks: list[Block] = [] if tasks else [section(words.mrkdwn("list_none"))]
    for task, whose in list(reversed(tasks))[:MOST_SHOWN]:
        text = words.mrkdwn(
            "one",
            title=task.title,
            kind=words.plain(f"kind_{_part(task.kind)}"),
            state=words.plain(f"state_{_part(task.state)}"),
            whose=whose,
            note=task.note,
            feedback=task.feedback,
            right=task.score,
            asked=task.asked,
            objective=_objective(objectives, task.objective_id),
        )
        blocks.append(section(text))
        buttons = _buttons(words, pair_id, task, role_in[task.id])
        if buttons:
            blocks.append(actions(buttons))
    more = button(words.plain("more"), Act("task.ideas", {"pair": pair_id}))
    return modal(Act("notice"), words.plain("title"), [*blocks, actions([more])], close=words.plain("close"))


def _buttons(words: Words, pair_id: int, task: Task, role: Role) -> list[Block]:
    about: Ids = {"pair": pair_id, "task": task.id}
    found = []
    if task.state is TaskState.TAKEN_UP and role is Role.MENTEE:
        quiz = task.kind is TaskKind.QUIZ
        act = Act("task.quiz" if quiz else "task.done", about)
        found.append(button(words.plain("answer" if quiz else "done"), act, style="primary"))
    if task.state is TaskState.PROPOSED and role is Role.MENTEE:
        found.append(button(words.plain("take"), Act("task.accept", about), style="primary"))
    if task.state in (TaskState.PROPOSED, TaskState.TAKEN_UP):
        found.append(button(words.plain("drop"), Act("task.drop", about)))
    if task.state in (TaskState.DONE, TaskState.REVIEWED) and role is Role.MENTOR:
        found.append(button(words.plain("feedback"), Act("task.feedback", about)))
    return found


def own_form(pair_id: int, objectives: Sequence[Objective], reader: Reader) -> Block:
    """Build the form for a task the pair made up itself."""
    words = Words("forms/task", reader)
    kinds = [
        option(words.plain(f"kind_{_part(each)}"), each.name)
        for each in TaskKind
        if each is not TaskKind.QUIZ
    ]
    return modal(
        Act("task.own_submit", {"pair": pair_id}),
        words.plain("title_own"),
        [
            field("name", words.plain("name"), text_input("name", max_length=NAME_LENGTH)),
            field("kind", words.plain("kind"), static_select("kind", kinds)),
            objective_field(words.plain("objective"), objectives),
            field("description", words.plain("description"), _words("description"), optional=True),
        ],
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def take_form(pair_id: int, idea: LibraryTask, objectives: Sequence[Objective], reader: Reader) -> Block:
    """Build the choice of the program's own objective that an idea from the library is for."""
    words = Words("forms/task", reader)
    kind = words.plain(f"kind_{_part(idea.kind)}")
    text = words.mrkdwn("idea", title=idea.title, kind=kind, text=idea.description, objective="")
    return modal(
        Act("task.take_submit", {"pair": pair_id, "idea": idea.id}),
        words.plain("title_take"),
        [section(text), objective_field(words.plain("objective"), objectives)],
        submit=words.plain("take"),
        close=words.plain("close"),
    )


def done_form(pair_id: int, task: Task, reader: Reader) -> Block:
    """Build the form for the note on a finished task."""
    words = Words("forms/task", reader)
    return modal(
        Act("task.done_submit", {"pair": pair_id, "task": task.id}),
        words.plain("title_done"),
        [
            section(_idea(words, task, task.description)),
            field("note", words.plain("note"), _words("note"), hint=words.plain("note_hint")),
        ],
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def feedback_form(pair_id: int, task: Task, reader: Reader) -> Block:
    """Build the form for feedback in two halves."""
    words = Words("forms/task", reader)
    given = task.feedback
    text = _idea(words, task, task.note or task.description)
    return modal(
        Act("task.feedback_submit", {"pair": pair_id, "task": task.id}),
        words.plain("title_feedback"),
        [
            section(text),
            field(
                "keep_going",
                words.plain("keep_going"),
                _words("keep_going", given.keep_going if given else None),
            ),
            field(
                "try_next",
                words.plain("try_next"),
                _words("try_next", given.try_next if given else None),
                hint=words.plain("feedback_hint"),
            ),
        ],
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def rating_form(
    about: Act, objectives: Sequence[Objective], known: Sequence[ObjectiveSummary], reader: Reader, name: str
) -> Block:
    """Build the form to judge the objectives.

    Args:
        about: Comes back with the form.
        objectives: The program's.
        known: What has been said so far; the other one's judgment is shown beside the question.
        reader: Who judges.
        name: The mentee, where somebody else judges; empty where they judge themselves.
    """
    words = Words("forms/rating", reader)
    scores = [option(words.plain(f"score_{n}"), str(n)) for n in range(SCORE_LOWEST, SCORE_HIGHEST + 1)]
    blocks = [section(words.mrkdwn("intro_mentor" if name else "intro_self", name=name))]
    for objective, so_far in zip(objectives, known, strict=True):
        mine, theirs = (so_far.mentor, so_far.own) if name else (so_far.own, so_far.mentor)
        picker = static_select("score", scores, initial=str(mine.score) if mine else None)
        label = words.plain("score", objective=objective.text)
        blocks.append(field(f"score{objective.id}", label, picker, optional=True))
        typed = text_input("words", initial=mine.words if mine else None, max_length=NOTE_LIMIT)
        blocks.append(field(f"words{objective.id}", words.plain("words"), typed, optional=True))
        if theirs is not None:
            blocks.append(context(_other(words, theirs, by_mentee=bool(name))))
    return modal(
        about, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close")
    )


def choose_form(pair_id: int, mentees: Mapping[int, str], reader: Reader) -> Block:
    """Build the choice of whose objectives a mentor of several judges."""
    words = Words("forms/rating", reader)
    blocks = [
        section(
            words.mrkdwn("choose", name=name),
            button(words.plain("open"), Act("rating.open", {"pair": pair_id, "mentee": person_id})),
        )
        for person_id, name in mentees.items()
    ]
    return modal(Act("notice"), words.plain("title_choose"), blocks, close=words.plain("close"))


def _other(words: Words, rating: ObjectiveRating, *, by_mentee: bool) -> str:
    who = words.plain("other_self" if by_mentee else "other_mentor")
    return words.mrkdwn("other", name=who, score=rating.score, words=rating.words)


def objective_field(label: str, objectives: Sequence[Objective]) -> Block:
    """The choice of one of the program's objectives."""
    choices = [option(each.text, str(each.id)) for each in objectives]
    return field("objective", label, static_select("objective", choices, initial=str(objectives[0].id)))


def _idea(words: Words, task: Task, text: str) -> str:
    kind = words.plain(f"kind_{_part(task.kind)}")
    return words.mrkdwn("idea", title=task.title, kind=kind, text=text, objective="")


def _objective(objectives: Sequence[Objective], number: int) -> str:
    """What a task works toward; nothing where the program has left that objective out."""
    return next((each.text for each in objectives if each.id == number), "")


def _part(value: TaskKind | TaskState) -> str:
    return value.value.replace(" ", "_")


def _words(name: str, initial: str | None = None) -> Block:
    return text_input(name, initial=initial, multiline=True, max_length=NOTE_LIMIT)
