"""Grounding on the expert corpora: how often a label alone leads to the concept of the experts.

The ids are taken away, the labels are grounded in their text, and what comes out is compared with
the experts' ids. Ours are of other vocabularies: one is right if it is the expert's id, if a
mapping says it is exactly that, if it has an exact name of that (MONDO and HPO, acid and ion under
one name), or if the nearest concept above it with an exact mapping to the expert's vocabulary has
it to this id (that vocabulary could not say it more exactly). Ids of the experts that no mapping
leads to ours are compared with nothing, but genes of other species are: theirs are gene ids, too.

Rules are made on the first half of the papers and confirmed on the second (``--half``); which half
a paper is of hangs on its id alone. The intervals are those of annotations, which are less apart
from one another than papers are.
"""

import argparse
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace

from benchmarks.lint.intervals import Share
from benchmarks.lint.reading import CORPORA, files_of, papers
from exporter.model.document import Annotation, Document
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies
from exporter.ontologies.kinds import Kind, kind_of
from exporter.ontologies.names import name_key
from exporter.pipeline.knowledge import Knowledge, open_knowledge
from exporter.pipeline.papers import ground_paper

GOAL = 0.95
HALVES = ("first", "second")
_EXACT = "skos:exactMatch"
_WORDS = {True: "right", False: "wrong", None: "not comparable"}


@dataclass(slots=True)
class Tally:
    """Annotations of one category in one corpus, each with one expert id.

    ``groundable`` have an id that is, or is exactly, an installed concept. ``beyond`` were grounded
    to a concept that no mapping compares with the expert's id; ``strictly`` counts those that are
    right without going up. ``homes`` are the vocabularies that hold the groundable ones, and
    whether they were grounded.
    """

    every: int = 0
    groundable: int = 0
    groundable_grounded: int = 0
    right: int = 0
    strictly: int = 0
    wrong: int = 0
    beyond: int = 0
    vocabularies: Counter[tuple[str, str]] = field(default_factory=Counter)
    homes: Counter[tuple[str, bool]] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    errors: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        for name in (each.name for each in fields(self)):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def grounded(self) -> int:
        """Return how many got a concept, as a fact or as a proposal to a curator."""
        return self.right + self.wrong + self.beyond

    @property
    def accuracy(self) -> Share:
        """Return the share of the grounded that are right, of those that can be compared."""
        return Share(self.right, self.right + self.wrong)

    @property
    def coverage(self) -> Share:
        """Return the share of the groundable that got a concept."""
        return Share(self.groundable_grounded, self.groundable)

    def accuracy_in(self, prefix: str) -> Share:
        """Return the share of those grounded to one vocabulary that are right."""
        right, wrong = self.vocabularies[prefix, "right"], self.vocabularies[prefix, "wrong"]
        return Share(right, right + wrong)

    def coverage_of(self, prefix: str) -> Share:
        """Return the share of those that one vocabulary holds that got any concept."""
        grounded, left = self.homes[prefix, True], self.homes[prefix, False]
        return Share(grounded, grounded + left)


@dataclass(frozen=True)
class Comparison:
    """Compares our concepts with ids of the experts' vocabularies."""

    ontologies: Ontologies

    def is_groundable(self, expert: EntityId) -> bool:
        """Tell whether an expert's id is, or is exactly, a concept that is installed."""
        targets = {each.prefix for each in self._held(expert)}
        return bool(targets - {"MESH"})

    def home(self, expert: EntityId, kind: Kind) -> str:
        """Return the first vocabulary of a kind that holds an expert's id or what it is exactly."""
        held = {each.prefix for each in self._held(expert)}
        return next((target for target in kind.targets if target in held), "others")

    def strictly(self, concept: EntityId, expert: EntityId) -> bool:
        """Tell whether a concept is the expert's id or exactly the same."""
        return concept == expert or expert in self._exactly(concept)

    def verdict(self, concept: EntityId, expert: EntityId) -> bool | None:
        """Tell whether a concept is right; None where nothing compares the two."""
        if concept == expert:
            return True
        if concept.prefix != expert.prefix and not self.is_groundable(expert):
            return None
        if any(self._share_a_name(concept, other) for other in self._held(expert)):
            return True
        for each in (concept, *self.ontologies.ancestors(concept)):
            same = {other for other in self._exactly(each) if other.prefix == expert.prefix}
            if same:
                return expert in same
        return False if concept.prefix == expert.prefix else None

    def _share_a_name(self, one: EntityId, other: EntityId) -> bool:
        """Tell whether two concepts of different kinds of entry have one exact name."""
        names = [
            {name_key(name) for name in term.exact_names}
            for each in (one, other)
            if (term := self.ontologies.get(each))
        ]
        return len(names) == 2 and bool(names[0] & names[1])

    def _held(self, expert: EntityId) -> set[EntityId]:
        """Return an expert's id and what is exactly the same, as far as it is installed."""
        return {each for each in {expert, *self._exactly(expert)} if each in self.ontologies}

    def _exactly(self, entity: EntityId) -> set[EntityId]:
        mappings = self.ontologies.mappings_from(entity)
        return {mapping.object for mapping in mappings if mapping.predicate == _EXACT}


