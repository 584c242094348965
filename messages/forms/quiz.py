"""A quiz, and how it went: every answer teaches something."""

from mentoring.assessment import QuizScore, Task
from messages.actions import Act
from messages.blocks import Block, actions, button, context, field, modal, option, radio, section
from messages.words import Reader, Words


def quiz_form(pair_id: int, task: Task, reader: Reader) -> Block:
    """Ask the questions, each with its choices; who sees what is said first."""
    words = Words("forms/quiz", reader)
    blocks = [section(words.mrkdwn("intro", title=task.title)), context(words.mrkdwn("who_sees"))]
    for question in task.quiz:
        choices = [option(each.text, each.id) for each in question.choices]
        blocks.append(field(question.id, question.text, radio("pick", choices)))
    return modal(
        Act("task.quiz_submit", {"pair": pair_id, "task": task.id}),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def result_form(pair_id: int, task: Task, score: QuizScore, reader: Reader) -> Block:
    """Say how it went, and to each question why."""
    words = Words("forms/quiz", reader)
    blocks = [section(words.mrkdwn("score", right=score.right, asked=score.of))]
    for question, picked in zip(task.quiz, score.picked, strict=True):
        blocks.append(section(words.mrkdwn("answer", question=question.text, picked=picked)))
    blocks.append(actions([button(words.plain("tasks"), Act("task.list", {"pair": pair_id}))]))
    return modal(Act("notice"), words.plain("title"), blocks, close=words.plain("close"))
