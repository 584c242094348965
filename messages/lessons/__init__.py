"""The lessons that ship with the product, in every language, and the form they are read in."""