def main() -> None:
    """Print accuracy and coverage by corpus and category, and the commonest errors if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", choices=list(CORPORA))
    parser.add_argument("--papers", type=int, help="only the first papers of each corpus")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each")
    parser.add_argument("--half", choices=HALVES, help="only the papers of one half")
    options = parser.parse_args()
    knowledge = open_knowledge()
    total = Tally()
    for corpus in options.corpus or CORPORA:
        tallies = measured(corpus, knowledge, options.papers, options.half)
        for category, tally in sorted(tallies.items()):
            print("\n".join(report(f"{corpus}, {category}", tally, options.errors)), flush=True)
        whole = summed(tallies.values())
        print(f"{corpus}: accuracy {whole.accuracy}, coverage {whole.coverage}", flush=True)
        total.add(whole)
    print("\n".join(report("all corpora", total, 0)))
    for prefix in sorted({prefix for prefix, _ in total.vocabularies}):
        print(f"  {prefix}: {_vocabulary(total, prefix)}")
    print(f"accuracy {total.accuracy.value:.3f}, goal {GOAL:.2f}")


def measured(
    corpus: str, knowledge: Knowledge, most: int | None = None, half: str | None = None
) -> dict[str, Tally]:
    """Return what became of the annotations of a corpus by category, of one half if it is named."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for document in papers(files_of(corpus), knowledge, most):
        if half in {None, half_of(document)}:
            add_paper(document, knowledge, tallies)
    return tallies


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of some tallies."""
    total = Tally()
    for each in tallies:
        total.add(each)
    return total


def half_of(document: Document) -> str:
    """Return the half of the papers that a paper belongs to."""
    return HALVES[zlib.crc32(document.id.encode()) % len(HALVES)]


def add_paper(document: Document, knowledge: Knowledge, tallies: dict[str, Tally]) -> None:
    """Ground the annotations of a paper with and without their ids, and count what comes out."""
    comparison = Comparison(knowledge.ontologies)
    stated = ground_paper(document, knowledge)
    without = ground_paper(_without_ids(document), knowledge)
    rows = (
        (annotation, kept, alone)
        for (text, groundings), (_, others) in zip(stated.pairs(), without.pairs(), strict=True)
        for annotation, kept, alone in zip(text.annotations, groundings, others, strict=True)
    )
    for annotation, kept, alone in rows:
        if annotation.stated is None or len(annotation.together) > 1:
            continue
        tally = tallies[kind_of(annotation.kind).category or "other"]
        tally.every += 1
        tally.statuses[_standing(kept)] += 1
        _count(tally, annotation, alone, comparison)


def _count(tally: Tally, annotation: Annotation, alone: Grounding, comparison: Comparison) -> None:
    expert, concept = annotation.stated, alone.body or alone.proposed
    if expert is None:
        return
    groundable = comparison.is_groundable(expert)
    tally.groundable += groundable
    if groundable:
        home = comparison.home(expert, kind_of(annotation.kind))
        tally.homes[home, concept is not None] += 1
    if concept is None:
        return
    tally.groundable_grounded += groundable
    verdict = comparison.verdict(concept, expert)
    tally.vocabularies[concept.prefix, _WORDS[verdict]] += 1
    tally.right += verdict is True
    tally.wrong += verdict is False
    tally.beyond += verdict is None
    tally.strictly += comparison.strictly(concept, expert)
    if verdict is False:
        tally.errors[annotation.label, str(expert), str(concept)] += 1


def _without_ids(document: Document) -> Document:
    """Return a paper in which no annotation says what it means."""
    texts = (
        replace(
            text,
            annotations=tuple(
                replace(each, stated=None, stated_as="", together=()) for each in text.annotations
            ),
        )
        for text in document.texts
    )
    return replace(document, texts=tuple(texts))


def _standing(grounding: Grounding) -> str:
    """Return the status of a grounding whose id was kept; ``unmapped`` if it leads nowhere."""
    return str(grounding.status) if grounding.concept else "unmapped"


def report(name: str, tally: Tally, errors: int) -> Iterator[str]:
    """Yield the lines about one category of one corpus."""
    yield f"{name}: {tally.every} annotations with one id, {tally.groundable} groundable"
    strictly = Share(tally.strictly, tally.right + tally.wrong)
    yield f"  accuracy {tally.accuracy}; without going up {strictly}"
    every = Share(tally.grounded, tally.every)
    yield f"  coverage of the groundable {tally.coverage}, of all {every}"
    if tally.beyond:
        yield f"  grounded, but not comparable: {tally.beyond}"
    shares = ", ".join(f"{s} {n / tally.every:.1%}" for s, n in tally.statuses.most_common())
    yield f"  with their ids kept: {shares}"
    for (label, expert, concept), number in tally.errors.most_common(errors):
        yield f"    {number}x {label!r}: experts {expert}, here {concept}"


def _vocabulary(tally: Tally, prefix: str) -> str:
    """Return how often one vocabulary was right, and how many of those it holds got a concept."""
    beyond = tally.vocabularies[prefix, "not comparable"]
    accuracy, coverage = tally.accuracy_in(prefix), tally.coverage_of(prefix)
    return f"accuracy {accuracy}, not comparable {beyond}, coverage {coverage}"


if __name__ == "__main__":
    main()
