"""Whole programs in which people press whatever is on their screens."""
