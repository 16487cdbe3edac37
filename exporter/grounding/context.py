"""All that the rules may ask about one annotation: its text, its names, where its id leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from exporter.grounding.expansions import abbreviates, expansions, meanings
from exporter.grounding.prose import Occurrence, Prose, occurrences_of, read_prose
from exporter.grounding.resolution import Resolution, names_of, resolve
from exporter.grounding.spelling import fits, key
from exporter.grounding.tables import Field, Kind, kind_of
from exporter.model.document import Annotation, Text
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the rules know of a whole text: its prose and what it says of its abbreviations."""

    prose: Prose
    long_forms: tuple[tuple[int, int, str], ...]
    meanings: dict[str, tuple[str, ...]]
    ontologies: Ontologies
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another annotation of the same text, with the concept that its id or name leads to."""

    annotation: Annotation
    kind: Kind
    concept: EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One annotation in its text; rules are functions of this value and of nothing else."""

    annotation: Annotation
    kind: Kind
    resolution: Resolution
    reading: Reading
    neighbours: tuple[Neighbour, ...]
    names: tuple[str, ...]
    stated_names: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]

    @property
    def concept(self) -> EntityId | None:
        """Return the one concept that the id, or else the label, leads to."""
        return self.resolution.concept

    @property
    def ontologies(self) -> Ontologies:
        """Return the terms and mappings at hand."""
        return self.reading.ontologies

    def called(self, entity: EntityId | None) -> str:
        """Return an id with its label, for a sentence: ``MONDO:0016367 dermatomyositis``."""
        names = names_of(entity, self.ontologies)
        return f"{entity} {names[0]}" if names else str(entity)

    @property
    def known_names(self) -> tuple[str, ...]:
        """Return every name of the stated id and of the concept it leads to."""
        return (*self.names, *self.stated_names)


def contexts(text: Text, ontologies: Ontologies, field: Field) -> Iterator[Context]:
    """Yield the context of each annotation of a text, in order."""
    if not text.annotations:
        return
    prose = read_prose(text)
    found = expansions(prose.content)
    reading = Reading(
        prose=prose,
        long_forms=tuple((each.start, each.end, each.long) for each in found),
        meanings=meanings(found),
        ontologies=ontologies,
        field=field,
    )
    kinds = [kind_of(annotation.kind) for annotation in text.annotations]
    rows = list(zip(text.annotations, kinds, strict=True))
    resolutions = [resolve(annotation, kind, ontologies) for annotation, kind in rows]
    neighbours = tuple(
        Neighbour(annotation=annotation, kind=kind, concept=resolution.concept)
        for (annotation, kind), resolution in zip(rows, resolutions, strict=True)
        if resolution.concept
    )
    make = partial(_context, reading=reading, neighbours=neighbours)
    yield from (make(*row, resolution) for row, resolution in zip(rows, resolutions, strict=True))


def _context(
    annotation: Annotation,
    kind: Kind,
    resolution: Resolution,
    *,
    reading: Reading,
    neighbours: tuple[Neighbour, ...],
) -> Context:
    names = names_of(resolution.concept, reading.ontologies)
    own = (annotation.label, annotation.gloss, *annotation.aliases, *names)
    searched = dict.fromkeys(name for name in own if name)
    return Context(
        annotation=annotation,
        kind=kind,
        resolution=resolution,
        reading=reading,
        neighbours=tuple(each for each in neighbours if each.annotation is not annotation),
        names=names,
        stated_names=names_of(resolution.stated, reading.ontologies),
        occurrences=occurrences_of(annotation, _spelt_out(searched, reading), reading.prose),
    )


def _spelt_out(names: dict[str, None], reading: Reading) -> Iterator[str]:
    """Yield the names, and each with its first word written out: IFN-alpha, interferon alpha."""
    for name in names:
        yield name
        first, dash, rest = name.replace("-", " ").partition(" ")
        for long in long_forms(first, reading) if dash else ():
            yield f"{long} {rest}"


def long_forms(short: str, reading: Reading) -> tuple[str, ...]:
    """Return what a short form means in this text, else in this field."""
    said = reading.meanings.get(short, ())
    return said or reading.field.abbreviations.get(key(short), ())


def short_forms(long: str, reading: Reading) -> tuple[str, ...]:
    """Return the short forms of a long form in this text and in this field."""
    tables = (reading.meanings, reading.field.abbreviations)
    return tuple(
        short
        for table in tables
        for short, longs in table.items()
        if any(fits(long, each) for each in longs)
    )


def readings_of(label: str, reading: Reading) -> tuple[str, ...]:
    """Return a label with what it stands for, if it is an abbreviation."""
    return (label, *long_forms(label, reading))


def stands_for(label: str, name: str, reading: Reading) -> bool:
    """Tell whether a label means a name: same name, its abbreviation in this text or this field."""
    if any(fits(each, name) for each in readings_of(label, reading)):
        return True
    unexplained = not long_forms(label, reading)
    return unexplained and abbreviates(label, name) and reading.prose.says(name)
