"""Runs mentor-match (PyPI, 7.0.1, MIT) on a table of scores, in a Python of its own with only its packages.

Arguments: the file of scores (rows of mentees, 32 bit whole numbers, -1 where barred), mentees, mentors.
Prints JSON: seconds, the pairs found, and the largest memory in megabytes.
"""

import json
import resource
import sys
import time
from array import array
from pathlib import Path
from typing import Any

from matching.mentee import Mentee  # type: ignore[import-not-found] # of the other Python
from matching.mentor import Mentor  # type: ignore[import-not-found] # of the other Python
from matching.process import process_data  # type: ignore[import-not-found] # of the other Python
from matching.rules.rule import Disqualify, Generic  # type: ignore[import-not-found] # of the other Python


class Given(Generic):  # type: ignore[misc] # its base is of the other Python
    """A rule that scores a pair by the table."""

    def __init__(self, scores: "array[int]", mentors: int) -> None:
        super().__init__({}, lambda _match: True)
        self.scores = scores
        self.mentors = mentors

    def apply(self, match: Any) -> int:
        """Look the pair up."""
        return self.scores[int(match.mentee.email) * self.mentors + int(match.mentor.email)]


def main() -> None:
    """Match and tell."""
    path, mentees, mentors = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    scores = array("i", Path(path).read_bytes())
    given = Given(scores, mentors)
    barred = Disqualify(lambda match: given.apply(match) < 0)
    teachers = [Mentor(email=str(number), grade=1) for number in range(mentors)]
    learners = [Mentee(email=str(number), grade=1) for number in range(mentees)]
    start = time.perf_counter()
    process_data(teachers, learners, [[given, barred]])
    seconds = time.perf_counter() - start
    pairs = [(int(learner.email), int(mentor.email)) for learner in learners for mentor in learner.mentors]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"seconds": seconds, "pairs": pairs, "megabytes": megabytes}, sys.stdout)


main()
