"""Forms: the modals people fill in, built from words and facts."""
