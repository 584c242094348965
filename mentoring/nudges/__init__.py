"""What a pair is nudged about, when, and why not: notices computed from facts, each at most once."""
