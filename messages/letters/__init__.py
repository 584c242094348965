"""Letters: what the bot says by itself; one function a kind, from facts to blocks."""
