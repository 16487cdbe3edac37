"""Mapping sets in SSSOM's table form: read strictly, written with what we need of them."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from textwrap import dedent
from typing import Any, TextIO

import yaml

from exporter.errors import ExporterError, InputError, Where
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.mappings import Mapping
from exporter.ontologies.stanzas import opened

_TERMS = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
}
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_LONGEST_HEADER = 200_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Keep = Callable[[dict[str, str]], bool]
"""Decides from the cells of a row whether it is read at all."""

Refuse = Callable[[ExporterError], None]
"""Does what is to be done with a row that cannot be read; if it returns, the row is left out."""


def _raised(problem: ExporterError) -> None:
    raise problem


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingSet:
    """A mapping set; ``negative`` rows say that a mapping does not hold."""

    name: str
    id: str = ""
    version: str = ""
    licence: str = ""
    mappings: tuple[Mapping, ...] = ()
    negative: tuple[Mapping, ...] = ()


def read_mapping_set(
    path: Path,
    namespaces: Namespaces,
    keep: Keep = lambda _row: True,
    refuse: Refuse = _raised,
) -> MappingSet:
    """Read a mapping set (``.gz`` too); the prefixes of its own ``curie_map`` count.

    A kept row with an unknown prefix, relation or justification is refused with its line.
    """
    table = MappingTable(path, namespaces)
    mappings: tuple[dict[Mapping, None], dict[Mapping, None]] = ({}, {})
    for line, row in table.rows():
        if not keep(row):
            continue
        try:
            mapping = table.mapping(row)
        except ExporterError as problem:
            refuse(problem.at(Where(file=str(path), line=line)))
            continue
        mappings[table.denies(row)][mapping] = None
    return MappingSet(
        name=table.name,
        id=table.said("mapping_set_id"),
        version=table.said("mapping_set_version"),
        licence=table.said("license"),
        mappings=tuple(mappings[False]),
        negative=tuple(mappings[True]),
    )


class MappingTable:
    """A mapping set in its file: what its header says, and its rows, one after the other."""

    def __init__(self, path: Path, namespaces: Namespaces) -> None:
        self.path = path
        with opened(path) as file:
            comments, _ = _parted(path, file)
        self._header = _header(path, comments)
        self._meaning = _Meaning(self._header.get("curie_map"), namespaces)
        whole = self.said("mapping_set_title") or self.said("mapping_set_id") or path.name
        self.name = whole.rsplit("/", 1)[-1].removesuffix(".gz").removesuffix(".sssom.tsv")

    def said(self, key: str) -> str:
        """Return what the header says, or nothing."""
        return str(self._header.get(key) or "")

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows with their lines; a line that does not fit the table is refused."""
        with opened(self.path) as file:
            comments, first = _parted(self.path, file)
            yield from _rows(self.path, chain([first], file), len(comments))

    def mapping(self, row: dict[str, str]) -> Mapping:
        """Return what a row states; what it does not tell for certain is refused."""
        return self._meaning.mapping(row, self.name, self.said("mapping_set_version"))

    def denies(self, row: dict[str, str]) -> bool:
        """Tell whether a row says that its mapping does not hold."""
        return row.get("predicate_modifier") == "Not"

    def entity(self, curie: str) -> EntityId:
        """Return the id that a CURIE means here."""
        return self._meaning.entity(curie)


def _parted(path: Path, file: TextIO) -> tuple[list[str], str]:
    """Return the comment lines at the start and the line after them."""
    comments: list[str] = []
    size = 0
    line = file.readline().removeprefix("\ufeff")
    while line.startswith("#"):
        comments.append(line.removeprefix("#").rstrip("\r\n"))
        size += len(line)
        if size > _LONGEST_HEADER:
            raise _malformed(path, 1, f"its header is longer than {_LONGEST_HEADER} characters")
        line = file.readline()
    return comments, line


def _header(path: Path, comments: list[str]) -> dict[str, Any]:
    try:
        header = yaml.load(dedent("\n".join(comments)), Loader=_LOADER)  # noqa: S506 - a safe one
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = min(mark.line + 1, len(comments)) if mark else 1
        raise _malformed(path, line, "the comment lines at its start are not YAML") from None
    if header is not None and not isinstance(header, dict):
        raise _malformed(path, 1, "the comment lines at its start are no table of YAML")
    return header or {}


