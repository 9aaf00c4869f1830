"""Dip samples: notes drawn by chance for people to read, and what the answers tell."""
