"""Ask whether pip finds ready-made wheels for everything that vbl-detect needs, on other systems.

Needs an index; nothing is installed. Prints a table of systems and Python versions.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "Linux x86_64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "Linux arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "Windows x86_64": ("win_amd64",),
    "macOS arm64": ("macosx_14_0_arm64", "macosx_12_0_arm64", "macosx_11_0_arm64"),
    "macOS x86_64": ("macosx_14_0_x86_64", "macosx_12_0_x86_64", "macosx_10_13_x86_64"),
}


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "build", "--wheel", "--outdir", folder, str(ROOT)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        [wheel] = Path(folder).glob("*.whl")
        for name, platforms in PLATFORMS.items():
            for python in PYTHONS:
                print(f"{name:16} {python:5} {resolve(wheel, platforms, python)}", flush=True)


def resolve(wheel: Path, platforms: Sequence[str], python: str) -> str:
    """Return "wheels exist", or pip's last complaint."""
    wanted = [word for platform in platforms for word in ("--platform", platform)]
    words = ["install", "--dry-run", "--quiet", "--ignore-installed", "--target", "unused"]
    options = ["--only-binary", ":all:", "--python-version", python, *wanted]
    command = [sys.executable, "-m", "pip", *words, *options, str(wheel)]
    result = subprocess.run(  # noqa: S603 - our own command
        command, check=False, capture_output=True, encoding="utf-8"
    )
    if not result.returncode:
        return "wheels exist"
    complaints = [line for line in result.stderr.splitlines() if line.startswith("ERROR")]
    return complaints[0] if complaints else "pip failed"


if __name__ == "__main__":
    main()
