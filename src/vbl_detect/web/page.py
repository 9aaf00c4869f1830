"""Fill a page's template: text is escaped, and only our own style and script may act."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_HERE = Path(__file__).parent


def render_page(
    folder: Path,
    template: str,
    *,
    style: str,
    script: str,
    connect: str = "",
    **values: Any,  # noqa: ANN401
) -> str:
    """Return a whole page.

    Parameters
    ----------
    folder : Path
        The folder of the template; it may extend ``base.html`` of this package.
    template : str
        The template's file name.
    style : str
        The page's style, which follows the common one (``base.css``).
    script : str
        Its script; empty: none.
    connect : str
        What the script may ask, as the policy names it: ``'self'``; empty: nothing.
    **values
        What the template shows.
    """
    folders = (folder, _HERE / "templates")
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = with_common_style(style)
    return environment.get_template(template).render(
        policy=content_policy(style, script, connect),
        # These two are the project's own files; everything else is escaped.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        **values,
    )


def with_common_style(style: str) -> str:
    """Return a page's whole style: the common one, and its own after it.

    Parameters
    ----------
    style : str
        The page's own style.
    """
    return read_static(_HERE / "static", "base.css") + style


def content_policy(style: str, script: str, connect: str = "") -> str:
    """Return the policy of a page that may load nothing and run this style and script alone.

    Parameters
    ----------
    style, script : str
        What stands between the tags, to the letter.
    connect : str
        What the script may ask; empty: nothing.
    """
    allowed = f"'sha256-{_digest(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src {allowed}; "
        f"{f'connect-src {connect}; ' if connect else ''}"
        "base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def read_static(folder: Path, name: str) -> str:
    """Return a style or a script of this project.

    Parameters
    ----------
    folder : Path
        Where it is.
    name : str
        Its file name.
    """
    return (folder / name).read_text("utf-8")


def css_string(text: str) -> str:
    """Return `text` as a string of a style sheet; no character of it can end the string.

    Parameters
    ----------
    text : str
        Any text.
    """
    return '"' + "".join(f"\\{ord(character):06x}" for character in text) + '"'


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
