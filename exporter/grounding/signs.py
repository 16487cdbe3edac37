"""What a text says that bears on its annotations, as few small values as the rules need."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from exporter.grounding.antibodies import is_antigen
from exporter.grounding.expansions import expansions_of, meanings
from exporter.grounding.initials import abbreviates, folded
from exporter.grounding.prose import Occurrence
from exporter.grounding.spelling import is_capitals
from exporter.grounding.tables import species_words
from exporter.model.document import Annotation, Mention, Text
from exporter.model.identifiers import EntityId

_AROUND = 200
_SPECIES = "NCBITaxon"
_MOST = 2
_MOST_LABELS = 50
_CUES = tuple(
    re.compile(cue)
    for cue in (
        r"anti(?:bod|[-\s\u2010-\u2015])",  # each begins with letters: found fast
        "autoanti",
        "sero",
        r"ig[agm](?![^\W_])",
    )
)
_ANTIBODY = re.compile(r"[\W_]Abs?(?=[\W_])")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z(])|\n")
_Explained = tuple[int, str]
"""Where a long form begins, and the long form."""


class Signs(NamedTuple):
    """All that a text can tell about an annotation; equal signs, equal verdict.

    ``long`` is what the text says that the label is short for, ``antigen`` tells that the place
    speaks of an antibody, ``antigen_only`` that all places of the id do. ``species`` are those that
    the text names, where they may speak against the gene; all these but the first are told of genes
    alone. ``near`` is the one species that the sentence names, ``induced`` tells that the text
    speaks of what is induced: both only where no id is given. ``disease`` is what the label of a
    gene means in a text that never speaks of the gene.
    """

    long: str = ""
    antigen: bool = False
    antigen_only: bool = False
    species: tuple[EntityId, ...] = ()
    near: EntityId | None = None
    induced: bool = False
    disease: EntityId | None = None


NO_SIGNS = Signs()


class TextSigns:
    """What one text says; each thing is looked for once, and only if an annotation asks for it.

    ``short`` are the labels in it that may be short forms, ``is_held`` tells whether a gene is
    among those that the releases hold.
    """

    def __init__(
        self, text: Text, short: Collection[str], is_held: Callable[[EntityId], bool]
    ) -> None:
        self._text = text
        self._short = short
        self._is_held = is_held
        self._antigens_only: dict[EntityId | None, bool] = {}

    def of(self, annotation: Annotation, *, is_short: bool, is_gene: bool) -> Signs:
        """Return what the text says about one of its annotations."""
        long = self._long_of(annotation) if is_short else ""
        if not is_gene:
            return Signs(long=long) if long else NO_SIGNS
        antigen = bool(self._cues) and self._names_antigen(annotation.mentions)
        only = antigen and self._names_antigens_only(annotation.stated)
        named = self._species if self._may_be_of_another(annotation) else ()
        return Signs(long, antigen, only, named) if long or antigen or named else NO_SIGNS

    def _long_of(self, annotation: Annotation) -> str:
        """Return what a label is short for: as the text explains it, or by a label of its id."""
        label = annotation.label
        forms = (label, label[:-1]) if label[-1:] == "s" else (label,)
        said = next((self._explained[each] for each in forms if each in self._explained), ())
        long = _said_before(annotation.mentions, said) if said else None
        if long is None and annotation.stated and is_capitals(label):
            long = _written_out(label, self._labels.get(annotation.stated, ()))
        return long or ""

    @cached_property
    def _explained(self) -> Mapping[str, Sequence[_Explained]]:
        """Return how the text explains each short form of a label, in the order of places."""
        wanted = {*self._short, *(each[:-1] for each in self._short if each[-1:] == "s")}
        explained = expansions_of(wanted, self._text.content)
        found: dict[str, list[_Explained]] = defaultdict(list)
        for each in explained:
            found[each.short].append((each.start, each.long))
        first = {short: [(0, longs[0])] for short, longs in meanings(explained).items()}
        return first | found

    @cached_property
    def _labels(self) -> Mapping[EntityId, Mapping[str, None]]:
        """Return the first labels that each id has in the text, in order, if it has several."""
        found: dict[EntityId, dict[str, None]] = defaultdict(dict)
        for each in self._text.annotations:
            if each.stated and len(found[each.stated]) < _MOST_LABELS:
                found[each.stated][each.label] = None
        return {entity: labels for entity, labels in found.items() if len(labels) > 1}

    @cached_property
    def _cues(self) -> Sequence[int]:
        """Return where the text speaks of antibodies."""
        content = self._text.content
        found = [place.start() for cue in _CUES for place in cue.finditer(folded(content))]
        if "Ab" in content:
            found += [place.start() for place in _ANTIBODY.finditer(f" {content} ")]
        return sorted(found)

    def _names_antigen(self, mentions: Sequence[Mention]) -> bool:
        if not mentions:
            return False
        start, end = mentions[0].start - _AROUND, mentions[0].end + _AROUND
        if bisect_left(self._cues, start) == bisect_right(self._cues, end):
            return False
        return is_antigen(around(mentions[0], self._text.content))

    def _names_antigens_only(self, stated: EntityId | None) -> bool:
        """Tell whether wherever an id is noted the text speaks of an antibody."""
        known = self._antigens_only.get(stated)
        if known is None:
            known = all(map(self._names_antigen, self._mentions_of[stated]))
            self._antigens_only[stated] = known
        return known

    @cached_property
    def _mentions_of(self) -> Mapping[EntityId | None, Sequence[Sequence[Mention]]]:
        """Return the places of each id, annotation by annotation."""
        found = defaultdict[EntityId | None, list[Sequence[Mention]]](list)
        for each in self._text.annotations:
            found[each.stated].append(each.mentions)
        return found

    @cached_property
    def _species(self) -> tuple[EntityId, ...]:
        """Return the species that the text names or that are noted, in the order of their ids."""
        content = self._text.content.casefold()
        found = {
            taxon for word, taxon, stands in _searches() if word in content and stands(content)
        }
        noted = (each.stated for each in self._text.annotations if each.stated)
        found.update(each for each in noted if each.prefix == _SPECIES)
        return tuple(sorted(found))

    @cached_property
    def _genes(self) -> Mapping[str, Mapping[EntityId, bool]]:
        """Return the ids of each kind of annotation, and whether they are held."""
        found: dict[str, dict[EntityId, bool]] = defaultdict(dict)
        for each in self._text.annotations:
            if each.stated and each.stated not in found[each.kind]:
                found[each.kind][each.stated] = self._is_held(each.stated)
        return found

    @cached_property
    def _held(self) -> Mapping[str, int]:
        """Return how many ids of each kind of annotation are held."""
        return {kind: sum(genes.values()) for kind, genes in self._genes.items()}

    def _may_be_of_another(self, annotation: Annotation) -> bool:
        """Tell whether the other genes that are noted leave it open of which species this one is.

        Of a gene that is held most others must be unknown; of one that is not, half must be held.
        What has no id is open.
        """
        stated = annotation.stated
        if stated is None:
            return True
        genes = self._genes[annotation.kind]
        is_held, held = genes[stated], self._held[annotation.kind]
        others = len(genes) - held
        return others >= max(1, _MOST * (held - 1)) if is_held else held >= others - 1


def _said_before(mentions: Sequence[Mention], said: Sequence[_Explained]) -> str:
    """Return the last long form that begins before a place or right behind it, else the first."""
    if len(said) == 1 or not mentions:
        return said[0][1]
    behind = mentions[0].end + len(" (")
    return said[max(0, bisect_right(said, behind, key=lambda each: each[0]) - 1)][1]


def _written_out(short: str, labels: Iterable[str]) -> str:
    """Return the label of the same id out of which a short form can be read."""
    plain = short.removesuffix("s")
    return next((each for each in labels if each != short and abbreviates(plain, each)), "")


def around(mention: Mention, content: str) -> Occurrence:
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


@cache
def _searches() -> tuple[tuple[str, EntityId, Callable[[str], object]], ...]:
    """Return the words that speak of a species, each with the search for it as a word."""
    return tuple(
        (word, taxon, re.compile(rf"(?<![\w-]){re.escape(word)}s?(?!\w)").search)
        for word, taxon in species_words()
    )
