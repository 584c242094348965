"""A simulated person who knows the program: reads what arrives, and acts through the screen like anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.rehearsal.behavior import Temper
from bot.rehearsal.diary import Diary
from mentoring.hours import Calendar, next_instant, next_shared_instant
from mentoring.meetings import TIME_ENDS
from mentoring.roster import RosterRow
from playground import Message, Outcome, Person, View
from playground.blocks import Control, controls, reading

CADENCES = {"weeks:2": 5, "weeks:3": 3, "weekly": 2, "monthly:1": 2, "weeks:4": 1}
"""What pairs agree on, with how often: most keep near the suggestion."""
PATIENCE = 8
"""Times one tries when the form refuses the last."""
DECLINES = 0.04
"""How many say no to the invitation."""
OBJECTS = 0.03
"""How many would rather not be paired as proposed."""
FIXED_SLOT = 0.7
"""How many pairs agree on a day and time; the others book each time."""
CHANGES_TERMS = 0.1
"""How many answer a proposal with other terms."""
PREPARES = 0.4
"""How many put a topic on the list, and how many set a goal, once they have agreed."""
TOPICS = ("How do I push back on a client?", "Reading a balance sheet", "What partners look for", "Saying no")
TICKS = 0.02
"""How many tick what may stay empty, such as “I would like a word with the coordinator”."""
SHARES_NOTE = 0.5
"""How many write a note, and how many of these share it."""
MOVES = 0.08
"""How many planned meetings are moved when the reminder comes."""

BREAK = timedelta(weeks=2)
"""How long a break is that somebody takes up."""
LEAVES_A_SURVEY = 0.2
"""How many who deal with their messages leave a survey: with the tempers of a mixed crowd about two of three
answer, which is what short surveys at work get. An assumption for rehearsals, not a finding."""
CLOSES = 0.25
"""How many would rather close it when the program ends; as many go on without a hello."""


@dataclass(slots=True)
class Actor:
    """One person and their temper."""

    person: Person
    row: RosterRow
    temper: Temper
    chance: Random
    diary: Diary

    @property
    def calendar(self) -> Calendar:
        """When they are at work."""
        return Calendar(self.person.tz)

    def reacts_at(self, message: Message, now: datetime) -> datetime | None:
        """When they will deal with a message; None if never."""
        if not message.controls or self.chance.random() > self.temper.answers:
            return None
        spread = (self.temper.latest - self.temper.soonest) / timedelta(seconds=1)
        at = now + self.temper.soonest + timedelta(seconds=self.chance.uniform(0, spread))
        return next_instant(self.calendar, at)

    def react(self, message: Message, now: datetime) -> None:
        """Deal with a message as it stands now; somebody else may have answered meanwhile."""
        seen = self.person.message(message.channel, message.ts)
        if seen is None:
            return
        offered = {each.action_id: each for each in seen.controls}
        for name, way in WAYS.items():
            if name in offered:
                way(self, seen, offered, now)
                return

    def click(self, message: Message, action_id: str) -> Outcome:
        """Press a button on a message."""
        outcome = self.person.click(message, action_id)
        self.diary.note(self.person.id, f"presses {action_id}", outcome, message.channel)
        return outcome

    def shared_moment(self, message: Message, now: datetime) -> datetime | None:
        """A half hour in the coming week at which everybody who saw this message is at work."""
        world = self.diary.playground
        zones = [
            world.person(each).tz
            for each in world.channel(message.channel).members
            if each != world.bot_user_id
        ]
        soon = now + timedelta(days=self.chance.randrange(1, 6), hours=self.chance.randrange(8))
        at = next_shared_instant([Calendar(zone) for zone in zones], soon)
        return self._on_the_half_hour(at) if at else None

    def own_moment(self, now: datetime) -> datetime:
        """A half hour in the coming week at which they are at work themselves."""
        soon = now + timedelta(days=self.chance.randrange(1, 6), hours=self.chance.randrange(8))
        return self._on_the_half_hour(next_instant(self.calendar, soon))

    def _on_the_half_hour(self, at: datetime) -> datetime:
        local = at.astimezone(ZoneInfo(self.person.tz))
        return local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)

    def go_on(self, what: str) -> Outcome:
        """Send one step of a form that has more of them."""
        outcome = self.person.submit()
        self.diary.note(self.person.id, f"sends {what}", outcome)
        return outcome

    def send(self, what: str) -> Outcome:
        """Send the open form, and close whatever it leaves open."""
        outcome = self.person.submit()
        self.diary.note(self.person.id, f"sends {what}", outcome)
        if self.person.view is not None:
            self.person.close(all=True)
        return outcome


def _join(actor: Actor, message: Message, offered: dict[str, Control], _now: datetime) -> None:
    if "join.not_now" in offered and actor.chance.random() < DECLINES:
        actor.click(message, "join.not_now")
        return
    if "join.not_now" not in offered:
        return  # “You're in” and its like: nothing to do
    if actor.click(message, "join.open").view is None:
        return
    row, person = actor.row, actor.person
    _fill_where_asked(
        person,
        roles=sorted(row.roles),
        hours=str(row.hours_per_month),
        format=row.format.value,
        languages=list(row.languages) or ["en"],
    )
    actor.go_on("join, step 1")
    _fill_where_asked(
        person,
        capacity=str(row.capacity) if row.capacity else "",
        offers=list(row.offers or row.wants),
        wants=list(row.wants or row.offers),
        level=str(row.level),
        goal=row.goal,
        competence="I have led matters from the first call to the last invoice.",
        confidence="I like to explain what I do.",
        commitment="Two hours a month are in my calendar.",
    )
    actor.go_on("join, step 2")
    _fill_where_asked(
        person,
        department=row.department,
        office=row.office,
        apart=sorted(row.do_not_pair_with),
        confirm=["yes"],
    )
    actor.send("join")


def _fill_where_asked(person: Person, **values: str | list[str]) -> None:
    """Fill in what there is a field for; what a kind of program does not ask is not said."""
    there = {control.block_id for control in controls(person.view.blocks)} if person.view else set()
    for name, value in values.items():
        if name in there and value:
            person.fill(name, value)


def _accept(actor: Actor, message: Message, _offered: dict[str, Control], _now: datetime) -> None:
    if actor.chance.random() < CHANGES_TERMS:
        _agree(actor, message, _offered, _now)
    else:
        actor.click(message, "agreement.accept")
        _read_briefing(actor)
        if actor.person.view is not None:
            actor.person.close(all=True)


def _look(actor: Actor, message: Message, _offered: dict[str, Control], _now: datetime) -> None:
    """The reminder of a proposal: mostly a yes, now that it is before them."""
    shown = actor.click(message, "agreement.look").shown
    if shown and any(each.action_id == "agreement.accept" for each in shown[0].controls):
        actor.click(shown[0], "agreement.accept")
        _read_briefing(actor)
    if actor.person.view is not None:
        actor.person.close(all=True)


def _read_briefing(actor: Actor) -> None:
    """In a reverse program a lesson comes first; most pick the answer that reads best."""
    while (view := actor.person.view) is not None and "brief" in view.callback_id:
        for control in controls(view.blocks):
            if control.options:
                actor.person.fill(control.block_id, actor.chance.choice(control.options).value)
        if actor.go_on("the briefing").error:
            return


def _agree(actor: Actor, message: Message, _offered: dict[str, Control], now: datetime) -> None:
    if actor.click(message, "agreement.open").view is None:
        return
    _read_briefing(actor)
    person, chance = actor.person, actor.chance
    person.fill("cadence", chance.choices(list(CADENCES), list(CADENCES.values()))[0])
    slot = actor.shared_moment(message, now)
    if slot is not None and chance.random() < FIXED_SLOT:
        person.fill("weekday", str(slot.weekday()))
        person.fill("at", f"{slot:%H:%M}")
    else:
        person.fill("weekday", "any")
    person.fill("minutes", chance.choice(("30", "45", "60")))
    actor.go_on("agreement, step 1")
    _fill_where_asked(
        person,
        place=chance.choice(("The small library", "https://meet.example.com/harbor", "")),
        mentor_objective="Understand how the next generation of clients decides.",
        mentee_objective="See how a practice group is led.",
        timeline="By the end of the program.",
    )
    actor.send("agreement")


def _put_on_the_list(actor: Actor, view: View) -> None:
    listed = reading(view.blocks, names={})
    new = [each for each in TOPICS if each not in listed]
    if not new:
        actor.person.close(all=True)
        return
    name = next(each["block_id"] for each in view.blocks if each["type"] == "input")
    actor.person.fill(name, actor.chance.choice(new))
    actor.send("a topic")


def _book(actor: Actor, message: Message, offered: dict[str, Control], now: datetime) -> None:
    if "meeting.skip" in offered and actor.chance.random() < MOVES:
        actor.click(message, "meeting.skip")
        return
    if actor.click(message, "meeting.book").view is not None:
        _pick_a_time(actor, "book", message, now)


def _pick_a_time(actor: Actor, what: str, message: Message, now: datetime) -> None:
    """Take a moment that suits both, and another one if the form says no; near the end there is none left."""
    noted: Outcome | None = None
    for tries in range(PATIENCE):
        # Whoever is told "taken" looks further ahead: with one shared hour a day, a week is soon full.
        begin = now + timedelta(days=2 * tries)
        at = actor.shared_moment(message, begin) or actor.own_moment(begin)
        actor.person.fill("starts_at", at.date().isoformat())
        actor.person.fill("time", f"{at:%H:%M}")
        outcome = actor.person.submit()
        # Whoever is told that their time ends before that leaves it: later days are refused as well.
        over = outcome.errors.get("starts_at", "").startswith(TIME_ENDS)
        noted = None if over else outcome
        if over or not outcome.errors:
            break
    actor.diary.note(actor.person.id, f"sends {what}", noted)
    if actor.person.view is not None:
        actor.person.close(all=True)


def _remember(actor: Actor, message: Message, _offered: dict[str, Control], now: datetime) -> None:
    """The reminder came; mostly there is nothing to do."""
    if actor.chance.random() < MOVES and actor.click(message, "meeting.moved").view is not None:
        _pick_a_time(actor, "move", message, now)


def _prepare(actor: Actor, message: Message, offered: dict[str, Control], _now: datetime) -> None:
    """It is agreed: some put a topic on the list at once, and whoever keeps goals sets one."""
    if "agenda.open" in offered and actor.chance.random() < PREPARES:
        view = actor.click(message, "agenda.open").view
        if view is not None:
            _put_on_the_list(actor, view)
    if "goal.list" in offered and actor.chance.random() < PREPARES:
        view = actor.click(message, "goal.list").view
        if view is not None and any(each.action_id == "goal.add" for each in controls(view.blocks)):
            actor.person.press("goal.add")
            actor.person.fill("objective", actor.row.goal or "Find my feet here")
            actor.person.fill("measure", "I can say what changed")
            actor.send("a goal")
        elif view is not None:
            actor.person.close(all=True)


def _tell(actor: Actor, message: Message, _offered: dict[str, Control], _now: datetime) -> None:
    drawn = actor.chance.random()
    if drawn < actor.temper.meets:
        actor.click(message, "meeting.met")
    elif drawn < actor.temper.meets + (1 - actor.temper.meets) / 2:
        actor.click(message, "meeting.could_not")
    else:
        actor.click(message, "meeting.not_yet")


def _answer_survey(actor: Actor, message: Message, _offered: dict[str, Control], _now: datetime) -> None:
    if actor.chance.random() < LEAVES_A_SURVEY:
        return
    view = actor.click(message, "survey.open").view
    if view is None or view.callback_id != "survey_answer":
        if actor.person.view is not None:
            actor.person.close(all=True)
        return
    for control in controls(view.blocks):
        _fill_in(actor, control)
    actor.send("survey")


def _fill_in(actor: Actor, control: Control) -> None:
    if control.block_id.startswith("share."):
        if actor.chance.random() < SHARES_NOTE:
            actor.person.fill(control.block_id, [control.options[0].value])
    elif control.kind == "checkboxes" and control.optional and actor.chance.random() >= TICKS:
        return
    elif control.options and control.kind in ("checkboxes", "multi_static_select"):
        actor.person.fill(control.block_id, [actor.chance.choice(control.options).value])
    elif control.options:
        # People are kind: the upper half of a scale is drawn more often.
        picked = max(actor.chance.randrange(len(control.options)) for _ in range(2))
        actor.person.fill(control.block_id, control.options[picked].value)
    elif control.kind == "number_input":
        actor.person.fill(control.block_id, str(actor.chance.randrange(1, 10)))
    elif control.kind == "plain_text_input" and actor.chance.random() < SHARES_NOTE:
        actor.person.fill(control.block_id, "It helps to have somebody to ask.")


def _what_helps(actor: Actor, message: Message, offered: dict[str, Control], now: datetime) -> None:
    drawn = actor.chance.random()
    if drawn < 0.5:  # noqa: PLR2004 - every other quiet pair is fine
        actor.click(message, "pair.fine")
    elif "pair.help" in offered:
        actor.click(message, "pair.help")
    elif actor.click(message, "pause.open").view is not None:
        actor.person.fill("until", (now + BREAK).date().isoformat())
        actor.send("a break")


def _consent(actor: Actor, message: Message, _offered: dict[str, Control], _now: datetime) -> None:
    """Asked before the announcement: nearly everybody is fine with it."""
    if actor.chance.random() >= OBJECTS:
        actor.click(message, "match.fine")
        return
    if actor.click(message, "match.rather_not").view is not None:
        actor.person.fill("reason", "We have worked together before.")
        actor.send("objection")


def _go_on(actor: Actor, message: Message, _offered: dict[str, Control], _now: datetime) -> None:
    drawn = actor.chance.random()
    wish = "phase.close" if drawn < CLOSES else "phase.go_on" if drawn < CLOSES * 2 else "phase.go_on_hello"
    actor.click(message, wish)


WAYS = {
    "phase.go_on": _go_on,
    "match.fine": _consent,
    "agreement.accept": _accept,
    "agreement.reopen": _prepare,
    "survey.open": _answer_survey,
    "meeting.met": _tell,
    "pair.fine": _what_helps,
    "meeting.book": _book,
    "meeting.moved": _remember,
    "agreement.look": _look,
    "agreement.open": _agree,
    "join.open": _join,
}
"""What people do when they see a button, the most telling button first."""