def _rows(path: Path, lines: Iterable[str], skipped: int) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(lines, delimiter="\t", strict=True)
    try:
        columns = next(reader, [])
        missing = [name for name in _REQUIRED if name not in columns]
        if missing:
            problem = f"a mapping set needs the columns {', '.join(missing)}"
            raise _malformed(path, skipped + 1, problem)
        for cells in reader:
            if len(cells) > len(columns):
                problem = f"{len(cells)} cells in a table of {len(columns)} columns"
                raise _malformed(path, skipped + reader.line_num, problem)
            if cells:
                yield skipped + reader.line_num, dict(zip(columns, cells, strict=False))
    except csv.Error as problem:
        raise _malformed(path, skipped + reader.line_num, str(problem)) from None


class _Meaning:
    """What the CURIEs of one mapping set mean."""

    def __init__(self, curie_map: Any, namespaces: Namespaces) -> None:
        own = curie_map if isinstance(curie_map, dict) else {}
        self._stems = {str(prefix): str(stem) for prefix, stem in own.items()}
        self._owners = {prefix: namespaces.of_stem(stem) for prefix, stem in self._stems.items()}
        self._namespaces = namespaces
        self._ids: dict[str, EntityId] = {}
        self._term = cache(self._spelt_out)

    def mapping(self, row: dict[str, str], name: str, version: str) -> Mapping:
        return Mapping(
            subject=self.entity(row.get("subject_id", "")),
            predicate=self._term(row.get("predicate_id", "")),
            object=self.entity(row.get("object_id", "")),
            justification=self._term(row.get("mapping_justification", "")),
            source=name,
            version=version,
        )

    def entity(self, curie: str) -> EntityId:
        if curie not in self._ids:
            self._ids[curie] = self._parsed(curie)
        return self._ids[curie]

    def _parsed(self, curie: str) -> EntityId:
        prefix, _, local = curie.partition(":")
        owner, stem = self._owners.get(prefix), self._stems.get(prefix)
        if owner:
            return owner.entity(local.rstrip())
        return self._namespaces.parse(f"{stem}{local}" if stem else curie)

    def _spelt_out(self, curie: str) -> str:
        prefix, colon, local = curie.partition(":")
        stem = self._stems.get(prefix, _TERMS.get(prefix))
        for known, iri in _TERMS.items():
            if stem == iri and colon and local:
                return f"{known}:{local}"
        raise InputError(
            f"{curie!r} is not a relation or justification of a mapping",
            code="E152",
            hint=f"write it with one of the prefixes {', '.join(_TERMS)}",
        )


def _malformed(path: Path, line: int, problem: str) -> InputError:
    return InputError(
        problem,
        code="E152",
        where=Where(file=str(path), line=line),
        hint="a mapping set is an SSSOM table: '#' lines with its header, then tab-separated rows",
    )


def mapping_set_text(mapping_set: MappingSet, namespaces: Namespaces) -> str:
    """Return a mapping set as SSSOM table, sorted, with the prefixes it uses."""
    rows = sorted((*mapping_set.mappings, *mapping_set.negative))
    ids = [entity for row in rows for entity in (row.subject, row.object)]
    stems = {entity.prefix: namespaces.of(entity).iri for entity in ids}
    terms = [term for row in rows for term in (row.predicate, row.justification)]
    stems |= {term.partition(":")[0]: _TERMS[term.partition(":")[0]] for term in terms}
    about = {
        "license": mapping_set.licence,
        "mapping_set_id": mapping_set.id,
        "mapping_set_version": mapping_set.version,
    }
    lines = ["curie_map:", *(f"  {prefix}: {_quoted(stems[prefix])}" for prefix in sorted(stems))]
    lines += [f"{key}: {_quoted(value)}" for key, value in about.items() if value]
    negative = set(mapping_set.negative)
    return "".join(f"#{line}\n" for line in lines) + _body(rows, negative)


def _quoted(text: str) -> str:
    """Write a text so that YAML reads it back as it is: JSON is YAML."""
    return json.dumps(text)


def _body(rows: Iterable[Mapping], negative: set[Mapping]) -> str:
    columns = list(_REQUIRED)
    if negative:
        columns.insert(2, "predicate_modifier")
    lines = [columns]
    for row in rows:
        cells = [row.subject.curie, row.predicate, row.object.curie, row.justification]
        if negative:
            cells.insert(2, "Not" if row in negative else "")
        lines.append(cells)
    return "".join("\t".join(cells) + "\n" for cells in lines)
