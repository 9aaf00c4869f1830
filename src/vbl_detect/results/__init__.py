"""What people's answers to exercises come to: marks with intervals, before and after a course."""
