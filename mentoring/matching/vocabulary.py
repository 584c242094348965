"""Different words for the same skill, and what a goal in free words is about."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("public speaking", "presentation skills", "presenting", "presentations"),
    ("business development", "client development", "rainmaking", "winning work"),
    ("client management", "client relationships", "client relations", "client service"),
    ("trial advocacy", "oral argument", "courtroom skills", "advocacy"),
    ("negotiation", "negotiating", "deal negotiation"),
    ("legal writing", "drafting", "brief writing", "contract drafting"),
    ("managing teams", "people management", "team management", "team leadership"),
    ("time management", "prioritization", "prioritisation", "managing my time"),
    ("data visualization", "data visualisation", "charts and dashboards"),
    ("e-discovery software", "e-discovery", "ediscovery", "document review platforms"),
    ("legal ai tools", "generative ai", "ai tools", "artificial intelligence"),
    ("workflow automation", "process automation", "automation"),
    ("cross-border work", "cross-border transactions", "international work"),
    ("deal structuring", "structuring deals", "transaction structuring"),
    ("mediation", "dispute resolution", "alternative dispute resolution", "adr"),
    ("pricing matters", "pricing", "fee arrangements", "alternative fee arrangements"),
    ("budgeting", "matter budgets", "financial planning"),
    ("partnership track", "making partner", "path to partnership"),
    ("firm politics", "organizational politics", "office politics"),
    ("work-life balance", "work life balance", "balancing family and work"),
    ("flexible working", "remote work", "hybrid work", "part-time work"),
    ("inclusive language", "inclusion", "diversity and inclusion"),
    ("networking", "building a network", "professional network"),
    ("social media", "linkedin", "personal brand"),
    ("difficult clients", "difficult conversations", "handling conflict"),
    ("pro bono", "pro bono work"),
    ("project management", "legal project management", "matter management"),
    ("leadership", "leading others", "leadership skills"),
    ("delegation", "delegating"),
)
"""Rings of words that mean the same skill; the first of each stands for the ring."""

GOAL_THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"partner", ("partnership track", "business development", "firm politics")),
    (r"clients?\b", ("business development", "client management", "networking")),
    (r"manage|management|lead (a|the|my) team", ("managing teams", "delegation", "leadership")),
    (r"speak|present|voice|meetings", ("public speaking",)),
    (r"matters?\b|on my own|first chair", ("project management", "delegation", "deal structuring")),
    (
        r"tools?\b|technolog|software|digital",
        ("legal ai tools", "e-discovery software", "workflow automation"),
    ),
    (r"practice area|speciali[sz]", ("regulatory strategy", "cross-border work", "trial advocacy")),
    (r"trial|court|argue", ("trial advocacy",)),
    (r"writ(e|ing)|draft", ("legal writing",)),
    (r"balance|burnout|family", ("work-life balance", "flexible working")),
    (r"network|connections", ("networking",)),
    (r"negotiat", ("negotiation",)),
)
"""Words found in a goal, and the skills that help with it."""

_STANDS_FOR = {word: ring[0] for ring in SYNONYMS for word in ring}
_THEMES = tuple((re.compile(pattern, re.IGNORECASE), skills) for pattern, skills in GOAL_THEMES)


@lru_cache(maxsize=65536)
def skill(term: str) -> str:
    """Reduce a term to the skill it names: case, spaces and synonyms fall away."""
    plain = " ".join(term.casefold().split())
    return _STANDS_FOR.get(plain, plain)


def spelled(terms: Iterable[str]) -> dict[str, str]:
    """How people write each skill among these: its own name in their letters, else their word for it."""
    found: dict[str, str] = {}
    # The commonest last, so that it stays; of two as common, always the same one.
    for term, _ in sorted(
        Counter(" ".join(each.split()) for each in terms).items(), key=lambda each: each[::-1]
    ):
        name = skill(term)
        if term.casefold() == name or found.get(name, "").casefold() != name:
            found[name] = term
    return found


@lru_cache(maxsize=65536)
def skills_for_goal(goal: str) -> frozenset[str]:
    """Tell which skills help with a goal in free words; none when the words are unknown."""
    found: set[str] = set()
    for pattern, skills in _THEMES:
        if pattern.search(goal):
            found.update(skills)
    return frozenset(found)
