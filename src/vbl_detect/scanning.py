"""A scan of exported files and folders, with a manifest beside what it writes."""

from __future__ import annotations

from pathlib import Path

from vbl_detect.errors import UsageError
from vbl_detect.files import check_not_read
from vbl_detect.journal import Journal
from vbl_detect.manifest import Manifest, manifest_path, write_manifest
from vbl_detect.readers import find_files
from vbl_detect.running import STDIN, RunListener, RunSettings, read_file, run


def scan(paths: list[Path], settings: RunSettings, listener: RunListener) -> Manifest:
    """Scan files, write the findings, and return the manifest of the run.

    What is judged is kept beside the output until all is written, so that a scan that was
    interrupted can go on.

    Parameters
    ----------
    paths : list of Path
        Files, folders, or ``-`` for standard input.
    settings : RunSettings
        What to read, find and write.
    listener : RunListener
        Hears what the readers say, and keeps it.

    Raises
    ------
    UsageError
        If a path or an option names something that is not there, or an unfinished scan is there
        that cannot go on, or could and `settings.resume` does not say whether it should.
    ReaderError
        If something cannot be read and the listener stops there.
    """
    files = _files(paths, settings, listener)
    notes = (note for path in files for note in read_file(path, settings, listener))
    if settings.output is None:
        if settings.resume:
            raise UsageError(
                "--resume needs the file that the unfinished scan was to write; name it with -o"
            )
        return run(files, notes, settings, listener)
    with Journal(settings.output, resume=settings.resume) as journal:
        manifest = run(files, notes, settings, listener, journal=journal)
        write_manifest(manifest, manifest_path(settings.output))
    return manifest


def _files(paths: list[Path], settings: RunSettings, listener: RunListener) -> list[Path]:
    """Return what to read, in order."""
    files = find_files([path for path in paths if path != STDIN], listener)
    if settings.output is not None:
        check_not_read(settings.output, files)
    return files + [STDIN] * (STDIN in paths)
