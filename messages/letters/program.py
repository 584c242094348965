"""Letters of the program: surveys to people; proposals, refusals and failures to coordinators."""

from mentoring.people import Person
from mentoring.phase_askings import is_about_the_pair
from mentoring.surveys.instruments import Instrument, Visibility
from mentoring.surveys.requests import DEFAULT_MINIMUM_GROUP
from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.letters.context import Circumstances, Message
from messages.letters.names import kind_named
from messages.refusals import in_language
from messages.words import Words, mention


def survey(seen: Circumstances) -> Message:
    """Ask to answer a survey: what it is about, how long it takes, who sees what."""
    words = Words("letters/survey", seen.reader)
    instrument = seen.the_survey
    text = words.mrkdwn(
        "text",
        title=instrument.title,
        purpose=instrument.purpose,
        others=asked_about(seen),
        questions=len(instrument.questions),
    )
    start = button(
        words.plain("start"), Act("survey.open", {"request": seen.ids["request"]}), style="primary"
    )
    promise = words.mrkdwn(_promise(instrument), minimum=seen.numbers.get("minimum", DEFAULT_MINIMUM_GROUP))
    return Message(text, [section(text), actions([start]), context(promise)])


def asked_about(seen: Circumstances) -> list[str]:
    """The names of the other ones, where a survey asks of the time with them."""
    about = seen.pair is not None and is_about_the_pair(seen.the_survey.id)
    return [each.first_name for each in seen.others] if about else []


def _promise(instrument: Instrument) -> str:
    """The part of the template that says who sees the answers."""
    if instrument.anonymous:
        return "promise_anonymous"
    own = all(each.visibility is Visibility.OWN for each in instrument.questions)
    return "promise_own" if own else "promise_named"


def match_ready(seen: Circumstances) -> Message:
    """Tell the coordinator that a proposal waits for their judgment."""
    words = Words("letters/match_ready", seen.reader)
    text = words.mrkdwn(
        "text",
        program=seen.the_program,
        pairs=seen.numbers["pairs"],
        unmatched=seen.numbers["unmatched"],
        lessons=seen.numbers.get("lessons", 0),
    )
    about = {"program": seen.the_program.id, "run": seen.ids["run"]}
    review = button(words.plain("review"), Act("match.review", about), style="primary")
    return Message(text, [section(text), actions([review]), context(words.mrkdwn("why"))])


def place_free(seen: Circumstances) -> Message:
    """Tell a coordinator that a place is free, and who could have it."""
    words, about = Words("letters/place_free", seen.reader), seen.the_program
    person = seen.people.get(int(seen.ids["person"]))
    whom = _name(person)
    counts = {name: seen.numbers[name] for name in ("places", "others")}
    text = words.mrkdwn("text", program=about, name=whom, **counts)
    offer = Act("apply.offer", {"program": about.id, "person": seen.ids["person"]})
    buttons = [
        button(words.plain("offer", name=person.first_name if person else ""), offer, style="primary"),
        button(words.plain("see"), Act("apply.queue", {"program": about.id, "page": 0})),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why", program=about))])


def match_refused(seen: Circumstances) -> Message:
    """Tell the coordinator why there is no proposal."""
    words = Words("letters/match_refused", seen.reader)
    text = words.mrkdwn(
        "text",
        program=seen.the_program,
        sentence=in_language(seen.sentence, seen.reader),
        lessons=seen.numbers.get("lessons", 0),
    )
    return Message(text, [section(text), context(words.mrkdwn("why"))])


def letter_given_up(seen: Circumstances) -> Message:
    """Tell a coordinator that a letter will not arrive, with the kind and Slack's own word for why."""
    words = Words("letters/letter_given_up", seen.reader)
    whom = _name(seen.people.get(int(seen.ids.get("person", 0))))
    text = words.mrkdwn(
        "text",
        kind=kind_named(str(seen.ids["kind"]), seen.reader),
        whom=whom,
        reason=seen.ids["reason"],
        last="last" in seen.ids,
    )
    why = context(words.mrkdwn("why", program=seen.program))
    if seen.program is None:
        return Message(text, [section(text), why])
    look = button(words.plain("look"), Act("desk.failed", {"program": seen.program.id}))
    return Message(text, [section(text), actions([look]), why])


def _name(person: Person | None) -> object:
    return mention(person.slack_id) if person else ""
