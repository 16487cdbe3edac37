"""Terms and mappings as lines for a reader and as values for a program."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from exporter.model.identifiers import EntityId
from exporter.model.mappings import Mapping
from exporter.ontologies.index import Ontologies, ReleaseAtHand
from exporter.ontologies.terms import Term


def term_lines(term: Term, ontologies: Ontologies) -> Iterator[str]:
    """Yield what is known of a term; each ancestor's own parents are shown once."""
    yield f"{term.id}  {term.label}"
    yield f"  IRI: {term.id.iri}"
    yield f"  release: {ontologies.release_of(term.id)}"
    if others := _others(term.id, ontologies):
        yield f"  also in: {', '.join(f'{each} ({kept(each)})' for each in others)}"
    if term.obsolete:
        yield f"  obsolete: {_replacement(term, ontologies)}"
    for scope, names in groupby(term.synonyms, key=lambda name: name.scope):
        yield f"  {scope} names: {'; '.join(name.text for name in names)}"
    for relation, each in groupby(term.relations, key=lambda relation: relation.name):
        targets = (called(relation.object, ontologies) for relation in each)
        yield f"  {relation.replace('_', ' ')}: {'; '.join(targets)}"
    if term.parents:
        yield "  is a"
        yield from _tree(term.parents, ontologies)
    mappings = ontologies.mappings_from(term.id)
    if mappings:
        yield "  mappings"
        yield from (f"    {line}" for line in mapping_lines(mappings, ontologies))


def _others(entity: EntityId, ontologies: Ontologies) -> list[ReleaseAtHand]:
    """Return what else holds a term, besides the release that is shown."""
    shown = ontologies.held_by(entity)
    return [each for each in ontologies.holding(entity) if each != shown]


def kept(release: ReleaseAtHand) -> str:
    """Return where a release lies, in one word."""
    return "installed" if release.installed else "bundled"


def _replacement(term: Term, ontologies: Ontologies) -> str:
    instead = ontologies.replacement(term.id)
    if instead is not None:
        return f"replaced by {called(instead, ontologies)}"
    considered = "; ".join(called(each, ontologies) for each in term.consider)
    return f"consider {considered}" if considered else "nothing stands for it"


def _tree(parents: Iterable[EntityId], ontologies: Ontologies) -> Iterator[str]:
    """Yield a line for each step up; what stands above an id is shown the first time only."""
    shown: set[EntityId] = set()
    left = [(2, each) for each in reversed([*parents])]
    while left:
        depth, entity = left.pop()
        above = ontologies.parents(entity)
        again = entity in shown and bool(above)
        yield f"{'  ' * depth}{called(entity, ontologies)}{' (see above)' if again else ''}"
        if not again:
            shown.add(entity)
            left += [(depth + 1, each) for each in reversed(above)]


def called(entity: EntityId, ontologies: Ontologies) -> str:
    """Return an id with its label, if a slice holds one."""
    term = ontologies.get(entity)
    return f"{entity} {term.label}" if term else entity.curie


def mapping_lines(mappings: Iterable[Mapping], ontologies: Ontologies) -> Iterator[str]:
    """Yield a line for each mapping: where it leads, on what grounds, and who says so."""
    for row in mappings:
        said = f"{row.justification.partition(':')[2]}, {row.source} {row.version}".rstrip()
        relation = row.predicate.partition(":")[2]
        yield f"{row.subject} {relation} {called(row.object, ontologies)} ({said})"


def term_values(term: Term, ontologies: Ontologies) -> dict[str, Any]:
    """Return what the slices say of a term; ancestors stand nearest first."""
    return {
        **_labelled(term.id, ontologies),
        "iri": term.id.iri,
        "release": ontologies.release_of(term.id),
        "held_by": [_held(each) for each in ontologies.holding(term.id)],
        "names": [{"text": name.text, "scope": name.scope.value} for name in term.synonyms],
        "parents": [_labelled(each, ontologies) for each in term.parents],
        "ancestors": [_labelled(each, ontologies) for each in ontologies.ancestors(term.id)],
        "relations": [
            {"relation": each.name, **_labelled(each.object, ontologies)} for each in term.relations
        ],
        "obsolete": term.obsolete,
        "replaced_by": _id_or_none(ontologies.replacement(term.id)),
        "consider": [each.curie for each in term.consider],
        "mappings": [mapping_values(each) for each in ontologies.mappings_from(term.id)],
    }


def mapping_values(row: Mapping) -> dict[str, str]:
    """Return a mapping under the names of SSSOM's columns."""
    return {
        "subject_id": row.subject.curie,
        "predicate_id": row.predicate,
        "object_id": row.object.curie,
        "mapping_justification": row.justification,
        "mapping_set": row.source,
        "mapping_set_version": row.version,
    }


def _held(release: ReleaseAtHand) -> dict[str, str]:
    return {"name": release.name, "version": release.version, "held": kept(release)}


def _labelled(entity: EntityId, ontologies: Ontologies) -> dict[str, str | None]:
    term = ontologies.get(entity)
    return {"id": entity.curie, "label": term.label if term else None}


def _id_or_none(entity: EntityId | None) -> str | None:
    return entity.curie if entity else None
