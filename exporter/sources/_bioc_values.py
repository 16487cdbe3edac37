"""The values of a BioC document, each checked: one of another kind is refused with its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from exporter.errors import InputError, Where

_NUMBER = re.compile(r"-?\d{1,15}", re.ASCII)
_MOST = 10**15
_SHOWN = 60
Tree = Mapping[str, Any]
"""An object of BioC JSON, or an element of BioC XML in the same form."""


def tree_in(value: Any, field: str, where: Where) -> Tree:
    """Return an object; what is missing or null is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise unfit(value, "an object", field, where)
    return value


def list_in(value: Any, field: str, where: Where) -> Sequence[Any]:
    """Return a list; what is missing or null is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise unfit(value, "a list", field, where)
    return value


def text_in(value: Any, field: str, where: Where) -> str:
    """Return a text; what is missing or null is an empty one."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise unfit(value, "a text", field, where)
    return value


def word_in(value: Any, field: str, where: Where) -> str:
    """Return a text or number as text, those of a list with commas between."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(word_in(each, field, where) for each in value)
    if isinstance(value, dict):
        raise unfit(value, "a text", field, where)
    return str(value)


def number_in(value: Any, field: str, where: Where) -> int | None:
    """Return a whole number, written as such or as text; what is missing or null is None."""
    if value is None or value == "":
        return None
    if type(value) is int and -_MOST < value < _MOST:
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return int(value)
    raise unfit(value, "a whole number of at most 15 digits", field, where)


def unfit(value: Any, wanted: str, field: str, where: Where) -> InputError:
    """Return the error of a value that is of another kind than BioC has at its place."""
    return InputError(
        f"{_shown(value)} is not {wanted}, as BioC has it there",
        code="E178",
        where=replace(where, field=field),
        hint="correct the value, or convert the file again from its source",
    )


def _shown(value: Any) -> str:
    """Return a value as JSON calls it, cut if it is long."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    written = repr(value) if isinstance(value, str | float) else _digits(value)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}..."


def _digits(value: int) -> str:
    """Return a number in digits; that of very many digits is not written out."""
    return str(value) if abs(value) < 10**_SHOWN else "a number of very many digits"
