"""Forms of phases, tasks, lessons and portfolios, in every awkward case and language: Slack takes them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.agenda import LONGEST_TOPIC, MOST_TOPICS, Topic
from mentoring.assessment import QuizScore, Task, TaskState, answer_quiz, summative
from mentoring.goals import LONGEST_GOAL, Goal, Progress
from mentoring.hours import Calendar
from mentoring.kinds import ProgramKind, Role
from mentoring.phases import SHIFTS_OFFERED
from mentoring.portfolio import ItemKind, PortfolioItem, Reader
from messages.actions import Act
from messages.forms.agenda import agenda_form
from messages.forms.agreement import schedule_form, working_form
from messages.forms.asked import results_form, settings_form
from messages.forms.debrief import debrief_form
from messages.forms.goals import MyGoals, goal_form, goals_form
from messages.forms.hours import hours_form
from messages.forms.lesson import lessons_form
from messages.forms.phase import phase_form
from messages.forms.portfolio import Together, add_form, portfolio_form
from messages.forms.quiz import quiz_form, result_form
from messages.forms.task import (
    choose_form,
    done_form,
    feedback_form,
    ideas_form,
    own_form,
    rating_form,
    take_form,
    tasks_form,
)
from messages.home import HomeFacts, home_view
from messages.lessons.loader import shipped_lessons
from messages.letters.context import figure
from messages.own_part import OwnPart, own_blocks
from messages.samples import CASES, LOCALES, NOW, ZONE, Case, people_of, program_of, task_of, terms_of
from messages.tasks.loader import objectives_of, quiz_of, shipped_tasks
from messages.words import Reader as Person
from playground.blocks import check_view
from tests.goldens.seen import mrkdwn_texts

Form = Callable[[Case, Person], dict[str, Any]]
DAY = date(2026, 3, 4)


def portfolio_of(case: Case, reader: Person) -> dict[str, Any]:
    items = [
        PortfolioItem(2, 1, ItemKind.NOTE, case.words[:80], case.words, readers=frozenset(Reader), id=n)
        for n in range(3)
    ]
    together = [
        Together(17, case.names[:-1], len(case.names) - 1, over=True),
        Together(18, case.names[:1], 2, over=False),
    ]
    return portfolio_form(1, objectives_of(program_of(case), reader.locale), items, reader, together)


def ratings_of(case: Case, reader: Person) -> dict[str, Any]:
    objectives = objectives_of(program_of(case), reader.locale)
    so_far = summative([each.id for each in objectives], [])
    return rating_form(Act("rating.submit", {"pair": 17}), objectives, so_far, reader, case.names[-1])


def agreement_of(case: Case, reader: Person, step: int) -> dict[str, Any]:
    people = [figure(each) for each in people_of(case, reader.locale).values()]
    me, others, terms = people[-1], people[:-1], terms_of(case)
    if step == 1:
        zones = {ZONE: "", "Europe/London": case.names[0], "Asia/Tokyo": None}
        return schedule_form(Act("agreement.schedule"), reader, zones, terms, me, others)
    kind = ProgramKind.REVERSE
    return working_form(Act("agreement.submit"), reader, kind, terms, me, others, DAY)


def goal_of(case: Case, progress: Progress = Progress.HALFWAY) -> Goal:
    words = case.words[:LONGEST_GOAL]
    return Goal(3, 1, 1, words, words, DAY, progress, NOW)


def agenda_of(case: Case, reader: Person) -> dict[str, Any]:
    listed = [Topic(n, 17, 1, case.words[:LONGEST_TOPIC], NOW) for n in range(MOST_TOPICS)]
    return agenda_form(17, listed, listed, {1: case.names[0]}, case.names, reader)


def goals_of(case: Case, reader: Person) -> dict[str, Any]:
    goals = [goal_of(case, each) for each in Progress] * 5
    mine = [MyGoals(1, case.program, goals, case.names), MyGoals(2, case.program, [], [])]
    return goals_form(mine, {case.names[0]: goals, case.names[1]: []}, reader)


def home_of(case: Case, reader: Person, country: str) -> dict[str, Any]:
    goals = [goal_of(case)] * 9
    part = OwnPart(goals, [1], [(case.names[0], goals)], asks_country=True, country=country)
    return home_view(HomeFacts(own=own_blocks(part, reader)), reader)


def quiz_task(case: Case, reader: Person) -> Task:
    return replace(task_of(case), quiz=quiz_of("quiz_private", reader.locale), state=TaskState.TAKEN_UP)


def answered_quiz(case: Case, reader: Person) -> tuple[Task, QuizScore]:
    asked = quiz_task(case, reader)
    return answer_quiz(asked, {each.id: each.choices[1].id for each in asked.quiz}, role=Role.MENTEE, now=NOW)


FORMS: dict[str, Form] = {
    "agenda": agenda_of,
    "agenda, empty": lambda case, reader: agenda_form(17, [], [], {}, case.names, reader),
    "goals": goals_of,
    "goals, nobody": lambda _case, reader: goals_form([], {}, reader),
    "goal": lambda case, reader: goal_form(Act("goal.edit_submit"), goal_of(case), DAY, reader),
    "goal, new": lambda _case, reader: goal_form(Act("goal.add_submit"), None, DAY, reader),
    "hours": lambda _case, reader: hours_form(Calendar(ZONE, country="US"), reader),
    "hours, unknown": lambda _case, reader: hours_form(Calendar("UTC"), reader),
    "home": lambda case, reader: home_of(case, reader, "US"),
    "home, country unknown": lambda case, reader: home_of(case, reader, ""),
    "agreement, step 1": lambda case, reader: agreement_of(case, reader, 1),
    "agreement, step 2": lambda case, reader: agreement_of(case, reader, 2),
    "phase": lambda _case, reader: phase_form(Act("phase.submit"), reader, DAY, DAY, SHIFTS_OFFERED),
    "debrief": lambda case, reader: debrief_form(
        Act("debrief.submit"), reader, program_of(case), case.words, "U0ROBIN", DAY
    ),
    "lessons": lambda _case, reader: lessons_form(
        shipped_lessons(reader.locale), {"mentee_roles"}, None, reader, gate=True
    ),
    "ideas": lambda case, reader: ideas_form(
        17,
        shipped_tasks(reader.locale)[:3],
        reader,
        case.names,
        objectives_of(program_of(case), reader.locale),
        mentor=False,
    ),
    "tasks": lambda case, reader: tasks_form(
        17,
        [(task_of(case), case.names[-1])] * 30,
        reader,
        {8: Role.MENTOR},
        objectives_of(program_of(case), reader.locale),
    ),
    "take": lambda case, reader: take_form(
        17, shipped_tasks(reader.locale)[0], objectives_of(program_of(case), reader.locale), reader
    ),
    "quiz": lambda case, reader: quiz_form(17, quiz_task(case, reader), reader),
    "quiz, answered": lambda case, reader: result_form(17, *answered_quiz(case, reader), reader),
    "own task": lambda case, reader: own_form(17, objectives_of(program_of(case), reader.locale), reader),
    "done": lambda case, reader: done_form(17, task_of(case), reader),
    "feedback": lambda case, reader: feedback_form(17, task_of(case), reader),
    "ratings": ratings_of,
    "whose goals": lambda case, reader: choose_form(17, dict(enumerate(case.names)), reader),
    "portfolio": portfolio_of,
    "add a piece": lambda case, reader: add_form(
        1, objectives_of(program_of(case), reader.locale), [task_of(case)], reader
    ),
    "settings": lambda case, reader: settings_form(
        program_of(case), objectives_of(program_of(case), reader.locale), reader
    ),
    "results": lambda _case, reader: results_form([], 5, (0, 0), reader),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("case", CASES)
def test_slack_takes_every_form_whatever_people_wrote(name: str, language: str, case: str) -> None:
    view = FORMS[name](CASES[case], Person.of(ZONE, LOCALES[language]))
    assert check_view(view) == []
    assert not any(injected in text for text in mrkdwn_texts(view) for injected in ("<!", "<@U0BOSS>"))
