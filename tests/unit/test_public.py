"""What the package shows, and what importing it costs."""

import subprocess
import sys

import vbl_detect


def test_the_public_names_are_these():
    assert set(vbl_detect.__all__) == {
        "Finding",
        "Note",
        "__version__",
        "detect",
        "detect_df",
        "load",
    }
    assert all(getattr(vbl_detect, name) for name in vbl_detect.__all__)


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(vbl_detect, "detekt")


def test_importing_the_package_is_silent_and_imports_no_heavy_library():
    code = (
        "import sys, vbl_detect;"
        "print(sorted({'spacy','pandas','pyspark','sklearn','typer','docx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_functions_stay_functions_once_their_modules_are_imported():
    code = (
        "import sys, vbl_detect, vbl_detect.detection, vbl_detect.frames, vbl_detect.pipeline;"
        "assert callable(vbl_detect.detect) and callable(vbl_detect.load);"
        "assert callable(vbl_detect.spark.detect_df) and 'pyspark' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
