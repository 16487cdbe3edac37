"""Several files about the same ontology become one stock of terms."""

from collections.abc import Iterable
from dataclasses import replace

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.formats import reader
from exporter.ontologies.names import name_key
from exporter.ontologies.recipe import Folders, SliceRecipe
from exporter.ontologies.stanzas import Stanza
from exporter.ontologies.terms import Relation, Scope, Synonym, Term

Stock = dict[EntityId, Term]


class Identifiers:
    """Remembers what each written identifier means; None for one outside the known namespaces."""

    def __init__(self, namespaces: Namespaces) -> None:
        self._namespaces = namespaces
        self._known: dict[str, EntityId | None] = {}

    def entity(self, text: str) -> EntityId | None:
        """Return the identifier that a file writes like this."""
        if text not in self._known:
            try:
                self._known[text] = self._namespaces.parse(text)
            except IdentifierError:
                self._known[text] = None
        return self._known[text]


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
                terms[term.id] = _merged(terms[term.id], term, Scope(source.other_label))
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
