"""The tables that grounding reads: kinds of annotation, names of species, words of one field."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from exporter.errors import InputError, Where
from exporter.grounding.spelling import key
from exporter.model.identifiers import EntityId, Namespaces, bundled_namespaces
from exporter.ontologies.kinds import Kind, kind_of, kinds
from exporter.ontologies.packs import Pack, bundled_packs
from exporter.resources import data

__all__ = [
    "Field",
    "Kind",
    "bundled_field",
    "field_of",
    "first_targets",
    "is_single_thing",
    "kind_of",
    "rows",
    "species",
    "species_words",
    "stems",
]

Value = TypeVar("Value")
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What is known of one field of medicine beyond its ontologies.

    ``abbreviations`` are long forms by the key of the short form, ``families`` families of genes
    by the key of a further name of theirs, ``complexes`` those whose members act only together.
    ``antibodies`` are the findings that antibodies against a gene's product are; where there are
    several, the name of the antigen tells which.
    """

    abbreviations: Mapping[str, tuple[str, ...]]
    antibodies: Mapping[EntityId, tuple[EntityId, ...]]
    complexes: frozenset[EntityId]
    families: Mapping[str, tuple[EntityId, ...]]

    def names_of_family(self, family: EntityId) -> Iterator[str]:
        """Yield the further names of a family, as keys."""
        yield from (name for name, families in self.families.items() if family in families)


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table (CSV); one with other columns or missing cells is refused."""
    yield from (row for _, row in _placed_rows(path, columns))


def _placed_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[Where, Row]]:
    where = Where(file=str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _malformed("the table is not UTF-8", where, columns) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != columns:
            raise _malformed("these are not its columns", replace(where, line=1), columns)
        for row in reader:
            place = replace(where, line=reader.line_num)
            if None in row or None in row.values():
                raise _malformed("this row does not fit the table", place, columns)
            yield place, row
    except csv.Error as problem:
        place = replace(where, line=reader.line_num + 1)
        raise _malformed(f"not a CSV table: {problem}", place, columns) from None


def _malformed(problem: str, where: Where, columns: tuple[str, ...]) -> InputError:
    return InputError(problem, code="E158", where=where, hint=f"columns: {', '.join(columns)}")


def first_targets() -> tuple[str, ...]:
    """Return the namespaces that we ground to first, one for each category."""
    return tuple(dict.fromkeys(kind.targets[0] for kind in kinds().values() if kind.targets))


@cache
def stems() -> tuple[str, ...]:
    """Return the endings of nonproprietary names of medicines, the longest first."""
    table = rows(data("ontology") / "inn-stems.csv", ("stem", "kind of medicine"))
    return tuple(sorted((row["stem"] for row in table), key=lambda stem: (-len(stem), stem)))


@cache
def _single_things() -> dict[str, re.Pattern[str]]:
    table = rows(data("ontology") / "single-things.csv", ("prefix", "pattern", "why"))
    return {row["prefix"]: re.compile(row["pattern"]) for row in table}


def is_single_thing(entity: EntityId) -> bool:
    """Tell whether an id is of a register of single things, which nothing else may be called."""
    pattern = _single_things().get(entity.prefix)
    return pattern is not None and pattern.fullmatch(entity.local) is not None


@cache
def species() -> Mapping[EntityId, tuple[str, ...]]:
    """Return the names of the species that papers speak of most, the scientific one first."""
    parse = bundled_namespaces().parse
    table = rows(data("ontology") / "taxa.csv", ("taxon", "label", "names"))
    names = {parse(row["taxon"]): (row["label"], *row["names"].split("|")) for row in table}
    return MappingProxyType(names)


@cache
def species_words() -> tuple[tuple[str, EntityId], ...]:
    """Return the words in small letters that speak of a species: its names, strains, cell lines."""
    parse = bundled_namespaces().parse
    table = rows(data("ontology") / "species-signs.csv", ("sign", "taxon", "why"))
    named = ((name, taxon) for taxon, names in species().items() for name in names)
    signs = ((row["sign"], parse(row["taxon"])) for row in table)
    return tuple((word.casefold(), taxon) for word, taxon in (*named, *signs))


@cache
def bundled_field() -> Field:
    """Return what the bundled packs know."""
    return field_of(bundled_packs(), bundled_namespaces())


def field_of(packs: Iterable[Pack], namespaces: Namespaces) -> Field:
    """Return what the tables of some packs know together; a pack may lack any of them."""
    folders = [pack.folder for pack in packs]
    meanings = _all(folders, "abbreviations.csv", ("abbreviation", "meaning"))
    families = _all(folders, "families.csv", ("family", "name"))
    antibodies = _all(folders, "antibodies.csv", ("antigen", "finding", "label"))
    complexes = _all(folders, "complexes.csv", ("complex", "why"))
    return Field(
        abbreviations=_grouped((row["abbreviation"], row["meaning"]) for _, row in meanings),
        families=_grouped(
            (row["name"], _id(row, "family", place, namespaces)) for place, row in families
        ),
        antibodies=_by_antigen(
            (_id(row, "antigen", place, namespaces), _id(row, "finding", place, namespaces))
            for place, row in antibodies
        ),
        complexes=frozenset(_id(row, "complex", place, namespaces) for place, row in complexes),
    )


def _id(row: Row, column: str, place: Where, namespaces: Namespaces) -> EntityId:
    try:
        return namespaces.parse(row[column])
    except InputError as problem:
        raise problem.at(replace(place, field=column)) from None


def _grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    groups: dict[str, list[Value]] = {}
    for name, value in pairs:
        groups.setdefault(key(name), []).append(value)
    return {name: tuple(dict.fromkeys(values)) for name, values in groups.items()}


def _by_antigen(
    pairs: Iterable[tuple[EntityId, EntityId]],
) -> dict[EntityId, tuple[EntityId, ...]]:
    groups: dict[EntityId, dict[EntityId, None]] = {}
    for antigen, finding in pairs:
        groups.setdefault(antigen, {})[finding] = None
    return {antigen: tuple(findings) for antigen, findings in groups.items()}


def _all(
    folders: Iterable[Path], file: str, columns: tuple[str, ...]
) -> Iterator[tuple[Where, Row]]:
    for folder in folders:
        if (folder / file).is_file():
            yield from _placed_rows(folder / file, columns)
