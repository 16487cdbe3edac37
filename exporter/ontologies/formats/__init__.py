"""Forms of ontology files: a module here offers ``READ``, and a recipe calls it by its name.

One whose files say what they are offers ``KNOWN_BY``, too.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from exporter.errors import InputError
from exporter.ontologies.stanzas import Stanza, Wanted

Options = Mapping[str, Any]
"""What the recipe says about a source file beyond its name and form."""

Read = Callable[[Path, Options, Wanted], Iterator[Stanza]]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says of itself, as written: ontology, version, licence; or nothing."""

    ontology: str = ""
    version: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBy:
    """How a form is known by the beginning of a file, and where its files say what they are."""

    recognises: Callable[[str], bool]
    about: Callable[[Path], About]


def reader(name: str) -> Read:
    """Return the reader of a form; only that one is imported."""
    known = _names()
    if name not in known:
        raise InputError(
            f"unknown form of file {name!r}", code="E155", hint=f"use one of {', '.join(known)}"
        )
    read: Read = import_module(f"{__name__}.{name}").READ
    return read


def _names() -> list[str]:
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_")


@cache
def known_by() -> dict[str, KnownBy]:
    """Return, by name, the forms whose files say what they are."""
    modules = {name: import_module(f"{__name__}.{name}") for name in _names()}
    return {
        name: module.KNOWN_BY for name, module in modules.items() if hasattr(module, "KNOWN_BY")
    }
