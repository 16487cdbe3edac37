"""What the keys of BioC infons mean, by the table of keys: every source has names of its own."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from exporter.resources import data

_PIECE = re.compile(r"[^,;|+\s]+")


class Key(NamedTuple):
    """What a key means, and the namespace that it puts before ids written without any."""

    means: str
    prefix: str


@cache
def keys() -> Mapping[str, Key]:
    """Return every key of infons that is known."""
    with (data("ontology") / "bioc-keys.csv").open(encoding="utf-8", newline="") as file:
        found = {row["key"]: Key(row["means"], row["prefix"]) for row in csv.DictReader(file)}
    return MappingProxyType(found)


@cache
def keys_of(means: str) -> tuple[str, ...]:
    """Return the keys of one meaning in the order of the table."""
    return tuple(name for name, key in keys().items() if key.means == means)


def with_prefix(written: str, prefix: str) -> str:
    """Return ids with the namespace that their key names, where they name none themselves.

    >>> with_prefix("0030", "CVCL"), with_prefix("CVCL_0030", "CVCL"), with_prefix("D1|-", "MESH")
    ('CVCL:0030', 'CVCL_0030', 'MESH:D1|-')
    """
    if not prefix:
        return written

    def named(match: re.Match[str]) -> str:
        piece = match[0]
        own = ":" in piece or piece.startswith((prefix, "-"))
        return piece if own else f"{prefix}:{piece}"

    return _PIECE.sub(named, written)
