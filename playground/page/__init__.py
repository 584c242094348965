"""The page in the browser: the workspace as a chat product, with time in the visitor's hands."""

from playground.page.direction import Direction, Plainly
from playground.page.site import LETTERS, Page

__all__ = ["LETTERS", "Direction", "Page", "Plainly"]
