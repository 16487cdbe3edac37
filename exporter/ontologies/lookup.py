"""What a user means who writes an id, an IRI or a name."""

from collections.abc import Iterable
from difflib import get_close_matches

from exporter.errors import IdentifierError, InputError, UsageError
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Term

_EXACT = "skos:exactMatch"
_MANY = 12
_BEGINNING = 4
"""So many letters of a name in the index must be right, for all names are too many to compare."""


def looked_up(text: str, ontologies: Ontologies) -> EntityId:
    """Return the id that a text is or names.

    A name of several terms is refused with the list of them, an unknown one with near names.
    """
    try:
        return ontologies.namespaces.parse(text)
    except IdentifierError as no_identifier:
        terms = _named(text, ontologies)
        if not terms:
            raise _unknown(text, ontologies, no_identifier) from None
    if len(terms) > 1:
        listed = ", ".join(f"{term.id} ({term.label})" for term in terms[:_MANY])
        raise UsageError(
            f"{text!r} names {len(terms)} terms",
            code="E220",
            hint=f"write one of these ids: {listed}",
        )
    return terms[0].id


def _named(text: str, ontologies: Ontologies) -> list[Term]:
    """Return the live terms of the nearest scope; of those that are the same thing, the first."""
    namings = [each for each in ontologies.namings(text) if not each.term.obsolete]
    nearest = [each.term for each in namings if each.name.scope is namings[0].name.scope]
    order = [namespace.prefix for namespace in ontologies.namespaces]
    terms = {term.id: term for term in nearest}
    distinct: list[Term] = []
    for term in sorted(terms.values(), key=lambda term: (order.index(term.id.prefix), term.id)):
        if not any(_same(term, other, ontologies) for other in distinct):
            distinct.append(term)
    return distinct


def _same(term: Term, other: Term, ontologies: Ontologies) -> bool:
    rows = ontologies.mappings_from(term.id)
    return any(row.predicate == _EXACT and row.object == other.id for row in rows)


def _unknown(text: str, ontologies: Ontologies, no_identifier: IdentifierError) -> InputError:
    if ":" in text and no_identifier.code != "E121":
        return no_identifier
    near = _near(text, ontologies)
    hint = f"did you mean {' or '.join(near)}?" if near else "write an id, as in MONDO:0008054"
    return InputError(f"nothing is called {text!r} {_here(ontologies)}", code="E159", hint=hint)


def _here(ontologies: Ontologies) -> str:
    return "in the ontologies at hand" if ontologies.installed else "in the slices"


def _near(text: str, ontologies: Ontologies) -> list[str]:
    key = name_key(text)
    if ontologies.installed:
        keys = ontologies.keys_from(key[:_BEGINNING])
        near = get_close_matches(key, keys, n=3, cutoff=0.75)
        return [naming.name.text for each in near for naming in ontologies.namings(each)[:1]]
    names = {name_key(name): name for name in _exact_names(ontologies)}
    return [names[key] for key in get_close_matches(key, list(names), n=3, cutoff=0.75)]


def _exact_names(ontologies: Ontologies) -> Iterable[str]:
    return (name for term in ontologies if not term.obsolete for name in term.exact_names)


def known(entity: EntityId, ontologies: Ontologies) -> Term:
    """Return the term of an id; an id that nothing at hand holds is refused."""
    term = ontologies.get(entity)
    if term is None:
        nowhere = "in nothing installed" if ontologies.installed else "in none of the slices"
        raise InputError(
            f"{entity} is {nowhere}",
            code="E159",
            hint="exporter ontology list shows what is here; a slice holds a part of its ontology",
        )
    return term
