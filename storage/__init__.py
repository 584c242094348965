"""Facts and letters in a small relational database."""
