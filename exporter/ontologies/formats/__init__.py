"""Forms of ontology files: a module here offers ``READ``, and a recipe calls it by its name."""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from exporter.errors import InputError
from exporter.ontologies.stanzas import Stanza, Wanted

Options = Mapping[str, Any]
"""What the recipe says about a source file beyond its name and form."""

Read = Callable[[Path, Options, Wanted], Iterator[Stanza]]


def reader(name: str) -> Read:
    """Return the reader of a form; only that one is imported."""
    known = sorted(found.name for found in pkgutil.iter_modules(__path__))
    if name not in known:
        raise InputError(
            f"unknown form of file {name!r}", code="E155", hint=f"use one of {', '.join(known)}"
        )
    read: Read = import_module(f"{__name__}.{name}").READ
    return read
