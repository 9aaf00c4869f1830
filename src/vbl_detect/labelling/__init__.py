"""The labelling loop: notes worth labelling, and the formats of the tools people label in."""
