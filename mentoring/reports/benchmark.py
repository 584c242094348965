"""One cohort beside earlier ones: the same few numbers for each, counted the same way."""

from dataclasses import dataclass
from enum import StrEnum

from mentoring.reports.activity import activity, funnel, is_complete
from mentoring.reports.book import Book
from mentoring.reports.hours import hours
from mentoring.reports.share import Share
from mentoring.surveys.instruments import Level, QuestionKind


class Measure(StrEnum):
    """What cohorts are compared by, and targets are set in."""

    JOINED = "joined"
    """People who said yes."""
    MATCHED = "matched"
    """Of those, the share that was in a pair."""
    AGREED = "agreed"
    """Share of pairs with an agreement."""
    MET = "met"
    """Share of pairs that have met."""
    KEPT = "kept"
    """Share of their rhythm that pairs kept."""
    COMPLETED = "completed"
    """Of the pairs whose time is over, the share that came to its agreed end."""
    MEETINGS = "meetings"
    """Meetings held a pair."""
    HOURS = "hours"
    """Hours in meetings a person."""
    SATISFACTION = "satisfaction"
    """Mean of the ratings on whether people like it, from 1 to 5."""
    NPS = "nps"
    """Net Promoter Score, -100 to 100."""
    LEARNING = "learning"
    """How far self-ratings moved between before and after, on a scale of five."""
    RESPONSE = "response"
    """Share of surveys answered."""

    @property
    def is_share(self) -> bool:
        """Whether its values lie between 0 and 1."""
        return self in {
            Measure.MATCHED, Measure.AGREED, Measure.MET, Measure.KEPT, Measure.COMPLETED, Measure.RESPONSE,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """One cohort's numbers; None where there is none, or where too few people are behind it."""

    values: dict[Measure, float | None]


def figures(book: Book) -> Figures:
    """Count a cohort's numbers."""
    facts, active, steps, time = book.facts, activity(book.facts), funnel(book.facts), hours(book.facts)
    over = [each for each in facts.told if each.ended_at is not None or each.casual]
    asked = sum(each.rate.asked for each in book.askings)
    answered = sum(each.rate.answered for each in book.askings)
    return Figures(
        {
            Measure.JOINED: steps.joined,
            Measure.MATCHED: Share(min(steps.matched, steps.joined), steps.joined).value,
            Measure.AGREED: active.agreed.value,
            Measure.MET: active.met.value,
            Measure.KEPT: active.kept.value,
            Measure.COMPLETED: Share(sum(is_complete(each) for each in over), len(over)).value,
            Measure.MEETINGS: active.held / active.pairs if active.pairs else None,
            Measure.HOURS: time.given / time.people if time.people else None,
            Measure.SATISFACTION: satisfaction(book),
            Measure.NPS: promoter_score(book),
            Measure.LEARNING: learning(book),
            Measure.RESPONSE: Share(answered, asked).value,
        }
    )


def satisfaction(book: Book) -> float | None:
    """The mean of all published ratings on whether people like it, each answer counted once."""
    found = [
        (total.mean, total.count)
        for survey in book.surveys
        for each in survey.questions
        if each.question.level is Level.SATISFACTION
        and each.question.kind is QuestionKind.RATING
        and (total := each.total) is not None
        and total.mean is not None
    ]
    count = sum(n for _, n in found)
    return sum(mean * n for mean, n in found) / count if count else None


def promoter_score(book: Book) -> float | None:
    """The published Net Promoter Scores together, each answer counted once."""
    found = [
        (total.nps, total.count)
        for survey in book.surveys
        for each in survey.questions
        if (total := each.total) is not None and total.nps is not None
    ]
    count = sum(n for _, n in found)
    return round(sum(score * n for score, n in found) / count) if count else None


def learning(book: Book) -> float | None:
    """How far the published self-ratings moved, in the mean."""
    found = [each.difference for each in book.changes if each.difference is not None]
    return sum(found) / len(found) if found else None
