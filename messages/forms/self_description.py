"""The optional form to describe oneself: why it is asked, who sees what, how to delete it."""

from collections.abc import Mapping

from mentoring.enrollment import SELF_QUESTIONS
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, confirm, field, modal, option, section, static_select
from messages.words import Reader, Words


def self_form(program: Program, reader: Reader, known: Mapping[str, str]) -> Block:
    """Build the form; every question may stay open."""
    words = Words("forms/self_description", reader)
    blocks = [section(words.mrkdwn("intro"))]
    for name, answers in SELF_QUESTIONS.items():
        options = [option(words.plain(f"{name}_{each}"), each) for each in answers]
        element = static_select(name, options, initial=known.get(name), placeholder=words.plain("open"))
        blocks.append(field(name, words.plain(name), element, optional=True))
    if known:
        sure = confirm(
            words.plain("delete_title"), words.plain("delete_text"), words.plain("yes"), words.plain("no")
        )
        blocks.append(actions([button(words.plain("delete"), Act("self.delete"), style="danger", sure=sure)]))
    act = Act("self.submit", {"program": program.id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))
