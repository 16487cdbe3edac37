"""What a text says that bears on its annotations, as few small values as the rules need."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from exporter.grounding.antibodies import is_antigen
from exporter.grounding.expansions import abbreviates, expansions, meanings
from exporter.grounding.prose import Occurrence
from exporter.grounding.spelling import is_capitals
from exporter.grounding.tables import kind_of, species, species_signs
from exporter.model.document import Annotation, Mention, Text
from exporter.model.identifiers import EntityId

_AROUND = 200
_SPECIES = "NCBITaxon"
_OF_ANTIBODIES = re.compile(
    r"antibod|anti[-\s\u2010-\u2015]|autoanti|sero|\bAbs?\b|Ig[AGM]\b", re.I
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z(])|\n")


class Signs(NamedTuple):
    """All that a text can tell about an annotation; equal signs, equal verdict.

    ``long`` is what the text says that the label is short for, ``antigen`` tells that the place
    speaks of an antibody, ``species`` are those that the text names; both of these are told of
    genes alone.
    """

    long: str = ""
    antigen: bool = False
    species: tuple[EntityId, ...] = ()


_NONE = Signs()


def signs_of(text: Text) -> Iterator[tuple[Annotation, Signs]]:
    """Yield each annotation of a text with what the text says about it."""
    content = text.content
    explained = _explained(content)
    named = _labels_of(text.annotations)
    cues = _OF_ANTIBODIES.search(content) is not None
    named_species = _species_in(text) if _has_genes(text.annotations) else ()
    for annotation in text.annotations:
        label = annotation.label
        long = explained.get(label) or (explained.get(label[:-1], "") if label[-1:] == "s" else "")
        if not long and is_capitals(label) and annotation.stated in named:
            long = _written_out(label, named[annotation.stated])
        gene = (cues or named_species) and kind_of(annotation.kind).category == "gene"
        if not (long or gene):
            yield annotation, _NONE
            continue
        yield (
            annotation,
            Signs(
                long=long,
                antigen=bool(gene and cues and _names_antigen(annotation.mentions, content)),
                species=named_species if gene else (),
            ),
        )


def _explained(content: str) -> dict[str, str]:
    """Return the first long form of each short form that the text explains."""
    if "(" not in content and "[" not in content and "=" not in content and ":" not in content:
        return {}
    return {short: longs[0] for short, longs in meanings(expansions(content)).items()}


def _labels_of(annotations: Sequence[Annotation]) -> dict[EntityId, dict[str, None]]:
    """Return the labels that each id has in the text, in their order."""
    found: dict[EntityId, dict[str, None]] = defaultdict(dict)
    for annotation in annotations:
        if annotation.stated:
            found[annotation.stated][annotation.label] = None
    return found


def _written_out(short: str, labels: Iterable[str]) -> str:
    """Return the label of the same id out of which a short form can be read."""
    plain = short.removesuffix("s")
    return next((each for each in labels if each != short and abbreviates(plain, each)), "")


def _has_genes(annotations: Sequence[Annotation]) -> bool:
    kinds = {annotation.kind for annotation in annotations}
    return any(kind_of(kind).category == "gene" for kind in kinds)


def _names_antigen(mentions: Sequence[Mention], content: str) -> bool:
    return bool(mentions) and is_antigen(_around(mentions[0], content))


def _around(mention: Mention, content: str) -> Occurrence:
    """Return a place with what stands around it in the sentence."""
    before = content[max(0, mention.start - _AROUND) : mention.start]
    after = content[mention.end : mention.end + _AROUND]
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    stop = _SENTENCE_END.search(after)
    return Occurrence(
        start=mention.start,
        end=mention.end,
        exact=mention.exact,
        before=before[ends[-1] if ends else 0 :],
        after=after[: stop.start() if stop else None],
    )


def _species_in(text: Text) -> tuple[EntityId, ...]:
    """Return the species that a text names or that are noted in it, in the order of their ids."""
    folded = text.content.casefold()
    found = {taxon for name, taxon, stands in _species_words() if name in folded and stands(folded)}
    noted = (each.stated for each in text.annotations if each.stated)
    found.update(each for each in noted if each.prefix == _SPECIES)
    return tuple(sorted(found))


@cache
def _species_words() -> tuple[tuple[str, EntityId, Callable[[str], object]], ...]:
    """Return names and signs of species in small letters, each with the search for it as a word."""
    named = ((name, taxon) for taxon, names in species().items() for name in names)
    rows = ((name.casefold(), taxon) for name, taxon in (*named, *species_signs()))
    return tuple(
        (name, taxon, re.compile(rf"(?<![\w-]){re.escape(name)}s?(?!\w)").search)
        for name, taxon in rows
    )
