"""A quiz in the terminal: what is asked when, what was typed, and what is kept between runs."""
