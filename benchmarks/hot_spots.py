"""Print where the time goes, by function: a profile of detection on notes not seen before.

python benchmarks/hot_spots.py [full|fast] [ordinary|dense] [NOTES]
"""

from __future__ import annotations

import cProfile
import pstats
import sys

import notes

import vbl_detect
from vbl_detect import Note, detect

SHOWN = 25


def main(model: str = "fast", kind: str = "ordinary", count: str = "500") -> None:
    """Warm up, then profile."""
    share = {"ordinary": notes.ORDINARY, "dense": notes.DENSE}[kind]
    nlp = vbl_detect.load(model=model)
    few = (Note(text=text) for text in notes.make(300, share=share, seed=1))
    list(detect(few, nlp))
    many = [Note(text=text) for text in notes.make(int(count), share=share, seed=2)]
    profile = cProfile.Profile()
    profile.runcall(lambda: list(detect(many, nlp)))
    pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    main(*sys.argv[1:])
