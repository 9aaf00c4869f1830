"""Exercises for analysts: notes with an agreed answer, chosen from the bank."""

from vbl_detect.exercises.records import CLEAN, DIFFICULTIES, Exercise, read_exercises

__all__ = ["CLEAN", "DIFFICULTIES", "Exercise", "read_exercises"]
