"""Which codes a run reports: what is asked for, and what the settings file adds to it."""

from __future__ import annotations

from collections.abc import Iterable

from vbl_detect.selection import Selection
from vbl_detect.settings.records import Settings


def selection_of(
    settings: Settings,
    *,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    extend_ignore: Iterable[str] | None = None,
) -> Selection:
    """Return the codes to report.

    Parameters
    ----------
    settings : Settings
        What the settings file says, by which a wrong name is told with its line.
    select, extend_select : iterable of str, optional
        What to report, and what to add to it; nothing in `select` is everything, to which nothing
        can be added. None: what the settings file says.
    ignore, extend_ignore : iterable of str, optional
        What to leave out, and what to leave out as well; None: what the settings file says.
    """

    def chosen(name: str, given: Iterable[str] | None) -> tuple[str, ...]:
        if given is not None:
            return tuple(given)
        setting = settings.values.get(name)
        return () if setting is None else tuple(setting.value)

    wanted = chosen("select", select)
    return Selection(
        (*wanted, *chosen("extend-select", extend_select)) if wanted else (),
        (*chosen("ignore", ignore), *chosen("extend-ignore", extend_ignore)),
        settings.places,
    )
