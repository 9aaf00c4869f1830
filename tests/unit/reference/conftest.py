import pytest

from vbl_detect.reference import read_reference


@pytest.fixture(scope="session")
def reference():
    """The built-in lexicon with its measured figures."""
    return read_reference()
