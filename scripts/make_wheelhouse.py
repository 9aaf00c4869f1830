"""Make a folder from which vbl-detect is installed without internet: ``make offline``.

It holds the wheel of this checkout, the wheels of everything that it needs, and their SHA-256.
Options after the folder go to ``pip download``, for another system or Python:
``--platform win_amd64 --python-version 3.12 --only-binary :all:``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from vbl_detect.files import sha256

ROOT = Path(__file__).parents[1]
SUMS = "SHA256SUMS"


def main() -> None:
    """Make the folder."""
    if len(sys.argv) == 1:
        sys.exit("usage: python scripts/make_wheelhouse.py FOLDER [PIP OPTION]...")
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run("build", "--wheel", "--outdir", str(folder), str(ROOT))
    [wheel] = folder.glob("*.whl")
    run("pip", "download", "--quiet", "--dest", str(folder), *sys.argv[2:], str(wheel))
    files = sorted(folder.glob("*.whl"))
    lines = (f"{sha256(path)}  {path.name}\n" for path in files)
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{folder}: {len(files)} wheels, {size:.0f} MB. On the machine without internet:")
    print(f"  python -m pip install --no-index --find-links {folder.name} vbl-detect")


def run(*words: str) -> None:
    """Run a module of this Python; its output is shown only if it fails."""
    command: Sequence[str] = (sys.executable, "-m", *words)
    result = subprocess.run(  # noqa: S603 - our own command
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    if result.returncode:
        sys.exit(f"{' '.join(words[:2])} failed:\n{result.stdout}")


if __name__ == "__main__":
    main()
