"""Made-up firms of any size in the shape of the sample roster, the same for the same seed."""

import csv
import io
import random

SKILLS = (
    "accessibility", "budgeting", "business development", "client management", "cross-border work",
    "data visualization", "deal structuring", "delegation", "difficult clients", "document review",
    "e-discovery software", "firm politics", "flexible working", "generational expectations",
    "inclusive language", "leadership", "legal AI tools", "legal writing", "managing teams", "mediation",
    "negotiation", "networking", "partnership track", "presentation skills", "pricing matters", "pro bono",
    "project management", "public speaking", "regulatory strategy", "social media", "time management",
    "trial advocacy", "work-life balance", "workflow automation",
)  # fmt: skip
OFFICES = (
    ("New York", "America/New_York"), ("Chicago", "America/Chicago"), ("London", "Europe/London"),
    ("Singapore", "Asia/Singapore"), ("Sydney", "Australia/Sydney"), ("Frankfurt", "Europe/Berlin"),
)  # fmt: skip
DEPARTMENTS = (
    "Corporate", "Tax", "Litigation", "Employment", "Finance", "Real Estate", "Regulatory", "Restructuring",
    "Intellectual Property", "Marketing", "IT", "Library",
)  # fmt: skip
GOALS = (
    "Bring in a first client", "Learn the firm's tools", "Make partner in three years",
    "Speak up in meetings", "Move into management", "Lead a matter on my own", "Find my practice area", "",
)  # fmt: skip
LANGUAGES = ("en", "en", "en;es", "en;fr", "en;zh")
FORMATS = ("video", "in person", "either", "either")
WITH_MANAGER = 0.5
WITH_CONFLICT = 0.1
"""Shares of the people who report to somebody in the roster, and who name somebody to be kept apart from."""
HEADINGS = (
    "user_id", "name", "role", "level", "department", "office", "time_zone", "languages", "offers", "wants",
    "mentee_capacity", "hours_per_month", "meeting_format", "reports_to", "do_not_pair_with", "goal",
)  # fmt: skip


def made_up_roster(mentors: int, mentees: int, seed: int = 0) -> str:
    """Write a roster of so many mentors, with one place each, and so many mentees."""
    chance = random.Random(seed)
    paper = io.StringIO()
    sheet = csv.writer(paper, lineterminator="\n")
    sheet.writerow(HEADINGS)
    for position in range(mentors + mentees):
        is_mentor = position < mentors
        office, zone = chance.choice(OFFICES)
        above = chance.randrange(mentors)
        sheet.writerow(
            (
                f"U{position:08d}",
                f"Person{position} Number{position}",
                "mentor" if is_mentor else "mentee",
                chance.randint(4, 6) if is_mentor else chance.randint(1, 3),
                chance.choice(DEPARTMENTS),
                office,
                zone,
                chance.choice(LANGUAGES),
                ";".join(chance.sample(SKILLS, chance.randint(2, 5))),
                ";".join(chance.sample(SKILLS, chance.randint(1, 4))),
                1 if is_mentor else 0,
                chance.randint(1, 4),
                chance.choice(FORMATS),
                f"U{above:08d}" if above < position and chance.random() < WITH_MANAGER else "",
                f"U{chance.randrange(mentors):08d}" if chance.random() < WITH_CONFLICT else "",
                chance.choice(GOALS),
            )
        )
    return paper.getvalue()
