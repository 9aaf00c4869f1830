"""The library that runs the tagger reports to nobody."""

import os
import subprocess
import sys

from vbl_detect import resources


def test_the_tagger_leaves_nothing_behind_and_reports_nothing(tmp_path):
    folders = {
        name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    }
    # Where one of these is set, as it is in CI, the library reports nothing anyway.
    kept = {name: value for name, value in os.environ.items() if name[:4] not in ("CI", "ORT_")}
    code = (
        "import pathlib, sys; from vbl_detect.classifier.tagger import load_tagger;"
        "tags = load_tagger(pathlib.Path(sys.argv[1])).tag('She is streetwise.', [(0, 18)]);"
        "assert tags.seen.any()"
    )

    command = [sys.executable, "-c", code, str(resources.find_model(resources.MODEL))]
    subprocess.run(command, env={**kept, **folders}, check=True)

    assert list(tmp_path.rglob("*")) == []
