"""A local Slack workspace: Web API and Socket Mode over loopback, for trying and testing apps."""

from playground.acts import CannotDo, Outcome
from playground.clock import StillClock
from playground.many import ManyWorkspaces
from playground.person import Person
from playground.playground import Playground
from playground.records import ApiCall, Channel, Member, Message, View

__all__ = [
    "ApiCall",
    "CannotDo",
    "Channel",
    "ManyWorkspaces",
    "Member",
    "Message",
    "Outcome",
    "Person",
    "Playground",
    "StillClock",
    "View",
]
