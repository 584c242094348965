"""Conversations: decode a payload, check the right, change facts in one transaction, answer."""
