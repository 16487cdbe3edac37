"""MeSH in its ASCII form: descriptors with their tree, qualifiers, supplementary records."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.errors import InputError, Where
from exporter.ontologies.formats import About, KnownBy
from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_RECORD = "*NEWRECORD"
_LABELS = ("MH", "NM", "SH")
_NAMES = ("ENTRY", "PRINT ENTRY", "SY")
_SCOPES = {"NRW": Scope.NARROW, "BRD": Scope.BROAD, "REL": Scope.RELATED}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Fields = dict[str, list[str]]


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield the wanted records; a descriptor is below those above it in the trees.

    An entry term that MeSH calls narrower, broader or related has that scope.
    """
    places = {place: fields["UI"][0] for _, fields in _records(path) for place in _places(fields)}
    for line, fields in _records(path):
        if "UI" not in fields or not any(key in fields for key in _LABELS):
            problem = "a record without its id or heading"
            raise InputError(problem, code="E157", where=Where(file=str(path), line=line))
        identifier = f"MESH:{fields['UI'][0]}"
        if wanted(identifier):
            yield Stanza(
                id=identifier,
                label=next(fields[key][0] for key in _LABELS if key in fields),
                synonyms=tuple(_name(cell) for key in _NAMES for cell in fields.get(key, ())),
                parents=tuple(_above(fields, places)),
            )


def _records(path: Path) -> Iterator[tuple[int, Fields]]:
    fields: Fields = {}
    start = 0
    with opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if line.startswith(_RECORD):
                if fields:
                    yield start, fields
                fields, start = {}, number
            else:
                key, equals, value = line.partition(" = ")
                if equals:
                    fields.setdefault(key.strip(), []).append(value.strip())
    if fields:
        yield start, fields


def _places(fields: Fields) -> list[str]:
    return fields.get("MN", []) if "UI" in fields else []


def _above(fields: Fields, places: dict[str, str]) -> Iterator[str]:
    for place in fields.get("MN", ()):
        above = places.get(place.rpartition(".")[0])
        if above:
            yield f"MESH:{above}"


def _name(cell: str) -> Synonym:
    """Read ``Name|T047|NON|NRW|…``: the name, and what the parts say of how near it is."""
    name, *parts = cell.split("|")
    return Synonym(name, next((_SCOPES[part] for part in parts if part in _SCOPES), Scope.EXACT))


def _about(path: Path) -> About:
    year = _YEAR.search(path.name)
    return About(ontology="mesh", version=year[0] if year else "", licence="")


def _recognises(start: str) -> bool:
    return start.lstrip("\ufeff \r\n").startswith(_RECORD) and "RECTYPE = " in start[:500]


READ = read
KNOWN_BY = KnownBy(recognises=_recognises, about=_about)
