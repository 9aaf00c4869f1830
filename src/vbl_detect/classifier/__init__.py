"""The trained classifier as it runs: screen, tagger and stacker, without torch or scikit-learn."""
