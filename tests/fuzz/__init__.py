"""Payloads of every shape at every listener."""
