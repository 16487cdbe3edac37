"""All that the rules may ask about one annotation: its text, its names, where its id leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from exporter.grounding.abbreviations import Abbreviations, abbreviations_of
from exporter.grounding.antibodies import tells_of_antibodies
from exporter.grounding.families import Families
from exporter.grounding.initials import abbreviates
from exporter.grounding.prose import Occurrence, Prose, occurrences_of, read_prose
from exporter.grounding.resolution import Resolution, names_of, resolve
from exporter.grounding.spelling import fits, key, shorter_names
from exporter.grounding.tables import Field, Kind, kind_of
from exporter.model.document import Annotation, Text
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the rules know of a whole text: its prose and what it says of its abbreviations.

    ``medicines`` are the keys of what is noted as a chemical, with a known id or not.
    """

    prose: Prose
    abbreviations: Abbreviations
    ontologies: Ontologies
    field: Field
    families: Families
    medicines: frozenset[str]
    tells_of_antibodies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """What an annotation of the same text says: a label, and the concept that it leads to."""

    label: str
    kind: Kind
    concept: EntityId


_SHORT_IN_BRACKETS = re.compile(r"\s?\((?=[^()]*[A-Z][^()]*[A-Z])[\w-]{2,10}\)")


class Sense(StrEnum):
    """What a gene's name means at one place; only the first is about the gene."""

    GENE = "gene"
    FAMILY = "family"
    ANTIGEN = "antigen"
    OTHER = "other"
    DISEASE = "disease"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A name of a gene at a place where it does not mean the gene, and what it means there."""

    sense: Sense
    place: Occurrence
    means: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One annotation in its text; rules are functions of this value and of nothing else.

    ``forms`` are the label with short forms written out. ``names`` are those of the concept,
    ``stated_names`` those of the stated id where it is another one; ``occurrences`` are the places
    of all of them, and of the annotation's own names.
    ``neighbours`` are what all annotations of the text say, this one too; ``use`` tells of a
    gene's names that stand nowhere in the prose for the gene itself.
    """

    annotation: Annotation
    kind: Kind
    resolution: Resolution
    reading: Reading
    neighbours: tuple[Neighbour, ...]
    forms: tuple[str, ...]
    names: tuple[str, ...]
    stated_names: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]
    use: Use | None = None

    @property
    def label(self) -> str:
        """Return the annotator's label."""
        return self.annotation.label

    @property
    def concept(self) -> EntityId | None:
        """Return the one concept that the id, or else the label, leads to."""
        return self.resolution.concept

    @property
    def ontologies(self) -> Ontologies:
        """Return the terms and mappings at hand."""
        return self.reading.ontologies

    @property
    def known_names(self) -> tuple[str, ...]:
        """Return every name of the stated id and of the concept it leads to."""
        return (*self.names, *self.stated_names)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the label, its gloss and what the label abbreviates in this text or field."""
        longs = self.reading.abbreviations.long_forms(self.label)
        return tuple(filter(None, (self.label, self.annotation.gloss, *longs)))

    def means(self, name: str) -> bool:
        """Tell whether the label means a name: the same name, or an abbreviation of it.

        An abbreviation that nobody explains counts if it can be read out of the name and the
        name stands in the prose.
        """
        if any(fits(form, name) for form in self.forms):
            return True
        unexplained = not self.reading.abbreviations.long_forms(self.label)
        return unexplained and abbreviates(self.label, name) and self.reading.prose.says(name)

    def families_of(self, name: str) -> tuple[EntityId, ...]:
        """Return the families that a name means, if it is not the gene's own label.

        With a gene at hand only families that it belongs to count.
        """
        if self.names and fits(name, self.names[0]):
            return ()
        families, gene = self.reading.families, self.concept
        found = families.named(name)
        return tuple(each for each in found if not gene or families.has_member(each, gene))

    def called(self, entity: EntityId | None) -> str:
        """Return an id with its label, for a sentence: ``MONDO:0016367 (dermatomyositis)``."""
        names = names_of(entity, self.ontologies)
        return f"{entity} ({names[0]})" if names else str(entity)


def contexts(text: Text, ontologies: Ontologies, field: Field) -> Iterator[Context]:
    """Yield the context of each annotation of a text, in order."""
    prose = read_prose(text)
    short = abbreviations_of(prose, field.abbreviations)
    families = Families(ontologies=ontologies, abbreviations=short, field=field)
    kinds = [kind_of(annotation.kind) for annotation in text.annotations]
    rows = list(zip(text.annotations, kinds, strict=True))
    reading = Reading(
        prose=prose,
        abbreviations=short,
        ontologies=ontologies,
        field=field,
        families=families,
        medicines=frozenset(key(said.label) for said, kind in rows if kind.category == "chemical"),
        tells_of_antibodies=tells_of_antibodies(prose.content),
    )
    resolutions = [
        resolve(annotation, kind, ontologies, short.said_of(annotation.label))
        for annotation, kind in rows
    ]
    said = (
        Neighbour(label=annotation.label, kind=kind, concept=resolution.concept)
        for (annotation, kind), resolution in zip(rows, resolutions, strict=True)
        if resolution.concept
    )
    neighbours = tuple(dict.fromkeys(said))
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
    searched = _searched(tuple(filter(None, own)), resolution.concept, reading)
    stated = resolution.stated if resolution.stated != resolution.concept else None
    return Context(
        annotation=annotation,
        kind=kind,
        resolution=resolution,
        reading=reading,
        neighbours=neighbours,
        forms=_forms(annotation.label, reading),
        names=names,
        stated_names=names_of(stated, reading.ontologies),
        occurrences=occurrences_of(annotation, searched, reading.prose),
    )


def _forms(label: str, reading: Reading) -> tuple[str, ...]:
    short = _SHORT_IN_BRACKETS.sub("", label)
    labels = (label,) if short == label else (label, short)
    return tuple(form for each in labels for form in reading.abbreviations.forms(each))


def _searched(names: tuple[str, ...], concept: EntityId | None, reading: Reading) -> Iterator[str]:
    """Yield the names to look for: own ones, with their first word written out, of families."""
    yield from names
    for name in names:
        yield from reading.abbreviations.written_out(name)
        yield from shorter_names(name)
    if concept:
        yield from reading.families.names_shared(concept, names)
