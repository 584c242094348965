"""Who fits one mentee best: the matcher's own scores, without arranging anybody else."""

import numpy as np

from mentoring.matching.check import refuse_contradictions
from mentoring.matching.hall import open_hall
from mentoring.matching.record import RoundInputs
from mentoring.matching.round import make_round
from mentoring.matching.scoring import BARRED


def mentors_by_fit(inputs: RoundInputs) -> list[str]:
    """User ids of the mentors whom no rule keeps from the one mentee of a round, best fit first.

    Args:
        inputs: One person who is only a mentee, and any number who are only mentors.

    Raises:
        MatchRefusal: The people or the settings contradict each other.
    """
    people = inputs.candidates
    line = {**inputs.managers, **{one.user_id: one.manager for one in people if one.manager}}
    refuse_contradictions(people, inputs.settings, line)
    this = make_round(people, inputs.settings, tuple(inputs.history), line)
    hall = open_hall(this)
    if not len(hall.mentees):
        return []
    points = hall.points[0]
    order = np.argsort(-points, kind="stable")
    return [this.pool.people[hall.mentors[column]].user_id for column in order if points[column] != BARRED]
