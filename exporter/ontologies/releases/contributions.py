"""What each file says about the terms of an ontology, term by term."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import Any

from exporter.model.identifiers import EntityId
from exporter.ontologies._index_file import age
from exporter.ontologies.formats import reader
from exporter.ontologies.merging import Identifiers
from exporter.ontologies.releases.recognising import TABLE, Recognised, Role
from exporter.ontologies.releases.tables import Table
from exporter.ontologies.stanzas import Stanza
from exporter.ontologies.terms import Relation, Scope, Synonym, Term
from exporter.resources import data

HUMAN = "9606"
LONGEST_NAME = 2_000
_OBSOLETE = "obsolete "
_OBO_ID = re.compile(r"([A-Za-z]+)_(\d+)")
_UNSAFE = re.compile(r"[^\w:.-]+")


class Standing(IntEnum):
    """Whose word counts first: the lower, the earlier it is heard."""

    CORRECTION = 0
    AUTHORITY = 1
    RELEASE = 2
    PART = 3
    OLDER = 4
    NAMES = 5


_STANDINGS = {each.name.lower(): each for each in Standing}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One thing that a file gives; ``prefix`` limits it to an ontology, ``except_`` leaves one out.

    A release that is not ``complete`` is helped out by older ones. ``taxon`` is that of genes.
    """

    file: Recognised
    standing: Standing
    prefix: str = ""
    except_: str = ""
    complete: bool = True
    taxon: str = ""
    other_label: Scope = Scope.EXACT
    options: Mapping[str, Any] = field(default_factory=dict)


def in_order(found: Iterable[Contribution]) -> list[Contribution]:
    """Return contributions in the order in which they are heard, wherever their files lie.

    Of the same standing the newest comes first, what is undated last.
    """
    by_name = sorted(found, key=lambda each: (each.file.shown.rpartition("/")[2], each.file.sha256))
    newest_first = sorted(by_name, key=lambda each: age(each.file.version), reverse=True)
    return sorted(newest_first, key=lambda each: each.standing)


def contributions(
    file: Recognised, taxa: tuple[str, ...], identifiers: Identifiers
) -> Iterator[Contribution]:
    """Yield what a file gives; of genes those of the taxa only."""
    if file.form == TABLE and file.table:
        yield from _of_a_table(file, file.table, taxa, identifiers)
    elif file.role is Role.RELEASE:
        yield Contribution(file=file, standing=Standing.RELEASE, prefix=file.prefix)
        yield _part(file, file.prefix)
    elif file.role is Role.PART:
        yield _part(file)


def _part(file: Recognised, except_: str = "") -> Contribution:
    return Contribution(
        file=file, standing=Standing.PART, except_=except_, other_label=Scope.RELATED
    )


def _of_a_table(
    file: Recognised, table: Table, taxa: tuple[str, ...], identifiers: Identifiers
) -> Iterator[Contribution]:
    for part in table.terms:
        standing = _STANDINGS[part["role"]]
        for taxon in taxa if table.taxon_column else ("",):
            options = table.having(part, frozenset([taxon]) if taxon else frozenset())
            found = Contribution(
                file=file,
                standing=standing,
                complete=part.get("complete", True),
                taxon=taxon,
                other_label=Scope(part.get("other_label", "exact")),
                options=options,
            )
            prefix = _prefix(found, identifiers) if standing is Standing.RELEASE else ""
            if prefix or standing is not Standing.RELEASE:
                yield Contribution(**{**_values(found), "prefix": prefix})


def _values(found: Contribution) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Contribution.__slots__}


def _prefix(found: Contribution, identifiers: Identifiers) -> str:
    """Return the prefix of the first id that is known."""
    for stanza in reader(found.file.form)(found.file.path, found.options, lambda _text: True):
        entity = identifiers.entity(stanza.id)
        if entity:
            return entity.prefix
    return ""


