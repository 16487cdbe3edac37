"""Several files about the same ontology become one stock of terms."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.formats import reader
from exporter.ontologies.names import name_key
from exporter.ontologies.recipe import SliceRecipe
from exporter.ontologies.stanzas import Stanza
from exporter.ontologies.terms import Relation, Scope, Synonym, Term

Stock = dict[EntityId, Term]


def stock(recipe: SliceRecipe, folder: Path, namespaces: Namespaces) -> Stock:
    """Return all terms with the recipe's prefix that its source files hold, merged."""
    reading = _Reading(recipe, namespaces)
    terms: Stock = {}
    for source in recipe.source:
        for stanza in reader(source.format)(folder / source.file, source.options):
            term = reading.term(stanza)
            if term is None:
                continue
            if term.id in terms:
                terms[term.id] = _merged(terms[term.id], term, Scope(source.other_label))
            elif source.adds:
                terms[term.id] = term
    return terms


class _Reading:
    """Turns stanzas into terms; ids outside the known namespaces are none of ours."""

    def __init__(self, recipe: SliceRecipe, namespaces: Namespaces) -> None:
        self._recipe = recipe
        self._namespaces = namespaces
        self._ids: dict[str, EntityId | None] = {}

    def term(self, stanza: Stanza) -> Term | None:
        entity = self._entity(stanza.id)
        if entity is None or entity.prefix != self._recipe.prefix:
            return None
        relations = (
            (name, self._entity(target))
            for name, target in stanza.relations
            if name in self._recipe.relations
        )
        return Term(
            id=entity,
            label=stanza.label,
            synonyms=stanza.synonyms,
            parents=self._own(stanza.parents),
            obsolete=stanza.obsolete,
            replaced_by=self._entity(stanza.replaced_by),
            consider=self._own(stanza.consider),
            relations=tuple(Relation(name, target) for name, target in relations if target),
            ontology=self._recipe.name,
        )

    def _own(self, ids: Iterable[str]) -> tuple[EntityId, ...]:
        entities = (self._entity(text) for text in ids)
        return tuple(each for each in entities if each and each.prefix == self._recipe.prefix)

    def _entity(self, text: str) -> EntityId | None:
        if text not in self._ids:
            try:
                self._ids[text] = self._namespaces.parse(text)
            except IdentifierError:
                self._ids[text] = None
        return self._ids[text]


def _merged(first: Term, later: Term, other_label: Scope) -> Term:
    return replace(
        first,
        label=first.label or later.label,
        synonyms=(*first.synonyms, *later.synonyms, Synonym(later.label, other_label)),
        parents=first.parents or later.parents,
        replaced_by=first.replaced_by or later.replaced_by,
        consider=first.consider or later.consider,
        relations=first.relations or later.relations,
    )


def tidied(term: Term, longest_name: int) -> Term:
    """Return the term with each name once, in its nearest scope, all in a fixed order."""
    seen = {name_key(term.label), ""}
    synonyms = []
    for name in sorted(term.synonyms, key=lambda each: (list(Scope).index(each.scope), each.text)):
        key = name_key(name.text)
        if key not in seen and len(name.text) <= longest_name:
            seen.add(key)
            synonyms.append(name)
    return replace(
        term,
        synonyms=tuple(synonyms),
        parents=tuple(sorted(set(term.parents))),
        relations=tuple(sorted(set(term.relations))),
    )
