"""Cut the slices of a pack from the full files, as its recipe says."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.errors import ExporterError, IdentifierError, InputError, Where
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.mappings import Mapping
from exporter.ontologies.formats.table import filled, rows
from exporter.ontologies.merging import Identifiers, Stock, stock, tidied
from exporter.ontologies.recipe import Folders, MappingRecipe, Recipe, SliceRecipe
from exporter.ontologies.sssom import MappingSet, Refuse, read_mapping_set
from exporter.ontologies.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class CutSlice:
    """A cut slice; ``missing`` ids were asked for and stand in none of its source files."""

    recipe: SliceRecipe
    terms: tuple[Term, ...]
    missing: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutMappings:
    """A cut mapping set; ``left_out`` says which rows of its source could not be read."""

    recipe: MappingRecipe
    kept: MappingSet
    left_out: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Mapping, ...]:
        """Return all rows, those too that deny a mapping."""
        return (*self.kept.mappings, *self.kept.negative)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """All slices and mapping sets of a recipe."""

    slices: tuple[CutSlice, ...]
    mappings: tuple[CutMappings, ...]


def cut(recipe: Recipe, folders: Folders, namespaces: Namespaces) -> Cut:
    """Cut everything that a recipe asks for from the full files."""
    sets = [_mapping_set(each, folders, namespaces) for each in recipe.mappings]
    reached = _reached(recipe.seeds, sets)
    slices: list[CutSlice] = []
    identifiers = Identifiers(namespaces)
    for each in (each for each in recipe.slices if not each.mapped):
        wanted = reached | _members(each, slices)
        slices.append(_cut_slice(each, wanted, folders, identifiers))
    taken = {term.id for each in slices for term in each.terms} | set(recipe.seeds)
    kept = [_touching(each, taken) for each in sets]
    mapped = taken | {
        end for each in kept for row in each.rows for end in (row.subject, row.object)
    }
    slices += [
        _cut_slice(each, mapped, folders, identifiers) for each in recipe.slices if each.mapped
    ]
    return Cut(slices=tuple(slices), mappings=tuple(kept))


def _reached(seeds: Iterable[EntityId], sets: Iterable[CutMappings]) -> set[EntityId]:
    """Return the seeds and what they map to in one step."""
    own = set(seeds)
    reached = set(own)
    for each in sets:
        for mapping in each.kept.mappings:
            if mapping.subject in own:
                reached.add(mapping.object)
            if mapping.object in own:
                reached.add(mapping.subject)
    return reached


def _members(recipe: SliceRecipe, slices: Iterable[CutSlice]) -> set[EntityId]:
    holders = (each for each in slices if each.recipe.name in recipe.members_of)
    terms = (term for each in holders for term in each.terms)
    return {relation.object for term in terms for relation in term.relations}


def _cut_slice(
    recipe: SliceRecipe, wanted: set[EntityId], folders: Folders, identifiers: Identifiers
) -> CutSlice:
    own = {entity for entity in wanted if entity.prefix == recipe.prefix}
    roots = [entity for curie in recipe.below if (entity := identifiers.entity(curie))]
    alone = not (roots or recipe.labels or recipe.ancestors or recipe.replaced)
    terms = stock(recipe, folders, identifiers, own if alone else None)
    missing = sorted(entity for entity in {*own, *roots} if not _label(terms, entity))
    ids = {entity for entity in own if _label(terms, entity)}
    ids |= _below(roots, terms) | _with_label(recipe.labels, terms)
    ids |= {entity for each in ids if (entity := terms[each].replaced_by) and entity in terms}
    if recipe.ancestors:
        ids = _with_ancestors(ids, terms)
    if recipe.replaced:
        ids |= {term.id for term in terms.values() if term.obsolete and term.replaced_by in ids}
    chosen = (_trimmed(terms[entity], ids, recipe) for entity in sorted(ids))
    return CutSlice(recipe=recipe, terms=tuple(chosen), missing=tuple(missing))


def _label(terms: Stock, entity: EntityId) -> str:
    return terms[entity].label if entity in terms else ""


def _below(roots: Iterable[EntityId], terms: Stock) -> set[EntityId]:
    children: dict[EntityId, list[EntityId]] = defaultdict(list)
    for term in terms.values():
        for parent in term.parents:
            children[parent].append(term.id)
    found = {root for root in roots if root in terms}
    waiting = list(found)
    while waiting:
        new = [child for child in children[waiting.pop()] if child not in found]
        found.update(new)
        waiting += new
    return found


def _with_label(pattern: str, terms: Stock) -> set[EntityId]:
    if not pattern:
        return set()
    held = (term for term in terms.values() if not term.obsolete)
    return {term.id for term in held if re.search(pattern, term.label)}


def _with_ancestors(ids: set[EntityId], terms: Stock) -> set[EntityId]:
    found = set(ids)
    waiting = list(ids)
    while waiting:
        new = [each for each in _above(terms[waiting.pop()]) if each in terms and each not in found]
        found.update(new)
        waiting += new
    return found


def _above(term: Term) -> Iterator[EntityId]:
    yield from term.parents
    yield from (each.object for each in term.relations)


def _trimmed(term: Term, ids: set[EntityId], recipe: SliceRecipe) -> Term:
    """Leave out what leads to terms of the same ontology that are not in the slice."""

    def leads_somewhere(entity: EntityId | None) -> bool:
        return entity is not None and (entity in ids or entity.prefix != recipe.prefix)

    trimmed = replace(
        term,
        parents=tuple(parent for parent in term.parents if parent in ids),
        replaced_by=term.replaced_by if leads_somewhere(term.replaced_by) else None,
        consider=tuple(each for each in term.consider if each in ids),
        relations=tuple(each for each in term.relations if leads_somewhere(each.object)),
    )
    return tidied(trimmed, recipe.longest_name)


def _mapping_set(recipe: MappingRecipe, folders: Folders, namespaces: Namespaces) -> CutMappings:
    problems: list[ExporterError] = []
    path = folders.path(recipe.file)
    mappings: tuple[Mapping, ...]
    negative: tuple[Mapping, ...] = ()
    if recipe.format == "sssom":
        read = read_mapping_set(
            path, namespaces, lambda row: _is_between(row, recipe), problems.append
        )
        mappings, negative = read.mappings, read.negative
    elif recipe.format == "table":
        mappings = tuple(_tabled(recipe, path, namespaces, problems.append))
    else:
        problem = f"unknown form of mappings {recipe.format!r}"
        raise InputError(problem, code="E155", hint="use sssom or table")
    kept = MappingSet(
        name=recipe.name,
        id=recipe.id,
        version=recipe.version,
        licence=recipe.licence,
        mappings=mappings,
        negative=negative,
    )
    return CutMappings(recipe=recipe, kept=kept, left_out=tuple(map(_without_path, problems)))


def _is_between(row: dict[str, str], recipe: MappingRecipe) -> bool:
    wanted = {prefix.casefold() for prefix in recipe.between}
    ends = (row.get("subject_id", ""), row.get("object_id", ""))
    return all(end.partition(":")[0].casefold() in wanted for end in ends)


def _without_path(problem: ExporterError) -> str:
    line = problem.where.line if problem.where else None
    return f"line {line}: {problem.problem}" if line else problem.problem


def _tabled(
    recipe: MappingRecipe, path: Path, namespaces: Namespaces, refuse: Refuse
) -> Iterator[Mapping]:
    options = recipe.options
    missing = {"subject", "object", "predicate", "justification"} - set(options)
    if missing:
        problem = f"{recipe.name}: the option {min(missing)!r} is missing"
        raise InputError(problem, code="E155", where=Where(file=recipe.file))
    for row in rows(path, options):
        ends = [filled(options[end], row, path) for end in ("subject", "object")]
        if not all(ends):
            continue
        try:
            subject, target = map(namespaces.parse, ends)
        except IdentifierError as malformed:
            refuse(malformed)
            continue
        yield Mapping(
            subject=subject,
            predicate=options["predicate"],
            object=target,
            justification=options["justification"],
            source=recipe.name,
            version=recipe.version,
        )


def _touching(mapping_set: CutMappings, taken: set[EntityId]) -> CutMappings:
    def touches(mapping: Mapping) -> bool:
        return mapping.subject in taken or mapping.object in taken

    kept = replace(
        mapping_set.kept,
        mappings=tuple(sorted(set(filter(touches, mapping_set.kept.mappings)))),
        negative=tuple(sorted(set(filter(touches, mapping_set.kept.negative)))),
    )
    return replace(mapping_set, kept=kept)
