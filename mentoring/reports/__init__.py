"""What a program comes to in numbers: counted from its facts, without a word and without a name."""
