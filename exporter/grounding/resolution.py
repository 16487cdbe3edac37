"""Where a stated id leads: itself, or through exact mappings to the namespaces we ground to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from exporter.grounding.spelling import fits_any
from exporter.grounding.tables import Kind, first_targets, species
from exporter.model.document import Annotation
from exporter.model.grounding import Mapping
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies
from exporter.ontologies.terms import Scope, Term

EXACT = "skos:exactMatch"
_NEAR = ("skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
_ITS_OWN_NAMES = (Scope.EXACT, Scope.RELATED, Scope.PREVIOUS, Scope.ALIAS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The concepts that an annotation may mean, found by its id or else by its name.

    ``exact`` are the concepts that the stated id leads to, ``mappings`` the steps there;
    ``near`` are mappings that only lead close. Without a stated id ``named`` are the concepts that
    the label names, ``once_named`` those that it named before or names among others.
    """

    stated: EntityId | None = None
    exact: tuple[EntityId, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    near: tuple[Mapping, ...] = ()
    named: tuple[EntityId, ...] = ()
    once_named: tuple[EntityId, ...] = ()

    @property
    def ids(self) -> tuple[EntityId, ...]:
        """Return the stated id and the concepts it leads to, each once."""
        stated = (self.stated,) if self.stated else ()
        return tuple(dict.fromkeys((*stated, *self.exact)))

    @property
    def concept(self) -> EntityId | None:
        """Return the one concept it leads to; None if there is none or more than one."""
        found = self.exact or (() if self.stated else self.named or self.once_named)
        return found[0] if len(found) == 1 else None


def resolve(
    annotation: Annotation, kind: Kind, ontologies: Ontologies, long_forms: tuple[str, ...] = ()
) -> Resolution:
    """Return where the id of an annotation leads, and what its label names.

    ``long_forms`` are what the label abbreviates; they count where it names nothing itself.
    """
    forms = (annotation.label, *long_forms)
    by_name = (_by_name(form, kind, ontologies) for form in forms)
    named, once_named = next((found for found in by_name if any(found)), ((), ()))
    stated = annotation.stated
    if stated is None:
        return Resolution(named=named, once_named=once_named)
    found = resolved(stated, kind, ontologies, is_told=True)
    return replace(found, named=named, once_named=once_named)


def resolved(stated: EntityId, kind: Kind, ontologies: Ontologies, *, is_told: bool) -> Resolution:
    """Return where an id leads for a kind of annotation: itself, or where mappings say.

    A mapping to what is obsolete leads there only if that is told of it (``is_told``). An id of a
    vocabulary that only stands in for the ones that we ground to stands for itself where none of
    them has the thing, and the releases know its name.
    """
    rows = ontologies.mappings_from(stated)
    leading = tuple(row for row in rows if is_told or _is_live(row, ontologies))
    found = to_best_target(leading, kind)
    if stated.prefix in kind.targets and (stated in ontologies or not found):
        return Resolution(stated=stated, exact=(stated,))
    exact = tuple(dict.fromkeys(row.object for row in found))
    if not exact and stated.prefix in kind.otherwise and stated in ontologies:
        exact = (stated,)
    near = (row for row in rows if row.predicate in _NEAR and row.object.prefix in kind.targets)
    return Resolution(stated=stated, exact=exact, mappings=found, near=tuple(near))


def _is_live(row: Mapping, ontologies: Ontologies) -> bool:
    """Tell whether a mapping leads to something that is not obsolete, as far as is known."""
    term = ontologies.get(row.object)
    return term is None or not term.obsolete


def to_best_target(rows: tuple[Mapping, ...], kind: Kind) -> tuple[Mapping, ...]:
    """Return the exact mappings to the first of the kind's namespaces that any leads to."""
    exact = [row for row in rows if row.predicate == EXACT]
    by_target = (tuple(r for r in exact if r.object.prefix == target) for target in kind.targets)
    return next((found for found in by_target if found), ())


def _by_name(
    label: str, kind: Kind, ontologies: Ontologies
) -> tuple[tuple[EntityId, ...], tuple[EntityId, ...]]:
    """Return what a label names now, and what it once named, in the best namespace that has it."""
    for target in kind.targets:
        now = _live(ontologies.named(label), target)
        once = _live(ontologies.also_named(label), target)
        if now or once:
            return now, once
    return _species_named(label, kind), ()


def concepts_named(name: str, ontologies: Ontologies) -> tuple[EntityId, ...]:
    """Return what a name is that of, whatever its kind, in the namespaces we ground to."""
    terms = ontologies.named(name)
    return tuple(id_ for target in first_targets() for id_ in _live(terms, target))


def _live(terms: tuple[Term, ...], prefix: str) -> tuple[EntityId, ...]:
    return tuple(term.id for term in terms if term.id.prefix == prefix and not term.obsolete)


def _species_named(label: str, kind: Kind) -> tuple[EntityId, ...]:
    if kind.category != "species":
        return ()
    return tuple(taxon for taxon, names in species().items() if fits_any(label, names))


def names_of(entity: EntityId | None, ontologies: Ontologies) -> tuple[str, ...]:
    """Return the names an id is known by, its label first; of an unknown id none.

    Names of broader and narrower things are left out: they are not its own.
    """
    if entity is None:
        return ()
    term = ontologies.get(entity)
    own = _names(term) if term else ()
    return tuple(dict.fromkeys((*own, *species().get(entity, ()))))


def _names(term: Term) -> Iterator[str]:
    yield term.label
    yield from (each.text for each in term.synonyms if each.scope in _ITS_OWN_NAMES)
