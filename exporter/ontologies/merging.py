"""Several files about the same ontology become one stock of terms."""

import re
from collections.abc import Iterable, Iterator

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.formats import reader
from exporter.ontologies.names import by_nearness, name_key
from exporter.ontologies.recipe import Folders, SliceRecipe
from exporter.ontologies.stanzas import Stanza
from exporter.ontologies.terms import Relation, Scope, Synonym, Term

Stock = dict[EntityId, Term]


class Identifiers:
    """Remembers what each written identifier means; None for one outside the known namespaces."""

    def __init__(self, namespaces: Namespaces, remembered: int = 250_000) -> None:
        self._namespaces = namespaces
        self._remembered = remembered
        self._known: dict[str, EntityId | None] = {}
        # Most identifiers are CURIEs as they should be, and are told by a single look.
        self._canonical = {
            namespace.prefix: (re.compile(namespace.pattern).fullmatch, namespace.iri)
            for namespace in namespaces
        }

    def entity(self, text: str) -> EntityId | None:
        """Return the identifier that a file writes like this."""
        try:
            return self._known[text]
        except KeyError:
            if len(self._known) >= self._remembered:
                self._known.clear()
            found = self._known[text] = self._entity(text)
            return found

    def _entity(self, text: str) -> EntityId | None:
        prefix, _, local = text.partition(":")
        if prefix in self._canonical:
            fits, stem = self._canonical[prefix]
            if fits(local):
                return EntityId(prefix, local, f"{stem}{local}")
        try:
            return self._namespaces.parse(text)
        except IdentifierError:
            return None


def stock(
    recipe: SliceRecipe, folders: Folders, identifiers: Identifiers, only: set[EntityId] | None
) -> Stock:
    """Return the terms with the recipe's prefix that its source files hold, merged.

    With ``only`` no others are read; without, all are.
    """
    terms: Stock = {}

    def wanted(text: str) -> bool:
        entity = identifiers.entity(text)
        return (
            entity is not None
            and entity.prefix == recipe.prefix
            and (only is None or entity in only)
        )

    for source in recipe.source:
        for stanza in reader(source.format)(folders.path(source.file), source.options, wanted):
            term = _term(stanza, recipe, identifiers)
            if term.id in terms:
                terms[term.id] = merged(terms[term.id], term, Scope(source.other_label))
            elif source.adds:
                terms[term.id] = term
    return terms


def _term(stanza: Stanza, recipe: SliceRecipe, identifiers: Identifiers) -> Term:
    """Turn a wanted stanza into a term; what it says of ids that nobody knows is left out."""

    def own(ids: Iterable[str]) -> tuple[EntityId, ...]:
        entities = map(identifiers.entity, ids)
        return tuple(each for each in entities if each and each.prefix == recipe.prefix)

    relations = (
        Relation(name, entity)
        for name, target in stanza.relations
        if name in recipe.relations and (entity := identifiers.entity(target))
    )
    return Term(
        id=own([stanza.id])[0],
        label=stanza.label,
        synonyms=stanza.synonyms,
        parents=own(stanza.parents),
        obsolete=stanza.obsolete,
        replaced_by=identifiers.entity(stanza.replaced_by) if stanza.replaced_by else None,
        consider=own(stanza.consider),
        relations=tuple(relations),
        ontology=recipe.name,
    )


def merged(first: Term, later: Term, other_label: Scope) -> Term:
    """Return a term with what a later description adds; its other label becomes a synonym."""
    other = (Synonym(later.label, other_label),) if later.label != first.label else ()
    return Term(
        id=first.id,
        label=first.label or later.label,
        synonyms=(*first.synonyms, *later.synonyms, *other),
        parents=first.parents or later.parents,
        obsolete=first.obsolete,
        replaced_by=first.replaced_by or later.replaced_by,
        consider=first.consider or later.consider,
        relations=first.relations or later.relations,
        ontology=first.ontology,
    )


def tidied(term: Term, longest_name: int) -> Term:
    """Return the term with each name once, in its nearest scope, all in a fixed order."""
    if not (term.synonyms or term.parents[1:] or term.relations[1:]):
        return term
    return Term(
        id=term.id,
        label=term.label,
        synonyms=tuple(_each_once(term, longest_name)) if term.synonyms else (),
        parents=tuple(sorted(set(term.parents))) if len(term.parents) > 1 else term.parents,
        obsolete=term.obsolete,
        replaced_by=term.replaced_by,
        consider=term.consider,
        relations=tuple(sorted(set(term.relations))),
        ontology=term.ontology,
    )


def _each_once(term: Term, longest_name: int) -> Iterator[Synonym]:
    seen = {name_key(term.label), ""}
    for name in sorted(term.synonyms, key=lambda each: (by_nearness(each.scope), each.text)):
        key = name_key(name.text)
        if key not in seen and len(name.text) <= longest_name:
            seen.add(key)
            yield name