class Reading:
    """Reads contributions, and remembers what of them could not be kept."""

    def __init__(self, identifiers: Identifiers, ontology_name: Callable[[str], str]) -> None:
        self.identifiers = identifiers
        self.names = ontology_name
        self.unknown: dict[str, Counter[str]] = {}
        self.too_long: Counter[str] = Counter()
        self.named: dict[Recognised, list[tuple[EntityId, str]]] = {}

    def terms(self, found: Contribution) -> Iterator[Term]:
        """Yield the terms of a contribution; ids that were merged into others come last."""
        alternatives: dict[EntityId, Term] = {}
        read = reader(found.file.form)
        for stanza in read(found.file.path, found.options, self._wanted(found)):
            term = self._term(stanza)
            for text in stanza.alternatives:
                merged = self.identifiers.entity(text)
                if merged and merged.prefix == term.id.prefix and merged != term.id:
                    alternatives.setdefault(merged, term)
            if found.standing is Standing.RELEASE:
                self._keep_names(found.file, stanza)
            yield term
        for merged, term in alternatives.items():
            yield Term(
                id=merged,
                label=f"{_OBSOLETE}{term.label}",
                obsolete=True,
                replaced_by=term.id,
                ontology=term.ontology,
            )

    def _wanted(self, found: Contribution) -> Callable[[str], bool]:
        unknown = self.unknown.setdefault(found.file.shown, Counter())
        entity_of = self.identifiers.entity
        prefix, except_ = found.prefix, found.except_
        counting = found.standing is not Standing.RELEASE or found.file.form == TABLE

        def wanted(text: str) -> bool:
            entity = entity_of(text)
            if entity is None:
                if counting:
                    unknown[_namespace(text)] += 1
                return False
            return entity.prefix != except_ and (not prefix or entity.prefix == prefix)

        return wanted

    def _keep_names(self, file: Recognised, stanza: Stanza) -> None:
        for text, name in stanza.xref_names:
            entity = self.identifiers.entity(text)
            if entity:
                self.named.setdefault(file, []).append((entity, name))

    def _term(self, stanza: Stanza) -> Term:
        entity = self.identifiers.entity
        own = entity(stanza.id)
        if own is None:
            raise ValueError(stanza.id)
        parents = [entity(text) for text in stanza.parents]
        return Term(
            id=own,
            label=stanza.label,
            synonyms=self._synonyms(stanza, own) if stanza.synonyms else (),
            parents=tuple([p for p in parents if p and p.prefix == own.prefix and p != own]),
            obsolete=stanza.obsolete,
            replaced_by=entity(stanza.replaced_by) if stanza.replaced_by else None,
            consider=tuple([each for text in stanza.consider if (each := entity(text))]),
            relations=tuple(self._relations(stanza)) if stanza.relations else (),
            ontology=self.names(own.prefix),
        )

    def _synonyms(self, stanza: Stanza, own: EntityId) -> tuple[Synonym, ...]:
        kept = tuple(name for name in stanza.synonyms if len(name.text) <= LONGEST_NAME)
        if len(kept) < len(stanza.synonyms):
            self.too_long[self.names(own.prefix)] += len(stanza.synonyms) - len(kept)
        return kept

    def _relations(self, stanza: Stanza) -> Iterator[Relation]:
        for name, target in stanza.relations:
            entity = self.identifiers.entity(target)
            if entity:
                yield Relation(relation_name(name), entity)


def _namespace(text: str) -> str:
    """Return what tells the namespace of an id that is not known."""
    if "://" in text:
        last = text.rstrip("/").rpartition("/")[2]
        obo = _OBO_ID.fullmatch(last)
        return obo[1] if obo else text[: len(text) - len(last)][:60]
    return text.partition(":")[0][:30] if ":" in text else "ids without prefix"


@cache
def relation_name(stated: str) -> str:
    """Return the name of a relation from its IRI, its CURIE or as it is.

    >>> relation_name("http://purl.obolibrary.org/obo/BFO_0000050"), relation_name("RO:0000087")
    ('part_of', 'has_role')
    """
    last = re.split(r"[/#]", stated)[-1] if "://" in stated else stated
    obo = _OBO_ID.fullmatch(last)
    name = f"{obo[1]}:{obo[2]}" if obo else last
    return _known_relations().get(name) or _UNSAFE.sub("_", name)[:80] or "related"


@cache
def _known_relations() -> dict[str, str]:
    with (data("ontology") / "relation-names.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["name"] for row in csv.DictReader(file)}
