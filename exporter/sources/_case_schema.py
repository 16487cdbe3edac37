"""The JSON Schema of case files, read off the model: for editors that complete and check keys."""

import dataclasses
import inspect
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from exporter.model.case import Case
from exporter.sources._case_fields import allows_null, choices, item_kind, keys_of
from exporter.sources._case_fields import options as options_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ANYWHERE = {
    "note": {"type": ["string", "null"], "description": "Words for people."},
    "inferred": {
        "type": ["boolean", "null"],
        "description": "True where the curator concludes it and the text does not say it.",
    },
}
# A number or date without quotes is read as its text, so an editor must not complain about it.
_SIMPLE: dict[type, dict[str, Any]] = {
    str: {"type": ["string", "number", "boolean"]},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    bool: {"type": "boolean"},
}


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``linked-case/1``."""
    records = {record.__name__: record for record in _records(Case)}
    return {
        "$schema": _DIALECT,
        "title": "linked-case/1",
        **_record(Case),
        "$defs": {name: _record(records[name]) for name in sorted(records)},
    }


def _records(kind: Any) -> Iterator[type]:
    """Yield the records below a record, each once for every place where it may stand."""
    for key in keys_of(kind).values():
        for option in options_of(key.kind):
            inner = item_kind(option) or option
            if dataclasses.is_dataclass(inner) and isinstance(inner, type):
                yield inner
                yield from _records(inner)


def _record(kind: type) -> dict[str, Any]:
    keys = keys_of(kind)
    return {
        "type": "object",
        "description": inspect.cleandoc(kind.__doc__ or ""),
        "properties": {name: _value(key.kind) for name, key in keys.items()} | _ANYWHERE,
        "required": [name for name, key in keys.items() if key.required],
        "additionalProperties": False,
    }


def _value(kind: Any) -> dict[str, Any]:
    schemas = [_one(option) for option in options_of(kind)]
    if allows_null(kind):
        schemas.append({"type": "null"})
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _one(kind: Any) -> dict[str, Any]:
    if choices(kind):
        return {"enum": list(choices(kind))}
    if item_kind(kind) is not None:
        return {"type": "array", "items": _value(item_kind(kind))}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return dict(_SIMPLE[kind])
