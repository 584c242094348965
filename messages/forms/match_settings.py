"""How a program matches and takes people in: objective, weights, and the rules of joining."""

from mentoring.matching.settings import MAX_WEIGHT, MIN_WEIGHT, Objective, weights_in_force
from mentoring.programs import Program
from mentoring.recruiting import Late, match_settings, rules_of
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    modal,
    number_input,
    option,
    section,
    static_select,
)
from messages.words import Reader, Words

RULES = ("by_application", "quiet_check")
"""What is switched on or off."""
WEIGHT = "weight."
"""How the fields of weights begin."""


def settings_form(program: Program, reader: Reader) -> Block:
    """Build the form from what is in force."""
    words, rules = Words("forms/match_settings", reader), rules_of(program)
    settings = match_settings(program, 0)
    objectives = [option(words.plain(f"objective_{each.name.lower()}"), each) for each in Objective]
    late = [option(words.plain(f"late_{each}"), each) for each in Late]
    switches = [option(words.plain(each), each) for each in RULES]
    on = [each for each in RULES if getattr(rules, each)]
    blocks = [
        section(words.mrkdwn("intro", program=program)),
        actions([button(words.plain("to_rules"), Act("match.rules"))]),
        field(
            "objective",
            words.plain("objective"),
            static_select("objective", objectives, initial=settings.objective),
        ),
        field("late", words.plain("late"), static_select("late", late, initial=rules.late)),
        field("rules", words.plain("rules"), checkboxes("rules", switches, initial=on), optional=True),
        section(words.mrkdwn("weights")),
    ]
    blocks += [
        field(
            f"{WEIGHT}{name}",
            words.plain(f"weight_{name}"),
            number_input("weight", initial=round(weight), low=MIN_WEIGHT, high=MAX_WEIGHT),
        )
        for name, weight in weights_in_force(settings).items()
    ]
    blocks.append(context(words.mrkdwn("privacy")))
    act = Act("match.settings_submit", {"program": program.id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))
