"""Help in plain lines as wide as the terminal: boxes leave a column of words on a narrow one."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand

#: What a value is called that has no name of its own, in place of Python's types.
_VALUES = {"int": "N", "float": "NUMBER", "str": "TEXT"}
_TYPE = re.compile(r"<(?:list\[)?(int|float|str)\b[^>|]*>")


class PlainCommand(TyperCommand):
    """A command whose help names values as people call them."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer has no public names for its types
        """Write arguments and options, each with what it does."""
        sections: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                name, text = record
                is_option = parameter.param_type_name == "option"
                named = _TYPE.sub(_value, name) if is_option else name.partition(" <")[0]
                sections[parameter.param_type_name].append((named, text))
        for kind, rows in sections.items():
            if rows:
                with formatter.section(f"{kind.capitalize()}s"):
                    formatter.write_dl(rows)


def _value(found: re.Match[str]) -> str:
    return _VALUES[found[1]]
