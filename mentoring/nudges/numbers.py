"""Every number of the ladder, with the sentence that explains it."""

from datetime import timedelta

AGREEMENT_REMINDERS = (timedelta(days=7), timedelta(days=14))
"""After the announcement, while there is no agreement: one reminder at each."""

AGREEMENT_GRACE = 3
"""Working days the second reminder has before the coordinator sees the pair, and a proposal before either."""

AGREEMENT_WITHIN = timedelta(days=14)
"""An agreement reminder held back for longer than this is dropped."""

BOOK_AFTER_A_BUTTON = timedelta(days=3)
"""So long after the pairing letter or a welcome back, which carry the same button, we do not ask to book."""

QUESTION_STAYS_OPEN = 3
"""Working days until an unanswered question lapses: the second ask is due, or another may be asked."""

DID_YOU_MEET_WITHIN = timedelta(days=10)
"""Later than this after a meeting (or a period) nobody wants to be asked about it."""

SECOND_ASK_WITHIN = timedelta(days=5)
"""A second ask that could not be sent by then is dropped: silence is the better reminder."""

SORT_OUT_WITHIN = timedelta(days=7)
"""Two different answers older than this are left as they are."""

UNANSWERED_BEFORE_HALVING = 2
"""Questions in a row without a sign of life; from then on every second period is left out."""

MISSED_BEFORE_QUIET_CHECK = 2
"""Periods in a row without a meeting, before each is asked privately what would help."""

MISSED_BEFORE_ATTENTION = 3
"""Periods in a row without a meeting, before the coordinator sees the pair."""

MISSED_GRACE = 3
"""Working days after a period in which somebody may still say that they met."""

QUIET_CHECK_WITHIN = timedelta(days=14)
"""A private check that could not be sent by then is dropped."""

ATTENTION_WITHIN = timedelta(days=30)
"""An attention item that could not be written by then (the service was down) is dropped."""

WELCOME_WITHIN = timedelta(days=7)
"""Later than this after coming back, a welcome is odd."""

SHORTEST_ANNOUNCED_PAUSE = timedelta(days=2)
"""The end of a shorter pause is not announced: it was set the other day."""

MESSAGES_A_DAY = 1
"""Unsolicited messages a person gets on one local day, over all pairs."""

MESSAGES_A_WEEK = 2
"""Unsolicited messages a person gets in any seven local days, over all pairs, outside launch week."""

WEEK = timedelta(days=7)
"""The budget's week moves with the messages; no Sunday night and Monday morning double it."""

GIVES_WAY_FOR = timedelta(days=2)
"""A guide or survey gives way to questions for so long, then it takes the next place: a pair that meets every
week is asked every week, and what comes four times a year would never be said."""

LAUNCH_WEEK = timedelta(days=7)
"""After the announcement, in which the weekly number does not hold: there is much to set up."""

SLOTS_AHEAD = 3
"""Periods beyond the present one for which an agreed slot puts meetings into the calendar."""

CASUAL_STARTS_AFTER = 1
"""Casual quarters that pass before the first hello: they have just said goodbye."""
