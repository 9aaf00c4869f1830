"""Fitting the classifier from labelled notes; needs the extra ``[train]``."""
