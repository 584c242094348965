"""The library: what a firm has to read, watch or try, offered at the right moment, and kept in good order."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from mentoring.errors import Refusal
from mentoring.kinds import Role
from mentoring.matching.vocabulary import skill
from mentoring.phases import PhaseName

TITLE_LENGTH = 80
ABOUT_LENGTH = 200
URL_LENGTH = 500
MOST_TAGS = 6
TAG_LENGTH = 40
NEW_FOR = timedelta(days=60)
"""So long a resource has to find its readers, after it was added or kept, before it counts as unused."""
ENOUGH_RATINGS = 5
"""Fewer ratings than this are shown to nobody: they would tell on single people."""
BAD_SHARE = 0.4
"""Where fewer than two in five were helped, somebody should look at it."""


class Audience(StrEnum):
    """For whom a resource is."""

    EVERYBODY = "everybody"
    MENTORS = "mentors"
    MENTEES = "mentees"


class Verdict(StrEnum):
    """What somebody said of a resource, in one tap."""

    HELPED = "helped"
    NOT_FOR_ME = "not for me"
    DEAD = "dead"
    """The link leads nowhere."""


class Worry(StrEnum):
    """Why a coordinator should look at a resource."""

    DEAD = "dead"
    BADLY_RATED = "badly rated"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to read, watch or try.

    Args:
        tags: What it is about, in the words people use for skills.
        phases: When it is of use; empty for always.
        added_at: When it was added, or last kept by a coordinator who looked at it.
        retired: Whether it is offered to nobody any more.
    """

    id: int
    title: str
    about: str
    url: str
    tags: tuple[str, ...]
    phases: frozenset[PhaseName]
    audience: Audience
    added_at: datetime
    retired: bool = False

    def is_for(self, roles: Collection[Role | None]) -> bool:
        """Whether it is for somebody in these roles; equals, and those in no pair, may see everything."""
        if self.audience is Audience.EVERYBODY or None in roles or not roles:
            return True
        return (Role.MENTOR if self.audience is Audience.MENTORS else Role.MENTEE) in roles

    def suits(self, phase: PhaseName | None) -> bool:
        """Whether it is of use in a phase; who is in none may look at everything."""
        return phase is None or not self.phases or phase in self.phases


@dataclass(frozen=True, slots=True)
class Use:
    """How a resource was used, since a coordinator last kept it; counts of people.

    Args:
        opened: Who opened it.
        ratings: Who said what.
    """

    opened: int = 0
    ratings: Mapping[Verdict, int] | None = None

    def said(self, verdict: Verdict) -> int:
        """How many said so."""
        return (self.ratings or {}).get(verdict, 0)

    @property
    def helped_share(self) -> float | None:
        """The part who were helped; nothing while too few have said."""
        judged = self.said(Verdict.HELPED) + self.said(Verdict.NOT_FOR_ME)
        return self.said(Verdict.HELPED) / judged if judged >= ENOUGH_RATINGS else None


UNUSED = Use()


def check_resource(resource: Resource, others: Iterable[Resource]) -> Resource:
    """Refuse what nobody could use.

    Raises:
        Refusal: With `field` one of title, url, tags.
    """
    if not resource.title:
        raise Refusal("Give it a title people can choose by.", "title")
    address = urlsplit(resource.url)
    if address.scheme not in {"http", "https"} or not re.search(r"[\w-]\.\w", address.netloc):
        raise Refusal("Write the whole address, such as https://library.firm.example/guide.", "url")
    if any(each.url == resource.url and each.id != resource.id for each in others):
        raise Refusal("This address is in the library already. Change that one instead.", "url")
    if len(resource.tags) > MOST_TAGS:
        raise Refusal(f"That is {len(resource.tags)} tags; pick the {MOST_TAGS} that matter most.", "tags")
    if any(len(tag) > TAG_LENGTH for tag in resource.tags):
        raise Refusal(f"Keep each tag under {TAG_LENGTH} letters.", "tags")
    return resource


def read_tags(text: str) -> tuple[str, ...]:
    """Read tags as they are typed: with commas between, each once."""
    tags = (" ".join(part.split()) for part in text.split(","))
    return tuple({tag.casefold(): tag for tag in tags if tag}.values())


def in_order_for(
    library: Iterable[Resource],
    roles: Collection[Role | None],
    phase: PhaseName | None,
    wants: Iterable[str],
    uses: Mapping[int, Use],
) -> list[Resource]:
    """What somebody may see, the most useful now first: for their phase, their wishes, then what helped."""
    wished = {skill(term) for term in wants}

    def rank(each: Resource) -> tuple[bool, int, float, float, int]:
        topics = len(wished & {skill(tag) for tag in each.tags})
        helped = uses.get(each.id, UNUSED).helped_share
        about_now = phase in each.phases
        return not about_now, -topics, -(helped or 0), -each.added_at.timestamp(), each.id

    there = [each for each in library if not each.retired and each.is_for(roles) and each.suits(phase)]
    return sorted(there, key=rank)


def opened_first(listed: Iterable[Resource], opened: Collection[int]) -> list[Resource]:
    """The same, with what somebody opened and has not judged yet at the top: there they are asked."""
    return sorted(listed, key=lambda each: each.id not in opened)


def found_by(library: Iterable[Resource], words: str) -> list[Resource]:
    """Those whose title, tags or description hold every word typed."""
    looked_for = words.casefold().split()

    def text(each: Resource) -> str:
        return " ".join((each.title, each.about, *each.tags)).casefold()

    return [each for each in library if all(word in text(each) for word in looked_for)]


def worries(resource: Resource, use: Use, now: datetime) -> list[Worry]:
    """Why a coordinator should look at a resource: the gravest first; nothing about what is retired."""
    if resource.retired:
        return []
    found = []
    if use.said(Verdict.DEAD):
        found.append(Worry.DEAD)
    if use.helped_share is not None and use.helped_share < BAD_SHARE:
        found.append(Worry.BADLY_RATED)
    if not use.opened and now - resource.added_at >= NEW_FOR:
        found.append(Worry.UNUSED)
    return found


def for_maintenance(
    library: Sequence[Resource], uses: Mapping[int, Use], now: datetime
) -> list[tuple[Resource, list[Worry]]]:
    """The whole library for a coordinator: what needs a look first, what is retired last."""
    listed = [(each, worries(each, uses.get(each.id, UNUSED), now)) for each in library]
    order = [*Worry]

    def rank(line: tuple[Resource, list[Worry]]) -> tuple[bool, int, str, int]:
        resource, found = line
        return resource.retired, order.index(found[0]) if found else len(order), resource.title, resource.id

    return sorted(listed, key=rank)
