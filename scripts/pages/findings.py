"""The JSON Schema of a finding."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

from vbl_detect.records import FINDING_COLUMNS, SCHEMA_VERSION, Finding

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_ADDED: dict[str, dict[str, Any]] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "finding_id": {"pattern": "^[0-9a-f]{16}$"},
    "code": {"pattern": "^[A-Z]{2}[0-9]{3}$"},
    "score": {"minimum": 0, "maximum": 1},
    "row": {"minimum": 1},
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "line": {"minimum": 1},
    "col": {"minimum": 1},
    "suppressed": {
        "properties": {
            "by": {"type": "string"},
            "reason": {"type": "string"},
            "expires": {"type": ["string", "null"]},
        },
        "required": ["by", "reason", "expires"],
    },
}


def schema() -> str:
    """Return the schema; kept columns may follow a finding's own."""
    hints = get_type_hints(Finding)
    known = {one.name: hints[one.name] for one in fields(Finding)}
    properties = {
        name: {**_described(known.get(name, str)), **_ADDED.get(name, {})}
        for name in FINDING_COLUMNS
    }
    content = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A finding of vbl-detect",
        "description": "One line of --format jsonl; docs/findings.md says what each key means.",
        "type": "object",
        "properties": properties,
        "required": list(FINDING_COLUMNS),
        "additionalProperties": True,
    }
    return json.dumps(content, indent=2) + "\n"


def _described(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    options = get_args(hint) if type(None) in get_args(hint) else (hint,)
    if any(get_origin(one) is Literal for one in options):
        named = [name for one in options for name in get_args(one)]
        return {"enum": [*named, *([None] if type(None) in options else [])]}
    types = [_TYPES.get(one, "object") for one in options]
    return {"type": types[0] if len(types) == 1 else types}
