"""Mapping sets from SSSOM files and other tables, with the names that they give."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exporter.errors import ExporterError
from exporter.model.grounding import Mapping
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.formats.table import columns_in, ready_pattern, rows
from exporter.ontologies.merging import Identifiers
from exporter.ontologies.releases.recognising import SSSOM, Recognised
from exporter.ontologies.releases.versions import UNDATED
from exporter.ontologies.sssom import MappingSet, MappingTable

_ENDS = ("subject", "object")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMappings:
    """A mapping set as it was read; ``left_out`` counts rows by what could not be understood."""

    file: Recognised
    kept: MappingSet
    left_out: Counter[str] = field(default_factory=Counter)


def has_mappings(file: Recognised) -> bool:
    """Tell whether a file holds mappings."""
    return file.form == SSSOM or bool(file.table and file.table.mappings)


def names_in(file: Recognised, namespaces: Namespaces) -> Iterator[tuple[EntityId, str]]:
    """Yield every id to which a mapping set in SSSOM gives a name, with that name."""
    table = MappingTable(file.path, namespaces)
    for _, row in table.rows():
        for end in _ENDS:
            label = (row.get(f"{end}_label") or "").strip()
            entity = _entity(table, row[f"{end}_id"]) if label else None
            if entity:
                yield entity, label


def read_mappings(file: Recognised, namespaces: Namespaces) -> ReadMappings:
    """Read the mappings of a file; rows that lead outside the known namespaces are counted."""
    left_out: Counter[str] = Counter()
    identifier = ""
    if file.form == SSSOM:
        table = MappingTable(file.path, namespaces)
        identifier = table.said("mapping_set_id")
        stated = _stated(table, left_out)
    else:
        stated = _tabled(file, Identifiers(namespaces, remembered=20_000), left_out)
    kept: tuple[list[Mapping], list[Mapping]] = ([], [])
    seen: set[tuple[str, ...]] = set()
    for mapping, denied in stated:
        key = (mapping.subject.iri, mapping.predicate, mapping.object.iri, mapping.justification)
        if key not in seen or denied:
            seen.add(key)
            kept[denied].append(mapping)
    read = MappingSet(
        name=file.name,
        id=identifier,
        version=file.version or UNDATED,
        licence=file.licence,
        mappings=tuple(kept[False]),
        negative=tuple(dict.fromkeys(kept[True])),
    )
    return ReadMappings(file=file, kept=read, left_out=left_out)


def _stated(table: MappingTable, left_out: Counter[str]) -> Iterator[tuple[Mapping, bool]]:
    for _, row in table.rows():
        try:
            yield table.mapping(row), table.denies(row)
        except ExporterError as problem:
            left_out[_why(table, row, problem)] += 1


def _entity(table: MappingTable, curie: str) -> EntityId | None:
    try:
        return table.entity(curie)
    except ExporterError:
        return None


def _why(table: MappingTable, row: dict[str, str], problem: ExporterError) -> str:
    for end in _ENDS:
        curie = row[f"{end}_id"]
        if _entity(table, curie) is None:
            malformed = problem.code == "E122"
            return f"malformed {curie}" if malformed else curie.partition(":")[0] or "no id"
    return problem.problem


def _tabled(
    file: Recognised, identifiers: Identifiers, left_out: Counter[str]
) -> Iterator[tuple[Mapping, bool]]:
    table = file.table
    for part in table.mappings if table else ():
        options: dict[str, Any] = table.having(part, frozenset()) if table else {}
        first, second = (ready_pattern(part[end], file.path) for end in _ENDS)
        for row in rows(file.path, {**options, "used": columns_in(part)}):
            texts = first(row), second(row)
            if not all(texts):
                continue
            subject, target = map(identifiers.entity, texts)
            if subject and target:
                mapping = Mapping(
                    subject=subject,
                    predicate=part["predicate"],
                    object=target,
                    justification=part["justification"],
                    source=file.name,
                    version=file.version,
                )
                yield mapping, False
            else:
                unknown = texts[1] if subject else texts[0]
                left_out[unknown.partition(":")[0]] += 1
