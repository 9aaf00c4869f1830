"""A pipeline that fails on some notes, with their text in its error; workers import it by name."""

from vbl_detect.spark.pipelines import Pipeline

CANARY = "kingfisher"


class FailingPipeline(Pipeline):
    __slots__ = ()

    def load(self):
        return Failing(Pipeline.load(self))


class Failing:
    def __init__(self, nlp):
        self.nlp = nlp

    def __getattr__(self, name):
        return getattr(self.nlp, name)

    def make_doc(self, text):
        if CANARY in text:
            raise RuntimeError(text)
        return self.nlp.make_doc(text)
